"""Members of a mission: what the sending state states of their place, and the other of their stay.

Who somebody is travels beside the act, as a file that can be erased: the register never holds it.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from legation.acts.base import not_entitled
from legation.acts.files import FileRef
from legation.acts.shapes import Fault, Faults
from legation.acts.staff import Category, Identity
from legation.acts.state import Placed, State, altered
from legation.acts.statements import RECEIVING, SENDING, Register, Side, Stated, check_room
from legation.acts.stating import RegisterType, StatedOf, check_end, check_named, ends_first, said
from legation.acts.values import Day, Line80, SlotId
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFields:
    """What can be stated of a member of a mission; each field has one author side.

    Sending state: category, nationality (a state's code), function, slot, dependants (how many
    are in the household), state, arrival, departure.
    Receiving state: visa, accreditation, acceptable (whether the person still is: VCDR 9).
    """

    category: Annotated[Stated[Category] | None, SENDING] = None
    nationality: Annotated[Stated[Line80] | None, SENDING] = None
    function: Annotated[Stated[Line80] | None, SENDING] = None
    slot: Annotated[Stated[SlotId] | None, SENDING] = None
    dependants: Annotated[Stated[Annotated[int, Ge(0), Le(30)]] | None, SENDING] = None
    state: Annotated[Stated[Literal["nominated", "in_post", "departed"]] | None, SENDING] = None
    arrival: Annotated[Stated[Day] | None, SENDING] = None
    departure: Annotated[Stated[Day] | None, SENDING] = None
    visa: Annotated[
        Stated[Literal["requested", "granted", "refused", "expired"]] | None, RECEIVING
    ] = None
    accreditation: Annotated[Stated[Literal["pending", "given", "refused"]] | None, RECEIVING] = (
        None
    )
    acceptable: Annotated[
        Stated[Literal["accepted", "not_acceptable", "persona_non_grata"]] | None, RECEIVING
    ] = None

    def check(self, faults: Faults) -> None:
        """Note a departure before the arrival."""
        if self.arrival is not None and self.departure is not None:
            check_end(self.arrival.value, self.departure.value, faults, "departure")


@dataclass(frozen=True, slots=True, kw_only=True)
class About(FileRef):
    """The file that says who the person is, as the act at `index` named it."""

    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Register):
    """A member of a mission, `person/US-…`, named by the sending state: never by a name."""

    prefix = "person"
    fields_class: ClassVar[type[object]] = PersonFields
    named_by: ClassVar[Side | None] = "sending"
    files: tuple[About, ...] = ()

    def stands(self, state: State, at: Placed, told: AbstractSet[str]) -> None:
        """Refuse another state's slot, and a departure before every arrival."""
        check_named(state, self, at, told)
        ends = [each for each in said(self, at, "departure") if each.index == at.index]
        begun = [Day(str(each.value)).first for each in said(self, at, "arrival")]
        if begun and any(Day(str(each.value)).last < min(begun) for each in ends):
            raise ends_first(self.id, "departure")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStated(StatedOf):
    """A side states fields of a person. `on`: `person/…`, which begins with the sending state.

    identity: who it is, which the sending state alone says; released, it is a number, and `files`
    names the one file about that number.
    """

    type: ClassVar[str] = "person.stated"
    title: ClassVar[str] = N_("Person stated")
    register: ClassVar[RegisterType] = Person

    fields: PersonFields
    identity: Identity | None = None
    files: Annotated[tuple[FileRef, ...], MaxLen(1)] = ()

    def check(self, faults: Faults) -> None:
        """Note a file that is not about the person whom the act tells of."""
        number = None if self.identity is None else self.identity.person
        if any(each.person is None or each.person != number for each in self.files):
            rule = N_("its one file says who the person is.")
            faults.append(Fault("form", rule, N_("Leave one of them out."), path=["files"]))

    def apply(self, state: State, at: Placed) -> None:
        """Put the fields into the register, and keep which file says who it is."""
        StatedOf.apply(self, state, at)
        if self.identity is None and not self.files:
            return
        if self.sending != at.party:
            raise not_entitled(
                N_("{name}, field “{field}”"),
                N_("this field is stated by the {side} state."),
                name=at.head.on,
                field="identity",
                side="sending",
            )
        person = state.find(Person, at.head.on)
        assert person is not None
        refs = {
            name: getattr(each, name)
            for each in self.files
            for name in ("root", "size", "name", "type", "person")
        }
        if refs:
            check_room(person.files)
            files = (*person.files, About(index=at.index, **refs))
            files = tuple(sorted(files, key=lambda each: each.index))
            state.put(altered(person, files=files))
