"""A request for access to a building: it waits until it is granted or refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.answers import Held
from legation.acts.base import not_entitled
from legation.acts.kinds.premises import Premises
from legation.acts.notices import Answer, Clock, NoticeKind, SentBy
from legation.acts.shapes import Fault, Faults
from legation.acts.state import Placed, State
from legation.acts.values import Instant, Line200, PremisesId, Words
from legation.errors import N_


def _check_order(begin: Instant, end: Instant, faults: Faults, field: str) -> None:
    if not begin.before(end):
        rule, remedy = N_("it ends before it begins."), N_("Correct one of the two times.")
        faults.append(Fault("span", rule, remedy, path=[field]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Answer):
    """Access is granted: from when to when, escorted or not, on which conditions."""

    code: ClassVar[str] = "granted"
    title: ClassVar[str] = N_("Granted")
    as_asked: ClassVar[tuple[str, ...]] = ("from", "until")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that access is granted from {from} to {until}.",
        "ru": "имеет честь сообщить, что доступ предоставлен с {from} до {until}.",
        "tr": "{from} ile {until} arasında girişe izin verildiğini bildirmekten onur duyar.",
    }

    from_: Instant
    until: Instant
    escorted: bool
    meeting_point: Line200 | None = None
    conditions: Words | None = None

    def check(self, faults: Faults) -> None:
        """Note an end before the beginning."""
        _check_order(self.from_, self.until, faults, "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Answer):
    """Access is refused; a reason may be given."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = N_("Refused")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that access cannot be granted.",
        "ru": "имеет честь сообщить, что предоставление доступа не представляется возможным.",
        "tr": "girişe izin verilmesinin mümkün olmadığını bildirmekten onur duyar.",
    }

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesAccess(NoticeKind):
    """The sending state asks to enter premises of its own that it cannot enter freely.

    premises: which. name: how the note names them. purpose: what for. from, until: when.
    visitors: how many persons. vehicles: how many.
    """

    code: ClassVar[str] = "premises.access"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Access to premises")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 22", "VCDR 45", "VCCR 27", "VCCR 31")
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("In practice silence is a refusal; the request waits.")
    clock: ClassVar[Clock | None] = Clock(30, "days")
    essential: ClassVar[str] = "premises"
    measure: ClassVar[str] = "access"
    answers: ClassVar[tuple[type[Answer], ...]] = (Granted, Refused, Held)
    courtesy: ClassVar[Literal["made", "by_hand"]] = "made"
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to request access to the premises “{name}” from {from} to {until}"
            " for {visitors} person(s). Purpose of the visit: {purpose}\n\n"
            "The request rests on Articles 22 and 45 of the Vienna Convention on Diplomatic"
            " Relations and Articles 27 and 31 of the Vienna Convention on Consular Relations."
        ),
        "ru": (
            "имеет честь просить о предоставлении доступа в помещения «{name}» с {from} до"
            " {until} (число лиц: {visitors}). Цель посещения: {purpose}\n\n"
            "Просьба основывается на статьях 22 и 45 Венской конвенции о дипломатических"
            " сношениях и статьях 27 и 31 Венской конвенции о консульских сношениях."
        ),
        "tr": (
            "“{name}” binalarına {from} ile {until} arasında {visitors} kişinin girmesine izin"
            " verilmesini rica etmekten onur duyar. Ziyaretin amacı: {purpose}\n\n"
            "Bu talep, Diplomatik İlişkiler Hakkında Viyana Sözleşmesi’nin 22 ve 45. maddeleri ile"
            " Konsolosluk İlişkileri Hakkında Viyana Sözleşmesi’nin 27 ve 31. maddelerine dayanır."
        ),
    }

    premises: PremisesId
    name: Line200
    purpose: Annotated[str, MinLen(1), MaxLen(1_000)]
    from_: Instant
    until: Instant
    visitors: Annotated[int, Ge(1), Le(500)] = 1
    vehicles: Annotated[int, Ge(0), Le(100)] = 0

    def check(self, faults: Faults) -> None:
        """Note an end before the beginning."""
        _check_order(self.from_, self.until, faults, "until")

    def title_line(self) -> str:
        """Return the premises as the note names them."""
        return self.name

    def about(self) -> tuple[str, ...]:
        """Return the premises."""
        return (self.premises.text,)

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse it from a side whose premises they are not.

        What the side itself stated decides, else what it had seen the other state; premises
        that neither has stated may be asked for all the same.
        """
        premises = state.find(Premises, self.premises)
        sending = None if premises is None else premises.sending_seen(at)
        if sending not in (None, at.party):
            raise not_entitled(
                N_("Request for access to {name}"),
                N_("access is asked for by the state whose premises they are."),
                name=self.premises,
            )
