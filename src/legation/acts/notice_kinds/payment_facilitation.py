"""A payment that runs into something, and the licence or channel asked for it.

No article names a bank account: the request rests on the full facilities that are owed (VCDR 25,
VCCR 28). Money that was *rejected* came back; money that is *blocked* is held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.answers import Held, Refused
from legation.acts.formulae import spoken
from legation.acts.notices import Answer, Clock, NoticeKind, SentBy, Setting
from legation.acts.phrases import money_in_words, particulars, reference
from legation.acts.posts import check_own
from legation.acts.shapes import Fault, Faults
from legation.acts.staff import check_days
from legation.acts.state import Placed, State
from legation.acts.values import (
    Currency,
    Day,
    Id,
    LicenceId,
    Line80,
    Line200,
    Of,
    PostId,
    Words,
)
from legation.errors import N_
from legation.record.canon import Json

ChannelId = Annotated[Id, Of("channel")]
MOST: Final = 10**14
NEW: Final = "licence/"
"""Stands for a licence that the answer itself names for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceNamed(Answer):
    """A licence covers such payments.

    licence: one that was stated before; leave it out for a new one. name: what it is called.
    begins, expires: its days. conditions: a line each.
    """

    code: ClassVar[str] = "licence_named"
    title: ClassVar[str] = N_("Licence named")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that such payments are covered by the following licence:"
        " {name}.",
        "ru": "имеет честь сообщить, что такие платежи разрешены следующей лицензией: {name}.",
        "tr": "bu tür ödemelerin şu lisans kapsamında olduğunu bildirmekten onur duyar: {name}.",
    }

    licence: LicenceId | None = None
    name: Line200
    licence_no: Line80 | None = None
    issuer: Line200 | None = None
    covers: Words | None = None
    conditions: Annotated[tuple[Annotated[str, MinLen(1), MaxLen(500)], ...], MaxLen(20)] = ()
    begins: Day
    expires: Day | None = None

    def check(self, faults: Faults) -> None:
        """Note a licence that ends before it begins."""
        check_days(self.begins, self.expires, faults, ["expires"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelNamed(Answer):
    """A bank or route that carries such payments. licence: the one that covers it, if any."""

    code: ClassVar[str] = "channel_named"
    title: ClassVar[str] = N_("Channel named")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that such payments may be made by the following channel:"
        " {bank}.",
        "ru": "имеет честь сообщить, что такие платежи могут осуществляться по следующему каналу:"
        " {bank}.",
        "tr": "bu tür ödemelerin şu kanal üzerinden yapılabileceğini bildirmekten onur duyar:"
        " {bank}.",
    }

    bank: Line200
    licence: LicenceId | None = None
    conditions: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFacilitation(NoticeKind):
    """The sending state asks that payments of a post of its own be made possible.

    An amount is held in minor units: 12500 for 125.00.

    post_concerned: whose payments. channel: the account or route, if it was stated. bank: the bank
    or route as the note names it. purpose: what is paid. amount: how much, if it is said.
    currency: of the amount. outcome: what the payment ran into; rejected money came back, blocked
    money is held. day: when. facts: what happened. request: what is asked for.
    """

    code: ClassVar[str] = "payment.facilitation"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Facilitation of payments")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 25", "VCCR 28")
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("Silence opens no channel and closes none; the request waits.")
    clock: ClassVar[Clock | None] = Clock(30, "days")
    essential: ClassVar[str] = "money"
    measure: ClassVar[str] = "payments"
    answers: ClassVar[tuple[type[Answer], ...]] = (LicenceNamed, ChannelNamed, Refused, Held)
    said_beside: ClassVar[tuple[str, ...]] = ("particulars", "reference")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": (
            "has the honor to state that a payment which a post of the sending State needs for its"
            " functions met with an obstacle, and to request that a licence or another channel for"
            " such payments be named.{particulars}\n\n{facts}\n\n{request}\n\n{reference}"
        ),
        "ru": (
            "имеет честь сообщить, что платёж, необходимый учреждению аккредитующего государства"
            " для выполнения его функций, встретил препятствие, и просить указать лицензию или"
            " иной канал для таких платежей.{particulars}\n\n{facts}\n\n{request}\n\n{reference}"
        ),
        "tr": (
            "gönderen Devletin bir temsilciliğinin görevlerini yerine getirmesi için gereken bir"
            " ödemenin engelle karşılaştığını bildirmekten ve bu tür ödemeler için bir lisans ya da"
            " başka bir kanal belirtilmesini rica etmekten onur duyar.{particulars}\n\n{facts}\n\n"
            "{request}\n\n{reference}"
        ),
    }

    post_concerned: PostId
    channel: ChannelId | None = None
    bank: Line200
    purpose: Literal["salaries", "rent", "utilities", "contributions", "other"]
    amount: Annotated[int, Ge(1), Le(MOST)] | None = None
    currency: Currency | None = None
    outcome: Literal["rejected", "blocked", "account_closed", "bank_declined", "slow", "no_licence"]
    day: Day | None = None
    facts: Annotated[str, MinLen(1), MaxLen(4_000)]
    request: Words

    def check(self, faults: Faults) -> None:
        """Note an amount without its currency, and a currency of nothing."""
        for field, value, other in (
            ("currency", self.currency, self.amount),
            ("amount", self.amount, self.currency),
        ):
            if value is None and other is not None:
                rule = N_("an amount is told with its currency.")
                faults.append(Fault("missing-field", rule, N_("Fill it in."), path=[field]))

    def title_line(self) -> str:
        """Return the bank or route."""
        return self.bank

    def about(self) -> tuple[str, ...]:
        """Return the post and the channel."""
        return tuple(each.text for each in (self.post_concerned, self.channel) if each)

    def said(self, lang: str) -> Mapping[str, str]:
        """Return the particulars and the articles, in words."""
        words = _WORDS[lang]
        told = spoken(self, lang)
        said = self.amount is not None and self.currency is not None
        shown = (
            ("bank", self.bank),
            ("purpose", words[self.purpose]),
            ("amount", money_in_words(self.amount or 0, self.currency or "", lang) if said else ""),
            ("day", told["day"]),
            ("outcome", words[self.outcome]),
        )
        return {
            "particulars": particulars(_LABELS[lang], shown),
            "reference": f"{words['facilities']} {reference(self.articles, lang)}",
        }

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a post or a channel of the other side."""
        del state
        check_own(self.post_concerned, at)
        if self.channel is not None:
            check_own(self.channel, at)

    def answer_states(
        self, line: int, answer: str, fields: Mapping[str, Json], day: str
    ) -> tuple[Setting, ...]:
        """Return the licence that was named, and that it covers the channel."""
        del line
        licence = fields.get("licence", NEW if answer == "licence_named" else None)
        if licence is None:
            return ()
        out = []
        if answer == "licence_named":
            told = {"state": "in_force", **fields}
            out = [
                Setting(str(licence), _FIELDS[key], {"value": value, "from": fields["begins"]})
                for key, value in told.items()
                if key in _FIELDS and value  # no conditions are none, not an empty list of them
            ]
        if self.channel is not None:
            out.append(Setting(self.channel, "licence", {"value": licence, "from": day}))
        return tuple(out)


_FIELDS: Mapping[str, str] = {
    "state": "state",
    "name": "name",
    "licence_no": "number",
    "issuer": "issuer",
    "covers": "covers",
    "conditions": "conditions",
    "expires": "expires",
}
"""Field of the answer: field of the register that it is stated in."""
_LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "bank": "Bank or route",
        "purpose": "Purpose",
        "amount": "Sum",
        "day": "Date",
        "outcome": "Outcome",
    },
    "ru": {
        "bank": "Банк или канал",
        "purpose": "Назначение",
        "amount": "Сумма",
        "day": "Дата",
        "outcome": "Результат",
    },
    "tr": {
        "bank": "Banka veya kanal",
        "purpose": "Amaç",
        "amount": "Tutar",
        "day": "Tarih",
        "outcome": "Sonuç",
    },
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "salaries": "salaries",
        "rent": "rent",
        "utilities": "utilities",
        "contributions": "contributions to international organizations",
        "other": "other expenses of the post",
        "rejected": "rejected: the money came back",
        "blocked": "blocked: the money is held",
        "account_closed": "the account was closed",
        "bank_declined": "the bank declined to act",
        "slow": "the payment takes unduly long",
        "no_licence": "no licence covers it",
        "facilities": "The request rests on the full facilities owed to missions and posts.",
    },
    "ru": {
        "salaries": "заработная плата",
        "rent": "аренда",
        "utilities": "коммунальные услуги",
        "contributions": "взносы в международные организации",
        "other": "иные расходы учреждения",
        "rejected": "платёж отклонён: средства возвращены",
        "blocked": "платёж заблокирован: средства удерживаются",
        "account_closed": "счёт закрыт",
        "bank_declined": "банк отказался от проведения операции",
        "slow": "платёж неоправданно задерживается",
        "no_licence": "платёж не охвачен лицензией",
        "facilities": "Просьба основывается на обязанности предоставлять все возможности для"
        " выполнения функций представительств и учреждений.",
    },
    "tr": {
        "salaries": "maaşlar",
        "rent": "kira",
        "utilities": "su, elektrik ve benzeri giderler",
        "contributions": "uluslararası kuruluşlara katkı payları",
        "other": "temsilciliğin diğer giderleri",
        "rejected": "reddedildi: para iade edildi",
        "blocked": "bloke edildi: para tutuluyor",
        "account_closed": "hesap kapatıldı",
        "bank_declined": "banka işlem yapmayı kabul etmedi",
        "slow": "ödeme makul olmayan ölçüde gecikiyor",
        "no_licence": "ödemeyi kapsayan bir lisans yok",
        "facilities": "Bu talep, temsilciliklere görevleri için her türlü kolaylığın sağlanması"
        " yükümlülüğüne dayanır.",
    },
}
