"""Two nodes, a wire that loses, doubles, damages and delays, and everything that befalls them."""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from django.db import Error as DbError

from legation.errors import Refusal
from legation.line import queries, services
from legation.line.filestore import FileStore
from legation.line.models import Evidence, Log, Side
from legation.line.queries.files import holding, missing
from legation.line.services import Freighted, Intake, NewAct
from legation.line.services.files import sweep
from line.cargo import brings, takes, with_a_wrong_chunk
from line.harness import Clock, Crash, Pair, TestNode, flipped, new_pair
from sim import acts, schedule
from sim.rules import Violation, Watch

ROUNDS: Final = 12
CARRIERS: Final = ("https", "folder")
MOST_WAITING: Final = 24

LACKS_BYTES = "its bytes are missing"


@dataclass(slots=True)
class Bundle:
    """A sealed bundle on its way. answered: the carrier brings a reply back (HTTPS)."""

    carrier: str
    sealed: bytes
    answered: bool


@dataclass(slots=True)
class Run:
    """One schedule. steps: what happened, in words, for whoever reads a failure."""

    seed: int
    chance: random.Random
    rates: schedule.Rates
    pair: Pair
    watch: Watch = field(default_factory=Watch)
    wires: dict[str, list[Bundle]] = field(default_factory=dict)
    intakes: dict[str, Intake] = field(default_factory=dict)
    backups: dict[str, list[tuple[sqlite3.Connection, bytes]]] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)

    def note(self, words: str) -> None:
        self.steps.append(words)

    def count(self, fault: str) -> None:
        self.faults[fault] = self.faults.get(fault, 0) + 1


def run(seed: int) -> Run:
    """Run one schedule from its seed. Raises Violation, with the schedule in its words."""
    chance = random.Random(seed)
    pair = new_pair(seed)
    drawn = schedule.rates(chance)
    for name, node in (("a", pair.a), ("b", pair.b)):
        skew = chance.uniform(-86_400, 86_400) if chance.random() < drawn.skew else 0
        clock = Clock()
        clock.tick(skew)
        own = replace(node, clock=clock, node=replace(node.node, clock=clock))
        setattr(pair, name, own)
    this = Run(seed, chance, drawn, pair, wires={"US": [], "RU": []}, backups={"US": [], "RU": []})
    try:
        for _ in range(schedule.length(chance)):
            _step(this)
        _heal(this)
    except Violation as fault:
        raise Violation(told(this, fault)) from fault
    except (Refusal, AssertionError, LookupError, TypeError, ValueError, DbError) as fault:
        raise Violation(told(this, fault)) from fault
    return this


def told(this: Run, fault: BaseException) -> str:
    """Return a failure with its schedule, and how to see it again."""
    lines = [f"seed {this.seed}: {fault}", str(this.rates), *this.steps]
    return "\n".join([*lines, f"again: python -m sim --seed {this.seed}"])


def _step(this: Run) -> None:
    node, peer = this.chance.sample(this.pair.both(), 2)
    this.pair.a.clock.tick(this.chance.choice((0, 1, 7, 60, 3_600)))
    this.pair.b.clock.tick(this.chance.choice((0, 1, 7, 60, 3_600)))
    _befall(this, node)
    doing = this.chance.choice((_write, _write, _send, _send, _deliver, _deliver, _deliver))
    _survive(this, node, lambda: doing(this, node, peer))
    for each, other in ((node, peer), (peer, node)):
        this.watch.look(each, other)


def _survive(this: Run, node: TestNode, action: Callable[[], None]) -> None:
    """Do something that may be refused, or in the middle of which the process may die."""
    if this.chance.random() < this.rates.crash:
        node.crash_after(this.chance.randint(1, 14))
    try:
        action()
    except Refusal as refusal:
        this.note(f"  refused: {refusal.code}: {refusal}")
        this.count(f"refused {refusal.code}")
    except Crash as crash:
        this.note(f"  {node.node.party} died at: {crash}")
        this.count("crash")
        _start_anew(this, node)
    node.steps.at, node.steps.after = "", -1


def _start_anew(this: Run, node: TestNode) -> None:
    """Do what a process does that starts: what the last one had in mind is gone."""
    node.steps.at, node.steps.after = "", -1
    this.intakes.clear()
    sweep(node.node, at=node.clock())


