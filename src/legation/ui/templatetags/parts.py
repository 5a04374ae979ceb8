"""Parts with logic that every room's templates use: `{% load parts %}`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, gettext, ngettext, pgettext

from legation.acts.money import written_in
from legation.acts.places import is_paper
from legation.acts.values import Day
from legation.ui.clocks import Clock, clock_of
from legation.ui.codes import code_of
from legation.ui.marks import mark_of

register = template.Library()

INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)")
PLACE: Final = re.compile(r"\{(number|date|p([1-9]\d{0,3})\.([a-z0-9_]{1,60}))\}")
WHOLE_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
PARTIAL: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
TWO_MINUTES: Final = 2 * MINUTE
TWO_HOURS: Final = 2 * HOUR


@register.simple_tag
def icon(name: str, klass: str = "") -> SafeString:
    """Draw an icon of the sprite. It repeats a word beside it, so no reader speaks it."""
    return format_html(
        '<svg class="ico{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {klass}" if klass else "",
        static("legation/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def party(context: template.Context, code: str) -> SafeString:
    """Draw a party's chip with its code; its name is its title."""
    mark = (context.get("parties") or {}).get(code)
    if mark is None:
        return format_html('<abbr class="party" title="{}">{}</abbr>', code, code)
    return format_html(
        '<abbr class="party is-{}" title="{}">{}</abbr>', mark.hue, mark.name, mark.code
    )


@register.simple_tag(takes_context=True)
def party_name(context: template.Context, code: str) -> str:
    """Say a party's name; its code where it has none here."""
    mark = (context.get("parties") or {}).get(code)
    return code if mark is None else str(mark.name)


@register.simple_tag
def state(name: str, word: str = "") -> SafeString:
    """Draw a state by colour, shape and word. word: to say something else than the table."""
    mark = mark_of(name)
    return format_html(
        '<span class="state is-{}">{}{}</span>', mark.tone, icon(mark.icon), word or _(mark.word)
    )


@register.simple_tag
def state_word(name: str) -> str:
    """Say a state's word alone, where its mark stands already."""
    return _(mark_of(name).word)


@register.simple_tag
def language_name(code: str) -> str:
    """Say a language in that language."""
    try:
        info = get_language_info(code)
    except KeyError:
        return code
    name = str(info["name_local"])
    return name[:1].upper() + name[1:]


@register.simple_tag
def pill(tone: str, word: str, icon_name: str = "") -> SafeString:
    """Draw a small label, with an icon where its colour would else speak alone."""
    drawn = icon(icon_name, "ico-s") if icon_name else ""
    return format_html('<span class="pill is-{}">{}{}</span>', tone, drawn, word)


def _(word: str) -> str:
    return gettext(word) if word else ""


def _home(context: template.Context) -> Clock:
    clock: Clock | None = context.get("home_clock")
    return clock or clock_of("")


def _stamp(at: datetime, text: str, title: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.strftime("%Y-%m-%dT%H:%M:%SZ"), title, text
    )


def _utc(at: datetime) -> str:
    local = clock_of("").local(at)
    return f"{date_format(local, pgettext('date', 'j F Y'))}, {local:%H:%M:%S} UTC"


@register.simple_tag(takes_context=True)
def moment(context: template.Context, at: datetime | None, form: str = "") -> SafeString | str:
    """Show an instant on our own desk's clock, with the clock's place; UTC is its title.

    form: "plain" leaves the place out, where a line beside it names the clock.
    """
    if at is None:
        return ""
    clock = _home(context)
    shown = date_format(clock.local(at), pgettext("date and time", "j F Y, H:i"))
    return _stamp(at, shown if form == "plain" else f"{shown} {gettext(clock.place)}", _utc(at))


@register.simple_tag(takes_context=True)
def hour(context: template.Context, at: datetime, place: str = "") -> SafeString:
    """Show an instant's time of day on our own clock. place: "with" names the clock."""
    clock = _home(context)
    shown = date_format(clock.local(at), pgettext("time", "H:i"))
    return _stamp(at, f"{shown} {gettext(clock.place)}" if place else shown, _utc(at))


@register.simple_tag(takes_context=True)
def day(context: template.Context, at: datetime | date | None, form: str = "") -> SafeString | str:
    """Show a day. An instant is shown on our own clock. form: "short" leaves the year out."""
    if at is None:
        return ""
    local = _home(context).local(at) if isinstance(at, datetime) else at
    shape = pgettext("short date", "j F") if form else pgettext("date", "j F Y")
    return format_html(
        '<time datetime="{}">{}</time>', f"{local:%Y-%m-%d}", date_format(local, shape)
    )


