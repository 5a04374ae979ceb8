"""After a restore: our log goes on in a new term, whatever the fence says."""

from datetime import datetime

from legation.errors import Refusal
from legation.line.core.fence import Fence
from legation.line.databases import writing
from legation.line.files import write_durably
from legation.line.node import Node, about_node
from legation.line.services.fencing import FROZEN, begin_term, fence_off, read_fence
from legation.line.services.rows import load
from legation.record.merkle import EMPTY


def begin_anew(node: Node, *, at: datetime) -> bool:
    """Begin a new term of our log, and fence it off; tell whether there is a log.

    A fence that lay there says how far we may have signed: what is lost is counted by it.
    A frozen log stays frozen. Raises Refusal "fence", "locked".
    """
    try:
        with writing(node.alias):
            facts = load(node)
            if facts.own.state == FROZEN:
                return True
            begin_term(facts, at=at)
            facts.save()
            node.trip("term begun")
    except Refusal as refusal:
        if refusal.code != "no-peer":
            raise
        if read_fence(node) is None:  # nothing was ever signed: the log begins as it would have
            write_durably(node.fence, Fence(about_node(node.home)["term"], EMPTY).encode())
        return False
    fence_off(node, facts.own.term)
    return True
