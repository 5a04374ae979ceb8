"""Members of a mission and their families, as the forms about them have them.

What tells who somebody is (names, birth, passport) is personal: it travels beside the act. Rank,
function and category say what the post is, and stand in the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from annotated_types import MaxLen, MinLen

from legation.acts.files import MAX_FILES
from legation.acts.persons import persons_of
from legation.acts.shapes import Fault, Faults
from legation.acts.values import Day, InWords, Line80, Matches, Personal, PersonRef
from legation.errors import N_

BORN: Final = Matches(
    r"(1[89]|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    N_("a day of birth is written as 1980-05-31."),
)
PASSPORT: Final = Matches(
    r"[A-Z0-9][A-Z0-9 /-]{2,18}",
    N_("a passport's number has 3 to 19 capitals and digits."),
)
Name = Annotated[str, Personal, MinLen(1), MaxLen(80)]
MaybeName = Annotated[str, Personal, MaxLen(80)]
Born = Annotated[str, Personal, MaxLen(10), BORN]
Passport = Annotated[str, Personal, MaxLen(19), PASSPORT]
IN_A_TEXT: Final = 12
"""Persons whom a note names in its text; more stand in the list that belongs to it."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "diplomatic": "diplomatic staff",
        "administrative_technical": "administrative and technical staff",
        "service": "service staff",
        "consular": "consular officer",
        "spouse": "spouse",
        "child": "child",
        "parent": "parent",
        "other": "member of the family",
        "list": "{count} persons named in the attached list",
    },
    "ru": {
        "diplomatic": "дипломатический персонал",
        "administrative_technical": "административно-технический персонал",
        "service": "обслуживающий персонал",
        "consular": "консульское должностное лицо",
        "spouse": "супруг(а)",
        "child": "ребёнок",
        "parent": "родитель",
        "other": "член семьи",
        "list": "лица, указанные в прилагаемом списке (всего: {count})",
    },
    "tr": {
        "diplomatic": "diplomatik kadro",
        "administrative_technical": "idarî ve teknik kadro",
        "service": "hizmet kadrosu",
        "consular": "konsolosluk memuru",
        "spouse": "eş",
        "child": "çocuk",
        "parent": "ebeveyn",
        "other": "aile üyesi",
        "list": "ekli listede adları bulunan {count} kişi",
    },
}


def _said(*codes: str) -> InWords:
    return InWords({lang: {code: words[code] for code in codes} for lang, words in WORDS.items()})


Category = Annotated[
    Literal["diplomatic", "administrative_technical", "service", "consular"],
    _said("diplomatic", "administrative_technical", "service", "consular"),
]
Relation = Annotated[
    Literal["spouse", "child", "parent", "other"], _said("spouse", "child", "parent", "other")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is. name: as they write it. passport_name: as the passport has it."""

    name: Name
    passport_name: MaybeName = ""
    born: Born = ""
    passport_no: Passport = ""
    person: PersonRef = ""

    def check(self, faults: Faults) -> None:
        """Note a day of birth that no calendar has. A released form holds none, and passes."""
        if self.born and not Day.holds(self.born):
            rule = N_("there is no such day in the calendar.")
            faults.append(Fault("form", rule, N_("Look at the passport again."), path=["born"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependant(Identity):
    """A member of the family who forms part of the household."""

    relation: Relation


Dependants = Annotated[tuple[Dependant, ...], MaxLen(12)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Identity):
    """A member of the staff. function: as in the lists of the mission, "Second Secretary"."""

    function: Line80
    category: Category
    dependants: Dependants = ()


def check_people(form: object, groups: Mapping[str, Sequence[Identity]], faults: Faults) -> None:
    """Note a person who stands in a form twice, and more persons than an act has files for.

    groups: the form's lists of persons by field; "" for the form that is itself about one. A
    released form holds no names, and passes.
    """
    if len(persons_of(form)) > MAX_FILES:
        rule = N_("a notice names at most {limit} persons, families included.")
        remedy = N_("Send a second notice for the others.")
        faults.append(Fault("entries", rule, remedy, {"limit": MAX_FILES}, [next(iter(groups))]))
    seen: set[tuple[str, ...]] = set()
    for field, people in groups.items():
        for place, one in enumerate(people, 1):
            family = getattr(one, "dependants", ())
            path = [str(place), field] if field else []
            _note_twice(one, path, seen, faults)
            for below, other in enumerate(family, 1):
                _note_twice(other, [str(below), "dependants", *path], seen, faults)


def _note_twice(one: Identity, path: list[str], seen: set[tuple[str, ...]], faults: Faults) -> None:
    marks = marks_of(one.passport_name or one.name, one.born, one.passport_no)
    if marks & seen:
        key = "passport_no" if any(mark[0] == "passport" for mark in marks & seen) else "name"
        rule = N_("this person stands here twice.")
        faults.append(Fault("twice", rule, TWICE_REMEDY, path=[key, *path]))
    seen |= marks


TWICE_REMEDY: Final = N_(
    "Take one of the two out; if they are two, add the birth or the passport of each."
)


def marks_of(name: str, born: str, passport: str) -> set[tuple[str, ...]]:
    """Return what tells a person apart; of two persons who share any, one is too many.

    A name alone does so only where nothing else is said of either.
    """
    number = "".join(sign for sign in passport if sign.isalnum())
    names = " ".join(name.casefold().split())
    marks: set[tuple[str, ...]] = {("passport", number)} if number else set()
    if names and (born or not number):
        marks.add(("name", names, born))
    return marks


def listed(form: object, members: Sequence[Member], lang: str) -> str:
    """Return persons as a note names them: one by one, or as the list that belongs to it.

    What parts them from the words before, a space or a new line, stands in front.
    """
    words = WORDS[lang]
    if len(members) > IN_A_TEXT:
        return " " + words["list"].format(count=len(members))
    places = {person.path: person.place for person in persons_of(form)}
    lines = []
    for number, member in enumerate(members, 1):
        place = places["persons", str(number)]
        family = [
            f"{{p{places['persons', str(number), 'dependants', str(below)]}.name}}"
            f" ({words[each.relation]})"
            for below, each in enumerate(member.dependants, 1)
        ]
        told = f"{number}. {{p{place}.name}}, {member.function} ({words[member.category]})"
        lines.append("; ".join([told, *family]))
    return "\n" + "\n".join(lines)


def functions(members: Sequence[Member]) -> str:
    """Return what a list of notices shows of members of the staff: never who they are."""
    told = [member.function for member in members]
    return "; ".join(told[:3]) + (f" +{len(told) - 3}" if len(told) > 3 else "")


def check_days(begin: Day | None, end: Day | None, faults: Faults, path: list[str]) -> None:
    """Note an end before the beginning. path: of the end, innermost first."""
    if begin is not None and end is not None and end.last < begin.first:
        rule, remedy = N_("it ends before it begins."), N_("Correct one of the two dates.")
        faults.append(Fault("span", rule, remedy, path=path))