def length(seconds: float) -> str:
    """Say a length of time in its largest fitting unit: seconds, minutes, hours, days."""
    whole = max(int(seconds), 0)
    if whole < TWO_MINUTES:
        return ngettext("%(n)d second", "%(n)d seconds", whole) % {"n": whole}
    if whole < TWO_HOURS:
        n = whole // MINUTE
        return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}
    if whole < 2 * DAY:
        n = whole // HOUR
        return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}
    n = whole // DAY
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


@register.simple_tag(takes_context=True)
def ago(context: template.Context, at: datetime) -> SafeString:
    """Say how long ago an instant was, by the node's clock (`now` of the page)."""
    passed = length((context["now"] - at).total_seconds())
    return _stamp(at, gettext("%(length)s ago") % {"length": passed}, _utc(at))


@register.simple_tag(takes_context=True)
def waiting(context: template.Context, since: datetime) -> SafeString:
    """Say how long something waits. It never says more than that: no clock was agreed."""
    passed = length((context["now"] - since).total_seconds())
    return _stamp(since, gettext("waiting %(length)s") % {"length": passed}, _utc(since))


@register.simple_tag(takes_context=True)
def distance(context: template.Context, at: datetime) -> str:
    """Say how far away an instant is, by the node's clock: "in 18 days", "3 days ago"."""
    left = (at - context["now"]).total_seconds()
    said = gettext("in %(length)s") if left > 0 else gettext("%(length)s ago")
    return said % {"length": length(abs(left))}


@register.simple_tag
def clock_words(clock: object) -> str:
    """Say a clock: "48 hours", "30 days", "5 working days of both"; "–" for none."""
    amount, unit = getattr(clock, "amount", None), getattr(clock, "unit", "")
    if not isinstance(amount, int):
        return "–"
    said = {
        "hours": ngettext("%(n)d hour", "%(n)d hours", amount),
        "days": ngettext("%(n)d day", "%(n)d days", amount),
    }
    both = ngettext("%(n)d working day of both", "%(n)d working days of both", amount)
    return said.get(unit, both) % {"n": amount}


@register.simple_tag
def calendar_weekend(declared: Mapping[str, Sequence[str]], party: str) -> str:
    """Say the days of the week that a party rests, "" where it has declared no calendar."""
    names = {
        "mon": gettext("Monday"),
        "tue": gettext("Tuesday"),
        "wed": gettext("Wednesday"),
        "thu": gettext("Thursday"),
        "fri": gettext("Friday"),
        "sat": gettext("Saturday"),
        "sun": gettext("Sunday"),
    }
    if party not in declared:
        return ""
    return ", ".join(names[day] for day in declared[party]) or gettext("none")


@register.simple_tag
def clock_now(code: str, now: datetime) -> SafeString:
    """Show what the clock of a party's capital says now."""
    clock = clock_of(code)
    return format_html(
        '<span class="clock"><b class="num">{}</b> {}</span>',
        date_format(clock.local(now), pgettext("time", "H:i")),
        gettext(clock.place),
    )


@register.simple_tag(takes_context=True)
def shown_value(context: template.Context, value: object) -> SafeString | str:
    """Show a value of a form: an instant on our clock, a day in words, a list by its entries."""
    if isinstance(value, str) and INSTANT.fullmatch(value):
        return _as_written(context, value)
    if isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        rows = ((number, _in_one_line(each)) for number, each in enumerate(value, start=1))
        return format_html_join(mark_safe("<br>"), "{}. {}", rows)
    return _in_one_line(value)


def _in_one_line(value: object) -> str:
    said = ((name, _day_in_words(text)) for name, text in flat(value))
    return "; ".join(f"{name}: {text}" if name else text for name, text in said)


def _day_in_words(text: str) -> str:
    return partial_day(text) if WHOLE_DAY.fullmatch(text) and Day.holds(text) else text


def _as_written(context: template.Context, text: str) -> SafeString:
    """Show an instant in the zone in which an officer wrote it; our own clock is its title."""
    at = datetime.fromisoformat(text)
    zone = "UTC" if text.endswith("Z") else f"UTC{text[-6:]}"
    clock = _home(context)
    here = date_format(clock.local(at), pgettext("date and time", "j F Y, H:i"))
    shown = date_format(at.replace(tzinfo=None), pgettext("date and time", "j F Y, H:i"))
    return format_html(
        '<time datetime="{}" title="{} {}">{} {}</time>',
        text,
        here,
        gettext(clock.place),
        shown,
        zone,
    )


