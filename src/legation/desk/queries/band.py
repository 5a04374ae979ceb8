"""The line band: is the other side there, and do both hold the same? Two small reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Final

from django.db import connections
from django.utils.dateparse import parse_datetime

from legation.line.core import health
from legation.line.models import HeartbeatSlot, Side
from legation.line.node import Node
from legation.line.queries.once import confirmed_peer

SLOT: Final = timedelta(minutes=30)
SLOTS: Final = 48
NOTHING: Final = ("none",) * SLOTS
"""The last day of a carrier that nothing was sent on."""
LATE_BELOW: Final = 0.5
"""One echo may answer for several heartbeats, so half of them is in time."""
ALARMS: Final = ("fork", "own-short", "silent")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierMark:
    """One carrier in the band. up: the other side echoed one of its last heartbeats.

    used: heartbeats are sent on it at all; a stick that was used once is none that is down.
    """

    name: str
    up: bool
    used: bool


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
    found = confirmed_peer(node)
    if found is None:
        return None
    heartbeat = timedelta(seconds=found.heartbeat_s)
    return PeerFacts(code=found.party, name=found.name, heartbeat=heartbeat)


def band(node: Node, peer: PeerFacts | None) -> Band:
    """Return the band of now."""
    now = node.clock()
    if peer is None:
        return ALONE
    logs, carriers, slots = _read(node, _first_of(now))
    own, mirror = logs[Side.OWN], logs[Side.PEER]
    heartbeat = peer.heartbeat
    heard = [carrier.heard_at for carrier in carriers]
    queue, missing = max(own.size - own.have, 0), max(mirror.announced - mirror.size, 0)
    return Band(
        verdict=health.verdict(
            fork=any(log.state == "frozen" for log in logs.values()),
            own_short=own.short > own.size,
            silent=health.is_silent(heard, at=now, heartbeat=heartbeat),
            queue=queue,
            missing=missing,
        ),
        beats=_row(slots, now),
        heard_at=max(filter(None, (health.noted_by(at, now) for at in heard)), default=None),
        carriers=tuple(
            CarrierMark(
                name=carrier.name,
                up=not health.is_silent([carrier.echoed_at], at=now, heartbeat=heartbeat),
                used=health.is_used(carrier.sent_at, at=now, heartbeat=heartbeat),
            )
            for carrier in carriers
        ),
        queue=queue,
        missing=missing,
        entries=own.size + mirror.size,
    )


@dataclass(frozen=True, slots=True)
class _Log:
    state: str
    size: int
    have: int
    announced: int
    short: int


@dataclass(frozen=True, slots=True)
class _Carrier:
    name: str
    heard_at: datetime | None
    echoed_at: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Slot:
    since: datetime
    sent: int
    echoed: int


# One statement: every page asks, and what it shows is of one moment.
_SQL: Final = """
SELECT 'log', "side", "state", "size", "have", "announced", "short" FROM "line_log"
UNION ALL
SELECT 'carrier', "name", "last_heard_at", "last_echoed_at", "sent_at", "rank", NULL
  FROM "line_carrierstate"
UNION ALL
SELECT 'slot', "since", "sent", "echoed", NULL, NULL, NULL
  FROM "line_heartbeatslot" WHERE "since" >= %s
"""


def _read(node: Node, since: datetime) -> tuple[dict[str, _Log], list[_Carrier], list[_Slot]]:
    """Return both logs by side, carriers by rank, and the half hours from `since` on."""
    connection = connections[node.alias]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [connection.ops.adapt_datetimefield_value(since)])
        rows = cursor.fetchall()
    logs = {row[1]: _Log(*row[2:]) for row in rows if row[0] == "log"}
    carriers = sorted((row for row in rows if row[0] == "carrier"), key=itemgetter(5, 1))
    slots = [_Slot(_at(row[1]), row[2], row[3]) for row in rows if row[0] == "slot"]
    return logs, [_Carrier(row[1], *map(_maybe, row[2:5])) for row in carriers], slots


def _at(stored: str) -> datetime:
    found = parse_datetime(stored)
    assert found is not None, "Django wrote it"
    return found.replace(tzinfo=UTC)


def _maybe(stored: str | None) -> datetime | None:
    return None if stored is None else _at(stored)


def beats(node: Node, now: datetime) -> dict[str, tuple[str, ...]]:
    """Return the last day in half hours, oldest first, of each carrier that had any."""
    found: dict[str, list[HeartbeatSlot]] = {}
    for row in HeartbeatSlot.objects.using(node.alias).filter(since__gte=_first_of(now)):
        found.setdefault(row.carrier, []).append(row)
    return {name: _row(rows, now) for name, rows in found.items()}


def _first_of(now: datetime) -> datetime:
    return _slot_of(now) - (SLOTS - 1) * SLOT


def _row(rows: Sequence[HeartbeatSlot | _Slot], now: datetime) -> tuple[str, ...]:
    """Return the last day in half hours; of several carriers the best of each."""
    start = _first_of(now)
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
