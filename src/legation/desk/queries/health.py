"""The line of contact in full: carriers, heartbeats, queue, refusals, evidence."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from legation.desk.queries.band import beats, count_beats
from legation.line.core.health import MISSES
from legation.line.models import CarrierState, Entry, Evidence, Log, Peer, RefusalCount, Side
from legation.line.node import Node

QUEUE_SHOWN: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierView:
    """One carrier. beats: the last day in half hours. error: code of its last failure."""

    name: str
    up: bool
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
    """All of it. queue: own entries beyond what they hold; have_at: since when they hold that."""

    carriers: tuple[CarrierView, ...]
    queue: int
    queued: tuple[QueuedView, ...]
    have: int
    have_at: datetime | None
    missing: int
    refused: tuple[RefusalView, ...]
    evidence: tuple[EvidenceView, ...]
    heartbeat_s: float


def line(node: Node) -> LineView:
    """Return the line of contact of now."""
    peer = Peer.objects.using(node.alias).first()
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
    )


def _carriers(node: Node, heartbeat: timedelta) -> tuple[CarrierView, ...]:
    now = node.clock()
    found = []
    for row in CarrierState.objects.using(node.alias).order_by("rank", "name"):
        beat_row = beats(node, now, row.name)
        at = row.last_echoed_at
        found.append(
            CarrierView(
                name=row.name,
                up=at is not None and now - at <= MISSES * heartbeat,
                last_heard_at=row.last_heard_at,
                last_echoed_at=at,
                beats=beat_row,
                counts=count_beats(beat_row),
                error=row.error,
                retry_at=row.retry_at,
            )
        )
    return tuple(found)


def _queued(node: Node, have: int) -> tuple[QueuedView, ...]:
    rows = Entry.objects.using(node.alias).filter(side=Side.OWN, index__gte=have)
    return tuple(
        QueuedView(index=row.index, type=row.type, on=row.on, number=row.number, at=row.at)
        for row in rows.order_by("index").only("index", "type", "on", "number", "at")[:QUEUE_SHOWN]
    )
