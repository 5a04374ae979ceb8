"""Writing the book: what left on paper, and what came on paper and was typed in.

1. An act that would be without effect is refused before it is entered, as for our log.
2. What left on paper takes the next number of its post's paper series, without gaps:
   "US-MOW/2026/P-001". What came carries the number that stands on it.
3. A mistake in typing is mended by another entry in the same place; the first stays, struck.
   What left is not corrected: it left so.
4. What binds by officers' signatures is for the record alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from legation.acts.book import NO_RECORD, ground
from legation.acts.fold import attempt
from legation.acts.places import BOOK
from legation.acts.state import State
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.models import BookEntry, Log, Peer
from legation.line.node import Node
from legation.line.queries.book import Overlay, is_leaf, parties, placed
from legation.line.services import booked, effects, files
from legation.line.services.append import Entered, NewAct, instant
from legation.line.services.effects import Change
from legation.line.services.mentions import ERASED
from legation.record import canon
from legation.record.act import Head, Opening, leaf_data
from legation.record.canon import Json
from legation.record.merkle import leaf_hash

NOTHING_SEEN: Final = (0, bytes(32))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An act of theirs as it stands on their paper. at: its day there. number: theirs, or ""."""

    type: str
    on: str
    body: dict[str, Json]
    number: str
    at: datetime
    re: bytes = b""
    version: int = 1


def goes_on_paper(node: Node, acts: Sequence[NewAct]) -> bool:
    """Tell whether acts of ours leave on paper, and not into the record.

    So they do while no peer is confirmed, and where they answer what is on paper only.
    Raises Refusal "two-ways" for acts that would go both ways.
    """
    if not Peer.objects.using(node.alias).filter(second_at__isnull=False).exists():
        return True
    ways = {is_leaf(node, act.re) for act in acts}
    if len(ways) > 1:
        raise Refusal(
            "two-ways",
            thing=N_("A draft of {count} acts"),
            rule=N_("some of them answer what is on paper only, and the others the record."),
            remedy=N_("Make two drafts of it."),
            count=len(acts),
        )
    return True in ways


def enter(node: Node, acts: Sequence[NewAct], *, by: str, at: datetime) -> list[Entered]:
    """Enter acts of ours that leave on paper: all of them, or none.

    Raises Refusal "binding", "no-peer" where no other party is named, and the refusal that
    would have made one of the acts be without effect.
    """
    with writing(node.alias):
        writer = _Writer(node, by=by, at=at)
        for act in acts:
            number = writer.next_number(act.numbered_post) if act.numbered_post else ""
            writer.add(node.party, act, number=number, said_at=at)
        for act in acts:
            if act.type == ERASED:
                files.erase_in(node, str(act.body["root"]), at=at)
        return writer.done()


def type_in(node: Node, act: Typed, *, by: str, at: datetime) -> Entered:
    """Enter an act of theirs, as typed in from their paper. Raises as `enter`."""
    with writing(node.alias):
        writer = _Writer(node, by=by, at=at)
        writer.add(_theirs(node), _new(act), number=act.number, said_at=act.at)
        return writer.done()[0]


def correct(node: Node, n: int, act: Typed, *, why: str, by: str, at: datetime) -> Entered:
    """Put an entry in the place of entry `n`, which was mistyped and stays as history.

    Raises Refusal "unknown-entry", "not-typed" (ours left so), "corrected" already, and what
    would make it, or what was entered since, be without effect.
    """
    with writing(node.alias):
        row = _correctable(node, n)
        writer = _Writer(node, by=by, at=at)
        new = writer.row(_theirs(node), _new(act), number=act.number, said_at=act.at)
        new.place, new.why, new.held = row.place, why, row.held
        new.save(using=node.alias, force_insert=True)
        BookEntry.objects.using(node.alias).filter(n=n).update(replaced_by=new.n)
        about = {row.on, new.on}
        before = {name: writer.base.held(name) for name in about}
        effect = _counting(node, about)
        booked.refold(node, about)
        _check_still_counts(node, effect, new)
        now = Overlay(node.alias, node.catalogue)
        effects.tell(node, [Change(name, before[name], now.held(name)) for name in sorted(about)])
    return _entered(new)


def rehearse(node: Node, acts: Sequence[NewAct], *, at: datetime) -> None:
    """Raise the refusal that would make one of the acts be without effect; write nothing."""
    writer = _Writer(node, by="", at=at)
    for act in acts:
        writer.add(node.party, act, number="", said_at=at)


