"""A case: matters, their options, what each is worth to each side, and the rules.

Numbers are exact: whole, or `Fraction`s. A package is one option's place for every matter, in
the order of the case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, TypeAlias

Number: TypeAlias = int | Fraction
Side: TypeAlias = Literal["a", "b"]
SIDES: Final[tuple[Side, Side]] = ("a", "b")
Condition: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""(matter, its options) …: holds when for every matter named the package's option is listed."""
Package: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to settle. options: unique within it, in the order of the case."""

    id: str
    options: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """One side of a case.

    table: for each matter, what each option is worth. reserve: no deal below it. full: what a
    public source calls utility 1; it changes nothing.
    """

    name: str
    table: tuple[tuple[Number, ...], ...]
    reserve: Number = 0
    full: Number | None = None


@dataclass(frozen=True, slots=True)
class Requires:
    """If one condition holds, so does the other."""

    id: str
    if_: Condition
    then: Condition


@dataclass(frozen=True, slots=True)
class Together:
    """Reciprocity: of the entries of `when`, every one holds, or none does."""

    id: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Excludes:
    """The entries of `when` never hold all at once."""

    id: str
    when: Condition


@dataclass(frozen=True, slots=True)
class AtMost:
    """The costs of the chosen options (0 where none is named) add up to at most `cap`."""

    id: str
    cost: tuple[tuple[str, tuple[tuple[str, Number], ...]], ...]
    cap: Number


@dataclass(frozen=True, slots=True)
class Bonus:
    """A side gets `points`, which may be negative, if `when` holds. Forbids nothing."""

    id: str
    side: Side
    when: Condition
    points: Number


Rule: TypeAlias = Requires | Together | Excludes | AtMost | Bonus


@dataclass(frozen=True)
class Case:
    """A whole case. Made by `read_case`, which checks it, or by hand."""

    id: str
    matters: tuple[Matter, ...]
    sides: Mapping[Side, Points]
    rules: tuple[Rule, ...] = ()
    title: str = ""
    as_it_stands: Package | None = None

    @cached_property
    def place(self) -> dict[str, int]:
        """Return matter's id -> its place."""
        return {matter.id: place for place, matter in enumerate(self.matters)}

    @property
    def outcomes(self) -> int:
        """How many combinations there are before any rule."""
        count = 1
        for matter in self.matters:
            count *= len(matter.options)
        return count

    def named(self, package: Sequence[int]) -> dict[str, str]:
        """Return a package as matter's id -> option."""
        return {
            matter.id: matter.options[option]
            for matter, option in zip(self.matters, package, strict=True)
        }
