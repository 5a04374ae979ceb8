"""Officers confirm a peer: two who may, each with an audit row."""

from datetime import datetime

from legation.line import services as line
from legation.line.databases import writing
from legation.line.node import Node
from legation.officers.models import Officer
from legation.officers.permissions import CONFIRM, require
from legation.officers.services.audit import note_down
from legation.officers.services.lookup import find_officer


def confirm_peer(node: Node, *, said: str, by: Officer | str, at: datetime) -> bool:
    """Confirm the peer by the words its officers read out; tell whether the record exists now.

    Raises Refusal "suspended", "role", and what the line refuses ("words", "same-officer" …).
    """
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, CONFIRM)
        confirmed = line.confirm_peer(node, said, by=officer.username, at=at)
        note_down(node, what="peer.confirmed", by=officer, at=at, detail={"second": confirmed})
    return confirmed
