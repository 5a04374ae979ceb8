"""What a rule says of a whole package: the definition, read straight from the case's format.

The solver does not use this; whoever checks it does.
"""

from collections.abc import Sequence

from legation.packages.model import (
    SIDES,
    AtMost,
    Bonus,
    Case,
    Condition,
    Excludes,
    Number,
    Requires,
    Rule,
    Together,
)


def holds(case: Case, package: Sequence[int], condition: Condition) -> bool:
    """Tell whether every entry of a condition holds."""
    return all(_entries(case, package, condition))


def _entries(case: Case, package: Sequence[int], condition: Condition) -> list[bool]:
    found = []
    for matter, options in condition:
        place = case.place[matter]
        found.append(case.matters[place].options[package[place]] in options)
    return found


def obeys(case: Case, package: Sequence[int], rule: Rule) -> bool:
    """Tell whether a package meets a rule."""
    match rule:
        case Requires():
            return not holds(case, package, rule.if_) or holds(case, package, rule.then)
        case Together():
            return len(set(_entries(case, package, rule.when))) <= 1
        case Excludes():
            return not holds(case, package, rule.when)
        case AtMost():
            return spent(case, package, rule) <= rule.cap
        case Bonus():
            return True


def spent(case: Case, package: Sequence[int], rule: AtMost) -> Number:
    """Return what a package costs under a cap."""
    total: Number = 0
    for matter, costs in rule.cost:
        place = case.place[matter]
        total += dict(costs).get(case.matters[place].options[package[place]], 0)
    return total


def is_feasible(case: Case, package: Sequence[int]) -> bool:
    """Tell whether a package meets every rule."""
    return all(obeys(case, package, rule) for rule in case.rules)


def value(case: Case, package: Sequence[int]) -> tuple[Number, Number]:
    """Return what a package is worth to each side: its options, and the bonuses that hold."""
    worth: list[Number] = []
    for side in SIDES:
        table = case.sides[side].table
        total: Number = 0
        for row, option in zip(table, package, strict=True):
            total += row[option]
        for rule in case.rules:
            if isinstance(rule, Bonus) and rule.side == side and holds(case, package, rule.when):
                total += rule.points
        worth.append(total)
    return worth[0], worth[1]
