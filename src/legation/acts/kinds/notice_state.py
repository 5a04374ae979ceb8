"""What the record holds of a notice, and the counters that number them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from legation.acts.files import FileRef
from legation.acts.notices import Answer, Clock
from legation.acts.state import Placed, State, Thing, altered
from legation.acts.values import Day, Hash, JsonValue, NoticeId, Party, PostId
from legation.record.canon import Json

Standing: TypeAlias = Literal["released", "interim", "answered", "withdrawn", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened once, at place `index` of its author's log.

    at: its author's clock, a claim.
    """

    index: int
    at: str
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer on a line. changed: a change of mind after a final answer."""

    answer: str
    final: bool
    changed: bool = False
    index: int
    at: str
    fields: JsonValue
    words: str | None = None

    @classmethod
    def of(
        cls,
        answer: type[Answer],
        fields: dict[str, Json],
        at: Placed,
        *,
        changed: bool,
        words: str | None,
    ) -> "Given":
        """Return an answer as an act gives it."""
        return cls(
            answer=answer.code,
            final=answer.final,
            changed=changed,
            index=at.index,
            at=at.head.at,
            fields=fields,
            words=words,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a notice, and everything that was answered on it, in order."""

    line: int
    answers: tuple[Given, ...] = ()

    @property
    def final(self) -> Given | None:
        """The first final answer: the one that counts, until it is changed."""
        return next((each for each in self.answers if each.final), None)

    @property
    def current(self) -> Given | None:
        """The answer as it stands now: the last one given."""
        return self.answers[-1] if self.answers else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFiles:
    """The files of one answering act, at place `index` of its author's log."""

    index: int
    files: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """A party's word that it destroyed a file of the notice. at: its own clock, a claim."""

    root: Hash
    by: Party
    index: int
    at: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeState(Thing):
    """A released notice, `notice/US-3f…`.

    by: the side that sent it. leaf: hash of its release, which answers name. index, at: place
    of the release in that side's log and its clock there. title: what follows the kind's title
    in lists. about: ids of the things concerned. fields: the form, without personal values.
    The texts stay in the act. files: those that the release names; answer_files: those of each
    answering act that names any. erased: who said that it destroyed which of them. clock: the one
    that both sides had accepted for this kind, as far as its author had seen; it binds.
    asks: how long an answer is asked for, where its form says other than its kind.
    """

    prefix: ClassVar[str] = "notice"
    by: Party
    kind: str
    version: int
    post: PostId
    to: PostId | None = None
    number: str
    title: str = ""
    about: tuple[str, ...] = ()
    leaf: Hash
    index: int
    at: str
    asked_by: Day | None = None
    refers: tuple[NoticeId, ...] = ()
    reference: str | None = None
    fields: JsonValue
    lines: tuple[Line, ...]
    withdrawn: Event | None = None
    closed: Event | None = None
    files: tuple[FileRef, ...] = ()
    answer_files: tuple[AnswerFiles, ...] = ()
    erased: tuple[Erasure, ...] = ()
    clock: Clock | None = None
    asks: Clock | None = None

    def all_files(self) -> tuple[FileRef, ...]:
        """Return the files of the release and of every answer, each once."""
        named = (self.files, *(each.files for each in self.answer_files))
        return tuple({ref.root: ref for files in named for ref in files}.values())

    def files_of_answer(self, index: int) -> tuple[FileRef, ...]:
        """Return the files of the answering act at a place of its author's log."""
        return next((each.files for each in self.answer_files if each.index == index), ())

    def erased_by(self, root: str, party: str) -> Erasure | None:
        """Return a party's word that it destroyed a file, or None: not confirmed."""
        found = (each for each in self.erased if (each.root, each.by) == (root, party))
        return next(found, None)

    def line(self, number: int) -> Line:
        """Return a line, from 1. Raises IndexError for one that is not there."""
        return self.lines[number - 1]

    @property
    def answer(self) -> str | None:
        """The answer to line 1 as it stands, for notices of one line; None before any."""
        current = self.lines[0].current if self.lines else None
        return None if current is None else current.answer

    @property
    def answered(self) -> bool:
        """Whether every line has its final answer."""
        return bool(self.lines) and all(line.final is not None for line in self.lines)

    @property
    def standing(self) -> Standing:
        """Where it stands, as the sender's last word has it before the answers."""
        if self.closed is not None:
            return "closed"
        if self.withdrawn is not None:
            return "withdrawn"
        if self.answered:
            return "answered"
        return "interim" if any(line.answers for line in self.lines) else "released"

    @property
    def waits(self) -> bool:
        """Whether an answer of the other side is still awaited."""
        return self.standing in ("released", "interim")

    def with_answers(
        self, given: Sequence[tuple[int, Given]], files: AnswerFiles | None = None
    ) -> "NoticeState":
        """Return the notice with more answers, (line, answer), and the files that came along."""
        lines = list(self.lines)
        for number, answer in given:
            answers = (*lines[number - 1].answers, answer)
            lines[number - 1] = Line(line=number, answers=answers)
        held = self.answer_files if files is None else (*self.answer_files, files)
        return altered(self, lines=tuple(lines), answer_files=held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Thing):
    """How many notices a post has numbered in a year, `number/US-MOW-2026`."""

    prefix: ClassVar[str] = "number"
    last: int

    @classmethod
    def of(cls, state: State, post: str, year: str) -> "Number":
        """Return the counter of a post ("US-MOW" or "post/US-MOW") in a year."""
        name = f"number/{post.removeprefix('post/')}-{year}"
        return state.find(cls, name) or cls(id=name, last=0)

    @property
    def next(self) -> str:
        """The number that the next notice takes: "US-MOW/2026/001"."""
        post, _, year = self.id.partition("/")[2].rpartition("-")
        return f"{post}/{year}/{self.last + 1:03d}"
