"""Recompute the book: each entry's columns from its opening, and the fold over the record's things.

The paper series has no gaps: each number follows the one before of its post and year.
"""

from collections.abc import Sequence

from legation.acts.state import Thing, encode_thing
from legation.errors import Refusal
from legation.line.models import BookEntry, BookThing
from legation.line.node import Node
from legation.line.queries.report import Report, table_of
from legation.line.services.booked import folded
from legation.record.act import decode_opening, leaf_data, parse_head
from legation.record.merkle import leaf_hash


def has_book(node: Node) -> bool:
    """Tell whether anything is in the book."""
    return BookEntry.objects.using(node.alias).exists()


def check_book(node: Node, things: Sequence[Thing], report: Report) -> list[Thing]:
    """Recompute the book over the record's things; return the things as this desk has them."""
    rows = list(BookEntry.objects.using(node.alias).order_by("place", "n"))
    if not rows:
        return list(things)
    for row in rows:
        for column in _differing(row):
            report.note(table_of(BookEntry), row.n, column)
    _check_numbers(node, rows, report)
    entries = [row for row in rows if row.replaced_by is None]
    base = {thing.id: thing for thing in things}
    state, codes = folded(node, base, entries)
    for row, code in zip(entries, codes, strict=True):
        if row.void != code:
            report.note(table_of(BookEntry), row.n, "void")
    report.count("entries of the book", len(rows))
    _check_things(node, state.changed, report)
    return list({**base, **state.changed}.values())


def _differing(row: BookEntry) -> list[str]:
    """Return the columns that are not what the opening says."""
    try:
        opening = decode_opening(bytes(row.opening))
        head = parse_head(opening.head)
    except Refusal as refusal:
        return [refusal.code]
    wanted: dict[str, object] = {
        "leaf": leaf_hash(leaf_data(opening)),
        "party": head.party,
        "type": head.type,
        "on": head.on,
        "number": head.number,
        "at": head.at,
    }
    held = {name: getattr(row, name) for name in wanted} | {"leaf": bytes(row.leaf)}
    return [name for name, value in wanted.items() if held[name] != value]


def _check_numbers(node: Node, rows: Sequence[BookEntry], report: Report) -> None:
    last: dict[str, int] = {}
    for row in rows:
        if row.party != node.party or not row.number:
            continue
        series, _, number = row.number.rpartition("-")
        last[series] = last.get(series, 0) + 1
        if number != f"{last[series]:03d}":
            report.note(table_of(BookEntry), row.n, "number")


def _check_things(node: Node, wanted: dict[str, Thing], report: Report) -> None:
    held = dict(BookThing.objects.using(node.alias).values_list("id", "body"))
    for name in sorted(held.keys() | wanted.keys()):
        here, there = held.get(name), wanted.get(name)
        if here is None or there is None:
            what = "is not there" if here is None else "does not belong there"
            report.note(table_of(BookThing), name, what)
        elif bytes(here) != encode_thing(there):
            report.note(table_of(BookThing), name, "body")
