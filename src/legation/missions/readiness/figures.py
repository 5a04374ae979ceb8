"""What a ledger is made of: figures, and behind each of them the things that it counts.

A figure is never more than its items add up to. What nobody stated is None: it is never nought.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from legation.missions.readiness.facts import Facts, Ground, LogSize, Subject, Told
from legation.missions.readiness.messages import Message
from legation.record.canon import Json

if TYPE_CHECKING:
    from legation.missions.readiness.measured import Measured

Unit: TypeAlias = Literal["things", "lines", "persons", "staff", "days"]
Silence: TypeAlias = Literal["", "not_stated", "none_recorded"]
"""Why a figure has no value: its author is silent, or no such notice is in the record."""
Answering: TypeAlias = Literal["mirror", "not_mirror", "never", "none", "unknown"]
"""mirror: both do the same on the day. never: may not be done in answer to anything. none: nobody
does it. unknown: a side has not stated it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing behind a figure.

    thing: id of a thing of a register, a notice or a rule; "" for a number told as a whole. share:
    how much of the figure it is. field, value: what was stated. title, number: of a notice. since:
    from which day, as far as it is known. details: what else its author says of it.
    """

    thing: str
    share: int
    field: str = ""
    value: Json = None
    title: str = ""
    number: str = ""
    since: str = ""
    details: tuple[tuple[str, Json], ...] = ()
    grounds: tuple[Ground, ...] = ()
    contested: bool = False

    @property
    def ours(self) -> bool:
        """Whether it rests on what only we know."""
        return any(ground.ours for ground in self.grounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the ledger. code: the same on both sides of a row. value: None if not known.

    label: what it is called. counted: what is counted, in words of the program, or of the side
    that set a limit (`own_words`). unstated, disputed: things that would count if their author
    said it, or did not contradict itself. content: what is compared, where the value alone does
    not say it.
    """

    code: str
    label: str
    unit: Unit
    value: int | None
    counted: str
    own_words: str = ""
    silence: Silence = ""
    items: Sequence[Item] = ()
    unstated: int = 0
    disputed: int = 0
    content: Json = None

    @property
    def ours(self) -> bool:
        """Whether any of it is ours alone."""
        told = getattr(self.items, "ours", None)
        return any(item.ours for item in self.items) if told is None else bool(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """What one party does to the other by one measure."""

    by: str
    to: str
    figures: tuple[Figure, ...]

    def figure(self, code: str) -> Figure | None:
        """Return one figure by its code, or None."""
        return next((each for each in self.figures if each.code == code), None)

    @property
    def silent(self) -> bool:
        """Whether nothing at all is told of it."""
        return all(each.value is None for each in self.figures)

    @property
    def ours(self) -> bool:
        """Whether any of it is ours alone."""
        return any(each.ours for each in self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure, both ways. halves: by the doing party's code.

    differs: names of figures or terms in which both sides differ. fence: figures of which none
    may be done in answer, whether or not anybody does it.
    """

    measure: str
    label: str
    articles: tuple[str, ...]
    halves: tuple[Half, Half]
    answering: Answering
    reason: Message
    differs: tuple[str, ...] = ()
    fence: tuple[str, ...] = ()

    def half(self, by: str) -> Half:
        """Return what a party does. Raises KeyError for a party that is none of the two."""
        for half in self.halves:
            if half.by == by:
                return half
        raise KeyError(by)

    @property
    def silent(self) -> bool:
        """Whether neither side tells anything of it."""
        return all(half.silent for half in self.halves)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """All measures on a day. logs: how far both logs were read."""

    on: date
    parties: tuple[str, str]
    rows: tuple[Row, ...]
    logs: tuple[LogSize, ...] = ()

    def row(self, measure: str) -> Row | None:
        """Return one measure, or None."""
        return next((row for row in self.rows if row.measure == measure), None)


@dataclass(frozen=True, kw_only=True)
class Way:
    """One direction of a ledger while it is counted: `by` does, `to` bears."""

    facts: Facts
    on: date
    by: str
    to: str
    notices: Mapping[tuple[str, str], "Sequence[Measured]"] = field(default_factory=dict)

    def released(self, measure: str, sender: str) -> "Sequence[Measured]":
        """Return a party's notices of a measure that were out by the day, the oldest first."""
        several = self.notices.get((measure, sender), ())
        end = bisect_right(several, self.on.toordinal(), key=lambda each: each.released)
        return several[:end]

    def things(self, prefix: str) -> tuple[Subject, ...]:
        """Return the things of a register that `to` has with `by`."""
        return tuple(
            each
            for each in self.facts.of(prefix)
            if each.receiving == self.by and each.sending == self.to
        )

    def told(self, thing: Subject, field: str) -> Told:
        """Return what holds of a field on the day."""
        return self.facts.index.told(thing, field, self.on.toordinal())


def since(told: Told) -> str:
    """Return from which day what is told holds, as far as known: "2018-04", or ""."""
    return next((str(said.from_) for said in told.said if said.from_ is not None), "")
