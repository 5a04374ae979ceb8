"""Visas for members of the staff and their families: one line a person, one answer a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.answers import Held, Withdrawn
from legation.acts.notices import Answer, Clock, NoticeKind, SentBy
from legation.acts.pairing import check_pair
from legation.acts.shapes import Faults
from legation.acts.staff import Member, check_days, check_people, functions, listed
from legation.acts.state import Placed, State
from legation.acts.values import Day, Line80, Line200, NoticeId, PostId, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Answer):
    """A visa is granted for the member and the family named on the line."""

    code: ClassVar[str] = "granted"
    title: ClassVar[str] = N_("Granted")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the visa is granted, valid until {visa_until}.",
        "ru": "имеет честь сообщить, что виза выдаётся сроком действия до {visa_until}.",
        "tr": "{visa_until} tarihine kadar geçerli vize verildiğini bildirmekten onur duyar.",
    }

    visa_from: Day | None = None
    visa_until: Day
    entries: Literal["single", "multiple"] = "multiple"
    visa_class: Line80 | None = None
    collect_at: Line200 | None = None

    def check(self, faults: Faults) -> None:
        """Note a visa that ends before it begins."""
        check_days(self.visa_from, self.visa_until, faults, ["visa_until"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Answer):
    """The visa is refused; no reason is owed, one may be given."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = N_("Refused")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the visa cannot be issued.",
        "ru": "имеет честь сообщить, что выдача визы не представляется возможной.",
        "tr": "vizenin verilmesinin mümkün olmadığını bildirmekten onur duyar.",
    }

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisaStaff(NoticeKind):
    """The sending state asks for visas for those it appoints to a post.

    persons: members of the staff with their families, a line each. serves_at: the post, if it is
    not the one that writes. arrives_from, arrives_until: when they mean to take up duty.
    paired_with: the notice of theirs that this one is tied to, one for one.
    """

    code: ClassVar[str] = "visa.staff"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Visas for staff")
    articles: ClassVar[tuple[str, ...]] = (
        "VCDR 7", "VCDR 9", "VCDR 10", "VCCR 19", "VCCR 23", "VCCR 24",
    )  # fmt: skip
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("Silence grants nothing and refuses nothing; the request waits.")
    clock: ClassVar[Clock | None] = Clock(60, "days")
    essential: ClassVar[str] = "entry_visas"
    measure: ClassVar[str] = "visas"
    answers: ClassVar[tuple[type[Answer], ...]] = (Granted, Refused, Held, Withdrawn)
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to request that entry visas be issued to the following members of its"
            " staff and the members of their families forming part of their households:"
            "{persons}\n\n"
            "The passports and the applications are enclosed. The request rests on Articles 7, 9"
            " and 10 of the Vienna Convention on Diplomatic Relations and Articles 19, 23 and 24"
            " of the Vienna Convention on Consular Relations."
        ),
        "ru": (
            "имеет честь просить о выдаче въездных виз следующим сотрудникам и членам их семей,"
            " живущим вместе с ними:{persons}\n\n"
            "Паспорта и визовые анкеты прилагаются. Просьба основывается на статьях 7, 9 и 10"
            " Венской конвенции о дипломатических сношениях и статьях 19, 23 и 24 Венской"
            " конвенции о консульских сношениях."
        ),
        "tr": (
            "aşağıda adları bulunan mensuplarına ve bunların aynı konutta yaşayan aile üyelerine"
            " giriş vizesi verilmesini rica etmekten onur duyar:{persons}\n\n"
            "Pasaportlar ve başvuru formları ilişikte sunulmuştur. Bu talep, Diplomatik İlişkiler"
            " Hakkında Viyana Sözleşmesi’nin 7, 9 ve 10. maddeleri ile Konsolosluk İlişkileri"
            " Hakkında Viyana Sözleşmesi’nin 19, 23 ve 24. maddelerine dayanır."
        ),
    }

    persons: Annotated[tuple[Member, ...], MinLen(1), MaxLen(100)]
    serves_at: PostId | None = None
    arrives_from: Day | None = None
    arrives_until: Day | None = None
    paired_with: NoticeId | None = None

    def check(self, faults: Faults) -> None:
        """Note a person who stands here twice, and an end before the beginning."""
        check_people(self, {"persons": self.persons}, faults)
        check_days(self.arrives_from, self.arrives_until, faults, ["arrives_until"])

    def lines(self) -> int:
        """Return the number of members: each is answered for."""
        return len(self.persons)

    def title_line(self) -> str:
        """Return the functions: never the names."""
        return functions(self.persons)

    def about(self) -> tuple[str, ...]:
        """Return the post, and the notice that this one is tied to."""
        return tuple(each.text for each in (self.serves_at, self.paired_with) if each)

    def said(self, lang: str) -> Mapping[str, str]:
        """Return the persons as a note names them."""
        return {"persons": listed(self, self.persons, lang)}

    @property
    def pair(self) -> str | None:
        """The notice of theirs that this one is tied to."""
        return self.paired_with

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a pair that is not a notice of the other side."""
        check_pair(self.paired_with, state, at)
