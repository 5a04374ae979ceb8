"""What whoever drives the carriers looks at, many times a minute: four numbers and few rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from legation.line.core.health import CarrierView, carriers_for
from legation.line.databases import told_apart
from legation.line.models import CarrierState, Log, Side
from legation.line.node import Node
from legation.line.queries.files import missing
from legation.line.services.beats import RANKS, USUAL
from legation.line.services.freight import freight_due
from legation.line.services.rows import keys_of, load
from legation.line.tls import Ends, Identity, Pin

CERTIFICATE: Final = "keys/line.crt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far both logs are on both sides.

    size: entries of our log; have: as many the peer holds. theirs: entries of the peer's that
    we hold; announced: where it said its log ends. asked: chunks that the peer lacks and is to
    get from us; missing: chunks that we lack.
    """

    size: int
    have: int
    theirs: int
    announced: int
    asked: int = 0
    missing: int = 0

    @property
    def is_even(self) -> bool:
        """Whether both sides hold all that was written, as far as is known here."""
        return self.have >= self.size and self.theirs >= self.announced


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposite:
    """The peer as the line reaches it. url: "" when it takes no connections."""

    record: str
    party: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What went out on a carrier: our entries up to `sent_to`, at `sent_at`.

    resends: from what time on all that is not acknowledged goes out again, None for at once.
    """

    sent_to: int = 0
    sent_at: datetime | None = None
    resends: datetime | None = None


def reach(node: Node) -> Reach | None:
    """Return how far both logs are, None while there is no record."""
    with told_apart(node.alias):
        logs = {log.side: log for log in Log.objects.using(node.alias).all()}
    if len(logs) < len(Side):
        return None
    own, peer = logs[Side.OWN], logs[Side.PEER]
    return Reach(
        size=own.size,
        have=own.have,
        theirs=peer.size,
        announced=peer.announced,
        asked=freight_due(node),
        missing=sum(each.chunks - each.held for each in missing(node)),
    )


def opposite(node: Node) -> Opposite:
    """Return the confirmed peer. Raises Refusal "no-peer"."""
    with told_apart(node.alias):
        facts = load(node)
    url = facts.parties.own(facts.peer.party).introduction.line_url
    return Opposite(record=facts.peer.record, party=facts.peer.party, url=url)


def left(node: Node, carrier: str) -> Left:
    """Return what went out on a carrier."""
    with told_apart(node.alias):
        state = CarrierState.objects.using(node.alias).filter(name=carrier).first()
    if state is None:
        return Left()
    return Left(sent_to=state.sent_to, sent_at=state.sent_to_at, resends=state.retry_at)


def carriers_now(node: Node, names: tuple[str, ...], held: Reach, at: datetime) -> tuple[str, ...]:
    """Return which of these carriers take our new entries now, best first."""
    with told_apart(node.alias):
        rows = {row.name: row for row in CarrierState.objects.using(node.alias)}
    views = [_view(name, rows.get(name)) for name in names]
    return carriers_for(views, have=held.have, size=held.size, at=at)


def ends(node: Node) -> Ends:
    """Return what both sides show on the line; no pins while no peer is confirmed."""
    certificate = (node.home / CERTIFICATE).read_text(encoding="ascii")
    identity = Identity(certificate=certificate, key=node.keys.line)
    if reach(node) is None:
        return Ends(identity=identity, pins=())
    with told_apart(node.alias):
        peer = load(node).peer
        documents = keys_of(node.alias, Side.PEER, peer.party).acceptable
    pins = {each.line: each.line_cert for each in documents}
    return Ends(
        identity=identity,
        pins=tuple(
            Pin(party=peer.party, certificate=certificate, key=key)
            for key, certificate in pins.items()
        ),
    )


def _view(name: str, row: CarrierState | None) -> CarrierView:
    rank = RANKS.get(name, 100)
    if row is None:
        return CarrierView(name=name, rank=rank, usual=USUAL)
    return CarrierView(
        name=name,
        rank=rank,
        usual=USUAL if name == "https" else timedelta(days=1),  # a stick comes back when it does
        sent_to=row.sent_to,
        sent_at=row.sent_to_at,
        retry_at=row.retry_at if row.error else None,
    )
