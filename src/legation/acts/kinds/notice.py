"""Notices in the record: released, answered line by line, withdrawn, closed.

Conflicts go by sight, never by order:

1. An answer is without effect ("withdrawn", "closed") only if its log had seen the withdrawal
   or the closing. A withdrawal is without effect ("already-final") only if its log had seen a
   final answer on every line. What crossed on the way stands on both sides.
2. The first final answer on a line counts; a later one is "already-final". Interim answers may
   come, any number, before it. After it only `notice.answer_changed`, by the same side.
3. The side that received answers, the side that sent withdraws and closes.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.base import Act, not_entitled, subject
from legation.acts.codec import from_body
from legation.acts.files import FileRef
from legation.acts.kinds.clock import clock_seen
from legation.acts.kinds.notice_state import (
    AnswerFiles,
    Event,
    Given,
    Line,
    NoticeState,
    Number,
)
from legation.acts.kinds.party import party_of
from legation.acts.notices import Answer, Clock, NoticeKind, Texts
from legation.acts.places import is_paper
from legation.acts.settings import answers_state, release_states
from legation.acts.shapes import Fault, Faults
from legation.acts.state import Placed, State, altered
from legation.acts.values import (
    Day,
    Hash,
    JsonValue,
    Line80,
    NoticeId,
    Party,
    PostId,
    Words,
    made_by,
)
from legation.errors import N_, Refusal
from legation.record.canon import Json

MAX_LINES = 500
MAX_ANSWERS = 64
"""Answers on one line, changes of mind among them: a notice stays readable, and bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReleased(Act):
    """A notice leaves. `on`: a new `notice/PARTY-…`; its number stands in the head.

    kind, kind_version: which form. post: whose notice, one of the author's own. to: the post
    addressed, or left out. fields: the form. texts: the full note in each language. asked_by:
    the day by which an answer is asked for. refers: earlier notices. reference: the ministry's
    own number, free.
    """

    type: ClassVar[str] = "notice.released"
    title: ClassVar[str] = N_("Notice released")

    kind: Annotated[str, MinLen(1), MaxLen(60)]
    kind_version: Annotated[int, Ge(1), Le(9999)]
    post: PostId
    to: PostId | None = None
    fields: JsonValue
    texts: Texts
    asked_by: Day | None = None
    refers: Annotated[tuple[NoticeId, ...], MaxLen(20)] = ()
    reference: Line80 | None = None

    def check(self, faults: Faults) -> None:
        """Note a notice without a text of its own, or with two in one language."""
        own = [text for text in self.texts if text.role != "courtesy"]
        if not own or len({text.lang for text in self.texts}) != len(self.texts):
            rule = N_("a notice has a text that is no courtesy, and one in each language.")
            fault = Fault("texts", rule, N_("Write the text, or leave it out to have it made."))
            fault.path = ["texts"]
            faults.append(fault)

    def apply(self, state: State, at: Placed) -> None:
        """Open the notice and take its number."""
        name = subject(at, "notice")
        if not party_of(state, state.parties.other(at.party).party).speaks(
            f"{self.kind}/{self.kind_version}", at.seen
        ):
            raise _refusal(name, "not-spoken", N_("the other side cannot read this kind yet."))
        cls = state.catalogue.notice(self.kind, self.kind_version)
        form = from_body(cls, self.fields, self.kind)
        if made_by(name) != at.party or not self.post.name.startswith(f"{at.party}-"):
            raise not_entitled(
                N_("Notice {name}"),
                N_("its id and its post are those of the side that sends it."),
                name=name,
            )
        if self.to is not None and self.to.name.startswith(f"{at.party}-"):
            raise _refusal(name, "addressee", N_("it is addressed to a post of the other side."))
        form.entitled(state, at)
        if state.get(name) is not None:
            raise _refusal(name, "duplicate", N_("each notice has an id of its own."))
        number = None if is_paper(at.index) else _take_number(state, at, self.post)
        state.put(self._opened(name, form, at, clock_seen(state, at, self.kind)))
        if number is not None:
            state.put(number)
        release_states(state, at, form)

    def named_files(self) -> tuple[FileRef, ...]:
        """Return the files that it names: none in this version."""
        return ()

    def _opened(self, name: str, form: NoticeKind, at: Placed, clock: Clock | None) -> NoticeState:
        return NoticeState(
            id=name,
            by=Party(at.party),
            kind=self.kind,
            version=self.kind_version,
            post=self.post,
            to=self.to,
            number=at.head.number,
            title=form.title_line(),
            about=form.about(),
            leaf=Hash(at.leaf_hash().hex()),
            index=at.index,
            at=at.head.at,
            asked_by=self.asked_by,
            refers=self.refers,
            reference=self.reference,
            fields=self.fields,
            files=self.named_files(),
            clock=clock,
            asks=None if form.asks() == form.clock else form.asks(),
            lines=tuple(Line(line=line) for line in range(1, min(form.lines(), MAX_LINES) + 1)),
        )


