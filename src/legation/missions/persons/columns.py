"""The columns of the persons list: titles in three languages, and what each may hold. Pure.

1. A title is known in any of its languages, whatever its capitals and blanks. 2. All faults of a
row are told at once, each with its remedy. 3. What hides or turns writing is refused; what looks
like another letter is shown, not refused: names are what passports say.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from legation.acts.staff import PASSPORT
from legation.acts.text import find_hidden
from legation.errors import N_, Refusal
from legation.officers.sheets.sheet import Row, Sheet, fault, raise_all
from legation.officers.sheets.writing import as_read

CATEGORIES: Final = {
    "diplomatic": ("diplomatic", "diplomatic agent", "дипломатический", "diplomatik"),
    "administrative_technical": (
        "administrative and technical", "administrative", "a&t", "административно-технический",
        "idari ve teknik",
    ),
    "service": ("service", "service staff", "обслуживающий", "hizmet"),
    "consular": ("consular", "consular officer", "консульский", "konsolosluk"),
    "family": ("family", "family member", "член семьи", "aile"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column. most: characters. titles: in English, Russian, Turkish; then other names."""

    key: str
    titles: tuple[str, ...]
    most: int
    required: bool = False
    day: bool = False


COLUMNS: Final = (
    Column("name", ("Name as in passport", "Имя как в паспорте", "Pasaporttaki ad",
                    "passport name", "имя в паспорте", "name", "full name", "фио", "имя", "ad",
                    "ad soyad", "adı soyadı"), 120, required=True),
    Column("name_own", ("Name in own script", "Имя на родном языке", "Kendi yazısıyla ad"), 120),
    Column("transliteration", ("Transliteration", "Транслитерация", "Transliterasyon"), 120),
    Column("function", ("Function", "Должность", "Görev", "position", "rank",
                        "ранг", "unvan", "derece", "kadro"), 80),
    Column("category", ("Category", "Категория", "Kategori"), 30),
    Column("nationality", ("Nationality", "Гражданство", "Uyruk", "uyruğu", "citizenship"), 3),
    Column("born", ("Date of birth", "Дата рождения", "Doğum tarihi", "born", "birth date",
                    "doğum"), 10,
           day=True),
    Column("passport", ("Passport number", "Номер паспорта", "Pasaport numarası", "passport",
                        "passport no", "паспорт", "pasaport no", "pasaport"), 20),
    Column("expires", ("Passport valid until", "Паспорт действителен до",
                       "Pasaport geçerlilik tarihi", "expiry", "expires", "passport expiry"), 10,
           day=True),
    Column("post", ("Post", "Представительство", "Temsilcilik", "mission", "загранучреждение",
                    "serves at", "служит в", "görev yeri"), 80),
    Column("dependants", ("Dependants", "Члены семьи", "Aile bireyleri", "family members"), 1_000),
)  # fmt: skip
BY_KEY: Final = {column.key: column for column in COLUMNS}
LANGS: Final = {"en": 0, "ru": 1, "tr": 2}


