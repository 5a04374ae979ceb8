"""How answers and the things that a notice is about are shown: `{% load notes %}`."""

from collections.abc import Mapping
from typing import Final

from django import template
from django.forms import BaseForm, BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from legation.acts.reasons import reason as why
from legation.notices.forms import GroupView
from legation.notices.queries import AnswerView
from legation.ui.marks import MARKS
from legation.ui.templatetags.parts import icon, state

register = template.Library()

# What an id begins with: the name of the page that shows such a thing.
PAGES: Final = {"post": "missions:post", "premises": "missions:building", "notice": "notices:page"}


@register.filter
def any_wrong(entries: "list[BoundField | GroupView]") -> bool:
    """Tell whether a field has something against it, so that a fold opens over it."""
    return any(entry.errors for entry in entries)


@register.filter
def wrong_fields(form: BaseForm) -> list[BoundField]:
    """Return the fields that have something against them, to be led to from above the form."""
    return [bound for bound in form if bound.errors and not bound.is_hidden]


@register.simple_tag
def answer_mark(answer: AnswerView) -> SafeString:
    """Show an answer. One that no table knows is shown as final or interim, with its title."""
    word = gettext(answer.title)
    if answer.code in MARKS:
        return state(answer.code, word)
    tone, drawn = ("info", "circle-check") if answer.final else ("strained", "hourglass")
    return format_html('<span class="state is-{}">{}{}</span>', tone, icon(drawn), word)


@register.simple_tag
def reason(code: str) -> str:
    """Say why an act does not count."""
    return gettext(why(code))


@register.simple_tag
def thing_link(name: str, called: Mapping[str, str] | None = None) -> SafeString | str:
    """Link to the page of a thing by its id, where things of its kind have one.

    called: what stands for its id, a number or a name.
    """
    prefix, _, key = name.partition("/")
    page = PAGES.get(prefix)
    if page is None:
        return name
    return format_html(
        '<a href="{}">{}</a>', reverse(page, args=[key]), (called or {}).get(name, name)
    )
