"""Phrases that formulae share: the articles a note rests on, its particulars, sums of money."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from legation.acts.money import digits_of

_TREATIES: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "en": {
        "VCDR": (
            "Article {one} of the Vienna Convention on Diplomatic Relations",
            "Articles {all} of the Vienna Convention on Diplomatic Relations",
        ),
        "VCCR": (
            "Article {one} of the Vienna Convention on Consular Relations",
            "Articles {all} of the Vienna Convention on Consular Relations",
        ),
    },
    "ru": {
        "VCDR": (
            "статья {one} Венской конвенции о дипломатических сношениях",
            "статьи {all} Венской конвенции о дипломатических сношениях",
        ),
        "VCCR": (
            "статья {one} Венской конвенции о консульских сношениях",
            "статьи {all} Венской конвенции о консульских сношениях",
        ),
    },
    "tr": {
        "VCDR": (
            "Diplomatik İlişkiler Hakkında Viyana Sözleşmesi’nin {one}. maddesi",
            "Diplomatik İlişkiler Hakkında Viyana Sözleşmesi’nin {all}. maddeleri",
        ),
        "VCCR": (
            "Konsolosluk İlişkileri Hakkında Viyana Sözleşmesi’nin {one}. maddesi",
            "Konsolosluk İlişkileri Hakkında Viyana Sözleşmesi’nin {all}. maddeleri",
        ),
    },
}
_AND: Final = {"en": " and ", "ru": " и ", "tr": " ve "}
_REFERENCE: Final = {
    "en": "Reference is made to {articles}.",
    "ru": "Основание: {articles}.",
    "tr": "Dayanak: {articles}.",
}
_POINTS: Final = {"en": (",", "."), "ru": ("\u00a0", ","), "tr": (".", ",")}


def reference(cited: Sequence[str], lang: str) -> str:
    """Return the sentence that names articles. cited: as "VCDR 22", of either convention."""
    told = []
    for treaty, (one, several) in _TREATIES[lang].items():
        numbers = [each.split()[1] for each in cited if each.split()[0] == treaty]
        if len(numbers) == 1:
            told.append(one.format(one=numbers[0]))
        elif numbers:
            told.append(several.format(all=together(numbers, lang)))
    return _REFERENCE[lang].format(articles=together(told, lang))


def together(words: Sequence[str], lang: str) -> str:
    """Return several words as one: "a, b and c"."""
    *before, last = words
    return f"{', '.join(before)}{_AND[lang]}{last}" if before else last


def particulars(labels: Mapping[str, str], told: Iterable[tuple[str, str]]) -> str:
    """Return what is known, a line each, "" where nothing is. told: (key of labels, words)."""
    lines = [f"{labels[key]}: {words}" for key, words in told if words]
    return "\n\n" + "\n".join(lines) if lines else ""


def money_in_words(amount: int, currency: str, lang: str) -> str:
    """Return an amount of minor units as a note writes it: "1,250.00 USD"."""
    group, point = _POINTS[lang]
    places = digits_of(currency)
    whole, rest = divmod(amount, 10**places)
    told = f"{whole:,}".replace(",", group) + (f"{point}{rest:0{places}}" if places else "")
    return f"{told} {currency}"
