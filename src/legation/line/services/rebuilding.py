"""Make everything that follows from the logs anew: columns, order, tiles, state, rooms' rows.

Nothing of a log is touched: neither an opening nor a root or a signature. So it is refused where
the openings do not give the root that was signed: then only a backup helps.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from legation.acts.fold import genesis
from legation.acts.state import encode_thing
from legation.errors import N_, Refusal
from legation.line.core.protocol import RESUMED, SEEN
from legation.line.databases import writing
from legation.line.models import Entry, Log, Side, StandingThing, Tile
from legation.line.node import Node
from legation.line.queries.book import each_thing
from legation.line.services import booked, effects, folding
from legation.line.services.effects import Change
from legation.line.services.rows import Facts, load, side_of
from legation.record.merkle import Frontier

BATCH: Final = 500


def rebuild(node: Node) -> int:
    """Drop and write again, in one transaction, every row that follows from the logs.

    Returns how many rows of rooms there are then.
    Raises Refusal "log-damaged", "locked", "disk-full".
    """
    with writing(node.alias):
        if Log.objects.using(node.alias).exists():
            facts = load(node)
            facts.own.resumptions = facts.theirs.resumptions = ""
            for side in (Side.OWN, Side.PEER):
                _rebuild_log(facts, facts.log(side))
            _rebuild_resumptions(facts)
            _rebuild_state(facts)
            facts.save()
        project_anew(node)
        return sum(1 for _ in effects.rows(node))


def project_anew(node: Node) -> None:
    """Drop and write again the rooms' rows, from the state as it stands; the record is not read.

    After an upgrade: rows of the old program know nothing of what the new one keeps.
    """
    with writing(node.alias):
        effects.clear(node)
        booked.refold(node)
        things = each_thing(node)
        while batch := [Change(thing.id, None, thing) for thing in islice(things, BATCH)]:
            effects.tell(node, batch)


def _rebuild_log(facts: Facts, log: Log) -> None:
    """Recompute each entry's columns and the tiles; forget the order, which comes next."""
    size, root = log.size, bytes(log.root)
    log.size = log.usable = log.level = log.solid = log.solid_level = log.seen_to = 0
    edge = Frontier()
    for rows in _batches(facts, log.side):
        arrivals = [folding.arrival(bytes(row.opening)) for row in rows]
        edge = edge.extend(each.leaf for each in arrivals)
        for row, wanted in zip(
            rows, folding.entry_rows(facts, log.side, arrivals, received_at=None), strict=True
        ):
            for column in ("leaf", "type", "on", "number", "at", "seen", "seen_to"):
                setattr(row, column, getattr(wanted, column))
            row.level, row.void = None, ""
            log.size, log.seen_to = row.index + 1, row.seen_to
            if row.type != SEEN:
                log.solid = row.index + 1
        columns = ["leaf", "type", "on", "number", "at", "seen", "seen_to", "level", "void"]
        Entry.objects.using(facts.alias).bulk_update(rows, columns, batch_size=100)
    if (edge.size, edge.root().hash) != (size, root):
        raise _damaged(log)
    log.frontier = edge.encode()
    Tile.objects.using(facts.alias).filter(side=log.side).delete()
    folding.grow_tiles(facts.alias, log, 0)


def _rebuild_resumptions(facts: Facts) -> None:
    """Find where each log went on after a restore; then what the other's acts had seen."""
    for side in (Side.OWN, Side.PEER):
        rows = Entry.objects.using(facts.alias).filter(side=side, type=RESUMED).order_by("index")
        found = folding.resumptions_in(facts, side, list(rows))
        facts.log(side).resumptions = folding.told_resumptions(found)
        if found:
            folding.name_again(facts, side_of(side), first=0)


def _batches(facts: Facts, side: str) -> Iterator[list[Entry]]:
    first = 0
    while True:
        rows = Entry.objects.using(facts.alias).filter(
            side=side, index__gte=first, index__lt=first + BATCH
        )
        batch = list(rows.order_by("index"))
        if not batch:
            return
        yield batch
        first += BATCH


def _rebuild_state(facts: Facts) -> None:
    """Fold both logs anew over the state before the first act."""
    things = StandingThing.objects.using(facts.alias)
    things.all().delete()
    first = genesis(facts.parties, facts.node.catalogue).changed
    things.bulk_create(
        StandingThing(id=name, settled=encode_thing(each)) for name, each in first.items()
    )
    facts.peer.settled_level = 0
    folding.fold_from_rows(facts)


def _damaged(log: Log) -> Refusal:
    return Refusal(
        "log-damaged",
        thing=N_("The log of {party} in this database"),
        rule=N_("its entries do not give the root that was signed; nothing can be made from them."),
        remedy=N_("Keep the file, and restore a backup: a new term begins."),
        party=log.party,
    )
