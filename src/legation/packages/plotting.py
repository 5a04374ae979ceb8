"""Draw an answer as SVG text: frontier, reserves, agreed points, as it stands; what is known only.

Shapes, not colours, tell things apart, so it reads in black and white and on a dark page. A
title and a description inside say the same in words. No script, no font of its own, no link.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from xml.sax.saxutils import escape

from legation.errors import N_
from legation.packages.agreed import Value
from legation.packages.model import Case, Number
from legation.packages.result import Result, told
from legation.packages.ruling import value

WIDTH: Final = 900
HEIGHT: Final = 750
LEFT, RIGHT, TOP, BOTTOM = 90, 30, 60, 180
LETTER: Final = 7
LINE: Final = 14
GAP: Final = 5
ENDS: Final = 'text-anchor="end"'
MARKED: Final = 400
"""Up to so many points, those that have room are labelled with their numbers."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A kind of agreed point: its name, and the shape that stands for it at a place."""

    name: str
    shape: Callable[[float, float], str]


def plot(case: Case, result: Result, say: Callable[[str], str] = str) -> str:
    """Return the drawing as one SVG document. say: translates its words."""
    stands = None if case.as_it_stands is None else value(case, case.as_it_stands)
    return _Drawing(case, result, stands, say).svg()


def _shape(path: str) -> Callable[[float, float], str]:
    return lambda x, y: f'<path class="mark" transform="translate({x:.1f} {y:.1f})" d="{path}"/>'


_MARKS: Final = (
    _Mark(N_("Nash"), _shape("M-9-9H9V9H-9Z")),
    _Mark(N_("Kalai-Smorodinsky"), _shape("M0-13 13 0 0 13-13 0Z")),
    _Mark(N_("egalitarian"), _shape("M0-15 13 8-13 8Z")),
    _Mark(N_("largest sum"), _shape("M-12 0A12 12 0 1 0 12 0 12 12 0 1 0-12 0Z")),
)
_STANDS: Final = _Mark(N_("as it stands"), _shape("M-7-7 7 7M-7 7 7-7"))
STYLE: Final = (
    "text{font:12px sans-serif;fill:#000}.t{font-weight:bold;font-size:15px}"
    ".axis{stroke:#000;fill:none}.grid{stroke:#ccc;fill:none}"
    ".mark{stroke:#000;stroke-width:2;fill:none}"
    ".front{stroke:#000;stroke-width:1;fill:none}.reserve{stroke:#000;stroke-width:1.5;"
    "stroke-dasharray:8 5;fill:none}.lead{stroke:#555;stroke-width:.7;fill:none}"
)


