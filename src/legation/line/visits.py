"""One visit to the peer by one carrier: take what is there, leave what it has not, count both.

Used by the loop of a node that is served, and by `line sync`. What is refused is counted where
it is refused; what a carrier could not deliver is noted with the carrier.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from legation.errors import N_, Refusal
from legation.line import services
from legation.line.addresses import parse_allowed
from legation.line.carriers.folder import FolderCarrier
from legation.line.carriers.https import HttpsCarrier
from legation.line.core.freight import Freight
from legation.line.node import Node, about_node
from legation.line.queries.reach import Opposite, ends, left, reach
from legation.line.services import Freighted, Intake, Received
from legation.line.services.beats import count_refusal
from legation.line.services.freight import Load

_ABSENT: Final = frozenset({"unreachable", "folder", "no-peer"})
_PASSING: Final = frozenset({"locked", "disk-full", "no-peer", "fence"})
"""Refusals for a reason of this node's: what was refused may be taken the next time."""
_AFTER_ENTRIES: Final = 2**62
"""Where freight comes among bundles, that are taken by their first entry."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What visits moved. left, taken: bundles. new: their entries that were new here.

    behind: they said that their log goes on beyond what we hold now. freight: freights left;
    chunks: of files, that were new here.
    """

    left: int = 0
    taken: int = 0
    new: int = 0
    behind: bool = False
    freight: int = 0
    chunks: int = 0
    refused: list[Refusal] = field(default_factory=list)


class Visit(Protocol):
    """A carrier at work for one node."""

    @property
    def name(self) -> str:
        """The carrier's name."""

    def send(self, tally: Tally) -> None:
        """Leave what the peer has not got, at least a heartbeat. Raises Refusal."""

    def look(self, tally: Tally) -> None:
        """Take what the peer left, if this carrier has to look for it. Raises Refusal."""

    def close(self) -> None:
        """Let go of what is held open."""


