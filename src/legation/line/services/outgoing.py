"""What leaves: bundles from the peer's `have` to our log's end, or a heartbeat.

1. Before anything leaves: `record.seen` if it is due, committed.
2. Then, holding the write lock: the checkpoint of our end is signed over committed rows, the
   fence is on the disk, our cosignature is made if our committed log has seen that much.
3. Then bundles are read, signed by the line key and sealed, one by one: entries never change.
4. A full disk stops appending, not heartbeats: then credit 0 is announced.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from legation.errors import Refusal
from legation.line.core import bundle as codec
from legation.line.core import protocol
from legation.line.core.bundle import MAX_ENTRIES, Bundle
from legation.line.databases import told_apart, writing
from legation.line.models import CarrierState, Entry, Side
from legation.line.node import Node, Sealing
from legation.line.services import beats
from legation.line.services.append import NewAct, append_in
from legation.line.services.fencing import (
    OPEN,
    RESUMING,
    begin_term,
    fence_matches,
    fence_off,
    raise_fence,
    term_stands,
)
from legation.line.services.freight import peer_speaks, wants_now
from legation.line.services.keys import history_with, signable
from legation.line.services.rows import Facts, cosigner, load, root_of, sealing_of
from legation.record.merkle import Root, consistency_proof
from legation.record.note import Checkpoint, add_lines, cosign, parse_note, sign_checkpoint

CREDIT: Final = 64
"""Bundles that a node takes at once while its disk has room."""


def outgoing(
    node: Node, *, carrier: str, at: datetime, resend: bool = False, most: int | None = None
) -> list[bytes]:
    """Return the sealed bundles that this carrier takes now; at least one, a heartbeat.

    resend: from what the peer acknowledged, even if it went out on this carrier before (a lost
    stick). most: bundles at most.
    Raises Refusal "no-peer", "locked", "fence".
    """
    return list(each_outgoing(node, carrier=carrier, at=at, resend=resend, most=most))


def reply(node: Node, *, carrier: str, at: datetime) -> bytes:
    """Return the one sealed bundle that answers a bundle. Raises as `outgoing`."""
    return next(each_outgoing(node, carrier=carrier, at=at, most=1))


def each_outgoing(
    node: Node, *, carrier: str, at: datetime, resend: bool = False, most: int | None = None
) -> Iterator[bytes]:
    """Do as `outgoing`, holding one bundle in memory at a time."""
    plan = _planned(node, carrier, at, resend=resend, most=most)
    facts, sealing = plan.facts, plan.sealing
    for bundle in _bundles(plan):
        node.trip("bundle")
        plain = codec.encode(bundle, overhead=sealing.overhead, sign=facts.node.keys.line.sign)
        yield sealing.seal(plain)


def keep_term(node: Node, *, at: datetime) -> bool:
    """Begin a new term if the fence does not match: after a restore. Tell whether one began.

    Called at start and before anything leaves. Raises Refusal "no-peer", "fence", "locked".
    """
    with told_apart(node.alias):
        facts = load(node)
        if term_stands(facts):
            return False
    with writing(node.alias):
        facts = load(node)
        if term_stands(facts):
            return False
        begin_term(facts, at=at)
        facts.save()
        node.trip("term begun")
    node.trip("term committed")
    fence_off(node, facts.own.term)
    return True


@dataclass(slots=True)
class _Plan:
    """What is going to leave. header: of every bundle; entries [first, end) of our log."""

    facts: Facts
    header: Bundle
    first: int
    end: int
    most: int | None

    @property
    def sealing(self) -> Sealing:
        """What seals to the peer."""
        return sealing_of(self.facts)


def _planned(node: Node, carrier: str, at: datetime, *, resend: bool, most: int | None) -> _Plan:
    try:
        _make_ready(node, at)
        with writing(node.alias):
            facts = load(node)
            state = beats.carrier_of(facts, carrier)
            plan = _plan(facts, state, at, resend=resend, most=most)
            node.trip("signed")
            beats.sent(facts, state, first=plan.first, up_to=plan.end, at=at)
            facts.save()
            node.trip("prepared")
        node.trip("prepared committed")
    except Refusal as refusal:
        if refusal.code != "disk-full":
            raise
        return _without_room(node, carrier, at)
    return plan


def _make_ready(node: Node, at: datetime) -> None:
    """Do what comes first (rule 1, and the term after a restore), if there is anything to do."""
    with told_apart(node.alias):
        facts = load(node)
        stands = term_stands(facts)
    if not stands:
        keep_term(node, at=at)
    elif _seen_is_due(facts):
        note_seen(node, at=at)


def note_seen(node: Node, *, at: datetime) -> bool:
    """Append `record.seen` if it is due; tell whether. Raises Refusal as `append`."""
    with writing(node.alias):
        facts = load(node)
        if not _seen_is_due(facts) or not fence_matches(facts):
            return False
        append_in(facts, [NewAct(type=protocol.SEEN, body={})], at=at)
        facts.save()
        node.trip("seen")
    node.trip("seen committed")
    return True


def _seen_is_due(facts: Facts) -> bool:
    own, theirs = facts.own, facts.theirs
    return own.state == OPEN and protocol.seen_is_due(
        seen_to=own.seen_to,
        solid=min(theirs.solid, theirs.usable),
        held=theirs.usable,
        announced=theirs.announced,
    )


def _plan(
    facts: Facts, state: CarrierState, at: datetime, *, resend: bool, most: int | None
) -> _Plan:
    own = facts.own
    first = end = own.have
    history = history_with(facts, Side.OWN)
    if own.state == OPEN and facts.own.acked_term in ("", own.term):
        if state.credit and own.have < own.size:
            again = resend or beats.resend_is_due(state, at)
            first = own.have if again else state.sent_to
            first = min(max(first, own.have), own.size)
            end = own.size
            if most is not None:
                end = min(end, first + most * MAX_ENTRIES)
            end = max(first, signable(history, end))  # nothing under a suspended log key
        if first < end:
            _sign_end(facts, end)
        _cosign(facts, at)
    header = _header(facts, state, at, credit=CREDIT)
    # What cannot be signed is not announced: the other side would wait for it to see the rest.
    header = replace(header, size=max(own.have, signable(history, own.size)))
    return _Plan(facts, header, first, end, most)


def _sign_end(facts: Facts, end: int) -> None:
    """Sign the checkpoint up to which entries leave; the fence goes first (rule 2)."""
    own = facts.own
    if end >= own.fenced_size:
        root = facts.root_at(Side.OWN, end)
        assert root is not None
        raise_fence(facts, Root(end, root))
        facts.node.trip("fenced")
    if end >= own.checkpoint_size:
        own.checkpoint, own.checkpoint_size = _checkpoint(facts, end), end


def _checkpoint(facts: Facts, size: int, root: bytes | None = None) -> str:
    root = root or facts.root_at(Side.OWN, size)
    assert root is not None
    origin = facts.origin(Side.OWN)
    note = sign_checkpoint(Checkpoint(origin, size, root), origin, facts.node.keys.log)
    return note.decode()


def _cosign(facts: Facts, at: datetime) -> None:
    """Cosign their newest checkpoint if our committed log has seen it (see before you cosign)."""
    theirs, own = facts.theirs, facts.own
    if theirs.state != OPEN or theirs.checkpoint_size <= theirs.cosigned_size:
        return
    if theirs.usable < theirs.size:
        return
    if not protocol.may_cosign(seen_to=own.seen_to, solid=theirs.solid):
        return
    name = cosigner(own.party, facts.peer.record)
    since = theirs.cosigned_at
    time = max(int(at.timestamp()), int(since.timestamp()) if since else 1)  # never goes back
    line = cosign(parse_note(theirs.checkpoint.encode()).text, name, facts.node.keys.cosign, time)
    theirs.cosigned = add_lines(theirs.checkpoint.encode(), [line]).decode()
    theirs.cosigned_size, theirs.cosigned_at = theirs.checkpoint_size, at
    beats.keep_checkpoint(facts, Side.PEER, at)


def _header(facts: Facts, state: CarrierState, at: datetime, *, credit: int) -> Bundle:
    """Return a heartbeat: all that a bundle says beside the entries it carries."""
    peer, own, theirs = facts.peer, facts.own, facts.theirs
    keys = facts.keys(Side.OWN)
    return _given_back(
        facts,
        Bundle(
            record=peer.record,
            sender=own.party,
            to=peer.party,
            pair=peer.pair,
            term=own.term,
            ack_term=theirs.term,
            challenge=peer.challenge,
            answer=peer.their_challenge,
            have=root_of(theirs),
            held=theirs.checkpoint,
            cosigned=theirs.cosigned,
            want_own=own.size if own.state == RESUMING else None,
            size=own.size,
            carrier=state.name,
            seq=beats.next_seq(state, at),
            heard=state.heard,
            credit=credit,
            keys_seq=facts.keys(Side.PEER).newest.seq,
            keys=tuple(
                document.encode() for _, document in keys.placed if document.seq > peer.keys_seq
            )[: codec.MAX_KEYS],
            resumed=bytes(own.resumed) if own.acked_term != own.term else b"",
            wants=wants_now(facts, turn=state.seq) if peer_speaks(facts) else None,
        ),
    )


def _given_back(facts: Facts, header: Bundle) -> Bundle:
    """Add the run of their own log that they asked for, with its proof."""
    theirs, first = facts.theirs, facts.peer.wants_own
    if first is None or first >= theirs.size or not theirs.checkpoint:
        return header
    openings = _openings(facts, Side.PEER, first, theirs.size)
    count = codec.how_many_fit(
        [len(each) for each in openings], overhead=sealing_of(facts).overhead, others=MAX_ROOM
    )
    until = first + count
    proof = consistency_proof(facts.trees[Side.PEER], until, theirs.checkpoint_size)
    return replace(
        header,
        own_first=first,
        own_entries=tuple(openings[:count]),
        own_proof=proof,
        own_checkpoint=theirs.checkpoint,
    )


MAX_ROOM: Final = codec.MAX_KEYS * codec.MAX_ENTRY
"""Bytes kept free for keys documents and the act that opens a term."""


def _openings(facts: Facts, side: str, first: int, until: int) -> list[bytes]:
    rows = Entry.objects.using(facts.alias).filter(
        side=side, index__gte=first, index__lt=min(until, first + MAX_ENTRIES)
    )
    return [bytes(each) for each in rows.order_by("index").values_list("opening", flat=True)]


def _bundles(plan: _Plan) -> Iterator[Bundle]:
    """Yield the bundles of a plan; the first alone carries what is given back."""
    facts, header, first = plan.facts, plan.header, plan.first
    if first >= plan.end:
        yield header
        return
    bare = replace(header, own_entries=(), own_proof=(), own_checkpoint="", own_first=0)
    others = sum(len(each) + 4 for each in (*header.own_entries, *header.keys, header.resumed))
    edge = facts.edge_at(Side.OWN, first)
    history = history_with(facts, Side.OWN)
    sent = 0
    while first < plan.end and (plan.most is None or sent < plan.most):
        rows = list(
            Entry.objects.using(facts.alias)
            .filter(side=Side.OWN, index__gte=first, index__lt=min(plan.end, first + MAX_ENTRIES))
            .order_by("index")
            .values_list("opening", "leaf")
        )
        count = codec.how_many_fit(
            [len(opening) for opening, _ in rows],
            overhead=plan.sealing.overhead,
            others=others if not sent else 0,
        )
        if not count:  # what is given back leaves no room: entries in the next
            yield header
            header, others = bare, 0
            continue
        count = signable(history, first + count) - first
        if count <= 0:  # the rotation that ends a suspension lies beyond one bundle
            yield header
            return
        taken = rows[:count]
        edge = edge.extend(bytes(leaf) for _, leaf in taken)
        yield replace(
            header if not sent else bare,
            first=first,
            entries=tuple(bytes(opening) for opening, _ in taken),
            checkpoint=_checkpoint(facts, edge.size, edge.root().hash),
        )
        first, sent, header = edge.size, sent + 1, bare


def _without_room(node: Node, carrier: str, at: datetime) -> _Plan:
    """Return a heartbeat that writes nothing: the disk is full (rule 4)."""
    with told_apart(node.alias):
        facts = load(node)
        state = beats.carrier_of(facts, carrier)
    return _Plan(facts, _header(facts, state, at, credit=0), facts.own.have, facts.own.have, 1)