class _Drawing:
    """One drawing: where values lie on it, and what room is taken."""

    def __init__(
        self, case: Case, result: Result, stands: Value | None, say: Callable[[str], str]
    ) -> None:
        self._case, self._result, self._stands, self._say = case, result, stands, say
        self._points = [point.value for point in result.frontier]
        reserves = case.sides["a"].reserve, case.sides["b"].reserve
        self._reserves: Value = reserves
        seen = [*self._points, *([] if stands is None else [stands]), reserves]
        self._a = _range([a for a, _ in seen])
        self._b = _range([b for _, b in seen])
        self._taken: list[Box] = []
        found = (result.nash, result.ks, result.egalitarian, result.welfare)
        self._agreed: list[tuple[_Mark, tuple[Value, ...]]] = list(zip(_MARKS, found, strict=True))

    def svg(self) -> str:
        """Return the document; marks come first, so that labels keep clear of them."""
        title = escape(f"{self._case.title or self._case.id}: {self._say(N_('efficient points'))}")
        marks = [*self._front(), *self._marks()]
        parts = [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
                ' role="img" aria-labelledby="title desc">'
            ),
            f'<title id="title">{title}</title>',
            f'<desc id="desc">{escape(" ".join(self._told()))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            f'<text class="t" x="{LEFT}" y="28">{_short(title, 100)}</text>',
            *self._axes(),
            *self._caution(),
            *self._lines(),
            *marks,
            *self._labels(),
            *self._legend(),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _told(self) -> list[str]:
        """Return the same in words: what a reader who sees nothing has to know."""
        say, sides = self._say, self._case.sides
        told_ = [
            say(N_("Points of {a} run to the right, of {b} upwards.")).format(
                a=sides["a"].name, b=sides["b"].name
            )
        ]
        if not self._points:
            return [*told_, self._nothing()]
        first, last = self._points[0], self._points[-1]
        told_.append(
            say(N_("{count} efficient points, from {first} to {last}.")).format(
                count=len(self._points), first=_pair(first), last=_pair(last)
            )
        )
        if self._result.status == "epsilon":
            told_.append(self._guarantee())
        told_.append(
            say(N_("No deal below {a} and {b}.")).format(
                a=brief(self._reserves[0]), b=brief(self._reserves[1])
            )
        )
        if not any(points for _, points in self._agreed):
            told_.append(say(N_("No efficient point meets both reserves with a gain for both.")))
        for mark, points in self._agreed:
            if points:
                told_.append(f"{say(mark.name)}: {'; '.join(map(_pair, points))}.")
        if self._stands is not None:
            told_.append(f"{say(_STANDS.name)}: {_pair(self._stands)}.")
        return told_

    def _nothing(self) -> str:
        told_ = {
            "infeasible": N_("No combination meets every rule."),
            "limit": N_("Not solved: a limit was reached."),
        }
        return self._say(told_.get(self._result.status, N_("There is no efficient point.")))

    def _guarantee(self) -> str:
        a, b = map(brief, self._result.guarantee)
        return self._say(
            N_("Not all: no combination is better than one of these by more than {a} and {b}.")
        ).format(a=a, b=b)

    def _x(self, a: Number) -> float:
        low, high = self._a
        return LEFT + float((a - low) / (high - low)) * (WIDTH - LEFT - RIGHT)

    def _y(self, b: Number) -> float:
        low, high = self._b
        return HEIGHT - BOTTOM - float((b - low) / (high - low)) * (HEIGHT - TOP - BOTTOM)

    def _caution(self) -> Iterable[str]:
        if self._result.status == "epsilon":
            yield f'<text x="{LEFT + 200}" y="{TOP - 10}">{escape(self._guarantee())}</text>'
        if not self._points:
            yield f'<text class="t" x="{LEFT + 20}" y="{TOP + 40}">{escape(self._nothing())}</text>'

    def _axes(self) -> Iterable[str]:
        right, floor = WIDTH - RIGHT, HEIGHT - BOTTOM
        for tick in _ticks(*self._a):
            x = self._x(tick)
            yield f'<path class="grid" d="M{x:.1f} {TOP}V{floor}"/>'
            yield f'<text x="{x:.1f}" y="{floor + 18}" text-anchor="middle">{brief(tick)}</text>'
        for tick in _ticks(*self._b):
            y = self._y(tick)
            yield f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>'
            yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{brief(tick)}</text>'
        yield f'<path class="axis" d="M{LEFT} {TOP}V{floor}H{right}"/>'
        names = [
            escape(_short(self._case.sides[side].name, 60)) + f" ({side})" for side in ("a", "b")
        ]
        middle = (LEFT + right) / 2
        yield f'<text x="{middle}" y="{floor + 40}" text-anchor="middle">{names[0]} →</text>'
        yield f'<text x="{LEFT}" y="{TOP - 10}">↑ {names[1]}</text>'

    def _lines(self) -> Iterable[str]:
        x, y = self._x(self._reserves[0]), self._y(self._reserves[1])
        yield f'<path class="reserve" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>'
        yield f'<path class="reserve" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        self._taken.append((x - 2, TOP, x + 2, HEIGHT - BOTTOM))
        self._taken.append((LEFT, y - 2, WIDTH - RIGHT, y + 2))

    def _front(self) -> Iterable[str]:
        radius = 3 if len(self._points) <= 120 else 1.5
        for at in self._points:
            x, y = self._x(at[0]), self._y(at[1])
            self._taken.append((x - radius, y - radius, x + radius, y + radius))
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'

    def _marks(self) -> Iterable[str]:
        every = [*self._agreed, (_STANDS, () if self._stands is None else (self._stands,))]
        for mark, points in every:
            for a, b in points:
                x, y = self._x(a), self._y(b)
                self._taken.append((x - 13, y - 15, x + 13, y + 13))
                yield mark.shape(x, y)

    def _labels(self) -> Iterable[str]:
        """Yield the agreed points' labels, then the numbers of points that have room."""
        named: dict[Value, list[str]] = {}
        for mark, points in self._agreed:
            for point in points:
                named.setdefault(point, []).append(self._say(mark.name))
        if self._stands is not None:
            named.setdefault(self._stands, []).append(self._say(_STANDS.name))
        for point, names in named.items():
            yield from self._label(point, f"{', '.join(names)}: {_pair(point)}", far=True)
        if len(self._points) <= MARKED:
            ends = [self._points[0], self._points[-1]] if self._points else []
            for point in dict.fromkeys([*ends, *self._points]):
                if point not in named:
                    yield from self._label(point, _pair(point), far=False)

    def _label(self, point: Value, text: str, *, far: bool) -> Iterable[str]:
        """Yield a label where nothing else is; one that finds no room is left out, unless far."""
        x, y = self._x(point[0]), self._y(point[1])
        width = LETTER * len(text)
        for distance in (16, 30, 60, 100, 150, 210, 280) if far else (6, 12):
            for toward_x, toward_y in ((1, -1), (1, 1), (-1, 1), (-1, -1)):
                left = x + distance if toward_x > 0 else x - distance - width
                base = y + toward_y * distance + (0 if toward_y < 0 else LINE - 4)
                box = (left - GAP, base - LINE, left + width + GAP, base + 4)
                if self._is_free(box):
                    self._taken.append(box)
                    if distance >= 30:
                        end = left if toward_x > 0 else left + width
                        yield f'<path class="lead" d="M{x:.1f} {y:.1f}L{end:.1f} {base - 4:.1f}"/>'
                    at = f'x="{left:.1f}"' if toward_x > 0 else f'{ENDS} x="{left + width:.1f}"'
                    yield f'<text {at} y="{base:.1f}">{escape(text)}</text>'
                    return

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        if left < LEFT or right > WIDTH or top < TOP - 4 or bottom > HEIGHT - BOTTOM:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self._taken
        )

    def _legend(self) -> Iterable[str]:
        items = [(mark, points) for mark, points in self._agreed if points]
        if self._stands is not None:
            items.append((_STANDS, (self._stands,)))
        floor = HEIGHT - BOTTOM + 72
        for n, (mark, points) in enumerate(items):
            x, y = LEFT + 15 + n % 2 * 400, floor + n // 2 * 34
            words = f"{self._say(mark.name)}: {'; '.join(map(_pair, points))}"
            yield mark.shape(x, y)
            yield f'<text x="{x + 20}" y="{y + 4}">{escape(_short(words, 58))}</text>'
        x, y = LEFT + 15 + len(items) % 2 * 400, floor + len(items) // 2 * 34
        yield f'<path class="reserve" d="M{x - 14} {y}h28"/>'
        yield f'<text x="{x + 20}" y="{y + 4}">{escape(self._say(N_("no deal below")))}</text>'


