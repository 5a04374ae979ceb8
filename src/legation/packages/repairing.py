"""The smallest change that opens a case: rules to drop and reserves to lower, as one search.

A case is open when some package meets every rule and both reserves. What stands in the way is a
clash: rules and reserves that cannot all be met, none of which can be spared for it. Whatever
opens the case must break every clash (Reiter 1987), so the search goes on from one clash's
members to the next, the smallest sets first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from legation.errors import N_, Refusal
from legation.packages.model import SIDES, Bonus, Case, Number, Points, Rule
from legation.packages.result import Result
from legation.packages.solving import Limits, solved
from legation.packages.validating import shown

Lower: TypeAlias = tuple[tuple[Number, Number], ...]
"""Each: by how much a's and b's reserve would have to fall; empty where neither has to."""
Part: TypeAlias = tuple[str, str]
"""("rule", its id) or ("reserve", the side)."""
Parts: TypeAlias = frozenset[Part]
RESERVES: Final[tuple[Part, ...]] = tuple(("reserve", side) for side in SIDES)


@dataclass(frozen=True, slots=True)
class Repair:
    """Rules to drop, and then how much lower reserves have to be: one pair of `lower` will do."""

    rules: tuple[str, ...]
    lower: Lower


@dataclass
class Repairing:
    """A case looked at without some of its rules and reserves; each look is kept."""

    case: Case
    limits: Limits
    _clashes: list[Parts] = field(default_factory=list)
    _frontiers: dict[Parts, tuple[tuple[Number, Number], ...]] = field(default_factory=dict)
    _feasible: dict[Parts, bool] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every rule that forbids something, then both reserves."""
        return (*(("rule", rule.id) for rule in binding(self.case)), *RESERVES)

    def smallest(self, *, gone: Parts = frozenset()) -> list[Parts]:
        """Return all the smallest sets that open the case, each with `gone`, which costs nothing.

        Raises Refusal "limit".
        """
        level = {gone}
        while level:
            found = [each for each in level if self.is_open(each)]
            if found:
                return sorted(found, key=lambda each: (self.named(each), sorted(each)))
            level = {each | {part} for each in level for part in self.clash(each)}
        return []

    def repairs(self, found: Iterable[Parts]) -> tuple[Repair, ...]:
        """Return sets of parts as rules, and how much lower reserves have to be without these."""
        return tuple(Repair(self.named(each), self.lower(each)) for each in found)

    def named(self, parts: Parts) -> tuple[str, ...]:
        """Return the rules among these parts, in the order of the case."""
        return tuple(rule.id for rule in binding(self.case) if ("rule", rule.id) in parts)

    def clash(self, gone: Parts) -> Parts:
        """Return parts that clash without `gone`; the case is not open without it."""
        for known in self._clashes:
            if not known & gone:
                return known
        needed = [part for part in self.parts if part not in gone]
        everything = frozenset(self.parts)
        for part in tuple(needed):
            fewer = [each for each in needed if each != part]
            if not self.is_open(everything - frozenset(fewer)):
                needed = fewer
        self._clashes.append(frozenset(needed))
        return self._clashes[-1]

    def is_open(self, gone: Parts) -> bool:
        """Tell whether a package meets all rules and reserves but these."""
        if gone.issuperset(RESERVES):
            return self._is_feasible(gone)
        return bool(self._within(gone))

    def lower(self, gone: Parts) -> Lower:
        """Return how much lower reserves have to be without these rules; those kept stay met."""
        low = [self.case.sides[side].reserve for side in SIDES]
        return least((max(low[0] - a, 0), max(low[1] - b, 0)) for a, b in self._within(gone))

    def _within(self, gone: Parts) -> list[tuple[Number, Number]]:
        """Return the efficient values without these rules that meet the reserves not gone."""
        floors = [
            None if part in gone else self.case.sides[side].reserve
            for part, side in zip(RESERVES, SIDES, strict=True)
        ]
        return [
            values
            for values in self._frontier(gone - frozenset(RESERVES))
            if all(floor is None or own >= floor for own, floor in zip(values, floors, strict=True))
        ]

    def _frontier(self, gone: Parts) -> tuple[tuple[Number, Number], ...]:
        if gone not in self._frontiers:
            result = answered(without(self.case, (name for _, name in gone)), self.limits)
            self._frontiers[gone] = tuple(point.value for point in result.frontier)
        return self._frontiers[gone]

    def _is_feasible(self, gone: Parts) -> bool:
        """Tell whether any package meets these rules; what it is worth does not matter."""
        if gone not in self._feasible:
            table = tuple((0,) * len(matter.options) for matter in self.case.matters)
            rules = tuple(rule for rule in binding(self.case) if ("rule", rule.id) not in gone)
            sides = {side: Points(side, table) for side in SIDES}
            bare = replace(self.case, sides=sides, rules=rules)
            self._feasible[gone] = answered(bare, self.limits).status == "exact"
        return self._feasible[gone]


def binding(case: Case) -> tuple[Rule, ...]:
    """Return the rules that forbid something."""
    return tuple(rule for rule in case.rules if not isinstance(rule, Bonus))


def without(case: Case, names: Iterable[str]) -> Case:
    """Return a case without these rules."""
    gone = frozenset(names)
    return replace(case, rules=tuple(rule for rule in case.rules if rule.id not in gone))


def answered(case: Case, limits: Limits) -> Result:
    """Return a case's answer. Raises Refusal "limit"."""
    # Many small cases are not small together, and each is solved without a look at the clock.
    result = Result(case, "limit", reached="stopped") if limits.stop() else solved(case, limits)
    if result.status == "limit":
        raise Refusal(
            "limit",
            thing=N_("Case {case}"),
            rule=N_("the limit on {what} was reached before it was explained."),
            remedy=N_("Allow more, or leave out some rules."),
            case=shown(case.id),
            what=result.reached,
        )
    return result


def least(pairs: Iterable[tuple[Number, Number]]) -> Lower:
    """Return the pairs that need no more of both than another; none where nothing is needed."""
    best: Number | None = None
    kept = []
    for a, b in sorted(set(pairs)):
        if best is None or b < best:
            best = b
            kept.append((a, b))
    return () if kept == [(0, 0)] else tuple(kept)
