"""The other side's points are guesses: what stays efficient when they are wrong.

A guess is an interval for one option's worth to side b. For a package P of the frontier

always: P is efficient whatever the guesses are. Exact, by one run: P's own options at their
lowest and all others at their highest is the worst case against every rival at once.
ever: P is efficient for some guesses. Exact: the same, turned round.
radius: the largest t in 0..1 such that P is efficient whatever happens within t of every
interval round the guess. Exact and rational: each rival found gives the t at which it draws
level, and t falls to it until no rival is left.
share: in what part of the guesses P is efficient. Sampled, and said so: on a fixed grid of
points (Halton 1960), the same in every run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile
from math import lcm
from typing import Final, TypeAlias

from legation.errors import N_, Refusal
from legation.packages.model import Bonus, Case, Number, Package, Points, Side
from legation.packages.result import Point, Result
from legation.packages.ruling import value
from legation.packages.solving import Limits, solve

Guess: TypeAlias = tuple[str, str]
"""(matter, option)."""
Intervals: TypeAlias = Mapping[Guess, tuple[Number, Number]]
SAMPLES: Final = 128
FINENESS: Final = 1 << 20
_Table: TypeAlias = list[list[Number]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one package of the frontier stands. share: of `samples` sampled guesses."""

    point: Point
    always: bool
    ever: bool
    radius: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Weight:
    """One guess, and how many packages of the frontier lose their place when it alone is wrong."""

    guess: Guess
    lost: int


@dataclass(frozen=True, slots=True)
class Robustness:
    """The answer. weights: the guess that matters most first; exact. samples: for `share`."""

    standings: tuple[Standing, ...]
    weights: tuple[Weight, ...]
    samples: int


def robust(
    case: Case,
    intervals: Intervals,
    *,
    samples: int = SAMPLES,
    limits: Limits | None = None,
) -> Robustness:
    """Return how the packages of the frontier stand under guesses of side b's points.

    intervals: (matter, option) -> (lowest, highest), round the case's own value; an option left
    out is known. Raises Refusal "interval", and "limit" where a run meets one.
    """
    study = _Study(case, intervals, limits)
    points = study.found(case)
    packages = [point.package for point in points]
    shares = _shares(study, packages, samples)
    standings = tuple(
        Standing(
            point,
            always=study.stands(package, study.worst(package, Fraction(1))),
            ever=study.stands(package, study.worst(package, Fraction(-1))),
            radius=study.radius(package),
            share=share,
        )
        for point, package, share in zip(points, packages, shares, strict=True)
    )
    return Robustness(standings, _weights(study, packages), samples)


def around(case: Case, part: Number) -> dict[Guess, tuple[Number, Number]]:
    """Return intervals of plus and minus a part of each guess: 1/5 for 20 %."""
    found: dict[Guess, tuple[Number, Number]] = {}
    for matter, row in zip(case.matters, case.sides["b"].table, strict=True):
        for option, own in zip(matter.options, row, strict=True):
            width = abs(Fraction(own)) * Fraction(part)
            if width:
                found[matter.id, option] = (own - width, own + width)
    return found


