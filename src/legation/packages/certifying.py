"""Prove with OR-tools' CP-SAT that a frontier misses nothing. Shares nothing with the solver.

Between two neighbouring points, a package better for a than the first and better for b than the
second would be missing; so would one beyond either end. Each such gap is shown to be empty.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Final, Literal

from ortools.sat.python import cp_model

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
from legation.packages.ruling import value

LARGEST: Final = 1 << 60
SLICE_SECONDS: Final = 1.0
"""Doubled until a gap is closed; between two slices somebody may ask it to stop."""


class Unproved(Exception):  # noqa: N818 - an answer, not a fault
    """Why no proof was made."""


def prove(
    case: Case,
    values: Sequence[tuple[Number, Number]],
    stop: Callable[[], bool],
    left: Callable[[], float | None] = lambda: None,
) -> tuple[Number, Number] | None:
    """Return the value of a package that the frontier does not cover, or None: there is none.

    values: the frontier, by a. Raises Unproved.
    """
    gaps: list[tuple[Number | None, Number | None]] = [(None, None)]
    if values:
        gaps = [(None, values[0][1]), (values[-1][0], None)]
        gaps += [(one[0], other[1]) for one, other in pairwise(values)]
    for a, b in gaps:
        found = _inside(case, (a, b), stop, left)
        if found is not None:
            return value(case, found)
    return None


def unreached(
    case: Case,
    values: Sequence[tuple[Number, Number]],
    stop: Callable[[], bool],
    left: Callable[[], float | None] = lambda: None,
) -> list[tuple[Number, Number]]:
    """Return those values that no package has. Raises Unproved."""
    found = []
    for worth in values:
        model = _Model(case)
        for side, own in zip(SIDES, worth, strict=True):
            model.worth_more(side, own, by=0)
            model.worth_more(side, own, by=0, turned=-1)
        if _package_of(model, stop, left) is None:
            found.append(worth)
    return found


def _inside(
    case: Case,
    gap: tuple[Number | None, Number | None],
    stop: Callable[[], bool],
    left: Callable[[], float | None],
) -> tuple[int, ...] | None:
    """Return a package worth more than both, or None when it is proved that there is none."""
    model = _Model(case)
    for side, above in zip(SIDES, gap, strict=True):
        if above is not None:
            model.worth_more(side, above)
    return _package_of(model, stop, left)


def _package_of(
    model: "_Model", stop: Callable[[], bool], left: Callable[[], float | None]
) -> tuple[int, ...] | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    slice_ = SLICE_SECONDS
    while True:
        solver.parameters.max_time_in_seconds = max(min(slice_, left() or slice_), 0.001)
        status = solver.solve(model.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return model.package(solver)
        if stop():
            raise Unproved("it was stopped")
        slice_ *= 2


class _Model:
    """A case as CP-SAT sees it: one Boolean for each option."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.model = cp_model.CpModel()
        self._chosen = [
            [self.model.new_bool_var("") for _ in matter.options] for matter in case.matters
        ]
        for options in self._chosen:
            self.model.add_exactly_one(options)
        self._bonuses: list[tuple[Bonus, cp_model.IntVar]] = []
        for rule in case.rules:
            self._add(rule)

    def package(self, solver: cp_model.CpSolver) -> tuple[int, ...]:
        """Return the package of a solution."""
        return tuple(
            next(n for n, option in enumerate(options) if solver.value(option))
            for options in self._chosen
        )

    def worth_more(
        self, side: Literal["a", "b"], than: Number, *, by: int = 1, turned: int = 1
    ) -> None:
        """Ask for a package worth more than so much. Raises Unproved for numbers too long.

        by: 0 lets it be worth the same. turned: -1 asks for less.
        """
        table = self.case.sides[side].table
        own = [(rule.points, held) for rule, held in self._bonuses if rule.side == side]
        numbers = [Fraction(each) for row in table for each in row]
        numbers += [Fraction(points) for points, _ in own]
        scale = lcm(*(each.denominator for each in (*numbers, Fraction(than))))
        if sum(abs(each) for each in numbers) * scale + abs(Fraction(than)) * scale >= LARGEST:
            raise Unproved("its numbers are too long for CP-SAT")
        terms = [
            int(worth * scale) * option
            for row, options in zip(table, self._chosen, strict=True)
            for worth, option in zip(row, options, strict=True)
        ]
        terms += [int(points * scale) * held for points, held in own]
        self.model.add(turned * cp_model.LinearExpr.sum(terms) >= turned * int(than * scale) + by)

    def _add(self, rule: Rule) -> None:
        if isinstance(rule, Requires):
            self.model.add_implication(self._held(rule.if_), self._held(rule.then))
        elif isinstance(rule, Together):
            entries = [self._held((entry,)) for entry in rule.when]
            for one, other in pairwise(entries):
                self.model.add(one == other)
        elif isinstance(rule, AtMost):
            self._cap(rule)
        elif isinstance(rule, Bonus):
            self._bonuses.append((rule, self._held(rule.when)))
        else:
            self.model.add(self._held(rule.when) == 0)

    def _held(self, condition: Condition) -> cp_model.IntVar:
        """Return a Boolean that is true exactly when a condition holds."""
        entries = []
        for matter, options in condition:
            place = self.case.place[matter]
            names = self.case.matters[place].options
            entry = self.model.new_bool_var("")
            self.model.add(
                sum(self._chosen[place][n] for n, name in enumerate(names) if name in options)
                == entry
            )
            entries.append(entry)
        held = self.model.new_bool_var("")
        self.model.add_bool_and(entries).only_enforce_if(held)
        self.model.add_bool_or([held, *(entry.negated() for entry in entries)])
        return held

    def _cap(self, rule: AtMost) -> None:
        scale = lcm(
            Fraction(rule.cap).denominator,
            *(Fraction(each).denominator for _, costs in rule.cost for _, each in costs),
        )
        terms = []
        for matter, costs in rule.cost:
            place = self.case.place[matter]
            names = self.case.matters[place].options
            terms += [
                int(amount * scale) * self._chosen[place][names.index(option)]
                for option, amount in costs
            ]
        most = sum(abs(Fraction(each)) for _, costs in rule.cost for _, each in costs)
        if (abs(Fraction(rule.cap)) + most) * scale >= LARGEST:
            raise Unproved("its numbers are too long for CP-SAT")
        self.model.add(sum(terms) <= int(rule.cap * scale))
