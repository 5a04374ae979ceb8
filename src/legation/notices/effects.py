"""Project notices of the folded state onto the rows that lists read; receipts beside them.

A receipt is no thing: it is read from the heads of the receiver's log, and comes by itself
(`received`). So a row is what its thing says, and when the other log first had seen it; what was
handed over on paper counts as received from then on, until the other log says when.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, cast

from django.db import connections
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Greatest

from legation.acts.catalogue import catalogue
from legation.acts.clocks import Calendars
from legation.acts.kinds.calendar import Calendar
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.places import is_paper
from legation.acts.receipts import Step
from legation.acts.state import Thing
from legation.line.models import Entry, Log
from legation.line.node import Node
from legation.line.queries.book import counterpart, delivered, delivered_ids
from legation.line.services import files
from legation.line.services.effects import Change, Row
from legation.notices import due
from legation.notices.models import Notice, NoticeLink, State
from legation.record.canon import Json

BATCH: Final = 400
TABLE: Final = "notices_notice"
COLUMNS: Final = tuple(field.name for field in Notice._meta.get_fields() if field.concrete)  # noqa: SLF001 - Django's own way to name columns


def instant(text: str) -> datetime:
    """Return the aware instant of an act's `at`; the year 1 where a head could not be read."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime(1, 1, 1, tzinfo=UTC)


Stored = str | int | bool | datetime | dict[str, int] | None
Values = dict[str, Stored]
"""Column -> value of one notice's row."""


def values_of(
    thing: NoticeState, received_at: datetime | None, other: str, calendars: Calendars
) -> Values:
    """Return a notice's row. other: the party that it is addressed to."""
    ended = {"withdrawn": State.WITHDRAWN, "closed": State.CLOSED, "answered": State.ANSWERED}
    arrived = State.RELEASED if received_at is None else State.RECEIVED
    said: dict[str, int] = {}
    for line in thing.lines:
        if line.current is not None:
            said[line.current.answer] = said.get(line.current.answer, 0) + 1
    move = other if thing.waits and catalogue().notice(thing.kind, thing.version).answers else ""
    at = instant(thing.at)
    start = due.begins(at, received_at)
    clock = due.clock_of(thing) if move else None
    asked_by = thing.asked_by if move else None
    return {
        "id": thing.id,
        "by": thing.by.text,
        "addressee": other,
        "kind": thing.kind,
        "version": thing.version,
        "post": thing.post.text,
        "to": "" if thing.to is None else thing.to.text,
        "number": thing.number,
        "reference": thing.reference or "",
        "title": thing.title,
        "index": thing.index,
        "at": at,
        "received_at": received_at,
        "state": str(ended.get(thing.standing, arrived)),
        "lines": len(thing.lines),
        "open_lines": sum(line.final is None for line in thing.lines),
        "said": said,
        "asked_by": "" if thing.asked_by is None else thing.asked_by.text,
        "move": move,
        "waits_from": (start or at) if move else None,
        "clock": due.written(clock),
        "due_at": due.due_at(clock, asked_by, start, calendars),
        "due_binding": clock is not None and thing.clock is not None,
        "ours_only": is_paper(thing.index),
    }


def links_of(thing: NoticeState) -> list[NoticeLink]:
    """Return what a notice names."""
    named = {"about": thing.about, "refers": tuple(each.text for each in thing.refers)}
    return [
        NoticeLink(notice_id=thing.id, role=role, target=target, place=place)
        for role, targets in named.items()
        for place, target in enumerate(targets)
    ]


