"""A part of a case as tables: what each choice is worth, and which choices each bonus names.

For the methods that look at whole packages at once, instead of following rules along a sweep.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from legation.packages.fronts import Ints
from legation.packages.model import AtMost, Bonus, Condition, Requires, Rule
from legation.packages.reduced import Reduced

Found = dict[tuple[int, int], tuple[int, ...]]
"""Scaled value -> one package of the part, as choices."""
LARGEST: Final = 1 << 53
NEVER: Final = -LARGEST


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its matters, its rules, and whole numbers. places: of its matters in the case."""

    reduced: Reduced
    places: tuple[int, ...]
    rules: tuple[Rule, ...]

    @property
    def widths(self) -> list[int]:
        """How many choices each matter has."""
        return [len(self.reduced.choices[place]) for place in self.places]

    @property
    def terms(self) -> int:
        """How many choices there are, and how many rules name, each time they do."""
        named = 0
        for rule in self.rules:
            if isinstance(rule, AtMost):
                named += sum(len(costs) for _, costs in rule.cost)
            else:
                conditions = (rule.if_, rule.then) if isinstance(rule, Requires) else (rule.when,)
                named += sum(len(options) for each in conditions for _, options in each)
        return sum(self.widths) + named

    def listed(self, condition: Condition) -> list[tuple[int, frozenset[int]]]:
        """Return a condition's entries: the matter's number in this part, the choices listed."""
        number = {place: n for n, place in enumerate(self.places)}
        found = []
        for matter, listed in condition:
            names = frozenset(listed)
            place = self.reduced.case.place[matter]
            options = self.reduced.case.matters[place].options
            found.append(
                (
                    number[place],
                    frozenset(
                        k
                        for k, choice in enumerate(self.reduced.choices[place])
                        if options[choice.options[0]] in names
                    ),
                )
            )
        return found

    def pays(self, rule: Bonus) -> int:
        """Return what a bonus pays, scaled."""
        return int(rule.points * self.reduced.scales[0 if rule.side == "a" else 1])

    def shares(self, part: Fraction) -> tuple[int, int]:
        """Return a part of the most that each side can get here, over the least; rounded down."""
        found = []
        for side in ("a", "b"):
            rows = [
                [getattr(each, side) for each in self.reduced.choices[place]]
                for place in self.places
            ]
            span = sum(max(row) - min(row) for row in rows)
            span += sum(
                abs(self.pays(rule))
                for rule in self.rules
                if isinstance(rule, Bonus) and rule.side == side
            )
            found.append(int(span * part))
        return found[0], found[1]

    def bound(self) -> int:
        """Return a number that no value and no cost under a cap of this part passes."""
        own = (
            max(max(abs(each.a), abs(each.b)) for each in self.reduced.choices[place])
            for place in self.places
        )
        paid = (abs(self.pays(rule)) for rule in self.rules if isinstance(rule, Bonus))
        costs = (_costs(rule) for rule in self.rules if isinstance(rule, AtMost))
        return 1 + max(sum(own) + sum(paid), *costs, 0)


def _costs(rule: AtMost) -> int:
    amounts = [Fraction(rule.cap), *(Fraction(each) for _, costs in rule.cost for _, each in costs)]
    return int(sum(map(abs, amounts)) * lcm(*(each.denominator for each in amounts)))


@dataclass(frozen=True, slots=True)
class Tables:
    """The same as arrays. worth: side x matter x choice; pay: side x bonus.

    member: matter x bonus x choice, whether the choice lets the bonus live.
    named: for each matter, the bonuses that name it.
    """

    worth: Ints
    pay: Ints
    member: NDArray[np.bool_]
    named: tuple[Ints, ...]
    widths: tuple[int, ...]

    @classmethod
    def of(cls, part: Part) -> "Tables":
        """Make the arrays of a part, all of whose rules are bonuses."""
        widths = part.widths
        bonuses = [rule for rule in part.rules if isinstance(rule, Bonus)]
        worth = np.full((2, len(widths), max(widths)), NEVER, dtype=np.int64)
        for n, place in enumerate(part.places):
            for k, choice in enumerate(part.reduced.choices[place]):
                worth[:, n, k] = choice.a, choice.b
        member = np.ones((len(widths), len(bonuses), max(widths)), dtype=bool)
        pay = np.zeros((2, len(bonuses)), dtype=np.int64)
        named: list[list[int]] = [[] for _ in widths]
        for r, rule in enumerate(bonuses):
            pay[0 if rule.side == "a" else 1, r] = part.pays(rule)
            for n, choices in part.listed(rule.when):
                member[n, r] &= np.isin(np.arange(max(widths)), list(choices))
                named[n].append(r)
        rows = tuple(np.array(sorted(set(row)), dtype=np.int64) for row in named)
        return cls(worth, pay, member, rows, tuple(widths))

    def misses(self, packages: Ints) -> NDArray[np.int8]:
        """Return for each package and bonus how many of its entries do not hold."""
        found = np.zeros((len(packages), self.pay.shape[1]), dtype=np.int8)
        for n, named in enumerate(self.named):
            found[:, named] += ~self.member[n][named][:, packages[:, n]].T
        return found

    def values(self, packages: Ints) -> Ints:
        """Return the value of each package: packages x sides."""
        held = self.misses(packages) == 0
        rows = np.arange(packages.shape[1])
        sums = [self.worth[side][rows, packages].sum(axis=1) for side in (0, 1)]
        return np.stack([own + held @ pay for own, pay in zip(sums, self.pay, strict=True)], axis=1)


def undominated(found: Found) -> Found:
    """Return the entries that no other dominates, by a."""
    best: int | None = None
    kept: list[tuple[tuple[int, int], tuple[int, ...]]] = []
    for worth in sorted(found, reverse=True):
        if best is None or worth[1] > best:
            best = worth[1]
            kept.append((worth, found[worth]))
    return dict(reversed(kept))
