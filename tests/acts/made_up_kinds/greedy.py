"""An act that changes something before it finds its own fault: nothing of it may stay."""

from dataclasses import dataclass
from typing import ClassVar

from legation.acts.base import Act
from legation.acts.kinds.notice_state import Number
from legation.acts.state import Placed, State
from legation.errors import N_, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Greedy(Act):
    """Counts up, puts a new thing, then refuses itself."""

    type: ClassVar[str] = "test.greedy"
    title: ClassVar[str] = N_("Greedy")

    def apply(self, state: State, at: Placed) -> None:
        """Put two things, then raise."""
        for post in ("XA-MIS", "XA-NEW"):
            held = Number.of(state, post, "2026")
            state.put(Number(id=held.id, last=held.last + 1))
        raise Refusal(
            "greedy",
            thing=N_("Act of {party}"),
            rule=N_("it took too much."),
            remedy=N_("Take less."),
            party=at.party,
        )
