"""Check an answer without the solver: every point reached, every rule kept, nothing missed.

1. Each point's package, if one is told, obeys the rules and has the point's value, by the rules'
   own definition; if none is told, one is looked for (by 3.). The status is the one that such a
   frontier has.
2. No point dominates another, and they stand in order.
3. Nothing is missed: where there are at most a million combinations, by looking at all of them;
   else by a proof for each gap (`certifying`), if OR-tools is installed; else it says so. Of an
   `epsilon` answer the guarantee is looked at instead. Counts are checked where all are looked at.
4. The agreed points are computed again from their definitions.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from legation.packages.model import (
    SIDES,
    AtMost,
    Bonus,
    Case,
    Condition,
    Number,
    Requires,
    Rule,
    Together,
)
from legation.packages.result import Result
from legation.packages.ruling import obeys, value
from legation.packages.validating import shown, validate

ENUMERATED: Final = 1_000_000
Value: TypeAlias = tuple[Number, Number]
How: TypeAlias = Literal["enumerated", "proved", "not checked"]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with an answer. point: its place on the frontier, or None."""

    code: str
    point: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. whole: how it was shown that no point is missing, and why not.

    counted: whether the counts of packages were checked, too.
    """

    faults: tuple[Fault, ...]
    whole: How
    why: str = ""
    counted: bool = False

    @property
    def ok(self) -> bool:
        """Whether nothing wrong was found; look at `whole` for what was not looked at."""
        return not self.faults


def check(
    case: Case,
    result: Result,
    *,
    stop: Callable[[], bool] = lambda: False,
    left: Callable[[], float | None] = lambda: None,
) -> Verdict:
    """Return what is wrong with an answer to a case.

    stop: ends the proofs early. left: how many seconds one proof may take, None for no limit.
    """
    validate(case)
    faults = [
        *_status(result),
        *_points(case, result),
        *_order(result),
        *_agreed(case, result),
    ]
    values = [point.value for point in result.frontier]
    if result.status == "limit":
        return Verdict(tuple(faults), "not checked", "the status is limit")
    if case.outcomes <= ENUMERATED:
        all_ = everything(case)
        covered = _uncovered if result.status == "epsilon" else _missing
        faults += [*covered(result, list(all_.best.items())), *_miscounted(result, all_.counted)]
        return Verdict(tuple(faults), "enumerated", counted=True)
    if result.status == "epsilon":
        return Verdict(tuple(faults), "not checked", "the status is epsilon")
    try:
        from legation.packages.certifying import Unproved, prove, unreached  # noqa: PLC0415 - an extra
    except ImportError:
        return Verdict(tuple(faults), "not checked", "OR-tools is not installed")
    try:
        untold = [point.value for point in result.frontier if not point.is_told]
        faults += [
            Fault(
                "package",
                values.index(each),
                f"no package is worth {shown(each[0])} and {shown(each[1])}",
            )
            for each in unreached(case, untold, stop, left)
        ]
        found = prove(case, values, stop, left)
    except Unproved as unproved:
        return Verdict(tuple(faults), "not checked", str(unproved))
    if found is not None:
        words = f"a package worth {shown(found[0])} and {shown(found[1])} is not covered"
        faults.append(Fault("missing", None, words))
    return Verdict(tuple(faults), "proved")


def _status(result: Result) -> list[Fault]:
    is_empty = result.status in ("infeasible", "limit")
    if is_empty == (not result.frontier):
        return []
    words = f"it is {result.status}, and there are {len(result.frontier)} points"
    return [Fault("status", None, words)]


def _points(case: Case, result: Result) -> list[Fault]:
    faults = []
    for place, point in enumerate(result.frontier):
        package = point.package
        if not point.is_told:
            continue  # none was told: it is looked for where what is missing is
        if len(package) != len(case.matters) or not all(
            0 <= option < len(matter.options)
            for option, matter in zip(package, case.matters, strict=True)
        ):
            faults.append(Fault("package", place, "its package is none of one option a matter"))
            continue
        broken = [rule.id for rule in case.rules if not obeys(case, package, rule)]
        if broken:
            faults.append(Fault("rule", place, f"its package breaks {shown(', '.join(broken))}"))
        worth = value(case, package)
        if worth != point.value:
            words = f"its package is worth {shown(worth[0])} and {shown(worth[1])}"
            faults.append(Fault("value", place, words))
    return faults


def _order(result: Result) -> list[Fault]:
    return [
        Fault("order", place, "a does not grow, or b does not fall")
        for place, (one, other) in enumerate(pairwise(result.frontier))
        if not (one.a < other.a and one.b > other.b)
    ]


def _agreed(case: Case, result: Result) -> list[Fault]:
    """Compute the four solutions once more, in fractions, straight from their definitions."""
    low = [Fraction(case.sides[side].reserve) for side in SIDES]
    gains = {
        point.value: (point.a - low[0], point.b - low[1])
        for point in result.frontier
        if point.a >= low[0] and point.b >= low[1]
    }
    most = [max((gain[side] for gain in gains.values()), default=Fraction(0)) for side in (0, 1)]
    shares = {
        point: sorted(
            Fraction(each) / Fraction(top) if top else Fraction(0)
            for each, top in zip(gain, most, strict=True)
        )
        for point, gain in gains.items()
    }
    ranks: dict[str, dict[Any, Any]] = {
        "nash": {p: g[0] * g[1] for p, g in gains.items() if g[0] > 0 and g[1] > 0},
        "ks": shares,
        "egalitarian": {p: min(g) for p, g in gains.items()},
        "welfare": {p: sum(p) for p in gains},
    }
    faults = []
    for name, rank in ranks.items():
        top = max(rank.values(), default=None)
        wanted = tuple(sorted(point for point, own in rank.items() if own == top))
        if wanted != getattr(result, name):
            faults.append(Fault(name, None, f"its points are {shown(list(wanted))}"))
    return faults


def _uncovered(result: Result, all_: Sequence[Value]) -> list[Fault]:
    """Return what is better than every point for either side by more than the guarantee."""
    more_a, more_b = result.guarantee
    return [
        Fault("guarantee", None, f"{shown((a, b))} is better by more than the guarantee")
        for a, b in all_
        if not any(point.a + more_a >= a and point.b + more_b >= b for point in result.frontier)
    ]


def _miscounted(result: Result, counted: Callable[[Sequence[Value]], list[int]]) -> list[Fault]:
    return [
        Fault("count", place, f"{found} packages have its value, {_not(point.count)}")
        for place, (point, found) in enumerate(
            zip(result.frontier, counted([each.value for each in result.frontier]), strict=True)
        )
        if not found or point.count not in (None, found)
    ]


def _not(count: int | None) -> str:
    return "and no count is told" if count is None else f"not {count}"


def _missing(result: Result, all_: Sequence[Value]) -> list[Fault]:
    values = [point.value for point in result.frontier]
    best: Number | None = None
    wanted = []
    for a, b in sorted(set(all_), reverse=True):
        if best is None or b > best:
            best = b
            wanted.append((a, b))
    wanted.reverse()
    if wanted == list(values):
        return []
    return [
        *(
            Fault("missing", None, f"{shown(point)} is efficient")
            for point in set(wanted) - set(values)
        ),
        *(
            Fault("dominated", None, f"{shown(point)} is not")
            for point in set(values) - set(wanted)
        ),
    ]


@dataclass(frozen=True, slots=True)
class Everything:
    """All feasible packages' values. scaled: by package, for each side, times `scales`."""

    scaled: tuple[list[int], list[int]]
    scales: tuple[int, int]

    @property
    def best(self) -> dict[Number, Number]:
        """What a side's value is -> the most that the other can have with it."""
        best: dict[int, int] = {}
        for a, b in zip(*self.scaled, strict=True):
            if a not in best or b > best[a]:
                best[a] = b
        return {_back(a, self.scales[0]): _back(b, self.scales[1]) for a, b in best.items()}

    def counted(self, values: Sequence[Value]) -> list[int]:
        """Return how many packages have each of these values."""
        wanted: list[Value] = [(a * self.scales[0], b * self.scales[1]) for a, b in values]
        asked = set(wanted)
        found: Counter[Value] = Counter(
            each for each in zip(*self.scaled, strict=True) if each in asked
        )
        return [found[each] for each in wanted]


