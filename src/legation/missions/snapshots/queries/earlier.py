"""What was known at an earlier cut of the record: as it was then, not as it is told of then now.

Of what is ours only that is what had been entered before our log went on from the cut: the next
entry of it says when, by our own clock.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from legation.acts.book import fold_book, ground
from legation.acts.state import State, Thing
from legation.line.models import BookEntry, Entry, Side
from legation.line.node import Node
from legation.line.queries.book import parties, placed
from legation.line.queries.state import Cut, cut
from legation.line.services.booked import corrected
from legation.missions.readiness.facts import Facts, LogSize
from legation.missions.snapshots.queries import rows
from legation.missions.snapshots.queries.layers import facts_of, of_things
from legation.missions.snapshots.queries.tallies import tallies


def facts_at(node: Node, at: Mapping[str, int], *, own: bool) -> Facts:
    """Return the facts at a cut: party -> entries of its log, a party left out whole.

    Raises Refusal "no-peer", "cut".
    """
    then = cut(node, at)
    logs = sorted(then.logs, key=lambda log: log.party)
    sizes = tuple(LogSize(party=log.party, size=log.size, root=log.root) for log in logs)
    codes = (sizes[0].party, sizes[1].party)
    until = _until(node, then)
    layers = of_things(
        node,
        then.state.things(),
        _on_paper(node, then.state, until) if own else (),
        rows.own(node, then=until) if own else {},
        rows.told_rules(node, then=until) if own else (),
        numbers=tallies(node, then=until) if own else (),
    )
    return facts_of(node, layers, codes, sizes, own=own)


def _until(node: Node, then: Cut) -> datetime | None:
    """Return when our log went on from the cut, None where it did not."""
    size = next(log.size for log in then.logs if log.party == node.party)
    found = Entry.objects.using(node.alias).filter(side=Side.OWN, index=size)
    at = found.values_list("at", flat=True).first()
    return None if at is None else datetime.fromisoformat(at)


def _on_paper(node: Node, base: State, until: datetime | None) -> list[Thing]:
    """Return the things that what stood in the book by then makes of these."""
    entries = BookEntry.objects.using(node.alias)
    counting = Q(replaced_by=None)
    if until is not None:
        later = entries.filter(entered_at__gte=until).values("n")
        counting = Q(entered_at__lt=until) & (counting | Q(replaced_by__in=later))
    state = ground(base, parties(node), node.catalogue)
    leaves = corrected(node)
    fold_book(state, (placed(row, leaves) for row in entries.filter(counting).order_by("place")))
    return list(state.changed.values())
