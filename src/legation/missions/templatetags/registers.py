"""How a field of a register is shown: what its author states, and the other side's view."""

import re
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date
from typing import Any, Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from legation.acts.money import major
from legation.acts.regimes import Overlap
from legation.acts.statements import Statement, since
from legation.missions import naming
from legation.missions.addresses import list_address, register_address, thing_address
from legation.missions.fields import choices, registers
from legation.missions.queries import FieldView, OwnView, RegisterView
from legation.missions.queries.things import name_of
from legation.ui.marks import MARKS
from legation.ui.templatetags.parts import flat, icon, partial_day, party, state

register = template.Library()

ID: Final = re.compile(r"[a-z]{2,16}/[A-Z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
AROUND: Final = (
    "parties", "home_clock", "own", "peer", "names", "may_draft", "csrf_token", "view",
)  # fmt: skip
# Fields whose values are shown as a mark: a state, not a text.
AXES: Final = frozenset({"status", "status_seen", "title", "access", "consent", "mode"})


@register.filter
def called(view: RegisterView) -> str:
    """Return the name by which people know a post or premises; `view.name` would be a field."""
    return view.name


@register.filter
def headed(view: RegisterView) -> str:
    """Return what heads a thing: its name, else what kind of thing it is, else its number."""
    kind = view.fields.get("kind")
    if view.name != view.key or kind is None or not isinstance(kind.value, str):
        return view.name
    return gettext(naming.value_name("kind", kind.value))


@register.filter
def head_of(view: RegisterView) -> FieldView:
    """Return who is at the head of a post: by name, or what was said of the office since."""
    head, standing = view.fields["head"], view.fields["head_status"]
    return standing if _first(standing) > _first(head) else head


@register.filter
def field_name(key: str, prefix: str = "") -> str:
    """Return the words of a field's name. prefix: its register."""
    return gettext(naming.field_name(key, prefix))


@register.filter
def register_name(prefix: str) -> str:
    """Return what the things of a register are called."""
    return gettext(naming.register_name(prefix))


@register.filter
def thing_name(prefix: str) -> str:
    """Return what one thing of a register is called."""
    return gettext(naming.thing_name(prefix))


@register.simple_tag(takes_context=True)
def shown(context: template.Context, key: str, value: object) -> SafeString | str:
    """Show a stated value: a mark for a state, a link for a thing, money as people write it."""
    if isinstance(value, str) and (key in AXES or value in choices(key)):
        words = gettext(naming.value_name(key, value))
        return state(value, words) if key in AXES or value in MARKS else words
    if isinstance(value, str):
        return _thing(context, value) if ID.fullmatch(value) else partial_day(value)
    if key == "lists" and isinstance(value, list):
        return format_html_join(
            ", ", '<a href="{}">{}</a>', ((list_address(one), one) for one in value)
        )
    if isinstance(value, Mapping) and isinstance(value.get("amount"), int):
        return _money(value)
    if isinstance(value, Mapping) and {"lat", "lon"} == value.keys():
        return f"{value['lat']}, {value['lon']}"
    return ", ".join(text for _path, text in flat(value))


def _thing(context: template.Context, name: str) -> SafeString | str:
    """Link to a thing by what the page calls it.

    The name of a person is ours only, and stands beside the number.
    """
    prefix, _, key = name.partition("/")
    if prefix not in registers():
        return name
    person = (context.get("names") or {}).get(name)
    words = (context.get("called") or {}).get(name, key)
    link = format_html('<a href="{}">{}</a>', thing_address(name), words)
    if person is None:
        return link
    return format_html('{} <span class="private own-name" dir="auto">{}</span>', link, person)


def _money(value: Mapping[str, Any]) -> str:
    currency = str(value.get("currency", ""))
    words = f"{major(value['amount'], currency)} {currency}"
    day = value.get("day")
    return f"{words}, {partial_day(day)}" if day else words


@register.simple_tag
def thing_url(thing: str) -> str:
    """Return the address of a thing's page."""
    return thing_address(thing)


@register.simple_tag
def register_url(prefix: str) -> str:
    """Return the address of a register's list."""
    return register_address(prefix)


@register.filter
def our_name(view: RegisterView) -> str:
    """Return what we call a thing ourselves: for what is marked ours only."""
    return name_of(view)


@register.filter
def value_name(field: str, value: str) -> str:
    """Return the words of one of the values that a field may have."""
    return gettext(naming.value_name(field, value))


@register.simple_tag
def overlap_days(overlap: Overlap) -> str:
    """Say on which days two rules govern the same; an end that nobody gave is not told."""
    first, last = (
        partial_day(day.isoformat(), "within") if MINYEAR < day.year < MAXYEAR else ""
        for day in (overlap.first, overlap.last)
    )
    if first == last:
        return gettext("On %(day)s.") % {"day": first} if first else ""
    words = {"a": first, "b": last}
    if first and last:
        return gettext("From %(a)s until %(b)s.") % words
    return gettext("From %(a)s.") % words if first else gettext("Until %(b)s.") % words


@register.filter
def of_key(view: RegisterView, key: str) -> FieldView:
    """Return a field of a thing."""
    return view.fields[key]


@register.filter
def of_thing(names: Mapping[str, str] | None, thing: str) -> str:
    """Return the name of a thing of a table of names, or ""."""
    return (names or {}).get(thing, "")


@register.filter
def may_state(row: OwnView, party: str) -> bool:
    """Tell whether a party may state what we know."""
    return row.author == party and not row.never


@register.inclusion_tag("missions/stated.html", takes_context=True)
def stated(context: template.Context, field: FieldView, form: str = "") -> dict[str, Any]:
    """Show what the author of a field states, or that it states nothing; then the contests.

    form: "brief" leaves out basis, note and sources; "unsourced" the sources alone.
    """
    known = sorted(field.own, key=_begins)
    shown_now = known[-1:] if form == "brief" else known
    return {
        **_around(context),
        "field": field,
        "now": field.now,
        "form": form,
        "known": shown_now,
        "more": len(known) - len(shown_now),
    }


def _begins(row: OwnView) -> date:
    return since(row.statement)[0]


def _first(field: FieldView) -> date:
    return date.min if field.now is None else since(field.now)[0]


@register.inclusion_tag("missions/when.html", takes_context=True)
def when(context: template.Context, statement: Statement, form: str = "") -> dict[str, Any]:
    """Show the days, the author of the measure, the legal basis and sources of a statement."""
    return {**_around(context), "statement": statement, "form": form}


@register.simple_tag(takes_context=True)
def not_stated(context: template.Context, author: str, when: str = "") -> SafeString:
    """Say that a side has not stated a field. It is never shown as if all were in order.

    when: "today", where it stated something of other days.
    """
    return format_html(
        '<span class="unstated">{} {} {}</span>',
        icon("circle-dashed"),
        gettext("Nothing stated for today by") if when else gettext("Not stated by"),
        party(context, author),
    )


def _around(context: template.Context) -> dict[str, Any]:
    return {name: context.get(name) for name in AROUND}
