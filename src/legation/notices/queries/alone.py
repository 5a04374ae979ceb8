"""What is ours alone: everything that left on paper or came on paper, and what of it is shared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from legation.line.models import BookEntry, Entry, Side
from legation.line.node import Node
from legation.line.queries.book import BookView, overlay, view_of
from legation.line.queries.state import record_id
from legation.line.queries.stored import body_of
from legation.notices.models import Notice
from legation.notices.naming import called
from legation.notices.queries.lists import NoticeLine, by_ids
from legation.officers.sight import EVERYTHING, Sight
from legation.record.canon import Json

MOST: Final = 500
RELEASED: Final = "notice.released"
Said: TypeAlias = tuple[str, dict[str, Json]]
"""Type and body of an act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AloneItem:
    """One thing of which something is on paper only. notice: its line, None for a register's.

    called: a register's thing, by name and number. said: how many acts. restated: whether the
    record says all of it already. may: whether we may restate it: it is ours, and there is a
    record.
    """

    id: str
    called: str
    notice: NoticeLine | None
    ours: bool
    said: int
    restated: bool
    may: bool

    @property
    def prefix(self) -> str:
        """Which register it is of."""
        return self.id.partition("/")[0]

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
    told = _Told.of(node, by_thing)
    found = (
        _item(node, name, said, lines.get(name), told, begun=begun)
        for name, said in by_thing.items()
    )
    seen = [each for each in found if each is not None and _seen(each, sight)]
    wanted = [each.id for each in seen if each.notice is None]
    named = called(overlay(node, wanted), wanted)
    return tuple(replace(each, called=named.get(each.id, each.name)) for each in seen)


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
    told = _Told.of(node, by_thing)
    return frozenset(name for name, said in by_thing.items() if told.unsaid(node, name, said))


def _seen(item: AloneItem, sight: Sight) -> bool:
    if item.notice is None:
        return sight.content
    return sight.sees(item.notice.post, item.notice.to)


def _item(
    node: Node,
    name: str,
    said: list[BookView],
    line: NoticeLine | None,
    told: "_Told",
    *,
    begun: bool,
) -> AloneItem | None:
    released = next((each for each in said if each.type == RELEASED), None)
    if name.startswith("notice/") and (released is None or line is None):
        return None  # its release stands in the record; its page shows what is on paper of it
    ours = any(each.party == node.party for each in said)
    if line is not None and released is not None:
        ours = released.party == node.party
        restated = told.restates(released)
    else:
        restated = not told.unsaid(node, name, said)
    return AloneItem(
        id=name,
        called="",
        notice=line,
        ours=ours,
        said=len(said),
        restated=restated,
        may=begun and ours and not restated,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the record says already of things that are on paper.

    acts: thing -> type and body of each of ours. references: notice -> whose it is, and the number
    that it names as its reference.
    """

    acts: Mapping[str, list[Said]]
    references: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, node: Node, by_thing: Mapping[str, Sequence[BookView]]) -> "_Told":
        """Read it for all of them at once."""
        acts: dict[str, list[Said]] = {}
        rows = Entry.objects.using(node.alias).filter(side=Side.OWN, on__in=list(by_thing), void="")
        for row in rows:
            acts.setdefault(row.on, []).append((row.type, _body(row)))
        numbers = {
            each.number for said in by_thing.values() for each in said if each.type == RELEASED
        }
        named = Notice.objects.using(node.alias).filter(reference__in=numbers)
        references = (
            {name: (by, number) for name, by, number in named.values_list("id", "by", "reference")}
            if numbers
            else {}
        )
        return cls(acts, references)

    def restates(self, released: BookView) -> bool:
        """Tell whether a notice of the record names this one's number as its reference."""
        wanted = (released.party, released.number)
        return any(
            found == wanted and name != released.on for name, found in self.references.items()
        )

    def unsaid(self, node: Node, name: str, said: Iterable[BookView]) -> list[BookView]:
        """Return those of our acts about a register that our log does not say so."""
        there = self.acts.get(name, [])
        return [
            each
            for each in sorted(said, key=lambda each: each.index)
            if each.party == node.party and not each.void and (each.type, each.body) not in there
        ]


def is_restated(node: Node, released: BookView) -> bool:
    """Tell whether a notice of the record names this one's number as its reference."""
    return _Told.of(node, {released.on: [released]}).restates(released)


def unsaid(node: Node, name: str, said: Sequence[BookView]) -> list[BookView]:
    """Return those of our acts about a register that our log does not say in the same words."""
    return _Told.of(node, {name: said}).unsaid(node, name, said)


def _body(row: Entry) -> dict[str, Json]:
    return body_of(row)
