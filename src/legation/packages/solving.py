"""Solve a case: parts apart, then together.

Parts that share no rule are solved alone; the sum of their frontiers is the frontier of the
whole (a package is efficient only if each of its parts is).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

import numpy as np

from legation.errors import N_, Refusal
from legation.packages.agreed import agreed_points
from legation.packages.counting import counted
from legation.packages.metering import Meter, Reached
from legation.packages.model import Case, Number, Package
from legation.packages.parts import METHODS, Method, PartSolver, Solved
from legation.packages.reduced import Reduced, reduce
from legation.packages.result import Point, Result
from legation.packages.sums import Sum, added, labels_of
from legation.packages.sweep import Swept, alone
from legation.packages.validating import shown, validate


def _never() -> bool:
    return False


def _silent(done: int, total: int) -> None:
    """Report to nobody."""


def _unheard(values: Sequence[tuple[Number, Number]]) -> None:
    """Show nobody."""


def _unbounded() -> float | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a run may use.

    labels: candidates at once. memory: bytes, beside the program's own and OR-tools'; what a
    model of OR-tools takes is estimated before it is made. stop: asked now and then; true ends
    the run with status "limit". Not asked within a question to CP-SAT, which takes some two
    seconds at first and twice as long whenever that was not enough. left: how many seconds one
    question may take, None for no limit.
    progress: told (matters done, in all), or gaps closed of a dense part. found: told values
    of packages found so far in a dense case, before any of it is proved.
    """

    labels: int = 40_000_000
    memory: int = 4 << 30
    stop: Callable[[], bool] = _never
    left: Callable[[], float | None] = _unbounded
    progress: Callable[[int, int], None] = _silent
    found: Callable[[Sequence[tuple[Number, Number]]], None] = _unheard


def solve(
    case: Case,
    limits: Limits | None = None,
    *,
    method: Method = "auto",
    epsilon: Number = Fraction(1, 100),
) -> Result:
    """Return the whole frontier, exactly, with the agreed points; or say which limit it met.

    method: "dp" sweeps; "cpsat" proves every gap empty with OR-tools; "auto" sweeps, and
    changes over where the sweep grows too wide; "epsilon" is "auto" that leaves gaps narrower
    than a part `epsilon` of what a dense part is worth: its `guarantee` is printed with it.
    Raises Refusal "case" where the case is not well made, "method" where there is no such method
    or part.
    """
    validate(case)
    if method not in METHODS or not isinstance(epsilon, int | Fraction) or epsilon < 0:
        raise Refusal(
            "method",
            thing=N_("The method {method}, {epsilon}"),
            rule=N_("it is one of {known}, with an exact part that is not below 0."),
            remedy=N_("Correct it; nothing was computed."),
            method=shown(method),
            epsilon=shown(epsilon),
            known=", ".join(METHODS),
        )
    return solved(case, limits, method=method, epsilon=epsilon)


def solved(
    case: Case,
    limits: Limits | None = None,
    *,
    method: Method = "auto",
    epsilon: Number = Fraction(1, 100),
) -> Result:
    """Return the same as `solve`, of a case made from one that was looked at."""
    limits = limits or Limits()
    meter = Meter(limits.labels, limits.memory, limits.stop, limits.progress)
    meter.total = len(case.matters)
    reduced = reduce(case)
    parts = PartSolver(reduced, meter, limits.left, limits.found, method, Fraction(epsilon))
    try:
        whole = _Whole.of(reduced, parts, meter)
    except Reached as reached:
        return Result(case, "limit", method=parts.used, labels=meter.most, reached=reached.what)
    if whole is None:
        return Result(case, "infeasible", method=parts.used, labels=meter.most)
    points = whole.points()
    values = tuple(point.value for point in points)
    reserves = case.sides["a"].reserve, case.sides["b"].reserve
    return Result(
        case,
        "epsilon" if any(parts.guarantee) else "exact",
        points,
        agreed_points(values, reserves),
        parts.used,
        meter.most,
        guarantee=parts.guarantee,
    )


class _Whole:
    """The parts of a case put together; packages and counts are made when they are asked for."""

    def __init__(self, reduced: Reduced, parts: list[Solved], sums: list[Sum]) -> None:
        self._reduced = reduced
        self._parts = parts
        self._sums = sums

    @classmethod
    def of(cls, reduced: Reduced, solver: PartSolver, meter: Meter) -> "_Whole | None":
        """Solve each part and add their frontiers up; None: infeasible."""
        parts = []
        for places, rules in reduced.parts:
            if len(places) == 1 and not rules:
                part: Solved = alone(reduced, places[0])
                meter.stepped()
            else:
                part = solver.solve(places, rules)
            if not len(part.front):
                return None
            parts.append(part)
        return cls(reduced, parts, added([part.front for part in parts], meter))

    def points(self) -> tuple[Point, ...]:
        """Return the frontier's points, by a."""
        scale_a, scale_b = self._reduced.scales
        final = self._sums[-1].front
        return tuple(
            Point(
                _divided(int(a), scale_a),
                _divided(int(b), scale_b),
                partial(self._package, n),
                partial(self._count, n),
            )
            for n, (a, b) in enumerate(zip(final.a, final.b, strict=True))
        )

    def _package(self, n: int) -> Package:
        return self._packages[n]

    def _count(self, n: int) -> int | None:
        return None if self._counts is None else self._counts[n]

    @cached_property
    def _packages(self) -> list[Package]:
        table = np.zeros((len(self._sums[-1].front), len(self._reduced.choices)), dtype=np.int64)
        for part, labels in zip(self._parts, labels_of(self._sums), strict=True):
            for place, choices in part.choices_of(labels):
                options = np.array([each.options[0] for each in self._reduced.choices[place]])
                table[:, place] = options[choices]
        return [tuple(row) for row in table.tolist()]

    @cached_property
    def _counts(self) -> list[int] | None:
        swept = [part for part in self._parts if isinstance(part, Swept)]
        return counted(swept, self._sums) if len(swept) == len(self._parts) else None


def _divided(value: int, scale: int) -> Number:
    if scale == 1:
        return value
    found = Fraction(value, scale)
    return found.numerator if found.denominator == 1 else found
