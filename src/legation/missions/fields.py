"""Fields of registers: those that acts state, and those that stay ours alone for ever. Pure.

A field of either sort has the form of a statement (`Stated`), so both are read, shown and
refused by the same rules; what no act has cannot be stated by any path.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Final

from annotated_types import Ge, Le, MaxLen

from legation.acts.catalogue import catalogue
from legation.acts.codec import Place, Record, fields_of
from legation.acts.shapes import Choice, Fault, Faults, Listing, Shape
from legation.acts.statements import SENDING, Register, Side, Stated, author_side
from legation.acts.values import MAX_INTEGER, Currency, Day, Matches
from legation.errors import N_, Refusal
from legation.missions import naming

DEGREES: Final = r"-?[0-9]{1,3}(\.[0-9]{1,6})?"
Degrees = Annotated[
    str, MaxLen(11), Matches(DEGREES, N_("degrees are a decimal number, as 55.7558 or -77.04."))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """A place on Earth, in degrees of WGS 84. lat: north of the equator. lon: east of Greenwich."""

    lat: Degrees
    lon: Degrees

    def check(self, faults: Faults) -> None:
        """Note a place outside the world."""
        for key, text, most in (("lat", self.lat, 90), ("lon", self.lon, 180)):
            if re.fullmatch(DEGREES, text) and abs(Decimal(text)) > most:
                fault = Fault(
                    "outside-the-world",
                    N_("this lies outside the world: at most {most} degrees either way."),
                    N_("Check the sign and the point; latitude comes before longitude."),
                    {"most": most},
                )
                fault.path.append(key)
                faults.append(fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Money. amount: in minor units (cents), never a fraction."""

    amount: Annotated[int, Ge(0), Le(MAX_INTEGER)]
    currency: Currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """Money in hand on a day. amount: in minor units (cents), never a fraction."""

    amount: Annotated[int, Ge(0), Le(MAX_INTEGER)]
    currency: Currency
    day: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPost:
    """What only we keep of a post. needed: how many staff it takes to work."""

    coordinates: Annotated[Stated[Coordinates] | None, SENDING] = None
    needed: Annotated[Stated[Annotated[int, Ge(0), Le(10_000)]] | None, SENDING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPremises:
    """What only we keep of premises."""

    coordinates: Annotated[Stated[Coordinates] | None, SENDING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChannel:
    """What only we keep of a payment channel. monthly_need: to be paid by it each month."""

    monthly_need: Annotated[Stated[Sum] | None, SENDING] = None
    cash: Annotated[Stated[Cash] | None, SENDING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _None:
    """Nothing that only we keep."""


NEVER_STATED: Final[Mapping[str, type[object]]] = {
    "post": OwnPost,
    "premises": OwnPremises,
    "channel": OwnChannel,
}
"""Register -> fields that no act has."""


@cache
def registers() -> Mapping[str, type[Register]]:
    """Return the registers by prefix: those with a name first, in that order."""
    found = {prefix: cls for prefix, cls in catalogue().things.items() if issubclass(cls, Register)}
    order = [*naming.REGISTERS, *sorted(found)]
    return {prefix: found[prefix] for prefix in dict.fromkeys(order) if prefix in found}


def register_of(thing: str) -> type[Register]:
    """Return the register of an id. Raises Refusal "unknown-subject"."""
    found = registers().get(thing.partition("/")[0])
    if found is None:
        raise Refusal(
            "unknown-subject",
            thing=N_("{name}"),
            rule=N_("nothing can be stated of such a thing."),
            remedy=N_("Choose one from its list."),
            name=thing[:80],
        )
    return found


def never_stated(prefix: str) -> tuple[Place, ...]:
    """Return the fields of a register that stay ours alone."""
    return fields_of(NEVER_STATED.get(prefix, _None))


def stateable(prefix: str) -> tuple[Place, ...]:
    """Return the fields of a register that an act has, in order."""
    return fields_of(registers()[prefix].fields_class)


def place_of(thing: str, field: str) -> Place:
    """Return a field of a thing's register. Raises Refusal "unknown-subject", "unknown-field"."""
    prefix = register_of(thing).prefix
    known = {place.key: place for place in (*stateable(prefix), *never_stated(prefix))}
    if field not in known:
        raise Refusal(
            "unknown-field",
            thing=N_("{name}"),
            rule=N_("it has no field “{field}”."),
            remedy=N_("Choose one of {known}."),
            name=thing[:80],
            field=field[:80],
            known=", ".join(known),
        )
    return known[field]


def is_never_stated(thing: str, field: str) -> bool:
    """Tell whether a field stays ours alone, whoever's thing it is."""
    return field in {place.key for place in never_stated(thing.partition("/")[0])}


def side_of(thing: str, field: str) -> Side:
    """Return which side may state a field; the sending one for what is never stated."""
    if is_never_stated(thing, field):
        return "sending"
    return author_side(register_of(thing).fields_class, field)


def value_shape(place: Place) -> Shape:
    """Return the shape of what a field's statement holds as its value."""
    assert isinstance(place.shape, Record)
    return place.shape.by_key["value"].shape


@cache
def choices(field: str) -> frozenset[str]:
    """Return the words that a field of this name may hold, in any register."""
    return frozenset(
        word
        for prefix in registers()
        for place in stateable(prefix)
        if place.key == field
        for word in _words(value_shape(place))
    )


def _words(shape: Shape) -> Iterator[str]:
    if isinstance(shape, Choice):
        yield from shape.words
    elif isinstance(shape, Listing):
        yield from _words(shape.item)
