"""Values with a rule of their own: days, instants, money, parties, ids, and limits of text.

A value that is written as text is a subclass of `str` (`Day`, `Instant`, `Party`): it is
checked when it is made, is written as it stands, and means the same on every machine. What
looks at a calendar looks at the proleptic Gregorian one; nothing looks at a time zone table.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Self, TypeAlias

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.errors import N_, Refusal
from legation.record.canon import Json

MAX_INTEGER: Final = 2**53 - 1


class Written(str):
    """Text with a rule: the base of values that are written as text."""

    __slots__ = ()
    code: ClassVar[str]
    pattern: ClassVar[re.Pattern[str]]
    rule: ClassVar[str]
    remedy: ClassVar[str]

    def __new__(cls, text: str) -> Self:
        """Return the value; Raises Refusal with the class's own code when the rule is broken."""
        if cls.pattern.fullmatch(text) is None or not cls.holds(text):
            raise Refusal(
                cls.code, thing=N_("“{text}”"), rule=cls.rule, remedy=cls.remedy, text=text[:80]
            )
        return super().__new__(cls, text)

    @classmethod
    def holds(cls, text: str) -> bool:
        """Tell whether text that fits the pattern keeps the rest of the rule."""
        del text
        return True

    @property
    def text(self) -> str:
        """The value as plain text."""
        return str.__str__(self)


class Day(Written):
    """A day, a month or a year: "2021-06-10", "2021-06", "2021".

    Partial because sources are: "closed in 2021" is known, the day is not. Years 1000 to 2999.
    """

    __slots__ = ()
    code = "day"
    pattern = re.compile(
        r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?", re.ASCII
    )
    rule = N_("a date is a year, a month or a day that exists, as 2021, 2021-06 or 2021-06-10.")
    remedy = N_("Write the year first, or leave out the part that is not known.")

    @classmethod
    def holds(cls, text: str) -> bool:
        """Tell whether a whole day exists."""
        return len(text) < 10 or _exists(text)

    @property
    def first(self) -> date:
        """The first day that this may mean."""
        return date(int(self[:4]), int(self[5:7] or 1), int(self[8:10] or 1))

    @property
    def last(self) -> date:
        """The last day that this may mean."""
        first = self.first
        if len(self) == 10:
            return first
        if len(self) == 4:
            return date(first.year, 12, 31)
        after = (first.year + 1, 1) if first.month == 12 else (first.year, first.month + 1)
        return date(*after, 1) - timedelta(days=1)


def _exists(day: str) -> bool:
    """Tell whether a whole day of the right form stands in the calendar."""
    if day[8:10] < "29":
        return True  # Every month has it, and most days are such.
    try:
        date(int(day[:4]), int(day[5:7]), int(day[8:10]))
    except ValueError:
        return False
    return True


class Instant(Written):
    """A moment with its offset from UTC: "2026-12-01T10:00+03:00" or "2026-12-01T07:00Z".

    The offset stays as written: ten o'clock in Moscow is what the officer said. Seconds may be
    left out. A moment without an offset means two things in two capitals and is refused.
    """

    __slots__ = ()
    code = "instant"
    # Whether an hour exists stands in the pattern: interpreters differ about 24:00.
    pattern = re.compile(
        r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
        r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])",
        re.ASCII,
    )
    rule = N_("a time is a day and hour that exist, with its zone, as 2026-12-01T10:00+03:00.")
    remedy = N_("Add Z for UTC, or the offset of the place, as +03:00.")

    @classmethod
    def holds(cls, text: str) -> bool:
        """Tell whether its day exists."""
        return _exists(text)

    @property
    def utc(self) -> datetime:
        """The moment in UTC, aware."""
        plain, offset = (self[:-1], "+00:00") if self.endswith("Z") else (self[:-6], self[-6:])
        shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
        local = datetime.fromisoformat(plain).replace(tzinfo=UTC)
        return local + shift if offset[0] == "-" else local - shift

    def before(self, other: "Instant") -> bool:
        """Tell whether this moment comes before another."""
        if self[-6:] == other[-6:] and len(self) == len(other):
            return str.__lt__(self, other)  # One zone and form: as written, so in time.
        return self.utc < other.utc


class Party(Written):
    """A party's code: two or three capitals, ISO 3166 where there is one ("US", "RU")."""

    __slots__ = ()
    code = "party"
    pattern = re.compile(r"[A-Z]{2,3}", re.ASCII)
    rule = N_("a party is named by two or three capitals, as US or RU.")
    remedy = N_("Use the code of the state.")


class Currency(Written):
    """A currency's code of ISO 4217, as its form goes: three capitals."""

    __slots__ = ()
    code = "currency"
    pattern = re.compile(r"[A-Z]{3}", re.ASCII)
    rule = N_("a currency is named by three capitals, as USD or RUB.")
    remedy = N_("Use the code of ISO 4217.")