def everything(case: Case) -> Everything:
    """Look at all packages, one by one."""
    grid = _Grid(case)
    feasible = np.ones(case.outcomes, dtype=bool)
    for rule in case.rules:
        feasible &= grid.obeyed(rule)
    a, scale_a = grid.worth("a")
    b, scale_b = grid.worth("b")
    return Everything((a[feasible].tolist(), b[feasible].tolist()), (scale_a, scale_b))


def _back(number: int, scale: int) -> Number:
    found = Fraction(number, scale)
    return found.numerator if found.denominator == 1 else found


class _Grid:
    """All combinations at once: combination n's option of a matter, by mixed radix."""

    def __init__(self, case: Case) -> None:
        self._case = case
        numbers = np.arange(case.outcomes)
        self._options = []
        for matter in reversed(case.matters):
            numbers, own = np.divmod(numbers, len(matter.options))
            self._options.append(own)
        self._options.reverse()

    def worth(self, side: Literal["a", "b"]) -> tuple[NDArray[Any], int]:
        """Return what each combination is worth, times a common denominator."""
        bonuses = [
            rule for rule in self._case.rules if isinstance(rule, Bonus) and rule.side == side
        ]
        table = self._case.sides[side].table
        numbers = [Fraction(each) for row in table for each in row]
        numbers += [Fraction(rule.points) for rule in bonuses]
        scale = lcm(*(each.denominator for each in numbers))
        total = np.zeros(self._case.outcomes, dtype=object)
        if sum(abs(each) for each in numbers) * scale < 1 << 62:
            total = total.astype(np.int64)
        for own, row in zip(self._options, table, strict=True):
            total = total + np.array([int(each * scale) for each in row], dtype=total.dtype)[own]
        for rule in bonuses:
            total[self._holding(rule.when)] += int(rule.points * scale)
        return total, scale

    def obeyed(self, rule: Rule) -> Mask:
        """Return which combinations meet a rule."""
        if isinstance(rule, Bonus):
            return np.ones(self._case.outcomes, dtype=bool)
        if isinstance(rule, Together):
            entries = [self._holding((entry,)) for entry in rule.when]
            broken = np.zeros(self._case.outcomes, dtype=bool)
            for entry in entries[1:]:
                broken |= entry != entries[0]
            return ~broken
        if isinstance(rule, AtMost):
            return self._within(rule)
        if isinstance(rule, Requires):
            return ~self._holding(rule.if_) | self._holding(rule.then)
        return ~self._holding(rule.when)

    def _holding(self, condition: Condition) -> Mask:
        found = np.ones(self._case.outcomes, dtype=bool)
        for matter, options in condition:
            place = self._case.place[matter]
            known, named = self._case.matters[place].options, frozenset(options)
            found &= np.array([option in named for option in known])[self._options[place]]
        return found

    def _within(self, rule: AtMost) -> Mask:
        scale = lcm(
            Fraction(rule.cap).denominator,
            *(Fraction(each).denominator for _, costs in rule.cost for _, each in costs),
        )
        spent = np.zeros(self._case.outcomes, dtype=object)
        for matter, costs in rule.cost:
            place = self._case.place[matter]
            amounts: dict[str, Number] = dict(costs)
            row = [int(amounts.get(each, 0) * scale) for each in self._case.matters[place].options]
            spent = spent + np.array(row, dtype=object)[self._options[place]]
        found: Mask = np.array([each <= rule.cap * scale for each in spent.tolist()], dtype=bool)
        return found
