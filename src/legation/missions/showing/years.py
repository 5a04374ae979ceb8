"""A post over the years, drawn and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext

from legation.missions.drawing import strip
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.verdict import Board
from legation.missions.readiness.years import Span
from legation.missions.readiness.years import strip as spans_of
from legation.missions.showing.days import change_days
from legation.missions.showing.drawn import safe
from legation.missions.showing.marks import STANDINGS
from legation.missions.showing.rows import Row, groups_of
from legation.missions.templatetags.readiness import said
from legation.ui.templatetags.parts import partial_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStrip:
    """A strip, and what it shows in words."""

    svg: SafeString
    stretches: tuple[strip.Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """One post with its strip."""

    row: Row
    svg: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnGroup:
    """The posts of one sending state with their strips."""

    sending: str
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What years are drawn from. today: where they end at the earliest. numbers: our stricter."""

    facts: Facts
    today: date
    numbers: Mapping[str, int]


def drawn_years(ground: Ground, board: Board, first: str) -> tuple[DrawnGroup, ...]:
    """Draw every post of a board. first: the party whose posts stand on top."""
    return tuple(
        DrawnGroup(
            sending=group.sending,
            rows=tuple(
                DrawnRow(
                    row=row,
                    svg=strip_of(ground, row.verdict.post, row.name, board).svg,
                )
                for row in group.rows
            ),
        )
        for group in groups_of(board, first)
    )


def strip_of(ground: Ground, post: str, name: str, board: Board) -> DrawnStrip:
    """Draw one post from the year of the first change to today, and point at the board's day."""
    time = time_of(change_days(ground.facts), board.on, ground.today)
    spans = spans_of(post, ground.facts, time.first, time.last, thresholds=ground.numbers)
    stretches = tuple(_stretch(each, time) for each in spans if each.standing is not None)
    svg = strip.svg(
        stretches,
        time,
        title=gettext("%(name)s over the years") % {"name": name},
        key=post.partition("/")[2],
        marked=board.on,
    )
    return DrawnStrip(svg=safe(svg), stretches=stretches)


def time_of(days: Iterable[date], *until: date) -> strip.Time:
    """Return the time that is drawn: from the year of the first change to the last of `until`."""
    first = min((*days, *until))
    return strip.Time(
        first=date(first.year, 1, 1), last=max(until), right_to_left=get_language_bidi()
    )


def _stretch(span: Span, time: strip.Time) -> strip.Stretch:
    """Return a stretch with its words. Where it reaches the end, nothing says that it ends."""
    standing = str(span.standing)
    values = {
        "a": partial_day(span.first.isoformat(), "within"),
        "b": partial_day(span.last.isoformat(), "within"),
        "what": said(span.sentence),
    }
    if span.last >= time.last:
        told = gettext("From %(a)s: %(what)s") % values
    else:
        told = gettext("From %(a)s until %(b)s: %(what)s") % values
    return strip.Stretch(
        standing=standing,
        first=span.first,
        last=span.last,
        word=gettext(STANDINGS[standing].word),
        told=f"{told}.",
    )
