"""Members of a mission come, change their function, or leave for good: notified, and noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from legation.acts.notices import Answer, NoticeKind, SentBy
from legation.acts.shapes import Fault, Faults
from legation.acts.staff import WORDS, Member, check_people
from legation.acts.values import Day, Line80, PostId, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Answer):
    """Taken note of; the member is entered in the list, or taken off it."""

    code: ClassVar[str] = "noted"
    title: ClassVar[str] = N_("Noted")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it has taken note of the notification.",
        "ru": "имеет честь сообщить, что уведомление принято к сведению.",
        "tr": "bildirimin not edildiğini bildirmekten onur duyar.",
    }

    card: Line80 | None = None
    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(Answer):
    """The receiving state objects."""

    code: ClassVar[str] = "objected"
    title: ClassVar[str] = N_("Objected")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it objects to the matter notified.",
        "ru": "имеет честь сообщить, что возражает против указанного в уведомлении.",
        "tr": "bildirilen hususa itiraz edildiğini bildirmekten onur duyar.",
    }

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(NoticeKind, Member):
    """The sending state notifies an arrival, a change of function, or a final departure.

    event: which of them. on: the day. function, category: from that day on, or up to a departure.
    was: the function before a change. serves_at: the post, if it is not the one that writes.
    """

    code: ClassVar[str] = "appointment"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Arrival, change or departure")
    dated: ClassVar[bool] = True
    articles: ClassVar[tuple[str, ...]] = ("VCDR 10", "VCCR 24")
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("Silence changes nothing: what was notified counts as noted.")
    essential: ClassVar[str] = "people"
    answers: ClassVar[tuple[type[Answer], ...]] = (Noted, Objected)
    said_beside: ClassVar[tuple[str, ...]] = ("what", "rank")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to notify {what} of {name}, {function} ({rank}), on {on}.\n\n"
            "The notification is made under Article 10 of the Vienna Convention on Diplomatic"
            " Relations and Article 24 of the Vienna Convention on Consular Relations."
        ),
        "ru": (
            "имеет честь уведомить о следующем: {what}, {name}, {function} ({rank}), {on}.\n\n"
            "Уведомление направляется в соответствии со статьёй 10 Венской конвенции о"
            " дипломатических сношениях и статьёй 24 Венской конвенции о консульских сношениях."
        ),
        "tr": (
            "{name}, {function} ({rank}) hakkında aşağıdaki hususu bildirmekten onur duyar:"
            " {what}, {on}.\n\n"
            "Bu bildirim, Diplomatik İlişkiler Hakkında Viyana Sözleşmesi’nin 10. ve Konsolosluk"
            " İlişkileri Hakkında Viyana Sözleşmesi’nin 24. maddesi uyarınca yapılmaktadır."
        ),
    }

    event: Literal["arrival", "change", "final_departure"]
    on: Day
    was: Line80 | None = None
    serves_at: PostId | None = None

    def check(self, faults: Faults) -> None:
        """Note a change that does not say from what, and a person who stands here twice."""
        if self.event == "change" and self.was is None:
            rule = N_("a change names the function before it.")
            faults.append(Fault("missing-field", rule, N_("Fill it in."), path=["was"]))
        check_people(self, {"": (self,)}, faults)

    def title_line(self) -> str:
        """Return function and day: never the name."""
        return f"{self.function}, {self.on}"

    def about(self) -> tuple[str, ...]:
        """Return the post."""
        return () if self.serves_at is None else (self.serves_at.text,)

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what happened, and the category, in words."""
        return {"what": _WHAT[lang][self.event], "rank": WORDS[lang][self.category]}


_WHAT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "arrival": "the arrival",
        "change": "the change of function",
        "final_departure": "the final departure",
    },
    "ru": {
        "arrival": "прибытие",
        "change": "изменение должности",
        "final_departure": "окончательное отбытие",
    },
    "tr": {"arrival": "varış", "change": "görev değişikliği", "final_departure": "kesin ayrılış"},
}
