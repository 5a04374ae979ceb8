"""Rows of the database as what they hold. One that was changed from outside is named, by all.

A disk that turns a bit, or a hand that edits the file, must not look like a fault of the reader or
of the other side: whoever meets such a row says which, and what to run.
"""

from typing import Any, TypeVar, cast

from legation.acts.catalogue import Catalogue
from legation.acts.codec import from_body
from legation.acts.state import Thing, decode_thing
from legation.errors import N_, Refusal
from legation.line.models import BookEntry, Entry
from legation.record.act import Opening, decode_opening
from legation.record.canon import Json, decode

T = TypeVar("T")
UNREADABLE = (Refusal, ValueError, KeyError, TypeError)
"""What reading a row raises that does not hold what was written there."""


def damaged(row: str) -> Refusal:
    """Return the refusal of a row. row: what it is of, as pages and `doctor` call it."""
    return Refusal(
        "damaged-row",
        thing=N_("The node's database, at {row}"),
        rule=N_("what stands there is not what was written: a disk or a hand has changed it."),
        remedy=N_(
            "Run `legation doctor`: it names every such row. `legation doctor --rebuild` makes anew"
            " what the logs say; a log itself comes back from a backup."
        ),
        row=row,
    )


def thing_of(name: str, data: bytes | memoryview, readable: Catalogue | None = None) -> Thing:
    """Return a thing of its stored bytes. Raises Refusal "damaged-row"."""
    try:
        return decode_thing(bytes(data), readable)
    except UNREADABLE as fault:
        raise damaged(name) from fault


def held(cls: type[T], body: object) -> T:
    """Return a thing of the JSON that a room's row keeps of it. Raises Refusal "damaged-row"."""
    try:
        return from_body(cls, cast("Any", body), cls.__name__)
    except UNREADABLE as fault:
        name = body.get("id") if isinstance(body, dict) else None
        raise damaged(str(name or cls.__name__)) from fault


def opening_of(row: Entry | BookEntry) -> Opening:
    """Return the opening of an entry. Raises Refusal "damaged-row"."""
    try:
        return decode_opening(bytes(row.opening))
    except UNREADABLE as fault:
        raise damaged(_entry(row)) from fault


def body_of(row: Entry | BookEntry) -> dict[str, Json]:
    """Return the body of the act of an entry. Raises Refusal "damaged-row"."""
    try:
        return decode(opening_of(row).body)
    except UNREADABLE as fault:
        raise damaged(_entry(row)) from fault


def _entry(row: Entry | BookEntry) -> str:
    if isinstance(row, BookEntry):
        return f"line_bookentry {row.n} ({row.on})"
    return f"line_entry {row.side} {row.index} ({row.on})"
