"""One part of a case, solved exactly: dynamic programming over its matters (Nemhauser, Ullmann).

A label is what the matters so far are worth, with the state of every rule that is still open.
Within one state a label that is no better for either side than another is dropped: whatever
follows, the other does as well. Labels carry a parent, so packages are rebuilt, not stored.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

import numpy as np

from legation.packages.automata import DEAD, Automaton, Step, follow
from legation.packages.fronts import Candidates, Front, Ints, Values, narrowed, stretch, typed
from legation.packages.metering import Meter
from legation.packages.model import Rule
from legation.packages.reduced import Choice, Reduced

MAX_CODE: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Stage:
    """One matter of a sweep, as it was. before, front: the labels without and with it.

    before and move are None for a matter alone: its labels are its choices.
    multiplicity: how many options of the case each choice stands for.
    """

    place: int
    before: Front | None
    move: "Move | None"
    front: Front
    multiplicity: tuple[int, ...]

    @property
    def choices(self) -> int:
        """How many choices the matter has."""
        return len(self.multiplicity)


@dataclass(frozen=True, slots=True)
class Swept:
    """A solved part. front: its efficient values. stages: how they came about, in order."""

    front: Front
    stages: tuple[Stage, ...]

    def choices_of(self, labels: Ints) -> list[tuple[int, Ints]]:
        """Return for each matter its choice in the package of each label."""
        found = []
        for stage in reversed(self.stages):
            candidate = stage.front.parent[labels]
            found.append((stage.place, candidate % stage.choices))
            labels = candidate // stage.choices
        return found


def alone(reduced: Reduced, place: int) -> Swept:
    """Return a matter that no rule names: its undominated options are its frontier already."""
    choices = reduced.choices[place]
    largest = 1 + max(max(abs(each.a), abs(each.b)) for each in choices)
    by_a = sorted(range(len(choices)), key=lambda n: choices[n].a)
    zeros = np.zeros(len(choices), np.int64)
    a = typed([choices[n].a for n in by_a], largest)
    b = typed([choices[n].b for n in by_a], largest)
    front = Front(zeros, a, b, np.array(by_a, dtype=np.int64))
    multiplicity = tuple(len(each.options) for each in choices)
    return Swept(front, (Stage(place, None, None, front, multiplicity),))


def sweep(reduced: Reduced, order: Sequence[int], rules: Sequence[Rule], meter: Meter) -> Swept:
    """Solve one part, its matters in this order.

    Raises Reached; an infeasible part has an empty front.
    """
    options = {place: [each.options[0] for each in reduced.choices[place]] for place in order}
    by_place = [options.get(place, []) for place in range(len(reduced.choices))]
    automata = [follow(reduced, rule, order, by_place, meter) for rule in rules]
    largest = _largest(reduced, order, automata)
    front = Front(
        np.zeros(1, np.int64), typed([0], largest), typed([0], largest), np.zeros(1, np.int64)
    )
    digits = np.zeros((1, 0), dtype=np.int64)
    opened: list[int] = []
    left = [len(automaton.steps) for automaton in automata]
    stages = []
    for place in order:
        here = [n for n, automaton in enumerate(automata) if place in automaton.steps]
        for n in here:
            if n not in opened:
                opened.append(n)
                digits = np.hstack([digits, np.zeros((len(digits), 1), np.int64)])
        # The digits of the next states take a tenth of a candidate each.
        meter.take(len(digits) * len(reduced.choices[place]) * (1 + len(opened)) // 10)
        move = _move(reduced.choices[place], place, _Open(automata, opened, here, digits), largest)
        before = front
        front, digits = _moved(before, move, meter)
        for n in here:
            left[n] -= 1
        closed = [n for n in opened if left[n] == 0]
        digits = digits[:, [column for column, n in enumerate(opened) if n not in closed]]
        opened = [n for n in opened if n not in closed]
        multiplicity = tuple(len(each.options) for each in reduced.choices[place])
        stages.append(Stage(place, before, move, front, multiplicity))
        meter.stepped()
        if not len(front):
            break
    return Swept(front, tuple(stages))


def _largest(reduced: Reduced, part: Sequence[int], automata: Sequence[Automaton]) -> int:
    """Return a bound that no sum of this part passes."""
    total = 1
    for place in part:
        total += max(max(abs(each.a), abs(each.b)) for each in reduced.choices[place])
    for automaton in automata:
        for step in automaton.steps.values():
            if step.pays is not None:
                total += max(abs(each) for row in step.pays for each in row)
    return total


@dataclass(frozen=True, slots=True)
class Move:
    """What one matter does to every state. digits: of each (state, choice) that may be."""

    allowed: np.ndarray  # states x choices, bool
    to: Ints  # states x choices -> next state, where allowed
    gain_a: Values
    gain_b: Values
    digits: Ints  # next states x open rules

    def stretches(self, front: Front) -> Iterator[Candidates]:
        """Yield every label with every choice that may follow it, a stretch of labels at a time.

        The number of a candidate is label * choices + choice.
        """
        width = self.to.shape[1]
        step = stretch(front.a, width)
        for first in range(0, len(front), step):
            rows = self.allowed[front.state[first : first + step]]
            number = np.flatnonzero(rows.ravel()) + first * width
            label, choice = np.divmod(number, width)
            state = front.state[label]
            yield Candidates(
                number,
                self.to[state, choice],
                front.a[label] + self.gain_a[state, choice],
                front.b[label] + self.gain_b[state, choice],
            )


@dataclass(frozen=True, slots=True)
class _Open:
    """The rules that are open at a matter. digits: states x open rules; here: those it moves."""

    automata: Sequence[Automaton]
    opened: Sequence[int]
    here: Sequence[int]
    digits: Ints


def _move(choices: Sequence[Choice], place: int, now: _Open, largest: int) -> Move:
    """Return what a matter's choices do to every state."""
    count, width = len(now.digits), len(choices)
    gains = [
        np.tile(typed([getattr(each, side) for each in choices], largest), (count, 1))
        for side in ("a", "b")
    ]
    after = np.repeat(now.digits[:, None, :], width, axis=1)
    allowed = np.ones((count, width), dtype=bool)
    radix = [1] * len(now.opened)
    for column, n in enumerate(now.opened):
        held = now.digits[:, column]
        if n not in now.here:
            radix[column] = int(held.max(initial=0)) + 1
            continue
        automaton = now.automata[n]
        step = automaton.steps[place]
        moved = _table(step, held, width)
        allowed &= moved != DEAD
        after[:, :, column] = moved
        radix[column] = step.states
        if step.pays is not None:
            paid = typed([each for row in step.pays for each in row], largest)
            gains[automaton.side] = gains[automaton.side] + paid.reshape(-1, width)[held]
    to, fresh = _numbered(after, allowed, radix)
    return Move(allowed, to, gains[0], gains[1], fresh)


