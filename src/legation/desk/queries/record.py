"""The shared record as an officer reads it: both logs, their entries, what is provisional."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db.models import Q

from legation.errors import N_, Refusal
from legation.line.models import Entry, Log, OldCheckpoint, Side
from legation.line.node import Node
from legation.line.queries.once import peer_row
from legation.line.queries.stored import opening_of
from legation.line.services.rows import parties_of
from legation.notices.models import Notice
from legation.officers.sight import EVERYTHING, Sight, notice_filter
from legation.ui.codes import code_of

PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """One side's log. root: hex. checkpoint, cosigned: signed notes as text, "" for none.

    fingerprint: of the party's root key, hex: what an outsider gives `verify.py`.
    cosigned_size, cosigned_at: the newest checkpoint that the other party countersigned.
    """

    side: str
    party: str
    fingerprint: str
    size: int
    root: str
    checkpoint: str
    cosigned: str
    cosigned_size: int
    cosigned_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountersignedView:
    """One checkpoint that both signed."""

    side: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """Both logs. provisional: entries whose place in the common order may still change."""

    record: str
    logs: tuple[LogView, ...]
    provisional: int
    countersigned: tuple[CountersignedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry in a list. void: why it is without effect, "" if it counts."""

    side: str
    index: int
    type: str
    on: str
    number: str
    at: datetime | None
    void: str
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry with all that it says. head, body, sigs: JSON as text, indented.

    leaf: its hash, 64 hex. code: 12 characters that look it up. re: hash of what it answers.
    seen: how many entries of the other log its author's node had seen.
    """

    line: EntryLine
    party: str
    leaf: str
    code: str
    re: str
    seen: int
    head: str
    body: str
    signatures: str
    received_at: datetime | None
    held_since: datetime | None


def record(node: Node) -> RecordView | None:
    """Return both logs and what was countersigned last; None while there is no record."""
    peer = peer_row(node)
    logs = sorted(Log.objects.using(node.alias).all(), key=lambda log: log.side)
    if peer is None or not logs:
        return None
    tail = Entry.objects.using(node.alias).filter(level__gt=peer.settled_level).count()
    unplaced = sum(log.size - log.usable for log in logs)
    parties = parties_of(bytes(peer.own_introduction), bytes(peer.introduction))
    old = OldCheckpoint.objects.using(node.alias).order_by("-at", "-id")[:10]
    return RecordView(
        record=peer.record,
        logs=tuple(_log(log, parties.own(log.party).fp) for log in logs),
        provisional=tail + unplaced,
        countersigned=tuple(
            CountersignedView(side=row.side, size=row.size, at=row.at) for row in old
        ),
    )


def _log(log: Log, fingerprint: str) -> LogView:
    return LogView(
        side=log.side,
        party=log.party,
        fingerprint=fingerprint,
        size=log.size,
        root=bytes(log.root).hex(),
        checkpoint=log.checkpoint,
        cosigned=log.cosigned,
        cosigned_size=log.cosigned_size,
        cosigned_at=log.cosigned_at,
        state=log.state,
    )


def in_sight(node: Node, sight: Sight) -> Q:
    """Return the entries in sight: those about a notice only where the notice is."""
    if sight.everything and sight.content:
        return Q()
    seen = Notice.objects.using(node.alias).filter(notice_filter(sight)).values("id")
    return ~Q(on__startswith="notice/") | Q(on__in=seen)


def entries(
    node: Node, side: str, *, before: int | None = None, sight: Sight = EVERYTHING
) -> tuple[EntryLine, ...]:
    """Return up to 50 entries of one log in sight, newest first, beginning below `before`."""
    rows = Entry.objects.using(node.alias).filter(in_sight(node, sight), side=side)
    if before is not None:
        rows = rows.filter(index__lt=before)
    settled = _settled(node)
    fields = ("side", "index", "type", "on", "number", "at", "void", "level")
    return tuple(_line(row, settled) for row in rows.order_by("-index").only(*fields)[:PAGE])


def entry(node: Node, side: str, index: int, *, sight: Sight = EVERYTHING) -> EntryView:
    """Return one entry. Raises Refusal "unknown-entry", for one out of sight too."""
    rows = Entry.objects.using(node.alias).filter(in_sight(node, sight), side=side, index=index)
    row = rows.first()
    if row is None:
        raise Refusal(
            "unknown-entry",
            thing=N_("Entry {n}"),
            rule=N_("this node holds no such entry of that log."),
            remedy=N_("Choose one from the list; it may not have arrived yet."),
            n=index + 1,
        )
    opening = opening_of(row)
    leaf = bytes(row.leaf)
    return EntryView(
        line=_line(row, _settled(node)),
        party=_party(node, side),
        leaf=leaf.hex(),
        code=code_of(leaf),
        re=opening.re.hex(),
        seen=row.seen,
        head=_indented(opening.head),
        body=_indented(opening.body),
        signatures=_indented(opening.sigs) if opening.sigs else "",
        received_at=row.received_at,
        held_since=_held_since(node, side, index),
    )


def _held_since(node: Node, side: str, index: int) -> datetime | None:
    """Return when the other side first wrote that it holds this entry: its receipt."""
    other = Side.PEER if side == Side.OWN else Side.OWN
    first = (
        Entry.objects.using(node.alias)
        .filter(side=other, seen_to__gt=index)
        .order_by("seen_to", "index")
        .only("at")
        .first()
    )
    return None if first is None else _instant(first.at)


def _settled(node: Node) -> int:
    peer = peer_row(node)
    return 0 if peer is None else peer.settled_level


def _party(node: Node, side: str) -> str:
    log = Log.objects.using(node.alias).filter(side=side).only("party").first()
    return "" if log is None else log.party


def _line(row: Entry, settled: int) -> EntryLine:
    return EntryLine(
        side=row.side,
        index=row.index,
        type=row.type,
        on=row.on,
        number=row.number,
        at=_instant(row.at),
        void=row.void,
        provisional=row.level is None or row.level > settled,
    )


def _instant(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _indented(data: bytes) -> str:
    """Show JSON for a reader; bytes that are none as they are (a fault the fold has named)."""
    try:
        value: object = json.loads(data)
    except ValueError:
        return data.decode("utf-8", errors="backslashreplace")
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)


def log_of(view: RecordView, side: str) -> LogView:
    """Return one of the two logs of a record."""
    return next(log for log in view.logs if log.side == side)


def newest(rows: Sequence[CountersignedView]) -> CountersignedView | None:
    """Return the newest of the countersigned checkpoints."""
    return rows[0] if rows else None
