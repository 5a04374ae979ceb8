"""Every look at a person's data is written down, before the data is handed over.

1. Whoever shows, prints or exports a person's data reads it here, or notes the look here.
2. The row names the officer, the thing and the file's root; never a value of the data.
3. An auditor or an administrator reads no person's data (`officers.sight`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias

from legation.acts.files import MAX_PERSON, FileRef, read_person
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.line.queries import files
from legation.officers.models import AuditRow, Officer
from legation.officers.permissions import not_for
from legation.officers.services.lookup import find_active
from legation.officers.sight import READS_PERSONS, sight_of
from legation.record.canon import Json, decode

SEEN: Final = "person.seen"
SALT_BYTES: Final = 32
GONE: Final = frozenset({"erased", "file-missing", "file-incomplete"})
"""Codes of refusals of a file that is not here: its person's line stays, and says so."""
Person: TypeAlias = tuple[dict[str, Json], str]
"""A person's fields, and "" or why there are none: a code of `GONE`."""


def note_look(
    node: Node, *, by: Officer | str, about: str, root: str, at: datetime, how: str = "page"
) -> None:
    """Write down that an officer looked at a person's data.

    about: the notice or draft it belongs to. root: of the person's file, 64 hex. how: "page",
    "paper" or "export". Raises Refusal "unknown-officer", "suspended", or "role" (rule 3).
    """
    note_looks(node, by=by, about=about, roots=[root], at=at, how=how)


def note_looks(
    node: Node,
    *,
    by: Officer | str,
    about: str,
    roots: Sequence[str],
    at: datetime,
    how: str = "page",
) -> None:
    """Write down a look at the data of several persons, as `note_look`: one write for a list."""
    officer = find_active(node, by)
    if not sight_of(officer).personal:
        raise not_for(officer, READS_PERSONS)
    with writing(node.alias):
        AuditRow.objects.using(node.alias).bulk_create(
            AuditRow(
                at=at,
                by=officer.username,
                what=SEEN,
                about=about,
                detail={"root": root[:64], "how": how},
            )
            for root in roots
        )


def persons(
    node: Node,
    *,
    refs: Sequence[FileRef],
    by: Officer | str,
    about: str,
    at: datetime,
    how: str = "page",
) -> dict[str, Person]:
    """Return persons by the roots of their files; the looks are written down before any is read.

    Raises Refusal as `note_look`, and what reading a file refuses beyond `GONE`.
    """
    roots = [ref.root.text for ref in refs]
    if not roots:
        return {}
    note_looks(node, by=by, about=about, roots=roots, at=at, how=how)
    files.look_up(node, roots)
    return {root: _person(node, root) for root in roots}


def _person(node: Node, root: str) -> Person:
    try:
        return dict(read_person(files.read(node, root, limit=MAX_PERSON))), ""
    except Refusal as refusal:
        if refusal.code in GONE:
            return {}, refusal.code
        raise


def fields_of(data: bytes) -> dict[str, Json]:
    """Return the fields in a person's file: 32 random bytes, then canonical JSON.

    Raises Refusal "person-file", and what canonical JSON refuses.
    """
    if len(data) <= SALT_BYTES:
        raise Refusal(
            "person-file",
            thing=N_("A person's data"),
            rule=N_("the file is 32 random bytes and then the person's fields, and it is not."),
            remedy=N_("Ask the side that sent it to send it again."),
        )
    return decode(data[SALT_BYTES:])
