"""What is found of a notice: number, title, form, answers, and the texts in every language.

Values that a kind marks as personal travel beside the act, and are not here to be found.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from legation.acts.kinds.notice_state import NoticeState
from legation.acts.state import Thing
from legation.line.models import Entry, Side
from legation.line.node import Node
from legation.notices.queries.lists import kind_of
from legation.record.act import decode_opening
from legation.record.canon import Json, decode
from legation.search.document import Document

LONGEST: Final = 130_000
"""Characters of one notice whose words are kept: four texts of 30,000 fit."""


def documents(node: Node, things: Iterable[Thing]) -> Iterator[Document]:
    """Yield what is found of the notices among these: one read of the log for all."""
    notices = [thing for thing in things if isinstance(thing, NoticeState)]
    bodies = _bodies(node, notices)
    for notice in notices:
        kind = kind_of(notice.kind, notice.version)
        yield Document(
            key=notice.id,
            kind=kind.title,
            title=notice.title or kind.title,
            said=notice.number,
            page="notices:page",
            arg=notice.id.partition("/")[2],
            party=notice.by.text,
            posts="".join(f" {each.text} " for each in (notice.post, notice.to) if each),
            head=" ".join((notice.reference or "", notice.post.text, *notice.about)),
            body="\n".join(_written(notice, bodies.get(notice.id, {})))[:LONGEST],
        )


def _bodies(node: Node, notices: Iterable[NoticeState]) -> dict[str, dict[str, Json]]:
    """Return what the release of each notice says, for those of the record."""
    wanted: dict[tuple[str, int], str] = {}
    for each in notices:
        side: str = Side.OWN if each.by == node.party else Side.PEER
        wanted[side, each.index] = each.id
    found: dict[str, dict[str, Json]] = {}
    for side in {side for side, _ in wanted}:
        rows = Entry.objects.using(node.alias).filter(
            side=side, index__in=[index for at, index in wanted if at == side]
        )
        for index, on, opening in rows.values_list("index", "on", "opening"):
            if on == wanted[side, index]:  # what is ours alone may have a place in no log
                found[on] = decode(decode_opening(bytes(opening)).body)
    return found


def _written(notice: NoticeState, body: Mapping[str, Json]) -> Iterator[str]:
    yield from texts_in(notice.fields)
    for each in notice.lines:
        for answer in each.answers:
            yield answer.words or ""
            yield from texts_in(answer.fields)
    for event in (notice.withdrawn, notice.closed):
        yield (event.words or "") if event else ""
    yield from texts_in(body.get("texts"))


def texts_in(value: Json) -> Iterator[str]:
    """Yield every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key in sorted(value):  # as stored, whatever order it was written in
            yield from texts_in(value[key])
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
