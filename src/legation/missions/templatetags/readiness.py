"""How a board is worded and drawn: marks, cells, sentences, and what they rest on."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from legation.missions.addresses import thing_address
from legation.missions.readiness.essentials import BY_ID
from legation.missions.readiness.facts import Ground
from legation.missions.readiness.messages import Message, Value
from legation.missions.readiness.verdict import Cell, Verdict
from legation.missions.sheets.told import in_a_line
from legation.missions.showing.marks import CELLS, STANDINGS
from legation.missions.showing.rows import Column, Group, Row
from legation.ui.templatetags.parts import icon, label, partial_day, party

register = template.Library()

DAY: Final = re.compile(r"\d{4}-\d\d(-\d\d)?")
SYLLABLE: Final = re.compile(r"(?<=\w\w\w)([aeiouyаеиоуыэюяıöü])(?=[^\W\daeiouyаеиоуыэюяıöü]\w\w)")
LONG_WORD: Final = 8
SQUARE: Final = 14
STEP: Final = 18
PER_ROW: Final = 12


def said(message: Message) -> str:
    """Say a sentence in the reader's language, its days as that language writes them."""
    return message.said(gettext, _shown)


def _shown(value: Value) -> object:
    if not isinstance(value, str) or DAY.fullmatch(value) is None:
        return value
    return _day_in(value, get_language() or "")


@lru_cache(maxsize=4096)
def _day_in(day: str, language: str) -> str:
    """Write a day in the language, which is the active one: a board has the same day in rows."""
    del language
    return str(partial_day(day, "within"))


def briefly(message: Message) -> str:
    """Say the short form of a sentence in the reader's language."""
    text = message.briefly(gettext, _shown)
    return text[:1].upper() + text[1:]


@register.filter(name="said")
def said_filter(message: Message | None) -> str:
    """Say a sentence of a judgement; nothing where there is none."""
    return "" if message is None else said(message)


@register.filter(name="in_a_line")
def in_a_line_filter(messages: Iterable[Message]) -> str:
    """Say sentences one after the other, each with its stop."""
    return in_a_line(said(each) for each in messages)


@register.filter
def told_whole(verdict: Verdict) -> str:
    """Say how a post stands and, where it is shut, why, in one line."""
    return in_a_line((said(verdict.sentence), *(said(each) for each in verdict.why)))


@register.filter
def worded(word: str) -> str:
    """Say a word of a table in the officer's language."""
    return gettext(word) if word else ""


@register.filter
def key_of(thing: str) -> str:
    """Return the part of an id that people read and that stands in addresses."""
    return thing.partition("/")[2]


@register.simple_tag
def standing(verdict: Verdict, form: str = "") -> SafeString:
    """Draw how a post stands: colour, shape and word. form: "sentence" says the whole verdict."""
    mark = STANDINGS[verdict.standing]
    return format_html(
        '<span class="state is-{}">{}{}</span>',
        mark.tone,
        icon(mark.icon, "ico-s"),
        said(verdict.sentence) if form else gettext(mark.word),
    )


@register.simple_tag
def standing_count(name: str, count: int) -> SafeString:
    """Draw a standing with how many posts have it."""
    mark = STANDINGS[name]
    return format_html(
        '<span class="state is-{}">{}<span><b class="num">{}</b> {}</span></span>',
        mark.tone,
        icon(mark.icon, "ico-s"),
        count,
        gettext(mark.word),
    )


@register.simple_tag
def cell_mark(cell: Cell, word: str = "") -> SafeString:
    """Draw how an essential stands. word: what stands beside the mark instead of its own word."""
    mark = CELLS[cell.state]
    return format_html(
        '<span class="state is-{}">{}{}</span>',
        mark.tone,
        icon(mark.icon, "ico-s"),
        word or gettext(mark.word),
    )


@register.simple_tag
def legend(name: str) -> SafeString:
    """Draw the mark and the word of a state of cells."""
    mark = CELLS[name]
    word = gettext(mark.word)
    if name == "unknown":
        word = gettext("Unknown or not stated, never counted as in order")
    return format_html('<span class="state is-{}">{}{}</span>', mark.tone, icon(mark.icon), word)


