"""How many feasible packages have exactly an efficient value: counted, never listed.

Only labels of the sweep matter: a package with an efficient value has efficient beginnings.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from legation.packages.fronts import Front, Ints, Values
from legation.packages.sums import Sum
from legation.packages.sweep import Swept

Counts = NDArray[Any]
"""Python's integers: counts pass 2^63 from 32 matters of four options on."""
NOTHING: Counts = np.zeros(0, dtype=object)


def counted(parts: Sequence[Swept], sums: Sequence[Sum]) -> list[int]:
    """Return the count of each point of the last sum, in its order.

    sums: as `solving` adds fronts up; the first of them are the parts' own.
    """
    ways = [_of_part(part) for part in parts]
    for each in sums[len(parts) :]:
        one, other = (ways[n] for n in each.of)
        gathered = _Gathered(each.front)
        for number, state, a, b in each.stretches(sums):
            left, right = np.divmod(number, len(other))
            gathered.add(state, a, b, one[left] * other[right])
        ways.append(gathered.total)
        for n in each.of:
            ways[n] = NOTHING
    return [int(each) for each in ways[-1]]


def _of_part(part: Swept) -> Counts:
    ways: Counts = np.ones(1, dtype=object)
    for stage in part.stages:
        if stage.move is None or stage.before is None:
            return np.array([stage.multiplicity[n] for n in stage.front.parent], dtype=object)
        times = np.array(stage.multiplicity, dtype=object)
        gathered = _Gathered(stage.front)
        for number, state, a, b in stage.move.stretches(stage.before):
            label, choice = np.divmod(number, stage.choices)
            gathered.add(state, a, b, ways[label] * times[choice])
        ways = gathered.total
    return ways


class _Gathered:
    """For each label of a front the sum of the ways of the candidates that equal it."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._known = np.unique(front.a)
        self._keys = front.state * len(self._known) + np.searchsorted(self._known, front.a)
        self.total: Counts = np.zeros(len(front), dtype=object)

    def add(self, state: Ints, a: Values, b: Values, ways: Counts) -> None:
        """Add candidates."""
        rank = np.searchsorted(self._known, a)
        rank[rank == len(self._known)] = 0
        wanted = np.where(self._known[rank] == a, state * len(self._known) + rank, -1)
        at = np.searchsorted(self._keys, wanted)
        at[at == len(self._keys)] = 0
        same = (self._keys[at] == wanted) & (self._front.b[at] == b)
        np.add.at(self.total, at[same], ways[same])
