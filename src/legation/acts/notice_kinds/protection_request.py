"""A request for protection: of premises, persons, homes or archives, by a certain hour.

The duty to protect stands without a request (VCDR 22, 29; VCCR 31, 40); the request says where,
when and from what, so that nobody can say that they were not told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.answers import Refused
from legation.acts.formulae import spoken
from legation.acts.kinds.premises import Premises
from legation.acts.notices import Answer, Clock, NoticeKind, SentBy, Setting
from legation.acts.phrases import particulars, reference, together
from legation.acts.posts import check_own, check_premises
from legation.acts.shapes import Fault, Faults
from legation.acts.state import Placed, State
from legation.acts.values import Instant, Line200, PostId, PremisesId, Words
from legation.errors import N_
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresTaken(Answer):
    """Measures are taken. measures: which. protection: whether it is given in full."""

    code: ClassVar[str] = "measures"
    title: ClassVar[str] = N_("Measures taken")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the following measures are taken: {measures}",
        "ru": "имеет честь сообщить, что принимаются следующие меры: {measures}",
        "tr": "aşağıdaki önlemlerin alındığını bildirmekten onur duyar: {measures}",
    }

    measures: Words
    protection: Literal["full", "reduced"] = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionRequest(NoticeKind):
    """The sending state asks that a post of its own, or those who work there, be protected.

    post_concerned: which post. premises: the building, if it was stated. protects: what is to be
    protected. place: where, as the note names it. from, until: when. threat: what is expected or
    has happened. request: which measures are asked for. Nobody is named here.
    """

    code: ClassVar[str] = "protection.request"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Request for protection")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 22", "VCDR 29", "VCCR 31", "VCCR 40")
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_(
        "Silence refuses nothing: the duty to protect stands without an answer. The hours are"
        " counted."
    )
    clock: ClassVar[Clock | None] = Clock(24, "hours")
    essential: ClassVar[str] = "protection"
    measure: ClassVar[str] = "protection"
    answers: ClassVar[tuple[type[Answer], ...]] = (MeasuresTaken, Refused)
    said_beside: ClassVar[tuple[str, ...]] = ("what", "particulars", "reference")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to request that all appropriate steps be taken to protect {what}."
            "{particulars}\n\n{threat}\n\n{request}\n\n{reference}"
        ),
        "ru": (
            "имеет честь просить принять все надлежащие меры для защиты {what}."
            "{particulars}\n\n{threat}\n\n{request}\n\n{reference}"
        ),
        "tr": (
            "{what} korunması için gerekli bütün önlemlerin alınmasını rica etmekten onur duyar."
            "{particulars}\n\n{threat}\n\n{request}\n\n{reference}"
        ),
    }

    post_concerned: PostId
    premises: PremisesId | None = None
    protects: Annotated[
        tuple[Literal["premises", "persons", "homes", "archives"], ...], MinLen(1), MaxLen(4)
    ]
    place: Line200
    from_: Instant
    until: Instant | None = None
    threat: Annotated[str, MinLen(1), MaxLen(4_000)]
    request: Words

    def check(self, faults: Faults) -> None:
        """Note an end before the beginning."""
        if self.until is not None and not self.from_.before(self.until):
            rule, remedy = N_("it ends before it begins."), N_("Correct one of the two times.")
            faults.append(Fault("span", rule, remedy, path=["until"]))

    def title_line(self) -> str:
        """Return the place."""
        return self.place

    def about(self) -> tuple[str, ...]:
        """Return the post and the building."""
        return tuple(each.text for each in (self.post_concerned, self.premises) if each)

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what is to be protected, where and when, in words."""
        told = spoken(self, lang)
        shown = [(key, told[key]) for key in ("place", "from", "until")]
        return {
            "what": together([_WHAT[lang][each] for each in dict.fromkeys(self.protects)], lang),
            "particulars": particulars(_LABELS[lang], shown),
            "reference": reference(self.articles, lang),
        }

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a post or a building of the other side."""
        check_own(self.post_concerned, at)
        if self.premises is not None:
            check_premises(self.premises, state.find(Premises, self.premises), at)

    def answer_states(
        self, line: int, answer: str, fields: Mapping[str, Json], day: str
    ) -> tuple[Setting, ...]:
        """Return how far protection is given, where measures are taken."""
        del line
        if answer != "measures":
            return ()
        given = fields.get("protection", "full")
        return (Setting(self.post_concerned, "protection_given", {"value": given, "from": day}),)


_LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {"place": "Place", "from": "From", "until": "Until"},
    "ru": {"place": "Место", "from": "Начало", "until": "Окончание"},
    "tr": {"place": "Yer", "from": "Başlangıç", "until": "Bitiş"},
}
_WHAT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "premises": "the premises of the post",
        "persons": "the members of its staff",
        "homes": "their homes",
        "archives": "its archives and documents",
    },
    "ru": {
        "premises": "помещений учреждения",
        "persons": "его сотрудников",
        "homes": "их жилых помещений",
        "archives": "его архивов и документов",
    },
    "tr": {
        "premises": "temsilcilik binalarının",
        "persons": "mensuplarının",
        "homes": "konutlarının",
        "archives": "arşiv ve belgelerinin",
    },
}
