"""Access to a detained national: counted in hours, since the days decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.notices import Answer, Clock, NoticeKind, SentBy
from legation.acts.shapes import Fault, Faults
from legation.acts.staff import Identity
from legation.acts.values import Instant, Line80, Line200, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Answer):
    """A consular officer may see the detained person."""

    code: ClassVar[str] = "granted"
    title: ClassVar[str] = N_("Granted")
    as_asked: ClassVar[tuple[str, ...]] = ("place",)
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the visit may take place on {at} at {place}.",
        "ru": "имеет честь сообщить, что посещение может состояться {at}, место: {place}.",
        "tr": "ziyaretin {at} tarihinde {place} adresinde yapılabileceğini bildirmekten onur"
        " duyar.",
    }

    at: Instant
    place: Line200
    conditions: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Answer):
    """The visit is refused; a reason may be given."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = N_("Refused")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the visit cannot be arranged.",
        "ru": "имеет честь сообщить, что организация посещения не представляется возможной.",
        "tr": "ziyaretin düzenlenmesinin mümkün olmadığını bildirmekten onur duyar.",
    }

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsularAccess(NoticeKind, Identity):
    """The sending state asks to see a national who is held, arrested or in prison.

    what: a visit, or correspondence. place, authority: where and by whom the person is held.
    held_since, told_at: when it began, and when the post was told; left out while not known.
    wanted_from: from when a visit is asked for.
    """

    code: ClassVar[str] = "consular.access"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Access to a detained national")
    articles: ClassVar[tuple[str, ...]] = ("VCCR 36",)
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_(
        "Silence refuses nothing and grants nothing: the hours are counted from the request. The"
        " duty “without delay” is on telling the post."
    )
    clock: ClassVar[Clock | None] = Clock(96, "hours")
    essential: ClassVar[str] = "citizen_services"
    measure: ClassVar[str] = "consular_access"
    answers: ClassVar[tuple[type[Answer], ...]] = (Granted, Refused)
    said_beside: ClassVar[tuple[str, ...]] = ("asked", "who")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to request, under Article 36 of the Vienna Convention on Consular"
            " Relations, {asked} with {who}, a national of the sending State, who is held at"
            " {place}. {request}"
        ),
        "ru": (
            "имеет честь, в соответствии со статьёй 36 Венской конвенции о консульских сношениях,"
            " просить обеспечить {asked}: {who}, гражданин представляемого государства,"
            " место содержания: {place}. {request}"
        ),
        "tr": (
            "Konsolosluk İlişkileri Hakkında Viyana Sözleşmesi’nin 36. maddesi uyarınca, {place}"
            " adresinde tutulan, gönderen Devlet vatandaşı, {who} ile {asked}"
            " sağlanmasını rica etmekten onur duyar. {request}"
        ),
    }

    what: Literal["visit", "correspondence"] = "visit"
    place: Line200
    authority: Line200 | None = None
    case_number: Line80 | None = None
    held_since: Instant | None = None
    told_at: Instant | None = None
    wanted_from: Instant | None = None
    request: Annotated[str, MinLen(1), MaxLen(2_000)]

    def check(self, faults: Faults) -> None:
        """Note a post that was told before the detention began."""
        if self.held_since and self.told_at and self.told_at.before(self.held_since):
            rule, remedy = N_("it ends before it begins."), N_("Correct one of the two times.")
            faults.append(Fault("span", rule, remedy, path=["told_at"]))

    def title_line(self) -> str:
        """Return where the person is held: never who it is."""
        return self.place

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what is asked for, and for whom, in words."""
        born = _BORN[lang] if self.born else ""
        return {"asked": _ASKED[lang][self.what], "who": f"{{p1.name}}{born}"}


_ASKED: Mapping[str, Mapping[str, str]] = {
    "en": {"visit": "consular access and a visit", "correspondence": "correspondence"},
    "ru": {"visit": "консульский доступ и посещение", "correspondence": "переписку"},
    "tr": {"visit": "konsolosluk erişimi ve ziyaret", "correspondence": "haberleşme"},
}
_BORN: Mapping[str, str] = {
    "en": " (born {p1.born})",
    "ru": " (дата рождения {p1.born})",
    "tr": " (doğum tarihi {p1.born})",
}
