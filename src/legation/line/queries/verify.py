"""Recompute everything that follows from the entries, and name every row that differs.

Where the ground is missing (`ground`), or an entry cannot be opened, what rests on it is not
looked at: the fault itself is named.
1. Each entry's leaf from its opening; each column from its head.
2. Each tree, tile and checkpoint from the leaves; signatures by the keys in force.
3. The order, and the fold over it: every thing, settled and current; why acts have no effect.
4. The book over the things, and every projected row of every room from them.
5. Files: which acts name which, and every byte that is said to be here.
6. The fence. Peer and keys from the introductions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from legation.acts.fold import fold, genesis, resumption
from legation.acts.kinds.party import party_of
from legation.acts.state import Placed, State, Thing, encode_thing
from legation.errors import Refusal
from legation.line.databases import reading, writing
from legation.line.models import (
    Entry,
    Log,
    Side,
    StandingThing,
    Tile,
)
from legation.line.node import Node
from legation.line.queries.checking import check_book, has_book
from legation.line.queries.filecheck import check_files
from legation.line.queries.ground import check_ground
from legation.line.queries.notecheck import check_documents, check_notes, check_party
from legation.line.queries.report import Report, table_of
from legation.line.queries.state import record_id
from legation.line.queries.tree import HEIGHT, WIDTH
from legation.line.services import effects
from legation.line.services.fencing import term_stands
from legation.line.services.folding import told_resumptions
from legation.line.services.peers import pair_of
from legation.line.services.rows import Facts, load, side_of
from legation.record.act import decode_opening, leaf_data, parse_head
from legation.record.merkle import Frontier, leaf_hash, root_of
from legation.record.order import Item, Resumption, arrange, lasting, running

BATCH: Final = 500
SEEN: Final = "record.seen"


def verify_record(node: Node) -> Report:
    """Recompute the record of a node, and its book, as they stand at one moment.

    The node may go on writing. Raises Refusal "no-peer", "locked". Without a peer there is the
    book alone; "no-peer" is for a node that has neither.
    """
    report = Report()
    with reading(node.alias):
        if not check_ground(node, report):
            return report
        has_record = bool(record_id(node)) or not has_book(node)
        if has_record:
            _check_record(node, report)
        else:
            _check_rooms(node, check_book(node, [], report), report)
            check_files(node, report)
    if has_record:
        if not _fence_stands(node):
            report.note("fence", node.fence, "does not match the log")
        report.count("fence")
    return report


def _fence_stands(node: Node) -> bool:
    """Tell whether the fence, which may have moved while the record was read, fits the log."""
    facts = load(node)
    if facts.own.state != "open" or term_stands(facts):
        return True
    with writing(node.alias):  # whoever has just moved it has committed by now
        return term_stands(load(node))


def _check_record(node: Node, report: Report) -> None:
    facts = load(node)
    _check_peer(facts, report)
    scans = {log.side: _scan(facts, log, report) for log in (facts.own, facts.theirs)}
    for side in scans:
        _check_claims(facts, side, scans, report)
    for log in (facts.own, facts.theirs):
        check_documents(facts, log, report)
        _check_log(facts, log, scans[log.side], report)
        check_notes(facts, log, scans[log.side].leaves, report)
    if any(scan.is_torn for scan in scans.values()):
        return
    things = _check_fold(facts, scans, report)
    _check_rooms(node, check_book(node, things, report), report)
    check_files(node, report)


@dataclass(slots=True)
class Scan:
    """What the entries of one log say: leaves, claims, which are no `record.seen`.

    seen: raw claims; claims: the running ones. resumed: where the log went on after a restore.
    is_torn: an entry cannot be opened.
    """

    leaves: list[bytes] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    resumed: list[Resumption] = field(default_factory=list)
    solid: list[bool] = field(default_factory=list)
    is_torn: bool = False


def _check_peer(facts: Facts, report: Report) -> None:
    peer, table = facts.peer, table_of(type(facts.peer))
    parties = facts.parties
    wanted = {
        "record": parties.record,
        "party": parties.other(facts.node.party).party,
        "name": parties.other(facts.node.party).introduction.name,
        "root_fp": parties.other(facts.node.party).fp,
        "pair": pair_of(bytes(peer.introduction), bytes(peer.own_introduction)),
    }
    for column, value in wanted.items():
        if getattr(peer, column) != value:
            report.note(table, peer.party, column)


def _scan(facts: Facts, log: Log, report: Report) -> Scan:
    """Recompute each entry's columns from its opening (1)."""
    scan, table = Scan(), table_of(Entry)
    rows = Entry.objects.using(facts.alias).filter(side=log.side).order_by("index")
    for place, row in enumerate(rows.iterator(BATCH)):
        if row.index != place:
            report.note(table, f"{log.side} {place}", "is not there")
            break
        name = f"{log.side} {row.index}"
        try:
            opening = decode_opening(bytes(row.opening))
        except Refusal as refusal:
            report.note(table, name, refusal.code)
            scan.leaves.append(bytes(row.leaf))
            scan.seen.append(0)
            scan.solid.append(True)
            scan.is_torn = True
            continue
        leaf = leaf_hash(leaf_data(opening))
        wanted: dict[str, object] = {
            "leaf": leaf,
            "type": "",
            "on": "",
            "number": "",
            "at": "",
            "seen": 0,
        }
        try:
            head = parse_head(opening.head)
        except Refusal:
            pass  # such an act is kept, and its columns are empty
        else:
            wanted.update(
                type=head.type, on=head.on, number=head.number, at=head.at, seen=head.seen[0]
            )
        for column, value in wanted.items():
            held = getattr(row, column)
            if (bytes(held) if isinstance(value, bytes) else held) != value:
                report.note(table, name, column)
        scan.leaves.append(leaf)
        scan.seen.append(int(str(wanted["seen"])))
        opened = resumption(opening, place, party=log.party, record=facts.peer.record)
        scan.resumed += [opened] if opened else []
        scan.solid.append(wanted["type"] != SEEN)
    report.count("entries", len(scan.leaves))
    return scan