class _Study:
    """A case whose second side's table is changed and solved again and again."""

    def __init__(self, case: Case, intervals: Intervals, limits: Limits | None) -> None:
        self._limits = limits
        self.guesses: list[tuple[int, int, Number, Number]] = []
        self.names: list[Guess] = []
        for (matter, option), (low, high) in intervals.items():
            place = case.place.get(matter)
            if place is None or option not in case.matters[place].options:
                raise _refusal(matter, option, N_("the case has no such option."))
            column = case.matters[place].options.index(option)
            if not low <= case.sides["b"].table[place][column] <= high:
                raise _refusal(matter, option, N_("its interval holds the guess itself."))
            self.guesses.append((place, column, low, high))
            self.names.append((matter, option))
        self._case = self._scaled(case)
        self.table: _Table = [list(row) for row in self._case.sides["b"].table]

    def _scaled(self, case: Case) -> Case:
        """Return the case with whole numbers for side b, at every end and every sample.

        Scaling a side changes no comparison; whole numbers are solved several times faster.
        The reserve is put out of reach: nobody asks for agreed points here.
        """
        own = case.sides["b"]
        numbers = [each for row in own.table for each in row]
        numbers += [each for _, _, low, high in self.guesses for each in (low, high)]
        numbers += [
            rule.points for rule in case.rules if isinstance(rule, Bonus) and rule.side == "b"
        ]
        scale = FINENESS * lcm(*(Fraction(each).denominator for each in numbers))
        self.guesses = [
            (place, column, int(low * scale), int(high * scale))
            for place, column, low, high in self.guesses
        ]
        rules = tuple(
            replace(rule, points=int(rule.points * scale))
            if isinstance(rule, Bonus) and rule.side == "b"
            else rule
            for rule in case.rules
        )
        table = tuple(tuple(int(each * scale) for each in row) for row in own.table)
        unreached = 1 + scale * int(1 + sum(abs(Fraction(each)) for each in numbers))
        sides: dict[Side, Points] = {"a": case.sides["a"], "b": Points(own.name, table, unreached)}
        return replace(case, sides=sides, rules=rules)

    def points(self, table: _Table) -> tuple[Point, ...]:
        """Return the frontier under other guesses."""
        return self.found(self._with(table))

    def found(self, case: Case) -> tuple[Point, ...]:
        """Return the frontier of a case. Raises Refusal "limit"."""
        # A small case is solved without a look at the clock; thousands of them are not small.
        stopped = self._limits is not None and self._limits.stop()
        result = Result(case, "limit", reached="stopped") if stopped else solve(case, self._limits)
        if result.status == "limit":
            raise Refusal(
                "limit",
                thing=N_("Case {case}"),
                rule=N_("the limit on {what} was reached."),
                remedy=N_("Allow more, or leave out some rules."),
                case=self._case.id,
                what=result.reached,
            )
        return result.frontier

    def _with(self, table: _Table) -> Case:
        own = self._case.sides["b"]
        changed = Points(own.name, tuple(map(tuple, table)), own.reserve, own.full)
        return replace(self._case, sides={"a": self._case.sides["a"], "b": changed})

    def changed(self, values: Mapping[int, Number]) -> _Table:
        """Return the table with some guesses (by number) at other values."""
        table = [list(row) for row in self.table]
        for number, each in values.items():
            place, column, _, _ = self.guesses[number]
            table[place][column] = _plain(each)
        return table

    def worst(self, package: Package, part: Fraction) -> _Table:
        """Return the guesses that are worst for a package, `part` of the way to the ends.

        A negative part turns it round: the guesses that are best for it.
        """
        values: dict[int, Number] = {}
        for number, (place, column, low, high) in enumerate(self.guesses):
            middle = self.table[place][column]
            down = (package[place] == column) == (part > 0)
            values[number] = middle + abs(part) * ((low if down else high) - middle)
        return self.changed(values)

    def stands(self, package: Package, table: _Table) -> bool:
        """Tell whether a package is efficient under these guesses."""
        return not self.rivals(package, table)

    def rivals(self, package: Package, table: _Table) -> list[Point]:
        """Return the points that dominate a package under these guesses."""
        worth = value(self._with(table), package)
        return [
            point
            for point in self.points(table)
            if point.a >= worth[0] and point.b >= worth[1] and point.value != worth
        ]

    def radius(self, package: Package) -> Fraction:
        """Return the largest part of the intervals within which a package always stands."""
        part = Fraction(1)
        while part > 0:
            table = self.worst(package, part)
            rivals = self.rivals(package, table)
            if not rivals:
                return part
            level = min(self._level(package, rival.package) for rival in rivals)
            if level >= part:
                return level  # it draws level here: a tie in b, with more for a
            part = level
        return Fraction(0)

    def _level(self, package: Package, rival: Package) -> Fraction:
        """Return the part at which a rival is worth to b what the package is."""
        now = value(self._with(self.table), rival)[1] - value(self._with(self.table), package)[1]
        full = self._with(self.worst(package, Fraction(1)))
        slope = value(full, rival)[1] - value(full, package)[1] - now
        return max(Fraction(0), Fraction(-now) / slope) if slope else Fraction(0)


def _shares(study: _Study, packages: Sequence[Package], samples: int) -> list[Fraction]:
    """Return for each package in what part of the sampled guesses it is efficient."""
    stood = [0] * len(packages)
    bases = _primes(len(study.guesses))
    for n in range(1, samples + 1):
        values = {
            number: low + (high - low) * _halton(n, base)
            for number, ((_, _, low, high), base) in enumerate(
                zip(study.guesses, bases, strict=True)
            )
        }
        table = study.changed(values)
        held = {point.value for point in study.points(table)}
        changed = study._with(table)  # noqa: SLF001 - one study, one file
        for place, package in enumerate(packages):
            stood[place] += value(changed, package) in held
    return [Fraction(each, samples) if samples else Fraction(0) for each in stood]


def _weights(study: _Study, packages: Sequence[Package]) -> tuple[Weight, ...]:
    """Return how many packages lose their place when one guess alone goes to its worst end."""
    found = []
    for number, (place, column, low, high) in enumerate(study.guesses):
        lost = 0
        for end in (low, high):
            table = study.changed({number: end})
            held = {point.value for point in study.points(table)}
            changed = study._with(table)  # noqa: SLF001 - one study, one file
            lost += sum(
                (package[place] == column) == (end == low) and value(changed, package) not in held
                for package in packages
            )
        found.append(Weight(study.names[number], lost))
    return tuple(sorted(found, key=lambda weight: (-weight.lost, weight.guess)))


def _plain(value: Number) -> Number:
    return value if isinstance(value, int) or value.denominator > 1 else value.numerator


def _halton(n: int, base: int) -> Fraction:
    """Return the n-th point of the van der Corput sequence, rounded to 2^-20."""
    found, part = Fraction(0), Fraction(1, base)
    while n:
        n, digit = divmod(n, base)
        found += digit * part
        part /= base
    return Fraction(int(found * FINENESS), FINENESS)


def _primes(count: int) -> list[int]:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        small = takewhile(lambda prime: prime * prime <= candidate, found)  # noqa: B023 - used here
        if all(candidate % prime for prime in small):
            found.append(candidate)
        candidate += 1
    return found


def _refusal(matter: str, option: str, rule: str) -> Refusal:
    return Refusal(
        "interval",
        thing=N_("The guess of “{matter}”, “{option}”"),
        rule=rule,
        remedy=N_("Correct it; nothing was computed."),
        matter=matter[:60],
        option=option[:60],
    )
