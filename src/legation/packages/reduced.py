"""A case made ready to be solved: whole numbers, options that differ, parts that stand apart.

1. Each side's values are multiplied by their common denominator, so that sums are whole.
2. Options of a matter that no rule tells apart form a class; within it only undominated ones
   stay (an option that is worse in every respect is in no efficient package), and those worth
   the same are one option.
3. Matters that no rule ties together are parts of their own.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from legation.packages.model import AtMost, Bonus, Case, Condition, Number, Requires, Rule, Side


@dataclass(frozen=True, slots=True)
class Choice:
    """Options of one matter that are one for the solver. options: their places, all equal."""

    a: int
    b: int
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reduced:
    """A case with its classes of options.

    scales: what each side's values were multiplied by. choices: by matter. parts: matters that
    rules tie together, and those rules; a matter without a rule is a part of its own.
    """

    case: Case
    scales: tuple[int, int]
    choices: tuple[tuple[Choice, ...], ...]
    parts: tuple[tuple[tuple[int, ...], tuple[Rule, ...]], ...]


def reduce(case: Case) -> Reduced:
    """Return a case made ready."""
    scales = _scale(case, "a"), _scale(case, "b")
    touched = [_touches(case, rule) for rule in case.rules]
    marks = _marks(case, touched)
    choices = tuple(
        _classes(case, place, scales, marks[place]) for place in range(len(case.matters))
    )
    return Reduced(case, scales, choices, _parts(case, touched))


def _scale(case: Case, side: Side) -> int:
    found = 1
    for row in case.sides[side].table:
        for each in row:
            if type(each) is not int:
                found = lcm(found, Fraction(each).denominator)
    for rule in case.rules:
        if isinstance(rule, Bonus) and rule.side == side:
            found = lcm(found, Fraction(rule.points).denominator)
    return found


def _whole(value: Number, scale: int) -> int:
    if type(value) is int:
        return value * scale
    return int(value * scale)


def _conditions(rule: Rule) -> tuple[Condition, ...]:
    if isinstance(rule, AtMost):
        return ()
    return (rule.if_, rule.then) if isinstance(rule, Requires) else (rule.when,)


def _touches(case: Case, rule: Rule) -> frozenset[int]:
    named = (
        [matter for matter, _ in rule.cost]
        if isinstance(rule, AtMost)
        else [matter for condition in _conditions(rule) for matter, _ in condition]
    )
    return frozenset(case.place[matter] for matter in named)


def _marks(case: Case, touched: list[frozenset[int]]) -> list[list[list[Hashable]]]:
    """Return for each matter and option what every rule says of it."""
    marks: list[list[list[Hashable]]] = [[[] for _ in matter.options] for matter in case.matters]
    for rule, places in zip(case.rules, touched, strict=True):
        if isinstance(rule, AtMost):
            for matter, costs in rule.cost:
                amounts = dict(costs)
                place = case.place[matter]
                for option, own in zip(case.matters[place].options, marks[place], strict=True):
                    own.append(amounts.get(option, 0))
            continue
        for condition in _conditions(rule):
            named = {case.place[matter]: frozenset(options) for matter, options in condition}
            for place in places:
                listed = named.get(place)
                for option, own in zip(case.matters[place].options, marks[place], strict=True):
                    own.append(listed is None or option in listed)
    return marks


def _classes(
    case: Case, place: int, scales: tuple[int, int], marks: list[list[Hashable]]
) -> tuple[Choice, ...]:
    table_a, table_b = case.sides["a"].table[place], case.sides["b"].table[place]
    classes: dict[tuple[Hashable, ...], dict[tuple[int, int], list[int]]] = {}
    for option, mark in enumerate(marks):
        worth = _whole(table_a[option], scales[0]), _whole(table_b[option], scales[1])
        classes.setdefault(tuple(mark), {}).setdefault(worth, []).append(option)
    found = []
    for members in classes.values():
        best: int | None = None
        for a, b in sorted(members, reverse=True):
            if best is None or b > best:
                best = b
                found.append(Choice(a, b, tuple(members[a, b])))
    return tuple(sorted(found, key=lambda choice: choice.options))


def _parts(
    case: Case, touched: list[frozenset[int]]
) -> tuple[tuple[tuple[int, ...], tuple[Rule, ...]], ...]:
    root = list(range(len(case.matters)))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for places in touched:
        first, *others = sorted(places)
        for other in others:
            root[find(other)] = find(first)
    members: dict[int, list[int]] = {}
    for place in range(len(case.matters)):
        members.setdefault(find(place), []).append(place)
    rules: dict[int, list[Rule]] = {}
    for rule, places in zip(case.rules, touched, strict=True):
        rules.setdefault(find(min(places)), []).append(rule)
    return tuple((tuple(places), tuple(rules.get(key, ()))) for key, places in members.items())
