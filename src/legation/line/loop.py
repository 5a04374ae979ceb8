"""The line at work: the threads that a served node runs, and the one round of `line sync`.

Rules of the loop
1. Four times a second it looks whether our log has grown, by whatever process; new entries
   leave at once, by the carriers that `legation.line.core.health` chooses.
2. A heartbeat goes out on every carrier every N seconds. Each carrier has a thread of its own:
   one that hangs holds up no other.
3. Nothing here decides delivery: what leaves is a function of the rows, so it may die at any
   point, and loses nothing. It does not die: what goes wrong is named, counted, and waited out.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from django.db import connections

from legation.errors import N_, Refusal
from legation.line import services
from legation.line.core.bundle import FREIGHT_CLASS
from legation.line.listener import LinePort
from legation.line.node import Node
from legation.line.queries.reach import Reach, carriers_now, ends, opposite, reach
from legation.line.services import Freighted, Intake, Received
from legation.line.services.beats import count_refusal, keep_pace
from legation.line.services.files import sweep
from legation.line.visits import CARRIERS, Tally, Visit, visit_of

TICK_SECONDS: Final = 0.25
LOOK_SECONDS: Final = 0.5
HEARTBEAT_SECONDS: Final = 10.0
STOP_SECONDS: Final = 10.0
ROUNDS: Final = 1_000
ACKNOWLEDGED: Final = 1_024

_log: Final = logging.getLogger("legation.line")

Progress: TypeAlias = Callable[[int, int], None]


class LineLoop:
    """Sends, looks and beats for one node until it is stopped.

    heartbeat: seconds between heartbeats on each carrier. folder: a stick or shared drive, or
    None; it may come and go.
    """

    def __init__(
        self, node: Node, *, heartbeat: float = HEARTBEAT_SECONDS, folder: Path | None = None
    ) -> None:
        self._stopping = threading.Event()
        carriers = [name for name in CARRIERS if folder is not None or name != "folder"]
        self._drives = [
            _Drive(node, name, folder=folder, heartbeat=heartbeat, stopping=self._stopping)
            for name in carriers
        ]
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin, in a thread for each carrier."""
        for drive in self._drives:
            thread = threading.Thread(target=drive.run, name=f"line-{drive.carrier}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End; a bundle under way is finished first, within 10 seconds."""
        self._stopping.set()
        until = time.monotonic() + STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._threads.clear()


class _Drive:
    """One carrier of a node at work."""

    def __init__(
        self,
        node: Node,
        carrier: str,
        *,
        folder: Path | None,
        heartbeat: float,
        stopping: threading.Event,
    ) -> None:
        self.carrier = carrier
        self._node = node
        self._folder = folder
        self._heartbeat = heartbeat
        self._stopping = stopping
        self._visit: Visit | None = None
        self._over = self._news = False
        self._names: tuple[str, ...] = ()
        self._beat_at = self._look_at = 0.0
        self._tried: Reach | None = None

    def run(self) -> None:
        """Take turns until told to stop (rule 3)."""
        try:
            while not self._stopping.is_set() and not self._over:
                self._guarded(self._begin if self._visit is None else self._turn)
                self._stopping.wait(TICK_SECONDS)
        finally:
            if self._visit is not None:
                self._visit.close()
            connections[self._node.alias].close()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do the work; whatever goes wrong in it is named and counted."""
        try:
            work()
        except Refusal as refusal:
            _log.info("%s", refusal)
        except Exception as fault:  # noqa: BLE001 - the one place where the line outlives a fault
            _log.exception("the line goes on after a fault")
            connections[self._node.alias].close()
            count_refusal(self._node, _named(fault), carrier=self.carrier, at=self._node.clock())

    def _begin(self) -> None:
        """Make the visit once there is a peer."""
        if reach(self._node) is None:
            return
        keep_pace(self._node, self._heartbeat)
        with suppress(Refusal):  # after a restore the log is not written; at the next start then
            services.announce(self._node, at=self._node.clock())
        sweep(self._node, at=self._node.clock())
        peer = opposite(self._node)
        self._names = tuple(
            name for name in CARRIERS if (peer.url if name == "https" else self._folder is not None)
        )
        self._visit = visit_of(self._node, peer, self.carrier, self._folder)
        self._over = self._visit is None  # they take no connections: they call us

    def _turn(self) -> None:
        """Do what is due now: look, then send; a carrier that cannot do one may do the other."""
        assert self._visit is not None
        self._news = False
        self._guarded(self._look)
        held = reach(self._node)
        if held is not None and (self._news or self._is_due(held)):
            self._beat_at = time.monotonic() + self._heartbeat
            self._tried = held
            self._visit.send(Tally())

    def _look(self) -> None:
        """Look what the peer left, twice a second, and note whether it was new."""
        assert self._visit is not None
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_SECONDS
        tally = Tally()
        try:
            self._visit.look(tally)
        finally:
            self._news = tally.new > 0

    def _is_due(self, held: Reach) -> bool:
        if time.monotonic() >= self._beat_at:
            return True
        if held.size <= held.have and not held.asked:
            return False
        # Chosen for the same as before: it waits to be acknowledged, or for credit.
        tried = self._tried
        if tried is not None and _to_send(tried) == _to_send(held):
            return False
        if held.asked and (tried is None or tried.asked != held.asked):
            return True
        at = self._node.clock()
        return self.carrier in carriers_now(self._node, self._names, held, at)


def _to_send(held: Reach) -> tuple[int, int, int]:
    return held.size, held.have, held.asked


def line_port(node: Node, bind: tuple[str, int]) -> LinePort:
    """Return the port on which the peer's bundles arrive, and are answered by ours."""
    intake = Intake(node)

    def refused(refusal: Refusal) -> None:
        count_refusal(node, refusal, carrier="https", at=node.clock())

    return LinePort(
        bind,
        ends=lambda: ends(node),
        answer=lambda bundle: answer(node, bundle, intake),
        answered=intake.catch_up,
        refused=refused,
    )


def answer(node: Node, bundle: bytes | memoryview, intake: Intake | None = None) -> bytes | None:
    """Take a bundle, or freight, and return what answers it.

    None in the midst of a long run of entries, save once in `ACKNOWLEDGED` of them: each answer
    costs both sides a commit. Freight is answered only if it calls for some; one that is full is
    taken after it was answered (`Intake.catch_up`), and all others wait until it is.
    Raises Refusal as `services.receive`.
    """
    at, intake = node.clock(), intake or Intake(node)
    take = partial(services.receive_any, node, bundle, intake=intake, carrier="https", at=at)
    if len(bundle) == FREIGHT_CLASS:
        intake.later(take)
        return None
    intake.drain()
    received = take()
    if isinstance(received, Freighted):
        return services.reply_with_freight(node, received.wants) if received.wants else None
    if received.behind and received.new and not _is_milestone(received):
        return None
    return services.reply(node, carrier="https", at=node.clock())


def _is_milestone(received: Received) -> bool:
    end = received.first + received.entries
    return end // ACKNOWLEDGED > (end - received.new) // ACKNOWLEDGED


def sync_once(
    node: Node,
    *,
    carrier: str | None = None,
    path: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, object]:
    """Send and take until both sides hold all, or nothing moves any more.

    carrier: "https" or "folder", None for all there are. path: of the folder. progress: called
    with (entries of ours that the peer holds, entries of ours).
    Returns counts: bundles `left` and `taken`, `new` entries, what was `refused`, what went
    wrong with a carrier (`failed`), how far both logs are, and whether they are `even`.
    Raises Refusal "no-peer", "carrier", "no-carrier"; what a carrier failed with if none worked.
    """
    peer = opposite(node)
    wanted = CARRIERS if carrier is None else (carrier,)
    found = [visit_of(node, peer, name, path, calls=True) for name in wanted]
    ready = [visit for visit in found if visit is not None]
    if not ready:
        raise _no_carrier(wanted)
    tally = Tally()
    failed: dict[str, Refusal] = {}
    for visit in ready:
        try:
            _rounds(node, visit, tally, progress)
        except Refusal as refusal:
            failed[visit.name] = refusal
        finally:
            visit.close()
    if len(failed) == len(ready):
        raise next(iter(failed.values()))
    return _told(node, [visit.name for visit in ready], tally, failed)


def _rounds(node: Node, visit: Visit, tally: Tally, progress: Progress | None) -> None:
    before = None
    for _ in range(ROUNDS):
        visit.look(tally)
        visit.send(tally)
        held = reach(node)
        if held is None or held == before:
            return
        if progress is not None:
            progress(held.have, held.size)
        if visit.name == "folder":
            return  # its other end is somewhere else
        before = held  # even here is not enough: they are still to learn what we have


def _told(
    node: Node, carriers: list[str], tally: Tally, failed: dict[str, Refusal]
) -> dict[str, object]:
    held = reach(node)
    assert held is not None
    return {
        "carriers": carriers,
        "left": tally.left,
        "taken": tally.taken,
        "new": tally.new,
        "refused": [refusal.as_dict() for refusal in tally.refused],
        "failed": {name: refusal.as_dict() for name, refusal in failed.items()},
        "own": {"size": held.size, "have": held.have},
        "mirror": {"size": held.theirs, "announced": held.announced},
        "files": {"asked": held.asked, "missing": held.missing},
        "even": held.is_even,
    }


def _no_carrier(wanted: tuple[str, ...]) -> Refusal:
    return Refusal(
        "no-carrier",
        thing=N_("The line by {carriers}"),
        rule=N_("the peer's introduction names no line address, and no folder was given."),
        remedy=N_("Give a folder with --path, or exchange introductions that name an address."),
        carriers=", ".join(wanted),
    )


def _named(fault: Exception) -> Refusal:
    return Refusal(
        f"fault-{type(fault).__name__}",
        thing=N_("The line"),
        rule=N_("something went wrong in the program itself ({name})."),
        remedy=N_("It goes on by itself. If it lasts, see the log and tell who runs the node."),
        name=type(fault).__name__,
    )
