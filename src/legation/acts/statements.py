"""Registers of statements: each field has one author side, and both sides' words stand.

A register keeps what each party stated under that party's name, in that party's own order, so
it does not matter in which order two logs are read. A field names its author side in its hint:

    city: Annotated[Stated[Line80] | None, SENDING] = None

An act states some fields, each with the days it holds for and what it rests on. A later
statement of the same field *from the same day* takes the earlier one's place; from another day
it stands beside it, as history. What was stated first stays in the log.
"""

import typing
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Final, Generic, Literal, Protocol, TypeVar

from annotated_types import MaxLen, MinLen

from legation.acts.base import not_entitled
from legation.acts.codec import fields_of
from legation.acts.shapes import Fault, Faults, Shape
from legation.acts.state import Placed, State, Thing, altered
from legation.acts.values import Day, JsonValue, Party, Sources, Words
from legation.errors import N_, Refusal

V = TypeVar("V")
MAX_STATEMENTS: Final = 256
"""Statements of one field from different days: a thing stays readable, and bounded."""
Side = Literal["sending", "receiving"]


@dataclass(frozen=True, slots=True)
class Author:
    """Marks which side may state a field."""

    side: Side


SENDING: Final = Author("sending")
RECEIVING: Final = Author("receiving")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Generic[V]):
    """What one side says of one field.

    from, until: days it holds for, both included; left out where not known. by: whose measure
    brought it about. basis: what it rests on in law. sources: where it can be read.
    """

    value: V
    from_: Day | None = None
    until: Day | None = None
    by: Party | None = None
    basis: Annotated[str, MinLen(1), MaxLen(300)] | None = None
    sources: Sources = ()
    note: Words | None = None

    def check(self, faults: Faults) -> None:
        """Note an end before the beginning."""
        check_span(self.from_, self.until, faults)


