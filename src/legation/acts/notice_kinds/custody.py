"""Custody after a post closes: a protecting power, its premises, its archives.

After a break of relations, or a closing, the receiving state respects and protects premises,
property and archives; who keeps them, and who looks after the interests, needs its consent (VCDR
45, 46; VCCR 8, 27).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.answers import Held, Refused
from legation.acts.formulae import spoken
from legation.acts.kinds.premises import Premises
from legation.acts.notices import Answer, NoticeKind, SentBy, Setting
from legation.acts.phrases import particulars, reference, together
from legation.acts.posts import check_own, check_premises, with_name
from legation.acts.state import Placed, State
from legation.acts.values import Day, Line200, PostId, PremisesId, Words
from legation.errors import N_
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed(Answer):
    """The custodian is acceptable."""

    code: ClassVar[str] = "agreed"
    title: ClassVar[str] = N_("Agreed")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it consents to the matter set out in the note.",
        "ru": "имеет честь сообщить о своём согласии с изложенным в ноте.",
        "tr": "notada belirtilen hususa rıza gösterildiğini bildirmekten onur duyar.",
    }

    conditions: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody(NoticeKind):
    """The sending state asks for consent to who keeps what of a post after it closes.

    post_concerned: the post. name: how the note names it. custodian: the state, or the post of
    one's own, to which it is entrusted. entrusts: what. premises: the buildings. effective: from
    which day. arrangements: keys, inventories, guards.
    """

    code: ClassVar[str] = "custody"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Protecting power and custody")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 45", "VCDR 46", "VCCR 8", "VCCR 27")
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("Silence agrees to nothing; what closed is protected all the same.")
    essential: ClassVar[str] = "continuity"
    measure: ClassVar[str] = "custody"
    answers: ClassVar[tuple[type[Answer], ...]] = (Agreed, Refused, Held)
    said_beside: ClassVar[tuple[str, ...]] = ("what", "particulars", "reference")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to request consent that, as from {effective}, {what} of “{name}” be"
            " entrusted to: {custodian}.{particulars}\n\n{reference}"
        ),
        "ru": (
            "имеет честь просить согласия вверить с {effective} {what} учреждения «{name}»"
            " следующей стороне: {custodian}.{particulars}\n\n{reference}"
        ),
        "tr": (
            "{effective} tarihinden itibaren “{name}” temsilciliğinin {what} aşağıda belirtilene"
            " tevdi edilmesine rıza gösterilmesini rica etmekten onur duyar: {custodian}."
            "{particulars}\n\n{reference}"
        ),
    }

    post_concerned: PostId
    name: Line200
    custodian: Line200
    entrusts: Annotated[
        tuple[Literal["interests", "premises", "archives"], ...], MinLen(1), MaxLen(3)
    ]
    premises: Annotated[tuple[PremisesId, ...], MaxLen(20)] = ()
    effective: Day
    arrangements: Words | None = None

    def title_line(self) -> str:
        """Return the post and the custodian as the note names them."""
        return f"{self.name}: {self.custodian}"

    def about(self) -> tuple[str, ...]:
        """Return the post and the buildings."""
        return tuple(each.text for each in (self.post_concerned, *self.premises))

    def rests_on(self) -> tuple[str, ...]:
        """Return the articles on what is entrusted: interests, or premises and archives."""
        keeps = {*self.entrusts} - {"interests"}
        acts_for = "interests" in self.entrusts
        return (
            "VCDR 45",
            *(("VCDR 46", "VCCR 8") if acts_for else ()),
            *(("VCCR 27",) if keeps or not acts_for else ()),
        )

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what is entrusted, and how, in words."""
        told = spoken(self, lang)
        words = [_WHAT[lang][each] for each in dict.fromkeys(self.entrusts)]
        return {
            "what": together(words, lang),
            "particulars": particulars(_LABELS[lang], [("arrangements", told["arrangements"])]),
            "reference": reference(self.rests_on(), lang),
        }

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a post or a building of the other side."""
        check_own(self.post_concerned, at)
        for name in self.premises:
            check_premises(name, state.find(Premises, name), at)

    def states(self, day: str) -> tuple[Setting, ...]:
        """Return who is to keep what the post leaves."""
        del day
        return (self._setting("custody", self.custodian),)

    def answer_states(
        self, line: int, answer: str, fields: Mapping[str, Json], day: str
    ) -> tuple[Setting, ...]:
        """Return whether the receiving state agrees to the custodian."""
        del line, fields, day
        return (self._setting("custody_agreed", answer),)

    def _setting(self, field: str, value: str) -> Setting:
        return Setting(self.post_concerned, field, {"value": value, "from": self.effective.text})

    @classmethod
    def filled(cls, data: Mapping[str, Json], state: State, by: str) -> Mapping[str, Json]:
        """Fill in how the post's own side names it."""
        del by
        return with_name(data, state)


_LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {"arrangements": "Arrangements"},
    "ru": {"arrangements": "Порядок"},
    "tr": {"arrangements": "Düzenlemeler"},
}
_WHAT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "interests": "the protection of interests",
        "premises": "the premises and property",
        "archives": "the archives",
    },
    "ru": {
        "interests": "защиту интересов",
        "premises": "помещения с имуществом",
        "archives": "архивы",
    },
    "tr": {
        "interests": "çıkarlarının korunmasının",
        "premises": "binaları ile mallarının",
        "archives": "arşivlerinin",
    },
}
