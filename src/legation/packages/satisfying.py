"""A part of a case as OR-tools' CP-SAT sees it, made for the question "is a gap empty?".

1. One Boolean for each choice, exactly one of a matter; conditions are clauses over them.
2. A bonus worth having is tied one way only: it pays if its entries hold; a negative one if not.
3. Bonuses no two of which can hold together are at most one (greedy cliques).
4. Every clause stands in the linear relaxation (level 2): its bound is what closes gaps.
OR-tools is an extra; whoever wants this imports it and says so when it is missing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal, TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from legation.packages.boxes import Part
from legation.packages.model import AtMost, Bonus, Excludes, Requires, Rule, Together

Gap: TypeAlias = tuple[int | None, int | None]
"""More than so much for each side; None: whatever."""
Answer: TypeAlias = tuple[int, ...] | Literal["none", "unknown"]


@dataclass
class Asking:
    """Questions about one part. left: seconds that a question may take, if there is a limit."""

    part: Part
    left: Callable[[], float | None]

    def inside(self, gaps: Sequence[Gap], slice_: float) -> Answer:
        """Return a package in one of these gaps, or that there is none.

        slice_: how much deterministic time it may take (OR-tools' own count of its work).
        """
        now = _Model(self.part, self.cliques)
        now.lies_in(gaps)
        return self._asked(now, slice_)

    def improved(self, package: Sequence[int], worth: tuple[int, int], slice_: float) -> Answer:
        """Return an efficient package that is no worse for either side."""
        now = _Model(self.part, self.cliques)
        a, b = now.sums
        now.model.add(a >= worth[0])
        now.model.add(b >= worth[1])
        for choices, chosen in zip(now.chosen, package, strict=True):
            for k, each in enumerate(choices):
                now.model.add_hint(each, k == chosen)
        now.model.maximize(a + b)
        return self._asked(now, slice_)

    def _asked(self, now: "_Model", slice_: float) -> Answer:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = slice_
        left = self.left()
        if left is not None:
            solver.parameters.max_time_in_seconds = max(left, 0.001)
        status = solver.solve(now.model)
        if status == cp_model.INFEASIBLE:
            return "none"
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return "unknown"
        return tuple(
            next(k for k, each in enumerate(choices) if solver.boolean_value(each))
            for choices in now.chosen
        )

    @cached_property
    def cliques(self) -> list[list[int]]:
        """Sets of bonuses, by number, no two of which can hold together."""
        conditions = [
            self.part.listed(rule.when) if isinstance(rule, Bonus) else []
            for rule in self.part.rules
        ]
        apart = np.zeros((len(conditions), len(conditions)), dtype=bool)
        for i, one in enumerate(conditions):
            for j, other in enumerate(conditions[:i]):
                apart[i, j] = apart[j, i] = any(
                    n == m and not mine & theirs for n, mine in one for m, theirs in other
                )
        return _covering(apart)


def _covering(apart: np.ndarray) -> list[list[int]]:
    """Return cliques that together hold every pair."""
    found = []
    open_ = np.tril(apart)
    while open_.any():
        i, j = (int(each) for each in np.argwhere(open_)[-1])
        clique, near = [i, j], apart[i] & apart[j]
        while near.any():
            members = np.flatnonzero(near)
            best = int(members[np.argmax((apart[members] & near).sum(axis=1))])
            clique.append(best)
            near = near & apart[best]
        open_[np.ix_(clique, clique)] = False
        found.append(clique)
    return found


class _Model:
    """One model. chosen: matter x choice, Booleans. sums: what the package is worth."""

    def __init__(self, part: Part, cliques: Sequence[Sequence[int]]) -> None:
        self.part = part
        self.model = cp_model.CpModel()
        self.chosen = [[self.model.new_bool_var("") for _ in range(width)] for width in part.widths]
        for choices in self.chosen:
            self.model.add_exactly_one(choices)
        self._terms: tuple[list[cp_model.LinearExprT], list[cp_model.LinearExprT]] = ([], [])
        for place, choices in zip(part.places, self.chosen, strict=True):
            for choice, each in zip(part.reduced.choices[place], choices, strict=True):
                self._terms[0].append(choice.a * each)
                self._terms[1].append(choice.b * each)
        held = {n: self._add(rule) for n, rule in enumerate(part.rules)}
        for clique in cliques:
            self.model.add_at_most_one(
                each for each in (held[n] for n in clique) if each is not None
            )
        self.sums = tuple(cp_model.LinearExpr.sum(terms) for terms in self._terms)

    def lies_in(self, gaps: Sequence[Gap]) -> None:
        """Ask for a package in one of these gaps."""
        least = -self.part.bound()
        which = [self.model.new_bool_var("") for _ in gaps]
        self.model.add_exactly_one(which)
        for side, total in enumerate(self.sums):
            floors = [least if gap[side] is None else (gap[side] or 0) + 1 for gap in gaps]
            self.model.add(
                total >= cp_model.LinearExpr.weighted_sum(which, floors)
                if len(gaps) > 1
                else total >= floors[0]
            )

    def _any(self, entry: tuple[int, frozenset[int]]) -> list[cp_model.IntVar]:
        return [self.chosen[entry[0]][k] for k in sorted(entry[1])]

    def _others(self, entry: tuple[int, frozenset[int]]) -> list[cp_model.IntVar]:
        return [each for k, each in enumerate(self.chosen[entry[0]]) if k not in entry[1]]

    def _add(self, rule: Rule) -> cp_model.IntVar | None:
        match rule:
            case Requires():
                broken = [each for e in self.part.listed(rule.if_) for each in self._others(e)]
                for entry in self.part.listed(rule.then):
                    self.model.add_bool_or([*broken, *self._any(entry)])
            case Together():
                first, *rest = self.part.listed(rule.when)
                for entry in rest:
                    self.model.add(sum(self._any(first)) == sum(self._any(entry)))
            case Excludes():
                entries = self.part.listed(rule.when)
                self.model.add_bool_or([each for e in entries for each in self._others(e)])
            case AtMost():
                self._cap(rule)
            case Bonus():
                return self._bonus(rule)
        return None

    def _bonus(self, rule: Bonus) -> cp_model.IntVar:
        held = self.model.new_bool_var("")
        pays, entries = self.part.pays(rule), self.part.listed(rule.when)
        self._terms[0 if rule.side == "a" else 1].append(pays * held)
        if pays > 0:
            for entry in entries:
                self.model.add_bool_or([held.negated(), *self._any(entry)])
        else:
            self.model.add_bool_or([held, *(each for e in entries for each in self._others(e))])
        return held

    def _cap(self, rule: AtMost) -> None:
        amounts = [Fraction(each) for _, costs in rule.cost for _, each in costs]
        scale = lcm(Fraction(rule.cap).denominator, *(each.denominator for each in amounts))
        terms: list[cp_model.LinearExprT] = []
        for matter, costs in rule.cost:
            for option, cost in costs:
                entry = self.part.listed(((matter, (option,)),))[0]
                terms += [int(cost * scale) * each for each in self._any(entry)]
        self.model.add(cp_model.LinearExpr.sum(terms) <= int(rule.cap * scale))
