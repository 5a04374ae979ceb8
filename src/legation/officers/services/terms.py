"""Custodians let a restored log go on, with an audit row."""

from collections.abc import Sequence
from datetime import datetime

from legation.line import services as line
from legation.line.databases import writing
from legation.line.node import Node
from legation.officers.models import Officer
from legation.officers.services.audit import note_down
from legation.officers.services.custodians import signers


def resume_log(node: Node, *, by: Sequence[Officer | str], at: datetime) -> None:
    """Sign, with each custodian's key file, that our restored log goes on under a new term.

    by: the custodians; their tokens are the caller's to check.
    Raises Refusal "suspended", "role", "node-key", and what the line refuses.
    """
    with writing(node.alias):
        line.resume(node, sign=signers(node, by), at=at)
        for custodian in by:
            note_down(node, what="log.resumed", by=custodian, at=at)