def _table(step: Step, states: Ints, width: int) -> Ints:
    if not len(step.after):
        return np.full((len(states), width), DEAD, dtype=np.int64)
    return step.after[states]


def _numbered(after: Ints, allowed: np.ndarray, radix: Sequence[int]) -> tuple[Ints, Ints]:
    """Return the number of each allowed next state, and the digits of each number."""
    flat = after[allowed]
    to = np.zeros(allowed.shape, dtype=np.int64)
    if not len(flat):
        return to, flat
    if prod(radix) < MAX_CODE:
        weights = np.ones(len(radix), dtype=np.int64)
        for column in range(len(radix) - 2, -1, -1):
            weights[column] = weights[column + 1] * radix[column + 1]
        _, first, inverse = np.unique(flat @ weights, return_index=True, return_inverse=True)
        fresh = flat[first]
    else:
        fresh, inverse = np.unique(flat, axis=0, return_inverse=True)
    to[allowed] = inverse.reshape(-1)
    return to, fresh


def _moved(front: Front, move: Move, meter: Meter) -> tuple[Front, Ints]:
    """Add one matter to every label."""
    wide = front.a.dtype == object
    meter.take(front.state.size * move.to.shape[1], wide=wide)
    found = narrowed(move.stretches(front), max(1, len(move.digits)), meter.heed)
    meter.keep(len(found), wide=wide)
    return found, move.digits
