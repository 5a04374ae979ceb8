"""From what an officer fills in to the body of an act, with every fault told at once.

The bodies made here are what clearance shows and the log commits to. They are checked as the
fold will check them; what depends on the state as it stands then is checked at release.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar

from annotated_types import MaxLen, MinLen

from legation.acts.bodies import act_version, fitting, refused, with_files
from legation.acts.catalogue import Catalogue
from legation.acts.catalogue import catalogue as product
from legation.acts.codec import fields_of, from_json, json_schema, split, to_json
from legation.acts.files import Files
from legation.acts.formulae import (
    Correspondents,
    languages,
    note_text,
    places_of,
    reply_text,
    withdrawal_text,
)
from legation.acts.kinds.notice import (
    NoticeAnswered,
    NoticeClosed,
    NoticeReleased,
    NoticeWithdrawn,
)
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.names import LANGUAGES
from legation.acts.notices import Answer, NoticeKind, Text, Texts
from legation.acts.parties import Parties
from legation.acts.state import State
from legation.acts.values import Day, Language, Line80, NoticeId, PostId, Words
from legation.errors import N_, Refusal
from legation.record.canon import Json

__all__ = [
    "Drafted",
    "Envelope",
    "Reply",
    "act_version",
    "draft",
    "draft_answer",
    "draft_closing",
    "draft_notice",
    "draft_schema",
    "draft_withdrawal",
    "with_files",
]
T = TypeVar("T")
Languages = Annotated[tuple[Language, ...], MinLen(1), MaxLen(3)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a draft of any kind says beside the kind's own fields.

    texts: the note in full, written by an officer. languages: those to make it in when `texts`
    is left out, the original first. files: put by before. The rest: as in `notice.released`.
    """

    kind: Annotated[str, MinLen(1), MaxLen(60)] | None = None
    post: PostId
    to: PostId | None = None
    texts: Texts = ()
    languages: Languages | None = None
    asked_by: Day | None = None
    refers: Annotated[tuple[NoticeId, ...], MaxLen(20)] = ()
    reference: Line80 | None = None
    files: Files = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an answer says: `lines`, and the reply's texts or the languages to make them in."""

    texts: Texts = ()
    languages: Languages | None = None
    words: Words | None = None
    files: Files = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A body, and what is personal in it: number of person -> fields, to travel beside it."""

    body: dict[str, Json]
    personal: dict[str, dict[str, Json]] = field(default_factory=dict)


def draft_notice(
    kind: str,
    data: Mapping[str, Json],
    parties: Parties,
    *,
    state: State | None = None,
    catalogue: Catalogue | None = None,
) -> dict[str, Json]:
    """Return the body of `notice.released` for a kind without personal fields.

    data: {"post", "to"?, "texts"?, "languages"?, "asked_by"?, "refers"?, "reference"?} and the
    kind's own fields beside them; a post may be written "US-MOW". state: names the posts in the
    texts as they are stated. Raises Refusal "kind", and with every fault of the input at once.
    """
    return draft(kind, data, parties, state=state, catalogue=catalogue).body


def draft(
    kind: str,
    data: Mapping[str, Json],
    parties: Parties,
    *,
    numbers: Iterable[str] = (),
    state: State | None = None,
    catalogue: Catalogue | None = None,
) -> Drafted:
    """Return body and personal values; `numbers`: random 16-digit ones, one for each person."""
    cls = (catalogue or product()).newest_kind(kind)
    if state is not None:
        data = cls.filled(data, state, _party_of(data.get("post")))
    envelope, form = _read_both(cls, data)
    if envelope.kind not in (None, kind):
        raise refused(kind, "kind", N_("the draft names another kind."), field="kind")
    parties_named = (envelope.post, *(() if envelope.to is None else (envelope.to,)))
    if any(post.name.partition("-")[0] not in parties.codes for post in parties_named):
        raise refused(
            kind, "post", N_("a post's name begins with a party of the record."), field="post"
        )
    fields, personal = split(form, numbers)
    to = envelope.to or _addressee(envelope.post, parties)
    released = NoticeReleased(
        kind=kind,
        kind_version=cls.version,
        post=envelope.post,
        to=envelope.to,
        fields=fields,
        texts=envelope.texts
        or _texts(cls, form, envelope, Correspondents(envelope.post, to, parties, state)),
        asked_by=envelope.asked_by or form.asked_by(),
        refers=envelope.refers,
        reference=envelope.reference,
    )
    return Drafted(with_files(to_json(released), envelope.files), personal)


def draft_schema(kind: str, catalogue: Catalogue | None = None) -> dict[str, Json]:
    """Return the JSON schema of what `draft_notice` takes for a kind. Raises Refusal "kind"."""
    cls = (catalogue or product()).newest_kind(kind)
    outer, inner = json_schema(Envelope), json_schema(cls, kind)
    joined: dict[str, Json] = dict(inner)
    for key in ("properties", "required"):
        more, own = outer[key], inner.get(key)
        if isinstance(more, dict) and isinstance(own, dict):
            joined[key] = {**more, **own}
        elif isinstance(more, list):
            joined[key] = [*more, *(own if isinstance(own, list) else ())]
    return joined


def draft_answer(
    notice: NoticeState,
    data: Mapping[str, Json],
    parties: Parties,
    *,
    state: State | None = None,
    catalogue: Catalogue | None = None,
) -> dict[str, Json]:
    """Return the body of `notice.answered` or `notice.answer_changed`.

    data: {"lines": [{"line", "answer", …}], "texts"?, "languages"?, "words"?}, or for line 1
    alone {"answer", … its fields} flat. Raises Refusal with every fault; "no-line".
    """
    kind = (catalogue or product()).notice(notice.kind, notice.version)
    known = {place.key for place in fields_of(Reply)}
    rest = {key: value for key, value in data.items() if key not in known}
    lines: Json = rest.pop("lines", None) if "lines" in rest else [{"line": 1, **rest}]
    reply = from_json(Reply, {key: value for key, value in data.items() if key in known}, notice.id)
    if "lines" in data and rest:
        raise refused(
            notice.id, "unknown-field", N_("beside lines there is no “{field}”."), field=min(rest)
        )
    if not isinstance(lines, list) or not lines:
        raise refused(
            notice.id, "missing-field", N_("it answers at least one line."), field="lines"
        )
    read = [_read_answer(kind, line, notice) for line in lines]
    who = Correspondents(_answering(notice, parties), notice.post, parties, state)
    langs = _languages(reply.languages, who)
    answered = NoticeAnswered(
        lines=tuple(
            {"line": number, "answer": answer.code, **to_json(answer)} for number, answer in read
        ),
        texts=reply.texts or _reply_texts(langs, who, notice, read),
        words=reply.words,
    )
    return with_files(to_json(answered), reply.files)


def draft_withdrawal(
    notice: NoticeState,
    data: Mapping[str, Json],
    parties: Parties,
    *,
    state: State | None = None,
) -> dict[str, Json]:
    """Return the body of `notice.withdrawn`. data: {"reason"?, "texts"?}."""
    given = from_json(NoticeWithdrawn, dict(data), notice.id)
    who = Correspondents(notice.post, notice.to or _addressee(notice.post, parties), parties, state)
    langs = _languages(None, who)
    texts = given.texts or tuple(
        Text(lang=Language(lang), role=_role(place), text=withdrawal_text(lang, who, notice))
        for place, lang in enumerate(langs)
    )
    return fitting(notice.id, to_json(NoticeWithdrawn(reason=given.reason, texts=texts)))


def draft_closing(notice: NoticeState, data: Mapping[str, Json]) -> dict[str, Json]:
    """Return the body of `notice.closed`. data: {"words"?}."""
    return fitting(notice.id, to_json(from_json(NoticeClosed, dict(data), notice.id)))


def _read_both(cls: type[NoticeKind], data: Mapping[str, Json]) -> tuple[Envelope, NoticeKind]:
    """Read a flat draft as envelope and form, and raise all faults of both at once."""
    keys = {place.key for place in fields_of(Envelope)}
    outer = {
        key: _post_id(value) if key in ("post", "to") else value
        for key, value in data.items()
        if key in keys
    }
    inner = {key: value for key, value in data.items() if key not in keys}
    faults: list[Refusal] = []
    envelope = _try(Envelope, outer, cls.code, faults)
    form = _try(cls, inner, cls.code, faults)
    if envelope is None or form is None:
        first, *others = faults
        first.others = tuple(others)
        raise first
    return envelope, form


def _try(cls: type[T], value: Mapping[str, Json], where: str, faults: list[Refusal]) -> T | None:
    try:
        return from_json(cls, dict(value), where)
    except Refusal as first:
        faults.extend((first, *first.others))
        first.others = ()
        return None


def _party_of(post: Json) -> str:
    return str(post or "").removeprefix("post/").partition("-")[0]


def _post_id(value: Json) -> Json:
    return f"post/{value}" if isinstance(value, str) and "/" not in value else value


def _addressee(post: str, parties: Parties) -> str:
    """Return to whom a post writes when no addressee is named: ministry, or its embassy."""
    party = post.removeprefix("post/").partition("-")[0]
    other = parties.other(party).party
    return f"post/{other}-EMBASSY" if post.endswith("-MFA") else f"post/{other}-MFA"


def _answering(notice: NoticeState, parties: Parties) -> str:
    return notice.to or _addressee(notice.post, parties)


def _texts(
    cls: type[NoticeKind], form: NoticeKind, envelope: Envelope, who: Correspondents
) -> tuple[Text, ...]:
    langs = _languages(envelope.languages, who)
    if cls.courtesy == "by_hand" and envelope.languages is None:
        langs = langs[:1]
    for key in places_of(cls.formulae[langs[0]]):
        if getattr(form, key, getattr(form, f"{key}_", "")) is None:
            raise refused(
                cls.code,
                "missing-field",
                N_("the text of the note is made from this field."),
                field=key,
            )
    return tuple(
        Text(
            lang=Language(lang),
            role=_role(place),
            text=note_text(
                lang,
                who,
                cls.formulae[lang],
                form,
                asked_by=envelope.asked_by,
                refers=envelope.refers,
            ),
        )
        for place, lang in enumerate(langs)
    )


def _languages(asked: Languages | None, who: Correspondents) -> tuple[str, ...]:
    """Return the languages to make a text in, the original first."""
    if asked is None:
        return languages(who.sender, who.addressee)
    unknown = [lang for lang in asked if lang not in LANGUAGES]
    if unknown:
        raise refused(
            who.sender,
            "language",
            N_("texts are made in en, ru and tr; write one in “{lang}” yourself."),
            field="languages",
            lang=unknown[0],
        )
    return tuple(dict.fromkeys(lang.text for lang in asked))


def _role(place: int) -> Literal["original", "courtesy"]:
    return "courtesy" if place else "original"


def _reply_texts(
    langs: tuple[str, ...],
    who: Correspondents,
    notice: NoticeState,
    read: list[tuple[int, Answer]],
) -> tuple[Text, ...]:
    if not all(answer.formulae for _, answer in read):
        return ()
    return tuple(
        Text(
            lang=Language(lang),
            role=_role(place),
            text=reply_text(
                lang, who, notice, [(line, each.formulae[lang], each) for line, each in read]
            ),
        )
        for place, lang in enumerate(langs)
    )


def _read_answer(kind: type[NoticeKind], value: Json, notice: NoticeState) -> tuple[int, Answer]:
    """Return line and answer as an officer gives them, every fault told."""
    line = value.get("line") if isinstance(value, dict) else None
    code = value.get("answer") if isinstance(value, dict) else None
    if not isinstance(value, dict) or type(line) is not int or not isinstance(code, str):
        raise refused(
            notice.id,
            "missing-field",
            N_("an answer has its line's number and its name."),
            field="answer",
        )
    if not 1 <= line <= len(notice.lines):
        raise refused(
            notice.id,
            "no-line",
            N_("it has the lines 1 to {lines}; an answer names one of them."),
            field="line",
            lines=len(notice.lines),
        )
    cls = kind.answer(code)
    if cls is None:
        raise refused(
            notice.id,
            "choice",
            N_("“{answer}” is no answer to it; the answers are {answers}."),
            field="answer",
            answer=code[:80],
            answers=", ".join(each.code for each in kind.answers),
        )
    fields = {key: inner for key, inner in value.items() if key not in ("line", "answer")}
    return line, from_json(cls, fields, notice.id)
