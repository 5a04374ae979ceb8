"""Two officers changed the same form: what does not touch is joined, what does is shown to both.

Pure. 1. A field that one of them left as it was takes the other's value. 2. Where both changed a
text or a list, its pieces (paragraphs, or rows) are joined as far as they do not touch: between
any two changes stands a piece that neither changed; rows that both added at one place stand one
after the other. 3. What touches is a conflict: nothing is chosen for anybody. The differences are
`difflib`'s.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from legation.record.canon import Json

PARAGRAPH: Final = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Both changed the same place. name: of the field. Each value as JSON, None where left out."""

    name: str
    base: Json
    mine: Json
    theirs: Json

    @property
    def base_words(self) -> str:
        """Return what both began from, in words."""
        return in_words(self.base)

    @property
    def mine_words(self) -> str:
        """Return mine in words."""
        return in_words(self.mine)

    @property
    def theirs_words(self) -> str:
        """Return theirs in words."""
        return in_words(self.theirs)


def in_words(value: Json) -> str:
    """Return a value as text: a list or an object with a paragraph for each entry."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    entries = value if isinstance(value, list) else [value]
    return PARAGRAPH.join(
        "; ".join(f"{key}: {each}" for key, each in entry.items() if key != "person")
        if isinstance(entry, dict)
        else str(entry)
        for entry in entries
    )


@dataclass(frozen=True, slots=True)
class Merged:
    """Two changes of one form, joined; where they touch, `data` holds mine."""

    data: dict[str, Json]
    conflicts: tuple[Conflict, ...] = ()
    joined: tuple[str, ...] = field(default=())
    """Fields in which words of both stand now."""


def merge(base: Mapping[str, Json], mine: Mapping[str, Json], theirs: Mapping[str, Json]) -> Merged:
    """Join two changes of the same form."""
    out: dict[str, Json] = {}
    conflicts: list[Conflict] = []
    joined: list[str] = []
    old, ours, other = (_by_text(each) for each in (base, mine, theirs))
    for name in dict.fromkeys((*ours, *other, *old)):
        values = old.get(name), ours.get(name), other.get(name)
        value, touched, both = _one(*values)
        if touched:
            conflicts.append(Conflict(name=name, base=values[0], mine=values[1], theirs=values[2]))
        if both:
            joined.append(name)
        if value is not None:
            out[name] = value
    return Merged(_with_texts(out), tuple(conflicts), tuple(joined))


def take(
    data: Mapping[str, Json], theirs: Mapping[str, Json], names: Sequence[str]
) -> dict[str, Json]:
    """Return the data with the fields named as the other wrote them."""
    out, other = _by_text(data), _by_text(theirs)
    for name in names:
        out.pop(name, None)
        if name in other:
            out[name] = other[name]
    return _with_texts(out)


def _one(base: Json, mine: Json, theirs: Json) -> tuple[Json, bool, bool]:
    """Return the value, whether the changes touch, and whether both stand in it."""
    if _same(mine, theirs) or _same(theirs, base):
        return mine, False, False
    if _same(mine, base):
        return theirs, False, False
    if isinstance(mine, str) and isinstance(theirs, str):
        parts = [str(each or "").split(PARAGRAPH) for each in (base, mine, theirs)]
        found = join3(*parts)
        return (mine, True, False) if found is None else (PARAGRAPH.join(found), False, True)
    if isinstance(mine, list) and isinstance(theirs, list):
        rows = [_written(each) for each in (base, mine, theirs)]
        found = join3(*rows, both_added=True)
        if found is not None:
            return [json.loads(each) for each in found], False, True
    return mine, True, False


def join3(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, both_added: bool = False
) -> list[str] | None:
    """Return both changes of a sequence joined, None where they touch.

    both_added: whether what both added at one place may stand there one after the other.
    """
    out: list[str] = []
    at, last = -1, None
    for change in sorted([*_changes(base, mine), *_changes(base, theirs)]):
        if change == last:
            continue
        begin, end, new = change
        beside = last is not None and both_added and last[0] == last[1] == begin == end
        if begin <= at and not beside:
            return None
        out += [*base[max(at, 0) : begin], *new]
        at, last = end, change
    return [*out, *base[max(at, 0) :]]


def _changes(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return what was put in place of which pieces: (from, to, pieces)."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [
        (i1, i2, tuple(other[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _same(one: Json, other: Json) -> bool:
    return one == other and type(one) is type(other)


def _written(value: Json) -> list[str]:
    return [
        json.dumps(each, ensure_ascii=False, sort_keys=True)
        for each in (value if isinstance(value, list) else [])
    ]


def _by_text(data: Mapping[str, Json]) -> dict[str, Json]:
    """Return data whose texts stand by language: each is joined by itself."""
    out: dict[str, Json] = {key: value for key, value in data.items() if key != "texts"}
    texts = data.get("texts")
    for text in texts if isinstance(texts, list) else ():
        if isinstance(text, dict):
            out[f"text_{text.get('lang')}"] = text.get("text")
            out[f"role_{text.get('lang')}"] = text.get("role")
    return out


def _with_texts(data: Mapping[str, Json]) -> dict[str, Json]:
    out = {key: value for key, value in data.items() if not key.startswith(("text_", "role_"))}
    texts: list[Json] = [
        {
            "lang": key.removeprefix("text_"),
            "role": data.get(f"role_{key.removeprefix('text_')}", "courtesy"),
            "text": value,
        }
        for key, value in data.items()
        if key.startswith("text_")
    ]
    texts.sort(key=lambda text: isinstance(text, dict) and text["role"] != "original")
    return {**out, "texts": texts} if texts else out
