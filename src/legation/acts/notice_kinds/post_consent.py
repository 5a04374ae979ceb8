"""Consent to a post: opening, closing, suspending, reopening, and the district of a consulate.

A consular post lives by the receiving state's consent (VCCR 4), a mission by that of both (VCDR
2). Closing is not suspending: a suspended post stays established. Either side writes: the sending
state asks for consent, or says that it closes or suspends a post of its own; the receiving state
gives consent, takes it back, or asks that a post be suspended.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from annotated_types import MaxLen, MinLen

from legation.acts.answers import Held, Noted, Refused
from legation.acts.formulae import spoken
from legation.acts.kinds.post import PostType
from legation.acts.notices import Answer, NoticeKind, SentBy, Setting
from legation.acts.phrases import particulars, reference
from legation.acts.posts import check_own, check_theirs, owner, with_name
from legation.acts.shapes import Fault, Faults
from legation.acts.state import Placed, State
from legation.acts.values import Day, Line80, Line200, PostId, Words
from legation.errors import N_
from legation.record.canon import Json

Step: TypeAlias = Literal["open", "close", "suspend", "reopen", "district"]
District = Annotated[str, MinLen(1), MaxLen(500)]
CONSULAR: Final = frozenset({"consulate_general", "consulate", "vice_consulate", "consular_agency"})
WITHOUT_DISTRICT: Final = frozenset({"residence", "permanent_mission", "ministry", "office"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed(Answer):
    """Agreed to. district: the consular district agreed to, where it is another than asked for."""

    code: ClassVar[str] = "agreed"
    title: ClassVar[str] = N_("Agreed")
    as_asked: ClassVar[tuple[str, ...]] = ("district",)
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it agrees to the matter set out in the note.",
        "ru": "имеет честь сообщить о своём согласии с изложенным в ноте.",
        "tr": "notada belirtilen hususa muvafakat edildiğini bildirmekten onur duyar.",
    }

    district: District | None = None
    conditions: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostConsent(NoticeKind):
    """Either state writes about the consent to a post, or about its closing.

    written_as: as which state we write about this post. step: what is to happen. post_concerned:
    the post; a new one is named as it will be, "post/US-LED". name: how the note names it.
    post_type: its class. seat: its town. district: the consular district, for opening, reopening
    or changing it. effective: from which day.
    """

    code: ClassVar[str] = "post.consent"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Consent to a post, or its closing")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 2", "VCDR 12", "VCCR 4")
    sent_by: ClassVar[SentBy] = "either"
    silence: ClassVar[str] = N_(
        "A request waits, and silence consents to nothing; a notification stands without an answer."
    )
    essential: ClassVar[str] = "continuity"
    measure: ClassVar[str] = "consent"
    answers: ClassVar[tuple[type[Answer], ...]] = (Agreed, Refused, Noted, Held)
    said_beside: ClassVar[tuple[str, ...]] = ("told", "more", "reference")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to {told}{more}\n\n{reference}",
        "ru": "имеет честь {told}{more}\n\n{reference}",
        "tr": "{told}{more}\n\n{reference}",
    }

    written_as: Literal["sending", "receiving"]
    step: Step
    post_concerned: PostId
    name: Line200
    post_type: PostType | None = None
    seat: Line80 | None = None
    district: District | None = None
    effective: Day | None = None
    reason: Words | None = None

    def check(self, faults: Faults) -> None:
        """Note a district where none belongs, one that is missing, and an end without its day."""
        if self.step == "district" and self.district is None:
            rule = N_("a change of district says what the district is to be.")
            faults.append(Fault("missing-field", rule, N_("Fill it in."), path=["district"]))
        if self.step in ("close", "suspend") and self.effective is None:
            rule = N_("closing and suspending have a day.")
            faults.append(Fault("missing-field", rule, N_("Fill it in."), path=["effective"]))
        none = self.step in ("close", "suspend") or self.post_type in WITHOUT_DISTRICT
        if none and self.district is not None:
            rule = N_("no consular district belongs to this.")
            faults.append(Fault("form", rule, N_("Leave it out."), path=["district"]))

    def title_line(self) -> str:
        """Return the post as the note names it."""
        return self.name

    def about(self) -> tuple[str, ...]:
        """Return the post."""
        return (self.post_concerned.text,)

    def asked_by(self) -> Day | None:
        """Return the day on which a post is to close or to stop its work."""
        return self.effective if self.step in ("close", "suspend") else None

    @property
    def _asks(self) -> bool:
        """Whether it is a request: it needs the other side's consent, or its deed."""
        if self.written_as == "sending":
            return self.step in ("open", "reopen", "district")
        return self.step == "suspend"

    def silent(self) -> str:
        """Return what silence means: to a request, to a notification, to consent taken back."""
        if self._asks:
            return N_("Silence agrees to nothing; the request waits.")
        if (self.written_as, self.step) == ("receiving", "close"):
            return N_("It stands without an answer: a post lives by consent; the day runs.")
        return N_("A notification: it stands without an answer.")

    def allowed(self) -> tuple[type[Answer], ...]:
        """Allow what fits: a request is agreed to or refused, a notification noted."""
        if self._asks:
            return (Agreed, Refused, Held)
        return (Noted,) if self.written_as == "sending" else (Agreed, Noted)

    def rests_on(self) -> tuple[str, ...]:
        """Return the article on this type of post, all of them where the type is left out."""
        if self.post_type is None:
            return self.articles
        if self.post_type in CONSULAR:
            return ("VCCR 4",)
        return ("VCDR 12",) if self.post_type == "office" else ("VCDR 2",)

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what is asked for or notified, and its particulars, in words."""
        places = spoken(self, lang)
        shown = [(key, places[key]) for key in ("seat", "district", "effective")]
        more = "" if self.reason is None else f"\n\n{self.reason}"
        return {
            "told": _TOLD[lang][self.written_as, self.step].format_map(places),
            "more": particulars(_LABELS[lang], shown) + more,
            "reference": reference(self.rests_on(), lang),
        }

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a post that is not of the side as which its author writes."""
        if self.written_as == "sending":
            check_own(self.post_concerned, at)
        else:
            check_theirs(self.post_concerned, state, at)

    def states(self, day: str) -> tuple[Setting, ...]:
        """Return what it says of its own: of the post's status, or of the consent to it."""
        if self.written_as == "sending":
            status = _STATUS.get(self.step)
            if status is None:
                return ()
            return (self._setting("status", status, day, "sending", note=self.reason),)
        return self._consenting(self.district, day, note=self.reason)

    def answer_states(
        self, line: int, answer: str, fields: Mapping[str, Json], day: str
    ) -> tuple[Setting, ...]:
        """Return the consent, or what the sending state does as it was asked to."""
        del line
        # What is asked for in a note is the asker's reason; an answer states the answerer's own.
        district = fields.get("district", self.district)
        if answer == "agreed":
            if self.written_as == "sending":
                return self._consenting(district, day, note=fields.get("conditions"))
            return self._following(district, day)
        if answer == "refused" and self.written_as == "sending" and self.step != "district":
            reason = fields.get("reason")
            return (self._setting("consent", "refused", day, "receiving", note=reason),)
        return ()

    def _consenting(self, district: Json, day: str, *, note: Json = None) -> tuple[Setting, ...]:
        """Return what the receiving state says of its consent."""
        out = []
        if self.step in ("open", "reopen"):
            out.append(self._setting("consent", "given", day, "receiving", note=note))
        if self.step == "close":
            out.append(self._setting("consent", "withdrawn", day, "receiving", note=note))
        if district is not None:
            out.append(self._setting("consent_district", district, day))
        return tuple(out)

    def _following(self, district: Json, day: str) -> tuple[Setting, ...]:
        """Return what the sending state says of its post, by the other's measure."""
        if self.step in _STATUS:
            return (self._setting("status", _STATUS[self.step], day, "receiving"),)
        named = self.step == "district" and district is not None
        return (self._setting("district", district, day),) if named else ()

    def _setting(
        self, field: str, value: Json, day: str, by: str | None = None, *, note: Json = None
    ) -> Setting:
        """Return a statement from the day that the notice names, else that of the act."""
        begin = day if self.effective is None else self.effective.text
        told: dict[str, Json] = {"value": value, "from": begin}
        told |= {} if by is None else {"by": by}
        return Setting(self.post_concerned, field, told if note is None else {**told, "note": note})

    @classmethod
    def filled(cls, data: Mapping[str, Json], state: State, by: str) -> Mapping[str, Json]:
        """Fill in as which state a party writes about a post, and how its own side names it."""
        post = data.get("post_concerned")
        if isinstance(post, str) and not data.get("written_as"):
            data = {**data, "written_as": "sending" if owner(post) == by else "receiving"}
        return with_name(data, state)


