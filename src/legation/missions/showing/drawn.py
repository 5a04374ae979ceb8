"""The posts on a map, with the words of every mark."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from legation.missions.drawing import world
from legation.missions.queries import shown
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.verdict import Board, Verdict
from legation.missions.sheets.told import in_a_line
from legation.missions.templatetags.readiness import said
from legation.ui.marks import party_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMap:
    """A map, and the names of posts that stand nowhere on it."""

    svg: SafeString
    left_out: tuple[str, ...]


def drawn_map(facts: Facts, board: Board) -> DrawnMap | None:
    """Draw the posts that we know a place of; None where that is none."""
    hues = {
        code: mark.hue for code, mark in party_marks((one, one) for one in board.parties).items()
    }
    places, left_out = [], []
    for verdict in board.verdicts:
        name = verdict.name
        found = shown.where(facts, verdict.post, board.on)
        if found is None:
            left_out.append(name)
            continue
        places.append(
            world.Place(
                key=verdict.post,
                name=name,
                side=hues[verdict.sending],
                lon=found[0],
                lat=found[1],
                standing=verdict.standing,
                told=told(verdict, name),
            )
        )
    if not places:
        return None
    svg = world.svg(
        world.map_of(places, {hue: code for code, hue in hues.items()}),
        title=gettext("Where the posts stand"),
        told=[place.told for place in places],
    )
    return DrawnMap(svg=safe(svg), left_out=tuple(left_out))


def told(verdict: Verdict, name: str) -> str:
    """Say in a line where a post is, how it stands, and of one that is shut why."""
    return f"{name}: {in_a_line(said(each) for each in (verdict.sentence, *verdict.why))}"


def safe(svg: str) -> SafeString:
    """Mark one of our own drawings as such."""
    return mark_safe(svg)  # noqa: S308 - drawn here; every text in it is escaped there


def marked_ours(svg: str) -> SafeString:
    """Return a drawing with the words *Ours only* on it, for one that stands alone."""
    words = (
        '<text x="6" y="14" font-size="11" font-weight="600" fill="#17212b" stroke="#fff"'
        f' stroke-width="3" paint-order="stroke">{escape(gettext("Ours only"))}</text></svg>'
    )
    return safe(svg.removesuffix("</svg>") + words)
