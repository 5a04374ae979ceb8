"""What a kind of notice declares. One kind is one file below `notice_kinds`.

From these declarations come form, validation, page, print, JSON schema, fold and the tests of
the common life; nothing else in the program knows a kind by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import MaxLen, MinLen

from legation.acts.state import Placed, State
from legation.acts.values import Day, Language
from legation.record.canon import Json

Stands: TypeAlias = Literal["alone", "both"]
"""alone: no act of the other side alters it. both: it needs theirs."""
SentBy: TypeAlias = Literal["sending", "receiving", "either"]


@dataclass(frozen=True, slots=True)
class Clock:
    """How long an answer is asked for by default: it counts only once both accept it."""

    amount: int
    unit: Literal["hours", "days", "working_days"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The full text of a notice in one language, as released.

    `{number}`, `{date}` and `{p1.name}` stand for what is set at release and for personal
    values; only print fills them in. A courtesy text is a help to read, not the note.
    """

    lang: Language
    role: Literal["original", "courtesy", "authentic"]
    text: Annotated[str, MinLen(1), MaxLen(30_000)]


Texts = Annotated[tuple[Text, ...], MaxLen(4)]


class Answer:
    """One answer that a kind allows: a frozen dataclass of what it says beside its name.

    final: settles the line; an interim answer may be followed by others. grants: gives what the
    line asked for; balances count it. formulae: the sentence of the reply by language, with
    `{…}` for its fields. as_asked: fields that begin as the notice has them, in a form.
    """

    __slots__ = ()
    code: ClassVar[str] = ""
    title: ClassVar[str] = ""
    as_asked: ClassVar[tuple[str, ...]] = ()
    final: ClassVar[bool] = True
    grants: ClassVar[bool] = False
    formulae: ClassVar[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Spending:
    """What a notice takes of the quota of a regime. day: on which the quota's period is found."""

    regime: str
    day: date
    count: int = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """What a notice, or an answer to one, states of a field, in its author's own name.

    on: id of a thing of a register; "limit/" for a new one, which is named after the notice.
    field: one that the author's side may state. statement: as `x.stated` has it, {"value",
    "from"?, "until"?, …}; "limit/" as its value is the new one's id, and its "by" may be a side.
    """

    on: str
    field: str
    statement: Mapping[str, Json]


class NoticeKind:
    """A kind of notice: a frozen dataclass of its form's fields.

    code, version: its name in the record. title: its name for officers (marked by `N_`).
    articles: what it rests on. silence: what no answer means, in words. clock: what is asked
    for by default, or None. formulae: the sentences of the note by language, `{…}` for fields.
    said_beside: names of places in the formulae that `said` fills in beside the fields.
    fills: fields that `filled` tells of the state; forms leave them open.
    courtesy: "made" when the formulae say everything in each language; "by_hand" when an
    officer's own text is the note, which only an officer can put into another language.
    essential: which of the functions that a post needs an open one bears on ("premises"), or "".
    measure: the row of the reciprocity ledger that it counts in ("visas"), or "".
    dated: its `title_line` has a day, which lists show in words.
    """

    __slots__ = ()
    code: ClassVar[str] = ""
    version: ClassVar[int] = 1
    title: ClassVar[str] = ""
    articles: ClassVar[tuple[str, ...]] = ()
    stands: ClassVar[Stands] = "both"
    sent_by: ClassVar[SentBy] = "either"
    silence: ClassVar[str] = ""
    clock: ClassVar[Clock | None] = None
    answers: ClassVar[tuple[type[Answer], ...]] = ()
    formulae: ClassVar[Mapping[str, str]] = {}
    said_beside: ClassVar[tuple[str, ...]] = ()
    fills: ClassVar[tuple[str, ...]] = ()
    courtesy: ClassVar[Literal["made", "by_hand"]] = "made"
    essential: ClassVar[str] = ""
    measure: ClassVar[str] = ""
    dated: ClassVar[bool] = False

    def lines(self) -> int:
        """Return how many lines the other side answers, numbered from 1."""
        return 1

    def title_line(self) -> str:
        """Return what stands after the kind's title in lists: a subject, or a thing's id."""
        return ""

    def about(self) -> tuple[str, ...]:
        """Return the ids of the things that this notice is about."""
        return ()

    def entitled(self, state: State, at: Placed) -> None:
        """Raise Refusal "not-entitled" when its author's side may not send this one.

        Asked by the fold: look only at what `at` had seen.
        """

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what a note in a language says in places of the formulae: over the fields."""
        del lang
        return {}

    def asks(self) -> Clock | None:
        """Return how long an answer is asked for: the kind's clock, unless this form knows better.

        Asked at release; it binds no more than the kind's own.
        """
        return self.clock

    def asked_by(self) -> Day | None:
        """Return the day by which the form itself wants something done, or None."""
        return None

    def silent(self) -> str:
        """Return what no answer to this one means: `silence`, unless it hangs on the form."""
        return self.silence

    def rests_on(self) -> tuple[str, ...]:
        """Return the articles that this one rests on: `articles`, unless the form names them."""
        return self.articles

    def allowed(self) -> tuple[type[Answer], ...]:
        """Return the answers that this one allows: `answers`, or fewer."""
        return self.answers

    def states(self, day: str) -> "tuple[Setting, ...]":
        """Return what its release states in registers, in its sender's name.

        day: of the release, YYYY-MM-DD. Released once, a kind states for ever what it stated: an
        answer that states more is a new version of the kind.
        """
        del day
        return ()

    def answer_states(
        self, line: int, answer: str, fields: Mapping[str, Json], day: str
    ) -> "tuple[Setting, ...]":
        """Return what a final answer on a line states in registers, in the answerer's name.

        fields: the answer's own, as it stands in the record. day: of the answer, YYYY-MM-DD. Asked
        again where the answer is changed.
        """
        del line, answer, fields, day
        return ()

    def spends(self) -> "Spending | None":
        """Return what this one takes of a regime's quota, or None."""
        return None

    @property
    def pair(self) -> str | None:
        """The id of the notice of theirs that this one is tied to, one for one, or None."""
        return None

    @classmethod
    def filled(cls, data: Mapping[str, Json], state: State, by: str) -> Mapping[str, Json]:
        """Return a draft's fields with those that the state can tell, for a party's draft.

        A kind that does so names them in `fills`: forms leave them open, whatever their defaults.
        """
        del state, by
        return data

    @classmethod
    def answer(cls, code: str) -> type[Answer] | None:
        """Return the answer of this code, or None."""
        return next((each for each in cls.answers if each.code == code), None)