@register.filter
def on_paper(index: int | None) -> bool:
    """Tell whether an act at this place stands on paper only, and so is ours alone."""
    return index is not None and is_paper(index)


@register.filter
def utf8(data: bytes) -> str:
    """Show bytes that are words as words; what is no UTF-8 stays visible as such."""
    return bytes(data).decode("utf-8", errors="backslashreplace")


@register.filter(needs_autoescape=True)
def placed(text: str, autoescape: bool = True) -> SafeString:  # noqa: ARG001, FBT001, FBT002 - Django's
    """Show a text in paragraphs; what release or print fills in is marked as such."""
    words = {"number": gettext("number, set at release"), "date": gettext("date of release")}

    def mark(found: re.Match[str]) -> str:
        person = gettext("person {number}: {field}")
        word = words.get(found[1]) or person.format(number=found[2], field=label(found[3]))
        return format_html('<mark class="place">{}</mark>', word)

    return mark_safe(PLACE.sub(mark, linebreaks(text, autoescape=True)))  # noqa: S308 - escaped above


@register.filter
def partial_day(written: object, place: str = "") -> str:
    """Show a day, month or year as far as it is known: "2018-04-24", "2021-06", "2021".

    place: "within" where it follows "since", "from", "until": a language may decline it there.
    """
    text = str(written)
    if not PARTIAL.fullmatch(text):
        return text
    if place:
        month = pgettext("month and year after “since”", "F Y")
    else:
        month = pgettext("month and year", "F Y")
    shape = {0: "Y", 1: month}.get(text.count("-"), pgettext("date", "j F Y"))
    known = text.count("-")
    return date_format(date.fromisoformat(text + "-01" * (2 - known)), shape)


@register.filter
def lookup_code(leaf: bytes | str) -> str:
    """Show the 12 characters that look an entry up. leaf: its hash, 32 bytes or 64 hex."""
    return code_of(bytes.fromhex(leaf) if isinstance(leaf, str) else bytes(leaf))


@register.simple_tag
def languages() -> Sequence[tuple[str, str]]:
    """Return the desk's languages, each as it names itself."""
    return settings.LANGUAGES


def worded(name: str) -> str:
    """Return the name of a field as words, as catalogues of translations know it."""
    word = name.replace("_", " ")
    return word[:1].upper() + word[1:]


@register.filter
def label(name: str) -> str:
    """Show the name of a field of an act as words, in the reader's language."""
    return _(worded(name))


@register.filter
def flat(value: object, leave_out: str = "") -> list[tuple[str, str]]:
    """Spread a JSON value into rows of a path and its text. leave_out: keys at the top to skip."""
    skipped = leave_out.split(",")
    if isinstance(value, Mapping):
        value = {key: each for key, each in value.items() if key not in skipped}
    return [(" › ".join(label(step) for step in path), text) for path, text in _leaves((), value)]


def _leaves(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves((*path, str(key)), written_in(value, key) or each)
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value, start=1):
            yield from _leaves((*path, str(place)) if len(value) > 1 else path, each)
    elif value is None:
        yield path, gettext("none")
    elif isinstance(value, bool):
        yield path, gettext("yes") if value else gettext("no")
    else:
        yield path, str(value)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """Show a form's field with its label, hint and what is wrong with it."""
    widget: Any = bound.field.widget
    kind = getattr(widget, "input_type", "text")
    group = kind in {"radio", "checkbox"} and hasattr(widget, "choices")
    described = [f"{bound.id_for_label}-hint"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.id_for_label}-wrong")
    attrs = dict(widget.attrs)
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "drawn": bound.as_widget(attrs=attrs),
        "group": group,
        "single_box": kind == "checkbox" and not group,
        "optional": not bound.field.required,
        "personal": getattr(bound.field, "personal", False),
    }


@register.inclusion_tag("ui/beats.html")
def beats(row: Sequence[str], label: str, klass: str = "") -> dict[str, object]:
    """Draw heartbeats, oldest first: "ok", "late", "miss" or "none" each; the last one is live.

    Width and height of a bar are attributes of the drawing: no inline style is needed.
    """
    height: Mapping[str, tuple[int, int]] = {"ok": (2, 16), "late": (4, 12), "miss": (7, 6)}
    bars = [
        {
            "x": place * 5,
            "y": height.get(beat, (9, 2))[0],
            "h": height.get(beat, (9, 2))[1],
            "beat": beat,
            "live": place == len(row) - 1 and beat == "ok",
        }
        for place, beat in enumerate(row)
    ]
    return {"bars": bars, "label": label, "klass": klass, "width": max(len(row) * 5, 5)}
