"""A form saved into the draft it was opened from; and what both wrote where two were in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from legation.errors import Refusal
from legation.line.node import Node
from legation.notices import made, services
from legation.notices.drafting import merging, queries
from legation.notices.drafting import services as beside
from legation.notices.drafting.merging import Merged
from legation.notices.drafting.reopening import (
    ANSWERED,
    CHANGED,
    CLOSED,
    RELEASED,
    WITHDRAWN,
    Fields,
    Reopened,
    data_of,
    reopen,
)
from legation.record.canon import Json

if TYPE_CHECKING:
    from legation.officers.models import Draft, Officer

MEANWHILE: Final = frozenset({"edited-since", "cleared-since", "not-open"})
"""Refusals that are nobody's fault: the words typed are kept aside."""
MADE: Final = frozenset({RELEASED, ANSWERED, CHANGED})
"""Acts whose texts the formulae make."""
OPEN: Final = frozenset({"drafted", "cleared"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What is to be saved, and what its officer had before them.

    began: hash of that version. uncleared: it was not cleared. words: number of the row of words
    kept aside that this takes up, or 0. theirs: fields in which the other's words are taken.
    """

    data: Mapping[str, Json]
    began: str
    uncleared: bool = True
    words: int = 0
    theirs: Sequence[str] = ()
    translated: tuple[str, ...] = ()


class Kept(Exception):  # noqa: N818 - no fault: the words are kept
    """The words were kept aside, not saved. words: the row's number. refusal: why."""

    def __init__(self, words: int, refusal: Refusal) -> None:
        super().__init__(words)
        self.words = words
        self.refusal = refusal


def save(node: Node, draft_id: str, saving: Saving, *, by: "Officer", at: datetime) -> "Draft":
    """Save a form into its draft.

    Raises Kept when another was there meanwhile, and Refusal for what is wrong with the form.
    """
    opened = reopen(node, draft_id, by=by, at=at)
    data: Mapping[str, Json] = saving.data
    if saving.theirs:
        data = merging.take(data, opened.data, saving.theirs)
    settled = _with_made_texts(node, opened, data, by=by, at=at, began=saving.began)
    into = opened.into(saving.began, uncleared=saving.uncleared, translated=saving.translated)
    try:
        row: Draft = _makers()[opened.type](node, opened, data=settled, by=by, at=at, into=into)
    except Refusal as refusal:
        if refusal.code not in MEANWHILE:
            raise
        words = beside.keep_words(
            node,
            draft_id=draft_id,
            began=saving.began,
            why=refusal.code,
            data=data,
            by=by.username,
            at=at,
        )
        if saving.words not in {0, words}:
            beside.drop_words(node, words=saving.words, by=by.username)  # taken up in these
        raise Kept(words, refusal) from refusal
    beside.note_left(node, draft_id=draft_id, by=by.username)
    if saving.words:
        beside.drop_words(node, words=saving.words, by=by.username)
    return row


def _makers() -> dict[str, Callable[..., Any]]:
    def notice(node: Node, opened: Reopened, **how: Any) -> Any:
        return services.draft_notice(node, kind=opened.kind, **how)

    def about(draft: Callable[..., Any]) -> Callable[..., Any]:
        return lambda node, opened, **how: draft(node, notice=opened.about, **how)

    return {
        RELEASED: notice,
        ANSWERED: about(services.draft_answer),
        CHANGED: about(services.draft_changed_answer),
        WITHDRAWN: about(services.draft_withdraw),
        CLOSED: about(services.draft_close),
    }


def _with_made_texts(
    node: Node,
    opened: Reopened,
    data: Mapping[str, Json],
    *,
    by: "Officer",
    at: datetime,
    began: str,
) -> Mapping[str, Json]:
    """Return the data without texts where these are still those made from the form.

    They are then made anew from the form as it is now.
    """
    base = base_of(node, opened, began, by=by, at=at)
    texts = spoken(data)
    roles = {role for role, _text in texts.values()}
    if opened.type not in MADE or not texts or "authentic" in roles:
        return data
    if _words(texts) != _words(spoken(base)) or not are_made(node, opened, base, by=by):
        return data
    rest = {key: value for key, value in data.items() if key != "texts"}
    return {**rest, "languages": [*texts]}


def are_made(node: Node, opened: Reopened, base: Mapping[str, Json], *, by: "Officer") -> bool:
    """Tell whether some data's texts are those that are made from its form."""
    texts = spoken(base)
    data: Fields = {**base, "languages": [*texts]}
    try:
        if opened.kind:
            texts_made = made.made_texts(node, kind=opened.kind, data=data)
        else:
            texts_made = made.made_reply(node, notice=opened.about, data=data, by=by)
    except Refusal:
        return False
    return texts_made == _words(texts)


def spoken(data: Mapping[str, Json]) -> dict[str, tuple[str, str]]:
    """Return the texts of some data: language -> role and text, the original first."""
    texts = data.get("texts")
    return {
        str(text.get("lang")): (str(text.get("role")), str(text.get("text")))
        for text in (texts if isinstance(texts, list) else ())
        if isinstance(text, dict)
    }


def _words(texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {lang: text for lang, (_role, text) in texts.items()}


def base_of(node: Node, opened: Reopened, began: str, *, by: "Officer", at: datetime) -> Fields:
    """Return the data of the version that a form was begun from; {} where it is not known."""
    if began == opened.hash:
        return opened.data
    version = queries.version(node, opened.id, began)
    return {} if version is None else data_of(node, version.body, by=by, about=opened.id, at=at)


def join(
    node: Node, opened: Reopened, words: queries.WordsView, *, by: "Officer", at: datetime
) -> Merged:
    """Join words kept aside with the draft as it is now."""
    base = base_of(node, opened, words.began, by=by, at=at)
    return merging.merge(base, words.data, opened.data)
