"""Rows of the line: logs, state, peer and carriers; files; what is on paper."""

from legation.line.models.book import (
    BookEntry,
    BookThing,
    Delivery,
)
from legation.line.models.files import (
    FileMention,
    HeldFile,
)
from legation.line.models.record import (
    CarrierState,
    Entry,
    Evidence,
    HeartbeatSlot,
    KeysDocumentRow,
    Log,
    OldCheckpoint,
    Peer,
    RefusalCount,
    Side,
    StandingThing,
    Tile,
)

__all__ = [
    "BookEntry",
    "BookThing",
    "CarrierState",
    "Delivery",
    "Entry",
    "Evidence",
    "FileMention",
    "HeartbeatSlot",
    "HeldFile",
    "KeysDocumentRow",
    "Log",
    "OldCheckpoint",
    "Peer",
    "RefusalCount",
    "Side",
    "StandingThing",
    "Tile",
]