def folded(text: str) -> str:
    """Return a title or a name as it is compared: without capitals, marks and doubled blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i")
    return " ".join(re.sub(r"[_*:.]+", " ", plain).split())


_TITLES: Final = {folded(title): column for column in COLUMNS for title in column.titles} | {
    folded(column.key): column for column in COLUMNS
}


_OF_PASSPORT: Final = frozenset(map(folded, BY_KEY["name"].titles[:5]))


def _is_name(title: str) -> bool:
    return _TITLES.get(folded(title)) is BY_KEY["name"]


def is_known(title: str) -> bool:
    """Tell whether a cell is a title of one of the columns."""
    return folded(title) in _TITLES


def titles(lang: str) -> tuple[str, ...]:
    """Return the titles of all columns in a language; English where there is no other."""
    return tuple(column.titles[LANGS.get(lang, 0)] for column in COLUMNS)


def columns_of(sheet: Sheet) -> tuple[tuple[Column | None, ...], list[Refusal]]:
    """Return which column stands where, None for no title of ours; and what is wrong with titles.

    Raises Refusal "header" where no title is known, and no row can be judged.
    """
    found: list[Column | None] = []
    faults: list[Refusal] = []
    both = {folded(title) in _OF_PASSPORT for title in sheet.header if _is_name(title)}
    for title in sheet.header:
        column = _TITLES.get(folded(title))
        if len(both) == 2 and _is_name(title) and folded(title) not in _OF_PASSPORT:
            # A form asks for both: as the passport has it, and as they write it themselves.
            column = BY_KEY["name_own"]
        if column is None and title:
            known = ", ".join(titles("en"))
            rule = N_("it is no title of this list, which has {known}.")
            remedy = N_("Correct the title, or delete the column.")
            faults.append(fault("header", rule, remedy, row=1, column=title[:80], known=known))
        elif column is not None and column in found:
            rule, remedy = N_("it stands there twice."), N_("Delete one of the two columns.")
            faults.append(fault("header", rule, remedy, row=1, column=title))
            column = None
        found.append(column)
    for column in COLUMNS:
        if column.required and column not in found:
            rule, remedy = N_("it is missing."), N_("Add it; the template has all titles.")
            faults.append(fault("header", rule, remedy, row=1, column=column.titles[0]))
    if not any(found):
        raise_all(faults)
    return tuple(found), faults


def cells_of(row: Row, columns: Sequence[Column | None]) -> dict[str, str]:
    """Return a row's cells by column; what is empty is left out."""
    pairs = zip(columns, row.cells, strict=False)
    return {column.key: as_read(cell) for column, cell in pairs if column is not None and cell}


def spoilt_in(row: Row, columns: Sequence[Column | None]) -> list[str]:
    """Return the columns of which a row's cells could not be read."""
    found = (columns[place] for place in sorted(row.spoilt) if place < len(columns))
    return [column.key for column in found if column is not None]


def check(
    number: int, cells: Mapping[str, str], *, untold: Collection[str] = ()
) -> tuple[dict[str, str], list[Refusal]]:
    """Return a row as the list keeps it, and all that is wrong with it.

    untold: columns of which nothing is said: the cell could not be read, or there is no such title.
    """
    out: dict[str, str] = {}
    faults: list[Refusal] = []
    for column in COLUMNS:
        given = cells.get(column.key, "")
        if not given:
            if column.required and column.key not in untold:
                rule, remedy = N_("it is empty."), N_("Fill it in, or delete the row.")
                faults.append(_at(number, column, "missing", rule, remedy))
            continue
        value = _read(number, column, unicodedata.normalize("NFC", given), faults)
        if value is not None:
            out[column.key] = value
    born, expires = out.get("born", ""), out.get("expires", "")
    if born and expires and expires <= born:
        rule = N_("the passport ends before the person is born.")
        remedy = N_("Correct one of the two days.")
        faults.append(_at(number, BY_KEY["expires"], "span", rule, remedy))
    return out, faults


def _read(number: int, column: Column, value: str, faults: list[Refusal]) -> str | None:
    hidden = find_hidden(value)
    if hidden is not None or ("\n" in value and column.key != "dependants"):
        place, name = hidden or (value.index("\n") + 1, "U+000A LINE FEED")
        rule = N_("{character} at place {place} prints as nothing or misleads.")
        remedy = N_("Delete it and type that place anew.")
        faults.append(
            _at(number, column, "hidden-character", rule, remedy, character=name, place=place)
        )
        return None
    if column.day:
        return _day(number, column, value, faults)
    if column.key == "category":
        return _category(number, column, value, faults)
    if column.key == "nationality":
        return _country(number, column, value, faults)
    if column.key == "post":
        return _post(number, column, value, faults)
    if len(value) > column.most:
        rule, remedy = N_("it has {length} characters; it may have {most}."), N_("Shorten it.")
        faults.append(
            _at(number, column, "too-long", rule, remedy, length=len(value), most=column.most)
        )
        return None
    if column.key == "passport" and not _PASSPORT.fullmatch(value.upper()):
        remedy = N_("Write it as the passport has it.")
        faults.append(_at(number, column, "passport", PASSPORT.rule, remedy))
        return None
    return value


