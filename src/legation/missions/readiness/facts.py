"""What the judge reads: the registers of one pair of states, its notices and its rules.

Everything is as of no day: a statement carries its days, and whoever reads asks for one. What the
record holds and what only we know stand side by side, each with its ground; a shared board is
made of `Facts.shared()`, which leaves out all that is ours.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

from legation.acts.notices import Spending
from legation.acts.values import Day
from legation.missions.readiness.index import Index
from legation.missions.readiness.measured import Group, measured, renewed
from legation.record.canon import Json

GroundKind: TypeAlias = Literal["act", "notice", "paper", "fact", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What something rests on.

    kind: "act", an entry of a log (ref "US:123"); "notice", a notice (ref its id); "paper", what
    was said on paper and is in no log (ref the thing's id); "fact", a fact of our chronicle (ref
    its key); "own", what we know and have not stated (ref the thing's id).
    party: whose log, or whose statement it would be.
    """

    kind: GroundKind
    party: str
    ref: str

    @property
    def ours(self) -> bool:
        """Whether it is ours alone and never crosses."""
        return self.kind in ("paper", "fact", "own")

    @property
    def stated(self) -> bool:
        """Whether a party said so, to the record or on paper; not what only we know."""
        return self.kind not in ("fact", "own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement of one field, with the days it holds for and what it rests on.

    by: whose measure brought it about. party: whose statement it is. index: its place among the
    statements of that party, later ones higher.
    """

    value: Json
    from_: Day | None = None
    until: Day | None = None
    by: str | None = None
    basis: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()
    party: str
    index: int = 0
    ground: Ground

    def holds_on(self, day: date) -> bool:
        """Tell whether it covers a day, as far as its dates are known."""
        begun = self.from_ is None or self.from_.first <= day
        return begun and (self.until is None or day <= self.until.last)

    @property
    def since(self) -> date:
        """The day from which it holds; the first of all days where that is not known."""
        return date.min if self.from_ is None else self.from_.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What holds of a field on a day.

    author: the party that may state it. said: nothing where it is silent; one statement; or
    several that contradict each other. contested: views of the other side that stand beside it.
    """

    author: str
    said: tuple[Said, ...] = ()
    contested: tuple[Said, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether nobody who may say so, nor we for ourselves, said anything."""
        return not self.said

    @property
    def disputed(self) -> bool:
        """Whether what is said contradicts itself: both stand, and none is chosen."""
        return len(self.said) > 1 and len({repr(each.value) for each in self.said}) > 1

    @property
    def value(self) -> Json:
        """The value, or None where it is silent or disputed."""
        return self.said[0].value if self.said and not self.disputed else None

    @property
    def ours(self) -> bool:
        """Whether it rests on what only we know."""
        return any(each.ground.ours for each in self.said)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What it rests on, contests after statements."""
        return tuple(each.ground for each in (*self.said, *self.contested))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing of a register: a post, premises, a slot, a channel ….

    authors: field -> party that may state it, for every field of the register. said: statements
    by the fields' authors, and what we know of them. contested: the other side's views.
    """

    id: str
    sending: str
    receiving: str
    authors: Mapping[str, str]
    said: Mapping[str, tuple[Said, ...]]
    contested: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """Which register it is of: "post", "premises", "channel" …."""
        return self.id.partition("/")[0]

    def now(self, name: str, on: date) -> Told:
        """Return what holds of a field on a day.

        What its author stated, in the record or on paper, goes before what we know; of several
        statements the one that begins last counts, then the later stated. Several that we know
        of, begin on one day and differ all stand.
        """
        fit = [each for each in self.said.get(name, ()) if each.holds_on(on)]
        stated = [each for each in fit if each.ground.stated]
        if stated:
            fit = [max(stated, key=lambda each: (each.since, each.index))]
        last = max((each.since for each in fit), default=None)
        newest = [each for each in fit if each.since == last]
        views = [each for each in self.contested.get(name, ()) if each.holds_on(on)]
        return self.telling(name, newest, views)

    def telling(self, name: str, newest: Iterable[Said], views: Iterable[Said]) -> Told:
        """Return what these statements of a field tell: one of each value."""
        same = {repr(each.value): each for each in newest}
        return Told(
            author=self.authors.get(name, ""), said=tuple(same.values()), contested=tuple(views)
        )

    def value(self, name: str, on: date) -> Json:
        """Return a field's value on a day, None where it is silent or disputed."""
        return self.now(name, on).value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A regime as declared: what `by` applies to the staff of `applies_to`."""

    id: str
    by: str
    applies_to: str
    subject: str
    mode: Literal["notification", "permission", "closed", "free"]
    radius_miles: int | None = None
    hours: int | None = None
    quota: tuple[int, str] | None = None
    rule: str | None = None
    basis: str | None = None
    from_: Day | None = None
    until: Day | None = None
    sources: tuple[str, ...] = ()
    ground: Ground

    def holds_on(self, day: date) -> bool:
        """Tell whether it applies on a day, as far as its dates are known."""
        begun = self.from_ is None or self.from_.first <= day
        return begun and (self.until is None or day <= self.until.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a notice. answer: its code and title as given last by `on`; None before any."""

    line: int
    answer: str | None = None
    title: str = ""
    grants: bool = False
    final: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A notice, as far as a judgement needs it.

    essential: the one that it bears on, as its kind declares, or "". title: of its kind. post:
    the sender's. released: the day from which it waits. ended: the day of its withdrawal or
    closing. ours: it is on paper here, and not in the record. measure: row of the ledger that it
    counts in, as its kind declares, or "". withdrawn: it ended because its sender took it back.
    held: as the record has it, where only what was added since is on paper. spends: what it
    takes of a regime's quota.
    """

    id: str
    kind: str
    title: str
    essential: str
    by: str
    post: str
    number: str = ""
    about: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    released: date
    due: date | None = None
    ended: date | None = None
    pair: str | None = None
    lines: tuple[Line, ...] = ()
    ours: bool = False
    measure: str = ""
    withdrawn: bool = False
    held: "Request | None" = None
    spends: Spending | None = None

    @property
    def shared(self) -> "Request | None":
        """What both sides hold of it, None where nothing of it is in the record."""
        return self.held if self.ours else self

    def waiting(self, on: date) -> int:
        """Return how many lines had no final answer on a day; 0 while it is not out."""
        if self.released > on or (self.ended is not None and self.ended <= on):
            return 0
        return sum(
            not (line.final and line.on is not None and line.on <= on) for line in self.lines
        )

    def refused(self, on: date) -> bool:
        """Tell whether every line had been answered by a day, and none granted what it asked."""
        return bool(self.lines) and all(
            line.final and not line.grants and line.on is not None and line.on <= on
            for line in self.lines
        )

    def days(self, on: date) -> int:
        """Return for how many days it has been out on a day."""
        return max((on - self.released).days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A number that is told of a measure as a whole, where no list of single things is.

    by: who took it. to: who bears it. counted: what is counted, in the words of who tells it.
    """

    measure: str
    by: str
    to: str
    number: int
    counted: str
    on: Day
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSize:
    """How far a log was read: its party, entries and root hash (64 hex digits)."""

    party: str
    size: int
    root: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a board is judged from.

    parties: both codes, sorted. logs: how far both logs were read; empty where there is no record.
    subjects: id -> thing, of every register. thresholds: name -> number, as both sides agreed.
    """

    parties: tuple[str, str]
    logs: tuple[LogSize, ...] = ()
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    requests: tuple[Request, ...] = ()
    thresholds: Mapping[str, int] = field(default_factory=dict)
    tallies: tuple[Tally, ...] = ()

    def of(self, prefix: str) -> tuple[Subject, ...]:
        """Return the things of one register, by id."""
        return self._by_prefix.get(prefix, ())

    @cached_property
    def index(self) -> Index:
        """The same facts by post and by day, arranged once."""
        return Index(self)

    @cached_property
    def measured(self) -> Group:
        """Its notices by the measure that they count in, arranged once."""
        return measured(self.requests)

    @cached_property
    def _by_prefix(self) -> Mapping[str, tuple[Subject, ...]]:
        found: dict[str, list[Subject]] = {}
        for name in sorted(self.subjects):
            found.setdefault(name.partition("/")[0], []).append(self.subjects[name])
        return {prefix: tuple(several) for prefix, several in found.items()}

    def take_over(self, earlier: "Facts", changed: Collection[str]) -> None:
        """Take over what earlier facts were arranged into, as far as nothing of it changed.

        changed: ids of the things and notices that may differ. Nothing that is said depends on
        it: only what would be worked out again is not.
        """
        had = vars(earlier)
        gone, come = [], []
        if earlier.requests is not self.requests:
            gone = [each for each in earlier.requests if each.id in changed]
            come = [each for each in self.requests if each.id in changed]
        if "_by_prefix" in had:
            vars(self)["_by_prefix"] = self._sorted_over(had["_by_prefix"], changed)
        if "index" in had:
            self.index.take_over(earlier.index, changed, gone, come)
        if "measured" in had:
            vars(self)["measured"] = renewed(had["measured"], gone, come)

    def _sorted_over(
        self, earlier: Mapping[str, tuple[Subject, ...]], changed: Collection[str]
    ) -> Mapping[str, tuple[Subject, ...]]:
        found = dict(earlier)
        for prefix in {name.partition("/")[0] for name in changed}:
            names = {each.id for each in found.pop(prefix, ())}
            names |= {name for name in changed if name.startswith(f"{prefix}/")}
            now = [self.subjects[name] for name in sorted(names) if name in self.subjects]
            if now:
                found[prefix] = tuple(now)
        return found

    def other(self, party: str) -> str:
        """Return the other party's code."""
        return self.parties[1] if party == self.parties[0] else self.parties[0]

    def shared(self) -> "Facts":
        """Return what both sides hold: nothing that is ours alone is left in it."""
        subjects = {name: kept for name, one in self.subjects.items() if (kept := _shared(one))}
        return replace(
            self,
            subjects=subjects,
            rules=tuple(rule for rule in self.rules if not rule.ground.ours),
            requests=tuple(held for one in self.requests if (held := one.shared)),
            tallies=tuple(one for one in self.tallies if not one.ground.ours),
        )


def _shared(subject: Subject) -> Subject | None:
    said, contested = _stated(subject.said), _stated(subject.contested)
    return replace(subject, said=said, contested=contested) if said or contested else None


def _stated(fields: Mapping[str, Iterable[Said]]) -> dict[str, tuple[Said, ...]]:
    kept = {
        name: tuple(each for each in several if not each.ground.ours)
        for name, several in fields.items()
    }
    return {name: several for name, several in kept.items() if several}
