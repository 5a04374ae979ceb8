"""A board as one drawing that stands alone: posts down, essentials across. Pure.

Every state has a form of its own beside its colour, and its word beneath it.
"""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from legation.missions.drawing.marks import colour, mark
from legation.missions.sheets.told import BoardTold, CellTold, PostTold

NAMES: Final = 230
CELL: Final = 98
EDGE: Final = 24
HEAD: Final = 150
ROW: Final = 46
LINE: Final = 34
GROUP: Final = 40
RADIUS: Final = 8
FORMS: Final = {"in_order": "operates", "strained": "strained", "blocked": "cannot"}
INK, FAINT, RULE, GROUND = "#18212a", "#55606b", "#d5dade", "#ffffff"
DISPUTED: Final = "#8c5a00"
WORDS: Final = 13
"""Letters of a column's name that fit into one line of its head."""

LETTERS: Final = 165
"""Letters of a line beside a post's name that fit on the drawing."""


def board_svg(told: BoardTold) -> str:
    """Return the board as SVG."""
    parts = list(_rows(told))
    height = HEAD + sum(tall for tall, _ in parts) + LINE + EDGE + 18 * len(told.left_off)
    width = EDGE * 2 + NAMES + CELL * len(told.columns)
    out, y = [*_head(told, width)], HEAD
    for tall, drawn in parts:
        out.append(f'<g transform="translate(0 {y})">{drawn}</g>')
        y += tall
    out.append(f'<g transform="translate(0 {y + LINE // 2})">{_legend(told)}</g>')
    for place, line in enumerate(told.left_off):
        out.append(_text(EDGE, y + LINE + EDGE // 2 + 18 * place, line, size=12, fill=FAINT))
    title = escape(f"{told.title} {told.on}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' width="{width}" height="{height}" font-family="sans-serif">'
        f'<title>{title}</title><rect width="100%" height="100%" fill="{GROUND}"/>'
        + "".join(out)
        + "</svg>\n"
    )


def _head(told: BoardTold, width: int) -> Iterator[str]:
    yield _text(EDGE, 36, told.title, size=22, weight=600)
    yield _text(EDGE, 58, told.on, size=14, fill=FAINT)
    for place, line in enumerate(told.about):
        y = 32 + 18 * place
        bold = place == 0
        yield _text(
            width - EDGE,
            y,
            line,
            size=13,
            anchor="end",
            weight=600 if bold else 400,
            fill=INK if bold else FAINT,
        )
    x = EDGE + NAMES
    for word, count in told.bands:
        yield _text(x, 98, word, size=11, fill=FAINT)
        x += CELL * count
    for place, name in enumerate(told.columns):
        for n, words in enumerate(_folded(name)):
            yield _text(EDGE + NAMES + CELL * place, 118 + 14 * n, words, size=11, weight=600)
    yield _rule(HEAD - 8, width)


def _folded(name: str) -> list[str]:
    """Return a column's name in two lines at most."""
    words, lines = name.split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= WORDS and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [line if len(line) <= WORDS + 2 else f"{line[:WORDS]}…" for line in lines]


def _rows(told: BoardTold) -> Iterator[tuple[int, str]]:
    """Yield every line of the board with how tall it is."""
    width = EDGE * 2 + NAMES + CELL * len(told.columns)
    for title, posts in told.groups:
        yield GROUP, _text(EDGE, 24, title, size=14, weight=600)
        for post in posts:
            drawn = f"{_name(post)}{_cells(post)}"
            tall = ROW if post.cells else LINE
            yield tall, f"{drawn}{_rule(tall - 6, width)}"


def _name(post: PostTold) -> str:
    tone = colour(post.standing)
    name = _text(EDGE, 14, post.name, size=13, weight=600)
    if not post.cells:
        line, whole = post.line, ""
        if len(line) > LETTERS:
            line, whole = f"{line[:LETTERS].rstrip()}…", f"<title>{escape(line)}</title>"
        return f"{name}<g>{whole}{_text(EDGE + NAMES, 14, line, size=12, fill=FAINT)}</g>"
    return f"{name}{_text(EDGE, 30, post.word, size=12, fill=tone)}"


def _cells(post: PostTold) -> str:
    drawn = []
    for place, cell in enumerate(post.cells):
        x = EDGE + NAMES + CELL * place
        hint = f"<title>{escape(cell.reason)}</title>"
        word = _text(x, 32, cell.word, size=10, fill=FAINT)
        drawn.append(f"<g>{hint}{_form(cell, x + RADIUS, 10)}{word}</g>")
    return "".join(drawn)


def _form(cell: CellTold, x: int, y: int) -> str:
    if cell.state == "disputed":
        d = RADIUS
        points = f"{x},{y - d} {x + d},{y + d} {x - d},{y + d}"
        return f'<polygon points="{points}" fill="none" stroke="{DISPUTED}" stroke-width="2.5"/>'
    if cell.state == "not_applicable":
        return f'<path d="M{x - RADIUS} {y}H{x + RADIUS}" stroke="{FAINT}" stroke-width="2"/>'
    drawn = mark(FORMS.get(cell.state, "unknown"), 0, 0, 2 * RADIUS)
    return f'<g transform="translate({x} {y}) scale(.5)">{drawn}</g>'


def _legend(told: BoardTold) -> str:
    drawn, x = [], EDGE
    for state, word in told.legend:
        cell = CellTold(state=state, word=word, reason="")
        drawn.append(_form(cell, x + RADIUS, 0))
        drawn.append(_text(x + 24, 4, word, size=12, fill=FAINT))
        x += 48 + 8 * len(word)
    return "".join(drawn)


def _text(
    x: int,
    y: int,
    words: str,
    *,
    size: int,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def _rule(y: int, width: int) -> str:
    return f'<path d="M{EDGE} {y}H{width - EDGE}" stroke="{RULE}"/>'
