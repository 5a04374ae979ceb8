"""Agrément: the receiving state's word before a head of mission is appointed.

Its refusal needs no reasons, and none is asked for (VCDR 4). Silence is not an answer: after long
it is a refusal in practice, but nothing here concludes that; the days are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from legation.acts.notices import Answer, NoticeKind, SentBy, Setting
from legation.acts.posts import check_own, last_stated
from legation.acts.staff import Identity
from legation.acts.state import Placed, State
from legation.acts.values import PostId, Words
from legation.errors import N_, Refusal
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(Answer):
    """The agrément is given."""

    code: ClassVar[str] = "given"
    title: ClassVar[str] = N_("Agrément given")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that agrément is given to the person named in the note.",
        "ru": "имеет честь сообщить о предоставлении агремана лицу, указанному в ноте.",
        "tr": "notada adı geçen kişi için agreman verildiğini bildirmekten onur duyar.",
    }

    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Answer):
    """The agrément is not given; no reasons are owed."""

    code: ClassVar[str] = "declined"
    title: ClassVar[str] = N_("Agrément declined")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it is not in a position to give the agrément.",
        "ru": "имеет честь сообщить, что предоставить агреман не представляется возможным.",
        "tr": "agreman verilmesinin mümkün olmadığını bildirmekten onur duyar.",
    }

    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agrement(NoticeKind, Identity):
    """The sending state asks for the agrément for whom it means to appoint as head of a mission.

    post_concerned: the mission. rank: the class of the head.
    """

    code: ClassVar[str] = "agrement"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Agrément for a head of mission")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 4",)
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_(
        "Silence is no answer. After long it is a refusal in practice, but none is concluded: the"
        " days are counted."
    )
    essential: ClassVar[str] = "representation"
    measure: ClassVar[str] = "agrement"
    answers: ClassVar[tuple[type[Answer], ...]] = (Given, Declined)
    said_beside: ClassVar[tuple[str, ...]] = ("as_what",)
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to request the agrément of the receiving State to the appointment of"
            " {name} as {as_what}. Particulars of the person proposed are enclosed.\n\n"
            "The request is made under Article 4 of the Vienna Convention on Diplomatic Relations."
        ),
        "ru": (
            "имеет честь запросить агреман государства пребывания на назначение {as_what}"
            " следующего лица: {name}. Сведения о кандидате прилагаются."
            "\n\nЗапрос направляется в соответствии со статьёй 4 Венской конвенции о"
            " дипломатических сношениях."
        ),
        "tr": (
            "{name} adlı kişinin {as_what} olarak atanması için kabul eden Devletin agremanını rica"
            " etmekten onur duyar. Adaya ilişkin bilgiler ilişikte sunulmuştur.\n\n"
            "Bu talep, Diplomatik İlişkiler Hakkında Viyana Sözleşmesi’nin 4. maddesi uyarınca"
            " yapılmaktadır."
        ),
    }

    post_concerned: PostId
    rank: Literal["ambassador", "envoy", "charge"] = "ambassador"

    def title_line(self) -> str:
        """Return the mission: never the name."""
        return self.post_concerned.name

    def about(self) -> tuple[str, ...]:
        """Return the mission."""
        return (self.post_concerned.text,)

    def said(self, lang: str) -> Mapping[str, str]:
        """Return the class of the head, in words."""
        return {"as_what": _RANKS[lang][self.rank]}

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a mission of the other side, and a post that its author stated as a consulate."""
        check_own(self.post_concerned, at)
        if str(last_stated(self.post_concerned, "type", state, at.party)) in _BY_EXEQUATUR:
            raise Refusal(
                "subject",
                thing=N_("{name}"),
                rule=N_("a head of a consular post is admitted by exequatur, not by agrément."),
                remedy=N_("Choose a mission, or write a note."),
                name=self.post_concerned,
                field="post_concerned",
            )

    def states(self, day: str) -> tuple[Setting, ...]:
        """Return that a head was proposed."""
        return (Setting(self.post_concerned, "nominated", {"value": True, "from": day}),)

    def answer_states(
        self, line: int, answer: str, fields: Mapping[str, Json], day: str
    ) -> tuple[Setting, ...]:
        """Return what was answered, and nothing more."""
        del line, fields
        return (Setting(self.post_concerned, "agrement", {"value": answer, "from": day}),)


_BY_EXEQUATUR = frozenset({"consulate_general", "consulate", "vice_consulate", "consular_agency"})
_RANKS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "ambassador": "Ambassador Extraordinary and Plenipotentiary",
        "envoy": "Envoy Extraordinary and Minister Plenipotentiary",
        "charge": "Chargé d’Affaires",
    },
    "ru": {
        "ambassador": "Чрезвычайным и Полномочным Послом",
        "envoy": "Чрезвычайным и Полномочным Посланником",
        "charge": "Поверенным в делах",
    },
    "tr": {
        "ambassador": "Olağanüstü ve Tam Yetkili Büyükelçi",
        "envoy": "Olağanüstü Temsilci ve Tam Yetkili Elçi",
        "charge": "Maslahatgüzar",
    },
}
