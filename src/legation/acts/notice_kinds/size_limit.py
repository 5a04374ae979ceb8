"""A limit on the size of a mission: how many, and what is counted, which is part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from legation.acts.answers import Noted, Protested
from legation.acts.formulae import spoken
from legation.acts.limits import LimitId, Step, check_limit, stated
from legation.acts.notices import Answer, NoticeKind, SentBy, Setting, Stands
from legation.acts.phrases import reference
from legation.acts.posts import with_name
from legation.acts.shapes import Fault, Faults
from legation.acts.state import Placed, State
from legation.acts.values import Day, Line200, PostId, Words
from legation.errors import N_
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLimit(NoticeKind):
    """The receiving state asks that the staff of the other side be kept within a number.

    step: whether it is set, suspended or lifted. limit: the one that is changed, suspended or
    lifted; leave it out for a new one. post_concerned: the post that it is for, all posts of the
    other side together where it is left out. name: how the note names that post. at_most: the
    number. counted: what is counted, which is part of the limit. local_staff: whether staff
    engaged in the country count. effective: from which day. rule: what more is to be said of how
    it is counted or what it rests on.
    """

    code: ClassVar[str] = "size.limit"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Limit on the size of a mission")
    dated: ClassVar[bool] = True
    articles: ClassVar[tuple[str, ...]] = ("VCDR 11", "VCCR 20")
    stands: ClassVar[Stands] = "alone"
    sent_by: ClassVar[SentBy] = "receiving"
    silence: ClassVar[str] = N_("It stands without an answer; silence accepts nothing.")
    essential: ClassVar[str] = "people"
    answers: ClassVar[tuple[type[Answer], ...]] = (Noted, Protested)
    said_beside: ClassVar[tuple[str, ...]] = ("told", "reference")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to {told}\n\n{reference}",
        "ru": "имеет честь {told}\n\n{reference}",
        "tr": "{told}\n\n{reference}",
    }

    step: Step = "set"
    limit: LimitId | None = None
    post_concerned: PostId | None = None
    name: Line200 | None = None
    at_most: Annotated[int, Ge(0), Le(100_000)] | None = None
    counted: Line200 | None = None
    local_staff: Literal["counted", "not_counted"] | None = None
    effective: Day
    rule: Words | None = None

    def check(self, faults: Faults) -> None:
        """Note a limit that does not say how many, what is counted, or which post."""
        needed = {"at_most": self.at_most, "counted": self.counted, "local_staff": self.local_staff}
        rule = N_("a limit says how many, what is counted, and whether local staff count.")
        says = self.step == "set" or self.at_most is not None
        for field, value in needed.items():
            if says and value is None:
                faults.append(Fault("missing-field", rule, N_("Fill it in."), path=[field]))
        if self.post_concerned is not None and self.name is None:
            rule = N_("the text of the note is made from this field.")
            faults.append(Fault("missing-field", rule, N_("Fill it in."), path=["name"]))

    def title_line(self) -> str:
        """Return number, what is counted, and the day."""
        what = self.counted or self.name or ""
        told = what if self.at_most is None else f"{self.at_most}: {what}"
        return ", ".join(each for each in (told, self.effective) if each)

    def about(self) -> tuple[str, ...]:
        """Return the limit and the post."""
        return tuple(each.text for each in (self.limit, self.post_concerned) if each)

    def asked_by(self) -> Day | None:
        """Return the day from which the number is to be kept."""
        return self.effective if self.step == "set" else None

    def said(self, lang: str) -> Mapping[str, str]:
        """Return what is set, suspended or lifted, in words."""
        where = _ALL if self.post_concerned is None else _ONE
        places = {
            **spoken(self, lang),
            "of": where[lang].format(name=self.name),
            "local": "" if self.local_staff is None else _LOCAL[lang][self.local_staff],
            "more": "" if self.rule is None else f" {self.rule}",
        }
        return {
            "told": _TOLD[lang][self.step].format_map(places),
            "reference": reference(self.articles, lang),
        }

    def entitled(self, state: State, at: Placed) -> None:
        """Refuse a post of one's own, and a limit that its author did not set."""
        check_limit(
            state,
            at,
            limit=self.limit,
            step=self.step,
            kind="size",
            post_concerned=self.post_concerned,
        )

    def states(self, day: str) -> tuple[Setting, ...]:
        """Return the limit as the receiving state sets it."""
        del day
        fields: dict[str, Json] = {
            "kind": "size",
            "number": self.at_most,
            "counted": self.counted,
            "local_staff": self.local_staff,
            "post": None if self.post_concerned is None else self.post_concerned.text,
            "rule": self.rule,
        }
        return stated(self.limit, self.step, self.effective, fields)

    @classmethod
    def filled(cls, data: Mapping[str, Json], state: State, by: str) -> Mapping[str, Json]:
        """Fill in how the post's own side names it."""
        del by
        return with_name(data, state)


_ALL: Mapping[str, str] = {
    "en": "the missions and posts of the sending State",
    "ru": "представительств и учреждений аккредитующего государства",
    "tr": "gönderen Devletin temsilcilik ve konsolosluklarının",
}
_ONE: Mapping[str, str] = {
    "en": "“{name}”",
    "ru": "учреждения «{name}»",
    "tr": "“{name}” temsilciliğinin",
}
_LOCAL: Mapping[str, Mapping[str, str]] = {
    "en": {
        "counted": "staff engaged in the country count towards it",
        "not_counted": "staff engaged in the country do not count towards it",
    },
    "ru": {
        "counted": "сотрудники, нанятые на месте, учитываются",
        "not_counted": "сотрудники, нанятые на месте, не учитываются",
    },
    "tr": {
        "counted": "yerel olarak istihdam edilen personel sayıya dâhildir",
        "not_counted": "yerel olarak istihdam edilen personel sayıya dâhil değildir",
    },
}
_TOLD: Mapping[str, Mapping[str, str]] = {
    "en": {
        "set": (
            "state that it considers a number of staff of {of} not exceeding {at_most} to be"
            " reasonable and normal, and to request that this number be kept as from {effective}."
            "\n\nWhat is counted: {counted}; {local}.{more}"
        ),
        "suspend": (
            "state that the limit on the number of staff of {of} is suspended as from"
            " {effective}.{more}"
        ),
        "lift": (
            "state that the limit on the number of staff of {of} ceases to apply as from"
            " {effective}.{more}"
        ),
    },
    "ru": {
        "set": (
            "сообщить, что считает разумной и нормальной численность персонала {of}, не"
            " превышающую {at_most}, и просить соблюдать этот предел с {effective}."
            "\n\nУчитываются: {counted}; {local}.{more}"
        ),
        "suspend": (
            "сообщить, что действие ограничения численности персонала {of} приостанавливается с"
            " {effective}.{more}"
        ),
        "lift": (
            "сообщить, что ограничение численности персонала {of} перестаёт действовать с"
            " {effective}.{more}"
        ),
    },
    "tr": {
        "set": (
            "{of} personel sayısının {at_most} kişiyi aşmamasını makul ve normal saydığını"
            " bildirmekten ve bu sayıya {effective} tarihinden itibaren uyulmasını rica etmekten"
            " onur duyar.\n\nSayıma esas olan: {counted}; {local}.{more}"
        ),
        "suspend": (
            "{of} personel sayısına ilişkin sınırlamanın {effective} tarihinden itibaren askıya"
            " alındığını bildirmekten onur duyar.{more}"
        ),
        "lift": (
            "{of} personel sayısına ilişkin sınırlamanın {effective} tarihinden itibaren sona"
            " erdiğini bildirmekten onur duyar.{more}"
        ),
    },
}
