"""A notice's page: the form, the texts as released, the answers, and the chain of what happened.

What is ours alone (who drafted, who cleared, when) stands apart in `OursOnly`; nothing else on
the page is private. Nothing tells what a person of the other side opened or read.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from legation.acts.codec import fields_of, from_body
from legation.acts.kinds.clock import clock_thing
from legation.acts.kinds.notice_state import Given, NoticeState
from legation.acts.money import written_in
from legation.acts.notices import Answer, NoticeKind
from legation.errors import N_, Refusal
from legation.line.models import Entry, Side
from legation.line.node import Node
from legation.line.queries import book as reading
from legation.line.queries.standing import Current
from legation.line.queries.stored import body_of
from legation.notices.effects import instant
from legation.notices.lines import about_lines, is_number, without_numbers
from legation.notices.models import Notice, NoticeLink
from legation.notices.naming import called
from legation.notices.queries.attached import files_beside
from legation.notices.queries.clock import clock_view
from legation.notices.queries.facets import within
from legation.notices.queries.lists import NoticeLine, by_ids, kind_of, line_of
from legation.notices.queries.paper import paper_part
from legation.notices.queries.tallies import balance_of, drawn_of
from legation.notices.queries.views import (
    AnswerView,
    ChainStep,
    FieldValue,
    KindView,
    LineView,
    NoticePage,
    OursOnly,
    TextView,
    Void,
    WaitingDraft,
)
from legation.officers.models import DraftAct, DraftState
from legation.officers.queries.attached import scanned_too, scans
from legation.officers.sight import EVERYTHING, Sight, notice_filter
from legation.record.canon import Json
from legation.ui.choices import in_readers_words

DRAFTED: Final = "drafted"
CLEARED: Final = "cleared"
NO_NAMES: Final[Mapping[str, str]] = {}


def page(node: Node, notice_id: str, *, sight: Sight = EVERYTHING) -> NoticePage:
    """Return a notice's page. Raises Refusal "unknown-subject", for one out of sight too."""
    seen = Notice.objects.using(node.alias).filter(notice_filter(sight), id=notice_id)
    row: Any = seen.annotate(**reading.on_paper_too("id"), **scanned_too("id")).first()
    asked = [] if row is None else [clock_thing(row.kind), *([row.post] if row.ours_only else [])]
    known = reading.overlay(node, [notice_id, *asked])
    thing = known.get(notice_id)
    if row is None or not isinstance(thing, NoticeState):
        raise _unknown(notice_id)
    kind = kind_of(thing.kind, thing.version)
    form = from_body(kind, thing.fields, thing.id)
    line = line_of(row, node, node.clock())
    entries = list(
        Entry.objects.using(node.alias).filter(on=notice_id).order_by("level", "side", "index")
    )
    ours_only, drafts = _drafts(node, notice_id)
    bodies = {(entry.side, entry.index): _body(entry) for entry in entries}
    book = reading.entries(node, notice_id) if row.booked else ()
    for each in book:
        if each.replaced_by is None and not each.void:
            bodies[_side(node, each.party), each.index] = each.body
    release = (_side(node, thing.by), thing.index)
    answering = Side.PEER if line.ours else Side.OWN
    lines = tuple(
        LineView(
            line=each.line,
            about=about,
            answers=tuple(
                _answer(
                    given,
                    kind.answer(given.answer),
                    bodies.get((answering, given.index), {}),
                    None if line.ours else ours_only.get(given.index),
                )
                for given in each.answers
            ),
        )
        for each, about in zip(
            thing.lines, about_lines(kind, thing.fields, len(thing.lines)), strict=True
        )
    )
    ours = ours_only.get(thing.index) if line.ours else None
    refers, referred_by = _references(node, thing, sight)
    numbers = _numbers(node, thing, sight)
    names = _names(node, (*thing.about, row.post), alone=row.ours_only)
    return NoticePage(
        line=line,
        kind=KindView(
            code=thing.kind,
            version=thing.version,
            title=kind.title,
            articles=form.rests_on(),
            silence=form.silent(),
            clock=kind.clock,
            stands=kind.stands,
        ),
        fields=_fields(kind, thing.fields, {**names, **numbers}),
        texts=_texts(bodies.get(release, {})),
        lines=lines,
        chain=_chain(thing, line, lines, ours),
        about=thing.about,
        numbers=numbers,
        names=names,
        refers=refers,
        referred_by=referred_by,
        without_effect=_voids(node, line, entries),
        drafts=drafts,
        ours=ours,
        may=_may(thing, line),
        leaf=thing.leaf.text,
        entry=thing.index,
        side=release[0],
        clock=clock_view(node, thing, line, known),
        files=files_beside(node, thing, addressee=line.addressee),
        scans=scans(node, thing.id) if row.scanned else (),
        paper=paper_part(node, thing, book, handed=row.handed),
        tied=balance_of(node, thing, line.addressee, sight=sight),
        drawn=drawn_of(node, thing, line.addressee),
    )


