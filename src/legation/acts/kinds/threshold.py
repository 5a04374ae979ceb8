"""Thresholds that both sides accept: how a shared board is judged, in numbers.

Each party's newest word on a threshold is its word. Both the same: that number is in force.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.base import Act, subject
from legation.acts.state import Placed, State, Thing
from legation.acts.values import Matches, Party
from legation.errors import N_, Refusal

MAX_WORDS: Final = 64
"""Words of one party on one threshold: they stay as history, and bounded."""
Name = Annotated[
    str,
    MinLen(1),
    MaxLen(60),
    Matches("[a-z][a-z0-9_]*", N_("a threshold is named in small letters, as days_of_money.")),
]
Number = Annotated[int, Ge(0), Le(1_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One party's word, at place `index` of its log. at: its own clock there, a claim."""

    by: Party
    index: int
    at: str
    value: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Thing):
    """What both sides said of one threshold, `threshold/days_of_money`."""

    prefix = "threshold"
    name: str
    words: tuple[Word, ...] = ()

    def word(self, party: str) -> Word | None:
        """Return a party's newest word, or None."""
        mine = [each for each in self.words if each.by == party]
        return mine[-1] if mine else None

    def in_force(self, parties: tuple[str, ...]) -> int | None:
        """Return the number that both accept by their newest words, or None."""
        words = [self.word(party) for party in parties]
        values = {None if word is None else word.value for word in words}
        return values.pop() if len(values) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdAccepted(Act):
    """A side accepts a number for a threshold. `on`: `threshold/` and its name."""

    type: ClassVar[str] = "threshold.accepted"
    title: ClassVar[str] = N_("Threshold accepted")

    name: Name
    value: Number

    def apply(self, state: State, at: Placed) -> None:
        """Keep it as this party's newest word."""
        thing = f"{Threshold.prefix}/{self.name}"
        if at.head.on != thing:
            subject(at, Threshold.prefix)
            raise self._refusal("subject", N_("it stands on the threshold that it names."))
        held = state.find(Threshold, thing) or Threshold(id=thing, name=self.name)
        mine = [each for each in held.words if each.by == at.party]
        if not all(at.had_seen(each.by, each.index) for each in mine):
            return  # the record's later word stands over one on paper
        if mine and mine[-1].value == self.value:
            raise self._refusal("duplicate", N_("this side has accepted just this number."))
        if len(mine) >= MAX_WORDS:
            raise self._refusal("too-many", N_("a side changes a threshold 64 times."))
        word = Word(by=Party(at.party), index=at.index, at=at.head.at, value=self.value)
        words = sorted((*held.words, word), key=lambda each: (each.by, each.index))
        state.put(Threshold(id=thing, name=self.name, words=tuple(words)))

    def _refusal(self, code: str, rule: str) -> Refusal:
        return Refusal(
            code,
            thing=N_("Threshold {name}"),
            rule=rule,
            remedy=N_("Look at the thresholds as both sides have accepted them."),
            name=self.name,
        )
