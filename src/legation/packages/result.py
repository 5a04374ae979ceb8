"""What `solve` returns: the frontier, the agreed points, and the packages behind each point."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal, TypeAlias, get_args

from legation.packages.agreed import Agreed, Value
from legation.packages.model import Case, Number, Package

Status: TypeAlias = Literal["exact", "infeasible", "limit", "epsilon"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
ANSWER: Final = "legation-answer/1"


@dataclass(frozen=True, slots=True)
class Point:
    """One efficient value. Its package is made when somebody asks."""

    a: Number
    b: Number
    _package: Callable[[], Package] | None = field(repr=False, compare=False)
    _count: Callable[[], int | None] = field(repr=False, compare=False)

    @property
    def value(self) -> Value:
        """(a, b)."""
        return self.a, self.b

    @property
    def package(self) -> Package:
        """One package with this value: an option's place for every matter; empty if untold."""
        return self._package() if self._package else ()

    @property
    def is_told(self) -> bool:
        """Whether a package is told; an answer made elsewhere may tell none."""
        return self._package is not None

    @property
    def count(self) -> int | None:
        """How many feasible packages have exactly this value; None where nobody counted."""
        return self._count()


@dataclass(frozen=True, slots=True)
class Result:
    """An answer. exact: the frontier is whole. limit: it is not there, and `reached` says why.

    epsilon: no package is better than some point of the frontier by more than `guarantee`.
    method: how it was found. labels: the most candidates held at once.
    """

    case: Case
    status: Status
    frontier: tuple[Point, ...] = ()
    agreed: Agreed = field(default_factory=Agreed)
    method: str = ""
    labels: int = 0
    reached: str = ""
    guarantee: tuple[Number, Number] = (0, 0)

    @property
    def nash(self) -> tuple[Value, ...]:
        """The Nash points, by a."""
        return self.agreed.nash

    @property
    def ks(self) -> tuple[Value, ...]:
        """The Kalai-Smorodinsky points, by a."""
        return self.agreed.ks

    @property
    def egalitarian(self) -> tuple[Value, ...]:
        """The egalitarian points, by a."""
        return self.agreed.egalitarian

    @property
    def welfare(self) -> tuple[Value, ...]:
        """The points of the largest sum, by a."""
        return self.agreed.welfare

    def answer(self, *, packages: bool = False) -> dict[str, object]:
        """Return the answer as JSON's values (`legation-answer/1`)."""
        found: dict[str, object] = {
            "format": ANSWER,
            "case": self.case.id,
            "status": self.status,
            "frontier": _told(tuple(point.value for point in self.frontier)),
            "nash": _told(self.nash),
            "ks": _told(self.ks),
            "egalitarian": _told(self.egalitarian),
            "welfare": _told(self.welfare),
            "method": self.method,
        }
        if any(self.guarantee):
            found["guarantee"] = [told(each) for each in self.guarantee]
        if self.reached:
            found["reached"] = self.reached
        if packages:
            found["packages"] = [self.case.named(point.package) for point in self.frontier]
            counts = [point.count for point in self.frontier]
            if None not in counts:
                found["counts"] = counts
        return found


def told(value: Number) -> int | str:
    """Return a number as JSON tells it: whole, or a reduced "p/q"."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else f"{exact.numerator}/{exact.denominator}"


def _told(points: tuple[Value, ...]) -> list[list[int | str]]:
    return [[told(a), told(b)] for a, b in points]
