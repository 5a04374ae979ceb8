"""A post over the years as a strip: how it stood from day to day, told without colour too. Pure.

1. A stretch is as wide as it lasted. Full height: it operated; half: under strain; low and
   barred: it could not; a line: closed, a broken one: suspended; a dashed frame: unknown, planned.
2. A word stands in a stretch where there is room; every stretch bears its sentence as its title.
3. Lengths are in units of the drawing, whole numbers. Right to left, time runs from the right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Final

from legation.missions.drawing.marks import colour

WIDTH: Final = 1000
BAND: Final = 40
AXIS: Final = 26
TYPE: Final = 15
LETTER: Final = 9
MOST_TICKS: Final = 14
STEPS: Final = (1, 2, 5, 10, 25, 50, 100)
HEIGHTS: Final = {
    "operates": BAND,
    "strained": BAND // 2,
    "cannot": 10,
    "closed": 4,
    "suspended": 4,
}
"""How high a stretch is filled; one that is not named is a dashed frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A post's standing from one day to another, both counted in.

    word: of the standing. told: the whole sentence.
    """

    standing: str
    first: date
    last: date
    word: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """The days that are drawn, both counted in, and from which side."""

    first: date
    last: date
    right_to_left: bool = False

    def at(self, day: date) -> int:
        """Return where a day begins."""
        whole = (self.last - self.first).days + 1
        part = min(max((day - self.first).days / whole, 0.0), 1.0)
        return round(WIDTH * (1 - part if self.right_to_left else part))

    def span(self, first: date, last: date) -> tuple[int, int]:
        """Return where a stretch begins and how wide it is, one unit at least."""
        after = last + timedelta(days=1) if last < date.max else last
        one, other = sorted((self.at(first), self.at(after)))
        return one, max(other - one, 1)

    def years(self) -> tuple[int, ...]:
        """Return the years whose first day is marked: as many as can be read."""
        years = range(self.first.year + (self.first > date(self.first.year, 1, 1)), self.last.year)
        every = (*years, self.last.year)
        step = next((step for step in STEPS if len(every) <= MOST_TICKS * step), STEPS[-1])
        return tuple(year for year in every if year % step == 0 and date(year, 1, 1) >= self.first)


def svg(
    stretches: Sequence[Stretch],
    time: Time,
    *,
    title: str,
    key: str = "",
    marked: date | None = None,
    axis: bool = True,
) -> str:
    """Return the drawing. title: what it shows. key: keeps ids apart where several stand together.

    marked: a day to point at.
    """
    name = f"strip-{escape(key)}"
    height = BAND + (AXIS if axis else 0)
    told = " ".join(each.told for each in stretches)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" class="strip"'
        f' role="img" aria-labelledby="{name}-t {name}-d" direction="ltr"'
        ' font-family="Inter, sans-serif">'
    )
    parts = [
        head,
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(told)}</desc>',
        f'<rect class="ground" width="{WIDTH}" height="{BAND}" fill="#f8f9f7"/>',
    ]
    parts += [_stretch(each, time) for each in stretches]
    if axis:
        parts += _axis(time)
    if marked is not None and time.first <= marked <= time.last:
        x = time.at(marked)
        parts.append(
            f'<path class="marked" d="M{x} 0V{BAND + 6 if axis else BAND}" stroke="#17212b"'
            ' stroke-width="3"/>'
        )
    return "".join((*parts, "</svg>"))


def _stretch(each: Stretch, time: Time) -> str:
    x, width = time.span(each.first, each.last)
    tone = colour(each.standing)
    high = HEIGHTS.get(each.standing)
    if high is None:
        form = (
            f'<rect class="frame" x="{x + 1}" y="1" width="{max(width - 2, 1)}" height="{BAND - 2}"'
            f' fill="none" stroke="{tone}" stroke-width="1.5" stroke-dasharray="5 4"/>'
        )
    elif each.standing == "suspended":
        y = BAND - high // 2
        form = (
            f'<path class="broken" d="M{x} {y}H{x + width}" stroke="{tone}" stroke-width="{high}"'
            ' stroke-dasharray="10 6"/>'
        )
    else:
        form = (
            f'<rect class="full" x="{x}" y="{BAND - high}" width="{width}" height="{high}"'
            f' fill="{tone}"/>'
        )
    if each.standing == "cannot" and high is not None:
        form += (
            f'<path class="bar" d="M{x} {BAND - high}H{x + width}M{x} 4H{x + width}"'
            f' stroke="{tone}" stroke-width="2"/>'
        )
    word = _word(each, x, width) if each.standing != "operates" else ""
    return (
        f'<g class="s-{escape(each.standing)}"><title>{escape(each.told)}</title>{form}{word}</g>'
    )


def _word(each: Stretch, x: int, width: int) -> str:
    """Return the word of a stretch where it fits, above what is filled."""
    if len(each.word) * LETTER + 8 > width:
        return ""
    low = HEIGHTS.get(each.standing, 0) > 0
    return (
        f'<text class="word" x="{x + width // 2}" y="{BAND // 2 - 3 if low else BAND - 14}"'
        f' font-size="{TYPE}" text-anchor="middle">{escape(each.word)}</text>'
    )


def _axis(time: Time) -> Iterable[str]:
    for year in time.years():
        x = time.at(date(year, 1, 1))
        yield (
            f'<path class="tick" d="M{x} 0V{BAND + 5}" stroke="#c6cccb" stroke-width="1"/>'
            f'<text class="year" x="{min(max(x, 22), WIDTH - 22)}" y="{BAND + AXIS - 5}"'
            f' font-size="{TYPE}" text-anchor="middle">{year}</text>'
        )
