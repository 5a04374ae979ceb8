"""Frontiers of parts that stand apart, added up two by two (Minkowski), the shortest first.

Two short ones make one that is not much longer; so what lies between stays small even for ten
thousand matters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from legation.packages.fronts import Candidates, Front, Ints, Values, narrowed, stretch, typed
from legation.packages.metering import Meter


@dataclass(frozen=True, slots=True)
class Sum:
    """A front, and of which two before it in the list; of none if it is a part's own."""

    front: Front
    of: tuple[int, ...] = ()

    def stretches(self, sums: Sequence["Sum"]) -> Iterator[Candidates]:
        """Yield the candidates that it came from: each label of the one with each of the other."""
        one, other = (sums[n].front for n in self.of)
        return _together(one, other)


def added(fronts: Sequence[Front], meter: Meter) -> list[Sum]:
    """Return the fronts, then their sums; the last is the sum of all. Raises Reached."""
    found = [Sum(front) for front in fronts]
    short = [(len(front), n) for n, front in enumerate(fronts)]
    heapify(short)
    while len(short) > 1:
        of = heappop(short)[1], heappop(short)[1]
        one, other = (found[n].front for n in of)
        wide = typed([], 1 + one.largest + other.largest).dtype == object
        meter.take(len(one) * len(other), wide=wide)
        total = narrowed(_together(one, other), 1, meter.heed)
        meter.keep(len(total), wide=wide)
        heappush(short, (len(total), len(found)))
        found.append(Sum(total, of))
    return found


def labels_of(sums: Sequence[Sum]) -> list[Ints]:
    """Return for each part which of its labels each label of the last sum is made of."""
    used: list[Ints] = [np.zeros(0, np.int64)] * len(sums)
    used[-1] = np.arange(len(sums[-1].front))
    for n in range(len(sums) - 1, -1, -1):
        if sums[n].of:
            one, other = sums[n].of
            candidate = sums[n].front.parent[used[n]]
            used[one], used[other] = np.divmod(candidate, len(sums[other].front))
    return used[: sum(not each.of for each in sums)]


def _together(one: Front, other: Front) -> Iterator[Candidates]:
    largest = 1 + one.largest + other.largest
    b_a, b_b = _as(other.a, largest), _as(other.b, largest)
    step = stretch(b_a, len(other))
    for first in range(0, len(one), step):
        a = (_as(one.a[first : first + step], largest)[:, None] + b_a).ravel()
        b = (_as(one.b[first : first + step], largest)[:, None] + b_b).ravel()
        number = np.arange(len(a)) + first * len(other)
        yield Candidates(number, np.zeros(len(a), np.int64), a, b)


def _as(values: Values, largest: int) -> Values:
    return values.astype(typed([], largest).dtype)
