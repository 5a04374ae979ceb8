"""Clocks and calendars: what each side has said, and what therefore binds. A few reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legation.acts.kinds.calendar import Calendar
from legation.line.node import Node
from legation.line.queries.book import Overlay, counterpart


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A closed day. parties: who is closed, with the name each gives it."""

    day: date
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """One year of both calendars. declared: party -> weekend days, for those declared."""

    year: int
    parties: tuple[str, ...]
    declared: dict[str, tuple[str, ...]]
    days: tuple[Day, ...]


def year_of(node: Node, year: int) -> YearView:
    """Return both states' closed days of a year, by day."""
    other = counterpart(node)
    parties = (node.party,) if other is None else (node.party, other[0])
    held = Overlay(node.alias, node.catalogue)
    names = {party: f"{Calendar.prefix}/{party}-{year}" for party in parties}
    held.prefetch(names.values())
    found = {party: held.get(name) for party, name in names.items()}
    known = {party: each for party, each in found.items() if isinstance(each, Calendar)}
    return YearView(
        year=year,
        parties=parties,
        declared={party: tuple(each.declared.weekend) for party, each in known.items()},
        days=tuple(_days(known.items())),
    )


def _days(known: Iterable[tuple[str, Calendar]]) -> Iterable[Day]:
    closed: dict[date, list[tuple[str, str]]] = {}
    for party, calendar in known:
        for holiday in calendar.declared.days:
            closed.setdefault(holiday.day.first, []).append((party, holiday.name))
    return (Day(day=day, names=tuple(closed[day])) for day in sorted(closed))
