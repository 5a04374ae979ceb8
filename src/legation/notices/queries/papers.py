"""Acts about a notice that say something on paper: in a log, or in the book of what is on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from legation.line.models import Entry, Side
from legation.line.node import Node
from legation.line.queries import book
from legation.line.queries.stored import body_of
from legation.notices.effects import instant
from legation.record.canon import Json

BOOK: Final = "book"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnPaper:
    """An act with a text. party: its author. side: "own" or "peer"; "book" for one in no log.

    entry: its place in that party's log, or in the book, from 0.
    """

    type: str
    party: str
    side: str
    entry: int
    leaf: str
    at: datetime
    number: str
    body: Mapping[str, Json]

    @property
    def key(self) -> str:
        """What names it in addresses: "own-12"."""
        return f"{self.side}-{self.entry}"


def acts_on_paper(node: Node, notice_id: str, *, peer: str) -> tuple[ActOnPaper, ...]:
    """Return the acts about a notice that count and have texts: the record's, then the book's."""
    rows = Entry.objects.using(node.alias).filter(on=notice_id, void="")
    found = [_read(node, row, peer) for row in rows.order_by("level", "side", "index")]
    found += [
        _of_book(each)
        for each in book.entries(node, notice_id)
        if not each.void and each.replaced_by is None
    ]
    return tuple(act for act in found if act.body.get("texts"))


def _of_book(entry: book.BookView) -> ActOnPaper:
    return ActOnPaper(
        type=entry.type,
        party=entry.party,
        side=BOOK,
        entry=entry.n,
        leaf=entry.leaf.hex(),
        at=instant(entry.at),
        number=entry.number,
        body=entry.body,
    )


def _read(node: Node, row: Entry, peer: str) -> ActOnPaper:
    return ActOnPaper(
        type=row.type,
        party=node.party if row.side == Side.OWN else peer,
        side=row.side,
        entry=row.index,
        leaf=bytes(row.leaf).hex(),
        at=instant(row.at),
        number=row.number,
        body=body_of(row),
    )
