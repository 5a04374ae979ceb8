"""Deadlines: from when a notice was received, by a clock, on both states' calendars.

Counted in days of UTC, so that two nodes in any two capitals count alike: the day of receipt is
day nought, and a deadline of days runs out when its last day is over. A working day is one that
is worked in both states. What no calendar tells is said, not guessed away: `Due.missing`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from legation.acts.kinds.calendar import Calendar, Weekday, Year
from legation.acts.kinds.clock import ClockState, clock_thing
from legation.acts.notices import Clock
from legation.acts.state import State, Thing
from legation.errors import N_, Refusal

WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL: Final[tuple[Weekday, ...]] = ("sat", "sun")
"""The weekend of a state that has declared no calendar near a year."""
LONGEST_REST: Final = 400
"""Days without one that both work, after which nobody waits any longer."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why one state does not work on a day. name: of the holiday, "" for a weekend."""

    party: str
    why: Literal["weekend", "holiday"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was not counted, and whose offices are closed then."""

    day: date
    closed: tuple[Closed, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that do not work on that day."""
        return tuple(each.party for each in self.closed)

    @property
    def names(self) -> tuple[str, ...]:
        """The holidays, as their states name them."""
        return tuple(each.name for each in self.closed if each.name)

    @property
    def differs(self) -> bool:
        """Whether it is worth telling: a holiday, or a day that only one of two rests."""
        return len(self.closed) == 1 or any(each.why == "holiday" for each in self.closed)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. at: from this moment on it is over (UTC). day: its last day.

    skipped: days that were not counted, in order. missing: party and year of each calendar that
    is not declared; there a party's weekends were counted as in its nearest year, else Saturday
    and Sunday, and no holidays. So the day may still move.
    """

    at: datetime
    day: date
    skipped: tuple[Skipped, ...] = ()
    missing: tuple[tuple[str, int], ...] = ()

    @property
    def firm(self) -> bool:
        """Whether every calendar it was counted on is declared."""
        return not self.missing

    def over(self, now: datetime) -> bool:
        """Tell whether it has run out."""
        return now >= self.at


@dataclass(frozen=True, slots=True)
class _Days:
    """A year of a state, ready to be asked about a day."""

    weekend: frozenset[int]
    holidays: dict[str, str]
    worked: frozenset[str]

    @classmethod
    def of(cls, year: Year) -> "_Days":
        return cls(
            frozenset(WEEKDAYS.index(each) for each in year.weekend),
            {each.day.text: each.name for each in year.days},
            frozenset(each.text for each in year.worked),
        )

    def closed(self, party: str, day: date) -> Closed | None:
        """Return why offices are closed on a day: a holiday's name before a weekend's."""
        iso = day.isoformat()
        if iso in self.worked:
            return None
        if iso in self.holidays:
            return Closed(party, "holiday", self.holidays[iso])
        return Closed(party, "weekend") if day.weekday() in self.weekend else None


@dataclass(slots=True)
class Calendars:
    """Both states' calendars, read when a year is asked about. read: a thing by its id."""

    parties: tuple[str, ...]
    read: Callable[[str], Thing | None]
    _known: dict[tuple[str, int], _Days | None] = field(default_factory=dict)

    @classmethod
    def of(cls, state: State) -> "Calendars":
        """Return the calendars of a folded state."""
        return cls(tuple(state.parties.codes), state.get)

    def declares(self, party: str, year: int) -> bool:
        """Tell whether a party has declared a year."""
        return self._days(party, year) is not None

    def closed(self, day: date) -> tuple[Closed, ...]:
        """Return who does not work on a day, and why; nobody: a working day."""
        told = (self._nearest(party, day.year).closed(party, day) for party in self.parties)
        return tuple(each for each in told if each is not None)

    def _days(self, party: str, year: int) -> _Days | None:
        if (party, year) not in self._known:
            found = self.read(f"{Calendar.prefix}/{party}-{year}")
            days = _Days.of(found.declared) if isinstance(found, Calendar) else None
            self._known[party, year] = days
        return self._known[party, year]

    def _nearest(self, party: str, year: int) -> _Days:
        declared = self._days(party, year)
        if declared is not None:
            return declared
        near = self._days(party, year - 1) or self._days(party, year + 1)
        weekend = frozenset(map(WEEKDAYS.index, USUAL)) if near is None else near.weekend
        return _Days(weekend, {}, frozenset())


def due(clock: Clock, start: datetime, calendars: Calendars) -> Due:
    """Return when a clock that starts at a moment runs out. start: aware, the peer's receipt.

    Raises Refusal "no-working-day" where the two calendars leave no day that both work.
    """
    start = start.astimezone(UTC)
    if clock.unit == "hours":
        at = start + timedelta(hours=clock.amount)
        return Due(at, at.date())
    if clock.unit == "days":
        return _over(start.date() + timedelta(days=clock.amount))
    return _working(clock.amount, start.date(), calendars)


def _working(amount: int, start: date, calendars: Calendars) -> Due:
    skipped, left, rested, day = [], amount, 0, start
    while left:
        day += timedelta(days=1)
        closed = calendars.closed(day)
        if not closed:
            left, rested = left - 1, 0
            continue
        skipped.append(Skipped(day, closed))
        rested += 1
        if rested > LONGEST_REST:
            raise _no_working_day(calendars.parties, start)
    return _over(day, tuple(skipped), tuple(_missing(start, day, calendars)))


def _missing(start: date, end: date, calendars: Calendars) -> Iterator[tuple[str, int]]:
    for party in calendars.parties:
        for year in range((start + timedelta(days=1)).year, end.year + 1):
            if not calendars.declares(party, year):
                yield party, year


def _over(
    day: date, skipped: tuple[Skipped, ...] = (), missing: tuple[tuple[str, int], ...] = ()
) -> Due:
    at = datetime.combine(day + timedelta(days=1), time(), UTC)
    return Due(at, day, skipped, missing)


def accepted(state: State, kind: str) -> Clock | None:
    """Return the clock that both sides accept for a kind now: it binds notices from here on."""
    found = state.find(ClockState, clock_thing(kind))
    return None if found is None else found.in_force(tuple(state.parties.codes))


def _no_working_day(parties: tuple[str, ...], start: date) -> Refusal:
    return Refusal(
        "no-working-day",
        thing=N_("Working days of {parties} after {day}"),
        rule=N_("their calendars leave no day on which both work."),
        remedy=N_("Declare a calendar with working days, or accept a clock in days."),
        parties=", ".join(parties),
        day=start.isoformat(),
    )
