"""The line of contact in full: carriers, heartbeats, queue, refusals, evidence."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import OuterRef, Subquery

from legation.desk.queries.band import NOTHING, beats, count_beats
from legation.line.core.health import LONGEST_WAIT, is_silent, is_used, noted_by
from legation.line.models import CarrierState, Entry, Evidence, Log, RefusalCount, Side
from legation.line.node import Node
from legation.line.queries.once import peer_row

QUEUE_SHOWN: Final = 20
WORTH_TELLING: Final = timedelta(minutes=5)
"""Clocks that differ by less are not told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierView:
    """One carrier. beats: the last day in half hours. error: code of its last failure.

    used: heartbeats are sent on it now.
    """

    name: str
    up: bool
    used: bool
    last_heard_at: datetime | None
    last_echoed_at: datetime | None
    beats: tuple[str, ...]
    counts: dict[str, int]
    error: str
    retry_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedView:
    """One entry of ours that the other side has not acknowledged."""

    index: int
    type: str
    on: str
    number: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView:
    """What was refused, how often, and when last."""

    code: str
    count: int
    last_at: datetime
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """Signed bytes that contradict what we hold."""

    kind: str
    side: str
    at: datetime
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """All of it. queue: own entries beyond what they hold; have_at: since when they hold that.

    ahead: by how much at least their clock is ahead of ours, less than nothing where it is behind;
    None while nothing shows that the clocks differ.
    """

    carriers: tuple[CarrierView, ...]
    queue: int
    queued: tuple[QueuedView, ...]
    have: int
    have_at: datetime | None
    missing: int
    refused: tuple[RefusalView, ...]
    evidence: tuple[EvidenceView, ...]
    heartbeat_s: float
    ahead: timedelta | None


def line(node: Node) -> LineView:
    """Return the line of contact of now."""
    peer = peer_row(node)
    logs = {log.side: log for log in Log.objects.using(node.alias).all()}
    own, mirror = logs.get(Side.OWN), logs.get(Side.PEER)
    heartbeat = peer.heartbeat_s if peer else 10.0
    have = own.have if own else 0
    queue = max(own.size - have, 0) if own else 0
    return LineView(
        carriers=_carriers(node, timedelta(seconds=heartbeat)),
        queue=queue,
        queued=_queued(node, have) if queue else (),
        have=have,
        have_at=own.have_at if own else None,
        missing=max(mirror.announced - mirror.size, 0) if mirror else 0,
        refused=tuple(
            RefusalView(
                code=row.code, count=row.count, last_at=row.last_at, carrier=row.last_carrier
            )
            for row in RefusalCount.objects.using(node.alias).order_by("-last_at")
        ),
        evidence=tuple(
            EvidenceView(
                kind=row.kind, side=row.side, at=row.at, first=row.first, second=row.second
            )
            for row in Evidence.objects.using(node.alias).order_by("-at")[:QUEUE_SHOWN]
        ),
        heartbeat_s=heartbeat,
        ahead=_ahead(node),
    )


def _ahead(node: Node) -> timedelta | None:
    """Return how far their clock is ahead of ours by the newest entry of each log.

    An entry is written after those of the other log that it had seen: where it says that it was
    written before the last of them, its author's clock is behind by that much at least.
    """
    rows = Entry.objects.using(node.alias)
    newest = rows.filter(side=OuterRef("side")).order_by("-index").values("index")[:1]
    last_seen = rows.exclude(side=OuterRef("side")).filter(index=OuterRef("seen_to") - 1)
    found = rows.filter(index=Subquery(newest), seen_to__gt=0)
    told = found.annotate(seen_at=Subquery(last_seen.values("at")[:1]))
    for side, at, seen_at in told.values_list("side", "at", "seen_at"):
        behind = _gap(at, seen_at)
        if behind >= WORTH_TELLING:
            return behind if side == Side.OWN else -behind
    return None


def _gap(at: str, seen_at: str | None) -> timedelta:
    """Return by how much an entry is dated before one that it had seen; nothing if it is not."""
    try:
        return datetime.fromisoformat(seen_at or "") - datetime.fromisoformat(at)
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)


def _carriers(node: Node, heartbeat: timedelta) -> tuple[CarrierView, ...]:
    now = node.clock()
    found = []
    told, latest = beats(node, now), now + LONGEST_WAIT
    for row in CarrierState.objects.using(node.alias).order_by("rank", "name"):
        beat_row = told.get(row.name, NOTHING)
        at = row.last_echoed_at
        found.append(
            CarrierView(
                name=row.name,
                up=not is_silent([at], at=now, heartbeat=heartbeat),
                used=is_used(row.sent_at, at=now, heartbeat=heartbeat),
                last_heard_at=noted_by(row.last_heard_at, now),
                last_echoed_at=noted_by(at, now),
                beats=beat_row,
                counts=count_beats(beat_row),
                error=row.error,
                retry_at=None if row.retry_at is None or row.retry_at > latest else row.retry_at,
            )
        )
    return tuple(found)


def _queued(node: Node, have: int) -> tuple[QueuedView, ...]:
    rows = Entry.objects.using(node.alias).filter(side=Side.OWN, index__gte=have)
    return tuple(
        QueuedView(index=row.index, type=row.type, on=row.on, number=row.number, at=row.at)
        for row in rows.order_by("index").only("index", "type", "on", "number", "at")[:QUEUE_SHOWN]
    )
