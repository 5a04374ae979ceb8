"""Choose facts, and count what each further choice would leave. Pure.

1. Every choice narrows; a value that no fact has leaves none, and the page says so.
2. The count beside a choice is what would be shown if it were made, all others kept.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import urlencode

from legation.errors import N_, Refusal
from legation.missions.chronicle.entries import Fact

YEAR_DIGITS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for; "" asks for nothing. thing: a post or premises. since, until: years."""

    matter: str = ""
    thing: str = ""
    kind: str = ""
    confidence: str = ""
    since: str = ""
    until: str = ""

    @property
    def link(self) -> str:
        """The query string that asks for the same."""
        return urlencode({key: value for key, value in self.pairs() if value})

    def pairs(self) -> list[tuple[str, str]]:
        """Return every field with its value."""
        return [(one.name, getattr(self, one.name)) for one in fields(self)]

    def __bool__(self) -> bool:
        return any(value for _key, value in self.pairs())


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value that a field may have, and how many facts it would leave."""

    value: str
    count: int
    chosen: bool


def read_filters(asked: Mapping[str, str]) -> tuple[Filters, tuple[Refusal, ...]]:
    """Read filters from a form: what is no year is told, and asks for nothing."""
    given = {one.name: asked.get(one.name, "").strip()[:300] for one in fields(Filters)}
    wrong = []
    for name in ("since", "until"):
        value = given[name]
        if value and not (value.isascii() and value.isdigit() and len(value) == YEAR_DIGITS):
            wrong.append(
                Refusal(
                    "year",
                    thing=N_("“{value}”"),
                    rule=N_("a year is written with four digits."),
                    remedy=N_("Write it like 2017, or leave it empty."),
                    value=value[:20],
                )
            )
            given[name] = ""
    if given["since"] and given["until"] and given["since"] > given["until"]:
        given["since"], given["until"] = given["until"], given["since"]
    return Filters(**given), tuple(wrong)


Holders = Mapping[str, str]
"""Premises -> the post that they belong to: a fact of a building is one of its post too."""


def values_of(fact: Fact, name: str, holders: Holders) -> tuple[str, ...]:
    """Return the values by which one field of the form finds this fact."""
    if name == "matter":
        return fact.matters
    if name == "kind":
        return (fact.kind,)
    if name == "confidence":
        return (fact.confidence,) if fact.confidence else ()
    posts = (holders[thing] for thing in fact.things if thing in holders)
    return tuple(dict.fromkeys((*fact.things, *posts)))


CHOICES: Final = ("matter", "thing", "kind", "confidence")


def _fits(fact: Fact, filters: Filters, holders: Holders) -> bool:
    years = (not filters.since or fact.year >= filters.since) and (
        not filters.until or fact.year <= filters.until
    )
    return years and all(
        wanted in values_of(fact, name, holders)
        for name in CHOICES
        if (wanted := getattr(filters, name))
    )


def chosen(facts: Iterable[Fact], filters: Filters, holders: Holders) -> tuple[Fact, ...]:
    """Return the facts that fit, in the order given."""
    return tuple(fact for fact in facts if _fits(fact, filters, holders))


def options(
    facts: Iterable[Fact], filters: Filters, holders: Holders, name: str
) -> tuple[Option, ...]:
    """Return the values of one field of the form with true counts (rule 2), the most first."""
    now = getattr(filters, name)
    left = chosen(facts, replace(filters, **{name: ""}), holders)
    counts = Counter(value for fact in left for value in values_of(fact, name, holders))
    if now and now not in counts:
        counts[now] = 0
    return tuple(
        Option(value=value, count=count, chosen=value == now)
        for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
