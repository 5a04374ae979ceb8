"""Every read of the line, as frozen dataclasses."""

from legation.line.queries.proofs import checkpoint, proof
from legation.line.queries.report import Fault, Report
from legation.line.queries.state import (
    EntryView,
    Receipt,
    about,
    all_leaves,
    each_thing,
    entries,
    entry,
    is_provisional,
    peer_name,
    receipt,
    receipt_of,
    record_id,
    state_bytes,
    thing,
    things,
)
from legation.line.queries.status import Status, status
from legation.line.queries.verify import verify_record

__all__ = [
    "EntryView",
    "Fault",
    "Receipt",
    "Report",
    "Status",
    "about",
    "all_leaves",
    "checkpoint",
    "each_thing",
    "entries",
    "entry",
    "is_provisional",
    "peer_name",
    "proof",
    "receipt",
    "receipt_of",
    "record_id",
    "state_bytes",
    "status",
    "thing",
    "things",
    "verify_record",
]
