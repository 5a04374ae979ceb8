"""Persons whom the receiving state no longer accepts, and the day by which they leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.notices import Answer, NoticeKind, SentBy
from legation.acts.shapes import Faults
from legation.acts.staff import Member, check_people, functions, listed
from legation.acts.values import Day, Line80, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed(Answer):
    """The sending state notifies that the person has left."""

    code: ClassVar[str] = "departed"
    title: ClassVar[str] = N_("Departure notified")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to notify that the departure took place on {left_on}.",
        "ru": "имеет честь уведомить, что отбытие состоялось {left_on}.",
        "tr": "ayrılışın {left_on} tarihinde gerçekleştiğini bildirmekten onur duyar.",
    }

    left_on: Day
    crossing: Line80 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAcceptable(NoticeKind):
    """The receiving state notifies that it does not accept persons any longer.

    ground: persona non grata (diplomatic staff), or not acceptable (other staff, and consular
    officers). leave_by: when they cease to be recognised as members. No reason is owed; one may
    be given. Names stand beside the act.
    """

    code: ClassVar[str] = "not.acceptable"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Persona non grata, or not acceptable")
    dated: ClassVar[bool] = True
    articles: ClassVar[tuple[str, ...]] = ("VCDR 9", "VCCR 23")
    stands: ClassVar[Literal["alone", "both"]] = "alone"
    sent_by: ClassVar[SentBy] = "receiving"
    silence: ClassVar[str] = N_("It stands without an answer; the day to leave runs.")
    essential: ClassVar[str] = "people"
    measure: ClassVar[str] = "removed"
    answers: ClassVar[tuple[type[Answer], ...]] = (Departed,)
    said_beside: ClassVar[tuple[str, ...]] = ("as_what",)
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to notify, under Article 9 of the Vienna Convention on Diplomatic"
            " Relations and Article 23 of the Vienna Convention on Consular Relations, that the"
            " following persons are {as_what}:{persons}\n\n"
            "They are expected to leave by {leave_by}."
        ),
        "ru": (
            "имеет честь уведомить, в соответствии со статьёй 9 Венской конвенции о"
            " дипломатических сношениях и статьёй 23 Венской конвенции о консульских сношениях,"
            " что следующие лица {as_what}:{persons}\n\n"
            "Указанным лицам надлежит покинуть страну до {leave_by}."
        ),
        "tr": (
            "Diplomatik İlişkiler Hakkında Viyana Sözleşmesi’nin 9. ve Konsolosluk İlişkileri"
            " Hakkında Viyana Sözleşmesi’nin 23. maddesi uyarınca aşağıdaki kişilerin {as_what}"
            " bildirmekten onur duyar:{persons}\n\n"
            "Bu kişilerin {leave_by} tarihine kadar ülkeden ayrılmaları beklenmektedir."
        ),
    }

    ground: Literal["persona_non_grata", "not_acceptable"]
    leave_by: Day
    persons: Annotated[tuple[Member, ...], MinLen(1), MaxLen(100)]
    reason: Words | None = None

    def check(self, faults: Faults) -> None:
        """Note a person who stands here twice."""
        check_people(self, {"persons": self.persons}, faults)

    def lines(self) -> int:
        """Return the number of persons: each departure is notified."""
        return len(self.persons)

    def title_line(self) -> str:
        """Return the functions and the day: never the names."""
        return f"{functions(self.persons)}, {self.leave_by}"

    def asked_by(self) -> Day | None:
        """Return the day by which they leave."""
        return self.leave_by

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what they are declared, and who they are, in words."""
        return {
            "as_what": _AS_WHAT[lang][self.ground],
            "persons": listed(self, self.persons, lang),
        }


_AS_WHAT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "persona_non_grata": "personae non gratae",
        "not_acceptable": "not acceptable",
    },
    "ru": {
        "persona_non_grata": "объявлены персонами нон грата",
        "not_acceptable": "являются неприемлемыми",
    },
    "tr": {
        "persona_non_grata": "istenmeyen kişi (persona non grata) ilan edildiğini",
        "not_acceptable": "kabule şayan olmadığını",
    },
}