def _range(values: Sequence[Number]) -> tuple[Fraction, Fraction]:
    """Return the bounds of an axis: what is seen, with a margin."""
    low, high = Fraction(min(values)), Fraction(max(values))
    room = (high - low) / 12 or Fraction(1)
    return low - room, high + room


def _ticks(low: Fraction, high: Fraction) -> list[Fraction]:
    """Return some five round numbers within bounds: steps of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / 6
    power = Fraction(1)
    while power > rough:
        power /= 10
    while power * 10 <= rough:
        power *= 10
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = -(-low // step)
    return [step * n for n in range(int(first), int(high // step) + 1)]


def brief(number: Number) -> str:
    """Return a number in few letters: whole, or to six digits, marked where it is rounded."""
    exact = str(told(number))
    if len(exact) <= 8 and "/" not in exact:
        return exact
    shown = _float(number)
    return shown if Fraction(shown) == number else f"≈{shown}"


def _float(number: Number) -> str:
    try:
        return f"{float(number):.6g}"
    except OverflowError:
        digits = str(abs(int(number)))
        return f"{'-' if number < 0 else ''}{digits[0]}.{digits[1:6]}e+{len(digits) - 1}"


def _pair(point: Value) -> str:
    return f"{brief(point[0])}, {brief(point[1])}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
