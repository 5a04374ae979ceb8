"""From a frozen dataclass to JSON and back, driven by its type hints alone.

1. A field's name is its key; one trailing underscore is dropped (`from_` is "from").
2. What is None or an empty default is left out; `null` is never written and never read.
3. Limits stand in the hint (`Annotated[str, MaxLen(80)]`); a class may add `check(self)`.
4. All faults of one input are told at once: the first is raised, the rest are its `others`.
5. Hints are compiled once a class, twice: as drafted (hidden characters refused, personal
   fields there) and as released (personal fields gone, a person's number in their place).
"""

from collections.abc import Iterable
from typing import TypeVar, cast

from legation.acts.compiled import Place, Record, drafted, released
from legation.acts.shapes import Aside, Faults, Shape
from legation.errors import Refusal
from legation.record.canon import Json

__all__ = [
    "Place",
    "Record",
    "fields_of",
    "from_body",
    "from_json",
    "has_personal",
    "json_schema",
    "read_field",
    "read_with",
    "split",
    "to_body",
    "to_json",
]
T = TypeVar("T")


def from_json(cls: type[T], value: object, where: str) -> T:
    """Read what an officer or a program wrote into a `cls`, personal fields included.

    where: names the input in the refusal. Raises Refusal with every fault: the first itself,
    the others in `others`; each carries `values["field"]`, the dotted path ("lines.1.answer").
    """
    return cast("T", read_with(drafted(cls), value, where))


def from_body(cls: type[T], value: object, where: str) -> T:
    """Read what stands in the record into a `cls`: personal fields are "", their numbers there.

    Hidden characters do not make it invalid: the record's fixed list has judged the text.
    Raises Refusal "schema" in the words of the first fault; the rest are its `others`.
    """
    try:
        return cast("T", read_with(released(cls), value, where))
    except Refusal as fault:
        raise _as_schema(fault) from fault


def to_json(value: object) -> dict[str, Json]:
    """Return all of a dataclass instance as a JSON object."""
    return cast("dict[str, Json]", drafted(type(value)).write(value))


def to_body(value: object) -> dict[str, Json]:
    """Return a dataclass instance as it stands in the record, without personal fields."""
    return cast("dict[str, Json]", released(type(value)).write(value))


def split(
    value: object, numbers: Iterable[str]
) -> tuple[dict[str, Json], dict[str, dict[str, Json]]]:
    """Return the public object, and what is personal in it: number of person -> fields.

    numbers: random 16-digit hexadecimal numbers, one a person, drawn by the caller; a person
    keeps the number that it has. Persons stand in the order of the fields, outer before inner:
    the first is `{p1.…}` in the texts, the next `{p2.…}`. Raises ValueError when the numbers
    run out or have another form.
    """
    aside = Aside(iter(numbers))
    public = drafted(type(value)).split(value, aside)
    return cast("dict[str, Json]", public), aside.persons


def json_schema(cls: type[object], title: str = "") -> dict[str, Json]:
    """Return the JSON schema (draft 2020-12) of what `from_json` reads."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title or cls.__name__,
        **drafted(cls).schema(),
    }


def has_personal(cls: type[object]) -> bool:
    """Tell whether any field of `cls`, at any depth, is marked `Personal`."""
    return drafted(cls).personal


def fields_of(cls: type[object]) -> tuple[Place, ...]:
    """Return the compiled fields of a dataclass, in order, as drafted."""
    return drafted(cls).places


def _as_schema(fault: Refusal) -> Refusal:
    """Return a fault under the one code that the record knows for what it cannot read."""
    refusal = Refusal(
        "schema", thing=fault.thing, rule=fault.rule, remedy=fault.remedy, others=fault.others
    )
    refusal.values = fault.values
    return refusal


def read_field(cls: type[object], key: str, value: object, where: str) -> object:
    """Read what one field of `cls` holds, as it stands in the record.

    Raises KeyError for a field that is not there, Refusal as `from_json`.
    """
    return read_with(released(cls).by_key[key].shape, value, where)


def read_with(shape: Shape, value: object, where: str) -> object:
    """Read a value by a shape. Raises Refusal as `from_json`."""
    faults: Faults = []
    made = shape.read(value, faults)
    if faults:
        first, *others = (fault.refusal(where) for fault in faults)
        first.others = tuple(others)
        raise first
    return made
