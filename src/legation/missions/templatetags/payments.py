"""How money, licences and obstacles are worded."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from legation.acts.money import digits_of
from legation.errors import N_
from legation.missions.addresses import thing_address
from legation.missions.currencies import name_of
from legation.missions.readiness.facts import Told
from legation.missions.readiness.payments import Runway, Sum
from legation.ui.templatetags.parts import icon

register = template.Library()

WEIGHTS: Final = {
    "stops": ("blocked", "ban", N_("Stops it")),
    "unknown": ("unknown", "circle-dashed", N_("Not stated")),
    "check": ("info", "eye", N_("Check")),
    "risk": ("strained", "hourglass", N_("Risk")),
}
SOON: Final = 30


@register.simple_tag
def money(amount: Sum | None) -> SafeString | str:
    """Show money as the reader's language writes numbers, with all digits of its currency."""
    if amount is None:
        return ""
    digits = digits_of(amount.currency)
    value = Decimal(amount.amount).scaleb(-digits)
    shown = number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)
    name = name_of(amount.currency, get_language() or "en")
    return format_html(
        '<span class="num">{} <abbr title="{}">{}</abbr></span>', shown, name, amount.currency
    )


@register.simple_tag
def days_left(days: int | None) -> SafeString | str:
    """Show how many days a licence has left: colour, shape and word."""
    if days is None:
        return ""
    if days < 0:
        words = ngettext("ended %(n)d day ago", "ended %(n)d days ago", -days) % {"n": -days}
        return _mark("blocked", "ban", words)
    words = ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    return _mark("strained", "hourglass", words) if days <= SOON else _mark("ok", "check", words)


@register.simple_tag
def weight(name: str) -> SafeString:
    """Draw how much an obstacle weighs."""
    tone, shape, word = WEIGHTS[name]
    return _mark(tone, shape, gettext(word))


@register.simple_tag
def runway_words(runway: Runway) -> str:
    """Say how long cash lasts, in months of 30 days and days."""
    months = ngettext("%(n)d month", "%(n)d months", runway.months) % {"n": runway.months}
    days = ngettext("%(n)d day", "%(n)d days", runway.days) % {"n": runway.days}
    return f"{months}, {days}" if runway.months else days


def _mark(tone: str, shape: str, words: str) -> SafeString:
    return format_html('<span class="state is-{}">{}{}</span>', tone, icon(shape), words)


_STATES: Final = {
    "works": ("ok", "circle-check", N_("Works")),
    "slow": ("strained", "hourglass", N_("Slow")),
    "blocked": ("blocked", "lock", N_("Blocked")),
    "rejected": ("blocked", "arrow-right", N_("Rejected")),
    "closed": ("closed", "circle-minus", N_("Closed")),
}
_LICENCES: Final = {
    "in_force": ("ok", "circle-check", N_("In force")),
    "suspended": ("strained", "circle-minus", N_("Suspended")),
    "revoked": ("blocked", "ban", N_("Revoked")),
    "expired": ("blocked", "ban", N_("Expired")),
}


@register.simple_tag
def channel_state(name: str) -> SafeString:
    """Draw a channel's state: colour, shape and word."""
    tone, shape, word = _STATES[name]
    return _mark(tone, shape, gettext(word))


@register.simple_tag
def licence_state(name: str) -> SafeString:
    """Draw a licence's state: colour, shape and word."""
    tone, shape, word = _LICENCES[name]
    return _mark(tone, shape, gettext(word))


@register.filter
def thing_page(thing: str) -> str:
    """Return the address of a thing's page."""
    return thing_address(thing)


@register.filter
def words(names: str) -> list[str]:
    """Return the names in a line."""
    return names.split()


@register.filter
def of(told: Mapping[str, Told], name: str) -> Told:
    """Return what holds of a field."""
    return told[name]
