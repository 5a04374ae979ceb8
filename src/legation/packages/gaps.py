"""Dense parts: a frontier found point by point, and every gap in it proved empty.

Invariant: whatever package is missing lies in a gap between two neighbouring points found so
far (or beyond an end) that is not yet proved empty. Each question names a few gaps at once: "is
there a package in one of these?" A no closes them all; a yes is improved until it is efficient,
and added. At the end no gap is left, so nothing is missing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from legation.packages.boxes import LARGEST, Found, Part, Tables, undominated
from legation.packages.climbing import around, climb
from legation.packages.fronts import Front, Ints
from legation.packages.metering import Meter, Reached
from legation.packages.model import Bonus

if TYPE_CHECKING:
    from legation.packages.satisfying import Asking, Gap

TOGETHER: Final = 5
FIRST_SLICE: Final = 2.0
"""Of OR-tools' own count of its work: about as many seconds. Nobody is asked within a slice."""
BYTES_A_TERM: Final = 16 << 10
"""What OR-tools was seen to hold for each choice, and for each one that a rule names."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A part solved by closing gaps. packages: labels x matters of the part, as choices."""

    front: Front
    places: tuple[int, ...]
    packages: Ints

    def choices_of(self, labels: Ints) -> list[tuple[int, Ints]]:
        """Return for each matter its choice in the package of each label."""
        return [(place, self.packages[labels, n]) for n, place in enumerate(self.places)]


@dataclass(kw_only=True)
class Watch:
    """Who is asked and told. left: seconds a question may take; found: what is known so far.

    slack: a gap so narrow, for each side, is left as it is (0: none is; scaled).
    """

    meter: Meter
    left: Callable[[], float | None]
    found: Callable[[Sequence[tuple[int, int]]], None]
    slack: tuple[int, int] = (0, 0)


def close(part: Part, watch: Watch) -> Closed:
    """Solve a part. Raises Reached: "ortools" (not installed), "numbers" (too long), a limit."""
    if part.bound() >= LARGEST:
        raise Reached("numbers")
    found = _Closing(part, watch).run()
    zeros = np.zeros(len(found), dtype=np.int64)
    a, b = (np.array([worth[n] for worth in found], dtype=np.int64) for n in (0, 1))
    rows = np.array(list(found.values()), dtype=np.int64).reshape(len(found), len(part.places))
    return Closed(Front(zeros, a, b, zeros), part.places, rows)


@dataclass
class _Closing:
    part: Part
    watch: Watch
    known: Found = field(default_factory=dict)
    empty: list["Gap"] = field(default_factory=list)
    together: int = TOGETHER
    slice: float = FIRST_SLICE
    tables: Tables | None = None

    def run(self) -> Found:
        self.watch.meter.take(1)
        self.watch.meter.room(self.part.terms * BYTES_A_TERM)
        if self.part.rules and all(isinstance(rule, Bonus) for rule in self.part.rules):
            self.tables = Tables.of(self.part)
            for known in climb(self.tables, self.watch.meter.heed):
                self.known = known
                self.watch.found(tuple(self.known))
                self.watch.meter.take(len(self.known))
        asking = self._asking()
        while True:
            gaps = self._open()
            count = len(self.known) + 1
            self.watch.found(tuple(self.known))
            self.watch.meter.progress(count - len(gaps), count)
            self.watch.meter.take(count)
            if not gaps:
                return self.known
            self._ask(asking, gaps[: self.together])

    def _asking(self) -> "Asking":
        """Return who answers. Its library takes a second to load: it comes after the climb."""
        try:
            from legation.packages.satisfying import Asking  # noqa: PLC0415 - an extra
        except ImportError:
            raise Reached("ortools") from None
        return Asking(self.part, self.watch.left)

    def _open(self) -> list["Gap"]:
        values = list(self.known)
        gaps: list[Gap] = [(None, None)]
        if values:
            gaps = [(None, values[0][1])]
            gaps += [(one[0], other[1]) for one, other in pairwise(values)]
            gaps += [(values[-1][0], None)]
        slack_a, slack_b = self.watch.slack
        wide = [
            (None if a is None else a + slack_a, None if b is None else b + slack_b)
            for a, b in gaps
        ]
        return [gap for gap in wide if not any(_within(gap, other) for other in self.empty)]

    def _ask(self, asking: "Asking", gaps: Sequence["Gap"]) -> None:
        answer = asking.inside(gaps, self.slice)
        if answer == "none":
            self.empty += gaps
            self.together = min(TOGETHER, self.together + 1)
        elif answer == "unknown":
            self._harder(len(gaps))
        else:
            assert isinstance(answer, tuple)
            self._add(asking, answer)

    def _harder(self, asked: int) -> None:
        """Ask for less at once, then for longer."""
        if asked > 1:
            self.together = max(1, asked // 2)
        else:
            self.slice *= 2

    def _add(self, asking: "Asking", package: tuple[int, ...]) -> None:
        better = asking.improved(package, self._worth(package), self.slice)
        if isinstance(better, tuple):
            package = better
        known = undominated({**self.known, self._worth(package): package})
        self.known = (
            known if self.tables is None else around(self.tables, known, self.watch.meter.heed)
        )

    def _worth(self, package: tuple[int, ...]) -> tuple[int, int]:
        a, b = 0, 0
        for place, k in zip(self.part.places, package, strict=True):
            choice = self.part.reduced.choices[place][k]
            a, b = a + choice.a, b + choice.b
        for rule in self.part.rules:
            if isinstance(rule, Bonus) and all(
                package[n] in listed for n, listed in self.part.listed(rule.when)
            ):
                pays = self.part.pays(rule)
                a, b = (a + pays, b) if rule.side == "a" else (a, b + pays)
        return a, b


def _within(gap: "Gap", other: "Gap") -> bool:
    """Tell whether a gap lies in another."""
    return all(
        theirs is None or (own is not None and own >= theirs)
        for own, theirs in zip(gap, other, strict=True)
    )
