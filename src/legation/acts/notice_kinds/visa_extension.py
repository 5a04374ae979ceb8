"""Longer visas for those who serve already: one line a person, one answer a line."""

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
from legation.acts.values import Day, Line80, NoticeId, PostId, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving(Member):
    """A member who serves. visa_until: when the present visa ends. until: asked for."""

    visa_until: Day
    until: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Answer):
    """The visa is extended for the member and the family named on the line."""

    code: ClassVar[str] = "granted"
    title: ClassVar[str] = N_("Granted")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the visa is extended until {visa_until}.",
        "ru": "имеет честь сообщить, что срок действия визы продлён до {visa_until}.",
        "tr": "vize süresinin {visa_until} tarihine kadar uzatıldığını bildirmekten onur duyar.",
    }

    visa_until: Day
    entries: Literal["single", "multiple"] = "multiple"
    visa_class: Line80 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Answer):
    """The visa is not extended. leave_by: by when the member departs, if that is said."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = N_("Not extended")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the visa cannot be extended.",
        "ru": "имеет честь сообщить, что продление визы не представляется возможным.",
        "tr": "vize süresinin uzatılmasının mümkün olmadığını bildirmekten onur duyar.",
    }

    leave_by: Day | None = None
    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisaExtension(NoticeKind):
    """The sending state asks for longer visas for members of the staff who are there.

    persons: with their families, a line each. serves_at: the post, if it is not the one that
    writes. paired_with: the notice of theirs that this one is tied to, one for one.
    """

    code: ClassVar[str] = "visa.extension"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Extension of visas")
    articles: ClassVar[tuple[str, ...]] = (
        "VCDR 7", "VCDR 9", "VCDR 10", "VCCR 19", "VCCR 23", "VCCR 24",
    )  # fmt: skip
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("Silence extends nothing and ends nothing; the request waits.")
    clock: ClassVar[Clock | None] = Clock(60, "days")
    essential: ClassVar[str] = "entry_visas"
    measure: ClassVar[str] = "visas"
    answers: ClassVar[tuple[type[Answer], ...]] = (Granted, Refused, Held, Withdrawn)
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to request that the visas of the following members of its staff and of"
            " the members of their families forming part of their households be extended:"
            "{persons}\n\n"
            "The passports are enclosed. The request rests on Articles 7, 9 and 10 of the Vienna"
            " Convention on Diplomatic Relations and Articles 19, 23 and 24 of the Vienna"
            " Convention on Consular Relations."
        ),
        "ru": (
            "имеет честь просить о продлении срока действия виз следующим сотрудникам и членам их"
            " семей, живущим вместе с ними:{persons}\n\n"
            "Паспорта прилагаются. Просьба основывается на статьях 7, 9 и 10 Венской конвенции о"
            " дипломатических сношениях и статьях 19, 23 и 24 Венской конвенции о консульских"
            " сношениях."
        ),
        "tr": (
            "aşağıda adları bulunan mensuplarının ve bunların aynı konutta yaşayan aile üyelerinin"
            " vize sürelerinin uzatılmasını rica etmekten onur duyar:{persons}\n\n"
            "Pasaportlar ilişikte sunulmuştur. Bu talep, Diplomatik İlişkiler Hakkında Viyana"
            " Sözleşmesi’nin 7, 9 ve 10. maddeleri ile Konsolosluk İlişkileri Hakkında Viyana"
            " Sözleşmesi’nin 19, 23 ve 24. maddelerine dayanır."
        ),
    }

    persons: Annotated[tuple[Serving, ...], MinLen(1), MaxLen(100)]
    serves_at: PostId | None = None
    paired_with: NoticeId | None = None

    def check(self, faults: Faults) -> None:
        """Note a person who stands here twice, and an extension that ends before the visa does."""
        check_people(self, {"persons": self.persons}, faults)
        for place, each in enumerate(self.persons, 1):
            check_days(each.visa_until, each.until, faults, ["until", str(place), "persons"])

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
