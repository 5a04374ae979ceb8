"""Notices and answers that name files: the second version of their acts, and erasure.

A node writes the second version only where there are files to name, so a note without any
still reaches a node that does not know them. Nothing here reads a file.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import MinLen

from legation.acts.base import Act, subject
from legation.acts.files import FileRef, Files, check_files
from legation.acts.kinds.notice import NoticeAnswerChanged, NoticeAnswered, NoticeReleased
from legation.acts.kinds.notice_state import AnswerFiles, Erasure, NoticeState
from legation.acts.shapes import Faults
from legation.acts.state import Placed, State, altered
from legation.acts.values import Hash, Line200, Party
from legation.errors import N_, Refusal

Named = Annotated[Files, MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReleasedWithFiles(NoticeReleased):
    """A notice leaves with files: as `notice.released`, version 1, and `files`."""

    version: ClassVar[int] = 2

    files: Named

    def check(self, faults: Faults) -> None:
        """Note what version 1 notes, and files named twice."""
        NoticeReleased.check(self, faults)
        check_files(self.files, faults)

    def named_files(self) -> tuple[FileRef, ...]:
        """Return the files that it names."""
        return self.files


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAnsweredWithFiles(NoticeAnswered):
    """The other side answers, with files: as `notice.answered`, version 1, and `files`."""

    version: ClassVar[int] = 2

    files: Named

    def check(self, faults: Faults) -> None:
        """Note files named twice."""
        check_files(self.files, faults)

    def answer_files(self, at: Placed) -> AnswerFiles | None:
        """Return the files that it names."""
        return AnswerFiles(index=at.index, files=self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAnswerChangedWithFiles(NoticeAnswerChanged):
    """A change of mind, with files: as `notice.answer_changed`, version 1, and `files`."""

    version: ClassVar[int] = 2

    files: Named

    def check(self, faults: Faults) -> None:
        """Note files named twice."""
        check_files(self.files, faults)

    def answer_files(self, at: Placed) -> AnswerFiles | None:
        """Return the files that it names."""
        return AnswerFiles(index=at.index, files=self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileErased(Act):
    """A party destroyed its copy of a file. `on`: the notice that named it, or whose answer did.

    root: of the file. ground: why, in words. Each side speaks for its own copy; until it has
    spoken, its erasure is not confirmed.
    """

    type: ClassVar[str] = "file.erased"
    title: ClassVar[str] = N_("File erased")

    root: Hash
    ground: Line200

    def apply(self, state: State, at: Placed) -> None:
        """Keep who erased it, and when."""
        notice = state.find(NoticeState, subject(at, "notice"))
        if notice is None or self.root not in _seen(notice, at, state):
            raise _refusal(self.root, "unknown-subject", N_("no act that was seen names it there."))
        if notice.erased_by(self.root, at.party) is not None:
            raise _refusal(self.root, "duplicate", N_("this side has erased it already."))
        mine = Erasure(
            root=self.root, by=Party(at.party), index=at.index, at=at.head.at, ground=self.ground
        )
        erased = sorted((*notice.erased, mine), key=lambda each: (each.by, each.index))
        state.put(altered(notice, erased=tuple(erased)))


def _seen(notice: NoticeState, at: Placed, state: State) -> set[str]:
    """Return the roots of the notice's files that the author of an act had seen named."""
    other = state.parties.other(notice.by).party
    named = [notice.files] if at.had_seen(notice.by, notice.index) else []
    named += [each.files for each in notice.answer_files if at.had_seen(other, each.index)]
    return {ref.root.text for files in named for ref in files}


def _refusal(root: str, code: str, rule: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("File {root}"),
        rule=rule,
        remedy=N_("Open the notice that names it, and choose the file there."),
        root=root,
    )