def check_span(begin: Day | None, end: Day | None, faults: Faults) -> None:
    """Note a span of days that ends before it begins."""
    if begin is not None and end is not None and end.last < begin.first:
        rule, remedy = N_("it ends before it begins."), N_("Correct one of the two dates.")
        faults.append(Fault("span", rule, remedy, path=["until"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement as the register keeps it; `index` is its act's place in the party's log."""

    value: JsonValue
    from_: Day | None = None
    until: Day | None = None
    by: Party | None = None
    basis: str | None = None
    sources: Sources = ()
    note: str | None = None
    index: int

    def holds_on(self, day: date) -> bool:
        """Tell whether the statement covers a day, as far as its dates are known."""
        begun = self.from_ is None or self.from_.first <= day
        return begun and (self.until is None or day <= self.until.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """All that one party stated of one field. first: place of its first statement in its log."""

    first: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one party stated of a thing, and which states it says are concerned."""

    party: Party
    sending: Party
    receiving: Party
    fields: Mapping[str, Spoken]

    @property
    def first(self) -> int:
        """The place of its first statement in its party's log."""
        return min(told.first for told in self.fields.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Thing):
    """A thing of which both sides state fields: a post, premises.

    named_by: the side whose code its id begins with, None where ids are free.
    """

    fields_class: ClassVar[type[object]]
    named_by: ClassVar[Side | None] = None
    views: tuple[View, ...] = ()

    def view(self, party: str) -> View | None:
        """Return what a party stated, or None."""
        return next((view for view in self.views if view.party == party), None)

    def sending_seen(self, at: Placed) -> str | None:
        """Return the sending state as an act's author stated it, else as it had seen it stated."""
        seen = [view for view in self.views if at.had_seen(view.party, view.first)]
        seen.sort(key=lambda view: view.party != at.party)
        return seen[0].sending.text if seen else None

    def stands(self, state: State, at: Placed, told: AbstractSet[str]) -> None:
        """Raise Refusal when what an act says cannot stand beside what its side said before.

        self: the thing with the act's statements in it. told: the fields that the act states. Looks
        only at statements of the act's own side that it had seen.
        """

    @property
    def stated(self) -> dict[str, dict[str, tuple[Statement, ...]]]:
        """Party -> field -> statements in that party's own order."""
        return {
            str(view.party): {name: told.statements for name, told in view.fields.items()}
            for view in self.views
        }

    @property
    def sending(self) -> str:
        """The sending state, as its own statement has it before the other's."""
        return self._identity().sending.text

    @property
    def receiving(self) -> str:
        """The receiving state, likewise."""
        return self._identity().receiving.text

    def _identity(self) -> View:
        owns = (view for view in self.views if view.party == view.sending)
        return next(owns, self.views[0])

    def first(self, field: str, party: str) -> int | None:
        """Return where in its log a party first stated a field, or None."""
        view = self.view(party)
        told = None if view is None else view.fields.get(field)
        return None if told is None else told.first

    def author(self, field: str) -> str:
        """Return the party that may state a field."""
        return (
            self.sending if author_side(self.fields_class, field) == "sending" else self.receiving
        )

    def now(self, field: str, on: date | None = None) -> Statement | None:
        """Return what the field's author states to hold on a day; None: the newest.

        Of several that cover the day, the one that begins last counts, then the later stated.
        """
        view = self.view(self.author(field))
        told = None if view is None else view.fields.get(field)
        if told is None:
            return None
        fit = [each for each in told.statements if on is None or each.holds_on(on)]
        return max(fit, key=since, default=None)


def since(statement: Statement) -> tuple[date, int]:
    """Order statements of one field: what began last counts, then what was stated later."""
    return (date.min if statement.from_ is None else statement.from_.first, statement.index)


def author_side(fields_class: type[object], field: str) -> Side:
    """Return which side states a field. Raises KeyError for a field that is not there."""
    return _sides(fields_class)[field]


_SIDES: Final[dict[type[object], dict[str, Side]]] = {}


def _sides(fields_class: type[object]) -> dict[str, Side]:
    found = _SIDES.get(fields_class)
    if found is None:
        found = _SIDES[fields_class] = {
            place.key: mark.side
            for place in fields_of(fields_class)
            for mark in typing.get_args(place.hint)
            if isinstance(mark, Author)
        }
    return found


def state_fields(
    state: State, at: Placed, register: Register, states: tuple[Party, Party], fields: object
) -> None:
    """Put into the state what an act says of a register's fields.

    register: the thing as it stands, or a new one without views. states: sending and receiving
    state, as the act names them. Raises Refusal "identity"
    when the states named are not the record's two, or not those that this party named before;
    "not-entitled" for a field of the other side; "empty" when nothing is stated; and what the
    register's own `stands` raises.
    """
    party = Party(at.party)
    sending, receiving = states
    owner = {"sending": sending, "receiving": receiving, None: None}[register.named_by]
    if owner is not None and not register.id.startswith(f"{register.prefix}/{owner}-"):
        raise identity_refusal(register.id)
    view = register.view(at.party)
    if view is None:
        view = View(party=party, sending=sending, receiving=receiving, fields={})
    named = (sending, receiving)
    if (view.sending, view.receiving) != named or {*named} != {*state.parties.codes}:
        raise identity_refusal(register.id)
    side: Side = "sending" if sending == party else "receiving"
    told = dict(view.fields)
    stated = [
        (place, value)
        for place in fields_of(type(fields))
        if (value := getattr(fields, place.name)) is not None
    ]
    if not stated:
        raise _empty(register.id)
    for place, value in stated:
        name = place.key
        if author_side(type(fields), name) != side:
            raise not_entitled(
                N_("{name}, field “{field}”"),
                N_("this field is stated by the {side} state."),
                name=register.id,
                field=name,
                side=author_side(type(fields), name),
            )
        told[name] = _with(told.get(name), place.shape, value, at)
    view = replace(view, fields=told)
    others = [each for each in register.views if each.party != party]
    views = tuple(sorted((*others, view), key=lambda each: each.party))
    made = altered(register, views=views)
    made.stands(state, at, {place.key for place, _ in stated})
    state.put(made)


def _with(told: Spoken | None, shape: Shape, value: Stated[object], at: Placed) -> Spoken:
    written = shape.write(value)
    assert isinstance(written, dict)
    statement = Statement(
        value=written["value"],
        from_=value.from_,
        until=value.until,
        by=value.by,
        basis=value.basis,
        sources=value.sources,
        note=value.note,
        index=at.index,
    )
    if told is None:
        return Spoken(first=at.index, statements=(statement,))
    if stands_over(at, told.statements, statement.from_):
        return told
    kept = [each for each in told.statements if each.from_ != statement.from_]
    check_room(kept)
    return Spoken(first=told.first, statements=(*kept, statement))


class _Dated(Protocol):
    @property
    def from_(self) -> Day | None: ...
    @property
    def index(self) -> int: ...


def stands_over(at: Placed, told: Iterable[_Dated], from_: Day | None) -> bool:
    """Tell whether the same party said later what holds from this day.

    What was entered on paper before the record said it does not take the place of its word.
    """
    return any(each.from_ == from_ and not at.had_seen(at.party, each.index) for each in told)


def check_room(kept: Sequence[object]) -> None:
    """Raise Refusal "too-many" when no further day's statement can be kept beside these."""
    if len(kept) >= MAX_STATEMENTS:
        raise Refusal(
            "too-many",
            thing=N_("A field with statements from {most} days"),
            rule=N_("a field keeps the statements of that many days."),
            remedy=N_("State it from one of the days that are there already."),
            most=MAX_STATEMENTS,
        )


def identity_refusal(name: str) -> Refusal:
    """Return the refusal of a statement that names other states than the thing has."""
    return Refusal(
        "identity",
        thing=N_("{name}"),
        rule=N_("its sending and receiving states are the record's two, and stay as first named."),
        remedy=N_("Name them as before, or state another thing."),
        name=name,
    )


def _empty(name: str) -> Refusal:
    return Refusal(
        "empty",
        thing=N_("{name}"),
        rule=N_("a statement says something of at least one field."),
        remedy=N_("Fill in a field, or discard the draft."),
        name=name,
    )
