"""The days on which the judgement of an essential of a post can change.

Too many days cost a judgement each and change nothing; one too few would hide a change.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from legation.acts.values import Day
from legation.missions.readiness.facts import Facts, Rule, Subject
from legation.missions.readiness.rules.movement import period_of
from legation.missions.readiness.spans import ALWAYS, NEVER
from legation.missions.readiness.standing import opened_on

LINKED: Final = {
    "people": ("limit", "person", "slot"),
    "premises": ("premises",),
    "entry_visas": ("limit",),
    "money": ("channel", "licence"),
    "citizen_services": ("service",),
}
"""Registers whose things bear on an essential, beside the post's own fields."""
VISAS: Final = ("visa_strained", "visa_blocked")
WARNED: Final = {"lease_end": "lease_ends", "expires": "licence_ends"}
"""Fields that hold a day -> the threshold of days that one is warned before it."""


class Changes:
    """Finds the days for the posts of some facts. numbers: the thresholds that are judged by."""

    def __init__(self, facts: Facts, numbers: dict[str, int]) -> None:
        self._facts = facts
        self._numbers = numbers

    def of_post(self, post: Subject) -> set[int]:
        """Return the days on which the post's own fields change, for every essential."""
        days = set(self._fields(post))
        first = opened_on(post)
        return days if first is None else days | {first.first.toordinal()}

    def of(self, post: Subject, essential: str) -> set[int]:
        """Return the days of one essential, those of the post's own fields left out."""
        days: set[int] = set()
        for prefix in LINKED.get(essential, ()):
            for subject in self._linked(prefix, post):
                days.update(self._fields(subject))
        if essential == "people":
            days.update(self._staff(post))
        if essential == "movement":
            days.update(self._rules(post))
        days.update(self._waits(post, essential))
        return days

    def _linked(self, prefix: str, post: Subject) -> Iterable[Subject]:
        index = self._facts.index
        if prefix in ("slot", "person"):
            return () if prefix == "slot" else index.linked(prefix, post.id)
        if prefix == "licence":
            return self._facts.of(prefix)
        return (*index.linked(prefix, post.id), *index.linked(prefix, ""))

    def _staff(self, post: Subject) -> Iterator[int]:
        """Yield the days on which staff change, of all posts that a limit may count together."""
        for each in self._facts.of("post"):
            if each.sending == post.sending:
                yield from self._facts.index.slot_days(each.id)
                yield from self._facts.index.steps(each, "in_place").days

    def _fields(self, subject: Subject) -> Iterator[int]:
        for name, several in subject.said.items():
            yield from self._facts.index.steps(subject, name).days
            for each in several:
                if name in ("closed", "effective", *WARNED):
                    before = self._numbers[WARNED[name]] if name in WARNED else 0
                    yield from _around(_day_in(str(each.value)), before)
        for name in subject.contested:
            yield from self._facts.index.steps(subject, name).days

    def _rules(self, post: Subject) -> Iterator[int]:
        for rule in self._facts.rules:
            if rule.applies_to == post.sending:
                for first in () if rule.from_ is None else (rule.from_.first,):
                    yield first.toordinal()
                if rule.until is not None:
                    yield rule.until.last.toordinal() + 1
                if rule.quota is not None:
                    yield from self._spending(rule, rule.quota, post)

    def _spending(self, rule: Rule, quota: tuple[int, str], post: Subject) -> Iterator[int]:
        for request in self._facts.index.spending(rule.id, post.sending):
            answered = [line.on for line in request.lines]
            for day in (request.released, request.ended, *answered):
                if day is not None:
                    yield day.toordinal()
            if request.spends is not None:
                first, last = period_of(quota, request.spends.day)
                yield from (first.toordinal(), last.toordinal() + 1)

    def _waits(self, post: Subject, essential: str) -> Iterator[int]:
        usual = f"wait_{essential}"
        names = VISAS if essential == "entry_visas" else (usual,) if usual in self._numbers else ()
        waits = self._facts.index.waits(post.id, essential)
        if waits is None:
            return
        yield from waits.settled
        for day in waits.released:
            yield day
            for name in names:
                yield day + self._numbers[name] + 1


def _day_in(text: str) -> set[int]:
    """Return the first and the day after the last of what a text says of a day, if it does."""
    if Day.pattern.fullmatch(text) is None or not Day.holds(text):
        return set()
    day = Day(text)
    return {day.first.toordinal(), day.last.toordinal(), day.last.toordinal() + 1}


def _around(days: set[int], before: int) -> Iterator[int]:
    for day in days:
        yield day
        yield day - before


def within(days: Iterable[int], first: date, last: date) -> list[int]:
    """Return the days from `first` to `last`, `first` always among them, in order."""
    low, high = max(first.toordinal(), ALWAYS), min(last.toordinal(), NEVER)
    return sorted({low, *(day for day in days if low < day <= high)})
