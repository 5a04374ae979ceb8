"""The lists of a dossier: those that acts can state, and those kept as our own chronicle. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from legation.acts.base import Act
from legation.acts.codec import Place
from legation.acts.kinds.calendar import CalendarDeclared
from legation.acts.kinds.regime import RegimeDeclared
from legation.missions import fields
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A list of the file that acts can state. name: its key in the file. prefix: of its ids."""

    name: str
    prefix: str

    @property
    def places(self) -> tuple[Place, ...]:
        """The fields of a register that an act states; each has an author side."""
        return fields.stateable(self.prefix)

    @property
    def own(self) -> tuple[Place, ...]:
        """The fields of a register that no act states: known to a desk, ours only for ever."""
        return fields.never_stated(self.prefix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(Section):
    """A list whose entries one side declares whole. act: what declares it."""

    act: type[Act]


REGISTERS: Final = tuple(
    Section(name=name, prefix=prefix)
    for name, prefix in (
        ("posts", "post"),
        ("premises", "premises"),
        ("slots", "slot"),
        ("staff", "person"),
        ("limits", "limit"),
        ("licences", "licence"),
        ("channels", "channel"),
        ("services", "service"),
        ("exchanges", "exchange"),
    )
)
"""What a thing names comes before it: posts before slots, licences before channels."""
DECLARED: Final = (
    Declaration(name="regimes", prefix="regime", act=RegimeDeclared),
    Declaration(name="calendars", prefix="calendar", act=CalendarDeclared),
)
CHRONICLE: Final[Mapping[str, str]] = {
    "rules": "id",
    "facts": "id",
    "rounds": "id",
    "matters": "code",
    "discrepancies": "id",
    "persons": "name",
}
"""Lists kept as our own chronicle, and the key that names each of their entries."""


def is_history(value: Json) -> bool:
    """Tell a list of statements from a value that is itself a list (of names)."""
    return isinstance(value, list) and any(
        isinstance(one, dict) and "value" in one for one in value
    )
