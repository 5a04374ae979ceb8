"""In which order a sweep takes the matters of a part, so that few rules are open at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log
from typing import Final

from legation.packages.metering import Meter
from legation.packages.model import AtMost, Requires, Rule
from legation.packages.reduced import Reduced

STARTS: Final = 4
SHORT: Final = 3
MANY: Final = 200_000
"""Matters times rules, from which one greedy order has to do."""
WIDEST: Final = 4094


@dataclass(frozen=True, slots=True)
class Order:
    """An order of a part's matters. states: how many a sweep may pass through in it, at most."""

    places: tuple[int, ...]
    states: float


@dataclass(frozen=True, slots=True)
class _Tied:
    """Rules by number: the matters of each and its weight; and by matter, the rules naming it."""

    scopes: list[frozenset[int]]
    weights: list[float]
    members: dict[int, list[int]]

    @classmethod
    def of(cls, reduced: Reduced, part: Sequence[int], rules: Sequence[Rule]) -> "_Tied":
        scopes = [scope_of(reduced, rule) for rule in rules]
        members: dict[int, list[int]] = {place: [] for place in part}
        for n, scope in enumerate(scopes):
            for place in scope:
                members[place].append(n)
        return cls(scopes, [_weight(rule) for rule in rules], members)


def order_of(reduced: Reduced, part: Sequence[int], rules: Sequence[Rule], meter: Meter) -> Order:
    """Return the matters of a part in a good order: the case's own, or a greedy one.

    Raises Reached if somebody asked to stop.
    """
    tied = _Tied.of(reduced, part, rules)
    best = Order(tuple(part), _cost(part, tied))
    if len(part) < SHORT or not rules:
        return best
    rare = sorted(
        part, key=lambda place: (sum(tied.weights[n] for n in tied.members[place]), place)
    )
    starts = list(dict.fromkeys([part[0], part[-1], *rare[:STARTS]]))
    for start in starts if len(part) * len(rules) < MANY else starts[:1]:
        order = _greedy(start, part, tied, meter)
        cost = _cost(order, tied)
        if cost < best.states:
            best = Order(order, cost)
    return best


def scope_of(reduced: Reduced, rule: Rule) -> frozenset[int]:
    """Return the places of the matters that a rule names."""
    place = reduced.case.place
    if isinstance(rule, AtMost):
        return frozenset(place[matter] for matter, _ in rule.cost)
    conditions = (rule.if_, rule.then) if isinstance(rule, Requires) else (rule.when,)
    return frozenset(place[matter] for condition in conditions for matter, _ in condition)


def _weight(rule: Rule) -> float:
    """Return the logarithm of how many states a rule is likely to be in while it is open."""
    if isinstance(rule, AtMost):
        # A cap may be a number that no float holds.
        most = WIDEST if rule.cap > WIDEST else float(rule.cap)
        return log(2 + most) if rule.cap > 0 else 1.0
    return log(3) if isinstance(rule, Requires) else log(2)


def _cost(
    order: Sequence[int],
    tied: _Tied,
) -> float:
    scopes, weights, members = tied.scopes, tied.weights, tied.members
    left = [len(scope) for scope in scopes]
    wide, total, opened = 0.0, 0.0, set[int]()
    for place in order:
        for n in members[place]:
            if n not in opened:
                opened.add(n)
                wide += weights[n]
            left[n] -= 1
            if not left[n]:
                wide -= weights[n]
        total += 2.718281828 ** min(wide, 600)
    return total


def _greedy(
    start: int,
    part: Sequence[int],
    tied: _Tied,
    meter: Meter,
) -> tuple[int, ...]:
    scopes, weights, members = tied.scopes, tied.weights, tied.members
    left = [len(scope) for scope in scopes]
    rest = dict.fromkeys(part)
    opened: set[int] = set()
    order: list[int] = []
    place: int | None = start
    while place is not None:
        meter.heed()
        order.append(place)
        del rest[place]
        for n in members[place]:
            opened.add(n)
            left[n] -= 1
            if not left[n]:
                opened.discard(n)
        near = {each for n in opened for each in scopes[n] if each in rest} or rest
        place, least = None, inf
        for each in near:
            change = sum(
                (weights[n] if n not in opened else 0.0) - (weights[n] if left[n] == 1 else 0.0)
                for n in members[each]
            )
            if change < least or (change == least and place is not None and each < place):
                place, least = each, change
    return tuple(order)