def _check_claims(facts: Facts, side: str, scans: dict[str, Scan], report: Report) -> None:
    """Recompute how far each entry had seen the other log (order, rules 1 and 5)."""
    scan, table = scans[side], table_of(Entry)
    scan.claims = running(scan.seen, lasting(scans[side_of(side)].resumed))
    rows = Entry.objects.using(facts.alias).filter(side=side).order_by("index")
    held = rows.values_list("seen_to", flat=True).iterator(BATCH)
    for place, (there, wanted) in enumerate(zip(held, scan.claims, strict=False)):
        if there != wanted:
            report.note(table, f"{side} {place}", "seen_to")


def _check_log(facts: Facts, log: Log, scan: Scan, report: Report) -> None:
    """Recompute root, edge and tiles from the leaves (2)."""
    table = table_of(Log)
    edge = Frontier().extend(scan.leaves)
    solid = max((n + 1 for n, is_solid in enumerate(scan.solid) if is_solid), default=0)
    wanted: dict[str, object] = {
        "size": edge.size,
        "root": edge.root().hash,
        "frontier": edge.encode(),
        "seen_to": scan.claims[-1] if scan.claims else 0,
        "resumptions": told_resumptions(scan.resumed),
        "solid": solid,
    }
    for column, value in wanted.items():
        held = getattr(log, column)
        if (bytes(held) if isinstance(value, bytes) else held) != value:
            report.note(table, log.side, column)
    report.count("roots")
    rows = Tile.objects.using(facts.alias).filter(side=log.side)
    tiles = {
        (level, index): bytes(each)
        for level, index, each in rows.values_list("level", "index", "hash")
    }
    expected = dict(_tiles(scan.leaves))
    for place in sorted(tiles.keys() | expected.keys()):
        if tiles.get(place) != expected.get(place):
            report.note(table_of(Tile), f"{log.side} {place[0]}/{place[1]}", "hash")
    report.count("tiles", len(expected))


def _tiles(leaves: list[bytes]) -> Iterator[tuple[tuple[int, int], bytes]]:
    level, hashes = 0, leaves
    while len(hashes) >= WIDTH:
        level += HEIGHT
        whole = range(0, len(hashes) - WIDTH + 1, WIDTH)
        hashes = [root_of(hashes[at : at + WIDTH]).hash for at in whole]
        yield from (((level, index), each) for index, each in enumerate(hashes))


