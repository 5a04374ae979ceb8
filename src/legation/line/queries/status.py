"""How the line does: what both hold, which carriers live, what waits; the band of every page."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from legation.line.core import health
from legation.line.models import (
    CarrierState,
    Evidence,
    HeldFile,
    Log,
    Peer,
    RefusalCount,
)
from legation.line.node import Node
from legation.line.queries.files import space
from legation.line.queries.state import each_thing
from legation.line.services import effects
from legation.line.services.freight import freight_due
from legation.line.services.rows import Facts, load
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """One log in short. root: hex. state: "open", "resuming", "frozen"."""

    size: int
    root: str
    term: str = ""
    state: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierView:
    """One carrier. outbound: the other side echoed a heartbeat lately. error: of the last try."""

    name: str
    last_heard: datetime | None
    last_echoed: datetime | None
    outbound: bool
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What `status --json` says. Without a confirmed peer there is no record: sizes are 0.

    agreed: sizes of both logs that the other party has cosigned. queue: own entries beyond what
    the peer holds. missing: theirs that we know of and lack. roots: party -> fingerprint.
    verdict: the first that holds of fork, own-short, silent, behind, same; "alone" with no peer.
    notices: how many by state. refused: how often, by code. evidence: kinds held. files: `here`
    and `missing` (named, not whole here), chunks `asked` of us; `used` and `quota` in bytes.
    """

    party: str
    name: str
    peer: str
    record: str
    own: LogView
    mirror: LogView
    agreed: dict[str, int]
    carriers: tuple[CarrierView, ...]
    queue: int
    missing: int
    roots: dict[str, str]
    verdict: str
    notices: dict[str, int]
    refused: dict[str, int]
    evidence: dict[str, int]
    files: dict[str, int]

    def as_json(self) -> dict[str, Json]:
        """Return it with instants as text."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def _plain(value: Any) -> Json:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    assert value is None or isinstance(value, bool | int | str)
    return value


def status(node: Node) -> Status:
    """Return how the line does now."""
    alias = node.alias
    if not Peer.objects.using(alias).filter(second_at__isnull=False).exists():
        return _alone(node)
    facts = load(node)
    rows = CarrierState.objects.using(alias).order_by("rank", "name")
    at, beat = node.clock(), timedelta(seconds=facts.peer.heartbeat_s)
    a, b = facts.parties.a, facts.parties.b
    return Status(
        party=node.party,
        name=node.name,
        peer=facts.peer.party,
        record=facts.peer.record,
        own=_log(facts.own),
        mirror=_log(facts.theirs),
        agreed={"own": facts.own.cosigned_size, "mirror": facts.theirs.cosigned_size},
        carriers=tuple(_carrier(row, at, beat) for row in rows),
        queue=queue(facts.own),
        missing=missing(facts.theirs),
        roots={a.party: a.fp, b.party: b.fp},
        verdict=verdict(facts, rows, at=at),
        notices=_notices(node),
        refused=dict(RefusalCount.objects.using(alias).values_list("code", "count")),
        evidence=dict(Counter(Evidence.objects.using(alias).values_list("kind", flat=True))),
        files=_files(node),
    )


def _files(node: Node) -> dict[str, int]:
    room, rows = space(node), HeldFile.objects.using(node.alias).filter(erased_at=None)
    return {
        "here": rows.filter(lacking=False).count(),
        "missing": rows.filter(lacking=True).count(),
        "asked": freight_due(node),
        "used": room.used,
        "quota": room.quota,
    }


def queue(own: Log) -> int:
    """Return how many of our entries the peer does not hold, as far as we know."""
    return max(0, own.size - own.have)


def missing(theirs: Log) -> int:
    """Return how many of their entries we know of and do not hold."""
    return max(0, theirs.announced - theirs.size)


def verdict(facts: Facts, carriers: Any, *, at: datetime) -> str:
    """Return the first that holds of fork, own-short, silent, behind, same."""
    frozen = "frozen" in (facts.own.state, facts.theirs.state)
    return health.verdict(
        fork=frozen,
        own_short=facts.own.short > facts.own.size,
        silent=health.is_silent(
            [row.last_heard_at for row in carriers],
            at=at,
            heartbeat=timedelta(seconds=facts.peer.heartbeat_s),
        ),
        queue=queue(facts.own),
        missing=missing(facts.theirs),
    )


def _alone(node: Node) -> Status:
    empty = LogView(size=0, root="")
    return Status(
        party=node.party, name=node.name, peer="", record="", own=empty, mirror=empty,
        agreed={"own": 0, "mirror": 0}, carriers=(), queue=0, missing=0, roots={},
        verdict="alone", notices={}, refused={}, evidence={},
        files=_files(node),
    )  # fmt: skip


def _log(log: Log) -> LogView:
    return LogView(size=log.size, root=bytes(log.root).hex(), term=log.term, state=log.state)


def _carrier(row: CarrierState, at: datetime, beat: timedelta) -> CarrierView:
    return CarrierView(
        name=row.name,
        last_heard=row.last_heard_at,
        last_echoed=row.last_echoed_at,
        outbound=not health.is_silent([row.last_echoed_at], at=at, heartbeat=beat),
        error=row.error,
    )


def _notices(node: Node) -> dict[str, int]:
    """Count notices by where they stand: the room that keeps rows of them knows; else things."""
    for counted in effects.counts(node):
        return counted
    standing = (getattr(each, "standing", "") for each in each_thing(node, "notice"))
    return dict(Counter(standing))
