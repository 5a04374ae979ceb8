"""Until when an answer is asked for, and whether that binds. Pure, but for the calendars it reads.

1. The clock that both sides had accepted when a notice was released binds; else nothing does.
2. Without one, the day that its sender named is asked for; else what its kind asks for.
3. A clock starts when the receiver's log first shows the notice; a day that was named does not
   wait for that. Where the receiver's clock is behind the sender's, so that it would show the
   notice before it was released, it starts at the release: nobody is late by another's clock.
4. Where the calendars leave no working day, nothing is due: no day can be said.
5. A notice of the record is counted on the calendars of the record, as at the other desk: one
   that is on paper, and so ours only, moves no day that both sides read.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from legation.acts.catalogue import catalogue
from legation.acts.clocks import Calendars, Due, due
from legation.acts.kinds.calendar import Calendar
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.notices import Clock
from legation.acts.values import Day
from legation.errors import Refusal
from legation.line.node import Node
from legation.line.queries.book import Overlay, codes
from legation.line.queries.standing import Current

WORKING_DAYS = "working_days"


def clock_of(thing: NoticeState) -> Clock | None:
    """Return the clock that runs for a notice, None where a named day stands or none is asked."""
    if thing.clock is not None:
        return thing.clock
    if thing.asked_by is not None:
        return None
    return thing.asks or catalogue().notice(thing.kind, thing.version).clock


def begins(released: datetime, received: datetime | None) -> datetime | None:
    """Return when a clock starts (rule 3), None before any receipt. Both as the logs say."""
    return None if received is None else max(released, received)


def due_at(
    clock: Clock | None, asked_by: Day | None, start: datetime | None, calendars: Calendars
) -> datetime | None:
    """Return from when on the time is over; None where nothing is asked, or not begun."""
    if clock is None:
        return None if asked_by is None else end_of(asked_by)
    found = None if start is None else counted(clock, start, calendars)
    return None if found is None else found.at


def counted(clock: Clock, start: datetime, calendars: Calendars) -> Due | None:
    """Return a clock's deadline with the days that were skipped, None by rule 4."""
    try:
        return due(clock, start, calendars)
    except Refusal:
        return None


def end_of(day: Day) -> datetime:
    """Return the moment at which a day, or the last that it may mean, is over."""
    return datetime.combine(day.last + timedelta(days=1), time(), UTC)


def calendars_of(
    node: Node, years: Iterable[int] = (), parties: tuple[str, ...] = (), *, paper: bool
) -> Calendars:
    """Return both states' calendars as they are declared now; a year is read when asked about.

    years: read at once, because they will be asked. parties: whose, where the caller knows.
    paper: those that are on paper too, for what is ours alone (rule 5).
    """
    parties = parties or codes(node)
    held = (Overlay if paper else Current)(node.alias, node.catalogue)
    held.prefetch(f"{Calendar.prefix}/{party}-{year}" for year in years for party in parties)
    return Calendars(parties, held.get)


def by_paper(node: Node) -> dict[bool, Calendars]:
    """Return the calendars for what is on paper, by True, and for the record, by False."""
    parties = codes(node)
    return {paper: calendars_of(node, parties=parties, paper=paper) for paper in (False, True)}


def written(clock: Clock | None) -> str:
    """Return a clock as a row keeps it: "30 working_days", "" for none."""
    return "" if clock is None else f"{clock.amount} {clock.unit}"


def read(text: str) -> Clock | None:
    """Return the clock of a row."""
    amount, _, unit = text.partition(" ")
    for known in ("hours", "days", "working_days"):
        if unit == known:
            return Clock(int(amount), known)
    return None