def _unknown(name: str) -> Refusal:
    return Refusal(
        "unknown-subject",
        thing=N_("Notice {name}"),
        rule=N_("the record holds no such notice."),
        remedy=N_("Choose it from the list of notices."),
        name=name[:80],
    )


def _side(node: Node, party: str) -> str:
    return Side.OWN if party == node.party else Side.PEER


def _body(entry: Entry) -> dict[str, Json]:
    """Return the body of an act that counts; {} for one that cannot be read."""
    if entry.void:
        return {}
    return body_of(entry)


def _texts(body: Mapping[str, Json]) -> tuple[TextView, ...]:
    found = body.get("texts", [])
    return tuple(
        TextView(lang=str(each["lang"]), role=str(each["role"]), text=str(each["text"]))
        for each in (found if isinstance(found, list) else [])
        if isinstance(each, dict)
    )


def _numbers(node: Node, thing: NoticeState, sight: Sight) -> dict[str, str]:
    """Return the numbers, by id, of the notices that this one names in its form."""
    fields = thing.fields.values() if isinstance(thing.fields, dict) else ()
    named = {each for each in (*thing.about, *fields) if isinstance(each, str)}
    wanted = sorted(each for each in named if each.startswith(f"{NoticeState.prefix}/"))
    if not wanted:
        return {}
    return dict(within(node, sight).filter(id__in=wanted).values_list("id", "number"))


def _names(node: Node, ids: Sequence[str], *, alone: bool) -> dict[str, str]:
    """Return what the record calls things; what only we call one would print with the form.

    alone: the notice is ours alone as it is, so what stands on paper may name things too.
    """
    if alone:
        return called(reading.overlay(node, ids), ids)
    held = Current(node.alias, node.catalogue)
    held.prefetch(ids)
    return called(held, ids)


def _fields(
    cls: type[NoticeKind] | type[Answer], values: Json, names: Mapping[str, str] = NO_NAMES
) -> tuple[FieldValue, ...]:
    """Return the fields of a form. names: id -> what the record calls it."""
    told = values if isinstance(values, dict) else {}
    return tuple(
        FieldValue(
            key=place.key,
            value=told.get(place.key),
            said=names.get(str(told.get(place.key)))
            or written_in(told, place.key)
            or without_numbers(in_readers_words(place.shape, told.get(place.key))),
            personal=place.personal,
        )
        for place in fields_of(cls)
        if place.personal or (place.key in told and not is_number(place.key, told[place.key]))
    )


def _answer(
    given: Given, cls: type[Answer] | None, body: Mapping[str, Json], ours: OursOnly | None
) -> AnswerView:
    return AnswerView(
        code=given.answer,
        title=given.answer if cls is None else cls.title,
        final=given.final,
        changed=given.changed,
        at=instant(given.at),
        index=given.index,
        fields=() if cls is None else _fields(cls, given.fields),
        words=given.words or "",
        texts=_texts(body),
        ours=ours,
    )