def _befall(this: Run, node: TestNode) -> None:
    """Let a disk fill up, a backup be made, a machine be restored."""
    chance, rates, party = this.chance, this.rates, node.node.party
    if chance.random() < rates.full:
        this.note(f"{party}: disk full")
        this.count("full")
        node.fill_disk()
    elif chance.random() < 0.5:
        node.free_disk()
    if chance.random() < rates.backup:
        this.note(f"{party}: backup")
        fence = node.node.fence.read_bytes() if node.node.fence.exists() else b""
        this.backups[party].append((node.backup(), fence))
    if this.backups[party] and chance.random() < rates.restore:
        this.count("restore")
        this.note(f"{party}: database restored")
        node.restore(chance.choice(this.backups[party])[0])
    if this.backups[party] and chance.random() < rates.rollback:
        this.count("rollback")
        this.note(f"{party}: whole machine rolled back, its fence too")
        database, fence = chance.choice(this.backups[party])
        node.restore(database, fence=fence)
        this.watch.rolled_back.add(party)
    if chance.random() < rates.fence_lost:
        this.count("fence lost")
        this.note(f"{party}: fence lost")
        node.node.fence.unlink(missing_ok=True)
    this.watch.look(node, _other(this, node))


def _other(this: Run, node: TestNode) -> TestNode:
    return this.pair.b if node.alias == this.pair.a.alias else this.pair.a


def _write(this: Run, node: TestNode, peer: TestNode) -> None:
    del peer
    sly = this.chance.random() < this.rates.sly
    chosen = acts.some(node, this.chance, files=not sly)
    this.note(f"{node.node.party} {'slyly ' if sly else ''}writes {_named(chosen)}")
    (acts.append_slyly if sly else acts.append)(node, chosen)


def _named(chosen: list[NewAct]) -> str:
    return ", ".join(act.type for act in chosen)


def _send(this: Run, node: TestNode, peer: TestNode) -> None:
    carrier = this.chance.choice(CARRIERS)
    resend = this.chance.random() < 0.3
    this.note(f"{node.node.party} sends by {carrier}{', all again' if resend else ''}")
    _leave(this, node, peer, carrier, resend=resend)


def _leave(this: Run, node: TestNode, peer: TestNode, carrier: str, *, resend: bool) -> None:
    """Put bundles on the wire one by one: those before a crash have left."""
    bundles = services.each_outgoing(node.node, carrier=carrier, at=node.clock(), resend=resend)
    for sealed in bundles:
        this.watch.leaves(node, sealed)
        _travel(this, peer, Bundle(carrier, sealed, carrier == "https"))
    for sealed in services.each_freight(node.node):
        if this.chance.random() < this.rates.sly:
            this.count("wrong chunk")
            sealed = with_a_wrong_chunk(node, sealed)  # noqa: PLW2901 - in its place
        _travel(this, peer, Bundle(carrier, sealed, answered=False))


def _travel(this: Run, to: TestNode, bundle: Bundle) -> None:
    chance, rates, wire = this.chance, this.rates, this.wires[to.node.party]
    if chance.random() < rates.loss:
        this.count("loss")
        return
    wire.append(bundle)
    if chance.random() < rates.double:
        this.count("double")
        wire.append(bundle)
    del wire[:-MOST_WAITING]


def _deliver(this: Run, node: TestNode, peer: TestNode) -> None:
    wire = this.wires[node.node.party]
    if not wire:
        return
    late = this.chance.random() < this.rates.reorder
    bundle = wire.pop(this.chance.randrange(len(wire)) if late else 0)
    sealed = bundle.sealed
    if this.chance.random() < this.rates.damage:
        this.count("damage")
        sealed = _damaged(this.chance, sealed)
    this.note(f"{node.node.party} takes a bundle by {bundle.carrier}")
    received = takes(node, sealed, _intake(this, node), bundle.carrier)
    if isinstance(received, Freighted):
        this.note(f"  freight: new {received.new}, refused {received.refused}")
        return
    this.note(f"  new {received.new}, own {received.own}, gap {received.gap}")
    if bundle.answered:
        back = node.replies(bundle.carrier)
        this.watch.leaves(node, back)
        _travel(this, peer, Bundle(bundle.carrier, back, answered=False))


def _intake(this: Run, node: TestNode) -> Intake:
    return this.intakes.setdefault(node.node.party, Intake(node.node))


def _damaged(chance: random.Random, sealed: bytes) -> bytes:
    if chance.random() < 0.5:
        return sealed[: chance.randrange(len(sealed))]
    return flipped(sealed, chance.randrange(len(sealed) * 8))


