"""What is found of a person of the list: by name; the hit shows function and post, no name.

A hit is no look yet; the page that it leads to is, and writes it down.
"""

from collections.abc import Iterator

from legation.errors import N_
from legation.line.node import Node
from legation.missions.persons.models import Person
from legation.search.document import Document

MINISTRY_ONLY = " none "


def own(node: Node) -> Iterator[Document]:
    """Yield what is found of every person of the list."""
    for row in Person.objects.using(node.alias).all().iterator(500):
        yield document(row)


def document(row: Person) -> Document:
    """Return what is found of one person."""
    return Document(
        key=row.id,
        kind=N_("Person"),
        title=row.function or row.post.removeprefix("post/") or "–",
        said=row.post.removeprefix("post/"),
        page="persons:person",
        arg=row.id.partition("/")[2],
        posts=f" {row.post} " if row.post else MINISTRY_ONLY,
        ours_only=True,
        personal=True,
        head=f"{row.name} {row.name_own} {row.transliteration} {row.passport_key}",
    )
