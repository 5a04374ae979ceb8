"""Points of a frontier that a theory would have two sides agree on; every tie is listed.

A point is rational when neither side is below its reserve; its gain is its value less the
reserve. All four look at rational points of the frontier only.

nash: both gain, and the product of gains is largest (Nash 1950).
ks: gains divided by the largest gain that side has at any rational point (a side whose largest
gain is 0 counts as 0); the largest minimum, then the largest maximum (Kalai, Smorodinsky 1975,
for finitely many points).
egalitarian: the largest minimum of the gains (Kalai 1977). welfare: the largest sum.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from legation.packages.model import Number

Value: TypeAlias = tuple[Number, Number]
_K = TypeVar("_K", Number, Value)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The agreed points, each list by a, ascending; empty where no point qualifies."""

    nash: tuple[Value, ...] = ()
    ks: tuple[Value, ...] = ()
    egalitarian: tuple[Value, ...] = ()
    welfare: tuple[Value, ...] = ()


def agreed_points(frontier: Sequence[Value], reserves: Value) -> Agreed:
    """Return the four solutions over a frontier's values."""
    low_a, low_b = reserves
    rational = [point for point in frontier if point[0] >= low_a and point[1] >= low_b]
    if not rational:
        return Agreed()

    def gains(point: Value) -> Value:
        return point[0] - low_a, point[1] - low_b

    most = tuple(max(gains(point)[side] for point in rational) for side in (0, 1))

    def shares(point: Value) -> Value:
        """Return the normalised gains, both times the product of the two largest gains."""
        found = sorted(
            gain * (most[1 - side] or 1) if most[side] else 0
            for side, gain in enumerate(gains(point))
        )
        return found[0], found[1]

    both = [point for point in rational if min(gains(point)) > 0]
    return Agreed(
        nash=_best(both, lambda point: gains(point)[0] * gains(point)[1]),
        ks=_best(rational, shares),
        egalitarian=_best(rational, lambda point: min(gains(point))),
        welfare=_best(rational, lambda point: point[0] + point[1]),
    )


def _best(points: Sequence[Value], key: Callable[[Value], _K]) -> tuple[Value, ...]:
    if not points:
        return ()
    ranked = [(key(point), point) for point in points]
    top = max(rank for rank, _ in ranked)
    return tuple(sorted(point for rank, point in ranked if rank == top))
