"""Telling the other side what this program can read since it is newer than when we last said."""

from datetime import datetime
from typing import Final

from legation.acts.kinds.party import PartyState
from legation.line.core.bundle import SPOKEN
from legation.line.node import Node
from legation.line.queries.standing import Current
from legation.line.services.append import NewAct, append

SPEAKS: Final = "record.speaks"


def announce(node: Node, *, at: datetime) -> bool:
    """Append `record.speaks` if this program reads what we have not said; tell whether.

    Called once when a node is served: the other side writes an act of a type only after that.
    Raises Refusal as `append`.
    """
    held = Current(node.alias, node.catalogue).get(f"party/{node.party}")
    if not isinstance(held, PartyState):
        return False
    new = sorted({*node.catalogue.spoken, *SPOKEN} - held.spoken.keys())
    if new:
        append(node, [NewAct(type=SPEAKS, body={"types": list(new)})], at=at)
    return bool(new)
