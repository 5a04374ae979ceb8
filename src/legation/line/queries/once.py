"""What one page needs in several places, and reads once: it is then of one moment as well.

1. Only for a request that asks and changes nothing: nothing that is remembered can be written
   while it is made.
2. What is remembered is forgotten with the page. Nothing here outlives a request.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar, cast

from legation.line.models import Peer
from legation.line.node import Node

T = TypeVar("T")


def for_one_page(node: Node) -> Node:
    """Return the node for one page, which reads nothing twice that goes through `once`."""
    return replace(node, read={})


def once(node: Node, key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` gives; for one page it is called once. key: tells what is read."""
    if node.read is None:
        return read()
    if key not in node.read:
        node.read[key] = read()
    return cast("T", node.read[key])


def peer_row(node: Node) -> Peer | None:
    """Return the row of the peer, confirmed or not; None before any introduction came."""
    return once(node, "peer", lambda: Peer.objects.using(node.alias).first())


def confirmed_peer(node: Node) -> Peer | None:
    """Return the row of the peer once two officers confirmed it."""
    found = peer_row(node)
    return None if found is None or found.second_at is None else found
