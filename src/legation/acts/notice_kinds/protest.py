"""A note of protest: what happened, which article it breached, what is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.answers import NotedSoFar
from legation.acts.notices import Answer, Clock, NoticeKind, SentBy
from legation.acts.shapes import Faults
from legation.acts.staff import check_days
from legation.acts.values import Day, Line80, Line200, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Answer):
    """An answer: regret is expressed, measures were taken, or the protest is rejected."""

    code: ClassVar[str] = "answered"
    title: ClassVar[str] = N_("Answered")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state the following.\n\n{reply}",
        "ru": "имеет честь сообщить следующее.\n\n{reply}",
        "tr": "aşağıdaki hususları bildirmekten onur duyar.\n\n{reply}",
    }

    outcome: Literal["regret", "measures", "rejected"]
    reply: Annotated[str, MinLen(1), MaxLen(8_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protest(NoticeKind):
    """A side protests. breached: the articles, as "VCDR 29". facts: what happened.

    from, until: its days. demand: what is asked for. What was said before stands in `refers`.
    """

    code: ClassVar[str] = "protest"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Protest")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 3", "VCCR 5")
    stands: ClassVar[Literal["alone", "both"]] = "alone"
    sent_by: ClassVar[SentBy] = "either"
    silence: ClassVar[str] = N_("Unanswered: silence neither admits nor rejects.")
    clock: ClassVar[Clock | None] = Clock(14, "days")
    answers: ClassVar[tuple[type[Answer], ...]] = (Answered, NotedSoFar)
    courtesy: ClassVar[Literal["made", "by_hand"]] = "by_hand"
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to protest against the following: “{subject}”.\n\n{facts}\n\n"
            "These actions are incompatible with: {breached}. {demand}"
        ),
        "ru": (
            "имеет честь заявить протест в связи со следующим: «{subject}».\n\n{facts}\n\n"
            "Указанные действия противоречат: {breached}. {demand}"
        ),
        "tr": (
            "“{subject}” hakkında protestosunu bildirmekten onur duyar.\n\n{facts}\n\n"
            "Bu eylemler şu hükümlerle bağdaşmamaktadır: {breached}. {demand}"
        ),
    }

    subject: Line200
    breached: Annotated[tuple[Line80, ...], MinLen(1), MaxLen(12)]
    facts: Annotated[str, MinLen(1), MaxLen(8_000)]
    from_: Day | None = None
    until: Day | None = None
    place: Line200 | None = None
    demand: Words = ""

    def check(self, faults: Faults) -> None:
        """Note an end before the beginning."""
        check_days(self.from_, self.until, faults, ["until"])

    def title_line(self) -> str:
        """Return the subject."""
        return self.subject

    def rests_on(self) -> tuple[str, ...]:
        """Return the articles that were breached."""
        return tuple(self.breached)