def _drafts(node: Node, notice_id: str) -> tuple[dict[int, OursOnly], tuple[WaitingDraft, ...]]:
    """Return by entry who wrote and cleared our acts about a notice; and what has not left."""
    acts = DraftAct.objects.using(node.alias).filter(on=notice_id).select_related("draft")
    done: dict[int, OursOnly] = {}
    waiting: dict[str, WaitingDraft] = {}
    for act in acts.order_by("draft__drafted_at", "draft_id", "n"):
        row = act.draft
        if act.index is not None:
            done[act.index] = OursOnly(
                draft=row.id,
                drafted_by=row.drafted_by,
                drafted_at=row.drafted_at,
                cleared_by=row.cleared_by,
                cleared_at=row.cleared_at,
                released_by=row.released_by,
                released_at=row.released_at,
            )
        elif row.state in (DraftState.DRAFTED, DraftState.CLEARED):
            waiting[row.id] = WaitingDraft(
                id=row.id, title=row.title, state=row.state, drafted_by=row.drafted_by
            )
    return done, tuple(waiting.values())


def _references(
    node: Node, thing: NoticeState, sight: Sight
) -> tuple[tuple[NoticeLine, ...], tuple[NoticeLine, ...]]:
    """Return the notices that this one refers to, and those that refer to it."""
    to_it = list(
        NoticeLink.objects.using(node.alias)
        .filter(role="refers", target=thing.id)
        .values_list("notice_id", flat=True)[:100]
    )
    from_it = [each.text for each in thing.refers]
    if not to_it and not from_it:
        return (), ()
    found = by_ids(node, (*to_it, *from_it), sight=sight)
    return (
        tuple(found[each] for each in from_it if each in found),
        tuple(found[each] for each in sorted(to_it) if each in found),
    )


def _voids(node: Node, line: NoticeLine, entries: Sequence[Entry]) -> tuple[Void, ...]:
    peer = line.addressee if line.ours else line.by
    return tuple(
        Void(
            type=entry.type,
            by=node.party if entry.side == Side.OWN else peer,
            at=instant(entry.at),
            index=entry.index,
            why=entry.void,
        )
        for entry in entries
        if entry.void
    )


def _may(thing: NoticeState, line: NoticeLine) -> frozenset[str]:
    """Return what our side could draft now, as far as is known here."""
    ended = thing.withdrawn is not None or thing.closed is not None
    if ended:
        return frozenset()
    if line.ours:
        return frozenset({"close"} if thing.answered else {"close", "withdraw"})
    answers = kind_of(thing.kind, thing.version).answers
    can = set()
    if answers and any(each.final is None for each in thing.lines):
        can.add("answer")
    if any(each.final is not None for each in thing.lines):
        can.add("change")
    return frozenset(can)


def _chain(
    thing: NoticeState,
    line: NoticeLine,
    lines: Sequence[LineView],
    ours: OursOnly | None,
) -> tuple[ChainStep, ...]:
    """Return the steps in order; those of our desk only for our own notices, marked private."""
    steps = []
    if ours is not None:
        steps += [
            ChainStep(what=DRAFTED, done="yes", by=thing.by, at=ours.drafted_at, private=True),
            ChainStep(what=CLEARED, done="yes", by=thing.by, at=ours.cleared_at, private=True),
        ]
    steps += [
        ChainStep(what="released", done="yes", by=thing.by, at=line.at, index=thing.index),
        ChainStep(
            what="received",
            done="no" if line.received_at is None else "yes",
            by=line.addressee,
            at=line.received_at,
        ),
    ]
    if kind_of(thing.kind, thing.version).answers:
        steps.append(_answered(lines, line.addressee))
    for what, event in (("withdrawn", thing.withdrawn), ("closed", thing.closed)):
        if event is not None:
            steps.append(
                ChainStep(
                    what=what,
                    done="yes",
                    by=thing.by,
                    at=instant(event.at),
                    index=event.index,
                    words=event.words or "",
                )
            )
    return tuple(steps)


def _answered(lines: Sequence[LineView], by: str) -> ChainStep:
    given = [answer for line in lines for answer in line.answers]
    last = max(given, key=lambda answer: answer.index, default=None)
    if last is None:
        return ChainStep(what="answered", done="no", by=by)
    done = "part" if any(line.open for line in lines) else "yes"
    return ChainStep(
        what="answered", done=done, by=by, at=last.at, index=last.index, words=last.words
    )