def _take_number(state: State, at: Placed, post: str) -> Number:
    """Return the post's counter after this act. Raises Refusal "number" for another number."""
    parts = at.head.number.split("/")
    year = parts[1] if len(parts) == 3 else ""
    if len(year) != 4 or not (year.isascii() and year.isdigit()):
        year = "0000"
    held = Number.of(state, post, year)
    if at.head.number != held.next:
        raise Refusal(
            "number",
            thing=N_("Notice number “{number}”"),
            rule=N_("numbers run per post and year without gaps; the next is {next}."),
            remedy=N_("Release it again: the number is set then."),
            number=at.head.number,
            next=held.next,
        )
    return altered(held, last=held.last + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWithdrawn(Act):
    """The sender takes its notice back. `on`: the notice. `re`: its leaf hash, or empty."""

    type: ClassVar[str] = "notice.withdrawn"
    title: ClassVar[str] = N_("Notice withdrawn")

    reason: Words | None = None
    texts: Texts = ()

    def apply(self, state: State, at: Placed) -> None:
        """Mark it withdrawn, unless the author had seen a final answer on every line."""
        notice = _own(state, at)
        finals = [line.final for line in notice.lines]
        other = state.parties.other(notice.by).party
        if finals and all(each is not None and at.had_seen(other, each.index) for each in finals):
            raise _refusal(
                notice.id, "already-final", N_("every line was answered before it was withdrawn.")
            )
        state.put(altered(notice, withdrawn=_event(at, self.reason)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeClosed(Act):
    """The sender closes its notice. `on`: the notice. `re`: its leaf hash, or empty."""

    type: ClassVar[str] = "notice.closed"
    title: ClassVar[str] = N_("Notice closed")

    words: Words | None = None

    def apply(self, state: State, at: Placed) -> None:
        """Mark it closed."""
        notice = _own(state, at)
        state.put(altered(notice, closed=_event(at, self.words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAnswered(Act):
    """The other side answers lines. `on`: the notice. `re`: the leaf hash of its release.

    lines: [{"line": 1, "answer": "granted", … the answer's own fields}].
    """

    type: ClassVar[str] = "notice.answered"
    title: ClassVar[str] = N_("Notice answered")

    lines: Annotated[tuple[JsonValue, ...], MinLen(1), MaxLen(MAX_LINES)]
    texts: Texts = ()
    words: Words | None = None

    def apply(self, state: State, at: Placed) -> None:
        """Append the answers; one that is not allowed leaves the whole act without effect."""
        notice, given = _answered(state, at, self, changed=False)
        for number, answer in given:
            if not answer.final:  # There is always room for the answer that settles the line.
                _check_room(notice, number)
            if notice.line(number).final is not None:
                raise _refusal(
                    notice.id,
                    "already-final",
                    N_("line {line} has its final answer; a change of mind is its own act."),
                    line=number,
                )
        state.put(notice.with_answers(given, self.answer_files(at)))
        answers_state(state, at, notice, given)

    def answer_files(self, at: Placed) -> AnswerFiles | None:
        """Return the files that it names: none in this version."""
        del at
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAnswerChanged(Act):
    """The side that answered changes its mind. `on`, `re`, `lines`: as in `notice.answered`."""

    type: ClassVar[str] = "notice.answer_changed"
    title: ClassVar[str] = N_("Answer changed")

    lines: Annotated[tuple[JsonValue, ...], MinLen(1), MaxLen(MAX_LINES)]
    texts: Texts = ()
    words: Words | None = None

    def apply(self, state: State, at: Placed) -> None:
        """Append the new answers; the earlier ones stay as history."""
        notice, given = _answered(state, at, self, changed=True)
        for number, answer in given:
            _check_room(notice, number)
            if notice.line(number).final is None:
                raise _refusal(
                    notice.id,
                    "not-answered",
                    N_("line {line} has no final answer yet."),
                    line=number,
                )
            if not answer.final:
                raise _refusal(
                    notice.id,
                    "interim",
                    N_("a final answer changes to a final one only."),
                    line=number,
                )
        state.put(notice.with_answers(given, self.answer_files(at)))
        answers_state(state, at, notice, given)

    def answer_files(self, at: Placed) -> AnswerFiles | None:
        """Return the files that it names: none in this version."""
        del at
        return None


def _check_room(notice: NoticeState, number: int) -> None:
    if len(notice.line(number).answers) >= MAX_ANSWERS:
        raise _refusal(
            notice.id,
            "too-many",
            N_("line {line} has had {most} answers; it takes no more."),
            line=number,
            most=MAX_ANSWERS,
        )


def _known(state: State, at: Placed) -> NoticeState:
    """Return the notice that an act is about, if its author's log had seen it."""
    name = subject(at, "notice")
    notice = state.find(NoticeState, name)
    if notice is None or not at.had_seen(notice.by, notice.index):
        raise _refusal(name, "unknown-subject", N_("it was not in the record as far as was seen."))
    if at.opening.re and at.opening.re.hex() != notice.leaf:
        raise _refusal(name, "other-act", N_("the act names the leaf of the notice's release."))
    return notice


def _own(state: State, at: Placed) -> NoticeState:
    """Return the author's own notice, still open to withdrawal and closing."""
    notice = _known(state, at)
    if notice.by != at.party:
        raise not_entitled(
            N_("Notice {name}"),
            N_("only the side that sent it withdraws or closes it."),
            name=notice.id,
        )
    if notice.withdrawn is not None:
        raise _refusal(notice.id, "withdrawn", N_("it was withdrawn already."))
    if notice.closed is not None:
        raise _refusal(notice.id, "closed", N_("it was closed already."))
    return notice


def _answered(
    state: State, at: Placed, act: "NoticeAnswered | NoticeAnswerChanged", *, changed: bool
) -> tuple[NoticeState, list[tuple[int, Given]]]:
    """Return the notice and what is answered on which line, each line once."""
    notice = _known(state, at)
    if notice.by == at.party:
        raise not_entitled(
            N_("Notice {name}"), N_("only the side that received it answers."), name=notice.id
        )
    if not at.opening.re:
        raise _refusal(notice.id, "other-act", N_("an answer names the leaf of the release."))
    for event, code in ((notice.withdrawn, "withdrawn"), (notice.closed, "closed")):
        if event is not None and at.had_seen(notice.by, event.index):
            raise _refusal(notice.id, code, N_("it had ended before it was answered."))
    kind = state.catalogue.notice(notice.kind, notice.version)
    given = [read_line(kind, value, notice.id) for value in act.lines]
    _check_allowed(kind, notice, {answer for _, answer, _ in given})
    numbers = [number for number, _, _ in given]
    if not all(1 <= number <= len(notice.lines) for number in numbers):
        raise _refusal(
            notice.id,
            "no-line",
            N_("it has the lines 1 to {lines}; an answer names one of them."),
            lines=len(notice.lines),
        )
    if len(set(numbers)) != len(numbers):
        raise _refusal(notice.id, "duplicate", N_("one act answers each line once."))
    return notice, [
        (number, Given.of(answer, fields, at, changed=changed, words=act.words))
        for number, answer, fields in given
    ]


def _check_allowed(kind: type[NoticeKind], notice: NoticeState, given: set[type[Answer]]) -> None:
    """Check the answers against what this form of the kind allows, where that hangs on the form."""
    if kind.allowed is NoticeKind.allowed:
        return
    allowed = from_body(kind, notice.fields, notice.id).allowed()
    if not given <= set(allowed):
        raise _refusal(
            notice.id,
            "not-allowed",
            N_("as this notice stands, the answers to it are {answers}."),
            answers=", ".join(each.code for each in allowed),
        )


def read_line(
    kind: type[NoticeKind], value: JsonValue, where: str
) -> tuple[int, type[Answer], dict[str, Json]]:
    """Return line, answer and the answer's own fields of one entry of `lines`.

    Raises Refusal "schema" for another form or an answer that the kind does not allow.
    """
    line = value.get("line") if isinstance(value, dict) else None
    code = value.get("answer") if isinstance(value, dict) else None
    if not isinstance(value, dict) or type(line) is not int or not isinstance(code, str):
        raise _refusal(where, "schema", N_("an answer has its line's number and its name."))
    answer = kind.answer(code)
    if answer is None:
        raise _refusal(
            where,
            "schema",
            N_("“{answer}” is no answer to it; the answers are {answers}."),
            answer=code[:80],
            answers=", ".join(each.code for each in kind.answers),
        )
    fields = {key: inner for key, inner in value.items() if key not in ("line", "answer")}
    from_body(answer, fields, where)
    return line, answer, fields


def _event(at: Placed, words: str | None) -> Event:
    return Event(index=at.index, at=at.head.at, words=words)


def _refusal(name: str, code: str, rule: str, **values: object) -> Refusal:
    refusal = Refusal(
        code,
        thing=N_("Notice {name}"),
        rule=rule,
        remedy=N_("Look at the notice as it stands, and draft anew if need be."),
    )
    refusal.values = {"name": name, **values}
    return refusal
