"""The line band: is the other side there, and do both hold the same? Four small reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from legation.line.core import health
from legation.line.models import CarrierState, HeartbeatSlot, Log, Peer, Side
from legation.line.node import Node

SLOT: Final = timedelta(minutes=30)
SLOTS: Final = 48
LATE_BELOW: Final = 0.5
"""One echo may answer for several heartbeats, so half of them is in time."""
ALARMS: Final = ("fork", "own-short", "silent")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierMark:
    """One carrier in the band. up: the other side echoed one of its last heartbeats."""

    name: str
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What the band of every page says.

    verdict: of `health.VERDICTS`, or "alone" while no peer is confirmed. beats: the last day in
    half hours, oldest first: "ok", "late", "miss", "none". queue: own entries that they do not
    hold. missing: entries of theirs that we know of and do not hold. entries: of both logs.
    """

    verdict: str
    beats: tuple[str, ...]
    heard_at: datetime | None
    carriers: tuple[CarrierMark, ...]
    queue: int
    missing: int
    entries: int

    @property
    def alarm(self) -> bool:
        """Whether an officer should look."""
        return self.verdict in ALARMS


ALONE: Final = Band(
    verdict="alone",
    beats=(),
    heard_at=None,
    carriers=(),
    queue=0,
    missing=0,
    entries=0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFacts:
    """The confirmed peer, as every page names it. heartbeat: how often both nodes send one."""

    code: str
    name: str
    heartbeat: timedelta


def peer_of(node: Node) -> PeerFacts | None:
    """Return the confirmed peer, None while there is none."""
    rows = Peer.objects.using(node.alias).filter(second_at__isnull=False)
    found = rows.values_list("party", "name", "heartbeat_s").first()
    if found is None:
        return None
    code, name, seconds = found
    return PeerFacts(code=code, name=name, heartbeat=timedelta(seconds=seconds))


def band(node: Node, peer: PeerFacts | None) -> Band:
    """Return the band of now."""
    now = node.clock()
    if peer is None:
        return ALONE
    logs = {
        log.side: log
        for log in Log.objects.using(node.alias).only(
            "side", "size", "have", "announced", "short", "state"
        )
    }
    carriers = list(CarrierState.objects.using(node.alias).order_by("rank", "name"))
    own, mirror = logs[Side.OWN], logs[Side.PEER]
    heartbeat = peer.heartbeat
    heard = [carrier.last_heard_at for carrier in carriers]
    queue, missing = max(own.size - own.have, 0), max(mirror.announced - mirror.size, 0)
    return Band(
        verdict=health.verdict(
            fork=any(log.state == "frozen" for log in logs.values()),
            own_short=own.short > own.size,
            silent=health.is_silent(heard, at=now, heartbeat=heartbeat),
            queue=queue,
            missing=missing,
        ),
        beats=beats(node, now),
        heard_at=max((at for at in heard if at is not None), default=None),
        carriers=tuple(
            CarrierMark(name=carrier.name, up=_is_up(carrier, now, heartbeat))
            for carrier in carriers
        ),
        queue=queue,
        missing=missing,
        entries=own.size + mirror.size,
    )


def _is_up(carrier: CarrierState, now: datetime, heartbeat: timedelta) -> bool:
    at = carrier.last_echoed_at
    return at is not None and now - at <= health.MISSES * heartbeat


def beats(node: Node, now: datetime, carrier: str | None = None) -> tuple[str, ...]:
    """Return the last day in half hours, oldest first; of one carrier, or the best of all."""
    start = _slot_of(now) - (SLOTS - 1) * SLOT
    rows = HeartbeatSlot.objects.using(node.alias).filter(since__gte=start)
    if carrier is not None:
        rows = rows.filter(carrier=carrier)
    best: dict[datetime, tuple[float, int]] = {}
    for row in rows:
        slot = _slot_of(row.since)
        share = row.echoed / row.sent if row.sent else 0.0
        best[slot] = max(best.get(slot, (0.0, 0)), (share, row.sent))
    return tuple(_beat(best.get(start + place * SLOT)) for place in range(SLOTS))


def _slot_of(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % 30, second=0, microsecond=0)


def _beat(found: tuple[float, int] | None) -> str:
    if found is None or not found[1]:
        return "none"
    return "ok" if found[0] >= LATE_BELOW else "late" if found[0] > 0 else "miss"


def count_beats(row: Sequence[str]) -> dict[str, int]:
    """Return how often each kind of beat is in a row."""
    return {kind: row.count(kind) for kind in ("ok", "late", "miss", "none")}