def _check_fold(facts: Facts, scans: dict[str, Scan], report: Report) -> list[Thing]:
    """Recompute order and fold (3); return the things of the current state."""
    own_is_a = facts.own.party == facts.parties.a.party
    sides = (Side.OWN, Side.PEER) if own_is_a else (Side.PEER, Side.OWN)
    order = arrange(scans[sides[0]].claims, scans[sides[1]].claims, a_first_odd=True)
    _check_levels(facts, sides, order.items, scans, report)
    limit = facts.peer.settled_level
    settled_to = order.items[order.settled - 1][2] if order.settled else 0
    if order.settled and limit != min(facts.own.level, facts.theirs.level):
        report.note(table_of(type(facts.peer)), facts.peer.party, "settled_level")
        limit = settled_to
    settled = genesis(facts.parties, facts.node.catalogue)
    state = settled
    for item, row in _in_order(facts, sides, order.items):
        if item[2] > limit and state is settled:
            state = settled.layer()
        code = fold(state, _placed(facts, row, scans[row.side].claims[row.index])) or ""
        if code != row.void:
            report.note(table_of(Entry), f"{row.side} {row.index}", "void")
    report.count("acts folded", len(order.items))
    for log in (facts.own, facts.theirs):
        check_party(facts, log, party_of(state, log.party), report)
    _check_things(facts, settled, state, report)
    return list(state.things())


def _check_levels(
    facts: Facts,
    sides: tuple[str, str],
    items: tuple[Item, ...],
    scans: dict[str, Scan],
    report: Report,
) -> None:
    levels: dict[str, dict[int, int]] = {side: {} for side in sides}
    for which, index, level in items:
        levels[sides[which]][index] = level
    for side in sides:
        rows = Entry.objects.using(facts.alias).filter(side=side).order_by("index")
        for place, held in rows.values_list("index", "level").iterator(BATCH):
            if levels[side].get(place) != held:
                report.note(table_of(Entry), f"{side} {place}", "level")
        log, known = facts.log(side), levels[side]
        solid = [
            known[n] for n, is_solid in enumerate(scans[side].solid) if is_solid and n in known
        ]
        wanted = {
            "usable": len(known),
            "level": known.get(len(known) - 1, 0),
            "solid_level": solid[-1] if solid else 0,
        }
        for column, value in wanted.items():
            if getattr(log, column) != value:
                report.note(table_of(Log), side, column)


def _in_order(
    facts: Facts, sides: tuple[str, str], items: tuple[Item, ...]
) -> Iterator[tuple[Item, Entry]]:
    rows = Entry.objects.using(facts.alias)
    for at in range(0, len(items), BATCH):
        part = items[at : at + BATCH]
        found = {}
        for side in (0, 1):
            indexes = [index for each, index, _ in part if each == side]
            for row in rows.filter(side=sides[side], index__in=indexes):
                found[side, row.index] = row
        yield from ((item, found[item[0], item[1]]) for item in part)


def _placed(facts: Facts, row: Entry, seen: int) -> Placed:
    opening = decode_opening(bytes(row.opening))
    leaf = leaf_hash(leaf_data(opening))
    return Placed(facts.log(row.side).party, row.index, seen, opening, leaf, facts.peer.record)


def _check_things(facts: Facts, settled: State, state: State, report: Report) -> None:
    """Compare every stored thing with the fold's, byte for byte, in both layers."""
    table, seen = table_of(StandingThing), set()
    rows = StandingThing.objects.using(facts.alias).order_by("id")
    for name, low, top in rows.values_list("id", "settled", "tail").iterator(BATCH):
        seen.add(name)
        if _bytes(settled.get(name)) != (None if low is None else bytes(low)):
            report.note(table, name, "settled")
        current = low if top is None else top
        if _bytes(state.get(name)) != (None if current is None else bytes(current)):
            report.note(table, name, "settled" if top is None else "tail")
    for thing in state.things():
        if thing.id not in seen:
            report.note(table, thing.id, "is not there")
    report.count("things", len(seen))


def _bytes(thing: Thing | None) -> bytes | None:
    return None if thing is None else encode_thing(thing)


def _check_rooms(node: Node, things: list[Thing], report: Report) -> None:
    """Compare every projected row with what the things say (4)."""
    held = {(table, key): value for table, key, value in effects.rows(node)}
    wanted = {(table, key): value for table, key, value in effects.expected(node, things)}
    for table, key in sorted(held.keys() | wanted.keys()):
        here, there = held.get((table, key)), wanted.get((table, key))
        if here is None or there is None:
            report.note(table, key, "is not there" if here is None else "does not belong there")
        elif here != there:
            differing = sorted(
                name for name in here.keys() | there.keys() if here.get(name) != there.get(name)
            )
            report.note(table, key, ", ".join(differing))
    report.count("projected rows", len(wanted))
