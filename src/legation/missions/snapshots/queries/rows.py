"""Rows of the record, of the book and of what we know, as a judgement reads them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol, TypeVar, cast

from django.db.models import Model, Q, QuerySet

from legation.acts.catalogue import Catalogue
from legation.acts.codec import from_body
from legation.acts.kinds.contest import Contest
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.kinds.regime import Regime
from legation.acts.statements import Register
from legation.line.models import BookThing, StandingThing
from legation.line.node import Node
from legation.line.queries.standing import Current
from legation.line.queries.stored import UNREADABLE, damaged
from legation.missions.declared import REGIMES
from legation.missions.models import ChronicleEntry, OwnStatement
from legation.missions.readiness.facts import Ground, Request, Rule, Said, Subject
from legation.missions.snapshots import reading

M = TypeVar("M", bound=Model)
BATCH: Final = 500
STREAM: Final = 2_000
THRESHOLD: Final = "threshold"


@dataclass(slots=True)
class Known:
    """What one layer says: the record, or the book over it.

    contests: thing -> id of the contest -> field and view. rest: other things as stored.
    """

    subjects: dict[str, Subject] = field(default_factory=dict)
    contests: dict[str, dict[str, tuple[str, Said]]] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    rest: dict[str, reading.Body] = field(default_factory=dict)
    of_contest: dict[str, str] = field(default_factory=dict)

    def forget(self, name: str) -> None:
        """Drop what is known of a thing."""
        for each in (self.subjects, self.requests, self.rules, self.rest):
            each.pop(name, None)
        about = self.of_contest.pop(name, None)
        if about is not None:
            del self.contests[about][name]

    def take(self, readable: Catalogue, body: reading.Body, *, under: "Known | None") -> None:
        """Read a thing. under: the record, for a thing of the book. Raises "damaged-row"."""
        name: str = body["id"]
        try:
            self._take(readable, name, body, under)
        except UNREADABLE as fault:
            raise damaged(name) from fault

    def _take(
        self, readable: Catalogue, name: str, body: reading.Body, under: "Known | None"
    ) -> None:
        cls = readable.things.get(name.partition("/")[0])
        if cls is None:
            return
        if issubclass(cls, Register):
            found = reading.subject(cls, body)
            if found is not None:
                self.subjects[name] = found
        elif issubclass(cls, NoticeState):
            held = None if under is None else under.requests.get(name)
            self.requests[name] = reading.request(readable, body, held=held)
        elif issubclass(cls, Regime):
            self.rules[name] = reading.rules(body)
        elif issubclass(cls, Contest):
            about, of, said = reading.contest(body)
            self.contests.setdefault(about, {})[name] = (of, said)
            self.of_contest[name] = about
        elif name.startswith(f"{THRESHOLD}/"):
            self.rest[name] = body


def register(readable: Catalogue, thing: str) -> type[Register] | None:
    """Return the register of an id, None for another thing's."""
    cls = readable.things.get(thing.partition("/")[0])
    return cls if cls is not None and issubclass(cls, Register) else None


def prefixes(readable: Catalogue) -> tuple[str, ...]:
    """Return the registers that a judgement reads, by what they are."""
    wanted = (Register, NoticeState, Regime, Contest)
    things = readable.things.items()
    return tuple(name for name, cls in things if issubclass(cls, wanted) or name == THRESHOLD)


def of_record(node: Node, names: Iterable[str] | None) -> Iterator[reading.Body]:
    """Yield things of the record as stored: those of these ids, None for all."""
    for rows in _chosen(node, StandingThing.objects.using(node.alias), names):
        for name, settled, tail in rows.values_list("id", "settled", "tail").iterator(STREAM):
            data = Current.choose(settled, tail)
            if data is not None:
                yield _body(name, data)


