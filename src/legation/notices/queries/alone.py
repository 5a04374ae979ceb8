"""What is ours alone: everything that left on paper or came on paper, and what of it is shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from legation.line.models import BookEntry, Entry, Side
from legation.line.node import Node
from legation.line.queries.book import BookView, view_of
from legation.line.queries.state import record_id
from legation.notices.models import Notice
from legation.notices.queries.lists import NoticeLine, by_ids
from legation.officers.sight import EVERYTHING, Sight
from legation.record.act import decode_opening
from legation.record.canon import Json, decode

MOST: Final = 500
RELEASED: Final = "notice.released"


@dataclass(frozen=True, slots=True, kw_only=True)
class AloneItem:
    """One thing of which something is on paper only. notice: its line, None for a register's.

    said: how many acts. restated: whether the record says all of it already. may: whether we may
    restate it: it is ours, and there is a record.
    """

    id: str
    notice: NoticeLine | None
    ours: bool
    said: int
    restated: bool
    may: bool

    @property
    def name(self) -> str:
        """What stands after the stroke of the id."""
        return self.id.partition("/")[2]


def ours_alone(node: Node, *, sight: Sight = EVERYTHING) -> tuple[AloneItem, ...]:
    """Return what is on paper only, the newest first, at most 500."""
    rows = BookEntry.objects.using(node.alias).filter(replaced_by=None).order_by("-place")
    by_thing: dict[str, list[BookView]] = {}
    for row in rows.iterator(MOST):
        if len(by_thing) >= MOST and row.on not in by_thing:
            continue
        by_thing.setdefault(row.on, []).append(view_of(row))
    lines = by_ids(node, [name for name in by_thing if name.startswith("notice/")])
    begun = bool(record_id(node))
    found = (
        _item(node, name, said, lines.get(name), begun=begun) for name, said in by_thing.items()
    )
    return tuple(each for each in found if each is not None and _seen(each, sight))


def restatable(node: Node, things: Sequence[str]) -> frozenset[str]:
    """Return those registers of which our side has said something on paper only."""
    if not things or not record_id(node):
        return frozenset()
    rows = BookEntry.objects.using(node.alias).filter(
        replaced_by=None, party=node.party, on__in=things
    )
    by_thing: dict[str, list[BookView]] = {}
    for row in rows:
        by_thing.setdefault(row.on, []).append(view_of(row))
    return frozenset(name for name, said in by_thing.items() if unsaid(node, name, said))


def _seen(item: AloneItem, sight: Sight) -> bool:
    if item.notice is None:
        return sight.content
    return sight.sees(item.notice.post, item.notice.to)


def _item(
    node: Node, name: str, said: list[BookView], line: NoticeLine | None, *, begun: bool
) -> AloneItem | None:
    released = next((each for each in said if each.type == RELEASED), None)
    if name.startswith("notice/") and (released is None or line is None):
        return None  # its release stands in the record; its page shows what is on paper of it
    ours = any(each.party == node.party for each in said)
    if line is not None and released is not None:
        ours = released.party == node.party
        restated = is_restated(node, released)
    else:
        restated = not unsaid(node, name, said)
    return AloneItem(
        id=name,
        notice=line,
        ours=ours,
        said=len(said),
        restated=restated,
        may=begun and ours and not restated,
    )


def is_restated(node: Node, released: BookView) -> bool:
    """Tell whether a notice of the record names this one's number as its reference."""
    rows = Notice.objects.using(node.alias).filter(by=released.party, reference=released.number)
    return rows.exclude(id=released.on).exists()


def unsaid(node: Node, name: str, said: list[BookView]) -> list[BookView]:
    """Return those of our acts about a register that our log does not say in the same words."""
    rows = Entry.objects.using(node.alias).filter(side=Side.OWN, on=name, void="")
    there = [(row.type, _body(row)) for row in rows]
    return [
        each
        for each in sorted(said, key=lambda each: each.index)
        if each.party == node.party and not each.void and (each.type, each.body) not in there
    ]


def _body(row: Entry) -> dict[str, Json]:
    return decode(decode_opening(bytes(row.opening)).body)