class Receipts:
    """When each side had received which entries of the other's log, read as it is needed."""

    def __init__(self, node: Node) -> None:
        self._alias = node.alias
        self._logs = {log.party: log for log in Log.objects.using(node.alias).all()}
        other = None if self._logs else counterpart(node)
        self._parties = (*self._logs, *((node.party, other[0]) if other else ()))
        self._steps: dict[tuple[str, int], tuple[Step, ...]] = {}

    def other(self, party: str) -> str:
        """Return the party opposite: of the record, or as it is named for paper; "" for none."""
        return next((each for each in self._parties if each != party), "")

    def first(self, party: str, index: int, *, least: int) -> datetime | None:
        """Return when entry `index` of a party's log was received by the other, or None.

        least: no entry before this one is asked about; it bounds what is read.
        """
        log = self._logs.get(self.other(party))
        if log is None or log.seen_to <= index:
            return None
        steps = self._steps_of(log, least)
        place = bisect_right(steps, index, key=lambda step: step.upto)
        return instant(steps[place].at) if place < len(steps) else None

    def _steps_of(self, log: Log, least: int) -> tuple[Step, ...]:
        if (log.side, least) not in self._steps:
            rows = Entry.objects.using(self._alias).filter(side=log.side, seen_to__gt=least)
            steps: list[Step] = []
            for index, upto, at in rows.order_by("index").values_list("index", "seen_to", "at"):
                if not steps or upto > steps[-1].upto:
                    steps.append(Step(log.party, index, upto, at))
            self._steps[log.side, least] = tuple(steps)
        return self._steps[log.side, least]


def project(node: Node, changes: Sequence[Change]) -> None:
    """Write what changed: a few statements, however many the changes."""
    mine = [change for change in changes if change.id.startswith("notice/")]
    if mine:
        _project(node, mine)
    if any(change.id.startswith(f"{Calendar.prefix}/") for change in changes):
        recount(node)


def _project(node: Node, mine: Sequence[Change]) -> None:
    gone = [change.id for change in mine if change.after is None]
    if gone:
        Notice.objects.using(node.alias).filter(id__in=gone).delete()
    after = [change.after for change in mine if isinstance(change.after, NoticeState)]
    _write(node, after, new={change.id for change in mine if change.before is None})
    for change in mine:
        _erase(node, change)


def _erase(node: Node, change: Change) -> None:
    """Destroy what our side has just said that it destroyed: the bytes go with the word."""
    before = change.before.erased if isinstance(change.before, NoticeState) else ()
    after = change.after.erased if isinstance(change.after, NoticeState) else ()
    for each in after:
        if each.by == node.party and each not in before:
            files.erase_in(node, each.root.text, at=instant(each.at))


def _write(node: Node, things: Sequence[NoticeState], new: set[str]) -> None:
    """Upsert rows. new: ids whose row is not there yet; receipts of the others are kept."""
    if not things:
        return
    receipts, calendars = Receipts(node), due.by_paper(node)
    by_hand = delivered(node, [thing.id for thing in things])
    known = [thing.id for thing in things if thing.id not in new and thing.id not in by_hand]
    held = dict(
        Notice.objects.using(node.alias).filter(id__in=known).values_list("id", "received_at")
    )
    least = min((thing.index for thing in things if thing.id not in held), default=0)
    rows = [
        values_of(
            thing,
            held[thing.id]
            if thing.id in held
            else receipts.first(thing.by, thing.index, least=least) or by_hand.get(thing.id),
            receipts.other(thing.by),
            calendars[is_paper(thing.index)],
        )
        for thing in things
    ]
    _upsert(node.alias, rows)
    fresh = [thing for thing in things if thing.id not in held]
    if fresh:
        links = [link for thing in fresh for link in links_of(thing)]
        NoticeLink.objects.using(node.alias).bulk_create(links, BATCH, ignore_conflicts=True)


_NAMES: Final = ", ".join(f'"{name}"' for name in COLUMNS)
_PLACES: Final = ", ".join(["%s"] * len(COLUMNS))
_CHANGES: Final = ", ".join(f'"{name}" = excluded."{name}"' for name in COLUMNS if name != "id")
_UPSERT: Final = (  # names of our own columns, nothing from outside
    f'INSERT INTO "{TABLE}" ({_NAMES}) VALUES ({_PLACES})'  # noqa: S608
    f' ON CONFLICT ("id") DO UPDATE SET {_CHANGES}'
)


def _upsert(alias: str, rows: Iterable[Values]) -> None:
    """Write rows over those of the same id.

    In SQL of our own: a bundle of 64 acts is projected while the peer waits for its answer, and
    the layers of `bulk_create` took four fifths of that time.
    """
    adapt = connections[alias].ops.adapt_datetimefield_value
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            _UPSERT, [[_stored(row[name], adapt) for name in COLUMNS] for row in rows]
        )