def of_book(node: Node, names: Iterable[str] | None) -> Iterator[reading.Body]:
    """Yield things as the book leaves them: those of these ids, None for all."""
    for rows in _chosen(node, BookThing.objects.using(node.alias), names):
        for name, data in rows.values_list("id", "body").iterator(STREAM):
            yield _body(name, data)


def _body(name: str, data: bytes | memoryview) -> reading.Body:
    try:
        found: reading.Body = json.loads(bytes(data))
    except ValueError as fault:
        raise damaged(name) from fault
    if not isinstance(found, dict) or found.get("id") != name:
        raise damaged(name)
    return found


def _chosen(node: Node, rows: QuerySet[M], names: Iterable[str] | None) -> Iterator[QuerySet[M]]:
    if names is None:
        wanted = Q()
        for prefix in prefixes(node.catalogue):
            # Ranges, not LIKE: the key's own index serves each.
            wanted |= Q(id__gte=f"{prefix}/", id__lt=f"{prefix}0")
        yield rows.filter(wanted)
        return
    ids = list(names)
    for at in range(0, len(ids), BATCH):
        yield rows.filter(id__in=ids[at : at + BATCH])


@dataclass(frozen=True, slots=True)
class Own:
    """What we know of a thing and have not stated, as entered."""

    sending: str
    receiving: str
    fields: dict[str, tuple[Said, ...]]


def own(
    node: Node, names: Iterable[str] | None = None, *, then: datetime | None = None
) -> dict[str, Own]:
    """Return what we know and have not stated, by thing: of these, None for all.

    then: as it was known at that instant, None for now.
    """
    rows = OwnStatement.objects.using(node.alias)
    if names is not None:
        rows = rows.filter(thing__in=list(names))
    if then is None:
        rows = rows.filter(struck_at=None)
    else:
        rows = rows.filter(Q(struck_at=None) | Q(struck_at__gte=then), entered_at__lt=then)
    columns = ("id", "thing", "sending", "receiving", "field", "statement", "ref")
    made: dict[str, tuple[str, str, dict[str, list[Said]]]] = {}
    for n, thing, sending, receiving, of, statement, ref in (
        rows.order_by("id").values_list(*columns).iterator(STREAM)
    ):
        cls = register(node.catalogue, thing)
        if cls is None:
            continue
        *_, fields = made.setdefault(thing, (sending, receiving, {}))
        author = reading.authors(cls, sending, receiving).get(of)
        if author is not None:
            on = Ground(kind="fact" if ref else "own", party=author, ref=ref or thing)
            fields.setdefault(of, []).append(reading.said_of(statement, author, on, n))
    return {
        thing: Own(sending, receiving, {name: tuple(each) for name, each in fields.items()})
        for thing, (sending, receiving, fields) in made.items()
    }


def told_rules(node: Node, *, then: datetime | None = None) -> tuple[Rule, ...]:
    """Return the declarations that our chronicle tells of, the other side's among them.

    then: as it told them at that instant, None for now.
    """
    rows = ChronicleEntry.objects.using(node.alias).filter(section=REGIMES).order_by("id")
    if then is not None:
        rows = rows.filter(loaded_at__lt=then)
    return tuple(
        reading.rule_of(
            content["id"],
            content["by"],
            content["applies_to"],
            content,
            Ground(kind="own", party=content["by"], ref=content["id"]),
        )
        for content in rows.values_list("content", flat=True)
    )


class _Agreed(Protocol):
    """A number that both parties may accept."""

    def in_force(self, parties: tuple[str, ...]) -> int | None:
        """Return the number that both accept by their newest words, or None."""


def thresholds(
    readable: Catalogue, bodies: Iterable[reading.Body], parties: tuple[str, str]
) -> dict[str, int]:
    """Return the numbers that both parties agreed on, by name."""
    found: dict[str, int] = {}
    for body in bodies:
        thing = cast("_Agreed", from_body(readable.things[THRESHOLD], body, body["id"]))
        agreed = thing.in_force(parties)
        if agreed is not None:
            found[body["id"].partition("/")[2]] = agreed
    return found
