"""The book of what is on paper, and the things as this desk has them: the book over the record.

Whoever compares with the other side reads `queries.state`; whoever works at the desk reads here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final

from django.db import connections
from django.db.models import Exists, OuterRef, QuerySet

from legation.acts.book import NO_RECORD, PaperPlaced, named
from legation.acts.catalogue import Catalogue
from legation.acts.parties import Parties
from legation.acts.places import BOOK
from legation.acts.state import Thing
from legation.errors import N_, Refusal
from legation.line.models import BookEntry, BookThing, Delivery, StandingThing
from legation.line.node import Node, about_node
from legation.line.queries.once import once, peer_row
from legation.line.queries.standing import Current, Stored
from legation.line.queries.stored import body_of, opening_of, thing_of
from legation.line.services.countries import name_of
from legation.line.services.rows import parties_of
from legation.record.act import decode_opening, parse_head
from legation.record.canon import Json

BATCH: Final = 500


class Overlay(Current):
    """Things as this desk has them: as the book leaves them, else as all acts held here do."""

    def __init__(
        self,
        alias: str,
        readable: Catalogue | None = None,
        *,
        bare: Iterable[str] | None = (),
    ) -> None:
        """bare: ids whose part in the book is left out; None for every one."""
        super().__init__(alias, readable)
        self._bare = None if bare is None else frozenset(bare)

    def __iter__(self) -> Iterator[str]:
        seen = set()
        if self._bare is not None:
            book = BookThing.objects.using(self._alias).exclude(id__in=self._bare)
            seen = set(book.values_list("id", flat=True))
        yield from sorted(seen)
        yield from (name for name in super().__iter__() if name not in seen)

    def _read(self, ids: list[str]) -> None:
        if self._bare is None:
            super()._read(ids)
            return
        found: dict[str, tuple[int, Stored]] = {}
        with connections[self._alias].cursor() as cursor:
            cursor.execute(*_both(ids))
            for name, settled, tail, over in cursor.fetchall():
                if over and name in self._bare:
                    continue
                if over >= found.get(name, (0, None))[0]:
                    found[name] = over, self.choose(settled, tail)
        for each in ids:
            _, data = found.get(each, (0, None))
            self._known[each] = None if data is None else thing_of(each, data, self._catalogue)


def _both(ids: list[str]) -> tuple[str, list[str]]:
    """Return one statement for what record and book have of these things, and its values."""
    places = ", ".join(["%s"] * len(ids))
    shared = f'SELECT "id", "settled", "tail", 0 FROM "line_standingthing" WHERE "id" IN ({places})'  # noqa: S608 - names of our own
    book = f'SELECT "id", "body", NULL, 1 FROM "line_bookthing" WHERE "id" IN ({places})'  # noqa: S608 - as above
    return f"{shared} UNION ALL {book}", [*ids, *ids]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookView:
    """One entry of the book. index: its place, beyond any log. version, body: of the act.

    void: why it is without effect, "" if it counts. replaced_by: n of what corrects it.
    """

    n: int
    index: int
    party: str
    type: str
    version: int
    on: str
    number: str
    at: str
    leaf: bytes
    re: bytes
    body: dict[str, Json]
    void: str
    entered_by: str
    entered_at: datetime
    replaced_by: int | None
    why: str


def overlay(node: Node, ids: Iterable[str] = ()) -> Overlay:
    """Return the things as this desk has them. ids: read at once, because they will be asked."""
    found = once(node, "overlay", lambda: Overlay(node.alias, node.catalogue))
    found.prefetch(ids)
    return found


def thing(node: Node, name: str) -> Thing | None:
    """Return a thing as this desk has it."""
    return overlay(node).get(name)


def each_thing(node: Node, prefix: str = "") -> Iterator[Thing]:
    """Yield the things as this desk has them, by id. prefix: "post" for post/…; "" for all."""
    if prefix:
        yield from once(node, ("things", prefix), lambda: list(_each_of(node, prefix)))
        return
    book = BookThing.objects.using(node.alias).order_by("id")
    rows = StandingThing.objects.using(node.alias).order_by("id")
    over = set(book.values_list("id", flat=True))
    for name, settled, tail in rows.values_list("id", "settled", "tail").iterator(BATCH):
        data = Current.choose(settled, tail)
        if data is not None and name not in over:
            yield thing_of(name, data, node.catalogue)
    for name, body in book.values_list("id", "body").iterator(BATCH):
        yield thing_of(name, body, node.catalogue)


def _each_of(node: Node, prefix: str) -> Iterator[Thing]:
    """Yield the things of one register, by one statement for record and book."""
    span = f"{prefix}/", f"{prefix}0"  # A range, not LIKE: the key's own index serves it.
    found: dict[str, Stored] = {}
    with connections[node.alias].cursor() as cursor:
        cursor.execute(
            'SELECT "id", "settled", "tail", 0 FROM "line_standingthing"'
            ' WHERE "id" >= %s AND "id" < %s UNION ALL'
            ' SELECT "id", "body", NULL, 1 FROM "line_bookthing"'
            ' WHERE "id" >= %s AND "id" < %s ORDER BY 4, 1',
            [*span, *span],
        )
        for name, settled, tail, _ in cursor.fetchall():
            found[name] = Current.choose(settled, tail)
    for name, data in found.items():
        if data is not None:
            yield thing_of(name, data, node.catalogue)


def things(node: Node, prefix: str = "") -> list[Thing]:
    """Return what `each_thing` yields, in the order of ids."""
    return sorted(each_thing(node, prefix), key=lambda each: each.id)


def entries(node: Node, on: str) -> tuple[BookView, ...]:
    """Return the entries of the book about a thing, as entered, corrected ones among them."""
    rows = BookEntry.objects.using(node.alias).filter(on=on)
    return tuple(view_of(row) for row in rows.order_by("place", "n"))


def since(node: Node, at: datetime, *, most: int) -> list[tuple[str, str, str, int, datetime]]:
    """Return party, type, subject, index and instant of what was entered since, newest first."""
    rows = BookEntry.objects.using(node.alias).filter(entered_at__gte=at, replaced_by=None)
    columns = rows.order_by("-n").values_list("party", "type", "on", "place", "entered_at")
    return [(party, name, on, BOOK + n, when) for party, name, on, n, when in columns[:most]]


def view_of(row: BookEntry) -> BookView:
    """Return a row as pages show it."""
    opening = opening_of(row)
    return BookView(
        n=row.n,
        index=BOOK + row.place,
        party=row.party,
        type=row.type,
        version=parse_head(opening.head).v,
        on=row.on,
        number=row.number,
        at=row.at,
        leaf=bytes(row.leaf),
        re=opening.re,
        body=body_of(row),
        void=row.void,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        replaced_by=row.replaced_by,
        why=row.why,
    )


def on_paper_too(column: str) -> dict[str, Exists]:
    """Return what tells in a query of others whether anything is on paper too.

    booked: the book has entries about the thing that `column` names. handed: it was delivered.
    """
    entries = BookEntry.objects.filter(on=OuterRef(column))
    return {
        "booked": Exists(entries),
        "handed": Exists(Delivery.objects.filter(thing=OuterRef(column))),
    }


def is_leaf(node: Node, leaf: bytes) -> bool:
    """Tell whether an act of the book has this leaf hash: what answers it is on paper too."""
    return bool(leaf) and BookEntry.objects.using(node.alias).filter(leaf=leaf).exists()


def on_paper(node: Node, ids: Iterable[str]) -> set[str]:
    """Return those of the ids whose whole history is ours alone: the record has no such thing."""
    wanted = list(ids)
    rows = BookThing.objects.using(node.alias).filter(id__in=wanted).values_list("id", flat=True)
    held = Current(node.alias, node.catalogue)
    held.prefetch(rows)
    return {name for name in rows if held.held(name) is None}


def counterpart(node: Node) -> tuple[str, str] | None:
    """Return code and name of the other party: as introduced, else as named; None: nobody yet."""
    peer = peer_row(node)
    if peer is not None:
        return peer.party, peer.name
    about = about_node(node.home) if node.home.is_dir() else {}
    code = about.get("peer")
    return (str(code), str(about.get("peer_name") or name_of(str(code)))) if code else None


def codes(node: Node) -> tuple[str, ...]:
    """Return the codes of both parties, sorted: as introduced, else ours and whom we named."""
    other = counterpart(node)
    return (node.party,) if other is None else tuple(sorted((node.party, other[0])))


def parties(node: Node) -> Parties:
    """Return both parties, as introduced; before that, as named. Raises Refusal "no-peer"."""
    peer = peer_row(node)
    if peer is not None:
        return parties_of(bytes(peer.own_introduction), bytes(peer.introduction))
    other = counterpart(node)
    if other is None:
        raise Refusal(
            "no-peer",
            thing=N_("A notice of {party}"),
            rule=N_("it is addressed to another state, and nobody has said which."),
            remedy=N_("Name it: `legation counterpart CODE --as NAME`, or choose it on the desk."),
            party=node.party,
        )
    code, name = other
    return Parties(a=named(node.party, node.name, code), b=named(code, name, node.party), record="")


def party_names(node: Node) -> dict[str, str]:
    """Return what each party is called: as introduced, alike on both nodes; before, as named."""
    if counterpart(node) is None:
        return {node.party: node.name}
    found = parties(node)
    return {side.party: side.name for side in (found.a, found.b)}


def placed(row: BookEntry, leaves: Mapping[bytes, bytes]) -> PaperPlaced:
    """Return an entry as the fold takes it. leaves: of corrected entries -> of what counts now."""
    opening = decode_opening(bytes(row.opening))
    opening = replace(opening, re=leaves.get(opening.re, opening.re))
    return PaperPlaced(
        row.party,
        BOOK + row.place,
        BOOK + row.place,
        opening,
        bytes(row.leaf),
        NO_RECORD,
        held=row.held,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """One record of a delivery. on: as recorded. replaced_by: id of what corrects it."""

    id: int
    on: str
    at: datetime
    place: str
    by_whom: str
    stamp: str
    scan: dict[str, Json]
    entered_by: str
    entered_at: datetime
    replaced_by: int | None
    why: str


def delivered(node: Node, ids: Iterable[str]) -> dict[str, datetime]:
    """Return when each of these was handed over on paper first; what was not is left out."""
    rows = Delivery.objects.using(node.alias).filter(replaced_by=None)
    wanted = list(ids)
    found: dict[str, datetime] = {}
    for at in range(0, len(wanted), BATCH):
        part = rows.filter(thing__in=wanted[at : at + BATCH])
        found.update(part.values_list("thing", "at"))
    return found


def delivered_ids(node: Node) -> QuerySet[Delivery, str]:
    """Return the ids of what was handed over on paper, as a part of another query."""
    rows = Delivery.objects.using(node.alias).filter(replaced_by=None)
    return rows.values_list("thing", flat=True)


def deliveries(node: Node, name: str) -> tuple[DeliveryView, ...]:
    """Return every record of the delivery of a thing, as entered, corrected ones among them."""
    rows = Delivery.objects.using(node.alias).filter(thing=name).order_by("id")
    names = [each.name for each in fields(DeliveryView)]
    return tuple(DeliveryView(**row) for row in rows.values(*names))
