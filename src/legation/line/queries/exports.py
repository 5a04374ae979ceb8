"""What an export takes from the rows of the line: both logs as signed, keys, introductions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from legation.errors import N_, Refusal
from legation.line.models import Entry, Log, OldCheckpoint, Side
from legation.line.node import Node
from legation.line.queries.tree import read_hashes
from legation.line.services.rows import Facts, KeysOf, cosigner, keys_of, load
from legation.record.note import (
    COSIGNATURE,
    ED25519,
    VerifierKey,
    parse_checkpoint,
    parse_note,
)

_AT_ONCE: Final = 500
_BLOCK: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLog:
    """One log up to its newest signed checkpoint.

    checkpoint: that note, with the other party's cosignature where it is held. size, root: of
    it. earlier: (size, note) of those before that were cosigned, smallest first. log_key:
    which key signed it; cosign_keys: the other party's, newest first. keys: the party's own
    documents in order. introduction: its signed file, as exchanged. later: entries after the
    checkpoint; nobody has signed them yet.
    """

    side: str
    party: str
    name: str
    root_fp: str
    size: int
    root: bytes
    checkpoint: bytes
    earlier: tuple[tuple[int, bytes], ...]
    log_key: VerifierKey
    cosign_keys: tuple[VerifierKey, ...]
    keys: tuple[bytes, ...]
    introduction: bytes
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRecord:
    """The record as both logs' newest checkpoints cover it; `own` is this node's side."""

    record: str
    own: SignedLog
    peer: SignedLog


def signed_record(node: Node) -> SignedRecord:
    """Return what an export of this node's record rests on.

    Raises Refusal "no-peer"; "nothing-signed" while one log has no signed checkpoint here.
    """
    facts = load(node)
    return SignedRecord(
        record=facts.peer.record, own=_signed(facts, Side.OWN), peer=_signed(facts, Side.PEER)
    )


def signed_log(node: Node, side: str) -> SignedLog:
    """Return what an export of one log rests on, whatever is signed of the other.

    Raises Refusal "no-peer", "nothing-signed".
    """
    return _signed(load(node), side)


def openings(node: Node, side: str, order: Sequence[int]) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield (index, opening, leaf hash) of these entries, in this order."""
    rows = Entry.objects.using(node.alias).filter(side=side)
    for start in range(0, len(order), _AT_ONCE):
        wanted = order[start : start + _AT_ONCE]
        found = {
            index: (bytes(opening), bytes(leaf))
            for index, opening, leaf in rows.filter(index__in=wanted).values_list(
                "index", "opening", "leaf"
            )
        }
        for index in wanted:
            yield index, *found[index]


def leaves(node: Node, side: str, size: int) -> Iterator[bytes]:
    """Yield the leaf hashes of a log's first `size` entries."""
    for first in range(0, size, _BLOCK):
        yield from read_hashes(node.alias, side, 0, first, min(size, first + _BLOCK))


def _signed(facts: Facts, side: str) -> SignedLog:
    log, other = facts.log(side), facts.log(Side.PEER if side == Side.OWN else Side.OWN)
    keys = keys_of(facts.alias, side, log.party)
    if not log.checkpoint:
        raise Refusal(
            "nothing-signed",
            thing=N_("The log of {party}"),
            rule=N_("an export rests on signed checkpoints, and none of this log is held here."),
            remedy=N_("Exchange bundles with the other side first: `legation line sync`."),
            party=log.party,
        )
    newest = log.cosigned if log.cosigned_size == log.checkpoint_size else log.checkpoint
    checkpoint = parse_checkpoint(parse_note(newest.encode()).text)
    introduction = facts.peer.own_introduction if side == Side.OWN else facts.peer.introduction
    document = keys.newest
    return SignedLog(
        side=side,
        party=log.party,
        name=document.name,
        root_fp=document.fingerprint,
        size=checkpoint.size,
        root=checkpoint.hash,
        checkpoint=newest.encode(),
        earlier=_earlier(facts.alias, log, checkpoint.size),
        log_key=VerifierKey.of(
            checkpoint.origin, ED25519, keys.history().log_key_for(checkpoint.size)
        ),
        cosign_keys=_cosign_keys(facts, keys_of(facts.alias, other.side, other.party)),
        keys=tuple(document.encode() for _, document in keys.placed),
        introduction=bytes(introduction),
        later=log.size - checkpoint.size,
    )


def _earlier(alias: str, log: Log, size: int) -> tuple[tuple[int, bytes], ...]:
    kept = OldCheckpoint.objects.using(alias).filter(side=log.side, size__lt=size)
    notes = dict(kept.order_by("size").values_list("size", "note"))
    if 0 < log.cosigned_size < size:
        notes[log.cosigned_size] = log.cosigned
    return tuple((at, notes[at].encode()) for at in sorted(notes))


def _cosign_keys(facts: Facts, keys: KeysOf) -> tuple[VerifierKey, ...]:
    name = cosigner(keys.party, facts.peer.record)
    return tuple(VerifierKey.of(name, COSIGNATURE, raw) for raw in keys.history().cosign_keys())
