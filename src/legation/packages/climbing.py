"""Good packages of a dense part, quickly: where a proof begins, never an answer by itself.

Many packages climb at once, each under its own weights for the two sides, one matter at a time
with all others held (Besag's iterated conditional modes, 1986); then the efficient ones' own
neighbours are looked at until none is new (Pareto local search, Paquete and others 2004).
The same run finds the same packages: its chance has a fixed seed.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np

from legation.packages.boxes import Found, Tables, undominated
from legation.packages.fronts import Ints

CLIMBERS: Final = 256
ROUNDS: Final = 24
PASSES: Final = 4
PATIENCE: Final = 4
"""So many rounds without news end the climb."""
KICKS: Final = (0.1, 0.2, 0.3)
SEED: Final = 20
NEAR: Final = 64
"""So many packages' neighbours are looked at between two questions whether to stop."""
Heed: TypeAlias = Callable[[], None]


def climb(tables: Tables, heed: Heed) -> Iterator[Found]:
    """Yield after each round the efficient packages among those met so far, by value.

    heed: called now and then; it may raise.
    """
    chance = np.random.default_rng(SEED)
    angle = np.linspace(0, np.pi / 2, CLIMBERS)
    weights = np.stack([np.sin(angle), np.cos(angle)])
    widths = np.array(tables.widths)
    packages = chance.integers(0, widths, (CLIMBERS, len(widths)))
    met: Found = {}
    idle = 0
    for number in range(ROUNDS):
        before = set(met)
        _ascend(tables, packages, weights, chance)
        _note(tables, packages, met)
        heed()
        met = undominated(met)
        if not number:
            yield met
        met = around(tables, met, heed)
        yield met
        idle = idle + 1 if before == set(met) else 0
        if idle == PATIENCE:
            return
        values = np.array(list(met), dtype=np.float64)
        best = np.argmax(weights.T @ values.T, axis=1)
        packages = np.array(list(met.values()), dtype=np.int64)[best]
        kicked = chance.random(packages.shape) < KICKS[number % len(KICKS)]
        fresh = chance.integers(0, widths, packages.shape)
        packages[kicked] = fresh[kicked]


def around(tables: Tables, found: Found, heed: Heed) -> Found:
    """Return what is efficient after looking at all neighbours of the efficient ones."""
    looked: set[tuple[int, ...]] = set()
    while True:
        fresh = [package for package in found.values() if package not in looked]
        if not fresh:
            return found
        looked.update(fresh)
        found = dict(found)
        for first in range(0, len(fresh), NEAR):
            heed()
            _note(tables, _neighbours(tables, fresh[first : first + NEAR]), found)
        found = undominated(found)


def _neighbours(tables: Tables, packages: Sequence[tuple[int, ...]]) -> Ints:
    """Return the packages that differ from these in one matter."""
    rows = np.array(packages, dtype=np.int64)
    steps = [(n, k) for n, width in enumerate(tables.widths) for k in range(width)]
    near = np.repeat(rows, len(steps), axis=0)
    places = np.tile(np.array([n for n, _ in steps]), len(rows))
    near[np.arange(len(near)), places] = np.tile(np.array([k for _, k in steps]), len(rows))
    return near


def _note(tables: Tables, packages: Ints, met: Found) -> None:
    values = tables.values(packages)
    best: int | None = None
    for n in np.lexsort((-values[:, 1], -values[:, 0])):
        a, b = int(values[n, 0]), int(values[n, 1])
        if best is None or b > best:
            best = b
            met.setdefault((a, b), tuple(packages[n].tolist()))


def _ascend(
    tables: Tables, packages: Ints, weights: np.ndarray, chance: np.random.Generator
) -> None:
    """Move every package to its best choice at one matter after another, in place."""
    misses = tables.misses(packages)
    paid = weights.T @ tables.pay
    rows = np.arange(len(packages))
    for _ in range(PASSES):
        moved = False
        for n in chance.permutation(len(tables.widths)):
            named = tables.named[n]
            member = tables.member[n][named]
            held = packages[:, n]
            without = misses[:, named] - ~member[:, held].T
            gain = weights.T @ tables.worth[:, n, :]
            gain += ((without == 0) * paid[:, named]) @ member.astype(np.float64)
            best = gain.argmax(axis=1)
            better = gain[rows, best] > gain[rows, held] + 1e-9
            packages[:, n] = np.where(better, best, held)
            misses[:, named] = without + ~member[:, packages[:, n]].T
            moved = moved or bool(better.any())
        if not moved:
            return
