"""A ban on engaging staff in the country: whom it covers, and what it can rest on for whom.

Article 8 of the Vienna Convention on Diplomatic Relations is about members of the diplomatic
staff only, Article 22 of that on Consular Relations about consular officers only. So neither
carries a ban on clerks, drivers or guards, and the note does not say that it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import MaxLen, MinLen

from legation.acts.answers import Noted, Protested
from legation.acts.formulae import spoken
from legation.acts.limits import LimitId, Step, check_limit, stated
from legation.acts.notices import Answer, NoticeKind, SentBy, Setting, Stands
from legation.acts.phrases import reference
from legation.acts.posts import with_name
from legation.acts.shapes import Fault, Faults
from legation.acts.staff import Category
from legation.acts.state import Placed, State
from legation.acts.values import Day, Line200, PostId, Words
from legation.errors import N_
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class HiringBan(NoticeKind):
    """The receiving state does not allow the other side to engage certain persons.

    step: whether it is set, suspended or lifted. limit: the ban that is changed, suspended or
    lifted; leave it out for a new one. post_concerned: the post that it is for, all posts of the
    other side where it is left out. name: how the note names that post. covers: whose engagement
    it bars, in words. categories: of which staff; VCDR 8 is about diplomatic staff only, VCCR 22
    about consular officers only, and for other staff neither is a ground. rule: the law on which
    it rests, for other staff above all. exempt: who is exempt. effective: from which day.
    """

    code: ClassVar[str] = "hiring.ban"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Ban on engaging staff")
    dated: ClassVar[bool] = True
    articles: ClassVar[tuple[str, ...]] = ("VCDR 8", "VCDR 11", "VCCR 20", "VCCR 22")
    stands: ClassVar[Stands] = "alone"
    sent_by: ClassVar[SentBy] = "receiving"
    silence: ClassVar[str] = N_("It stands without an answer; silence accepts nothing.")
    essential: ClassVar[str] = "people"
    answers: ClassVar[tuple[type[Answer], ...]] = (Noted, Protested)
    said_beside: ClassVar[tuple[str, ...]] = ("told", "grounds")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to {told}\n\n{grounds}",
        "ru": "имеет честь {told}\n\n{grounds}",
        "tr": "{told}\n\n{grounds}",
    }

    step: Step = "set"
    limit: LimitId | None = None
    post_concerned: PostId | None = None
    name: Line200 | None = None
    covers: Line200
    categories: Annotated[tuple[Category, ...], MinLen(1), MaxLen(4)]
    rule: Words | None = None
    exempt: Words | None = None
    effective: Day

    def check(self, faults: Faults) -> None:
        """Note a post without the name that the note gives it."""
        if self.post_concerned is not None and self.name is None:
            rule = N_("the text of the note is made from this field.")
            faults.append(Fault("missing-field", rule, N_("Fill it in."), path=["name"]))

    def title_line(self) -> str:
        """Return whom it covers, and the day."""
        return f"{self.covers}, {self.effective}"

    def about(self) -> tuple[str, ...]:
        """Return the limit and the post."""
        return tuple(each.text for each in (self.limit, self.post_concerned) if each)

    def asked_by(self) -> Day | None:
        """Return the day from which nobody it covers may be engaged."""
        return self.effective if self.step == "set" else None

    def rests_on(self) -> tuple[str, ...]:
        """Return the articles on nationality where they apply, those on size for other staff."""
        diplomats, officers = "diplomatic" in self.categories, "consular" in self.categories
        return (
            *(("VCDR 8",) if diplomats else ()),
            *(("VCDR 11", "VCCR 20") if self._others else ()),
            *(("VCCR 22",) if officers else ()),
        )

    @property
    def _others(self) -> bool:
        """Whether it covers staff that no article on nationality speaks of."""
        return not {*self.categories} <= {"diplomatic", "consular"}

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what is barred, and for whom which ground applies, in words."""
        words = _WORDS[lang]
        where = words["all"] if self.post_concerned is None else words["one"].format(name=self.name)
        exempt = "" if self.exempt is None else words["exempt"].format(exempt=self.exempt)
        places = {**spoken(self, lang), "of": where, "more": exempt}
        grounds = [reference(self.rests_on(), lang)]
        grounds += [words[each] for each in ("diplomatic", "consular") if each in self.categories]
        if self._others:
            grounds.append(words["others"])
        if self.rule is not None:
            grounds.append(words["law"].format(rule=self.rule))
        return {"told": words[self.step].format_map(places), "grounds": " ".join(grounds)}

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a post of one's own, and a ban that its author did not set."""
        check_limit(
            state,
            at,
            limit=self.limit,
            step=self.step,
            kind="local_hire",
            post_concerned=self.post_concerned,
        )

    def states(self, day: str) -> tuple[Setting, ...]:
        """Return the ban as the receiving state sets it."""
        del day
        fields: dict[str, Json] = {
            "kind": "local_hire",
            "counted": self.covers,
            "post": None if self.post_concerned is None else self.post_concerned.text,
            "rule": self.rule,
            "exempt": self.exempt,
        }
        return stated(self.limit, self.step, self.effective, fields)

    @classmethod
    def filled(cls, data: Mapping[str, Json], state: State, by: str) -> Mapping[str, Json]:
        """Fill in how the post's own side names it."""
        del by
        return with_name(data, state)


