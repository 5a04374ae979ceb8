"""Licences: what the receiving state's rules let a mission pay, on which conditions, until when."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.shapes import Faults
from legation.acts.state import Placed, State
from legation.acts.statements import RECEIVING, Register, Side, Stated
from legation.acts.stating import RegisterType, StatedOf, check_end, ends_first, said
from legation.acts.values import Day, Line80, Line200, Words
from legation.errors import N_

Condition = Annotated[str, MinLen(1), MaxLen(500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFields:
    """What the receiving state states of a licence: all of it is its own word.

    name, number: as issued. state: whether it is in force; `from` is the day. expires: its last
    day. conditions: each in words, as a checklist. covers: what may be paid by it. issuer: who
    issued it.
    """

    name: Annotated[Stated[Line200] | None, RECEIVING] = None
    number: Annotated[Stated[Line80] | None, RECEIVING] = None
    state: Annotated[
        Stated[Literal["in_force", "suspended", "revoked", "expired"]] | None, RECEIVING
    ] = None
    expires: Annotated[Stated[Day] | None, RECEIVING] = None
    conditions: Annotated[
        Stated[Annotated[tuple[Condition, ...], MinLen(1), MaxLen(20)]] | None, RECEIVING
    ] = None
    covers: Annotated[Stated[Words] | None, RECEIVING] = None
    issuer: Annotated[Stated[Line200] | None, RECEIVING] = None

    def check(self, faults: Faults) -> None:
        """Note a licence that ends before it begins."""
        if self.expires is not None:
            check_end(self.expires.from_, self.expires.value, faults, "expires")
            if self.state is not None and self.state.value == "in_force":
                check_end(self.state.from_, self.expires.value, faults, "expires")


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence(Register):
    """A licence, `licence/US-GL…`, named by the state whose rules it is an exception to."""

    prefix = "licence"
    fields_class: ClassVar[type[object]] = LicenceFields
    named_by: ClassVar[Side | None] = "receiving"

    def stands(self, state: State, at: Placed, told: AbstractSet[str]) -> None:
        """Refuse an end before the first day that its own side stated it to be in force."""
        del state
        ends = [each for each in said(self, at, "expires") if each.index == at.index]
        begun = [each.from_ for each in said(self, at, "state") if each.value == "in_force"]
        if "expires" in told and begun and None not in begun:
            first = min(day.first for day in begun if day is not None)
            if any(Day(str(each.value)).last < first for each in ends):
                raise ends_first(self.id, "expires")


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceStated(StatedOf):
    """A side states fields of a licence. `on`: `licence/…`, beginning with the receiving state."""

    type: ClassVar[str] = "licence.stated"
    title: ClassVar[str] = N_("Licence stated")
    register: ClassVar[RegisterType] = Licence

    fields: LicenceFields