def _stored(value: Stored, adapt: Callable[[datetime | None], str | None]) -> str | int | None:
    if isinstance(value, datetime):
        return adapt(value)
    return json.dumps(value) if isinstance(value, dict) else value


def received(node: Node, *, party: str, first: int, until: int, at: str) -> None:
    """Mark a party's notices at the places [first, until) of its log as received."""
    when = instant(at)
    rows = Notice.objects.using(node.alias).filter(
        Q(received_at__isnull=True) | Q(id__in=delivered_ids(node)),
        by=party,
        index__gte=first,
        index__lt=until,
    )
    rows.update(
        received_at=when,
        state=Case(When(state=State.RELEASED, then=Value(State.RECEIVED)), default=F("state")),
        waits_from=Case(
            When(~Q(move=""), then=Greatest(Value(when), F("at"))), default=F("waits_from")
        ),
    )
    running = Notice.objects.using(node.alias).filter(
        by=party, index__gte=first, index__lt=until, received_at=when
    )
    running = running.exclude(clock="")
    calendars = due.calendars_of(node, paper=False)
    early = running.filter(at__gt=when)
    for text in set(running.order_by().values_list("clock", flat=True)):
        until_when = due.due_at(due.read(text), None, when, calendars)
        running.filter(clock=text).update(due_at=until_when)
    for row in early:  # by a clock behind ours: each from its own release
        row.due_at = due.due_at(due.read(row.clock), None, row.at, calendars)
        row.save(using=node.alias, update_fields=["due_at"])


def recount(node: Node) -> None:
    """Count anew what is due by working days: a calendar was declared."""
    calendars = due.by_paper(node)
    found = Notice.objects.using(node.alias).filter(clock__endswith=due.WORKING_DAYS)
    found = found.filter(received_at__isnull=False)
    moved = []
    for row in found.only("id", "clock", "at", "received_at", "due_at", "ours_only"):
        start = due.begins(row.at, row.received_at)
        now = due.due_at(due.read(row.clock), None, start, calendars[row.ours_only])
        if now != row.due_at:
            row.due_at = now
            moved.append(row)
    Notice.objects.using(node.alias).bulk_update(moved, ["due_at"], BATCH)


def counts(node: Node) -> dict[str, int]:
    """Return how many notices stand where; a state that none is in is left out."""
    found = Notice.objects.using(node.alias).order_by().values_list("state")
    return dict(found.annotate(count=Count("id")))


def clear(node: Node) -> None:
    """Drop every row."""
    NoticeLink.objects.using(node.alias).all().delete()
    Notice.objects.using(node.alias).all().delete()


def rows(node: Node) -> Iterator[Row]:
    """Yield every projected row."""
    for row in Notice.objects.using(node.alias).order_by("id").values(*COLUMNS).iterator(BATCH):
        yield _told(dict(row))
    for link in NoticeLink.objects.using(node.alias).order_by("notice", "role").iterator(BATCH):
        yield _link_told(link)


def expected(node: Node, things: Mapping[str, Thing] | Iterable[Thing]) -> Iterator[Row]:
    """Yield what the rows must be for these things and the logs held here."""
    receipts, calendars = Receipts(node), due.by_paper(node)
    listed = list(things.values() if isinstance(things, Mapping) else things)
    by_hand = delivered(node, [thing.id for thing in listed])
    for thing in listed:
        if isinstance(thing, NoticeState):
            at = receipts.first(thing.by, thing.index, least=0) or by_hand.get(thing.id)
            days = calendars[is_paper(thing.index)]
            yield _told(values_of(thing, at, receipts.other(thing.by), days))
            yield from map(_link_told, links_of(thing))


def _told(row: Values) -> Row:
    values: dict[str, Json] = {}
    for name in COLUMNS:
        value = row[name]
        values[name] = value.isoformat() if isinstance(value, datetime) else cast("Json", value)
    return TABLE, str(row["id"]), values


def _link_told(row: NoticeLink) -> Row:
    return (
        "notices_noticelink",
        f"{row.notice_id} {row.role} {row.place}",
        {"target": row.target},
    )
