"""Persons' values for print: read from their files, and every look written down first."""

from collections.abc import Mapping
from datetime import datetime

from legation.acts.files import MAX_PERSON, FileRef, files_of, read_person
from legation.acts.persons import Person, file_of
from legation.errors import Refusal
from legation.line.node import Node
from legation.line.queries import files
from legation.notices.pdf.making import Named, Persons, nobody
from legation.officers.services import Officer
from legation.officers.services.looks import note_looks
from legation.officers.sight import sight_of
from legation.record.canon import Json


def reader(node: Node, *, by: Officer, about: str, at: datetime) -> Persons:
    """Return what reads the persons of an act for an officer; for one who may not, nobody's.

    about: the notice or draft, for the audit: the look is written down before a value is read.
    """
    if not sight_of(by).personal:
        return nobody

    def read(persons: list[Person], body: Mapping[str, Json]) -> Named:
        refs = files_of(body)
        wanted = [file_of(person.number, refs) for person in persons]
        roots = [ref.root.text for ref in wanted if ref is not None]
        if roots:
            note_looks(node, by=by, about=about, roots=roots, at=at, how="paper")
        return tuple(_values(node, ref) for ref in wanted)

    return read


def _values(node: Node, ref: FileRef | None) -> Mapping[str, Json] | str:
    """Return a person's fields, or why there are none: a word of the sheet."""
    if ref is None:
        return "not_here"
    held = files.holding(node, ref.root.text)
    if held is not None and held.erased_at is not None:
        return "erased"
    try:
        return read_person(files.read(node, ref.root.text, limit=MAX_PERSON))
    except Refusal:
        return "not_here"
