"""What is found of registers, as either side states them, and of our own chronicle."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from legation.acts.codec import fields_of
from legation.acts.state import Thing
from legation.acts.statements import Register
from legation.errors import N_
from legation.line.node import Node
from legation.missions import naming
from legation.missions.addresses import page_name
from legation.missions.models import ChronicleEntry
from legation.search.document import Document

NAMES: Final = ("name", "city", "function", "bank")
FACTS: Final = "facts"


def documents(node: Node, things: Iterable[Thing]) -> Iterator[Document]:
    """Yield what is found of the things of registers among these."""
    del node
    for thing in things:
        if isinstance(thing, Register):
            prefix = thing.prefix
            yield _document(thing, naming.thing_name(prefix), page_name(prefix))


def own(node: Node) -> Iterator[Document]:
    """Yield what is found of the facts of our chronicle. Ours only."""
    rows = ChronicleEntry.objects.using(node.alias).filter(section=FACTS)
    yield from of_facts(rows.order_by("id").iterator(500))


def of_facts(rows: Iterable[ChronicleEntry]) -> Iterator[Document]:
    """Yield what is found of those rows of the chronicle that are facts."""
    for row in rows:
        if row.section == FACTS:
            yield Document(
                key=f"chronicle/{row.key}",
                kind=N_("Chronicle"),
                title=str(row.content.get("title") or row.key),
                said=row.on,
                page="missions:fact",
                arg=row.key,
                ours_only=True,
                body=" ".join(_texts(row.content)),
            )


def _document(thing: Register, kind: str, page: str) -> Document:
    key = thing.id.partition("/")[2]
    return Document(
        key=thing.id,
        kind=kind,
        title=_name(thing) or key,
        said=thing.id,
        page=page,
        arg=key,
        party=thing.sending,
        body=" ".join(_stated(thing)),
    )


def _name(thing: Register) -> str:
    keys = {place.key for place in fields_of(thing.fields_class)}
    for key in NAMES:
        now = thing.now(key, None) if key in keys else None
        if now is not None and isinstance(now.value, str):
            return now.value
    return ""


def _stated(thing: Register) -> Iterator[str]:
    """Yield every text that either side ever stated, with its notes."""
    for view in thing.views:
        for field in sorted(view.fields):  # as stored, whatever order it was stated in
            for statement in view.fields[field].statements:
                yield from _texts(statement.value)
                yield statement.note or ""
                yield statement.basis or ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key in sorted(value):  # as stored, whatever order it was written in
            yield from _texts(value[key])
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
