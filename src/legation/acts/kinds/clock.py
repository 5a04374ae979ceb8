"""Clocks that both sides accept: only such a one can run out.

1. Each party's newest word on a kind of notice is its word. Both the same: that clock is in force.
2. A notice is bound by the clock that was in force, as far as its author had seen, when it was
   released. A later word of either side counts for later notices, and rescues nobody from a
   clock that runs.
3. A kind has one clock: a party that says what it had said already says nothing.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.base import Act, subject
from legation.acts.notices import Clock
from legation.acts.state import Placed, State, Thing
from legation.acts.values import Matches, Party
from legation.errors import N_, Refusal

MAX_WORDS: Final = 64
"""Words of one party on one kind: they stay as history, and bounded."""
MAX_AMOUNT: Final = 1_000

KindCode = Annotated[
    str,
    MinLen(1),
    MaxLen(60),
    Matches(
        r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*",
        N_("a kind is named in small letters and dots, as premises.access."),
    ),
]
Amount = Annotated[int, Ge(1), Le(MAX_AMOUNT)]
Unit = Literal["hours", "days", "working_days"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One party's word, at place `index` of its log. at: its own clock there, a claim."""

    by: Party
    index: int
    at: str
    amount: Amount
    unit: Unit

    @property
    def clock(self) -> Clock:
        """The clock that it accepts."""
        return Clock(self.amount, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState(Thing):
    """What both sides said of the clock of one kind of notice, `clock/premises.access`."""

    prefix = "clock"
    kind: str
    words: tuple[Accepted, ...] = ()

    def word(self, party: str) -> Accepted | None:
        """Return a party's newest word, or None."""
        mine = [each for each in self.words if each.by == party]
        return mine[-1] if mine else None

    def in_force(self, parties: tuple[str, ...]) -> Clock | None:
        """Return the clock that both accept by their newest words, or None."""
        return _agreed([self.word(party) for party in parties])

    def as_seen(self, at: Placed, parties: tuple[str, ...]) -> Clock | None:
        """Return the clock in force as far as an act's author had seen, or None."""
        seen = [each for each in self.words if at.had_seen(each.by, each.index)]
        newest = [[each for each in seen if each.by == party] for party in parties]
        return _agreed([mine[-1] if mine else None for mine in newest])


def _agreed(words: list[Accepted | None]) -> Clock | None:
    clocks = {None if word is None else word.clock for word in words}
    return clocks.pop() if len(clocks) == 1 else None


def clock_thing(kind: str) -> str:
    """Return the id of a kind's clock."""
    return f"{ClockState.prefix}/{kind}"


def clock_seen(state: State, at: Placed, kind: str) -> Clock | None:
    """Return the clock of a kind that binds whoever releases a notice here, or None."""
    found = state.find(ClockState, clock_thing(kind))
    return None if found is None else found.as_seen(at, tuple(state.parties.codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockAccepted(Act):
    """A side accepts a clock for a kind of notice. `on`: `clock/` and the kind's code."""

    type: ClassVar[str] = "clock.accepted"
    title: ClassVar[str] = N_("Clock accepted")

    kind: KindCode
    amount: Amount
    unit: Unit

    def apply(self, state: State, at: Placed) -> None:
        """Keep it as this party's newest word."""
        name = clock_thing(self.kind)
        if at.head.on != name:
            subject(at, ClockState.prefix)
            raise self._refusal("subject", N_("it stands on the clock of the kind that it names."))
        held = state.find(ClockState, name) or ClockState(id=name, kind=self.kind)
        mine = [each for each in held.words if each.by == at.party]
        if not all(at.had_seen(each.by, each.index) for each in mine):
            return  # the record's later word stands over one on paper
        if mine and mine[-1].clock == Clock(self.amount, self.unit):
            raise self._refusal("duplicate", N_("this side has accepted just this clock."))
        if len(mine) >= MAX_WORDS:
            raise self._refusal("too-many", N_("a side changes the clock of a kind 64 times."))
        word = Accepted(
            by=Party(at.party),
            index=at.index,
            at=at.head.at,
            amount=self.amount,
            unit=self.unit,
        )
        words = sorted((*held.words, word), key=lambda each: (each.by, each.index))
        state.put(ClockState(id=name, kind=self.kind, words=tuple(words)))

    def _refusal(self, code: str, rule: str) -> Refusal:
        return Refusal(
            code,
            thing=N_("Clock for {kind}"),
            rule=rule,
            remedy=N_("Look at the clocks as both sides have accepted them."),
            kind=self.kind,
        )