class HttpsVisit:
    """Visits over HTTPS: every bundle that is sent brings one back.

    calls: whether we call at once for files that we lack; else only if they are not brought: a
    file that comes both ways takes twice its length of a thin line.
    """

    name = "https"

    def __init__(self, node: Node, opposite: Opposite, *, calls: bool = False) -> None:
        allowed = parse_allowed(about_node(node.home).get("line_allow") or ())
        self._node = node
        self._carrier = HttpsCarrier(url=opposite.url, ends=lambda: ends(node), allowed=allowed)
        self._intake = Intake(node)
        self._calls = calls
        self._lacks_since: datetime | None = None

    def send(self, tally: Tally) -> None:
        """Post all that is due, and go on as long as the replies say that there is more."""
        while True:
            before = tally.new
            with _noted(self._node, self.name):
                self._send_all(tally)
            if not tally.behind or tally.new == before:
                break
        with _noted(self._node, self.name):
            self._carry(tally)
            self._call(tally)

    def look(self, tally: Tally) -> None:
        """Do nothing: replies are taken as they come."""

    def close(self) -> None:
        """Close the connection."""
        self._carrier.close()

    def _send_all(self, tally: Tally) -> None:
        node = self._node
        for bundle in services.each_outgoing(node, carrier=self.name, at=node.clock()):
            reply = self._carrier.send(bundle)
            tally.left += 1
            if reply is not None:
                take_any(node, reply, self._intake, carrier=self.name, tally=tally)

    def _carry(self, tally: Tally) -> None:
        """Bring the files that they ask for, as long as they ask for less each time."""
        node = self._node
        due = services.freight_due(node)
        while due:
            tally.freight += send_each(self._carrier, services.each_freight(node))
            self._send_all(tally)  # the answer says what they lack now
            before, due = due, services.freight_due(node)
            if due >= before:
                return

    def _call(self, tally: Tally) -> None:
        """Fetch the files that we lack, if they do not bring them."""
        node, intake = self._node, self._intake
        while self._is_time_to_call() and (wants := intake.wants(turn=tally.chunks)):
            freight = self._carrier.send(services.call_for_freight(node, wants))
            if freight is None:
                break
            brought = take_any(node, freight, intake, carrier=self.name, tally=tally)
            if not isinstance(brought, Freighted) or not brought.new:
                break
        intake.flush(at=node.clock())

    def _is_time_to_call(self) -> bool:
        """Tell whether we are to call: at once, or after waiting in vain for somebody to bring."""
        node, at = self._node, self._node.clock()
        if self._calls:
            return True
        if not services.lacks_files(node):
            self._lacks_since = None
            return False
        self._lacks_since = self._lacks_since or at
        if at - self._lacks_since < services.PATIENCE:
            return False
        return services.should_call(node, at=at, ours=self._intake.noted_at)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Files of ours with entries: of use until the peer holds our log up to `end`."""

    names: tuple[str, ...]
    end: int


class FolderVisit:
    """Visits to a folder: a stick, or a shared drive."""

    name = "folder"

    def __init__(self, node: Node, opposite: Opposite, path: Path) -> None:
        self._node = node
        self._carrier = FolderCarrier(
            path,
            record=opposite.record,
            own=node.party,
            peer=opposite.party,
            refused=self._count,
        )
        self._batches: list[_Batch] | None = None
        self._intake = Intake(node)
        self._freight: tuple[tuple[Load, ...], tuple[str, ...]] = ((), ())
        self._early: set[str] = set()
        self._came = (0, 0)
        self._unread: list[Refusal] = []

    def send(self, tally: Tally) -> None:
        """Leave new entries beside those still of use, or everything the peer has not got.

        Everything at first, since we do not know what lies there, and whenever it is due again.
        """
        node, at = self._node, self._node.clock()
        held, before = reach(node), left(node, self.name)
        have = held.have if held else 0
        due = before.resends is None or before.resends <= at
        whole = self._batches is None or due or before.sent_to < have
        useful = [] if whole else [each for each in self._batches or () if each.end > have]
        self._batches = None  # until all of it lies there
        with _noted(node, self.name):
            names = self._carrier.leave(
                services.each_outgoing(node, carrier=self.name, at=at, resend=whole),
                keep=[*(name for each in useful for name in each.names), *self._freight[1]],
            )
            self._leave_freight([*names, *(name for each in useful for name in each.names)], tally)
        after = left(node, self.name)
        if after.sent_at == at:
            useful.append(_Batch(names, after.sent_to))
        self._batches = useful
        tally.left += len(names)

    def look(self, tally: Tally) -> None:
        """Take the peer's bundles in the order of their entries; leave those with a gap.

        Then freight. What belongs to acts that are not here yet is looked at again after more of
        their log has come.
        """
        node = self._node
        self._look_again()
        for found in self._carrier.take(self._first_of):
            received = take_any(node, found.bundle, self._intake, carrier=self.name, tally=tally)
            if isinstance(received, Freighted):
                self._carrier.settle(found.name)
                if received.early:
                    self._early.add(found.name)
            elif not _is_of_use_later(received, tally):
                self._carrier.settle(found.name)
        self._intake.flush(at=node.clock())
        tally.refused += self._unread
        self._unread = []

    def close(self) -> None:
        """Do nothing: no file stays open."""

    def _first_of(self, bundle: bytes) -> int:
        found = services.unsealed(self._node, bundle)
        if isinstance(found, Freight):  # lists of hashes first: chunks are judged by them
            return _AFTER_ENTRIES + min((part.number for part in found.parts), default=0)
        return found[0].first

    def _look_again(self) -> None:
        held = reach(self._node)
        if held is not None and (held.theirs, held.missing) != self._came:
            self._came = held.theirs, held.missing
            for name in self._early:
                self._carrier.unsettle(name)
            self._early.clear()

    def _leave_freight(self, keep: Sequence[str], tally: Tally) -> None:
        """Leave files too, unasked those of entries that have not arrived; once, while it lies."""
        chosen = services.planned(self._node)
        before, lying = self._freight
        if chosen == before and self._carrier.has(lying):
            return
        self._freight = ((), ())
        freight = services.each_freight(self._node, chosen)
        names = self._carrier.leave(freight, keep=keep)
        self._freight = (chosen, names)
        tally.freight += len(names)

    def _count(self, refusal: Refusal) -> None:
        self._unread.append(refusal)
        count_refusal(self._node, refusal, carrier=self.name, at=self._node.clock())


def send_each(carrier: HttpsCarrier, freights: Iterator[bytes]) -> int:
    """Carry freights one after the other; return how many. Raises as the carrier.

    The next one is made while they take the last one. Not in a thread: threads of one process
    that seal and send megabytes spend longer waiting for one another than they save.
    """
    made = deque(islice(freights, 1))

    def make_next() -> None:
        if len(made) == 1:  # once, however often the last one had to be sent
            made.extend(islice(freights, 1))

    sent = 0
    while made:
        carrier.send(made[0], meanwhile=make_next)
        made.popleft()
        sent += 1
    return sent


@contextmanager
def _noted(node: Node, carrier: str) -> Iterator[None]:
    """Note with the carrier what it could not deliver, and count what is no mere absence."""
    try:
        yield
    except Refusal as refusal:
        services.unsent(node, carrier=carrier, at=node.clock(), code=refusal.code)
        if refusal.code not in _ABSENT:
            count_refusal(node, refusal, carrier=carrier, at=node.clock())
        raise


def take_any(
    node: Node, bundle: bytes, intake: Intake, *, carrier: str, tally: Tally
) -> Received | Freighted | None:
    """Take one bundle or freight; None when it was refused, which the service has counted."""
    at = node.clock()
    try:
        received = services.receive_any(node, bundle, intake=intake, carrier=carrier, at=at)
    except Refusal as refusal:
        tally.refused.append(refusal)
        return None
    tally.taken += 1
    if isinstance(received, Freighted):
        tally.chunks += received.new
        return received
    tally.new += received.new
    tally.behind = received.behind
    return received


def _is_of_use_later(received: Received | None, tally: Tally) -> bool:
    """Tell whether a bundle is to be read again: one with a gap, or refused for our reasons."""
    return tally.refused[-1].code in _PASSING if received is None else received.gap


def visit_of(
    node: Node,
    opposite: Opposite,
    carrier: str,
    folder: Path | None = None,
    *,
    calls: bool = False,
) -> Visit | None:
    """Return the node's visits by one carrier, None if it has not got it.

    calls: call at once for files that we lack, where the carrier can.
    Raises Refusal "line-url", "line-allow".
    """
    if carrier == HttpsVisit.name:
        return HttpsVisit(node, opposite, calls=calls) if opposite.url else None
    if carrier == FolderVisit.name:
        return FolderVisit(node, opposite, folder) if folder is not None else None
    raise Refusal(
        "carrier",
        thing=N_("The carrier {carrier}"),
        rule=N_("this program knows {known}."),
        remedy=N_("Choose one of these."),
        carrier=carrier,
        known=", ".join(CARRIERS),
    )


CARRIERS: Final = (HttpsVisit.name, FolderVisit.name)
"""Best first."""
