"""Every read of the persons list, within the officer's sight, as frozen dataclasses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.missions.persons.columns import COLUMNS, folded, mixed
from legation.missions.persons.models import Import, Person
from legation.officers.sight import Sight

A_PAGE: Final = 50
MOST_EXPORTED: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One person. values: by column; mixed: words of the name whose letters look alike."""

    id: str
    values: dict[str, str]
    added_by: str
    added_at: datetime
    changed_by: str
    changed_at: datetime | None
    mixed: tuple[str, ...]

    @property
    def key(self) -> str:
        """What stands after "person/", for addresses of pages."""
        return self.id.partition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsPage:
    """Some persons. found: so many in all; page, pages: from 1."""

    rows: tuple[PersonView, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """A list on its way in. first: its first rows, for a look before it is taken."""

    number: int
    file: str
    told: str
    update: bool
    rows: int
    checked: int
    found: int
    known: int
    faults: tuple[Refusal, ...]
    notes: tuple[tuple[int, str, str], ...]
    first: tuple[tuple[int, dict[str, str]], ...]

    @property
    def done(self) -> bool:
        """Whether all rows are checked."""
        return self.checked >= self.rows


def in_sight(node: Node, sight: Sight) -> "QuerySet[Person]":
    """Return the persons that somebody sees: those of their posts, or all for the ministry."""
    rows = Person.objects.using(node.alias).all()
    if not sight.personal or not sight.content:
        return rows.none()
    return rows if sight.everything else rows.filter(post__in=sight.posts)


def persons(
    node: Node, sight: Sight, *, words: str = "", page: int = 1, size: int = A_PAGE
) -> PersonsPage:
    """Return a page of the persons in sight whose name, function or number has these words."""
    rows = in_sight(node, sight)
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(name_key__contains=folded(word))
            | Q(name_own__icontains=word)
            | Q(transliteration__icontains=word)
            | Q(function__icontains=word)
            | Q(passport_key__startswith=word.upper())
            | Q(post__iendswith=word)
        )
    found = rows.count()
    pages = max(1, -(-found // size))
    page = min(max(page, 1), pages)
    shown = rows[(page - 1) * size : page * size]
    return PersonsPage(rows=tuple(map(_view, shown)), found=found, page=page, pages=pages)


def person(node: Node, sight: Sight, person_id: str) -> PersonView:
    """Return one person. Raises Refusal "unknown-person", for one out of sight too."""
    row = in_sight(node, sight).filter(id=person_id).first()
    if row is None:
        raise unknown(person_id)
    return _view(row)


def chosen(node: Node, sight: Sight, ids: Iterable[str]) -> tuple[PersonView, ...]:
    """Return the persons of these ids that are in sight, in the order of the list."""
    return tuple(map(_view, in_sight(node, sight).filter(id__in=list(ids)[:500])))


def all_of(node: Node, sight: Sight) -> tuple[PersonView, ...]:
    """Return all persons in sight."""
    return tuple(map(_view, in_sight(node, sight)[:MOST_EXPORTED]))


def _view(row: Person) -> PersonView:
    return PersonView(
        id=row.id,
        values={column.key: getattr(row, column.key) for column in COLUMNS},
        added_by=row.added_by,
        added_at=row.added_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        mixed=(*mixed(row.name), *mixed(row.name_own), *mixed(row.transliteration)),
    )


def unknown(person_id: str) -> Refusal:
    """Make the refusal of a person whom the officer does not see."""
    return Refusal(
        "unknown-person",
        thing=N_("Person {person}"),
        rule=N_("the persons list holds nobody of that name for you."),
        remedy=N_("Choose from the list."),
        person=person_id[:60],
    )


def mine(node: Node, number: int, by: str) -> Import:
    """Return an officer's own list on its way in. Raises Refusal "unknown-import"."""
    row = Import.objects.using(node.alias).filter(id=number, by=by).first()
    if row is None:
        raise Refusal(
            "unknown-import",
            thing=N_("List {number}"),
            rule=N_("you have no list of that number on its way in."),
            remedy=N_("Import the file again."),
            number=number,
        )
    return row


def on_its_way(node: Node, number: int, by: str) -> ImportView:
    """Return an officer's own list on its way in. Raises Refusal "unknown-import"."""
    row = mine(node, number, by)
    return ImportView(
        number=int(row.pk),
        file=row.file,
        told=row.told,
        update=row.update,
        rows=len(row.rows),
        checked=row.checked,
        found=row.state["found"],
        known=row.state["known"],
        faults=tuple(map(_refusal, row.state["faults"])),
        notes=tuple((line, word, odd) for line, word, odd in row.state["notes"]),
        first=tuple((line, cells) for line, cells in row.rows[:20]),
    )


def _refusal(told: dict[str, object]) -> Refusal:
    refusal = Refusal(
        str(told["code"]),
        thing=str(told["thing"]),
        rule=str(told["rule"]),
        remedy=str(told["remedy"]),
    )
    values = told["values"]
    refusal.values = dict(values) if isinstance(values, dict) else {}
    return refusal
