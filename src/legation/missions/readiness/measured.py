"""Notices by the measure that they count in, arranged once, and what they say on a day.

A record has thousands of them, and most were settled long ago: of those one look tells all.
"""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from legation.missions.readiness.spans import NEVER, settled_on

if TYPE_CHECKING:
    from legation.missions.readiness.facts import Request


@dataclass(frozen=True, slots=True)
class Told:
    """How many lines of a notice wait, were granted and were not granted on a day."""

    waiting: int = 0
    granted: int = 0
    not_granted: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """A notice, when it went out, from when it waits for nothing, and what it says then."""

    request: "Request"
    released: int
    settled: int
    last: Told


Group = Mapping[tuple[str, str], Sequence[Measured]]
"""(measure, sender) -> its notices, the oldest first."""


def measured(requests: "Iterable[Request]") -> Group:
    """Arrange notices by measure and sender; those that count in none are left out."""
    found: dict[tuple[str, str], list[Measured]] = {}
    for one in requests:
        if one.measure:
            found.setdefault((one.measure, one.by), []).append(_measured(one))
    for several in found.values():
        several.sort(key=_oldest)
    return found


def renewed(group: Group, gone: "Sequence[Request]", come: "Sequence[Request]") -> Group:
    """Return notices arranged with some that changed: as they were, and as they are."""
    names = {each.id for each in (*gone, *come)}
    found = dict(group)
    for key in {(each.measure, each.by) for each in (*gone, *come) if each.measure}:
        now = [each for each in found.pop(key, ()) if each.request.id not in names]
        for each in come:
            if (each.measure, each.by) == key:
                insort(now, _measured(each), key=_oldest)
        if now:
            found[key] = now
    return found


def _oldest(one: Measured) -> tuple[int, str]:
    return one.released, one.request.id


def _measured(request: "Request") -> Measured:
    settled = settled_on(request)
    days = [line.on.toordinal() for line in request.lines if line.final and line.on is not None]
    # Withdrawn or closed, it waits no more; a line may still be answered later.
    whole = NEVER if settled == NEVER else max([settled, *days])
    return Measured(
        request=request,
        released=request.released.toordinal(),
        settled=whole,
        last=told_on(request, date.max),
    )


def told_on(request: "Request", on: date) -> Told:
    """Return what a notice that is out by a day says on it, line by line."""
    granted = refused = 0
    for line in request.lines:
        if line.final and line.on is not None and line.on <= on:
            granted += line.grants
            refused += not line.grants
    return Told(request.waiting(on), granted, refused)
