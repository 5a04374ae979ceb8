"""What keeps the record itself going: seen, spoken, resumed."""

from dataclasses import dataclass
from typing import ClassVar, Final

from legation.acts.base import Act
from legation.acts.introduction import SpokenList
from legation.acts.kinds.party import party_of
from legation.acts.state import Placed, State
from legation.errors import N_, Refusal

MAX_SPOKEN: Final = 4_000
"""Types and versions that one node can tell of, in all: far more than there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSeen(Act):
    """A node has taken in the other's log so far: only its head says something."""

    type: ClassVar[str] = "record.seen"
    title: ClassVar[str] = N_("Received and seen so far")
    commutes: ClassVar[bool] = True

    def apply(self, state: State, at: Placed) -> None:
        """Change nothing: receipts are read from heads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSpeaks(Act):
    """A node can now read these types and kinds: the other may use them once it has seen this.

    A type once spoken stays spoken: acts of it may be in the log for ever.
    """

    type: ClassVar[str] = "record.speaks"
    title: ClassVar[str] = N_("Can read new kinds of acts")

    types: SpokenList

    def apply(self, state: State, at: Placed) -> None:
        """Remember from which place on each new type is spoken."""
        party = party_of(state, at.party)
        new = {name: at.index for name in self.types if name not in party.spoken}
        if len(party.spoken) + len(new) > MAX_SPOKEN:
            raise Refusal(
                "too-many",
                thing=N_("Types that {party} reads"),
                rule=N_("a node tells of at most {most} types and versions."),
                remedy=N_("Name only those that are new and will be used."),
                party=at.party,
                most=MAX_SPOKEN,
            )
        if new:
            state.put(party.with_spoken(new))
