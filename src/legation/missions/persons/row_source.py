"""Persons of the list as rows of a notice: found by looking (`notices.lists`)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from legation.line.node import Node
from legation.missions.persons import queries
from legation.missions.persons.columns import CATEGORIES, COLUMNS
from legation.notices.lists import folded
from legation.officers.services import Officer, note_looks
from legation.officers.sight import sight_of

MOST_SHOWN = 40
# A column of the list, and what forms call the same.
FIELDS = {
    "name": ("name", "passport_name", "full_name", "person_name"),
    "name_own": ("name_own", "native_name"),
    "transliteration": ("transliteration",),
    "function": ("function", "rank", "position"),
    "category": ("category",),
    "nationality": ("nationality",),
    "born": ("born", "birth_date"),
    "passport": ("passport_no", "passport", "passport_number"),
    "expires": ("passport_expires", "passport_until", "expires"),
    "post": ("serves_at",),
}


def title() -> str:
    """Return what a button calls this list."""
    return gettext("the persons list")


def titles() -> dict[str, tuple[str, ...]]:
    """Return the titles of this list's columns, and what forms call what stands there."""
    return {
        folded(name): FIELDS[column.key]
        for column in COLUMNS
        if column.key in FIELDS
        for name in column.titles
    }


def meanings() -> dict[str, dict[str, str]]:
    """Return the words that this list's files may say for a value, by what forms call the field."""
    said = {folded(word): code for code, words in CATEGORIES.items() for word in words}
    return dict.fromkeys(FIELDS["category"], said)


def choices(node: Node, officer: Officer, words: str, at: datetime) -> list[tuple[str, str]]:
    """Return the persons in sight whom these words find: id, and who it is.

    They are shown by name: each look is written down first.
    """
    found = queries.persons(node, sight_of(officer), words=words, size=MOST_SHOWN)
    shown = [row.id for row in found.rows]
    if shown:
        note_looks(node, by=officer, about="persons", roots=shown, at=at, how="list")
    return [
        (row.id, ", ".join(filter(None, (row.values["name"], row.values["function"]))))
        for row in found.rows
    ]


def rows(
    node: Node, officer: Officer, ids: Sequence[str], about: str, at: datetime
) -> list[dict[str, str]]:
    """Return the chosen as a form names their fields; each look is written down first."""
    found = queries.chosen(node, sight_of(officer), ids)
    if found:
        note_looks(node, by=officer, about=about, roots=[row.id for row in found], at=at)
    return [
        {
            name: row.values[key]
            for key, names in FIELDS.items()
            for name in names
            if row.values[key]
        }
        for row in found
    ]
