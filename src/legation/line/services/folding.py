"""Entering entries: rows, levels, tree, then the fold; all in one transaction.

Entries are inserted with their level once they name nothing we lack (`usable`). What they do to
the state is `legation.line.services.layers`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from legation.acts.fold import resumption
from legation.acts.state import State
from legation.errors import Refusal
from legation.line.core.protocol import RESUMED, SEEN, levels_of
from legation.line.models import Entry, Log, Side, Tile
from legation.line.queries.standing import StandingThings
from legation.line.queries.tree import HEIGHT, WIDTH, read_hashes
from legation.line.services import bulk, effects, layers, mentions
from legation.line.services.rows import Facts, fresh_trees, resumptions, side_of
from legation.record.act import Head, Opening, decode_opening, leaf_data, parse_head
from legation.record.merkle import Frontier, leaf_hash, root_of
from legation.record.order import Resumption, lasting, named

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Arrival:
    """An opening and its leaf hash, before it has a place. head: None if it cannot be read."""

    data: bytes
    opening: Opening
    leaf: bytes
    head: Head | None = None


def arrival(data: bytes) -> Arrival:
    """Take an opening's bytes apart and hash them. Raises Refusal "opening", "size"."""
    opening = decode_opening(data)
    try:
        head = parse_head(opening.head)
    except Refusal:
        head = None  # kept all the same, and without effect on both nodes
    return Arrival(data, opening, leaf_hash(leaf_data(opening)), head)


def entry_rows(
    facts: Facts, side: str, arrivals: Sequence[Arrival], *, received_at: datetime | None
) -> list[Entry]:
    """Return unsaved rows for the next entries of a log; what a head cannot say is left empty."""
    log, resumed = facts.log(side), resumptions(facts.log(side_of(side)))
    seen_to, rows = log.seen_to, []
    for index, each in enumerate(arrivals, log.size):
        row = Entry(
            side=log.side,
            index=index,
            opening=each.data,
            leaf=each.leaf,
            received_at=received_at,
        )
        head = each.head
        if head is not None:
            row.type, row.on, row.number, row.at = head.type, head.on, head.number, head.at
            row.seen = head.seen[0]
        seen_to = row.seen_to = max(seen_to, named(index, row.seen, resumed))
        rows.append(row)
    return rows


def enter(
    facts: Facts,
    side: str,
    rows: Sequence[Entry],
    edge: Frontier,
    *,
    folded: tuple[StandingThings, State] | None = None,
) -> list[Entry]:
    """Enter the next entries of a log; return those that count from now on, of both logs.

    rows: from `entry_rows`. edge: the right edge of the log's tree after them. folded: the
    state that folding them gave over its base, if that was done already; then they come last in
    the order. The caller saves the logs and the peer.
    """
    log = facts.log(side)
    fresh = {(side, row.index): row for row in rows}
    log.size, log.root, log.frontier = edge.size, edge.root().hash, edge.encode()
    held, log.seen_to = log.seen_to, rows[-1].seen_to
    _note_resumptions(facts, side, rows)
    usable = _make_usable(facts, fresh)
    bulk.insert(facts.alias, rows)
    grow_tiles(facts.alias, log, log.size - len(rows))
    facts.trees = fresh_trees(facts.alias)
    for row in rows:
        if row.type != SEEN:
            log.solid = row.index + 1
    facts.save()  # rooms read how far each log has seen
    facts.node.trip("entered")
    layers.fold_in(facts, usable, folded)
    mentions.note(facts, usable)
    _tell_receipts(facts, rows, held=held)
    return usable


def seen_next(facts: Facts, index: int) -> int:
    """Return seen' of the entry that we write next at `index`: it names all that is folded here."""
    claim = named(index, facts.theirs.usable, resumptions(facts.theirs))
    return max(facts.own.seen_to, claim)


def told_resumptions(found: Iterable[Resumption]) -> str:
    """Return resumptions as the log's row keeps them: those that change anything."""
    return " ".join(f"{each.size}:{each.heard}" for each in lasting(found))


def resumptions_in(facts: Facts, side: str, rows: Sequence[Entry]) -> list[Resumption]:
    """Return what entries of a log say of runs that they open."""
    party, record = facts.log(side).party, facts.peer.record
    found = (
        resumption(decode_opening(bytes(row.opening)), row.index, party=party, record=record)
        for row in rows
        if row.type == RESUMED
    )
    return [each for each in found if each is not None]


def _note_resumptions(facts: Facts, side: str, rows: Sequence[Entry]) -> None:
    """Take in that a log went on after a restore: acts of the other may wait for it no longer."""
    found = resumptions_in(facts, side, rows)
    if found:
        log = facts.log(side)
        log.resumptions = told_resumptions([*resumptions(log), *found])
        other = facts.log(side_of(side))
        name_again(facts, other.side, first=other.usable)


