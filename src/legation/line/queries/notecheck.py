"""Checkpoints and keys documents as they must be: by the leaves, the roots' signatures, the fold.

1. A checkpoint has the root that the leaves give, and a signature by a key of its log; one that
   is kept as countersigned has that too. Columns beside it say what it says.
2. What the peer said it holds of our log is what our log was then.
3. Keys documents follow one another, from the introduction; each stands where the act that
   brought it does. A log's term is that of its newest run.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from legation.acts.kinds.party import PartyState
from legation.errors import Refusal
from legation.line.models import KeysDocumentRow, Log, OldCheckpoint, Side
from legation.line.queries.report import Report, table_of
from legation.line.services.fencing import FROZEN, OPEN, RESUMING
from legation.line.services.rows import Facts, keys_of
from legation.record import canon
from legation.record.keys import check_first, check_next
from legation.record.merkle import Frontier
from legation.record.note import (
    Checkpoint,
    open_cosignature,
    open_note,
    parse_checkpoint,
    parse_note,
)

_STATES: Final = {Side.OWN: {OPEN, RESUMING, FROZEN}, Side.PEER: {OPEN, FROZEN}}


def check_notes(facts: Facts, log: Log, leaves: Sequence[bytes], report: Report) -> None:
    """Check every kept checkpoint of a log, and what the peer holds of it (1, 2)."""
    table, old = table_of(Log), table_of(OldCheckpoint)
    kept = [(table, f"{log.side} checkpoint", log.checkpoint, False)]
    kept.append((table, f"{log.side} cosigned", log.cosigned, True))
    rows = OldCheckpoint.objects.using(facts.alias).filter(side=log.side).order_by("size")
    for row in rows:
        kept.append((old, f"{log.side} {row.size}", row.note, True))
        if (row.origin, row.size) != _said(row.note):
            report.note(old, f"{log.side} {row.size}", "origin, size")
    for column, note in (("checkpoint_size", log.checkpoint), ("cosigned_size", log.cosigned)):
        if getattr(log, column) != _said(note)[1]:
            report.note(table, log.side, column)
    edges = _edges(leaves, {_said(note)[1] for _, _, note, _ in kept} | {log.have})
    for place, name, note, cosigned in kept:
        if note and (what := _fault_of_note(facts, log, edges, note, cosigned=cosigned)):
            report.note(place, name, what)
        report.count("checkpoints", bool(note))
    held = edges.get(log.have)
    if held is None and log.state == OPEN:
        report.note(table, log.side, "have")
    elif log.have and held is not None and bytes(log.have_root) != held.root().hash:
        report.note(table, log.side, "have_root")


def _edges(leaves: Sequence[bytes], sizes: set[int]) -> dict[int, Frontier]:
    edge = Frontier()
    edges = {0: edge}
    for size in sorted(sizes):
        if size <= len(leaves):
            edge = edges[size] = edge.extend(leaves[edge.size : size])
    return edges


def _said(note: str) -> tuple[str, int]:
    with suppress(Refusal):
        checkpoint = parse_checkpoint(parse_note(note.encode()).text)
        return checkpoint.origin, checkpoint.size
    return "", 0


def _fault_of_note(
    facts: Facts, log: Log, edges: dict[int, Frontier], note: str, *, cosigned: bool
) -> str:
    other = facts.theirs if log.side == Side.OWN else facts.own
    try:
        checkpoint: Checkpoint = parse_checkpoint(parse_note(note.encode()).text)
        known = keys_of(facts.alias, log.side, log.party)
        open_note(note.encode(), known.log_keys(checkpoint.origin))
        if cosigned:
            _open_cosigned(facts, other, note)
    except Refusal as refusal:
        return refusal.code
    edge = edges.get(checkpoint.size)
    if edge is None:
        return "size"
    return "" if edge.root() == checkpoint.root else "root"


def _open_cosigned(facts: Facts, other: Log, note: str) -> None:
    keys = keys_of(facts.alias, other.side, other.party)
    every = keys.every_cosign_key(facts.peer.record)
    for key in every[:-1]:
        with suppress(Refusal):
            open_cosignature(note.encode(), key)
            return
    for key in every[-1:]:
        open_cosignature(note.encode(), key)


def check_documents(facts: Facts, log: Log, report: Report) -> None:
    """Check that a party's keys documents follow one another, from its introduction (3)."""
    table, previous = table_of(KeysDocumentRow), None
    rows = KeysDocumentRow.objects.using(facts.alias).filter(side=log.side).order_by("seq")
    for row in rows:
        data = bytes(row.document)
        try:
            previous = check_first(data) if previous is None else check_next(previous, data)
        except Refusal as refusal:
            report.note(table, f"{log.side} {row.seq}", refusal.code)
            break
        if previous.seq != row.seq:
            report.note(table, f"{log.side} {row.seq}", "seq")
        report.count("keys documents")
    first = rows.first()
    introduced = facts.parties.own(log.party).introduction.document.encode()
    if first is None or bytes(first.document) != introduced:
        report.note(table, f"{log.side} 0", "document")


def check_party(facts: Facts, log: Log, party: PartyState, report: Report) -> None:
    """Check the state of a log, and against the fold its term and where its keys stand (3)."""
    if log.state not in _STATES[Side(log.side)]:
        report.note(table_of(Log), log.side, "state")
    if log.usable < log.size:
        return  # what brings keys or a term may be among what is not folded yet
    is_opening = log.state == RESUMING or (log.resumed and log.resumed_size >= log.size)
    introduced = facts.parties.own(log.party).introduction.term
    origin = party.runs[-1].origin if party.runs else facts.origin(log.side, introduced)
    if not is_opening and origin != facts.origin(log.side):
        report.note(table_of(Log), log.side, "term")
    places = {
        canon.encode(each.document): each.index
        for each in party.documents
        if isinstance(each.document, dict)
    }
    rows = KeysDocumentRow.objects.using(facts.alias).filter(side=log.side).order_by("seq")
    for row in rows:
        if row.position != places.get(bytes(row.document)):
            report.note(table_of(KeysDocumentRow), f"{log.side} {row.seq}", "position")
