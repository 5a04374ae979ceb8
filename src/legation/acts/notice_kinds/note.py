"""A note on anything else: one subject, in the officer's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.answers import NotedSoFar
from legation.acts.notices import Answer, NoticeKind
from legation.acts.values import Line200
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Answer):
    """An answer in words."""

    code: ClassVar[str] = "answered"
    title: ClassVar[str] = N_("Answered")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state the following.\n\n{reply}",
        "ru": "имеет честь сообщить следующее.\n\n{reply}",
        "tr": "aşağıdaki hususları bildirmekten onur duyar.\n\n{reply}",
    }

    reply: Annotated[str, MinLen(1), MaxLen(8_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(NoticeKind):
    """A note of one subject. message: what it says, in the third person; or write the texts."""

    code: ClassVar[str] = "note"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Note")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 41.2",)
    silence: ClassVar[str] = N_("Silence says nothing; the note waits.")
    answers: ClassVar[tuple[type[Answer], ...]] = (Answered, NotedSoFar)
    courtesy: ClassVar[Literal["made", "by_hand"]] = "by_hand"
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor, with regard to “{subject}”, to state the following.\n\n{message}",
        "ru": "имеет честь по вопросу «{subject}» сообщить следующее.\n\n{message}",
        "tr": "“{subject}” konusunda aşağıdaki hususları bildirmekten onur duyar.\n\n{message}",
    }

    subject: Line200
    message: Annotated[str, MinLen(1), MaxLen(8_000)] | None = None

    def title_line(self) -> str:
        """Return the subject."""
        return self.subject
