"""What a notice's page is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from legation.acts.notices import Clock
from legation.notices.queries.attached import FileLine
from legation.notices.queries.clock import ClockView
from legation.notices.queries.lists import NoticeLine
from legation.notices.queries.paper import PaperPart
from legation.notices.queries.tallies import Drawn, Tied
from legation.officers.queries.attached import ScanLine
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class OursOnly:
    """Who wrote, cleared and released an act of ours. Never printed, never sent."""

    draft: str
    drafted_by: str
    drafted_at: datetime
    cleared_by: str
    cleared_at: datetime | None
    released_by: str
    released_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One field of a form or answer. personal: its value travels beside the act.

    said: the value with its choices in the reader's words.
    """

    key: str
    value: Json
    said: Json
    personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A text in one language, as released. role: original, courtesy or authentic."""

    lang: str
    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """One answer on a line. title: an untranslated message. index: its act's place."""

    code: str
    title: str
    final: bool
    changed: bool
    at: datetime
    index: int
    fields: tuple[FieldValue, ...]
    words: str
    texts: tuple[TextView, ...]
    ours: OursOnly | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line and its answers, oldest first. about: whom or what it is for, nothing personal."""

    line: int
    about: str
    answers: tuple[AnswerView, ...]

    @property
    def now(self) -> AnswerView | None:
        """The answer as it stands."""
        return self.answers[-1] if self.answers else None

    @property
    def open(self) -> bool:
        """Whether a final answer is still to come."""
        return not any(answer.final for answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step of a notice's life.

    what: drafted, cleared, released, received, answered, withdrawn or closed. done: "yes",
    "part" (some lines are answered, or only an interim answer came) or "no". by: the party.
    at: by its author's own clock. index: of the act in that party's log, None where it is none.
    private: whether this step is ours only.
    """

    what: str
    done: str
    by: str
    at: datetime | None = None
    index: int | None = None
    words: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """An act about this notice that is in the record without effect. why: its code."""

    type: str
    by: str
    at: datetime
    index: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDraft:
    """A draft of ours about this notice that has not left. Ours only."""

    id: str
    title: str
    state: str
    drafted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """What a kind declares. title, silence: untranslated messages."""

    code: str
    version: int
    title: str
    articles: tuple[str, ...]
    silence: str
    clock: Clock | None
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """All that a notice's page shows. leaf: hash of its release; entry: its place there.

    about: ids of what it concerns. numbers: of the notices among them and in its form, by id;
    names: what its post and other things are called.
    may: what our side could draft now: "answer", "change", "withdraw", "close".
    """

    line: NoticeLine
    kind: KindView
    fields: tuple[FieldValue, ...]
    texts: tuple[TextView, ...]
    lines: tuple[LineView, ...]
    chain: tuple[ChainStep, ...]
    about: tuple[str, ...]
    numbers: Mapping[str, str]
    names: Mapping[str, str]
    refers: tuple[NoticeLine, ...]
    referred_by: tuple[NoticeLine, ...]
    without_effect: tuple[Void, ...]
    drafts: tuple[WaitingDraft, ...]
    ours: OursOnly | None
    may: frozenset[str]
    leaf: str
    entry: int
    side: str
    clock: ClockView
    paper: PaperPart
    files: tuple[FileLine, ...] = ()
    scans: tuple[ScanLine, ...] = ()
    tied: Tied | None = None
    drawn: Drawn | None = None

    @property
    def post_name(self) -> str:
        """What the post is called that wrote it; its code where nobody stated a name."""
        return self.names.get(self.line.post) or self.line.post.partition("/")[2]

    @property
    def called(self) -> Mapping[str, str]:
        """What everything that it names is called, by id."""
        return {**self.names, **self.numbers}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintView:
    """One text as paper shows it: number and date filled in. Nothing of ours only is in it."""

    line: NoticeLine
    lang: str
    role: str
    text: str
    paragraphs: tuple[str, ...]
    others: tuple[str, ...]
    leaf: str
    entry: int
