"""How states and posts are named in notes: English, Russian, Turkish, with the cases needed.

Data for drafts only: what a note says is what is released. A state that is not listed is named
as it introduced itself, which reads well in English and is to be corrected in the others.
"""

from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("en", "ru", "tr")


@dataclass(frozen=True, slots=True)
class StateName:
    """A state's name: English with its article, Russian genitive, Turkish, its language."""

    en: str
    ru: str
    tr: str
    language: str = "en"


STATES: Final = {
    "US": StateName(
        "the United States of America",
        "Соединённых Штатов Америки",
        "Amerika Birleşik Devletleri",
        "en",
    ),
    "RU": StateName("the Russian Federation", "Российской Федерации", "Rusya Federasyonu", "ru"),
    "TR": StateName("the Republic of Türkiye", "Турецкой Республики", "Türkiye Cumhuriyeti", "tr"),
    "IN": StateName("the Republic of India", "Республики Индия", "Hindistan Cumhuriyeti"),
    "CA": StateName("Canada", "Канады", "Kanada"),
    "IR": StateName(
        "the Islamic Republic of Iran", "Исламской Республики Иран", "İran İslam Cumhuriyeti"
    ),
    "SA": StateName(
        "the Kingdom of Saudi Arabia",
        "Королевства Саудовская Аравия",
        "Suudi Arabistan Krallığı",
    ),
    "AM": StateName("the Republic of Armenia", "Республики Армения", "Ermenistan Cumhuriyeti"),
    "UA": StateName("Ukraine", "Украины", "Ukrayna"),
    "CH": StateName(
        "the Swiss Confederation", "Швейцарской Конфедерации", "İsviçre Konfederasyonu"
    ),
    "CN": StateName(
        "the People’s Republic of China",
        "Китайской Народной Республики",
        "Çin Halk Cumhuriyeti",
    ),
    "GB": StateName(
        "the United Kingdom of Great Britain and Northern Ireland",
        "Соединённого Королевства Великобритании и Северной Ирландии",
        "Büyük Britanya ve Kuzey İrlanda Birleşik Krallığı",
    ),
}


@dataclass(frozen=True, slots=True)
class Office:
    """How a kind of office is named.

    en: whole and short. ru: nominative, dative, genitive, of the whole and the short name. tr:
    whole (with the possessive ending), whole in the dative, short, short dative, short genitive.
    """

    en: tuple[str, str]
    ru: tuple[str, str, str]
    ru_short: tuple[str, str, str]
    tr: tuple[str, str, str, str, str]
    ru_grateful: str = "было бы признательно"
    """In the gender of the short name."""


_MISSION: Final = Office(
    ("Mission", "Mission"),
    ("Представительство", "Представительству", "Представительства"),
    ("Представительство", "Представительству", "Представительства"),
    ("Temsilciliği", "Temsilciliğine", "Temsilcilik", "Temsilciliğe", "Temsilciliğin"),
)

OFFICES: Final = {
    "embassy": Office(
        ("Embassy", "Embassy"),
        ("Посольство", "Посольству", "Посольства"),
        ("Посольство", "Посольству", "Посольства"),
        ("Büyükelçiliği", "Büyükelçiliğine", "Büyükelçilik", "Büyükelçiliğe", "Büyükelçiliğin"),
    ),
    "consulate_general": Office(
        ("Consulate General", "Consulate General"),
        ("Генеральное консульство", "Генеральному консульству", "Генерального консульства"),
        ("Генеральное консульство", "Генеральному консульству", "Генерального консульства"),
        (
            "Başkonsolosluğu",
            "Başkonsolosluğuna",
            "Başkonsolosluk",
            "Başkonsolosluğa",
            "Başkonsolosluğun",
        ),
    ),
    "consulate": Office(
        ("Consulate", "Consulate"),
        ("Консульство", "Консульству", "Консульства"),
        ("Консульство", "Консульству", "Консульства"),
        ("Konsolosluğu", "Konsolosluğuna", "Konsolosluk", "Konsolosluğa", "Konsolosluğun"),
    ),
    "permanent_mission": Office(
        ("Permanent Mission", "Permanent Mission"),
        (
            "Постоянное представительство",
            "Постоянному представительству",
            "Постоянного представительства",
        ),
        (
            "Постоянное представительство",
            "Постоянному представительству",
            "Постоянного представительства",
        ),
        (
            "Daimi Temsilciliği",
            "Daimi Temsilciliğine",
            "Daimi Temsilcilik",
            "Daimi Temsilciliğe",
            "Daimi Temsilciliğin",
        ),
    ),
    "interests_section": Office(
        ("Interests Section", "Interests Section"),
        ("Секция интересов", "Секции интересов", "Секции интересов"),
        ("Секция", "Секции", "Секции"),
        (
            "Çıkarlar Bölümü",
            "Çıkarlar Bölümüne",
            "Çıkarlar Bölümü",
            "Çıkarlar Bölümüne",
            "Çıkarlar Bölümünün",
        ),
        "была бы признательна",
    ),
    "ministry": Office(
        ("Ministry of Foreign Affairs", "Ministry"),
        (
            "Министерство иностранных дел",
            "Министерству иностранных дел",
            "Министерства иностранных дел",
        ),
        ("Министерство", "Министерству", "Министерства"),
        ("Dışişleri Bakanlığı", "Dışişleri Bakanlığına", "Bakanlık", "Bakanlığa", "Bakanlığın"),
    ),
}

_US_MINISTRY: Final = Office(
    ("Department of State", "Department"),
    (
        "Государственный департамент",
        "Государственному департаменту",
        "Государственного департамента",
    ),
    (
        "Государственный департамент",
        "Государственному департаменту",
        "Государственного департамента",
    ),
    OFFICES["ministry"].tr,
    "был бы признателен",
)


def office(kind: str, party: str) -> Office:
    """Return how an office of a party is named. kind: a type of post, or "ministry"."""
    if kind == "ministry" and party == "US":
        return _US_MINISTRY
    return OFFICES.get(kind, _MISSION)


def state_name(party: str, introduced: str) -> StateName:
    """Return a state's name in notes; `introduced` serves where it is not listed."""
    return STATES.get(party) or StateName(introduced, introduced, introduced)


MONTHS: Final = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "tr": [
        "Ocak",
        "Şubat",
        "Mart",
        "Nisan",
        "Mayıs",
        "Haziran",
        "Temmuz",
        "Ağustos",
        "Eylül",
        "Ekim",
        "Kasım",
        "Aralık",
    ],
}
MONTHS_ALONE_RU: Final = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]


def day_in_words(day: str, lang: str) -> str:
    """Return "2026-11-23" as "23 November 2026"; partial days keep what they have."""
    months = MONTHS.get(lang, MONTHS["en"])
    year = f"{day[:4]} года" if lang == "ru" else day[:4]
    if len(day) == 4:
        return day
    month = int(day[5:7]) - 1
    if len(day) == 7:
        return f"{MONTHS_ALONE_RU[month] if lang == 'ru' else months[month]} {year}"
    return f"{int(day[8:10])} {months[month]} {year}"


def instant_in_words(instant: str, lang: str) -> str:
    """Return "2026-12-01T10:00+03:00" as "1 December 2026, 10:00 (UTC+03:00)"."""
    zone = "UTC" if instant.endswith("Z") else f"UTC{instant[-6:]}"
    return f"{day_in_words(instant[:10], lang)}, {instant[11:16]} ({zone})"