_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "all": "the missions and posts of the sending State",
        "one": "“{name}”",
        "set": (
            "notify that, as from {effective}, {of} may not engage the following persons as staff:"
            " {covers}.{more}"
        ),
        "suspend": (
            "notify that its ban on the engagement of staff by {of} ({covers}) is suspended as"
            " from {effective}.{more}"
        ),
        "lift": (
            "notify that its ban on the engagement of staff by {of} ({covers}) ceases to apply as"
            " from {effective}.{more}"
        ),
        "exempt": " Exempt are: {exempt}",
        "diplomatic": "Article 8 concerns members of the diplomatic staff only.",
        "consular": "Article 22 concerns consular officers only.",
        "others": (
            "For other members of the staff the measure does not rest on an article about"
            " nationality."
        ),
        "law": "It rests on the following law: {rule}",
    },
    "ru": {
        "all": "представительства и учреждения аккредитующего государства",
        "one": "учреждение «{name}»",
        "set": (
            "уведомить, что с {effective} {of} не вправе принимать на работу следующих лиц:"
            " {covers}.{more}"
        ),
        "suspend": (
            "уведомить, что действие запрета на приём на работу ({of}; {covers})"
            " приостанавливается с {effective}.{more}"
        ),
        "lift": (
            "уведомить, что запрет на приём на работу ({of}; {covers}) перестаёт действовать с"
            " {effective}.{more}"
        ),
        "exempt": " Исключение составляют: {exempt}",
        "diplomatic": "Статья 8 касается только членов дипломатического персонала.",
        "consular": "Статья 22 касается только консульских должностных лиц.",
        "others": ("В отношении других сотрудников мера не основывается на статьях о гражданстве."),
        "law": "Мера принята в соответствии со следующими нормами: {rule}",
    },
    "tr": {
        "all": "gönderen Devletin temsilcilik ve konsolosluklarının",
        "one": "“{name}” temsilciliğinin",
        "set": (
            "{effective} tarihinden itibaren {of} aşağıdaki kişileri istihdam edemeyeceğini"
            " bildirmekten onur duyar: {covers}.{more}"
        ),
        "suspend": (
            "{of} personel istihdamına ilişkin yasağın ({covers}) {effective} tarihinden itibaren"
            " askıya alındığını bildirmekten onur duyar.{more}"
        ),
        "lift": (
            "{of} personel istihdamına ilişkin yasağın ({covers}) {effective} tarihinden itibaren"
            " sona erdiğini bildirmekten onur duyar.{more}"
        ),
        "exempt": " Kapsam dışında kalanlar: {exempt}",
        "diplomatic": "8. madde yalnızca diplomatik kadro mensuplarına ilişkindir.",
        "consular": "22. madde yalnızca konsolosluk memurlarına ilişkindir.",
        "others": "Diğer personel bakımından önlem, vatandaşlığa ilişkin bir maddeye dayanmaz.",
        "law": "Önlem şu mevzuata dayanmaktadır: {rule}",
    },
}