_STATUS: Mapping[str, str] = {"close": "closed", "suspend": "suspended"}
_LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {"seat": "Seat", "district": "Consular district", "effective": "As from"},
    "ru": {
        "seat": "Местопребывание",
        "district": "Консульский округ",
        "effective": "Начальная дата",
    },
    "tr": {"seat": "Merkezi", "district": "Görev çevresi", "effective": "Başlangıç tarihi"},
}
_TOLD: Mapping[str, Mapping[tuple[str, str], str]] = {
    "en": {
        ("sending", "open"): "request consent to the opening of “{name}”.",
        ("sending", "close"): "notify the closing of “{name}” as from {effective}.",
        ("sending", "suspend"): (
            "notify that the work of “{name}” is suspended as from {effective}; the post remains"
            " established."
        ),
        ("sending", "reopen"): "request consent to the reopening of “{name}”.",
        ("sending", "district"): (
            "request consent to a change of the consular district of “{name}”."
        ),
        ("receiving", "open"): "state that it consents to the opening of “{name}”.",
        ("receiving", "close"): (
            "notify that consent to “{name}” is withdrawn as from {effective}, and to request that"
            " the post be closed by then."
        ),
        ("receiving", "suspend"): (
            "request that the work of “{name}” be suspended as from {effective}."
        ),
        ("receiving", "reopen"): "state that it consents to the reopening of “{name}”.",
        ("receiving", "district"): ("state to which consular district of “{name}” it consents."),
    },
    "ru": {
        ("sending", "open"): "просить согласия на открытие учреждения «{name}».",
        ("sending", "close"): "уведомить о закрытии учреждения «{name}» с {effective}.",
        ("sending", "suspend"): (
            "уведомить о приостановке деятельности учреждения «{name}» с {effective}; учреждение"
            " сохраняется."
        ),
        ("sending", "reopen"): (
            "просить согласия на возобновление деятельности учреждения «{name}»."
        ),
        ("sending", "district"): (
            "просить согласия на изменение консульского округа учреждения «{name}»."
        ),
        ("receiving", "open"): "сообщить о согласии на открытие учреждения «{name}».",
        ("receiving", "close"): (
            "уведомить об отзыве с {effective} согласия на деятельность учреждения «{name}» и"
            " просить закрыть его к этому дню."
        ),
        ("receiving", "suspend"): (
            "просить приостановить деятельность учреждения «{name}» с {effective}."
        ),
        ("receiving", "reopen"): (
            "сообщить о согласии на возобновление деятельности учреждения «{name}»."
        ),
        ("receiving", "district"): (
            "сообщить о согласии на указанный ниже консульский округ учреждения «{name}»."
        ),
    },
    "tr": {
        ("sending", "open"): (
            "“{name}” temsilciliğinin açılmasına muvafakat edilmesini rica etmekten onur duyar."
        ),
        ("sending", "close"): (
            "“{name}” temsilciliğinin {effective} tarihinden itibaren kapatıldığını bildirmekten"
            " onur duyar."
        ),
        ("sending", "suspend"): (
            "“{name}” temsilciliğinin faaliyetlerinin {effective} tarihinden itibaren askıya"
            " alındığını ve temsilciliğin kurulu kaldığını bildirmekten onur duyar."
        ),
        ("sending", "reopen"): (
            "“{name}” temsilciliğinin yeniden açılmasına muvafakat edilmesini rica etmekten onur"
            " duyar."
        ),
        ("sending", "district"): (
            "“{name}” temsilciliğinin görev çevresinin değiştirilmesine muvafakat edilmesini rica"
            " etmekten onur duyar."
        ),
        ("receiving", "open"): (
            "“{name}” temsilciliğinin açılmasına muvafakat edildiğini bildirmekten onur duyar."
        ),
        ("receiving", "close"): (
            "“{name}” temsilciliğine ilişkin muvafakatin {effective} tarihinden itibaren geri"
            " çekildiğini bildirmekten ve temsilciliğin o tarihe kadar kapatılmasını rica etmekten"
            " onur duyar."
        ),
        ("receiving", "suspend"): (
            "“{name}” temsilciliğinin faaliyetlerinin {effective} tarihinden itibaren askıya"
            " alınmasını rica etmekten onur duyar."
        ),
        ("receiving", "reopen"): (
            "“{name}” temsilciliğinin yeniden açılmasına muvafakat edildiğini bildirmekten onur"
            " duyar."
        ),
        ("receiving", "district"): (
            "“{name}” temsilciliğinin aşağıda belirtilen görev çevresine muvafakat edildiğini"
            " bildirmekten onur duyar."
        ),
    },
}
