"""Every read of the index."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.db.models.expressions import RawSQL

from legation.line.node import Node
from legation.search.models import Document
from legation.search.spelling import spellings, words_of

MOST_WORDS: Final = 8
MOST: Final = 20
EVERYTHING: Final = Q()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that fits. kind: an untranslated message. See `models.Document`."""

    key: str
    kind: str
    title: str
    said: str
    page: str
    arg: str
    party: str
    ours_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What fits, what is called so before what only says so. more: whether there is more."""

    rows: tuple[Hit, ...]
    more: bool


def find(node: Node, text: str, *, where: Q = EVERYTHING, most: int = MOST) -> Hits:
    """Return what holds words that begin as each of these does: two reads at most.

    where: which documents the officer may see.
    """
    asked = match(text)
    if not asked:
        return Hits(rows=(), more=False)
    found = _rows(node, match(text, column="head"), where, most + 1)
    if len(found) <= most:
        known = {row.key for row in found}
        rest = _rows(node, asked, where, most + 1)
        found += [row for row in rest if row.key not in known]
    return Hits(rows=tuple(found[:most]), more=len(found) > most)


def keys(text: str, *, prefix: str) -> RawSQL | None:
    """Return a subquery of the ids that hold these words, of one kind of thing; None for none.

    prefix: how the ids begin, "notice/".
    """
    asked = match(text)
    if not asked:
        return None
    sql = (
        "SELECT d.key FROM search_document d JOIN search_words w ON w.rowid = d.id"
        " WHERE w.search_words MATCH %s AND d.key >= %s AND d.key < %s"
    )
    return RawSQL(sql, (asked, prefix, f"{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}"))  # noqa: S611 - bound


def match(text: str, *, column: str = "") -> str:
    """Return words as FTS5 takes them, "" where there are none.

    Each key is quoted: nothing of what was typed is read as an operator.
    """
    parts = []
    for word in list(words_of(text))[:MOST_WORDS]:
        found = " OR ".join(f'"{key}" *' for key in spellings(word))
        if found:
            parts.append(f"{column} : ({found})" if column else f"({found})")
    return " AND ".join(parts)


def _rows(node: Node, asked: str, where: Q, most: int) -> list[Hit]:
    ids = RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", (asked,))
    rows = Document.objects.using(node.alias).filter(where, id__in=ids).order_by("-id")[:most]
    return [
        Hit(
            key=row.key,
            kind=row.kind,
            title=row.title,
            said=row.said,
            page=row.page,
            arg=row.arg,
            party=row.party,
            ours_only=row.ours_only,
        )
        for row in rows
    ]