def _heal(this: Run) -> None:
    """End all faults; both must agree within 12 rounds, or an alarm must be up (rules 4 to 6)."""
    this.note("healed")
    for node in this.pair.both():
        node.free_disk()
    for _ in range(ROUNDS):
        _round(this)
        if _agreed(this):
            break
    _judge(this)


def _round(this: Run) -> None:
    for node, peer in (this.pair.both(), this.pair.both()[::-1]):
        node.clock.tick(60)
        if Log.objects.using(node.alias).get(side=Side.OWN).state == "resuming":
            _survive_healed(this, node.resumes)
        _survive_healed(this, lambda node=node, peer=peer: _exchange(this, node, peer))  # type: ignore[misc] # bound now


def _survive_healed(this: Run, action: Callable[[], None]) -> None:
    try:
        action()
    except Refusal as refusal:
        this.note(f"  refused: {refusal.code}: {refusal}")


def _exchange(this: Run, node: TestNode, peer: TestNode) -> None:
    for sealed in services.each_outgoing(node.node, carrier="https", at=node.clock(), resend=True):
        this.watch.leaves(node, sealed)
        this.watch.look(node, peer)
        received = peer.takes(sealed)
        back = peer.replies()
        this.watch.leaves(peer, back)
        this.watch.look(peer, node)
        node.takes(back)
        this.note(f"{node.node.party} to {peer.node.party}: new {received.new}, own {received.own}")
        this.watch.look(node, peer)
    brings(node, peer, _intake(this, peer))


def _agreed(this: Run) -> bool:
    a, b = this.pair.both()
    if not all(_is_open(each) for each in (a, b)):
        return False
    of_a, of_b = this.watch.held["US"], this.watch.held["RU"]
    same = of_a.leaves == of_b.mirror and of_b.leaves == of_a.mirror
    return (
        same
        and all(_acknowledged(each) for each in (a, b))
        and all(each.status().verdict == "same" for each in (a, b))
        and not any(_lacks_files(this, each) for each in (a, b))
    )


def _lacks_files(this: Run, node: TestNode) -> bool:
    """Tell whether a file that can still be had is not here."""
    other = _other(this, node)
    lying = FileStore(other.node.home).lying_here()
    for each in missing(node.node):
        there = holding(other.node, each.root)
        lost = _came_back(this) and each.root not in lying  # destroyed, and the act lost since
        if each.their_erased_at is None and (there is None or there.erased_at is None) and not lost:
            return True
    return False


def _came_back(this: Run) -> bool:
    """Tell whether a database was put back to what it was: without the files of its day."""
    return bool(this.faults.get("restore") or this.faults.get("rollback"))


def _acknowledged(node: TestNode) -> bool:
    """Tell whether the other side has countersigned all that this one wrote."""
    own = Log.objects.using(node.alias).get(side=Side.OWN)
    return own.cosigned_size >= own.solid


def _is_open(node: TestNode) -> bool:
    states = Log.objects.using(node.alias).values_list("state", flat=True)
    return set(states) == {"open"}


def _judge(this: Run) -> None:
    for node in this.pair.both():
        report = queries.verify_record(node.node)
        # A database that came back without its files is told to lack bytes that were destroyed
        # since: that is the finding it owes, and no other fault is forgiven.
        back = _came_back(this)
        faults = [each for each in report.faults if not (back and each.what == LACKS_BYTES)]
        if faults:
            raise Violation(f"{node.node.party}: effects differ from the logs: {faults[:3]}")
    if not _agreed(this):
        if this.watch.rolled_back and _alarmed(this):
            return
        raise Violation(f"not converged in {ROUNDS} rounds: {_standing(this)}")
    a, b = this.pair.both()
    if a.state() != b.state():
        raise Violation("the two nodes fold the same logs to other bytes")
    if not this.watch.rolled_back:
        logs = [{*held.leaves, *held.mirror} for held in this.watch.held.values()]
        this.watch.nothing_is_lost((logs[0], logs[1]))


def _alarmed(this: Run) -> bool:
    alarms = {"fork", "own-fork", "own-short"}
    return any(
        Evidence.objects.using(node.alias).filter(kind__in=alarms).exists()
        for node in this.pair.both()
    )


def _standing(this: Run) -> str:
    words = []
    for node in this.pair.both():
        logs = Log.objects.using(node.alias).order_by("side")
        words += [f"{node.node.party} {log.side}: {log.size}, {log.state}" for log in logs]
        words.append(f"verdict {node.status().verdict}")
    return "; ".join(words)
