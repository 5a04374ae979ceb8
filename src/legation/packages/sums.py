"""Frontiers of parts that stand apart, added up two by two (Minkowski), the shortest first.

Two short ones make one that is not much longer; so what lies between stays small even for ten
thousand matters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from legation.packages.fronts import (
    LARGEST,
    Candidates,
    Front,
    Ints,
    narrowed,
    stretch,
    typed,
)
from legation.packages.metering import Meter


@dataclass(frozen=True, slots=True)
class Sum:
    """A front, and of which two before it in the list; of none if it is a part's own.

    bound: no value of either side passes it, without its sign.
    """

    front: Front
    bound: int
    of: tuple[int, ...] = ()

    def stretches(self, sums: Sequence["Sum"]) -> Iterator[Candidates]:
        """Yield the candidates that it came from: each label of the one with each of the other."""
        one, other = (sums[n].front for n in self.of)
        return _together(one, other, self.bound)


def added(fronts: Sequence[Front], meter: Meter) -> list[Sum]:
    """Return the fronts, then their sums; the last is the sum of all. Raises Reached."""
    found = [Sum(front, front.largest) for front in fronts]
    short = [(len(front), n) for n, front in enumerate(fronts)]
    heapify(short)
    while len(short) > 1:
        of = heappop(short)[1], heappop(short)[1]
        one, other = (found[n].front for n in of)
        bound = sum(found[n].bound for n in of)
        wide = bound >= LARGEST
        meter.take(len(one) * len(other), wide=wide)
        total = narrowed(_together(one, other, bound), 1, meter.heed)
        meter.keep(len(total), wide=wide)
        heappush(short, (len(total), len(found)))
        found.append(Sum(total, bound, of))
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


def _together(one: Front, other: Front, bound: int) -> Iterator[Candidates]:
    kind = typed([], bound).dtype
    b_a, b_b = other.a.astype(kind, copy=False), other.b.astype(kind, copy=False)
    step = stretch(b_a, len(other))
    for first in range(0, len(one), step):
        own = slice(first, first + step)
        a = (one.a[own].astype(kind, copy=False)[:, None] + b_a).ravel()
        b = (one.b[own].astype(kind, copy=False)[:, None] + b_b).ravel()
        number = np.arange(len(a)) + first * len(other)
        yield Candidates(number, np.zeros(len(a), np.int64), a, b)
