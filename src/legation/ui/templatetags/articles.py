"""Articles of conventions as a reader's language abbreviates them."""

from collections.abc import Callable, Iterable
from typing import Final

from django import template
from django.utils.translation import gettext

from legation.errors import N_

register = template.Library()
CONVENTIONS: Final = (N_("VCDR"), N_("VCCR"))
"""Those whose abbreviation other languages have of their own; others are said as they stand."""


@register.filter
def treaty(articles: str) -> str:
    """Write articles as they stand, "VCDR 4, 19", the treaty as the language names it."""
    return named(articles, gettext)


def named(articles: str, translate: Callable[[str], str]) -> str:
    """Do as `treaty` in the language that `translate` speaks."""
    for name in CONVENTIONS:
        articles = articles.replace(name, translate(name))
    return articles


@register.filter
def treaties(articles: Iterable[str]) -> str:
    """Write articles with each treaty named once: "VCDR 7, 9; VCCR 19"."""
    found: dict[str, list[str]] = {}
    for article in articles:
        name, _space, number = article.partition(" ")
        found.setdefault(name, []).append(number)
    told = (f"{name} {', '.join(numbers)}".strip() for name, numbers in found.items())
    return treaty("; ".join(told))
