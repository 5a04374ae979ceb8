"""What the chronicle tells, made from the entries of a dossier that was checked when loaded.

1. A fact is what sources say. It becomes nobody's statement by standing here.
2. What is missing stays missing: nothing is filled in, no day is made up for a month.
3. Only a statement `by: both` is said by both sides; an actor "both" is not one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from legation.errors import N_
from legation.record.canon import Json

Entry = Mapping[str, Json]
BOTH: Final = "both"
NOBODY: Final = "-"
CONFIDENCE: Final[Mapping[str, str]] = {
    "high": N_("High confidence"),
    "medium": N_("Medium confidence"),
    "low": N_("Low confidence"),
}
WHY: Final[Mapping[str, str]] = {
    "high": N_(
        "Two or more sources, one agency or official source, or a side’s own words in its own"
        " media, which prove only that they were said."
    ),
    "medium": N_("One press source, one side’s account of something both did, or inferred."),
    "low": N_("Doubtful; kept so that it can be checked."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something was read. url: "" where there is none that may be a link."""

    key: str
    publisher: str
    kind: str
    title: str
    url: str
    date: str
    lang: str
    note: str

    @property
    def shown(self) -> str:
        """The words of its link: its title, else where it lies."""
        if self.title or not self.url:
            return self.title or self.key
        parts = urlsplit(self.url)
        place = f"{parts.netloc}{parts.path}".removeprefix("www.").rstrip("/")
        return place if len(place) <= 70 else f"{place[:67]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a side says. by: its code, or "both"; "" where the file names nobody."""

    by: str
    position: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person whom sources name, in the part they had there."""

    name: str
    side: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number that sources give."""

    what: str
    value: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of several accounts of the same thing."""

    value: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """Sources that contradict one another, and what the dossier's author made of it."""

    key: str
    topic: str
    variants: tuple[Variant, ...]
    resolution: str
    confidence: str
    note: str
    facts: tuple[str, ...]
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact. on, until: partial dates. things: ids of posts and premises that it touches."""

    key: str
    on: str
    until: str
    kind: str
    title: str
    actor: str
    target: str
    place: str
    matters: tuple[str, ...]
    things: tuple[str, ...]
    detail: str
    persons: tuple[Somebody, ...]
    amounts: tuple[Amount, ...]
    statements: tuple[Spoken, ...]
    articles: tuple[str, ...]
    deadline: str
    disputed: bool
    note: str
    confidence: str
    sources: tuple[Source, ...]

    @property
    def year(self) -> str:
        """The year of its day."""
        return self.on[:4]

    def said_by(self, party: str) -> tuple[Spoken, ...]:
        """Return what one side says of it, or what both say."""
        return tuple(one for one in self.statements if one.by == party)

    @property
    def span(self) -> tuple[date, date]:
        """First and last day that its date leaves open."""
        return span_of(self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One sitting, as sources tell it. reported: what came of it, by whoever says so."""

    key: str
    label: str
    on: str
    until: str
    place: str
    venue: str
    premises_of: str
    host: str
    level: str
    heads: tuple[Somebody, ...]
    minutes: int
    minutes_reported: tuple[str, ...]
    scope: str
    exclusions: tuple[str, ...]
    reported: tuple[Spoken, ...]
    status: str
    announced: str
    cancelled: str
    counts: bool
    facts: tuple[str, ...]
    sources: tuple[Source, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is at issue, and where each side stands by its own words."""

    code: str
    title: str
    positions: tuple[Spoken, ...]
    status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of another subject than the registers keep."""

    key: str
    subject: str
    rule: str
    by: tuple[str, ...]
    applies_to: tuple[str, ...]
    start: str
    until: str
    note: str
    confidence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person of the dossier, with the parts they had over time."""

    name: str
    side: str
    roles: tuple[str, ...]
    note: str


def span_of(written: str) -> tuple[date, date]:
    """Return the first and the last day of a partial date: "2016-06" is all of June."""
    parts = [int(part) for part in written.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 0
    if len(parts) > 2:
        day = date(*parts)
        return day, day
    first = date(year, month or 1, 1)
    # `date` ends with 9999: its last month has no next one.
    if year == date.max.year and month in {0, 12}:
        return first, date.max
    after = date(year + 1, 1, 1) if month in {0, 12} else date(year, month + 1, 1)
    return first, after - timedelta(days=1)
