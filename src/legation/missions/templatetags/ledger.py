"""How a ledger is worded: what a number counts, and one act behind it."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from legation.missions.addresses import thing_address
from legation.missions.readiness.figures import Figure, Item
from legation.missions.showing.terms import figure_terms, terms_words
from legation.ui.marks import Mark
from legation.ui.templatetags.parts import icon

register = template.Library()


@register.simple_tag
def answering(mark: Mark) -> SafeString:
    """Draw whether a measure is mirrored: colour, shape and word."""
    return format_html(
        '<span class="state is-{}">{}{}</span>', mark.tone, icon(mark.icon), gettext(mark.word)
    )


@register.filter
def figure_words(figure: Figure) -> str:
    """Say what a number is of: "Waiting", "Oldest waits, days"."""
    words = gettext(figure.label)
    return f"{words}, {gettext('days')}" if figure.unit == "days" else words


@register.filter
def counted(figure: Figure) -> str:
    """Say what is counted: in its author's own words where it is a limit."""
    return figure.own_words or gettext(figure.counted)


@register.simple_tag(takes_context=True)
def item_name(context: template.Context, item: Item) -> SafeString:
    """Name the thing behind a number, and lead to its page where there is one for this officer."""
    words, href = _named(context, item)
    return format_html('<a href="{}">{}</a>', href, words) if href else format_html("{}", words)


def _named(context: template.Context, item: Item) -> tuple[str, str]:
    prefix, _, key = item.thing.partition("/")
    if not item.grounds:
        return gettext("A notice of another post"), ""
    if not prefix:
        return ngettext("%(n)d person", "%(n)d persons", item.share) % {"n": item.share}, ""
    if prefix == "notice":
        seen = item.thing in (context.get("notices_in_sight") or ())
        title = gettext(item.title)
        words = f"{title}, {item.number}" if seen and item.number else title
        return words, reverse("notices:page", args=[key]) if seen else ""
    if prefix == "regime":
        return gettext("Rule %(key)s") % {"key": key}, reverse("missions:posts") + "#rules"
    return (context.get("names") or {}).get(item.thing, key), _page_of(item)


def _page_of(item: Item) -> str:
    """Return a thing's page; "" for one that only our chronicle knows, which has none."""
    try:
        return thing_address(item.thing)
    except NoReverseMatch:
        return ""


@register.filter
def item_terms(item: Item) -> str:
    """Say what else the author of a measure says of it, term by term."""
    return terms_words(item, "mode", "kind")


@register.filter
def terms(figure: Figure) -> str:
    """Say in which terms a rule or limit is compared."""
    return figure_terms(figure)
