"""All that a board or a ledger is judged from: both sides' words, and what is ours only."""

from collections.abc import Mapping

from legation.line.node import Node
from legation.line.queries.once import once
from legation.missions.readiness.facts import Facts
from legation.missions.snapshots.queries.memory import memory


def facts(node: Node, *, as_recorded: Mapping[str, int] | None = None, own: bool = True) -> Facts:
    """Return the facts as this desk has them; what was read is remembered, and never changed.

    as_recorded: party -> how many entries of its log, as it was known then; a party left out
    counts whole. own: with what is ours only: what was said on paper, and what we know and have
    not stated. Without it only what both sides hold, the same on both nodes for the same logs.
    Raises Refusal "no-peer" and "cut" for a cut where there is no such record.
    """
    if as_recorded is None:
        return once(node, ("facts", own), lambda: memory(node).facts(node, own=own))
    cut = tuple(sorted(as_recorded.items()))
    return once(
        node, ("facts", own, cut), lambda: memory(node).facts_at(node, as_recorded, own=own)
    )
