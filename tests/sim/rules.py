"""The invariants of the line, checked from outside on what left a node and on what it committed.

1. A mirror is at every moment a prefix of something its author had committed.
2. Nobody signs two histories of one origin (unless the whole machine was rolled back, fence and
   all; then an alarm with evidence must follow, never silent divergence).
3. What a bundle acknowledges was committed before it left; see before you cosign.
4. What some node held throughout is in both logs at the end.
5. Effects equal the logs: every derived row is what the entries give.
6. After healing both nodes converge within 12 rounds, and hold every file that neither erased.
"""

from dataclasses import dataclass, field

from legation.line.core import bundle as codec
from legation.line.core.bundle import Bundle
from legation.line.models import Entry, Log, Side
from legation.record.merkle import Frontier
from legation.record.note import parse_checkpoint, parse_note
from line.harness import OVERHEAD, TestNode

SEEN = "record.seen"


class Violation(AssertionError):
    """An invariant did not hold."""


@dataclass(slots=True)
class Held:
    """What one party's node has committed, as last looked at."""

    leaves: list[bytes] = field(default_factory=list)
    mirror: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Watch:
    """Looks at both nodes after every step, and at every bundle that leaves."""

    rolled_back: set[str] = field(default_factory=set)
    written: dict[str, set[tuple[int, bytes]]] = field(default_factory=dict)
    signed: dict[tuple[str, int], bytes] = field(default_factory=dict)
    holders: dict[bytes, set[str]] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)

    def look(self, node: TestNode, peer: TestNode) -> None:
        """Take in what the node has committed, and check rule 1."""
        name, alias = node.node.party, node.alias
        now = Held(_leaves(alias, Side.OWN), _leaves(alias, Side.PEER))
        before = self.held.get(name, Held())
        if now.leaves != before.leaves:
            self._wrote(name, now.leaves)
        for leaf in {*before.leaves, *before.mirror} - {*now.leaves, *now.mirror}:
            self.holders[leaf].discard(name)
        for leaf in {*now.leaves, *now.mirror} - {*before.leaves, *before.mirror}:
            holders = self.holders.setdefault(leaf, set())
            if (leaf in now.leaves and leaf not in before.leaves and not holders) or holders:
                holders.add(name)
        self.held[name] = now
        self._mirror_is_a_prefix(name, peer.node.party, now.mirror)

    def _wrote(self, party: str, leaves: list[bytes]) -> None:
        known, edge = self.written.setdefault(party, set()), Frontier()
        for leaf in leaves:
            edge = edge.append(leaf)
            known.add((edge.size, edge.root().hash))

    def _mirror_is_a_prefix(self, holder: str, author: str, mirror: list[bytes]) -> None:
        if not mirror:
            return
        root = Frontier().extend(mirror).root()
        if (root.size, root.hash) not in self.written.get(author, set()):
            raise Violation(f"{holder} mirrors {root.size} entries that {author} never committed")

    def leaves(self, node: TestNode, sealed: bytes) -> None:
        """Check a bundle that leaves a node (rules 2 and 3)."""
        bundle = codec.read_bundle(codec.read_envelope(sealed[OVERHEAD:]))
        name = node.node.party
        if bundle.checkpoint:
            self._one_history(name, bundle.checkpoint)
        own, theirs = (Log.objects.using(node.alias).get(side=s) for s in (Side.OWN, Side.PEER))
        if bundle.have.size > theirs.size:
            raise Violation(f"{name} acknowledges {bundle.have.size}, committed {theirs.size}")
        _seen_before_cosigned(node, bundle, own)

    def _one_history(self, party: str, note: str) -> None:
        checkpoint = parse_checkpoint(parse_note(note.encode()).text)
        place = (checkpoint.origin, checkpoint.size)
        if self.signed.setdefault(place, checkpoint.hash) == checkpoint.hash:
            return
        if party not in self.rolled_back:
            raise Violation(f"{party} signed two histories at {place}")

    def nothing_is_lost(self, logs: tuple[set[bytes], set[bytes]]) -> None:
        """Check rule 4. logs: leaves in both logs, as each of the two nodes has them."""
        for leaf, holders in self.holders.items():
            if holders and not all(leaf in log for log in logs):
                raise Violation(f"lost {leaf.hex()[:12]}, which {sorted(holders)} held throughout")


def _leaves(alias: str, side: str) -> list[bytes]:
    rows = Entry.objects.using(alias).filter(side=side).order_by("index")
    return [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]


def _seen_before_cosigned(node: TestNode, bundle: Bundle, own: Log) -> None:
    if not bundle.cosigned:
        return
    size = parse_checkpoint(parse_note(bundle.cosigned.encode()).text).size
    types = Entry.objects.using(node.alias).filter(side=Side.PEER, index__lt=size)
    solid = [row.index for row in types.only("index", "type") if row.type != SEEN]
    if solid and own.seen_to <= max(solid):
        raise Violation(f"{node.node.party} cosigned {size}, its log had seen {own.seen_to}")
