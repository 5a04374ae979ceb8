"""What a sweep over the matters must remember of each rule: as little as can be.

A rule is followed as a small automaton. It reads the choices of its matters in the order of the
sweep; two histories that no further choice can tell apart are one state; a history that cannot
be completed is refused at once (state -1). Minimised backwards, layer by layer.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from legation.packages.metering import Meter
from legation.packages.model import AtMost, Bonus, Case, Excludes, Number, Requires, Rule, Together
from legation.packages.reduced import Reduced

DEAD: Final = -1
LABELS_A_STATE: Final = 2
"""A state takes as many bytes as so many labels, for itself and for each of its choices."""
State: TypeAlias = Hashable
Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Step:
    """What one matter does to a rule. after: states x options -> next state, or DEAD.

    pays: states x options -> points that the side of a bonus gets here. states: how many after.
    """

    after: Ints
    pays: list[list[int]] | None
    states: int


@dataclass(frozen=True, slots=True)
class Automaton:
    """A rule along a sweep. steps: by matter. side: 0 or 1 for whom it pays, if it does."""

    rule: Rule
    steps: dict[int, Step]
    side: int

    @property
    def width(self) -> int:
        """The most states that it is in at once."""
        return max(step.states for step in self.steps.values())


def follow(
    reduced: Reduced,
    rule: Rule,
    order: Sequence[int],
    options: Sequence[Sequence[int]],
    meter: Meter,
) -> Automaton:
    """Return a rule's automaton. Raises Reached where it has more states than there is room for.

    order: the matters of the sweep. options: by matter, the option's place for each choice.
    """
    with meter.briefly():
        return _followed(_reader(reduced.case, rule, reduced.scales), rule, order, options, meter)


def _followed(
    reader: "_Reading",
    rule: Rule,
    order: Sequence[int],
    options: Sequence[Sequence[int]],
    meter: Meter,
) -> Automaton:
    scope = sorted(reader.scope, key=order.index)
    layers: list[dict[State, int]] = [{reader.start: 0}]
    moves: list[list[list[State | None]]] = []
    for depth, place in enumerate(scope):
        reader.enter(scope[depth + 1 :], place)
        meter.take(len(layers[-1]) * len(options[place]))
        table = [
            [reader.read(state, place, option) for option in options[place]]
            for state in meter.heeding(layers[-1])
        ]
        moves.append(table)
        found: dict[State, int] = {}
        for row in table:
            for state in row:
                if state is not None:
                    found.setdefault(state, len(found))
        layers.append(found)
        meter.keep(LABELS_A_STATE * len(table) * (1 + len(options[place])))
    return Automaton(rule, _minimised(scope, layers, moves, reader, meter), reader.side)


def _minimised(
    scope: Sequence[int],
    layers: Sequence[dict[State, int]],
    moves: Sequence[list[list[State | None]]],
    reader: "_Reading",
    meter: Meter,
) -> dict[int, Step]:
    steps: dict[int, Step] = {}
    merged = dict.fromkeys(layers[-1], 0)
    pays = {state: reader.pay(state) for state in layers[-1]}
    count = 1
    last = True
    for depth in reversed(range(len(scope))):
        signature: dict[tuple[Hashable, ...], int] = {}
        lower: dict[State, int] = {}
        after: list[list[int]] = []
        paid: list[list[int]] = []
        for state, row in meter.heeding(zip(layers[depth], moves[depth], strict=True)):
            next_ = [DEAD if each is None else merged[each] for each in row]
            own = [0 if each is None or not last else pays[each] for each in row]
            if all(each == DEAD for each in next_):
                lower[state] = DEAD
                continue
            key = (*next_, *own)
            if key not in signature:
                signature[key] = len(signature)
                after.append(next_)
                paid.append(own)
            lower[state] = signature[key]
        width = len(next(iter(moves[depth]))) if moves[depth] else 0
        steps[scope[depth]] = Step(
            np.array(after, dtype=np.int64).reshape(len(after), width),
            paid if any(any(row) for row in paid) else None,
            count,
        )
        merged, count, last = lower, max(1, len(after)), False
    return steps


class _Reading:
    """How one kind of rule reads choices: `None` refuses, anything else is a state."""

    start: State = True
    side = 0

    def __init__(self, scope: frozenset[int]) -> None:
        self.scope = scope

    def enter(self, rest: Sequence[int], place: int) -> None:
        """Look ahead: `rest` of the scope is still to come after `place`."""

    def read(self, state: State, place: int, option: int) -> State | None:
        raise NotImplementedError

    def pay(self, state: State) -> int:  # noqa: ARG002 - most rules pay nothing
        return 0


class _Entries:
    """The entries of a condition, by place."""

    def __init__(self, case: Case, condition: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self.by_place: dict[int, frozenset[int]] = {}
        for matter, names in condition:
            place = case.place[matter]
            options = case.matters[place].options
            number = {name: n for n, name in enumerate(options)}
            listed = frozenset(number[name] for name in names)
            self.by_place[place] = self.by_place.get(place, listed) & listed

    def holds(self, place: int, option: int) -> bool:
        """Tell whether the entry of this matter holds; one that is not named always does."""
        listed = self.by_place.get(place)
        return listed is None or option in listed


class _Alive(_Reading):
    """Excludes and bonus: whether every entry has held so far."""

    def __init__(self, case: Case, rule: Excludes | Bonus, pays: int, side: int) -> None:
        self._entries = _Entries(case, rule.when)
        super().__init__(frozenset(self._entries.by_place))
        self._forbids = isinstance(rule, Excludes)
        self._pays = pays
        self.side = side
        self._last = False

    def enter(self, rest: Sequence[int], place: int) -> None:  # noqa: ARG002 - as declared
        self._last = not rest

    def read(self, state: State, place: int, option: int) -> State | None:
        alive = state is True and self._entries.holds(place, option)
        return None if alive and self._last and self._forbids else alive

    def pay(self, state: State) -> int:
        return self._pays if state is True and not self._forbids else 0


class _Reciprocal(_Reading):
    """Together: whether all or none held so far."""

    start: State = "unread"

    def __init__(self, case: Case, rule: Together) -> None:
        self._entries = _Entries(case, rule.when)
        super().__init__(frozenset(self._entries.by_place))

    def read(self, state: State, place: int, option: int) -> State | None:
        now = self._entries.holds(place, option)
        return now if state in ("unread", now) else None


class _Needs(_Reading):
    """Requires: whether `if` can still hold, and whether `then` still can."""

    start: State = (True, True)

    def __init__(self, case: Case, rule: Requires) -> None:
        self._if = _Entries(case, rule.if_)
        self._then = _Entries(case, rule.then)
        super().__init__(frozenset(self._if.by_place) | frozenset(self._then.by_place))
        self._last = False

    def enter(self, rest: Sequence[int], place: int) -> None:  # noqa: ARG002 - as declared
        self._last = not rest

    def read(self, state: State, place: int, option: int) -> State | None:
        assert isinstance(state, tuple)
        asked = state[0] and self._if.holds(place, option)
        given = state[1] and self._then.holds(place, option)
        if self._last and asked and not given:
            return None
        return (asked, given)


class _Capped(_Reading):
    """A cap: what was spent; all that can no longer reach the cap is one."""

    start: State = 0

    def __init__(self, case: Case, rule: AtMost) -> None:
        scale = lcm(
            Fraction(rule.cap).denominator,
            *(Fraction(each).denominator for _, costs in rule.cost for _, each in costs),
        )
        self._cap = int(rule.cap * scale)
        self._cost: dict[int, list[int]] = {}
        for matter, costs in rule.cost:
            place = case.place[matter]
            amounts: dict[str, Number] = dict(costs)
            self._cost[place] = [
                int(amounts.get(option, 0) * scale) for option in case.matters[place].options
            ]
        super().__init__(frozenset(self._cost))
        self._least = self._most = 0

    def enter(self, rest: Sequence[int], place: int) -> None:  # noqa: ARG002 - as declared
        self._least = sum(min(self._cost[each]) for each in rest)
        self._most = sum(max(self._cost[each]) for each in rest)

    def read(self, state: State, place: int, option: int) -> State | None:
        assert isinstance(state, int)
        spent = state + self._cost[place][option]
        if spent + self._least > self._cap:
            return None
        return max(spent, self._cap - self._most)


def _reader(case: Case, rule: Rule, scales: tuple[int, int]) -> _Reading:
    match rule:
        case Requires():
            return _Needs(case, rule)
        case Together():
            return _Reciprocal(case, rule)
        case Excludes():
            return _Alive(case, rule, 0, 0)
        case AtMost():
            return _Capped(case, rule)
        case Bonus():
            side = 0 if rule.side == "a" else 1
            return _Alive(case, rule, int(rule.points * scales[side]), side)
