"""Is the other side there, do both hold the same, which carrier comes next: decisions only.

1. A carrier lives by heartbeats that the other side echoed: what comes in says nothing about
   what goes out.
2. The best carrier is tried first; no acknowledgement in its usual time, and the next is used
   as well. Waits grow, are capped and jittered, and never end.
3. A clock is put right now and then. An instant that lies ahead was noted by one that ran ahead:
   it is no news of now, and nobody waits for it to come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MISSES: Final = 3
"""Heartbeats missed on every carrier before the line is called silent."""
USED: Final = 30
"""Heartbeats not sent on a carrier, after which it is not called down but out of use."""
FIRST_WAIT: Final = timedelta(seconds=1)
LONGEST_WAIT: Final = timedelta(minutes=5)
HAVE_MAY_FALL: Final = timedelta(seconds=30)
"""A lower `have` causes a resend; not more often than this."""

VERDICTS: Final = ("fork", "own-short", "silent", "behind", "same")


def is_silent(heard_at: Iterable[datetime | None], *, at: datetime, heartbeat: timedelta) -> bool:
    """Tell whether three heartbeats in a row came on no carrier. heard_at: the last, by carrier."""
    longest = MISSES * heartbeat
    return not any(each is not None and abs(at - each) <= longest for each in heard_at)


def is_within(since: datetime, at: datetime, span: timedelta) -> bool:
    """Tell whether less than `span` has gone by since (rule 3)."""
    return timedelta(0) <= at - since < span


def noted_by(instant: datetime | None, at: datetime) -> datetime | None:
    """Return an instant that this node noted; None for one that lies ahead (rule 3)."""
    return instant if instant is not None and instant <= at else None


def is_used(sent_at: datetime | None, *, at: datetime, heartbeat: timedelta) -> bool:
    """Tell whether a carrier is at work now: one on which nothing is sent owes no echo."""
    return sent_at is not None and abs(at - sent_at) <= USED * heartbeat


def verdict(*, fork: bool, own_short: bool, silent: bool, queue: int, missing: int) -> str:
    """Return the first of `VERDICTS` that holds.

    queue: own entries that the other side does not hold. missing: theirs that we know of and
    do not hold.
    """
    holds = (fork, own_short, silent, queue > 0 or missing > 0, True)
    return next(word for word, so in zip(VERDICTS, holds, strict=True) if so)


def wait_before_retry(tries: int, *, chance: float) -> timedelta:
    """Return how long to wait after `tries` failures in a row. chance: in [0, 1)."""
    whole = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(tries, 16)))
    return whole * (0.5 + chance / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierView:
    """What the choice of a carrier looks at.

    rank: the best is lowest. usual: in which time it brings an acknowledgement. sent_to, sent_at:
    up to where our log was sent on it and when. retry_at: not before this, after failures.
    """

    name: str
    rank: int
    usual: timedelta
    sent_to: int = 0
    sent_at: datetime | None = None
    retry_at: datetime | None = None


def carriers_for(
    views: Sequence[CarrierView], *, have: int, size: int, at: datetime
) -> tuple[str, ...]:
    """Return the carriers that take our entries [have, size) now (rule 2), best first."""
    if have >= size:
        return ()
    chosen: list[str] = []
    for view in sorted(views, key=lambda each: (each.rank, each.name)):
        if view.retry_at is not None and at < view.retry_at <= at + LONGEST_WAIT:
            continue  # it failed lately: the next as well
        waiting = view.sent_to >= size and view.sent_at is not None
        if waiting and view.sent_at is not None and is_within(view.sent_at, at, view.usual):
            break
        chosen.append(view.name)
        if not waiting:
            break
    return tuple(chosen)
