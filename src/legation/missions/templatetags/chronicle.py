"""How the chronicle is worded: kinds, confidence, windows of time, and lengths of a drawing."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from django import template
from django.utils.dates import MONTHS_3
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from legation.errors import N_
from legation.missions.chronicle.drawing import AXIS, Drawing
from legation.missions.chronicle.entries import CONFIDENCE, WHY
from legation.missions.chronicle.kinds import word_of
from legation.ui.templatetags.parts import icon, partial_day

register = template.Library()

ICONS: Final = {"high": "circle-check", "medium": "check", "low": "circle-dashed"}
SOURCE_KINDS: Final = {
    "us_gov": N_("US government"),
    "ru_state_media": N_("Russian state media"),
    "wire": N_("news agency"),
    "press": N_("press"),
    "aggregator": N_("collection of others’ reports"),
    "legal": N_("legal text"),
    "blog": N_("blog"),
}
HOUR: Final = 60


@register.filter
def kind_word(kind: str) -> str:
    """Say a kind of fact, or another code of the dossier, in words."""
    return gettext(word_of(kind)) if kind else ""


@register.filter
def status_word(status: str) -> str:
    """Say a round's status, which is a code or words already."""
    return status if " " in status else word_of(status)


@register.filter
def worded(word: str) -> str:
    """Say a word of a table in the officer's language."""
    return gettext(word) if word else ""


@register.filter
def source_kind(kind: str) -> str:
    """Say what sort of publisher it is; a sort that is not known by its own name."""
    return gettext(SOURCE_KINDS[kind]) if kind in SOURCE_KINDS else kind.replace("_", " ")


@register.simple_tag
def confidence(name: str) -> SafeString | str:
    """Say in words how sure the dossier is, with a shape; why stands in the title."""
    if name not in CONFIDENCE:
        return ""
    return format_html(
        '<span class="confidence is-{}" title="{}">{}{}</span>',
        name,
        gettext(WHY[name]),
        icon(ICONS[name], "ico-s"),
        gettext(CONFIDENCE[name]),
    )


@register.filter
def confidence_why(name: str) -> str:
    """Say what this confidence rests on."""
    return gettext(WHY[name]) if name in WHY else ""


@register.filter
def anchor(key: str) -> str:
    """Make a place in a page of any key; two keys never share one."""
    plain = re.sub(r"[^A-Za-z0-9-]", "-", key)
    return (
        f"e-{plain}" if plain == key else f"e-{plain[:40]}-{sha256(key.encode()).hexdigest()[:8]}"
    )


@register.filter
def of_key(table: object, key: str) -> object:
    """Look a key up; nothing where it is not there."""
    return table.get(key, "") if isinstance(table, Mapping) else ""


@register.filter
def after_slash(thing: str) -> str:
    """Return the part of an id that people read."""
    return thing.partition("/")[2]


@register.filter
def hours(minutes: int) -> str:
    """Say a length of minutes."""
    whole, rest = divmod(minutes, HOUR)
    told = [ngettext("%(n)d hour", "%(n)d hours", whole) % {"n": whole}] if whole else []
    if rest:
        told.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(told)


@register.filter
def window_word(name: str) -> str:
    """Say a window of time: "2017", "August 2017", "the 2010s"."""
    if name.endswith("s"):
        return gettext("the %(decade)s") % {"decade": name}
    return partial_day(name)


@register.filter
def tick_word(name: str) -> str:
    """Say a stretch of the axis briefly: a year, a month's short name, a day's number."""
    parts = name.split("-")
    if len(parts) > len(("year", "month")):
        return str(int(parts[2]))
    return str(MONTHS_3[int(parts[1])]).capitalize() if len(parts) > 1 else name


@register.filter
def unit(length: float) -> str:
    """Write a length of the drawing; no language puts a comma into it."""
    return f"{length:g}"


@register.filter
def whole(length: float) -> str:
    """Write a whole length of the drawing."""
    return f"{length:.0f}"


@register.filter
def add_units(length: float, more: int) -> str:
    """Write a length and some more of it."""
    return f"{length + more:g}"


@register.filter
def middle(band: tuple[float, float]) -> str:
    """Write the middle of a lane."""
    return f"{band[0] + band[1] / 2:g}"


@register.filter
def axis_top(drawing: Drawing) -> str:
    """Write where the axis begins, from above."""
    return f"{drawing.height - AXIS:g}"


@register.filter
def axis_middle(drawing: Drawing) -> str:
    """Write where the words of the axis stand."""
    return f"{drawing.height - AXIS / 2:g}"
