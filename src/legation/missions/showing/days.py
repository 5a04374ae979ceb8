"""The days on which something changes that a board rests on, and the way from one to the next."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from weakref import WeakKeyDictionary

from legation.missions.readiness.facts import Facts
from legation.missions.readiness.index import Index
from legation.missions.readiness.spans import ALWAYS
from legation.missions.showing.asked import Asked, on_another_day

FIRST: Final = date(1, 1, 1)
MOST_YEARS: Final = 7
STEPS: Final = (1, 2, 5, 10, 25, 50, 100)
EPOCH: Final = date(1970, 1, 1)
# What follows from facts is kept as long as they are: by their index, of which each has one.
_kept: Final["WeakKeyDictionary[Index, tuple[date, ...]]"] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A day to go to, and the address of the board on it."""

    on: date
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """The time one can slide through, in days since 1970; years lead to their last day."""

    first: int
    last: int
    now: int
    years: tuple[tuple[int, str, bool], ...]


def change_days(facts: Facts) -> tuple[date, ...]:
    """Return every day on which what is said of anything changes, in order."""
    index = facts.index
    if index not in _kept:
        _kept[index] = tuple(sorted(_days(facts, index)))
    return _kept[index]


def _days(facts: Facts, index: Index) -> set[date]:
    found = {date.fromordinal(day) for day in index.changes() if day > ALWAYS}
    for rule in facts.rules:
        found |= {day.first for day in (rule.from_,) if day is not None}
    for request in facts.requests:
        found.add(request.released)
        found |= {line.on for line in request.lines if line.on is not None}
    return found - {FIRST}


def before(days: tuple[date, ...], on: date) -> date | None:
    """Return the last day of change up to a day; on such a day itself the one before."""
    place = bisect_left(days, on)
    return days[place - 1] if place else None


def after(days: tuple[date, ...], on: date) -> date | None:
    """Return the first day of change after a day."""
    place = bisect_right(days, on)
    return days[place] if place < len(days) else None


def turn(asked: Asked, on: date | None, address: Callable[[str], str]) -> Turn | None:
    """Return the way to a day, or None where there is none."""
    return None if on is None else Turn(on=on, href=address(on_another_day(asked, on).query()))


def slider(
    asked: Asked, days: tuple[date, ...], today: date, address: Callable[[str], str]
) -> Slider | None:
    """Return the time from the first change to today or the day asked for; None without any."""
    if not days:
        return None
    first, last = min(days[0], asked.on), max(today, asked.on)
    years = range(first.year, last.year + 1)
    step = next((step for step in STEPS if len(years) <= MOST_YEARS * step), STEPS[-1])
    shown = [year for year in years if (last.year - year) % step == 0]
    ends = [min(date(year, 12, 31), last) for year in shown]
    return Slider(
        first=(first - EPOCH).days,
        last=(last - EPOCH).days,
        now=(asked.on - EPOCH).days,
        years=tuple(
            (end.year, address(on_another_day(asked, end).query()), end.year == asked.on.year)
            for end in ends
        ),
    )