class _Writer:
    """Entries on their way into the book, each folded on those before."""

    def __init__(self, node: Node, *, by: str, at: datetime) -> None:
        self.node = node
        self.by, self.at = by, at
        self.base = Overlay(node.alias, node.catalogue)
        self.state: State = ground(self.base, parties(node), node.catalogue)
        self.rows: list[BookEntry] = []
        self._entries = BookEntry.objects.using(node.alias)
        self._first = self._entries.count()
        self._leaves = booked.corrected(node)
        self._held: dict[str, int] = dict(
            Log.objects.using(node.alias).values_list("party", "usable")
        )

    def next_number(self, post: str) -> str:
        """Return the next number of a post's paper series (rule 2)."""
        year = self.at.astimezone(UTC).year
        series = f"{post.removeprefix('post/')}/{year}/P-"
        # A range, not LIKE: the column's own index serves it.
        taken = self._entries.filter(
            party=self.node.party, number__gte=series, number__lt=f"{series[:-1]}."
        ).count()
        taken += sum(row.number.startswith(series) for row in self.rows)
        return f"{series}{taken + 1:03d}"

    def row(self, party: str, act: NewAct, *, number: str, said_at: datetime) -> BookEntry:
        """Return the unsaved row of an act. Raises Refusal "binding" (rule 4)."""
        cls = self.node.catalogue.act(act.type, act.version)
        if cls.binding:
            raise _binding(act)
        head = Head(
            v=act.version,
            type=act.type,
            record=NO_RECORD,
            party=party,
            seen=NOTHING_SEEN,
            on=act.on,
            number=number,
            at=instant(said_at),
        )
        random = self.node.random
        opening = Opening(
            head=head.encode(),
            body=canon.encode(act.body),
            sigs=b"",
            re=act.re,
            salt_h=random(32),
            salt_r=random(32),
            salt_b=act.salt_b or random(32),
        )
        n = self._first + len(self.rows)
        return BookEntry(
            n=n,
            place=n,
            party=party,
            opening=opening.encode(),
            leaf=leaf_hash(leaf_data(opening)),
            type=act.type,
            on=act.on,
            number=number,
            at=head.at,
            held=self._held,
            entered_by=self.by,
            entered_at=self.at,
        )

    def add(self, party: str, act: NewAct, *, number: str, said_at: datetime) -> None:
        """Fold an act on what is there. Raises the refusal that says why it has no effect."""
        row = self.row(party, act, number=number, said_at=said_at)
        refusal = attempt(self.state, placed(row, self._leaves))
        if refusal is not None:
            raise refusal
        self.rows.append(row)

    def done(self) -> list[Entered]:
        """Write the rows and what they put, and tell the rooms."""
        self._entries.bulk_create(self.rows, batch_size=200)
        self.base.prefetch(self.state.changed)
        changes = [
            Change(name, self.base.held(name), each) for name, each in self.state.changed.items()
        ]
        subjects = {row.on for row in self.rows}
        booked.store(self.node, self.state, subjects)
        self.node.trip("entered in the book")
        effects.tell(self.node, changes)
        return [_entered(row) for row in self.rows]


def _new(act: Typed) -> NewAct:
    return NewAct(type=act.type, version=act.version, on=act.on, body=act.body, re=act.re)


def _theirs(node: Node) -> str:
    return parties(node).other(node.party).party


def _entered(row: BookEntry) -> Entered:
    return Entered(
        index=BOOK + row.n,
        type=row.type,
        on=row.on,
        number=row.number,
        at=row.at,
        leaf=bytes(row.leaf),
    )


def _correctable(node: Node, n: int) -> BookEntry:
    row = BookEntry.objects.using(node.alias).filter(n=n).first()
    if row is not None and row.party != node.party and row.replaced_by is None:
        return row
    codes: Mapping[str, str] = {
        "unknown-entry": N_("the book holds no such entry."),
        "not-typed": N_("it is ours and left so; nobody types it in anew."),
        "corrected": N_("it was corrected already."),
    }
    code = "unknown-entry" if row is None else "corrected"
    if row is not None and row.party == node.party:
        code = "not-typed"
    raise Refusal(
        code,
        thing=N_("Entry {n} of the book"),
        rule=codes[code],
        remedy=N_("Look at the notice as it stands."),
        n=n,
    )


def _counting(node: Node, about: set[str]) -> set[int]:
    rows = BookEntry.objects.using(node.alias).filter(on__in=about, void="", replaced_by=None)
    return set(rows.values_list("n", flat=True))


def _check_still_counts(node: Node, effect: set[int], new: BookEntry) -> None:
    """Refuse a correction by which it, or what was entered since, would no longer count."""
    rows = BookEntry.objects.using(node.alias).filter(replaced_by=None, n__in={*effect, new.n})
    lost = rows.exclude(void="").values_list("void", flat=True).first()
    if lost is not None:
        raise Refusal(
            lost,
            thing=N_("Correction of an entry of the book"),
            rule=N_("it, or what was entered about it since, would be without effect ({why})."),
            remedy=N_("Look at the notice as it stands, and type in what fits it."),
            why=lost,
        )


def _binding(act: NewAct) -> Refusal:
    return Refusal(
        "binding",
        thing=N_("An act of type {type}"),
        rule=N_("it binds by officers’ signatures, and so only in the record with the other side."),
        remedy=N_("Wait until the other side is introduced."),
        type=act.type,
    )