def name_again(facts: Facts, side: str, *, first: int) -> None:
    """Compute anew how far the entries of a log from `first` on had seen the other (rule 5)."""
    log, resumed = facts.log(side), resumptions(facts.log(side_of(side)))
    held = Entry.objects.using(facts.alias).filter(side=side)
    before = held.filter(index=first - 1).values_list("seen_to", flat=True).first()
    log.seen_to = before or 0
    while rows := list(held.filter(index__gte=first).order_by("index")[:BATCH]):
        for row in rows:
            log.seen_to = row.seen_to = max(log.seen_to, named(row.index, row.seen, resumed))
        Entry.objects.using(facts.alias).bulk_update(rows, ["seen_to"], batch_size=BATCH)
        first = rows[-1].index + 1


def _tell_receipts(facts: Facts, rows: Sequence[Entry], *, held: int) -> None:
    """Tell the rooms what these entries show as received of the other log."""
    of = facts.log(side_of(rows[0].side)).party
    for row in rows:
        if row.seen_to > held:
            effects.received(facts.node, party=of, first=held, until=row.seen_to, at=row.at)
            held = row.seen_to


def _make_usable(facts: Facts, fresh: dict[tuple[str, int], Entry]) -> list[Entry]:
    """Give levels to all entries that can have one now (order, rule 1); return them."""
    usable: list[Entry] = []
    while True:
        before = len(usable)
        for side in (Side.OWN, Side.PEER):
            usable += _advance(facts, side, fresh)
        if len(usable) == before:
            return usable


def _advance(facts: Facts, side: str, fresh: dict[tuple[str, int], Entry]) -> list[Entry]:
    log, other = facts.log(side), facts.log(side_of(side))
    waiting = _waiting(facts, log, fresh)
    claims = []
    for row in waiting:
        if row.seen_to > other.usable:
            break
        claims.append(row.seen_to)
    if not claims:
        return []
    there = _levels_there(facts, other.side, {seen - 1 for seen in claims if seen}, fresh)
    levels = levels_of(claims, last=log.level, others=other.usable, level_there=there)
    ready = waiting[: len(levels)]
    for row, level in zip(ready, levels, strict=True):
        row.level = level
    stored = [row for row in ready if (side, row.index) not in fresh]
    if stored:
        Entry.objects.using(facts.alias).bulk_update(stored, ["level"], batch_size=BATCH)
    log.usable, log.level = ready[-1].index + 1, levels[-1]
    return ready


def _waiting(facts: Facts, log: Log, fresh: dict[tuple[str, int], Entry]) -> list[Entry]:
    rows = [row for (side, _), row in fresh.items() if side == log.side and row.level is None]
    first = rows[0].index if rows else log.size
    if log.usable < first:
        stored = Entry.objects.using(facts.alias).filter(
            side=log.side, index__gte=log.usable, index__lt=first
        )
        rows = [*stored.order_by("index"), *rows]
    return rows


def _levels_there(
    facts: Facts, side: str, indexes: set[int], fresh: dict[tuple[str, int], Entry]
) -> dict[int, int]:
    log = facts.log(side)
    there = {}
    if log.usable - 1 in indexes:
        there[log.usable - 1] = log.level
    for index in indexes - there.keys():
        row = fresh.get((side, index))
        if row is not None and row.level is not None:
            there[index] = row.level
    rest = sorted(indexes - there.keys())
    for at in range(0, len(rest), BATCH):
        rows = Entry.objects.using(facts.alias).filter(side=side, index__in=rest[at : at + BATCH])
        there.update((index, level or 0) for index, level in rows.values_list("index", "level"))
    return there


def fold_from_rows(facts: Facts) -> None:
    """Give every entry its level and fold all of them over the state as it stands."""
    while any(_advance_rows(facts, side) for side in (Side.OWN, Side.PEER)):
        pass
    layers.refold(facts)
    layers.settle(facts)
    mentions.note_all(facts)


def _advance_rows(facts: Facts, side: str) -> bool:
    """Give levels to the next entries of a log, a batch at most; tell whether there were any."""
    log = facts.log(side)
    rows = Entry.objects.using(facts.alias).filter(side=side, index__gte=log.usable)
    batch = list(rows.order_by("index")[:BATCH])
    fresh = {(side, row.index): row for row in batch}
    ready = _advance(facts, side, fresh)
    Entry.objects.using(facts.alias).bulk_update(ready, ["level"], batch_size=BATCH)
    for row in ready:
        if not layers.commutes(row):
            log.solid_level = row.level or 0
    return bool(ready)


def grow_tiles(alias: str, log: Log, old: int) -> None:
    """Store the hashes of the subtrees that became complete as the log grew from `old`."""
    level, before, after = 0, old, log.size
    while after >> HEIGHT:
        first, until = before >> HEIGHT, after >> HEIGHT
        tiles = []
        for index in range(first, until):
            hashes = read_hashes(alias, log.side, level, index * WIDTH, (index + 1) * WIDTH)
            tiles.append(
                Tile(side=log.side, level=level + HEIGHT, index=index, hash=root_of(hashes).hash)
            )
        bulk.insert(alias, tiles)
        level, before, after = level + HEIGHT, first, until
