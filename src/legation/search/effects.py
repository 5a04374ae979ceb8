"""Keep the index with the rows it finds: in the same transaction, from the same change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.db import connections

from legation.acts.state import Thing
from legation.line.node import Node
from legation.line.services.effects import Change, Row
from legation.search import services
from legation.search.document import Document, documents, own
from legation.search.services import COLUMNS, FLAGS

TABLE: Final = "search_document"
BATCH: Final = 400


def project(node: Node, changes: Sequence[Change]) -> None:
    """Have what changed found as it is now."""
    gone = [change.id for change in changes if change.after is None]
    if gone:
        services.drop(node, gone)
    services.put(node, documents(node, [each.after for each in changes if each.after is not None]))


def clear(node: Node) -> None:
    """Drop the index; what is ours alone comes back at once, things as they are projected."""
    services.begin_anew(node)


def rows(node: Node) -> Iterator[Row]:
    """Yield every row with its words."""
    names = ", ".join(f'd."{name}"' for name in (*COLUMNS, *FLAGS))
    with connections[node.alias].chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {names}, w.head, w.body FROM search_document d"  # noqa: S608 - names of our own
            " LEFT JOIN search_words w ON w.rowid = d.id ORDER BY d.key"
        )
        while found := cursor.fetchmany(BATCH):
            for row in found:
                values = dict(zip((*COLUMNS, *FLAGS, "head", "body"), row, strict=True))
                yield TABLE, values.pop("key"), values | {n: bool(values[n]) for n in FLAGS}


def expected(node: Node, things: Mapping[str, Thing] | Iterable[Thing]) -> Iterator[Row]:
    """Yield what the rows must be for these things, and for what is ours alone."""
    given = things.values() if isinstance(things, Mapping) else things
    batch: list[Thing] = []
    for thing in given:
        batch.append(thing)
        if len(batch) == BATCH:
            yield from map(_told, documents(node, batch))
            batch = []
    yield from map(_told, documents(node, batch))
    yield from map(_told, own(node))


def _told(document: Document) -> Row:
    told = {name: text for name, text in services.values(document).items() if name != "key"}
    flags = {name: getattr(document, name) for name in FLAGS}
    head, body = services.words(document)
    return TABLE, document.key, {**told, **flags, "head": head, "body": body}
