"""The other side's points are guesses: what stays efficient when they are wrong.

A guess is an interval for one option's worth to side b. For a package P of the frontier

always: P is efficient whatever the guesses are. Exact, by one run: P's own options at their
lowest and all others at their highest is the worst case against every rival at once.
radius: the largest t in 0..1 such that P is efficient whatever happens within t of every
interval round the guess. Exact and rational: each rival found gives the t at which it draws
level, and t falls to it until no rival is left; rivals found for one package are tried first
for the next.
share: in what part of the guesses P is efficient. Sampled, and said so: on a fixed grid of
points (Halton 1960), the same in every run.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile
from math import lcm
from typing import Final, TypeAlias

from legation.errors import N_, Refusal
from legation.packages.model import Bonus, Case, Number, Package, Points, Side
from legation.packages.result import Point, Result
from legation.packages.ruling import holds, value
from legation.packages.solving import Limits, solved
from legation.packages.validating import shown, validate

Guess: TypeAlias = tuple[str, str]
"""(matter, option)."""
Intervals: TypeAlias = Mapping[Guess, tuple[Number, Number]]
SAMPLES: Final = 128
FINENESS: Final = 1 << 20
_Table: TypeAlias = list[list[int]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one package of the frontier stands. share: of `samples` sampled guesses."""

    point: Point
    always: bool
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
    rivals = _Rivals(study, packages)
    standings = tuple(
        Standing(point, *rivals.reach(package), share)
        for point, package, share in zip(points, packages, shares, strict=True)
    )
    return Robustness(standings, _weights(study, packages), samples)


def around(case: Case, part: Number) -> dict[Guess, tuple[Number, Number]]:
    """Return intervals of plus and minus a part of each guess: 1/5 for 20 %."""
    validate(case)
    found: dict[Guess, tuple[Number, Number]] = {}
    for matter, row in zip(case.matters, case.sides["b"].table, strict=True):
        for option, own in zip(matter.options, row, strict=True):
            width = abs(Fraction(own)) * Fraction(part)
            if width:
                found[matter.id, option] = (own - width, own + width)
    return found


@dataclass(frozen=True, slots=True)
class _Guessed:
    """A guess, scaled. place, column: of its option."""

    name: Guess
    place: int
    column: int
    low: int
    high: int


class _Study:
    """A case whose second side's table is changed and solved again and again.

    Side b's numbers are whole: at the guess, at every end and at every sample. Scaling a side
    changes no comparison, and whole numbers are solved several times faster.
    """

    def __init__(self, case: Case, intervals: Intervals, limits: Limits | None) -> None:
        validate(case)
        self._limits = limits
        self._case = case
        own = case.sides["b"]
        placed = [_placed(case, guess, ends) for guess, ends in intervals.items()]
        self._bonuses = [r for r in case.rules if isinstance(r, Bonus) and r.side == "b"]
        numbers = [each for row in own.table for each in row]
        numbers += [each for _, _, low, high in placed for each in (low, high)]
        numbers += [rule.points for rule in self._bonuses]
        self._scale = FINENESS * lcm(*(Fraction(each).denominator for each in numbers))
        self.guesses = [
            _Guessed(guess, place, column, int(low * self._scale), int(high * self._scale))
            for guess, (place, column, low, high) in zip(intervals, placed, strict=True)
        ]
        self.table: _Table = [[int(each * self._scale) for each in row] for row in own.table]
        self._unreached = 1 + self._scale * int(1 + sum(abs(Fraction(each)) for each in numbers))
        self._fixed: dict[Package, tuple[Number, int]] = {}

    def _with(self, table: _Table, times: int) -> Case:
        """Return the case with a table that is `times` as large, and so are its bonuses.

        The reserve is put out of reach: nobody asks for agreed points here.
        """
        rules = tuple(
            replace(rule, points=int(rule.points * self._scale * times))
            if isinstance(rule, Bonus) and rule.side == "b"
            else rule
            for rule in self._case.rules
        )
        b = Points("b", tuple(map(tuple, table)), self._unreached * times)
        sides: dict[Side, Points] = {"a": self._case.sides["a"], "b": b}
        return replace(self._case, sides=sides, rules=rules)

    def points(self, table: _Table, times: int = 1) -> tuple[Point, ...]:
        """Return the frontier under other guesses. Raises Refusal "limit"."""
        return self.found(self._with(table, times))

    def found(self, case: Case) -> tuple[Point, ...]:
        """Return the frontier of a case. Raises Refusal "limit"."""
        # A small case is solved without a look at the clock; hundreds of them are not small.
        stopped = self._limits is not None and self._limits.stop()
        result = Result(case, "limit", reached="stopped") if stopped else solved(case, self._limits)
        if result.status == "limit":
            raise Refusal(
                "limit",
                thing=N_("Case {case}"),
                rule=N_("the limit on {what} was reached."),
                remedy=N_("Allow more, or leave out some rules."),
                case=shown(case.id),
                what=result.reached,
            )
        return result.frontier

    def fixed(self, package: Package) -> tuple[Number, int]:
        """Return what no guess changes: a package's worth to side a, and side b's bonuses."""
        if package not in self._fixed:
            paid = (r.points for r in self._bonuses if holds(self._case, package, r.when))
            self._fixed[package] = value(self._case, package)[0], int(sum(paid) * self._scale)
        return self._fixed[package]

    def changed(self, values: Mapping[int, int]) -> _Table:
        """Return the table with some guesses (by number) at other values."""
        table = [list(row) for row in self.table]
        for number, each in values.items():
            guess = self.guesses[number]
            table[guess.place][guess.column] = each
        return table

    def worst(self, package: Package, part: Fraction) -> _Table:
        """Return the worst guesses for a package, `part` of the way to the ends.

        They are as many times as large as the part's denominator, so they are whole.
        """
        table = [[each * part.denominator for each in row] for row in self.table]
        for guess in self.guesses:
            middle = self.table[guess.place][guess.column]
            end = guess.low if package[guess.place] == guess.column else guess.high
            table[guess.place][guess.column] += part.numerator * (end - middle)
        return table

    def standing(self, packages: Sequence[Package], table: _Table) -> list[bool]:
        """Tell for each package of the first frontier whether it is efficient now."""
        held = {point.value for point in self.points(table)}
        found = []
        for package in packages:
            a, bonus = self.fixed(package)
            found.append((a, bonus + _worth(table, package)) in held)
        return found


