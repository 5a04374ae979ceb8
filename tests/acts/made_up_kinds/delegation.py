"""A delegation announces its members by name: several lines, and fields about persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import MaxLen, MinLen

from legation.acts.notices import Answer, Clock, NoticeKind, SentBy, Stands
from legation.acts.values import Day, Line80, Personal, PersonRef, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member: the name is personal, the rank is not."""

    name: Annotated[str, Personal, MinLen(1), MaxLen(80)]
    passport: Annotated[str, Personal, MaxLen(20)] = ""
    rank: Line80
    person: PersonRef = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted(Answer):
    """The member may come until a day."""

    code: ClassVar[str] = "admitted"
    title: ClassVar[str] = N_("Admitted")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the member may come until {until}.",
        "ru": "имеет честь сообщить, что член делегации может прибыть до {until}.",
        "tr": "heyet üyesinin {until} tarihine kadar gelebileceğini bildirmekten onur duyar.",
    }

    until: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Answer):
    """The member may not come."""

    code: ClassVar[str] = "declined"
    title: ClassVar[str] = N_("Declined")

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Answer):
    """Not decided yet."""

    code: ClassVar[str] = "held"
    title: ClassVar[str] = N_("Held")
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(NoticeKind):
    """A delegation asks to come; each member is a line."""

    code: ClassVar[str] = "delegation"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Delegation")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 10",)
    stands: ClassVar[Stands] = "alone"
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("The delegation waits.")
    clock: ClassVar[Clock | None] = Clock(5, "working_days")
    answers: ClassVar[tuple[type[Answer], ...]] = (Admitted, Declined, Held)
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to announce a delegation under {contact} on {day}: {members}.",
        "ru": "имеет честь объявить о делегации во главе с {contact} {day}: {members}.",
        "tr": "{contact} başkanlığında bir heyeti {day} bildirmekten onur duyar: {members}.",
    }

    contact: Annotated[str, Personal, MinLen(1), MaxLen(80)]
    person: PersonRef = ""
    day: Day
    members: Annotated[tuple[Member, ...], MinLen(1), MaxLen(20)]

    def lines(self) -> int:
        """Return the number of members."""
        return len(self.members)

    def title_line(self) -> str:
        """Return the day."""
        return self.day.text
