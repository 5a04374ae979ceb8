"""What an outsider is handed: the proof of one act, against a checkpoint its log has signed."""

from legation.errors import N_, Refusal
from legation.line.models import Entry, Log, Side
from legation.line.node import Node
from legation.line.queries.state import no_such_entry
from legation.line.queries.stored import opening_of
from legation.line.queries.tree import StoredHashes
from legation.record.merkle import inclusion_proof
from legation.record.note import parse_checkpoint, parse_note
from legation.record.proof import prove


def proof(node: Node, side: str, index: int) -> bytes:
    """Return the proof file of one entry: it opens this act and no other.

    side: "own" or "peer". Raises Refusal "no-such-entry", "not-signed" (an entry of ours that
    has not left yet).
    """
    alias = node.alias
    log = Log.objects.using(alias).filter(side=side).first()
    entry = Entry.objects.using(alias).filter(side=side, index=index).first()
    if log is None or entry is None:
        raise no_such_entry(side, index)
    note = newest_note(log)
    size = parse_checkpoint(parse_note(note.encode()).text).size if note else 0
    if index >= size:
        raise Refusal(
            "not-signed",
            thing=N_("Entry {index} ({side})"),
            rule=N_("a checkpoint covers it once it has left; the newest covers {size} entries."),
            remedy=N_("Wait for the next bundle, or send one with `line sync`."),
            index=index,
            side=side,
            size=size,
        )
    hashes = inclusion_proof(StoredHashes(alias, side), index, size)
    return prove(opening_of(entry), index, hashes, note.encode()).encode()


def newest_note(log: Log) -> str:
    """Return the newest checkpoint of a log, with the other party's cosignature if it has one."""
    if log.cosigned_size == log.checkpoint_size:
        return log.cosigned
    return log.checkpoint


def checkpoint(node: Node, side: str) -> str:
    """Return the newest checkpoint of a log as a signed note, "" while there is none."""
    log = Log.objects.using(node.alias).filter(side=Side(side)).first()
    return "" if log is None else newest_note(log)
