"""The texts that the formulae make of a form, to be shown or compared; nothing is kept."""

from collections.abc import Mapping

from legation.acts import drafting
from legation.line.node import Node
from legation.notices.services import (
    correspondents,
    notice_seen,
    person_numbers,
    state_of,
    with_references,
)
from legation.officers.services import Officer
from legation.record.canon import Json

Data = Mapping[str, Json]


def made_texts(node: Node, *, kind: str, data: Data) -> dict[str, str]:
    """Return the texts that a kind's formulae make of a form, by language, the original first.

    Raises Refusal as `draft_notice`, and keeps nothing.
    """
    parties = correspondents(node)
    made = drafting.draft(
        kind,
        {key: value for key, value in with_references(node, kind, data).items() if key != "texts"},
        parties,
        numbers=person_numbers(node),
        state=state_of(node, parties),
    )
    return _by_language(made.body)


def made_reply(node: Node, *, notice: str, data: Data, by: Officer | str) -> dict[str, str]:
    """Return the texts that the formulae make of an answer, by language, the original first.

    Raises Refusal as `draft_answer`, and keeps nothing.
    """
    thing, parties = notice_seen(node, notice, by)
    given = {key: value for key, value in data.items() if key != "texts"}
    return _by_language(drafting.draft_answer(thing, given, parties, state=state_of(node, parties)))


def _by_language(body: Mapping[str, Json]) -> dict[str, str]:
    texts = body.get("texts")
    return {
        str(text["lang"]): str(text["text"])
        for text in (texts if isinstance(texts, list) else ())
        if isinstance(text, dict)
    }
