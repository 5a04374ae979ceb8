"""On which days what is said of a field changes, in time that grows as its statements do."""

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from legation.missions.readiness.facts import Request, Said, Subject, Told

ALWAYS: Final = 1
"""The ordinal of the first of all days."""
NEVER: Final = 10_000_000
"""An ordinal after the last of all days."""


def first_day(said: "Said") -> int:
    """Return the ordinal of the day from which a statement holds."""
    return ALWAYS if said.from_ is None else said.from_.first.toordinal()


def end_day(said: "Said") -> int:
    """Return the ordinal of the day after the last on which a statement holds."""
    return NEVER if said.until is None else said.until.last.toordinal() + 1


def settled_on(request: "Request") -> int:
    """Return the ordinal of the day from which a notice waits for nothing any more."""
    ended = NEVER if request.ended is None else request.ended.toordinal()
    last = ALWAYS
    for line in request.lines:
        if not line.final or line.on is None:
            return ended
        last = max(last, line.on.toordinal())
    return min(ended, last)


def spoken_of(subject: "Subject", name: str) -> "tuple[tuple[int, ...], tuple[Told, ...]]":
    """Return the days from which what holds of a field changes, and what holds then."""
    said, contested = subject.said.get(name, ()), subject.contested.get(name, ())
    if len(said) < 2 and not contested:
        return _spoken_once(subject, name, said)
    days = {ALWAYS}
    for each in (*said, *contested):
        days.add(first_day(each))
        days.add(end_day(each))
    days.discard(NEVER)
    ordered = sorted(days)
    stated = _Newest([each for each in said if each.ground.stated])
    ours = _Newest([each for each in said if not each.ground.stated])
    values = []
    for day in ordered:
        now = stated.last(day) or ours.all(day)
        views = [each for each in contested if first_day(each) <= day < end_day(each)]
        values.append(subject.telling(name, now, views))
    return tuple(ordered), tuple(values)


def _spoken_once(
    subject: "Subject", name: str, said: "Sequence[Said]"
) -> "tuple[tuple[int, ...], tuple[Told, ...]]":
    """Do the same where there is one statement, or none: so it is of most fields."""
    silent = subject.telling(name, (), ())
    if not said:
        return (ALWAYS,), (silent,)
    told = subject.telling(name, said, ())
    begin, end = first_day(said[0]), end_day(said[0])
    days, values = ((ALWAYS,), (told,)) if begin <= ALWAYS else ((ALWAYS, begin), (silent, told))
    return (days, values) if end == NEVER else ((*days, end), (*values, silent))


class _Newest:
    """Goes through days in order and holds what of some statements begins last."""

    def __init__(self, said: "Sequence[Said]") -> None:
        self._coming = sorted(enumerate(said), key=lambda pair: -first_day(pair[1]))
        # Those on top hide the rest: what has ended is dropped when it comes to the top.
        self._begun: list[tuple[int, int, int, Said]] = []

    def last(self, day: int) -> "list[Said]":
        """Return what begins last of all that hold on a day, of several the later stated."""
        while self._coming and first_day(self._coming[-1][1]) <= day:
            place, each = self._coming.pop()
            heappush(self._begun, (-first_day(each), -each.index, place, each))
        while self._begun and end_day(self._begun[0][3]) <= day:
            heappop(self._begun)
        return [self._begun[0][3]] if self._begun else []

    def all(self, day: int) -> "list[Said]":
        """Return all that begin on the last day on which one that holds does, as they came."""
        found: list[tuple[int, int, int, Said]] = []
        while self.last(day) and (not found or self._begun[0][0] == found[0][0]):
            found.append(heappop(self._begun))
        for each in found:
            heappush(self._begun, each)
        return [each for _, _, _, each in sorted(found, key=lambda entry: entry[2])]
