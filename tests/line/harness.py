"""Two nodes in one process, in memory: for the line's own tests and for the simulation.

A pair is cloned from a template that was made once a process (two nodes, introduced and
confirmed, two custodians each), through SQLite's backup API: about 5 ms.

    pair = new_pair(seed=7)
    pair.a.append(a_post())
    pair.a.sends_to(pair.b)
    assert pair.a.state() == pair.b.state()

What a test controls
- time: `pair.clock.at`, one for both unless a node is given its own.
- chance: everything a node draws comes from the seed.
- sealing: `PlainSealing` pads and tags as the real one does, without randomness, so that a
  schedule replays. A tag binds record, sender and receiver; flipping any bit is noticed.
- a crash between any two steps: `pair.a.crash_at("folded")` (or `crash_after(n)`: at the n-th step
  from now). The step raises `Crash`, a BaseException that no service catches: the transaction rolls
  back, as it would when the process dies. `steps_of(action)` lists the steps an action passes.
  Steps, in the order in which they come:
      append:    entered folded projected appended | append committed
      outgoing:  term begun | term committed; entered … seen | seen committed;
                 fenced signed prepared | prepared committed; bundle (each)
      receive:   opened; entered folded projected (term fenced) received | received committed
  What follows a "|" happens after the commit.
- a restore: `backup = pair.a.backup()` … `pair.a.restore(backup)`: the database as it was then; the
  fence stays where it is unless `fence=` brings it along (a whole machine rolled back).
- a full disk: `pair.a.fill_disk()`, `pair.a.free_disk()`.
"""

import hashlib
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections

from legation.acts.introduction import words
from legation.errors import N_, Refusal
from legation.line import documents, queries, services
from legation.line.core import bundle as codec
from legation.line.databases import connect, forget
from legation.line.keyfiles import NodeSecrets, new_signing_key, root_key
from legation.line.node import Node, init_node, open_node
from legation.line.services import Entered, NewAct, Received
from legation.line.services.append import Signers
from legation.record.ed25519 import raw_public
from legation.record.keys import OfficerKey, sign_keys
from legation.record.signatures import OfficerSignature

START = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)
OVERHEAD = 1_136
SHARED_MEMORY = Path("/dev/shm")


class Crash(BaseException):
    """The process died here."""


class PlainSealing:
    """Seals nothing, but binds record and direction, and notices every changed bit."""

    overhead = OVERHEAD

    def __init__(
        self, private: bytes, peer_public: bytes, *, record: str, own: str, peer: str
    ) -> None:
        del private, peer_public
        self._out = f"{record} {own} {peer}".encode()
        self._in = f"{record} {peer} {own}".encode()

    def seal(self, plain: bytes) -> bytes:
        tag = hashlib.sha256(self._out + plain).digest()
        return tag + bytes(OVERHEAD - len(tag)) + plain

    def open(self, sealed: bytes | memoryview) -> bytes:
        plain = bytes(sealed[OVERHEAD:])
        if sealed[:OVERHEAD] != hashlib.sha256(self._in + plain).digest() + bytes(OVERHEAD - 32):
            raise Refusal("sealed", thing=N_("A bundle"), rule=N_("it was changed."), remedy="")
        return plain


class OpenSealing(PlainSealing):
    """Checks nothing: what the line itself notices without the seal."""

    def open(self, sealed: bytes | memoryview) -> bytes:
        return bytes(sealed[OVERHEAD:])


