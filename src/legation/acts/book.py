"""The book: acts that stand on paper and in no log, folded as the record's are.

What left on paper, and what came on paper and was typed in, means what it would mean in the
record. So it is folded by the same acts, over the shared things, as a layer of its own:

1. An act of the book stands at a place beyond any log (`BOOK` and its number there). So
   whoever holds an index can tell where it stands.
2. It had seen the book before it, and of both logs what this node held when it was entered.
   What the record says later stands beside it or over it, never under it.
3. Paper needs no program at the other end: every type and kind is spoken.
4. It carries the number that stands on the sheet; no counter of the record gives it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from legation.acts.catalogue import Catalogue
from legation.acts.fold import fold
from legation.acts.introduction import Introduction
from legation.acts.kinds.party import PartyState
from legation.acts.parties import Parties, Side
from legation.acts.places import BOOK, is_paper
from legation.acts.state import Placed, State, Thing
from legation.acts.values import Hash, Party

__all__ = ["BOOK", "NO_RECORD", "PaperPlaced", "fold_book", "ground", "is_paper", "named"]

NO_RECORD: Final = "0" * 16
"""Stands in the heads of the book, which belong to no record."""
NO_ROOT: Final = "0" * 64


@dataclass(slots=True)
class PaperPlaced(Placed):
    """An act at its place in the book. held: party -> entries of its log that were here then."""

    held: Mapping[str, int] = field(default_factory=dict)

    def had_seen(self, party: str, index: int) -> bool:
        """Tell whether an entry of a log, or of the book, was here when this one was entered."""
        return index < (self.index if is_paper(index) else self.held.get(party, 0))


def named(party: str, name: str, other: str, spoken: tuple[str, ...] = ()) -> Side:
    """Return a party that is known by its code and name alone; it has no keys."""
    introduction = Introduction(
        party=Party(party),
        name=name or party,
        peer=Party(other),
        root=Hash(NO_ROOT),
        keys={},
        term="",
        speaks=spoken,
    )
    return Side(party=party, name=name or party, fp=NO_ROOT, introduction=introduction)


def ground(
    base: Mapping[str, Thing] | State | None, parties: Parties, catalogue: Catalogue
) -> State:
    """Return an empty layer over `base` in which both sides read everything (rule 3)."""
    state = State(base, parties, catalogue)
    for one, other in ((parties.a, parties.b), (parties.b, parties.a)):
        side = named(one.party, one.name, other.party, catalogue.spoken)
        state.put(PartyState.begin(side.introduction))
    return state.layer()


def fold_book(state: State, entries: Iterable[PaperPlaced]) -> list[str]:
    """Fold entries, in the order of their places, into a layer of `ground`.

    Returns for each why it is without effect, "" if it counts.
    """
    return [fold(state, entry) or "" for entry in entries]
