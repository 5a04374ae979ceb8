"""Which method solves a part whose matters rules tie together, and when it is changed.

The sweep is exact and counts packages, and wins wherever few rules are open at once. Its width
is not known before it runs, so it runs first within a small allowance; where that is not enough,
gaps are closed with OR-tools; where OR-tools is missing or a number is too long for it, the
sweep runs on to the caller's own limits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from legation.packages.boxes import Part
from legation.packages.gaps import Closed, Watch, close
from legation.packages.metering import Meter, Reached
from legation.packages.model import Number, Rule
from legation.packages.ordering import Order, order_of
from legation.packages.reduced import Reduced
from legation.packages.sweep import Swept, sweep

Method: TypeAlias = Literal["auto", "dp", "cpsat", "epsilon"]
METHODS: Final[tuple[Method, ...]] = ("auto", "dp", "cpsat", "epsilon")
Solved: TypeAlias = Swept | Closed
ALLOWANCE: Final = 250_000
"""Candidates at once: a sweep that stays below takes some tenths of a second in all."""
FEW: Final = 1 << 13
"""States predicted in all, up to which the sweep is never left."""


@dataclass
class PartSolver:
    """Solves parts. used: the methods so far; guarantee: what was left open, for each side."""

    reduced: Reduced
    meter: Meter
    left: Callable[[], float | None]
    found: Callable[[Sequence[tuple[Number, Number]]], None]
    method: Method
    epsilon: Fraction
    guarantee: tuple[Number, Number] = (0, 0)
    _used: set[str] = field(default_factory=set)

    @property
    def used(self) -> str:
        """The methods that solved parts: "dp" where none needed another."""
        return "+".join(sorted(self._used)) or "dp"

    def solve(self, places: tuple[int, ...], rules: tuple[Rule, ...]) -> Solved:
        """Solve one part. Raises Reached."""
        if self.method == "cpsat":
            return self._closed(places, rules)
        order = order_of(self.reduced, places, rules, self.meter)
        if self.method == "dp" or order.states < FEW:
            return self._swept(order, rules)
        try:
            with self.meter.within(ALLOWANCE):
                return self._swept(order, rules)
        except Reached as reached:
            if reached.what not in ("labels", "memory"):
                raise
        return self._dense(order, rules)

    def _dense(self, order: Order, rules: tuple[Rule, ...]) -> Solved:
        try:
            return self._closed(tuple(sorted(order.places)), rules)
        except Reached as reached:
            if reached.what not in ("ortools", "numbers"):
                raise
            self._used.discard("cpsat")
            why = reached.what
        try:
            return self._swept(order, rules)
        except Reached as reached:
            raise Reached(f"{reached.what}+{why}") from None

    def _swept(self, order: Order, rules: tuple[Rule, ...]) -> Solved:
        part = sweep(self.reduced, order.places, rules, self.meter)
        self._used.add("dp")
        return part

    def _closed(self, places: tuple[int, ...], rules: tuple[Rule, ...]) -> Solved:
        part = Part(self.reduced, places, rules)
        slack = part.shares(self.epsilon) if self.method == "epsilon" else (0, 0)
        watch = Watch(meter=self.meter, left=self.left, found=self._tell, slack=slack)
        self._used.add("cpsat")
        solved = close(part, watch)
        own = (
            Fraction(each, scale) for each, scale in zip(slack, self.reduced.scales, strict=True)
        )
        before_a, before_b = self.guarantee
        more_a, more_b = own
        self.guarantee = before_a + more_a, before_b + more_b
        self.meter.done += len(places)
        return solved

    def _tell(self, values: Sequence[tuple[int, int]]) -> None:
        a, b = self.reduced.scales
        self.found([(Fraction(one, a), Fraction(other, b)) for one, other in values])
