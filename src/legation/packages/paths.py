"""From one package to another by single steps: who gives way, how much, and in which order.

A step changes one matter. The side whose value falls is the one that moves. Of all orders the
one is taken that, in this sequence, breaks a rule least often on the way, has one side move twice
running least often, and lets neither side fall far below where it began.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from legation.packages.model import Case, Number, Package
from legation.packages.ruling import obeys, value
from legation.packages.validating import fits, validate

Mover: TypeAlias = Literal["a", "b", "both", "neither"]
EXACT: Final = 14
"""Up to this many matters to change, every order is weighed; beyond, step by step."""
_Cost: TypeAlias = tuple[int, int, Number]


@dataclass(frozen=True, slots=True)
class Step:
    """One matter changes. a, b: what it adds to each side. value: after it.

    broken: rules that the package on the way does not meet.
    """

    matter: str
    before: str
    after: str
    a: Number
    b: Number
    value: tuple[Number, Number]
    mover: Mover
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from start to goal. lowest: how far a side falls below its start on the way.

    alternating: no side moves twice running. best: whether every order was weighed.
    """

    start: tuple[Number, Number]
    steps: tuple[Step, ...]
    alternating: bool
    lowest: tuple[Number, Number]
    best: bool


def path(case: Case, start: Package, goal: Package) -> Path:
    """Return the steps from one package to another; both may break rules, and steps say so.

    Raises Refusal "package".
    """
    validate(case)
    for package in (start, goal):
        fits(case, package)
    places = [n for n, (one, other) in enumerate(zip(start, goal, strict=True)) if one != other]
    exact = len(places) <= EXACT
    order = (_weighed if exact else _greedy)(case, start, goal, places)
    steps, now = [], start
    for place in order:
        after = (*now[:place], goal[place], *now[place + 1 :])
        steps.append(_step(case, place, now, after))
        now = after
    began = value(case, start)
    moves = [step.mover for step in steps if step.mover in ("a", "b")]
    return Path(
        began,
        tuple(steps),
        all(one != other for one, other in pairwise(moves)),
        (_dip(began, steps, 0), _dip(began, steps, 1)),
        exact,
    )


def _dip(began: tuple[Number, Number], steps: Sequence[Step], side: int) -> Number:
    return max((began[side] - step.value[side] for step in steps), default=0)


def _step(case: Case, place: int, now: Package, after: Package) -> Step:
    before, reached = value(case, now), value(case, after)
    a, b = reached[0] - before[0], reached[1] - before[1]
    matter = case.matters[place]
    return Step(
        matter.id,
        matter.options[now[place]],
        matter.options[after[place]],
        a,
        b,
        reached,
        _mover(a, b),
        tuple(rule.id for rule in case.rules if not obeys(case, after, rule)),
    )


def _mover(a: Number, b: Number) -> Mover:
    if a < 0 and b < 0:
        return "both"
    if a < 0:
        return "a"
    return "b" if b < 0 else "neither"


class _Walk:
    """What stands on the way: the package after some of the matters have changed."""

    def __init__(self, case: Case, start: Package, goal: Package, places: Sequence[int]) -> None:
        self._case, self._start, self._goal, self._places = case, start, goal, places
        self._known: dict[int, tuple[tuple[Number, Number], bool]] = {}
        self.began = value(case, start)

    def at(self, mask: int) -> tuple[tuple[Number, Number], bool]:
        """Return value and whether it breaks a rule, with the matters of `mask` changed."""
        if mask not in self._known:
            package = list(self._start)
            for n, place in enumerate(self._places):
                if mask >> n & 1:
                    package[place] = self._goal[place]
            worth = value(self._case, package)
            breaks = not all(obeys(self._case, package, rule) for rule in self._case.rules)
            self._known[mask] = worth, breaks
        return self._known[mask]

    def cost(self, cost: _Cost, mask: int, n: int, last: str) -> tuple[_Cost, str]:
        """Return what it costs to change matter n next, and who moved last then."""
        worth, breaks = self.at(mask | 1 << n)
        before, _ = self.at(mask)
        mover = _mover(worth[0] - before[0], worth[1] - before[1])
        twice = mover in ("a", "b") and mover == last
        dip = max(cost[2], self.began[0] - worth[0], self.began[1] - worth[1])
        return (cost[0] + breaks, cost[1] + twice, dip), mover if mover in ("a", "b") else last


def _weighed(case: Case, start: Package, goal: Package, places: Sequence[int]) -> list[int]:
    """Weigh every order: the best way to each set of changed matters and last mover."""
    walk = _Walk(case, start, goal, places)
    best: dict[tuple[int, str], tuple[_Cost, tuple[int, str] | None, int]] = {
        (0, ""): ((0, 0, 0), None, -1)
    }
    level = [(0, "")]
    for _ in places:
        fresh: dict[tuple[int, str], None] = {}
        for mask, last in level:
            cost = best[mask, last][0]
            for n in range(len(places)):
                if mask >> n & 1:
                    continue
                reached, mover = walk.cost(cost, mask, n, last)
                key = mask | 1 << n, mover
                if key not in best or reached < best[key][0]:
                    best[key] = reached, (mask, last), n
                    fresh[key] = None
        level = list(fresh)
    at: tuple[int, str] | None = min(level, key=lambda each: best[each][0])
    order: list[int] = []
    while at is not None:
        _, at, n = best[at]
        if n >= 0:
            order.append(places[n])
    return order[::-1]


def _greedy(case: Case, start: Package, goal: Package, places: Sequence[int]) -> list[int]:
    """Take the cheapest next step, again and again."""
    walk = _Walk(case, start, goal, places)
    cost: _Cost = (0, 0, 0)
    mask, last, order = 0, "", []
    left = list(range(len(places)))
    while left:
        choices = [(*walk.cost(cost, mask, n, last), n) for n in left]
        cost, last, chosen = min(choices, key=lambda each: (each[0], each[2]))
        mask |= 1 << chosen
        left.remove(chosen)
        order.append(places[chosen])
    return order
