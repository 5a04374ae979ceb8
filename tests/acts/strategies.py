"""Hypothesis strategies derived from what a class declares: any form that its reader takes."""

from hashlib import sha256

from hypothesis import strategies as st

from legation.acts import shapes
from legation.acts.codec import Place, Record, fields_of, from_json
from legation.acts.text import HIDDEN
from legation.acts.values import Currency, Day, Hash, Id, Instant, Language, Party
from legation.errors import Refusal
from legation.record.canon import Json

PLAIN = st.characters(
    codec="utf-8",
    max_codepoint=0xFFFF,
    categories=["L", "M", "N", "P", "S", "Zs"],
    exclude_characters="".join(map(chr, (*HIDDEN, *range(0xFE00, 0xFE10)))),
)
WRITTEN: dict[type, st.SearchStrategy[str]] = {
    cls: st.from_regex(cls.pattern, fullmatch=True)
    for cls in (Currency, Day, Hash, Instant, Language, Party)
}


def json_of(cls: type[object]) -> st.SearchStrategy[Json]:
    """Return a strategy of what `from_json` reads into `cls`."""
    return _record(fields_of(cls)).filter(lambda value: _is_read(cls, value))


def _is_read(cls: type[object], value: Json) -> bool:
    try:
        from_json(cls, value, cls.__name__)
    except Refusal:
        return False
    return True


def _record(places: tuple[Place, ...]) -> st.SearchStrategy[Json]:
    required: dict[str, st.SearchStrategy[Json]] = {}
    optional: dict[str, st.SearchStrategy[Json]] = {}
    for place in places:
        if place.name != "person":  # its number is drawn at release
            (required if place.required else optional)[place.key] = of_shape(place.shape)
    return st.fixed_dictionaries(required, optional=optional)


def of_shape(shape: shapes.Shape) -> st.SearchStrategy[Json]:
    """Return a strategy of what a shape reads."""
    match shape:
        case Record():
            return _record(shape.places)
        case shapes.Text(matches=None):
            return st.text(PLAIN, min_size=shape.least, max_size=min(shape.most, shape.least + 20))
        case shapes.Text():
            assert shape.matches is not None
            return st.from_regex(shape.matches.pattern, fullmatch=True).filter(
                lambda text: shape.least <= len(text) <= shape.most and text.isascii()
            )
        case shapes.WrittenText():
            if shape.cls is Id:
                return st.from_regex("[A-Z0-9][A-Z0-9-]{0,8}", fullmatch=True).map(
                    lambda name: f"{shape.kind or 'post'}/{name}"
                )
            return WRITTEN[shape.cls]
        case shapes.Integer():
            return st.integers(shape.least, shape.most)
        case shapes.Boolean():
            return st.booleans()
        case shapes.Choice():
            return st.sampled_from(shape.words)
        case shapes.Listing():
            most = min(shape.most, shape.least + 3)
            return st.lists(of_shape(shape.item), min_size=shape.least, max_size=most)
        case _:
            return st.just({})


def numbers() -> st.SearchStrategy[list[str]]:
    """Return a strategy of enough persons' numbers."""
    return st.integers(0, 2**32).map(
        lambda seed: [sha256(f"{seed} {n}".encode()).hexdigest()[:16] for n in range(130)]
    )
