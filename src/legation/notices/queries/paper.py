"""What a notice's page shows of paper: deliveries, replies, what is restated in the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from legation.acts.kinds.notice_state import NoticeState
from legation.acts.places import BOOK, is_paper
from legation.line.models import BookEntry
from legation.line.node import Node
from legation.line.queries import book as reading
from legation.line.queries.book import BookView, DeliveryView
from legation.line.queries.state import record_id
from legation.notices.models import Notice
from legation.notices.queries.lists import NoticeLine, by_ids, kind_of
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReply:
    """A reply typed in. n: of its entry. answers: titles of what it answers, with its line.

    void: why it does not count, "". replaced: whether another entry corrects it; why: what this
    one corrects.
    """

    n: int
    type: str
    number: str
    at: str
    answers: tuple[tuple[int, str, str, dict[str, Json]], ...]
    words: str
    texts: tuple[str, ...]
    void: str
    replaced: bool
    why: str
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    """All that is on paper of one notice, and ours alone.

    whole: its whole history is. deliveries: as entered, the one that counts is `delivery`.
    typed: the entry by which their note was typed in, None for ours. restated: the notice of
    the record that restates it, by its reference. restates: the one on paper that this restates.
    may: "deliver", "reply", "restate".
    """

    whole: bool
    deliveries: tuple[DeliveryView, ...]
    replies: tuple[PaperReply, ...]
    typed: tuple[BookView, ...]
    restated: NoticeLine | None
    restates: NoticeLine | None
    may: frozenset[str]

    @property
    def delivery(self) -> DeliveryView | None:
        """The record of its delivery that counts."""
        return next((each for each in self.deliveries if each.replaced_by is None), None)

    @property
    def anything(self) -> bool:
        """Whether there is anything to show beside what may be done."""
        linked = self.restated or self.restates
        return bool(self.whole or self.deliveries or self.replies or linked)


def paper_part(
    node: Node, thing: NoticeState, entries: Sequence[BookView], *, handed: bool
) -> PaperPart:
    """Return what is on paper of a notice.

    entries: of the book about it. handed: whether it was handed over on paper.
    """
    whole = is_paper(thing.index)
    deliveries = reading.deliveries(node, thing.id) if handed else ()
    restated = _linked(node, by=thing.by, reference=thing.number) if whole else None
    may = set()
    if thing.withdrawn is None and thing.closed is None:
        may.add("deliver")
    ours = thing.by == node.party
    if ours and kind_of(thing.kind, thing.version).answers:
        may.add("reply")
    if whole and ours and restated is None and record_id(node):
        may.add("restate")
    return PaperPart(
        whole=whole,
        deliveries=deliveries,
        replies=tuple(_reply(thing, entry) for entry in entries if _is_reply(entry)),
        typed=tuple(each for each in entries if each.type == "notice.released" and not ours),
        restated=restated,
        restates=None if whole else _paper_of(node, thing),
        may=frozenset(may),
    )


def _is_reply(entry: BookView) -> bool:
    return entry.type in ("notice.answered", "notice.answer_changed")


def _reply(thing: NoticeState, entry: BookView) -> PaperReply:
    kind = kind_of(thing.kind, thing.version)
    answers = []
    lines = entry.body.get("lines")
    for each in lines if isinstance(lines, list) else []:
        if isinstance(each, dict):
            cls = kind.answer(str(each["answer"]))
            rest = {key: value for key, value in each.items() if key not in ("line", "answer")}
            title = str(each["answer"]) if cls is None else cls.title
            answers.append((int(str(each["line"])), str(each["answer"]), title, rest))
    texts = entry.body.get("texts")
    return PaperReply(
        n=entry.n,
        type=entry.type,
        number=entry.number,
        at=entry.at,
        answers=tuple(answers),
        words=str(entry.body.get("words", "")),
        texts=tuple(
            str(each["text"])
            for each in (texts if isinstance(texts, list) else [])
            if isinstance(each, dict)
        ),
        void=entry.void,
        replaced=entry.replaced_by is not None,
        why=entry.why,
        entered_by=entry.entered_by,
        entered_at=entry.entered_at,
    )


def _linked(node: Node, *, by: str, reference: str) -> NoticeLine | None:
    """Return the notice of the record that names this number of paper as its reference."""
    rows = Notice.objects.using(node.alias).filter(by=by, reference=reference, index__lt=BOOK)
    found = rows.values_list("id", flat=True).first()
    return None if found is None else by_ids(node, [found])[found]


def _paper_of(node: Node, thing: NoticeState) -> NoticeLine | None:
    """Return the notice on paper that one of the record restates."""
    if not thing.reference:
        return None
    rows = BookEntry.objects.using(node.alias).filter(
        party=thing.by, number=thing.reference, type="notice.released", replaced_by=None
    )
    found = rows.values_list("on", flat=True).first()
    return None if found is None else by_ids(node, [found]).get(found)