@dataclass
class Clock:
    """A clock that stands until somebody moves it."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def tick(self, seconds: float = 1) -> datetime:
        self.at += timedelta(seconds=seconds)
        return self.at


@dataclass
class Steps:
    """What is called between two steps: counts them, and crashes where it is told to."""

    passed: list[str] = field(default_factory=list)
    at: str = ""
    after: int = -1

    def __call__(self, step: str) -> None:
        self.passed.append(step)
        if self.after > 0:
            self.after -= 1
        if step == self.at or self.after == 0:
            self.at, self.after = "", -1
            raise Crash(step)


@dataclass
class TestNode:
    """A node in memory, with short names for what a test does to it."""

    __test__ = False

    node: Node
    clock: Clock
    steps: Steps
    custodians: dict[str, Ed25519PrivateKey]

    @property
    def alias(self) -> str:
        return self.node.alias

    def append(self, *acts: NewAct) -> list[Entered]:
        return services.append(self.node, acts, at=self.clock())

    def sends(self, carrier: str = "https", **how: Any) -> list[bytes]:
        return services.outgoing(self.node, carrier=carrier, at=self.clock(), **how)

    def takes(self, sealed: bytes, carrier: str = "https") -> Received:
        return services.receive(self.node, sealed, carrier=carrier, at=self.clock())

    def replies(self, carrier: str = "https") -> bytes:
        return services.reply(self.node, carrier=carrier, at=self.clock())

    def opened(self, sealed: bytes) -> codec.Bundle:
        """Return what a bundle for us says; changes nothing."""
        return services.opened(self.node, sealed)

    def sends_to(self, other: "TestNode", carrier: str = "https") -> list[Received]:
        """Send all there is; the other replies to each bundle, as over HTTPS."""
        results = []
        for sealed in self.sends(carrier):
            results.append(other.takes(sealed, carrier))
            self.takes(other.replies(carrier), carrier)
        return results

    def resumes(self) -> None:
        services.resume(self.node, sign=self.sign(), at=self.clock())

    def sign(self, *names: str) -> Signers:
        keys = {name: self.custodians[name] for name in names or self.custodians}

        def signed(message: bytes) -> list[OfficerSignature]:
            return [OfficerSignature(n, "ed25519", key.sign(message)) for n, key in keys.items()]

        return signed

    def state(self) -> bytes:
        return queries.state_bytes(self.node)

    def verify(self) -> None:
        """Recompute everything from the entries; fail with what differs."""
        report = queries.verify_record(self.node)
        assert report.ok, report.faults

    def status(self) -> Any:
        return queries.status(self.node)

    def crash_at(self, step: str) -> None:
        self.steps.at = step

    def crash_after(self, steps: int) -> None:
        self.steps.after = steps

    def raw(self) -> sqlite3.Connection:
        connections[self.alias].ensure_connection()
        raw: sqlite3.Connection = connections[self.alias].connection
        return raw

    def backup(self) -> sqlite3.Connection:
        """Return a copy of the database as committed."""
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        self.raw().backup(copy)
        return copy

    def restore(self, backup: sqlite3.Connection, *, fence: bytes | None = None) -> None:
        """Put the database back; the fence only if it comes along."""
        backup.backup(self.raw())
        if fence is not None:
            self.node.fence.write_bytes(fence)

    def fill_disk(self) -> None:
        """Let the database grow no further."""
        raw = self.raw()
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages}")

    def free_disk(self) -> None:
        self.raw().execute("PRAGMA max_page_count=1073741823")

    def rewritten(self, sealed: bytes, **changes: Any) -> bytes:
        """Return one of our bundles with other fields, signed by our line key."""
        sealing = PlainSealing(
            b"", b"", record=queries.record_id(self.node), own=self.node.party, peer=self.peer()
        )
        bundle = codec.read_bundle(codec.read_envelope(sealed[OVERHEAD:]))
        key = self.node.keys.line
        changed = replace(bundle, **changes)
        return sealing.seal(codec.encode(changed, overhead=OVERHEAD, sign=key.sign))

    def peer(self) -> str:
        named = queries.peer_name(self.node)
        assert named is not None
        return named[0]

    def having(self, **changes: Any) -> "TestNode":
        """Return this node with other sealing, clock …"""
        return replace(self, node=replace(self.node, **changes))


@dataclass
class Pair:
    """Two nodes in one record, and the clock that both read."""

    a: TestNode
    b: TestNode
    clock: Clock

    def both(self) -> tuple[TestNode, TestNode]:
        return self.a, self.b

    def sync(self, rounds: int = 3) -> None:
        """Exchange until nothing is left to say; a few rounds suffice."""
        for _ in range(rounds):
            self.clock.tick(60)
            self.a.sends_to(self.b)
            self.b.sends_to(self.a)


def new_pair(seed: int = 1, aliases: tuple[str, str] = ("a", "b")) -> Pair:
    """Return two introduced nodes in memory, all chance drawn from `seed`."""
    clock = Clock()
    chance = random.Random(seed)
    nodes = [
        _clone(made, alias, clock, chance) for made, alias in zip(_template(), aliases, strict=True)
    ]
    return Pair(nodes[0], nodes[1], clock)


@dataclass(frozen=True)
class _Made:
    """A node of the template: its database, its folder, its keys."""

    database: sqlite3.Connection
    home: Path
    party: str
    name: str
    keys: NodeSecrets
    custodians: dict[str, Ed25519PrivateKey]


def _clone(made: _Made, alias: str, clock: Clock, chance: random.Random) -> TestNode:
    connect(":memory:", alias)
    connections[alias].ensure_connection()
    made.database.backup(connections[alias].connection)
    connections[alias].connection.execute("PRAGMA max_page_count=1073741823")
    steps = Steps()
    for later in made.home.glob("keys/documents/[1-9]*.json"):
        later.unlink()  # another pair's, of the same folder
    shutil.rmtree(made.home / "files", ignore_errors=True)
    fence = made.home.parent / f"{alias}-{made.party}.fence"
    fence.write_bytes(made.home.with_name(made.party + ".fence").read_bytes())
    node = Node(
        alias=alias,
        home=made.home,
        party=made.party,
        name=made.name,
        keys=made.keys,
        clock=clock,
        random=chance.randbytes,
        fence=fence,
        sealing=PlainSealing,
        trip=steps,
    )
    return TestNode(node, clock, steps, made.custodians)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    where = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    return tempfile.TemporaryDirectory(prefix="legation-", dir=where)


@cache
def _template() -> tuple[_Made, _Made]:
    """Make both nodes once: keys from a seed of their own, introduced, confirmed."""
    chance = random.Random(20_261_123)
    us = _open(chance, "US", "United States of America", "RU")
    ru = _open(chance, "RU", "Russian Federation", "US")
    custodians = [_add_custodians(node, chance) for node in (us, ru)]
    files = [services.own_introduction(node) for node in (us, ru)]
    for node, theirs in zip((us, ru), reversed(files), strict=True):
        services.import_introduction(node, theirs, at=START)
        said = " ".join(words(theirs))
        assert not services.confirm_peer(node, said, by="Ada", at=START)
        assert services.confirm_peer(node, said, by="Bela", at=START)
    return _made(us, custodians[0]), _made(ru, custodians[1])


def _open(chance: random.Random, party: str, name: str, peer: str) -> Node:
    home = Path(_folder().name) / party
    init_node(
        home,
        party=party,
        name=name,
        peer=peer,
        passphrase="open",
        now=START,
        random=chance.randbytes,
    )
    return open_node(home, f"made_{party}", random=chance.randbytes)


def _add_custodians(node: Node, chance: random.Random) -> dict[str, Ed25519PrivateKey]:
    keys = {f"{node.party}-{n}": new_signing_key(chance.randbytes) for n in (1, 2)}
    root = root_key(node.home, "open")
    for label, key in keys.items():
        officer = OfficerKey(label, "custodian", "ed25519", raw_public(key))
        document = documents.with_officer(documents.newest(node.home), officer)
        documents.write(node.home, sign_keys(document, root))
    return keys


def _made(node: Node, custodians: dict[str, Ed25519PrivateKey]) -> _Made:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connections[node.alias].connection.backup(copy)
    forget(node.alias)
    return _Made(copy, node.home, node.party, node.name, node.keys, custodians)


def steps_of(node: TestNode, action: Callable[[], object]) -> list[str]:
    """Return the steps that an action passes, in order."""
    before = len(node.steps.passed)
    action()
    return node.steps.passed[before:]


@contextmanager
def crashing(node: TestNode, step: str) -> Iterator[None]:
    """Run something that must die at a step of this node."""
    node.crash_at(step)
    try:
        yield
    except Crash:
        return
    raise AssertionError(f"the step {step} was not reached")


def flipped(sealed: bytes, bit: int) -> bytes:
    """Return the bytes with one bit changed."""
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def all_entries(nodes: Sequence[TestNode]) -> list[list[tuple[str, int, bytes]]]:
    """Return party, index and leaf of every entry each node holds, for comparison."""
    return [queries.all_leaves(each.node) for each in nodes]
