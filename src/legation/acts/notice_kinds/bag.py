"""The bag: who carries it, when and where it crosses; never what is in it.

A diplomatic bag is neither opened nor held (VCDR 27). Of a consular bag the receiving state may
ask that it be opened, and if it is not, it goes back (VCCR 35).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from legation.acts.formulae import spoken
from legation.acts.notices import Answer, Clock, NoticeKind, SentBy
from legation.acts.persons import persons_of
from legation.acts.phrases import particulars, reference
from legation.acts.posts import check_own
from legation.acts.shapes import Fault, Faults
from legation.acts.staff import Identity, check_people
from legation.acts.state import Placed, State
from legation.acts.values import Instant, Line80, Line200, Personal, PostId, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Answer):
    """Taken note of. meets: where the bag is handed over."""

    code: ClassVar[str] = "noted"
    title: ClassVar[str] = N_("Noted")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it has taken note of the arrival of the bag.",
        "ru": "имеет честь сообщить, что уведомление о прибытии почты принято к сведению.",
        "tr": "çantanın gelişinin not edildiğini bildirmekten onur duyar.",
    }

    meets: Line200 | None = None
    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(Answer):
    """The receiving state objects: to the courier, the day, or to a consular bag unopened."""

    code: ClassVar[str] = "objected"
    title: ClassVar[str] = N_("Objected")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it objects to the matter notified.",
        "ru": "имеет честь сообщить, что возражает против указанного в уведомлении.",
        "tr": "bildirilen hususa itiraz edildiğini bildirmekten onur duyar.",
    }

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier(Identity):
    """Who carries the bag. document: number of the paper that shows their status."""

    document: Annotated[str, Personal, MaxLen(40)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag(NoticeKind):
    """The sending state announces a bag. Nobody says what is in it.

    post_concerned: whose bag. bag: a consular one may be asked to be opened. direction: into the
    country or out of it. packages: how many bear the marks. carried_by: a courier, the captain of
    the aircraft, or nobody. couriers: who carries it, the captain too. crosses: when. place:
    where. flight: by which aircraft, train or car. seals: numbers on the seals.
    """

    code: ClassVar[str] = "bag"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Bag and courier")
    dated: ClassVar[bool] = True
    articles: ClassVar[tuple[str, ...]] = ("VCDR 27", "VCCR 35")
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("Silence counts as noted: the bag passes.")
    clock: ClassVar[Clock | None] = Clock(24, "hours")
    essential: ClassVar[str] = "communications"
    measure: ClassVar[str] = "bag"
    answers: ClassVar[tuple[type[Answer], ...]] = (Noted, Objected)
    said_beside: ClassVar[tuple[str, ...]] = ("told", "particulars", "reference")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to give notice of {told}.{particulars}\n\n{reference}",
        "ru": "имеет честь уведомить о следующем: {told}.{particulars}\n\n{reference}",
        "tr": "{told} bildirmekten onur duyar.{particulars}\n\n{reference}",
    }

    post_concerned: PostId
    bag: Literal["diplomatic", "consular"] = "diplomatic"
    direction: Literal["in", "out"] = "in"
    packages: Annotated[int, Ge(1), Le(500)]
    carried_by: Literal["courier", "captain", "unaccompanied"] = "courier"
    couriers: Annotated[tuple[Courier, ...], MaxLen(6)] = ()
    crosses: Instant
    place: Line200
    flight: Line80 | None = None
    seals: Line200 | None = None

    def check(self, faults: Faults) -> None:
        """Note a courier who is not named, and one who is named where nobody travels along."""
        alone = self.carried_by == "unaccompanied"
        if not alone and not self.couriers:
            rule = N_("a bag that somebody carries names who carries it.")
            faults.append(Fault("missing-field", rule, N_("Fill it in."), path=["couriers"]))
        if alone and self.couriers:
            rule = N_("a bag that nobody carries names no courier.")
            faults.append(Fault("form", rule, N_("Leave it out."), path=["couriers"]))
        check_people(self, {"couriers": self.couriers}, faults)

    def title_line(self) -> str:
        """Return the day, the place and the number of packages: never the names."""
        return f"{self.crosses[:10]} {self.place} ({self.packages})"

    def about(self) -> tuple[str, ...]:
        """Return the post."""
        return (self.post_concerned.text,)

    def silent(self) -> str:
        """Return what silence means for this bag."""
        if self.bag == "consular":
            return N_(
                "Silence counts as noted. A consular bag may be asked to be opened; else it goes"
                " back, and is not held."
            )
        return N_("Silence counts as noted: the bag passes, and is neither opened nor held.")

    def rests_on(self) -> tuple[str, ...]:
        """Return the article on this bag."""
        return ("VCDR 27",) if self.bag == "diplomatic" else ("VCCR 35",)

    def said(self, lang: str) -> Mapping[str, str]:
        """Return the bag, who carries it, and its particulars, in words."""
        words, told = _WORDS[lang], spoken(self, lang)
        by = ", ".join(f"{{p{each.place}.name}}" for each in persons_of(self))
        places = {
            "bag": words[self.bag],
            "direction": words[self.direction],
            "packages": str(self.packages),
            "carried": words[self.carried_by].format(by=by),
        }
        shown = [(key, told[key]) for key in ("crosses", "place", "flight", "seals")]
        return {
            "told": words["told"].format_map(places),
            "particulars": particulars(_LABELS[lang], shown),
            "reference": reference(self.rests_on(), lang),
        }

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a bag of a post of the other side."""
        del state
        check_own(self.post_concerned, at)


_LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "crosses": "Time of crossing",
        "place": "Place",
        "flight": "Flight or vehicle",
        "seals": "Seals",
    },
    "ru": {
        "crosses": "Время пересечения границы",
        "place": "Место",
        "flight": "Рейс или транспортное средство",
        "seals": "Печати",
    },
    "tr": {
        "crosses": "Sınırdan geçiş zamanı",
        "place": "Yer",
        "flight": "Uçuş veya araç",
        "seals": "Mühürler",
    },
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "told": "{bag} which is to {direction} the territory ({packages} package(s)), {carried}",
        "diplomatic": "a diplomatic bag",
        "consular": "a consular bag",
        "in": "enter",
        "out": "leave",
        "courier": "in the care of the courier {by}",
        "captain": "entrusted to the captain of the aircraft, {by}",
        "unaccompanied": "without a courier",
    },
    "ru": {
        "told": "{bag}, {direction} (число мест: {packages}), {carried}",
        "diplomatic": "дипломатическая почта",
        "consular": "консульская вализа",
        "in": "ввоз",
        "out": "вывоз",
        "courier": "в сопровождении курьера: {by}",
        "captain": "вверена командиру воздушного судна: {by}",
        "unaccompanied": "без сопровождения курьером",
    },
    "tr": {
        "told": "{packages} kolilik {bag} {direction}, {carried}",
        "diplomatic": "diplomatik çantanın",
        "consular": "konsolosluk çantasının",
        "in": "ülkeye getirileceğini",
        "out": "ülkeden çıkarılacağını",
        "courier": "çantanın {by} adlı kuryenin refakatinde olduğunu",
        "captain": "çantanın uçağın kaptanı {by} adlı kişiye tevdi edildiğini",
        "unaccompanied": "çantanın kuryesiz gönderildiğini",
    },
}