@register.filter
def breakable(word: str) -> str:
    """Let a long word break between syllables, where a column is narrow: roughly, by its vowels."""
    return " ".join(
        SYLLABLE.sub("\\1\u00ad", one) if len(one) > LONG_WORD else one for one in word.split(" ")
    )


@register.filter
def lowered(names: Iterable[Any]) -> str:
    """Say essentials one after the other, in lower case."""
    return ", ".join(gettext(one.label) for one in names).lower()


@register.filter
def essential_label(name: str) -> str:
    """Say the name of an essential by its id."""
    return gettext(BY_ID[name].label) if name in BY_ID else label(name)


@register.simple_tag(takes_context=True)
def cells(
    context: template.Context, row: Row, columns: tuple[Column, ...], query: str
) -> SafeString:
    """Draw all cells of a post. query: of the board's address, "" for none.

    Each says its reason briefly and whole in its title; whole at once with `whole_reasons`.

    One tag for a whole row, plain strings inside, and a reason worded once for all cells that
    have it: a board has hundreds of cells.
    """
    kept: Any = context.render_context
    whole = bool(context.get("whole_reasons"))
    once: dict[object, str] = kept.setdefault("reasons", {})
    page = escape(reverse("missions:readiness_post", args=[row.key])) if row.key else ""
    link = f"{page}?{escape(query)}" if query else page
    if "sprite" not in once:
        once["sprite"] = escape(static("legation/icons.svg"))
        once |= {one.essential.id: escape(gettext(one.essential.label)) for one in columns}
        once |= {name: escape(gettext(mark.word)) for name, mark in CELLS.items()}
    sprite = once["sprite"]
    parts = []
    for column in columns:
        name = column.essential.id
        cell = row.verdict.cells.get(name)
        edge = ' class="edge"' if column.edge else ""
        if cell is None:
            parts.append(f"<td{edge}></td>")
            continue
        mark = CELLS[cell.state]
        text, title = _reason(cell, once, whole=whole)
        head, spoken = once[name], once[cell.state]
        parts.append(
            f'<td{edge}><a class="cell is-{mark.tone}" href="{link}#{name}"'
            f' data-label="{head}"{title}><span class="cell-marks">'
            f'<svg class="ico" aria-hidden="true"><use href="{sprite}#{mark.icon}"/></svg>'
            f"{_extras(cell, sprite)}</span>"
            f'<span><span class="visually-hidden">{head}. {spoken}: </span>{text}'
            f"</span></a></td>"
        )
    return mark_safe("".join(parts))  # noqa: S308 - every text in it is escaped above


def _reason(cell: Cell, once: dict[object, str], *, whole: bool) -> tuple[str, str]:
    """Return what stands in a cell, and the attribute that says all of it where that is more.

    once: what was worded before. whole: paper has no second look, so all of it stands there.
    """
    full = _once(cell.reason, said, once)
    brief = full if whole else _once(cell.reason, briefly, once)
    all_told = in_a_line(_once(each, said, once) for each in _behind(cell)) or full
    title = "" if brief == all_told else f' title="{escape(all_told)}"'
    return escape(breakable(brief)), title


def _behind(cell: Cell) -> list[Message]:
    """Return all reasons for which a cell stands as it does."""
    return [each.what for each in cell.causes if each.state == cell.state]


def _once(message: Message, word: Callable[[Message], str], once: dict[object, str]) -> str:
    key = (word, message.text, *message.values.values()) if not message.parts else None
    found = once.get(key) if key else None
    if found is None:
        found = word(message)
        if key:
            once[key] = found
    return found


def _extras(cell: Cell, sprite: str) -> str:
    """Draw that a cell is contested, and that it rests on what only we know."""
    found = ""
    if (more := len(_behind(cell)) - 1) > 0:
        words = escape(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more})
        found += f'<small class="tag" title="{words}">+{more}</small>'
    if cell.contested:
        found += f'<small class="tag">{escape(gettext("contested"))}</small>'
    if cell.ours:
        word = escape(gettext("Ours only"))
        found += (
            f'<svg class="ico ico-s own" role="img" aria-label="{word}"><title>{word}</title>'
            f'<use href="{sprite}#eye-off"/></svg>'
        )
    return found


