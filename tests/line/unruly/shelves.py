"""A shelf that anybody writes into: every word stands after those that came before it."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from annotated_types import MaxLen

from legation.acts.base import Act, subject
from legation.acts.state import Placed, State, Thing
from legation.errors import Refusal

MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Thing):
    """Words in their order; when full, it takes no more."""

    prefix: ClassVar[str] = "shelf"
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfSaid(Act):
    """A word goes on a shelf. after: with a mark if that other shelf is empty (it is looked at)."""

    type: ClassVar[str] = "shelf.said"

    word: Annotated[str, MaxLen(40)]
    after: str = ""

    def apply(self, state: State, at: Placed) -> None:
        name = subject(at, "shelf")
        mark = "?" if self.after and state.find(Shelf, self.after) is None else ""
        shelf = state.find(Shelf, name) or Shelf(id=name)
        if len(shelf.words) >= MOST:
            raise Refusal("full", thing="Shelf", rule="it is full.", remedy="Take another.")
        state.put(replace(shelf, words=(*shelf.words, self.word + mark)))
