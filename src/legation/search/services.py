"""Every write of the index. The caller holds the transaction of what it writes itself."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import connections

from legation.line.databases import writing
from legation.line.node import Node
from legation.search import models
from legation.search.document import LONGEST_TITLE, Document, own
from legation.search.spelling import indexed

BATCH: Final = 400
PAGES_AT_ONCE: Final = 500
"""Pages of the index that are written anew in one transaction: others write in between."""
COLUMNS: Final = ("key", "kind", "title", "said", "page", "arg", "party", "posts", "writer")
FLAGS: Final = ("ours_only", "personal")


def put(node: Node, documents: Iterable[Document]) -> None:
    """Have these found from now on, each in the place of what its key found before."""
    given = {each.key: each for each in documents}
    rows = models.Document.objects.using(node.alias)
    for keys in _parts(list(given)):
        part = [given[key] for key in keys]
        rows.bulk_create(
            [_row(each) for each in part],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=[name for name in (*COLUMNS, *FLAGS) if name != "key"],
        )
        numbers = dict(rows.filter(key__in=keys).values_list("key", "id"))
        with connections[node.alias].cursor() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO search_words (rowid, head, body) VALUES (%s, %s, %s)",
                [(numbers[each.key], *words(each)) for each in part],
            )


def drop(node: Node, keys: Sequence[str]) -> None:
    """Find these no longer; keys that nothing has are passed over."""
    rows = models.Document.objects.using(node.alias)
    for part in _parts(keys):
        numbers = list(rows.filter(key__in=part).values_list("id", flat=True))
        with connections[node.alias].cursor() as cursor:
            cursor.executemany(
                "DELETE FROM search_words WHERE rowid = %s", [(each,) for each in numbers]
            )
        rows.filter(id__in=numbers).delete()


def begin_anew(node: Node) -> None:
    """Drop everything, and put back what is ours alone: it follows from no thing of the record."""
    with connections[node.alias].cursor() as cursor:
        cursor.execute("DELETE FROM search_words")
    models.Document.objects.using(node.alias).all().delete()
    put(node, own(node))


def let_go(node: Node) -> None:
    """Let the index keep no word of what is found no longer; holds no transaction for long.

    FTS5 writes a deletion beside what is deleted: only a merge of all its parts ends both.
    Source: SQLite's documentation of FTS5, 6.8 "The 'merge' Command". Raises Refusal "locked".
    """
    pages = -PAGES_AT_ONCE  # below nought begins a merge of everything
    while _merge(node, pages):
        pages = PAGES_AT_ONCE


def _merge(node: Node, pages: int) -> bool:
    """Merge some pages; tell whether there was anything to do."""
    with writing(node.alias), connections[node.alias].cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        before = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO search_words (search_words, rank) VALUES ('merge', %s)", [pages]
        )
        cursor.execute("SELECT total_changes()")
        return bool(cursor.fetchone()[0] - before > 1)


def words(document: Document) -> tuple[str, str]:
    """Return what the index keeps of a document: of what it is called, and of the rest."""
    return indexed(f"{document.title} {document.said} {document.head}"), indexed(document.body)


def _row(document: Document) -> models.Document:
    return models.Document(**values(document), **{each: getattr(document, each) for each in FLAGS})


def values(document: Document) -> dict[str, str]:
    """Return a document's columns of words, cut to their room."""
    found = {name: getattr(document, name) for name in COLUMNS}
    return found | {name: found[name][:LONGEST_TITLE] for name in ("title", "said")}


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))
