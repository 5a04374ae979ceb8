"""Every write about paper: delivered, a reply or a note of theirs typed in, corrected, restated.

Nothing here leaves by itself, and all of it is ours only: what is typed in enters the book, what
is restated becomes a draft that a second officer clears.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from legation.acts import drafting
from legation.acts.catalogue import newest_kind
from legation.acts.kinds.notice import NoticeAnswerChanged, NoticeAnswered
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.notices import NoticeKind
from legation.acts.places import BOOK
from legation.acts.state import State
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.models import BookEntry, Delivery
from legation.line.node import Node
from legation.line.queries import book as reading
from legation.line.services import Entered
from legation.line.services import book as writing_in
from legation.line.services.book import Typed
from legation.line.services.deliveries import Handed, instant_of
from legation.line.services.deliveries import deliver as record_delivery
from legation.notices.queries import find_id
from legation.notices.services import person_numbers, put_by
from legation.officers import services as officers
from legation.officers.models import Officer
from legation.officers.permissions import DRAFT, require
from legation.officers.services.lookup import find_officer
from legation.officers.sight import sight_of
from legation.record.canon import Json
from legation.ui.clocks import clock_of

Data = Mapping[str, Json]
LONGEST_NUMBER: Final = 120
NOON: Final = timedelta(hours=12)
HEAD: Final = ("number", "on", "received_on", "place", "by_whom", "stamp")
"""What is said of their paper, in `paper` by itself: a kind may have a field of the same name."""


def deliver(
    node: Node,
    *,
    notice: str,
    handed: Handed,
    by: Officer | str,
    at: datetime,
    corrects: int | None = None,
    why: str = "",
) -> Delivery:
    """Record that a notice was handed over on paper: ours to them, or theirs to us.

    Raises Refusal "unknown-subject", "future", "before-release", and what `services.deliveries`
    refuses.
    """
    with writing(node.alias):
        officer, thing = _open(node, notice, by)
        other = reading.parties(node).other(thing.by).party
        row = record_delivery(
            node,
            thing.id,
            handed,
            of=thing.by,
            to=other,
            released_at=datetime.fromisoformat(thing.at),
            by=officer.username,
            at=at,
            corrects=corrects,
            why=_why(why, corrects),
        )
        what = "paper.delivered" if corrects is None else "paper.corrected"
        officers.note_down(node, what=what, by=officer, at=at, about=thing.id)
    return row


def enter_reply(
    node: Node,
    *,
    notice: str,
    data: Data,
    by: Officer | str,
    at: datetime,
    corrects: int | None = None,
    why: str = "",
) -> Entered:
    """Type in their reply to our notice, as the answer to it.

    data: {"paper": {"number", "on": "2026-11-23"}, "lines": [{"line", "answer", …}], "texts"?,
    "words"?}, or for line 1 alone {"paper", "answer", …} flat. corrects: n of the entry that was
    mistyped.
    Raises Refusal "not-entitled" for a notice of theirs, "future", "before-release", and for
    what is wrong with the answer, as `drafting.draft_answer`.
    """
    with writing(node.alias):
        officer, thing = _open(node, notice, by)
        parties = reading.parties(node)
        if thing.by != node.party:
            raise Refusal(
                "not-entitled",
                thing=N_("Notice {name}"),
                rule=N_("this one is theirs: their reply is to one of ours."),
                remedy=N_("Answer it, or choose the notice that they reply to."),
                name=thing.number,
            )
        given = dict(data)
        head = _taken_apart(given)
        number, said_at = _theirs(head, thing, at)
        _check_delivered(node, thing, head["on"][:10])
        state = State(reading.overlay(node), parties, node.catalogue)
        body = drafting.draft_answer(thing, given, parties, state=state)
        if "texts" not in given:
            body.pop("texts", None)  # Words that they did not write are not put on their paper.
        changed = corrects is None and _all_final(thing, body)
        cls = NoticeAnswerChanged if changed else NoticeAnswered
        typed = Typed(
            type=cls.type,
            version=drafting.act_version(body),
            on=thing.id,
            body=body,
            number=number,
            at=said_at,
            re=bytes.fromhex(thing.leaf),
        )
        if corrects is not None:
            typed = _in_place_of(node, corrects, typed)
        return _enter(node, typed, officer=officer, at=at, corrects=corrects, why=why)


def enter_note(
    node: Node,
    *,
    kind: str,
    data: Data,
    by: Officer | str,
    at: datetime,
    corrects: int | None = None,
    why: str = "",
) -> Entered:
    """Type in a note of theirs that came on paper.

    data: {"paper": {"number", "on", "received_on"?, "place"?, "by_whom"?, "stamp"?}, "post",
    "to"?, "texts"?, … the kind's own fields}. corrects: n of the entry that was mistyped.
    Raises Refusal as `services.draft_notice`, "future", "before-release".
    """
    cls = newest_kind(kind)
    parties = reading.parties(node)
    theirs = parties.other(node.party).party
    given = dict(data)
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        head = _taken_apart(given)
        number, said_at = _theirs(head, None, at)
        handed = _handed_to_us(head)
        _check_post(given, theirs)
        sight = sight_of(officer)
        if not sight.everything and not given.get("to"):
            given["to"] = min(sight.posts)  # it came to the post whose officer types it in
        made = drafting.draft(kind, given, parties, numbers=person_numbers(node))
        _check_text(cls, given, made.body)
        body = drafting.with_files(made.body, put_by(node, made.personal, at=at))
        typed = Typed(
            type="notice.released",
            version=drafting.act_version(body),
            on=f"notice/{theirs}-{node.random(8).hex()}",
            body=body,
            number=number,
            at=said_at,
        )
        if corrects is not None:
            typed = _in_place_of(node, corrects, typed)
        entered = _enter(node, typed, officer=officer, at=at, corrects=corrects, why=why)
        if handed is not None and corrects is None:
            deliver(node, notice=entered.on, handed=handed, by=officer, at=at)
    return entered


def _open(node: Node, name: str, by: Officer | str) -> tuple[Officer, NoticeState]:
    """Return the officer, who may write here, and the notice, which they see."""
    officer = find_officer(node, by)
    require(officer, DRAFT)
    thing = reading.thing(node, find_id(node, name))
    if not isinstance(thing, NoticeState) or not sight_of(officer).sees(thing.post, thing.to):
        raise unknown(name)
    return officer, thing


def _enter(
    node: Node, typed: Typed, *, officer: Officer, at: datetime, corrects: int | None, why: str
) -> Entered:
    name = officer.username
    if corrects is None:
        entered = writing_in.type_in(node, typed, by=name, at=at)
    else:
        reason = _why(why, corrects)
        entered = writing_in.correct(node, corrects, typed, why=reason, by=name, at=at)
    what = "paper.entered" if corrects is None else "paper.corrected"
    officers.note_down(
        node, what=what, by=officer, at=at, about=typed.on, detail={"n": entered.index - BOOK}
    )
    return entered


def _in_place_of(node: Node, n: int, typed: Typed) -> Typed:
    """Return what is typed in anew under the subject and type of the entry that it corrects."""
    row = BookEntry.objects.using(node.alias).filter(n=n).first()
    if row is None or (row.type, row.on) == (typed.type, typed.on):
        return typed
    return Typed(
        type=row.type,
        version=typed.version,
        on=row.on,
        body=typed.body,
        number=typed.number,
        at=typed.at,
        re=typed.re,
    )


def _taken_apart(given: dict[str, Json]) -> dict[str, str]:
    """Take what is said of the paper out of what was typed; the rest is what the paper says."""
    said = given.pop("paper", None)
    head = said if isinstance(said, dict) else {}
    return {key: str(head.get(key) or "").strip() for key in HEAD}


def _theirs(
    head: Mapping[str, str], thing: NoticeState | None, at: datetime
) -> tuple[str, datetime]:
    """Return their number, and the day that stands on it. thing: what they reply to."""
    number = " ".join(head["number"].split())
    if not number or len(number) > LONGEST_NUMBER:
        rule = N_("it is the number that stands on their paper, in 1 to {most} characters.")
        raise field_refusal("paper.number", "missing-field", rule, most=LONGEST_NUMBER)
    on = head["on"]
    if not on:
        raise field_refusal(
            "paper.on", "missing-field", N_("it is the day that stands on their paper.")
        )
    try:
        said_at, day = instant_of(on, clock_of(""))
    except Refusal as refusal:
        refusal.values["field"] = "paper.on"
        raise
    if day > (at + NOON).date():
        raise field_refusal("paper.on", "future", N_("their paper is not of the future."))
    if thing is not None and day < (datetime.fromisoformat(thing.at) - NOON).date():
        raise field_refusal("paper.on", "before-release", N_("nobody replies before the release."))
    return number, said_at


def _check_delivered(node: Node, thing: NoticeState, said_on: str) -> None:
    """Refuse a reply of a day before the one on which our notice was handed over on paper."""
    handed = [each.on[:10] for each in reading.deliveries(node, thing.id) if not each.replaced_by]
    if handed and said_on < min(handed):
        rule = N_("nobody replies before the delivery, recorded for {day}.")
        raise field_refusal("paper.on", "before-delivery", rule, day=min(handed))


def _handed_to_us(head: Mapping[str, str]) -> Handed | None:
    """Return how their note came to us, None where nothing is said of it."""
    if not head["received_on"]:
        return None
    return Handed(
        on=head["received_on"],
        place=head["place"] or "–",
        by_whom=head["by_whom"] or "–",
        stamp=head["stamp"],
    )


def _check_post(given: dict[str, Json], theirs: str) -> None:
    post = str(given.get("post", "")).removeprefix("post/")
    if not post.startswith(f"{theirs}-"):
        rule = N_("their note is from a post of theirs, as {post}.")
        raise field_refusal("post", "not-entitled", rule, post=f"{theirs}-MFA")


def _check_text(cls: type[NoticeKind], given: Data, body: dict[str, Json]) -> None:
    """Refuse to put words made here on their paper; what a field holds as it stood may stand."""
    if given.get("texts"):
        return
    fields = body["fields"]
    assert isinstance(fields, dict)
    words = [each for each in fields.values() if isinstance(each, str)]
    if cls.courtesy != "by_hand" or not words:
        rule = N_("the text of their note is typed in as it stands on the paper.")
        raise field_refusal("texts", "missing-field", rule)
    texts = body["texts"]
    assert isinstance(texts, list)
    first = texts[0]
    assert isinstance(first, dict)
    body["texts"] = [{**first, "role": "original", "text": max(words, key=len)}]


def _all_final(thing: NoticeState, body: Mapping[str, Json]) -> bool:
    lines = body["lines"]
    assert isinstance(lines, list)
    numbers = [int(str(each["line"])) for each in lines if isinstance(each, dict)]
    return all(thing.line(number).final is not None for number in numbers)


def _why(why: str, corrects: int | None) -> str:
    told = " ".join(why.split())[:400]
    if corrects is not None and not told:
        raise field_refusal("why", "missing-field", N_("a correction says what was mistyped."))
    return told


def field_refusal(field: str, code: str, rule: str, **values: object) -> Refusal:
    """Return the refusal of one field of what was typed in from paper."""
    refusal = Refusal(
        code,
        thing=N_("Typed in from paper, field “{field}”"),
        rule=rule,
        remedy=N_("Look at the paper, and correct that field."),
    )
    refusal.values = {"field": field, **values}
    return refusal


def unknown(name: str) -> Refusal:
    """Return the refusal of a notice that is not here, or not in this officer's sight."""
    return Refusal(
        "unknown-subject",
        thing=N_("Notice {name}"),
        rule=N_("the record holds no such notice."),
        remedy=N_("Choose it from the list of notices."),
        name=name[:80],
    )
