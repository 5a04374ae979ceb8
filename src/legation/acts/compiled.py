"""Type hints of a dataclass, compiled once into a shape: as drafted, and as released."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.shapes import (
    Aside,
    Boolean,
    Choice,
    Fault,
    Faults,
    Integer,
    Listing,
    Raw,
    Shape,
    Table,
    Text,
    WrittenText,
    wrong_type,
)
from legation.acts.values import (
    MAX_INTEGER,
    PERSON,
    AnyJson,
    InWords,
    Matches,
    Needed,
    Of,
    Personal,
    Written,
)
from legation.errors import N_
from legation.record.canon import Json

_MAX_TEXT: Final = 65_535
_MAX_LIST: Final = 4_096
_MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Place:
    """One field of a dataclass, compiled."""

    name: str
    key: str
    shape: Shape
    required: bool
    default: object
    silent: bool
    """Left out when it has its default: None, or nothing in it."""
    personal: bool
    hint: object


@dataclass(frozen=True, slots=True)
class Record(Shape):
    """A dataclass."""

    cls: type[object]
    places: tuple[Place, ...]
    by_key: Mapping[str, Place]
    deep: bool
    """Whether anything in it, at any depth, is personal."""
    blanks: dict[str, object]
    """Personal fields of the class that this shape does not hold: read as ""."""
    checked: bool
    steps: tuple[tuple[str, str, Callable[[object, Faults], object], bool], ...]
    """Key, name, reader and whether it is required, of each place: the fold reads by these."""

    @property
    def personal(self) -> bool:
        """Whether anything in it, at any depth, is personal."""
        return self.deep

    def read(self, value: object, faults: Faults) -> object:
        """Return an instance; its own `check` runs once its fields are right."""
        if type(value) is not dict:
            wrong_type(faults, N_("this is an object with named fields."))
            return None
        start, made, get = len(faults), self.blanks.copy(), value.get
        taken = 0
        for key, name, read, required in self.steps:
            given = get(key, _MISSING)
            if given is not _MISSING:
                taken += 1
                made[name] = read(given, faults)
            elif required:
                taken = -1
                break
        if taken != len(value) or len(faults) > start:
            del faults[start:]
            self._note(value, faults)
            return None
        instance = self.cls(**made)
        if self.checked:
            instance.check(faults)  # type: ignore[attr-defined] # looked up when compiled
        return instance

    def _note(self, value: Mapping[str, object], faults: Faults) -> None:
        """Read once more, slower, noting for each fault in which field it is."""
        for key, _, read, required in self.steps:
            before = len(faults)
            if key in value:
                read(value[key], faults)
            elif required:
                marks = _extras(self.by_key[key].hint)
                why = next((mark.rule for mark in marks if isinstance(mark, Needed)), None)
                rule, remedy = why or N_("this field must be there."), N_("Fill it in.")
                faults.append(Fault("missing-field", rule, remedy))
            for fault in faults[before:]:
                fault.path.append(key)
        self._note_unknown(value, faults)

    def _note_unknown(self, value: Mapping[str, object], faults: Faults) -> None:
        for key in value:
            if key not in self.by_key:
                rule, remedy = (
                    N_("there is no such field."),
                    N_("Remove it; the fields are {known}."),
                )
                fault = Fault("unknown-field", rule, remedy)
                fault.values = {"known": ", ".join(self.by_key)}
                fault.path.append(str(key)[:80])
                faults.append(fault)

    def write(self, value: object) -> Json:
        """Return an object."""
        out: dict[str, Json] = {}
        for place in self.places:
            inner = getattr(value, place.name)
            if not (place.silent and (inner is None or inner == place.default)):
                out[place.key] = place.shape.write(inner)
        return out

    def split(self, value: object, aside: Aside) -> Json:
        """Return an object whose personal fields went aside, a number in their place."""
        out: dict[str, Json] = {}
        apart: dict[str, Json] = {}
        number = ""
        if any(place.personal for place in self.places):
            number = getattr(value, "person", "") or next(aside.numbers, "")
            if PERSON.fullmatch(number) is None or number in aside.persons:
                raise ValueError("a new number of 16 hexadecimal digits is needed for each person")
            aside.persons[number] = apart
        for place in self.places:
            inner = getattr(value, place.name)
            if place.silent and (inner is None or inner == place.default):
                continue
            if place.personal:
                apart[place.key] = place.shape.write(inner)
            else:
                out[place.key] = place.shape.split(inner, aside)
        if number:
            out["person"] = number
        return out

    def schema(self) -> dict[str, Json]:
        """Return an object schema that allows no other fields."""
        properties: dict[str, Json] = {}
        for place in self.places:
            properties[place.key] = place.shape.schema()
            if place.personal:
                properties[place.key] = {**place.shape.schema(), "x-personal": True}
        required: list[Json] = [place.key for place in self.places if place.required]
        out: dict[str, Json] = {"type": "object", "properties": properties}
        if required:
            out["required"] = required
        out["additionalProperties"] = False
        return out


_DRAFTED: Final[dict[type[object], Record]] = {}
_RELEASED: Final[dict[type[object], Record]] = {}


def drafted(cls: type[object]) -> Record:
    """Return a dataclass as officers fill it in: personal fields there, hidden text refused."""
    found = _DRAFTED.get(cls)
    if found is None:
        found = _DRAFTED[cls] = _record(cls, {}, as_drafted=True)
    return found


def released(cls: type[object]) -> Record:
    """Return a dataclass as it stands in the record: persons by their numbers."""
    found = _RELEASED.get(cls)
    if found is None:
        found = _RELEASED[cls] = _record(cls, {}, as_drafted=False)
    return found


def _record(cls: type[object], known: Mapping[object, object], *, as_drafted: bool) -> Record:
    hints = typing.get_type_hints(cls, include_extras=True)
    places, blanks = [], []
    for each in dataclasses.fields(cls):  # type: ignore[arg-type] # a dataclass, or the error says so
        hint: object = hints[each.name]
        personal = Personal in _extras(hint)
        if personal and not as_drafted:
            blanks.append(each.name)
            continue
        default: object = each.default
        if each.default_factory is not dataclasses.MISSING:
            default = each.default_factory()
        required = default is dataclasses.MISSING
        shape = _compile(hint, known, as_drafted=as_drafted)
        silent = default is None or default in ((), "") or default == {}
        key = each.name.removesuffix("_")
        places.append(Place(each.name, key, shape, required, default, silent, personal, hint))
    if blanks or any(place.personal for place in places):
        places = _with_number(cls, places, as_drafted=as_drafted)
    by_key = {place.key: place for place in places}
    deep = any(place.personal or place.shape.personal for place in places)
    steps = tuple((each.key, each.name, each.shape.read, each.required) for each in places)
    return Record(
        cls, tuple(places), by_key, deep, dict.fromkeys(blanks, ""), hasattr(cls, "check"), steps
    )


def _with_number(cls: type[object], places: list[Place], *, as_drafted: bool) -> list[Place]:
    """Demand the person's number: left out as drafted, required as released."""
    if "person" not in {place.name for place in places}:
        raise TypeError(f'{cls.__name__} has Personal fields: give it `person: PersonRef = ""`')
    if as_drafted:
        return places
    number = Text(
        16,
        16,
        Matches(PERSON.pattern, N_("a person's number is 16 of 0-9 and a-f.")),
        as_drafted=False,
    )
    return [
        dataclasses.replace(place, shape=number, required=True, silent=False)
        if place.name == "person"
        else place
        for place in places
    ]


