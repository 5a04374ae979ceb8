"""Receipts: what each side had received of the other's log, and when, read from heads alone.

A notice at entry `index` of one log is received at the `at` of the other log's first act whose
seen' covers it. No thing holds receipts, so a late `record.seen` changes none and refolds none.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legation.record.canon import Json


@dataclass(frozen=True, slots=True)
class Step:
    """From its act at `index` on, `party` had received `upto` entries of the other log.

    at: that act's own clock, a claim.
    """

    party: str
    index: int
    upto: int
    at: str


def receipts(party: str, heads: Iterable[tuple[int, str]]) -> tuple[Step, ...]:
    """Return the steps by which `party` received the other log.

    heads: (seen, at) of each act of its own log, from entry 0; (0, "") where a head cannot be
    read. seen: as the order counts it (rule 5), for what was lost was not received in its new
    place. Only growth makes a step.
    """
    steps, held = [], 0
    for index, (seen, at) in enumerate(heads):
        if seen > held:
            held = seen
            steps.append(Step(party, index, seen, at))
    return tuple(steps)


def received(steps: tuple[Step, ...], index: int) -> Step | None:
    """Return the step that first covers entry `index` of the other log, or None."""
    place = bisect_right(steps, index, key=lambda step: step.upto)
    return steps[place] if place < len(steps) else None


def listed(steps: Mapping[str, tuple[Step, ...]]) -> list[dict[str, Json]]:
    """Return both sides' steps as `dump` takes them, sorted by party and number."""
    return [
        {"party": step.party, "upto": step.upto, "at": step.at}
        for party in sorted(steps)
        for step in steps[party]
    ]