class _Rivals:
    """Packages met so far, the frontier's own first, and how far each lets another stand."""

    def __init__(self, study: _Study, packages: Sequence[Package]) -> None:
        self._study = study
        self._met = dict.fromkeys(packages)

    def reach(self, package: Package) -> tuple[bool, Fraction]:
        """Return whether a package always stands, and the largest part within which it does."""
        level = self._level(package, self._met, Fraction(1))
        always = level is None
        part = Fraction(1) if level is None else level
        while part > 0:
            points = self._study.points(self._study.worst(package, part), part.denominator)
            fresh = [point.package for point in self._above(points, package, part)]
            self._met.update(dict.fromkeys(fresh))
            level = self._level(package, fresh, part)
            if level is None:
                break
            always = False
            if level == part:
                break  # it draws level here: a tie in b, with more for a
            part = level
        return always, part

    def _above(self, points: Sequence[Point], package: Package, part: Fraction) -> list[Point]:
        """Return the points that dominate a package under the worst guesses within a part."""
        a, bonus = self._study.fixed(package)
        b = bonus * part.denominator + _worth(self._study.worst(package, part), package)
        return [each for each in points if each.a >= a and each.b >= b and each.value != (a, b)]

    def _level(
        self, package: Package, rivals: Iterable[Package], within: Fraction
    ) -> Fraction | None:
        """Return the least part at which one of these rivals draws level; None: none does."""
        now, full = self._study.table, self._study.worst(package, Fraction(1))
        a, bonus = self._study.fixed(package)
        own_now, own_full = bonus + _worth(now, package), bonus + _worth(full, package)
        least = None
        for rival in rivals:
            rival_a, rival_bonus = self._study.fixed(rival)
            if rival_a < a:
                continue
            more = rival_bonus + _worth(now, rival) - own_now
            slope = rival_bonus + _worth(full, rival) - own_full - more
            reached = more * within.denominator + slope * within.numerator
            if reached > 0 or (reached == 0 and rival_a > a):
                level = Fraction(max(0, -more), slope) if slope else Fraction(0)
                least = level if least is None else min(level, least)
        return least


def _worth(table: _Table, package: Package) -> int:
    return sum(row[option] for row, option in zip(table, package, strict=True))


def _placed(
    case: Case, guess: Guess, ends: tuple[Number, Number]
) -> tuple[int, int, Number, Number]:
    """Return matter and option by place, and the ends. Raises Refusal "interval"."""
    matter, option = guess
    place = case.place.get(matter)
    if place is None or option not in case.matters[place].options:
        raise _refusal(matter, option, N_("the case has no such option."))
    column = case.matters[place].options.index(option)
    low, high = ends
    if not all(type(each) is int or isinstance(each, Fraction) for each in ends):
        raise _refusal(matter, option, N_("its ends are `int` or `Fraction`."))
    if not low <= case.sides["b"].table[place][column] <= high:
        raise _refusal(matter, option, N_("its interval holds the guess itself."))
    return place, column, low, high


def _shares(study: _Study, packages: Sequence[Package], samples: int) -> list[Fraction]:
    """Return for each package in what part of the sampled guesses it is efficient."""
    stood = [0] * len(packages)
    bases = _primes(len(study.guesses))
    for n in range(1, samples + 1):
        values = {
            number: guess.low + (guess.high - guess.low) // FINENESS * _halton(n, base)
            for number, (guess, base) in enumerate(zip(study.guesses, bases, strict=True))
        }
        for place, stands in enumerate(study.standing(packages, study.changed(values))):
            stood[place] += stands
    return [Fraction(each, samples) if samples else Fraction(0) for each in stood]


def _weights(study: _Study, packages: Sequence[Package]) -> tuple[Weight, ...]:
    """Return how many packages lose their place when one guess alone goes to its worst end."""
    found = []
    for number, guess in enumerate(study.guesses):
        lost = 0
        for end in (guess.low, guess.high):
            standing = study.standing(packages, study.changed({number: end}))
            lost += sum(
                (package[guess.place] == guess.column) == (end == guess.low) and not stands
                for package, stands in zip(packages, standing, strict=True)
            )
        found.append(Weight(guess.name, lost))
    return tuple(sorted(found, key=lambda weight: (-weight.lost, weight.guess)))


def _halton(n: int, base: int) -> int:
    """Return the n-th point of the van der Corput sequence, in parts of `FINENESS`."""
    found, part = Fraction(0), Fraction(1, base)
    while n:
        n, digit = divmod(n, base)
        found += digit * part
        part /= base
    return int(found * FINENESS)


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
        matter=shown(matter),
        option=shown(option),
    )