@register.simple_tag
def squares(groups: Iterable[Group]) -> SafeString:
    """Draw one square a post, a line or more a side; how many of each is said beside it."""
    drawn, y, wide = [], 0, 0
    for group in groups:
        for place, row in enumerate(group.rows):
            x = place % PER_ROW * STEP
            top = y + place // PER_ROW * STEP
            tone = STANDINGS[row.verdict.standing].tone
            drawn.append((tone, x, top))
            wide = max(wide, x + SQUARE)
        y += -(-len(group.rows) // PER_ROW) * STEP + 4
    high = max(y - STEP + SQUARE - 4, SQUARE)
    return format_html(
        '<svg class="cells fig" width="{0}" height="{1}" viewBox="0 0 {0} {1}"'
        ' aria-hidden="true">{2}</svg>',
        max(wide, SQUARE),
        high,
        format_html_join(
            "",
            '<rect class="is-{}" x="{}" y="{}" width="14" height="14" rx="2"/>',
            drawn,
        ),
    )


@register.simple_tag(takes_context=True)
def movers(context: template.Context, parties: Iterable[str]) -> SafeString:
    """Draw the chips of those whose move it is."""
    return format_html_join("", "{}", ((party(context, code),) for code in parties))


@register.simple_tag(takes_context=True)
def ground(context: template.Context, one: Ground) -> SafeString:
    """Name what something rests on, and lead there where this officer can read it."""
    href = _where(context, one)
    words = _named(one)
    if href:
        return format_html('<a href="{}">{}</a>', href, words)
    return format_html("<span>{}</span>", words)


def _named(one: Ground) -> str:
    if one.kind == "act":
        who, _sign, number = one.ref.partition(":")
        return gettext("Entry %(number)s of %(party)s") % {"number": number, "party": who}
    if one.kind == "fact":
        return gettext("Fact %(key)s of our chronicle") % {"key": one.ref}
    if one.kind == "own":
        return gettext("Known to us, not stated")
    if one.kind == "paper":
        return gettext("On paper, by %(party)s") % {"party": one.party}
    return gettext("Notice %(key)s") % {"key": key_of(one.ref)}


def _where(context: template.Context, one: Ground) -> str:
    """Return the address of what something rests on; "" where it has none for this officer."""
    if one.kind == "act":
        who, _sign, number = one.ref.partition(":")
        side = "own" if who == context["own"].code else "peer"
        return reverse("desk:entry", args=[side, number]) if number.isdecimal() else ""
    if one.kind == "fact":
        return reverse("missions:fact", args=[one.ref])
    if one.ref.startswith("notice/"):
        seen: Any = context.get("notices_in_sight", ())
        return reverse("notices:page", args=[key_of(one.ref)]) if one.ref in seen else ""
    return _page_of(one.ref)


def _page_of(thing: str) -> str:
    """Return the address of a thing's page; rules have one page together, others may have none."""
    if thing.startswith("regime/"):
        return reverse("missions:posts")
    try:
        return thing_address(thing)
    except NoReverseMatch:
        return ""


@register.filter
def each_once(grounds: Iterable[Ground]) -> list[Ground]:
    """Return what something rests on, each once."""
    return list(dict.fromkeys(grounds))


@register.simple_tag
def where_it_helps(cells_helped: Iterable[tuple[str, str]], names: Mapping[str, str]) -> str:
    """Say at which posts which essentials improve: "Money at Moscow, Washington"."""
    by_essential: dict[str, list[str]] = {}
    for post, essential in cells_helped:
        by_essential.setdefault(essential, []).append(names.get(post, key_of(post)))
    return "; ".join(
        _at(essential_label(name), posts) for name, posts in sorted(by_essential.items())
    )


def _at(essential: str, posts: list[str]) -> str:
    if len(posts) > len(("one", "two", "three")):
        return ngettext("%(what)s at %(n)d post", "%(what)s at %(n)d posts", len(posts)) % {
            "what": essential,
            "n": len(posts),
        }
    return gettext("%(what)s at %(where)s") % {"what": essential, "where": ", ".join(posts)}
