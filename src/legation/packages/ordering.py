"""In which order a sweep takes the matters of a part, so that few rules are open at once."""

from collections.abc import Sequence
from math import inf, log
from typing import Final

from legation.packages.model import AtMost, Requires, Rule
from legation.packages.reduced import Reduced

STARTS: Final = 4
WIDEST: Final = 4094


def order_of(reduced: Reduced, part: Sequence[int], rules: Sequence[Rule]) -> tuple[int, ...]:
    """Return the matters of a part in a good order: the case's own, or a greedy one."""
    if len(part) < 3 or not rules:
        return tuple(part)
    scopes = [scope_of(reduced, rule) for rule in rules]
    weights = [_weight(rule) for rule in rules]
    members: dict[int, list[int]] = {place: [] for place in part}
    for n, scope in enumerate(scopes):
        for place in scope:
            members[place].append(n)
    best, least = tuple(part), _cost(part, scopes, weights, members)
    rare = sorted(part, key=lambda place: (sum(weights[n] for n in members[place]), place))
    for start in dict.fromkeys([part[0], part[-1], *rare[:STARTS]]):
        order = _greedy(start, part, scopes, weights, members)
        cost = _cost(order, scopes, weights, members)
        if cost < least:
            best, least = order, cost
    return best


def predicted(reduced: Reduced, part: Sequence[int], rules: Sequence[Rule]) -> float:
    """Return how many states a sweep over a part may pass through, at most."""
    scopes = [scope_of(reduced, rule) for rule in rules]
    members = {place: [n for n, scope in enumerate(scopes) if place in scope] for place in part}
    order = order_of(reduced, part, rules)
    return _cost(order, scopes, [_weight(rule) for rule in rules], members)


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
    scopes: Sequence[frozenset[int]],
    weights: Sequence[float],
    members: dict[int, list[int]],
) -> float:
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
    scopes: Sequence[frozenset[int]],
    weights: Sequence[float],
    members: dict[int, list[int]],
) -> tuple[int, ...]:
    left = [len(scope) for scope in scopes]
    rest = dict.fromkeys(part)
    opened: set[int] = set()
    order: list[int] = []
    place: int | None = start
    while place is not None:
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
