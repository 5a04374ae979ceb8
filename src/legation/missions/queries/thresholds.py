"""The numbers that posts are judged by: each side's words, what both agreed, our stricter ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, cast

from legation.acts.catalogue import act_types
from legation.line.node import Node
from legation.line.queries import book
from legation.line.queries.once import once
from legation.missions.models import OwnThreshold
from legation.missions.readiness.essentials import ESSENTIALS
from legation.missions.readiness.thresholds import THRESHOLDS, Threshold
from legation.officers.models import DraftAct, DraftState

PREFIX: Final = "threshold"
ACCEPTED: Final = f"{PREFIX}.accepted"


class _Word(Protocol):
    value: int


class _Thing(Protocol):
    def word(self, party: str) -> _Word | None: ...
    def in_force(self, parties: tuple[str, ...]) -> int | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdView:
    """One number. words: party -> what it said last, None for nothing. agreed: by both, or None.

    own: our own number, None without one. waits: whether a draft of ours about it is open.
    """

    threshold: Threshold
    words: Mapping[str, int | None]
    agreed: int | None
    own: int | None
    waits: bool

    @property
    def essential(self) -> str:
        """The essential that the number is of, where one sentence serves several; or ""."""
        named = self.threshold.name.removeprefix("wait_")
        return next((one.label for one in ESSENTIALS if one.id == named), "")

    @property
    def shared(self) -> int:
        """What counts on the shared board."""
        return self.threshold.value if self.agreed is None else self.agreed

    @property
    def counts(self) -> bool:
        """Whether our own number counts on our own board: it is the stricter one."""
        own = self.shared if self.own is None else self.own
        return own != self.shared and self.threshold.sterner(own, self.shared) == own


def own_thresholds(node: Node) -> dict[str, int]:
    """Return our own numbers, for the board that only we see. Ours only."""
    rows = OwnThreshold.objects.using(node.alias).values_list("name", "value")
    return once(node, "own thresholds", lambda: dict(rows))


def can_be_agreed() -> bool:
    """Tell whether this program has an act by which a number is accepted."""
    return (ACCEPTED, 1) in act_types()


def threshold_thing(name: str) -> str:
    """Return the id of a number in the record."""
    return f"{PREFIX}/{name}"


def thresholds(node: Node) -> tuple[ThresholdView, ...]:
    """Return every number, in the order of the page."""
    own = own_thresholds(node)
    parties = book.codes(node)
    held = book.overlay(node, [threshold_thing(each.name) for each in THRESHOLDS])
    waiting = set(
        DraftAct.objects.using(node.alias)
        .filter(draft__state__in=(DraftState.DRAFTED, DraftState.CLEARED), type=ACCEPTED)
        .values_list("on", flat=True)
    )
    found = []
    for each in THRESHOLDS:
        name = threshold_thing(each.name)
        thing = cast("_Thing | None", held.get(name))
        told = {party: None if thing is None else thing.word(party) for party in parties}
        found.append(
            ThresholdView(
                threshold=each,
                words={party: None if one is None else one.value for party, one in told.items()},
                agreed=None if thing is None else thing.in_force(parties),
                own=own.get(each.name),
                waits=name in waiting,
            )
        )
    return tuple(found)
