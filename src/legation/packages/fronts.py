"""Labels of a sweep: (state, a, b), kept only where no other label makes them useless.

Values are whole numbers in int64 arrays; where a sum could pass 2^62 the same code runs on
Python's own integers. Of labels with equal state, a and b one stays; its parent is one way to
reach it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Values: TypeAlias = NDArray[Any]
"""int64, or object with Python's integers."""
LARGEST: Final = 1 << 62
CELLS: Final = 1 << 22
"""Up to this many (state, a) cells a table of the best b is faster than sorting."""
STRETCH: Final = 1 << 20
"""So many candidates are looked at between two questions whether to stop."""
SLOWER: Final = 16
"""Python's own integers take so much longer."""


class Candidates(NamedTuple):
    """What may become labels: each one's number, state, a and b."""

    number: Ints
    state: Ints
    a: Values
    b: Values


@dataclass(frozen=True, slots=True)
class Front:
    """Labels sorted by state, then a. parent: which candidate each one was."""

    state: Ints
    a: Values
    b: Values
    parent: Ints

    def __len__(self) -> int:
        return len(self.a)

    @property
    def largest(self) -> int:
        """The largest value of either side, without its sign; of a front that is not empty."""
        ends = (self.a.min(), self.a.max(), self.b.min(), self.b.max())
        return max(abs(int(each)) for each in ends)

    def raised(self, by: int) -> "Front":
        """Return the same labels with `by` added to each a."""
        return Front(self.state, self.a + by, self.b, self.parent)


def stretch(values: Values, width: int) -> int:
    """Return how many labels, with so many candidates each, are looked at in one go."""
    return max(1, STRETCH // width // (SLOWER if values.dtype == object else 1))


def narrowed(
    stretches: Iterable[Candidates], states: int, heed: Callable[[], None] = lambda: None
) -> Front:
    """Return the labels that no candidate dominates within its state; parents are numbers.

    heed: called between stretches; it may raise.
    """
    pieces = []
    for number, state, a, b in stretches:
        heed()
        found = front_of(state, a, b, states)
        pieces.append(Front(found.state, found.a, found.b, number[found.parent]))
    if len(pieces) == 1:
        return pieces[0]
    size = sum(map(len, pieces)) // stretch(pieces[0].a, 1) + 1
    merged = []
    for first, end in pairwise(np.linspace(0, states, min(size, states) + 1).astype(np.int64)):
        heed()
        merged.append(_merged(pieces, int(first), int(end)))
    return Front(*(np.concatenate(own) for own in zip(*map(_columns, merged), strict=True)))


def _merged(pieces: Sequence[Front], first: int, end: int) -> Front:
    """Merge what these fronts hold of the states from `first` to before `end`."""
    cut = [slice(*np.searchsorted(piece.state, (first, end))) for piece in pieces]
    state, a, b, parent = (
        np.concatenate([column[own] for column, own in zip(columns, cut, strict=True)])
        for columns in zip(*map(_columns, pieces), strict=True)
    )
    found = front_of(state - first, a, b, end - first)
    return Front(found.state + first, found.a, found.b, parent[found.parent])


def _columns(front: Front) -> tuple[Ints, Values, Values, Ints]:
    return front.state, front.a, front.b, front.parent


def front_of(state: Ints, a: Values, b: Values, states: int) -> Front:
    """Return the labels that are not dominated within their own state."""
    if not len(a):
        return Front(state, a, b, np.empty(0, np.int64))
    low = a.min()
    span = int(a.max() - low) + 1
    if a.dtype != object and span * states <= max(CELLS, 16 * len(a)):
        return _by_table(state, a - low, b, (states, span)).raised(low)
    return _by_sorting(state, a, b)


def _by_table(state: Ints, a: Values, b: Values, shape: tuple[int, int]) -> Front:
    """Return the labels by a table of the best b for each state and each a from 0."""
    states, span = shape
    cell = state * span + a
    floor = b.min() - 1
    best = np.full(states * span, floor, dtype=np.int64)
    np.maximum.at(best, cell, b)
    table = best.reshape(states, span)
    above = np.full((states, span), floor, dtype=np.int64)
    if span > 1:
        above[:, :-1] = np.maximum.accumulate(table[:, :0:-1], axis=1)[:, ::-1]
    kept = np.flatnonzero(table > above)
    reached = np.flatnonzero(b == best[cell])
    parent = np.zeros(states * span, dtype=np.int64)
    parent[cell[reached[::-1]]] = reached[::-1]
    return Front(kept // span, kept % span, best[kept], parent[kept])


def _by_sorting(state: Ints, a: Values, b: Values) -> Front:
    order = np.argsort(-b, kind="stable")
    order = order[np.argsort(-a[order], kind="stable")]
    order = order[np.argsort(state[order], kind="stable")]
    s, x, y = state[order], a[order], b[order]
    raised = _lifted(s, y)
    top = np.maximum.accumulate(raised)
    fresh = np.ones(len(s), dtype=bool)
    fresh[1:] = (raised[1:] > top[:-1]) | (s[1:] != s[:-1])
    kept = np.flatnonzero(fresh)
    back = kept[np.lexsort((x[kept], s[kept]))] if x.dtype != object else _ascending(s, x, kept)
    return Front(s[back], x[back], y[back], order[back])


def _lifted(state: Ints, b: Values) -> Values:
    """Return keys in the order of b within each state, all above those of the states before."""
    span = int(b.max()) - int(b.min()) + 1
    if b.dtype != object and span * (int(state.max()) + 1) >= LARGEST:
        # Ranks stand in the same order, and there are few of them.
        b = np.unique(b, return_inverse=True)[1]
        span = len(b)
    keys: Values = b + span * state.astype(b.dtype)
    return keys


def _ascending(state: Ints, a: Values, kept: Ints) -> Ints:
    by_a = kept[np.argsort(a[kept], kind="stable")]
    return by_a[np.argsort(state[by_a], kind="stable")]


def typed(values: Sequence[int], largest: int) -> Values:
    """Return values as int64 where sums stay below `largest` < 2^62, else as Python integers."""
    return np.array(values, dtype=np.int64 if largest < LARGEST else object)
