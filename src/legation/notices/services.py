"""Every write about notices: draft one, answer, change an answer, withdraw, close.

Each makes a draft of one act, ours only, for a second officer to clear. What the officer gives
is read by the kind's own declaration, then rehearsed: an act that would be without effect is
refused while the form is still in front of them. Knows no kind by name.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from legation.acts import drafting
from legation.acts.book import named
from legation.acts.catalogue import newest_kind
from legation.acts.codec import fields_of, from_body, from_json, to_json
from legation.acts.files import PERSON_FILE, SALT, FileRef, person_file
from legation.acts.kinds.notice import (
    NoticeAnswerChanged,
    NoticeAnswered,
    NoticeClosed,
    NoticeReleased,
    NoticeWithdrawn,
)
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.kinds.notice_with_files import FileErased
from legation.acts.parties import Parties
from legation.acts.places import is_paper
from legation.acts.shapes import WrittenText
from legation.acts.state import State
from legation.errors import N_, Refusal
from legation.line.node import Node, about_node
from legation.line.queries.book import Overlay
from legation.line.queries.once import peer_row
from legation.line.services import files
from legation.line.services.append import NewAct
from legation.line.services.rehearsal import rehearse
from legation.line.services.rows import parties_of
from legation.notices.drafting.into import Into
from legation.notices.drafting.services import keep_version
from legation.notices.lines import title_in_words
from legation.notices.queries import find_id
from legation.notices.sending import check_posts, check_sender
from legation.officers import services as officers
from legation.officers.models import Draft, Officer
from legation.officers.services.lookup import find_officer
from legation.officers.sight import sight_of
from legation.officers.wording import DraftedAct
from legation.record.canon import Json

Data = Mapping[str, Json]


def draft_notice(
    node: Node,
    *,
    kind: str,
    data: Data,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    """Draft a notice of a kind. data: {"post", "texts"?, … and the kind's own fields}.

    `refers` may name notices by number. Raises Refusal "kind", and for what is wrong with the
    form, each fault with its field, the others in `others`; "not-entitled", "not-spoken".
    """
    act, title = compose(node, kind=kind, data=data, at=at, on=into.on if into else "")
    return _draft(node, act, title=title, by=by, at=at, into=into)


def compose(
    node: Node, *, kind: str, data: Data, at: datetime, on: str = ""
) -> tuple[DraftedAct, str]:
    """Return the act that releases a notice, and its title in lists; what is personal is put by.

    The values about each person go into a file of their own, ours only until the act leaves; the
    act names it. Raises Refusal as `draft_notice`, and what the store of files refuses.
    """
    cls = newest_kind(kind)
    parties = correspondents(node)
    given = with_references(node, kind, data)
    made = drafting.draft(
        kind, given, parties, numbers=person_numbers(node), state=state_of(node, parties)
    )
    post = str(made.body["post"])
    _check_own_post(node, post)
    check_posts(node, post=post, to=str(made.body.get("to") or ""))
    check_sender(node, cls, post)
    body = drafting.with_files(made.body, put_by(node, made.personal, at=at))
    act = DraftedAct(
        type=NoticeReleased.type,
        version=drafting.act_version(body),
        on=on or f"notice/{node.party}-{node.random(8).hex()}",
        body=body,
        numbered_post=post,
    )
    return act, _title(cls.title, body)


def person_numbers(node: Node) -> Iterator[str]:
    """Yield random numbers for persons, 16 hexadecimal digits each, for as many as are asked."""
    while True:
        yield node.random(8).hex()


def put_by(node: Node, personal: Mapping[str, dict[str, Json]], *, at: datetime) -> list[FileRef]:
    """Put what is personal into files of their own, ours only until an act names them."""
    return [
        files.stage(
            node,
            person_file(node.random(SALT), fields),
            name=None,
            media_type=PERSON_FILE,
            person=number,
            at=at,
        )
        for number, fields in personal.items()
    ]


def draft_erasure(
    node: Node, *, notice: str, root: str, ground: str, by: Officer | str, at: datetime
) -> Draft:
    """Draft our word that we destroyed our copy of a file that a notice or its answer names.

    root: of the file, 64 hexadecimal digits. Raises Refusal "unknown-subject", "duplicate", and
    for a ground that is empty or too long.
    """
    thing, _ = notice_seen(node, notice, by)
    given: dict[str, Json] = {"root": str.__str__(root), "ground": ground}
    body = to_json(from_json(FileErased, given, thing.number))
    # What is on paper only is answered by its leaf: that is how our word of it stays on paper.
    re = bytes.fromhex(thing.leaf) if is_paper(thing.index) else b""
    act = DraftedAct(
        type=FileErased.type, version=FileErased.version, on=thing.id, body=body, re=re
    )
    return _draft(node, act, title=f"{thing.number} {thing.title}".strip(), by=by, at=at)


def draft_answer(
    node: Node,
    *,
    notice: str,
    data: Data,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    """Draft an answer to their notice. data: {"lines": [{"line", "answer", …}], "words"?}.

    Raises Refusal "unknown-subject", "not-entitled" for our own, "no-line", "already-final",
    "withdrawn", "closed", and for what is wrong with the form.
    """
    return _answer(node, NoticeAnswered, notice=notice, data=data, by=by, at=at, into=into)


def draft_changed_answer(
    node: Node,
    *,
    notice: str,
    data: Data,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    """Draft a change of mind after a final answer. Raises as `draft_answer`; "not-answered"."""
    return _answer(node, NoticeAnswerChanged, notice=notice, data=data, by=by, at=at, into=into)


def draft_withdraw(
    node: Node,
    *,
    notice: str,
    data: Data,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    """Draft the withdrawal of our notice. data: {"reason"?}. Raises "not-entitled" for theirs."""
    thing, parties = notice_seen(node, notice, by)
    _check_ours(node, thing)
    body = drafting.draft_withdrawal(thing, data, parties, state=state_of(node, parties))
    return _about(node, NoticeWithdrawn, thing, body, by=by, at=at, into=into)


def draft_close(
    node: Node,
    *,
    notice: str,
    data: Data,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    """Draft the closing of our notice. data: {"words"?}. Raises "not-entitled" for theirs."""
    thing, _ = notice_seen(node, notice, by)
    _check_ours(node, thing)
    body = drafting.draft_closing(thing, data)
    return _about(node, NoticeClosed, thing, body, by=by, at=at, into=into)


def is_drafted(node: Node, *, on: str) -> bool:
    """Tell whether a draft of ours about a thing waits to be cleared or released."""
    waiting = Draft.objects.using(node.alias).filter(released_at=None, discarded_at=None)
    return waiting.filter(acts__on=on).exists()


def correspondents(node: Node) -> Parties:
    """Return both parties, as introduced; before that, as named at `init`, for drafts only.

    Raises Refusal "no-peer" where nobody was named.
    """
    peer = peer_row(node)
    if peer is not None:
        return parties_of(bytes(peer.own_introduction), bytes(peer.introduction))
    code = about_node(node.home).get("peer") if node.home.is_dir() else None
    if not code:
        raise Refusal(
            "no-peer",
            thing=N_("A notice of {party}"),
            rule=N_("it is addressed to the other party, and none is named or introduced yet."),
            remedy=N_("Import the other side's introduction, then draft it."),
            party=node.party,
        )
    return Parties(
        a=named(node.party, node.name, str(code)), b=named(str(code), "", node.party), record=""
    )


def _answer(
    node: Node,
    cls: type[NoticeAnswered | NoticeAnswerChanged],
    *,
    notice: str,
    data: Data,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    thing, parties = notice_seen(node, notice, by)
    if thing.by == node.party:
        raise Refusal(
            "not-entitled",
            thing=N_("Notice {name}"),
            rule=N_("only the side that received it answers, and this one is ours."),
            remedy=N_("Withdraw or close it, or send another."),
            name=thing.number,
        )
    body = drafting.draft_answer(thing, data, parties, state=state_of(node, parties))
    return _about(node, cls, thing, body, by=by, at=at, into=into)


def notice_seen(node: Node, name: str, by: Officer | str) -> tuple[NoticeState, Parties]:
    """Return a notice that this officer sees, and both parties."""
    sight = sight_of(find_officer(node, by))
    thing = Overlay(node.alias).get(find_id(node, name, sight=sight))
    assert isinstance(thing, NoticeState)
    return thing, correspondents(node)


def state_of(node: Node, parties: Parties) -> State:
    """Return the state as this desk has it, what is on paper over it."""
    return State(Overlay(node.alias), parties)


def _about(
    node: Node,
    cls: type[NoticeAnswered | NoticeAnswerChanged | NoticeWithdrawn | NoticeClosed],
    thing: NoticeState,
    body: dict[str, Json],
    *,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    act = DraftedAct(
        type=cls.type,
        version=drafting.act_version(body),
        on=thing.id,
        body=body,
        re=bytes.fromhex(thing.leaf),
    )
    title = f"{thing.number} {thing.title}".strip()
    return _draft(node, act, title=title, by=by, at=at, into=into)


def _draft(
    node: Node,
    act: DraftedAct,
    *,
    title: str,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    if into is not None:
        act = into.with_files(act)
    with transaction.atomic(using=node.alias):
        row = _kept(node, act, title=title, by=by, at=at, into=into)
        new = NewAct(
            type=act.type,
            version=act.version,
            on=act.on,
            body=act.body,
            re=act.re,
            numbered_post=act.numbered_post,
        )
        rehearse(node, [new], at=at)
        keep_version(
            node,
            draft_id=row.id,
            hash=officers.hash_of(row, node),
            body=act.body,
            by=str(by),
            at=at,
            translated=into.translated if into else (),
        )
    return row


def _kept(
    node: Node,
    act: DraftedAct,
    *,
    title: str,
    by: Officer | str,
    at: datetime,
    into: Into | None = None,
) -> Draft:
    if into is None:
        return officers.draft(node, acts=[act], title=title, by=by, at=at)
    return officers.edit(
        node,
        draft_id=into.draft,
        acts=[act],
        title=title,
        began=into.began,
        uncleared=into.uncleared,
        by=by,
        at=at,
    )


def _title(kind_title: str, body: Mapping[str, Json]) -> str:
    """Return what a draft is called in lists: its kind and what it is about."""
    form = newest_kind(str(body["kind"]))
    about = from_body(form, body["fields"], kind_title).title_line()
    return f"{kind_title}: {title_in_words(form, about)}" if about else kind_title


def with_references(node: Node, kind: str, data: Data) -> dict[str, Json]:
    """Return the data with each notice that it names by number named by its id."""
    given = dict(data)
    for place in fields_of(newest_kind(kind)):
        named = given.get(place.key)
        is_one = isinstance(place.shape, WrittenText) and place.shape.kind == NoticeState.prefix
        if is_one and isinstance(named, str) and named:
            given[place.key] = find_id(node, named)
    refers = given.get("refers")
    if isinstance(refers, list):
        given["refers"] = [
            find_id(node, each) if isinstance(each, str) else each for each in refers
        ]
    return given


def _check_own_post(node: Node, post: str) -> None:
    if not post.removeprefix("post/").startswith(f"{node.party}-"):
        raise Refusal(
            "not-entitled",
            thing=N_("Notice of {post}"),
            rule=N_("a notice is sent by a post of our own side, as {own}."),
            remedy=N_("Choose one of our posts."),
            post=post,
            own=f"{node.party}-MFA",
            field="post",
        )


def _check_ours(node: Node, thing: NoticeState) -> None:
    if thing.by != node.party:
        raise Refusal(
            "not-entitled",
            thing=N_("Notice {name}"),
            rule=N_("only the side that sent it withdraws or closes it, and this one is theirs."),
            remedy=N_("Answer it."),
            name=thing.number,
        )