def _extras(hint: object) -> tuple[object, ...]:
    if typing.get_origin(hint) is not typing.Annotated:
        return ()
    return tuple(typing.get_args(hint)[1:])


def _compile(hint: object, known: Mapping[object, object], *, as_drafted: bool) -> Shape:
    """Return the shape of a hint; `known` says what the type variables of a generic stand for."""
    extras: tuple[object, ...] = ()
    while True:
        if hint in known:
            hint = known[hint]
        elif typing.get_origin(hint) is typing.Annotated:
            extras = (*_extras(hint), *extras)
            hint = typing.get_args(hint)[0]
        elif (inner := _not_none(hint)) is not None:
            hint = inner
        else:
            break
    return _bare(hint, extras, known, as_drafted=as_drafted)


def _not_none(hint: object) -> object | None:
    """Return X of `X | None`; None for any other hint."""
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return None
    inner = [arg for arg in typing.get_args(hint) if arg is not type(None)]
    return inner[0] if len(inner) == 1 else None


def _bare(
    hint: object, extras: tuple[object, ...], known: Mapping[object, object], *, as_drafted: bool
) -> Shape:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if AnyJson in extras:
        return Raw()
    if hint is str:
        least, most = _limits(extras, _MAX_TEXT)
        matches = next((mark for mark in extras if isinstance(mark, Matches)), None)
        return Text(least, most, matches, as_drafted)
    if hint is bool:
        return Boolean()
    if hint is int:
        return Integer(*_range(extras))
    if origin is typing.Literal:
        return _choice(tuple(str(word) for word in args), extras)
    if origin is tuple:
        return Listing(_compile(args[0], known, as_drafted=as_drafted), *_limits(extras, _MAX_LIST))
    if origin is Mapping:
        return Table(_compile(args[1], known, as_drafted=as_drafted))
    if isinstance(hint, type) and issubclass(hint, Written):
        return WrittenText.of(
            hint, next((mark.kind for mark in extras if isinstance(mark, Of)), None)
        )
    cls = origin or hint
    if isinstance(cls, type) and dataclasses.is_dataclass(cls):
        parameters: tuple[object, ...] = getattr(cls, "__parameters__", ())
        return _record(cls, dict(zip(parameters, args, strict=False)), as_drafted=as_drafted)
    raise TypeError(f"no JSON is known for {hint!r}")


def _choice(words: tuple[str, ...], extras: tuple[object, ...]) -> Choice:
    said = next((mark.words for mark in extras if isinstance(mark, InWords)), {})
    for lang, told in said.items():
        if set(told) != set(words):
            raise TypeError(f"InWords, {lang}: it says {sorted(told)}, the choice is {words}")
    return Choice(words, said)


def _limits(extras: tuple[object, ...], most: int) -> tuple[int, int]:
    least = 0
    for mark in extras:
        if isinstance(mark, MinLen):
            least = mark.min_length
        elif isinstance(mark, MaxLen):
            most = mark.max_length
    return least, most


def _range(extras: tuple[object, ...]) -> tuple[int, int]:
    least, most = -MAX_INTEGER, MAX_INTEGER
    for mark in extras:
        if isinstance(mark, Ge):
            least = cast("int", mark.ge)
        elif isinstance(mark, Le):
            most = cast("int", mark.le)
    return least, most
