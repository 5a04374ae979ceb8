"""Slots: the places on a mission's list of staff, filled or vacant, and why they are empty."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen

from legation.acts.kinds.post import Post
from legation.acts.shapes import Fault, Faults
from legation.acts.staff import Category
from legation.acts.state import Placed, State, Thing
from legation.acts.statements import SENDING, Register, Side, Stated, Statement, check_room
from legation.acts.stating import RegisterType, StatedOf, check_named, day_of, holding, said, since
from legation.acts.values import Day, Line80, Matches, PostId, SlotId
from legation.errors import N_, Refusal

NOBODY = "none"
Occupant = Annotated[
    str,
    MaxLen(80),
    Matches(
        "none|person/[A-Z0-9][A-Za-z0-9-]{0,63}",
        N_("this names a person as person/…, or says none."),
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotFields:
    """What the sending state states of a slot.

    post, function, category: what the slot is. state: whether somebody serves in it. person: who,
    by id alone, or "none". why_empty: what keeps it vacant.
    """

    post: Annotated[Stated[PostId] | None, SENDING] = None
    function: Annotated[Stated[Line80] | None, SENDING] = None
    category: Annotated[Stated[Category] | None, SENDING] = None
    state: Annotated[Stated[Literal["filled", "vacant"]] | None, SENDING] = None
    person: Annotated[Stated[Occupant] | None, SENDING] = None
    why_empty: Annotated[
        Stated[
            Literal[
                "visa_pending",
                "visa_refused",
                "visa_expired",
                "hiring_ban",
                "size_limit",
                "not_nominated",
                "ordered_out",
            ]
        ]
        | None,
        SENDING,
    ] = None

    def check(self, faults: Faults) -> None:
        """Note a vacant slot with somebody in it, and a filled one with a reason to be empty."""
        state = None if self.state is None else self.state.value
        person = None if self.person is None else self.person.value
        remedy = N_("State it filled, or leave that field out.")
        if state == "vacant" and person not in (None, NOBODY):
            rule = N_("nobody serves in a vacant slot.")
            faults.append(Fault("vacant", rule, remedy, path=["person"]))
        if state == "filled" and self.why_empty is not None:
            rule = N_("a filled slot has no reason to be empty.")
            remedy = N_("State it vacant, or leave that field out.")
            faults.append(Fault("filled", rule, remedy, path=["why_empty"]))
        if state == "filled" and person == NOBODY:
            rule = N_("somebody serves in a filled slot.")
            remedy = N_("State it vacant, or leave that field out.")
            faults.append(Fault("filled", rule, remedy, path=["person"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """That a person serves in a slot, these days included, as the act at `index` left it."""

    slot: SlotId
    from_: Day | None = None
    until: Day | None = None
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Thing):
    """Where a person serves, `seat/US-…`: drawn from the slots, so no log is searched for it."""

    prefix = "seat"
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(Register):
    """A slot, `slot/US-MOW-017`, named by the sending state."""

    prefix = "slot"
    fields_class: ClassVar[type[object]] = SlotFields
    named_by: ClassVar[Side | None] = "sending"

    def stands(self, state: State, at: Placed, told: AbstractSet[str]) -> None:
        """Refuse another state's post or person, a closed post, and a person in two slots."""
        check_named(state, self, at, told)
        if told & {"post", "state"}:
            self._check_open(state, at)
        if told & {"person", "state"}:
            self._seat(state, at)

    def _check_open(self, state: State, at: Placed) -> None:
        """Refuse a slot in a post that its own side stated closed on the day the slot begins."""
        posts = said(self, at, "post")
        for new in (*posts, *said(self, at, "state")):
            day = _begins(new, at)
            where = holding(posts, day)
            post = state.find(Post, str(where.value)) if where and new.index == at.index else None
            status = holding(said(post, at, "status"), day) if post else None
            if post and status is not None and status.value == "closed":
                raise Refusal(
                    "closed-post",
                    thing=N_("{name}, field “{field}”"),
                    rule=N_("{post} is closed on {day}, as its own state says."),
                    remedy=N_("State the slot until the post closed, or in another post."),
                    name=self.id,
                    field="post",
                    post=post.id,
                    day=day.isoformat(),
                )

    def _seat(self, state: State, at: Placed) -> None:
        """Keep who serves here beside each person, and refuse who serves elsewhere then."""
        before = state.find(Slot, self.id)
        now = list(self.served(at))
        gone = {person for person, _ in before.served(at)} if before else set()
        for person in sorted({person for person, _ in now} | gone):
            name = f"seat/{person.partition('/')[2]}"
            seat = state.find(Seat, name) or Seat(id=name)
            here = tuple(held for each, held in now if each == person)
            elsewhere = tuple(each for each in seat.held if each.slot != self.id)
            for each in elsewhere:
                if at.had_seen(at.party, each.index):
                    _check_apart(person, each, here)
            check_room(elsewhere)
            held = sorted((*elsewhere, *here), key=lambda each: (each.slot, str(each.from_)))
            state.put(replace(seat, held=tuple(held)))

    def served(self, at: Placed) -> Iterator[tuple[str, Held]]:
        """Yield person and days of each who serves here, as its own side states."""
        people = sorted(said(self, at, "person"), key=lambda each: (since(each), each.index))
        empty = [each for each in said(self, at, "state") if each.value == "vacant"]
        for place, one in enumerate(people):
            first = date.min if one.from_ is None else one.from_.last
            ends = [since(each) for each in (*people[place + 1 :], *empty)]
            last = min((each for each in ends if each >= since(one)), default=None)
            days = [] if last is None else [last]
            until = date.max if one.until is None else one.until.first
            if days and days[0] <= first:
                continue
            until = min(until, *(day - timedelta(days=1) for day in days), date.max)
            if one.value != NOBODY and first <= until:
                yield (
                    str(one.value),
                    Held(
                        slot=SlotId(self.id),
                        from_=None if first == date.min else Day(first.isoformat()),
                        until=None if until == date.max else Day(until.isoformat()),
                        index=at.index,
                    ),
                )


def _begins(statement: Statement, at: Placed) -> date:
    """Return the day from which a statement speaks: its first, else its last, else its act's."""
    if statement.from_ is not None:
        return statement.from_.first
    return day_of(at) if statement.until is None else min(statement.until.first, day_of(at))


def _check_apart(person: str, one: Held, others: tuple[Held, ...]) -> None:
    for other in others:
        first = max(_first(one), _first(other))
        if first <= min(_last(one), _last(other)):
            raise Refusal(
                "two-slots",
                thing=N_("{name}, field “{field}”"),
                rule=N_("{person} serves in {other} at that time."),
                remedy=N_("State the other slot vacant first, or correct the days."),
                name=other.slot,
                field="person",
                person=person,
                other=one.slot,
            )


def _first(held: Held) -> date:
    return date.min if held.from_ is None else held.from_.first


def _last(held: Held) -> date:
    return date.max if held.until is None else held.until.last


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotStated(StatedOf):
    """A side states fields of a slot. `on`: `slot/…`, which begins with the sending state."""

    type: ClassVar[str] = "slot.stated"
    title: ClassVar[str] = N_("Slot stated")
    register: ClassVar[RegisterType] = Slot

    fields: SlotFields
