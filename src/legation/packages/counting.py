"""How many feasible packages have exactly an efficient value: counted, never listed.

Only labels of the sweep matter: a package with an efficient value has efficient beginnings.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from legation.packages.fronts import Front, Ints, Values
from legation.packages.sweep import Swept

Counts = NDArray[Any]
"""Python's integers: counts pass 2^63 from 32 matters of four options on."""


def counted(parts: Sequence[Swept], sums: Sequence[Front]) -> list[int]:
    """Return the count of each point of the last of `sums`, in its order."""
    of_parts = [_of_part(part) for part in parts]
    total = of_parts[0]
    for n in range(1, len(parts)):
        part = parts[n].front
        a = (sums[n - 1].a[:, None] + part.a).ravel()
        b = (sums[n - 1].b[:, None] + part.b).ravel()
        ways = np.multiply.outer(total, of_parts[n]).ravel()
        state = np.zeros(len(a), dtype=np.int64)
        total = _gathered(sums[n], state, a, b, ways)
    return [int(each) for each in total]


def _of_part(part: Swept) -> Counts:
    ways: Counts = np.ones(1, dtype=object)
    for stage in part.stages:
        if stage.move is None or stage.before is None:
            return np.array([stage.multiplicity[n] for n in stage.front.parent], dtype=object)
        number, state, a, b = stage.move.candidates(stage.before)
        label, choice = np.divmod(number, stage.choices)
        times = np.array(stage.multiplicity, dtype=object)
        ways = _gathered(stage.front, state, a, b, ways[label] * times[choice])
    return ways


def _gathered(front: Front, state: Ints, a: Values, b: Values, ways: Counts) -> Counts:
    """Return for each label the sum of the ways of the candidates that equal it."""
    total: Counts = np.zeros(len(front), dtype=object)
    if front.a.dtype == object:
        place = {key: n for n, key in enumerate(zip(front.state, front.a, front.b, strict=True))}
        for key, own in zip(zip(state, a, b, strict=True), ways, strict=True):
            n = place.get(key)
            if n is not None:
                total[n] += own
        return total
    known = np.unique(front.a)
    rank = np.searchsorted(known, a)
    rank[rank == len(known)] = 0
    inside = known[rank] == a
    keys = front.state * len(known) + np.searchsorted(known, front.a)
    wanted = np.where(inside, state * len(known) + rank, -1)
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    same = inside & (keys[at] == wanted) & (front.b[at] == b)
    np.add.at(total, at[same], ways[same])
    return total
