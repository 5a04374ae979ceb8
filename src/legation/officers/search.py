"""What is found of a draft that has not left: its title and everything written in it. Ours only."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from legation.errors import N_
from legation.line.node import Node
from legation.officers.models import Draft, DraftAct, DraftState
from legation.record.canon import Json, decode
from legation.search.document import Document

BATCH: Final = 200
LONGEST: Final = 130_000
MINISTRY_ONLY: Final = " none "
"""A draft of no post is seen by its author and the ministry, not by every reader."""
OPEN: Final = (DraftState.DRAFTED, DraftState.CLEARED)


def own(node: Node) -> Iterator[Document]:
    """Yield what is found of every draft that has not left."""
    rows = Draft.objects.using(node.alias).filter(state__in=OPEN).order_by("drafted_at", "id")
    for row in rows.prefetch_related("acts").iterator(BATCH):
        yield document(row, row.acts.all())


def document(row: Draft, acts: Iterable[DraftAct]) -> Document:
    """Return what is found of a draft. Its posts say which officers see it."""
    acts = list(acts)
    return Document(
        key=row.id,
        kind=N_("Draft"),
        title=row.title,
        page="officers:draft",
        arg=row.id.partition("/")[2],
        posts=row.posts or MINISTRY_ONLY,
        writer=row.drafted_by,
        ours_only=True,
        head=" ".join((row.drafted_by, *(act.on for act in acts))),
        body="\n".join(text for act in acts for text in _texts(decode(bytes(act.body))))[:LONGEST],
    )


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key in sorted(value):
            yield from _texts(value[key])
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
