"""What the acts that state fields of a register share: one act, and what its own side said before.

Everything here looks only at the author's own view of things, as far as the act had seen it: what
the other side states never makes a statement fail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from legation.acts.base import Act, subject
from legation.acts.codec import fields_of
from legation.acts.compiled import Record
from legation.acts.shapes import Fault, Faults, WrittenText
from legation.acts.state import Placed, State
from legation.acts.statements import Register, Statement, View, state_fields
from legation.acts.values import Day, Party
from legation.errors import N_, Refusal

RegisterType: TypeAlias = type[Register]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedOf(Act):
    """A side states fields of a thing. sending, receiving: the states that it concerns."""

    register: ClassVar[RegisterType]

    sending: Party
    receiving: Party
    fields: object

    def apply(self, state: State, at: Placed) -> None:
        """Put the fields into the register, under the author's name."""
        name = subject(at, self.register.prefix)
        thing = state.find(self.register, name) or self.register(id=name)
        state_fields(state, at, thing, (self.sending, self.receiving), self.fields)


def said(register: Register, at: Placed, field: str) -> tuple[Statement, ...]:
    """Return what an act's own side states of a field, as far as it had seen, itself included."""
    view = register.view(at.party)
    told = None if view is None else view.fields.get(field)
    several = () if told is None else told.statements
    return tuple(
        each for each in several if each.index == at.index or at.had_seen(at.party, each.index)
    )


def holding(statements: tuple[Statement, ...], day: date) -> Statement | None:
    """Return which of a field's statements holds on a day: of several, the one begun last."""
    fit = [each for each in statements if each.holds_on(day)]
    return max(fit, key=lambda each: (since(each), each.index), default=None)


def day_of(at: Placed) -> date:
    """Return the day of an act, by its author's own clock."""
    return date.fromisoformat(at.head.at[:10])


def since(statement: Statement) -> date:
    """Return the first day that a statement may hold."""
    return date.min if statement.from_ is None else statement.from_.first


def check_named(state: State, register: Register, at: Placed, told: Iterable[str]) -> None:
    """Raise Refusal "other-owner" where an act names a thing that is the wrong state's.

    A post of a slot is one of the sending state's, the licence of a channel one of the receiving.
    """
    view = register.view(at.party)
    assert view is not None
    shapes = {place.key: place.shape for place in fields_of(register.fields_class)}
    for field in told:
        shape = shapes[field]
        value = shape.by_key["value"].shape if isinstance(shape, Record) else None
        if isinstance(value, WrittenText) and value.kind is not None:
            new = [each for each in view.fields[field].statements if each.index == at.index]
            for statement in new:
                _check_owner(state, view, register.id, field, str(statement.value))


def _check_owner(state: State, view: View, thing: str, field: str, named: str) -> None:
    cls = state.catalogue.things.get(named.partition("/")[0])
    side = cls.named_by if cls is not None and issubclass(cls, Register) else None
    owner = {"sending": view.sending, "receiving": view.receiving, None: None}[side]
    if owner is not None and not named.partition("/")[2].startswith(f"{owner}-"):
        raise Refusal(
            "other-owner",
            thing=N_("{name}, field “{field}”"),
            rule=N_("{named} is not one of {owner}."),
            remedy=N_("Choose one from the list."),
            name=thing,
            field=field,
            named=named,
            owner=owner.text,
        )


def check_end(begin: Day | None, end: Day | None, faults: Faults, field: str) -> None:
    """Note that what a field's value says ends before it begins."""
    if begin is not None and end is not None and end.last < begin.first:
        rule, remedy = N_("it ends before it begins."), N_("Correct one of the two dates.")
        faults.append(Fault("span", rule, remedy, path=["value", field]))


def ends_first(thing: str, field: str) -> Refusal:
    """Return the refusal of an end before what the same side stated to be the beginning."""
    return Refusal(
        "span",
        thing=N_("{name}, field “{field}”"),
        rule=N_("it ends before it begins."),
        remedy=N_("Correct one of the two dates."),
        name=thing,
        field=field,
    )