class Language(Written):
    """A language's code: two or three small letters of ISO 639."""

    __slots__ = ()
    code = "language"
    pattern = re.compile(r"[a-z]{2,3}", re.ASCII)
    rule = N_("a language is named by two or three small letters, as en, ru or tr.")
    remedy = N_("Use the code of ISO 639.")


class Hash(Written):
    """A SHA-256 as 64 small hexadecimal digits."""

    __slots__ = ()
    code = "hash"
    pattern = re.compile(r"[0-9a-f]{64}", re.ASCII)
    rule = N_("a hash is 64 of 0-9 and a-f.")
    remedy = N_("Copy it again, whole.")


@dataclass(frozen=True, slots=True)
class Needed:
    """Marks a field that must be there, and says why in words."""

    rule: str


WithCurrency: TypeAlias = Annotated[
    Currency, Needed(N_("money is told with its currency, as USD."))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in minor units (cents, kopeks): never a fraction."""

    minor: Annotated[int, Ge(-MAX_INTEGER), Le(MAX_INTEGER)]
    currency: WithCurrency


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """Money that went through on a day. amount: in minor units (cents), never a fraction."""

    day: Day
    amount: Annotated[int, Ge(0), Le(MAX_INTEGER)]
    currency: WithCurrency


class Id(Written):
    """The name of a thing in the record: "post/US-MOW", "premises/P1", "notice/US-3f…".

    What the desk makes ends in the party's code, a hyphen and 16 random hexadecimal digits;
    what a dossier brings keeps the name that it has there.
    """

    __slots__ = ()
    code = "id"
    pattern = re.compile(r"[a-z]{2,16}/[A-Z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
    rule = N_("a thing is named as post/US-MOW: its kind, a stroke, then letters, digits, hyphens.")
    remedy = N_("Choose the thing from the list, or copy its name whole.")

    @property
    def kind(self) -> str:
        """What stands before the stroke."""
        return str(self.partition("/")[0])

    @property
    def name(self) -> str:
        """What stands after the stroke."""
        return str(self.partition("/")[2])


@dataclass(frozen=True, slots=True)
class Of:
    """Marks an `Id` that must name a thing of one kind: `Annotated[Id, Of("post")]`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Matches:
    """Marks text that must fit a pattern from end to end, and says the rule in words."""

    pattern: str
    rule: str


@dataclass(frozen=True, slots=True, eq=False)  # type hints are hashed, and dicts are not
class InWords:
    """Says a choice in each language of a note: `{"en": {"urgent": "urgent"}, "ru": …}`.

    `Annotated[Literal["urgent", "usual"], InWords({…})]`: formulae that name the field, or a list
    of records that hold it, then say these words.
    """

    words: Mapping[str, Mapping[str, str]]


class Personal:
    """Marks a field about a person: it travels beside the act and can be erased.

    `Annotated[str, Personal, MaxLen(80)]`. Such a field is text. Its class has a field
    `person: PersonRef = ""`, the random number that stands for the person in the body.
    """


class AnyJson:
    """Marks a field that holds any JSON value, as it stands."""


if TYPE_CHECKING:
    JsonValue: TypeAlias = Json
else:
    JsonValue = Annotated[object, AnyJson]

PERSON: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)
PersonRef = Annotated[
    str, MaxLen(16), Matches("([0-9a-f]{16})?", N_("a person's number is 16 of 0-9 and a-f."))
]
"""A random number that the caller draws, 16 hexadecimal digits; "" before release."""

Line80 = Annotated[str, MinLen(1), MaxLen(80)]
Line200 = Annotated[str, MinLen(1), MaxLen(200)]
Words = Annotated[str, MinLen(1), MaxLen(2000)]
"""Some paragraphs: up to 2,000 characters."""
Sources = Annotated[tuple[Annotated[str, MinLen(1), MaxLen(300)], ...], MaxLen(20)]
"""Where a statement is taken from: addresses or titles, at most 20."""
PostId = Annotated[Id, Of("post")]
PremisesId = Annotated[Id, Of("premises")]
NoticeId = Annotated[Id, Of("notice")]
SlotId = Annotated[Id, Of("slot")]
PersonId = Annotated[Id, Of("person")]
LicenceId = Annotated[Id, Of("licence")]

_MADE: Final = re.compile(r"([A-Z]{2,3})-[0-9a-f]{16}", re.ASCII)


def made_by(thing: str) -> str | None:
    """Return the party whose desk made this id ("notice/US-" and 16 digits), or None."""
    found = _MADE.fullmatch(thing.partition("/")[2])
    return None if found is None else found.group(1)
