"""A journey of staff: a notification or a request for permission, as the regime then has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.kinds.regime import Regime
from legation.acts.notices import Answer, Clock, NoticeKind, SentBy, Spending
from legation.acts.regimes import in_force, regimes_of, rule_seen, rules
from legation.acts.shapes import Fault, Faults
from legation.acts.staff import Identity, check_people
from legation.acts.state import Placed, State
from legation.acts.values import Id, Instant, Line80, Line200, Of, Words
from legation.errors import N_, Refusal
from legation.record.canon import Json

SUBJECT: Final = "movement"
USUAL_HOURS: Final = 48
"""Asked for where no regime says how long before it wants to be told."""
FITTING: Final[Mapping[str, tuple[str, ...]]] = {
    "notification": ("notification", "free"),
    "permission": ("permission",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller(Identity):
    """Somebody who travels; their function stands in the record, their name beside it."""

    function: Line80


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Answer):
    """The journey is taken note of: under a notification that is all it needs."""

    code: ClassVar[str] = "noted"
    title: ClassVar[str] = N_("Noted")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it has taken note of the journey.",
        "ru": "имеет честь сообщить, что уведомление о поездке принято к сведению.",
        "tr": "seyahatin not edildiğini bildirmekten onur duyar.",
    }

    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Answer):
    """The journey is permitted, with conditions perhaps."""

    code: ClassVar[str] = "granted"
    title: ClassVar[str] = N_("Granted")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that there is no objection to the journey.",
        "ru": "имеет честь сообщить, что возражений против поездки не имеется.",
        "tr": "seyahate itiraz bulunmadığını bildirmekten onur duyar.",
    }

    conditions: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Answer):
    """The journey is not permitted; a reason may be given."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = N_("Refused")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the journey cannot be permitted.",
        "ru": "имеет честь сообщить, что осуществление поездки не представляется возможным.",
        "tr": "seyahate izin verilmesinin mümkün olmadığını bildirmekten onur duyar.",
    }

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(NoticeKind):
    """Staff travel beyond where they may move freely.

    mode: a notification lets them travel unless more is said; a permission has to be granted.
    regime: the rule that was in force for the day of travel, and hours: how long before it asks
    to be told; both are filled in from what the receiving state declared. leaves, returns: when.
    route: places in order. by_what: means of travel, plates of cars. travellers: who.
    """

    code: ClassVar[str] = "movement"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Journey of staff")
    dated: ClassVar[bool] = True
    articles: ClassVar[tuple[str, ...]] = ("VCDR 26", "VCCR 34")
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_(
        "After a notification silence lets them travel; where permission is needed, it does not."
    )
    essential: ClassVar[str] = "movement"
    measure: ClassVar[str] = "movement"
    answers: ClassVar[tuple[type[Answer], ...]] = (Noted, Granted, Refused)
    said_beside: ClassVar[tuple[str, ...]] = ("what", "who")
    fills: ClassVar[tuple[str, ...]] = ("mode", "regime", "hours")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to {what} of {who} from {leaves} to {returns}. Route: {route}. Means of"
            " travel: {by_what}. Purpose: {purpose}\n\n"
            "Reference is made to Article 26 of the Vienna Convention on Diplomatic Relations and"
            " Article 34 of the Vienna Convention on Consular Relations."
        ),
        "ru": (
            "имеет честь {what} {who} с {leaves} по {returns}. Маршрут: {route}. Вид транспорта:"
            " {by_what}. Цель: {purpose}\n\n"
            "Основание: статья 26 Венской конвенции о дипломатических сношениях и статья 34"
            " Венской конвенции о консульских сношениях."
        ),
        "tr": (
            "{who} için {leaves} ile {returns} arasında {what} onur duyar. Güzergâh: {route}."
            " Ulaşım aracı: {by_what}. Amaç: {purpose}\n\n"
            "Dayanak: Diplomatik İlişkiler Hakkında Viyana Sözleşmesi’nin 26. maddesi ve"
            " Konsolosluk İlişkileri Hakkında Viyana Sözleşmesi’nin 34. maddesi."
        ),
    }

    mode: Literal["notification", "permission"] = "notification"
    regime: Annotated[Id, Of("regime")] | None = None
    hours: Annotated[int, Ge(1), Le(1_000)] | None = None
    leaves: Instant
    returns: Instant
    route: Annotated[tuple[Line80, ...], MinLen(1), MaxLen(20)]
    by_what: Line200
    purpose: Annotated[str, MinLen(1), MaxLen(1_000)]
    travellers: Annotated[tuple[Traveller, ...], MinLen(1), MaxLen(60)]

    def check(self, faults: Faults) -> None:
        """Note a return before the departure, and a traveller who stands here twice."""
        if not self.leaves.before(self.returns):
            rule, remedy = N_("it ends before it begins."), N_("Correct one of the two times.")
            faults.append(Fault("span", rule, remedy, path=["returns"]))
        check_people(self, {"travellers": self.travellers}, faults)

    @property
    def day(self) -> date:
        """The day of travel, as the clocks at the place of departure have it."""
        return date.fromisoformat(self.leaves[:10])

    def title_line(self) -> str:
        """Return the day and the route: never the names."""
        return f"{self.leaves[:10]} {' – '.join(self.route)}"[:200]

    def about(self) -> tuple[str, ...]:
        """Return the regime."""
        return () if self.regime is None else (self.regime.text,)

    def asks(self) -> Clock | None:
        """Ask as long before as the regime wants to be told; a notification asks for nothing."""
        if self.mode == "notification":
            return None
        return Clock(USUAL_HOURS if self.hours is None else self.hours, "hours")

    def silent(self) -> str:
        """Return what silence means under the mode."""
        if self.mode == "notification":
            return N_("A notification: without an answer they may travel.")
        return N_("A permission: without an answer they may not travel; the request waits.")

    def allowed(self) -> tuple[type[Answer], ...]:
        """Allow what the mode allows: a notification is noted, a permission granted or refused."""
        return (Noted,) if self.mode == "notification" else (Granted, Refused)

    def spends(self) -> Spending | None:
        """Take one journey of the regime's quota."""
        return None if self.regime is None else Spending(self.regime, self.day)

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what is done, and who travels, in words."""
        return {"what": _WHAT[lang][self.mode], "who": _who(self.travellers, lang)}

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a regime that was not in force for that day, or that has another mode."""
        if self.regime is None:
            return
        held = state.find(Regime, self.regime)
        rule = None if held is None else rule_seen(held, at, at.party, self.day, SUBJECT)
        if rule is None or rule.terms.mode not in FITTING[self.mode]:
            raise Refusal(
                "regime",
                thing=N_("Journey of {day} under {regime}"),
                rule=N_("on that day the regime is {mode}, and the notice says {said}."),
                remedy=N_("Choose the regime that is in force on the day of travel, and its mode."),
                day=self.day.isoformat(),
                regime=self.regime,
                mode="none" if rule is None else rule.terms.mode,
                said=self.mode,
            )

    @classmethod
    def filled(cls, data: Mapping[str, Json], state: State, by: str) -> Mapping[str, Json]:
        """Fill in the regime that is in force on the day of travel, its mode and hours."""
        leaves = data.get("leaves")
        if data.get("regime") or not isinstance(leaves, str):
            return data
        try:
            day = date.fromisoformat(leaves[:10])
        except ValueError:
            return data
        rule = in_force(rules(regimes_of(state), by, SUBJECT), day)
        if rule is None:
            return data
        told = dict(data)
        fitting = [mode for mode, modes in FITTING.items() if rule.terms.mode in modes]
        if fitting and told.get("mode", fitting[0]) == fitting[0]:
            told.update(regime=rule.regime, mode=fitting[0])
            if rule.terms.hours and "hours" not in told:
                told["hours"] = min(max(rule.terms.hours, 1), 1_000)
        return told


_WHAT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "notification": "give notice of a journey",
        "permission": "request permission for a journey",
    },
    "ru": {
        "notification": "уведомить о поездке",
        "permission": "просить разрешения на поездку",
    },
    "tr": {
        "notification": "yapılacak seyahati bildirmekten",
        "permission": "seyahat izni verilmesini rica etmekten",
    },
}


def _who(travellers: tuple[Traveller, ...], lang: str) -> str:
    """Return the travellers as a note names them."""
    if len(travellers) > 12:
        count = len(travellers)
        return {
            "en": f"{count} persons named in the attached list",
            "ru": f"лиц, указанных в прилагаемом списке (всего: {count}),",
            "tr": f"ekli listede adları bulunan {count} kişi",
        }[lang]
    names = (f"{{p{place}.name}} ({each.function})" for place, each in enumerate(travellers, 1))
    return ", ".join(names)
