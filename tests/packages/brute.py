"""Every package of a small case, by the rules' own definition: what the solver is held against."""

from itertools import product

from legation.packages import Case
from legation.packages.model import Number
from legation.packages.ruling import is_feasible, value

Value = tuple[Number, Number]


def worth_of_all(case: Case) -> dict[Value, int]:
    """Return value -> how many feasible packages have it."""
    found: dict[Value, int] = {}
    for package in product(*(range(len(matter.options)) for matter in case.matters)):
        if is_feasible(case, package):
            worth = value(case, package)
            found[worth] = found.get(worth, 0) + 1
    return found


def frontier_of(worths: dict[Value, int]) -> list[Value]:
    """Return the values that no other dominates, by a."""
    best: Number | None = None
    found = []
    for a, b in sorted(worths, reverse=True):
        if best is None or b > best:
            best = b
            found.append((a, b))
    return found[::-1]
