"""Every write of the line: appending, receiving, what leaves, the peer, terms, keys."""

from legation.line.services.append import Entered, NewAct, append
from legation.line.services.beats import unsent
from legation.line.services.effects import Change
from legation.line.services.freight import (
    PATIENCE,
    call_for_freight,
    each_freight,
    freight_due,
    lacks_files,
    planned,
    reply_with_freight,
    should_call,
)
from legation.line.services.intake import Freighted, Intake
from legation.line.services.outgoing import each_outgoing, keep_term, outgoing, reply
from legation.line.services.peers import (
    confirm_peer,
    import_introduction,
    kept_introduction,
    own_introduction,
)
from legation.line.services.receive import opened, receive, receive_any, unsealed
from legation.line.services.speaking import announce
from legation.line.services.terms import resume
from legation.line.services.visit import Received

__all__ = [
    "PATIENCE",
    "Change",
    "Entered",
    "Freighted",
    "Intake",
    "NewAct",
    "Received",
    "announce",
    "append",
    "call_for_freight",
    "confirm_peer",
    "each_freight",
    "each_outgoing",
    "freight_due",
    "import_introduction",
    "keep_term",
    "kept_introduction",
    "lacks_files",
    "opened",
    "outgoing",
    "own_introduction",
    "planned",
    "receive",
    "receive_any",
    "reply",
    "reply_with_freight",
    "resume",
    "should_call",
    "unsealed",
    "unsent",
]
