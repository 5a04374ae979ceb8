"""What a sheet says beside the note itself, in the language of its original text.

Data by language and not messages of the desk: paper reads the same whatever language the officer
who prints it has chosen. A language that is not here is served in English. Turkish is unchecked.
"""

from collections.abc import Mapping
from typing import Final

ENGLISH: Final[Mapping[str, str]] = {
    "original": "Original",
    "authentic": "Authentic",
    "courtesy": "Courtesy translation",
    "released": "Not signed. Cleared and released by two officers; entry {entry} of {party}.",
    "code": "The code {code} looks up the entry; the square holds the whole hash:",
    "paper": (
        "Not signed. Cleared and released by two officers, on paper: it stands in the sender’s"
        " own book as {number}, and in no record shared with the other side."
    ),
    "transcript": (
        "Typed in from paper into our own book as {number}. Not the document itself, and in no"
        " record shared with the other side."
    ),
    "ours_only": "OURS ONLY. For our own desk; not to be handed to the other side.",
    "draft": "OURS ONLY. Draft. Not released, not in the record.",
    "draft_foot": "A draft: number and date are set at release. Nothing here was sent.",
    "number": "[number, set at release]",
    "date": "[date of release]",
    "erased": "[erased]",
    "not_here": "[not held here]",
    "withheld": "[personal, not printed here]",
    "numbered": "Characters without a shape in the fonts of this sheet, shown as numbers: {count}.",
    "foot": "Note {number}",
    "entry": "entry {entry}",
    "annex": "List of persons",
    "square": "Square code holding the whole hash of the entry: {leaf}",
}
RUSSIAN: Final[Mapping[str, str]] = {
    "original": "Оригинал",
    "authentic": "Аутентичный текст",
    "courtesy": "Неофициальный перевод",
    "released": (
        "Не подписано. Согласовано и выпущено двумя сотрудниками; запись {entry} стороны {party}."
    ),
    "code": "По коду {code} находится запись; в квадрате весь хеш:",
    "paper": (
        "Не подписано. Согласовано и выпущено двумя сотрудниками на бумаге: значится в"
        " собственной книге отправителя под номером {number}, в общей записи сторон отсутствует."
    ),
    "transcript": (
        "Внесено с бумаги в нашу собственную книгу под номером {number}. Не является самим"
        " документом, в общей записи сторон отсутствует."
    ),
    "ours_only": "ТОЛЬКО У НАС. Для собственного пользования; другой стороне не передаётся.",
    "draft": "ТОЛЬКО У НАС. Проект. Не выпущен, в записи отсутствует.",
    "draft_foot": "Проект: номер и дата ставятся при выпуске. Ничего не отправлено.",
    "number": "[номер ставится при выпуске]",
    "date": "[дата выпуска]",
    "erased": "[стёрто]",
    "not_here": "[здесь не хранится]",
    "withheld": "[личные данные, здесь не печатаются]",
    "numbered": "Знаки, которых нет в шрифтах этого листа, показаны номерами: {count}.",
    "foot": "Нота {number}",
    "entry": "запись {entry}",
    "annex": "Список лиц",
    "square": "Квадратный код с полным хешем записи: {leaf}",
}
TURKISH: Final[Mapping[str, str]] = {
    "original": "Asıl metin",
    "authentic": "Geçerli metin",
    "courtesy": "Resmî olmayan çeviri",
    "released": (
        "İmzasızdır. İki görevli tarafından onaylanıp gönderilmiştir; {party} kaydının {entry}."
        " girdisi."
    ),
    "code": "{code} kodu girdiyi bulur; karede özetin tamamı vardır:",
    "paper": (
        "İmzasızdır. İki görevli tarafından onaylanıp kâğıt üzerinde gönderilmiştir: gönderenin"
        " kendi defterinde {number} numarasıyla yer alır, ortak kayıtta yoktur."
    ),
    "transcript": (
        "Kâğıttan kendi defterimize {number} numarasıyla geçirilmiştir. Belgenin kendisi"
        " değildir, ortak kayıtta yoktur."
    ),
    "ours_only": "YALNIZ BİZDE. Kendi masamız içindir; karşı tarafa verilmez.",
    "draft": "YALNIZ BİZDE. Taslak. Gönderilmedi, kayıtta yok.",
    "draft_foot": "Taslak: numara ve tarih gönderilirken konur. Hiçbir şey gönderilmedi.",
    "number": "[numara gönderilirken konur]",
    "date": "[gönderme tarihi]",
    "erased": "[silindi]",
    "not_here": "[burada tutulmuyor]",
    "withheld": "[kişisel veri, burada basılmaz]",
    "numbered": "Bu sayfanın yazı tiplerinde olmayan, numarasıyla gösterilen karakterler: {count}.",
    "foot": "Nota {number}",
    "entry": "girdi {entry}",
    "annex": "Kişi listesi",
    "square": "Girdinin tam özetini taşıyan kare kod: {leaf}",
}
BY_LANGUAGE: Final = {"en": ENGLISH, "ru": RUSSIAN, "tr": TURKISH}


def word(lang: str, name: str, **values: object) -> str:
    """Return a word of the sheet in a language; English where it is not known."""
    return BY_LANGUAGE.get(lang, ENGLISH)[name].format_map(values)


def role_word(lang: str, role: str) -> str:
    """Return what stands over a text; over a courtesy translation in English too."""
    said = word(lang, role if role in ("courtesy", "authentic") else "original")
    if role == "courtesy" and BY_LANGUAGE.get(lang, ENGLISH) is not ENGLISH:
        return f"{said} · {ENGLISH['courtesy'].lower()}"
    return said