_PASSPORT: Final = re.compile(PASSPORT.pattern)
_DAYS: Final = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"), (3, 2, 1)),
)


def _day(number: int, column: Column, value: str, faults: list[Refusal]) -> str | None:
    for shape, (year, month, day) in _DAYS:
        found = shape.fullmatch(value)
        if found is not None:
            try:
                return date(int(found[year]), int(found[month]), int(found[day])).isoformat()
            except ValueError:
                break
    # 03/04/2025 is refused on purpose: in March or in April?
    rule = N_("“{value}” is no day that can be told.")
    remedy = N_("Write it as 1985-04-23 or 23.04.1985, or as a date of the spreadsheet.")
    faults.append(_at(number, column, "day", rule, remedy, value=value[:40]))
    return None


_CATEGORIES: Final = {folded(word): code for code, words in CATEGORIES.items() for word in words}


def _category(number: int, column: Column, value: str, faults: list[Refusal]) -> str | None:
    code = value if value in CATEGORIES else _CATEGORIES.get(folded(value))
    if code is None:
        rule = N_("“{value}” is no category; these are {words}.")
        remedy = N_("Write one of them.")
        words = ", ".join(each[0] for each in CATEGORIES.values())
        faults.append(_at(number, column, "choice", rule, remedy, value=value[:40], words=words))
    return code


def _country(number: int, column: Column, value: str, faults: list[Refusal]) -> str | None:
    if re.fullmatch(r"[A-Za-z]{2,3}", value):
        return value.upper()
    rule = N_("“{value}” is no code of a country.")
    remedy = N_("Write its two or three letters, as in a passport: US, RUS, TR.")
    faults.append(_at(number, column, "country", rule, remedy, value=value[:40]))
    return None


def _post(number: int, column: Column, value: str, faults: list[Refusal]) -> str | None:
    name = value.removeprefix("post/").upper()
    if re.fullmatch(r"[A-Z]{2,3}-[A-Z0-9]{2,20}", name):
        return f"post/{name}"
    rule = N_("“{value}” is no post.")
    remedy = N_("Write it as on its page: US-MOW.")
    faults.append(_at(number, column, "post", rule, remedy, value=value[:40]))
    return None


def _at(
    number: int, column: Column, code: str, rule: str, remedy: str, **values: object
) -> Refusal:
    return fault(code, rule, remedy, row=number, column=column.titles[0], **values)


def keys_of(person: Mapping[str, str]) -> tuple[str, str]:
    """Return what tells persons apart: the passport's number; name and day of birth. Or ""."""
    passport = "".join(sign for sign in person.get("passport", "").upper() if sign.isalnum())
    born = person.get("born", "")
    return passport, f"{folded(person['name'])} {born}" if born else ""


def scripts_of(word: str) -> set[str]:
    """Return the scripts of a word's letters: {"LATIN", "CYRILLIC"}."""
    return {unicodedata.name(sign, "?").partition(" ")[0] for sign in word if sign.isalpha()}


def mixed(text: str) -> tuple[str, ...]:
    """Return the words of a name whose letters are of several scripts that look alike."""
    alike = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}
    return tuple(word for word in re.findall(r"\w+", text) if len(scripts_of(word) & alike) > 1)


def odd_letters(word: str) -> str:
    """Name the letters of the rarer script in a word: "U+0410 CYRILLIC CAPITAL LETTER A"."""
    by_script: dict[str, list[str]] = {}
    for sign in word:
        if sign.isalpha():
            by_script.setdefault(unicodedata.name(sign, "?").partition(" ")[0], []).append(sign)
    rare = min(by_script.values(), key=len, default=[])
    return ", ".join(dict.fromkeys(f"U+{ord(sign):04X} {unicodedata.name(sign)}" for sign in rare))
