"""A board, one post or what would help as text for a terminal: verdicts first, then the cells."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from legation.cli.words import _

if TYPE_CHECKING:
    from legation.missions.sheets.told import BoardTold, CauseTold, PostTold

WIDTH: Final = 80
NAME: Final = 24
"""How wide the names of posts are, and how wide at most where one is longer."""
LONGEST_NAME: Final = 34
SIGNS: Final = {
    "in_order": "+",
    "strained": "~",
    "blocked": "X",
    "disputed": "!",
    "unknown": "?",
    "not_applicable": "-",
}
"""How a state stands in the table; its legend says the words."""


def board_text(told: "BoardTold") -> str:
    """Return a board."""
    wide = _wide(told)
    parts = [_head(told), *(_verdicts(title, posts, wide) for title, posts in told.groups)]
    if not told.groups:
        parts.append(_("No post is known yet."))
    working = [post for _title, posts in told.groups for post in posts if post.cells]
    if working:
        parts.append(_cells(told, working, wide))
    parts += [f"{post.name}\n{causes_text(post.causes)}" for post in working if post.causes]
    if told.helps:
        lines = [filled(f"{n}. {line}", 2, 5) for n, line in enumerate(told.helps, 1)]
        parts.append("\n".join((told.help_title, *lines)))
    if told.left_off:
        parts.append("\n".join(filled(line) for line in told.left_off))
    return "\n\n".join(parts)


def _head(told: "BoardTold") -> str:
    return "\n".join((f"{told.title} {told.on}", *told.about))


def _wide(told: "BoardTold") -> int:
    names = (len(post.name) for _title, posts in told.groups for post in posts)
    return min(max(NAME, *names, 0), LONGEST_NAME)


def _verdicts(title: str, posts: "Iterable[PostTold]", wide: int) -> str:
    lines = [filled(title)]
    for post in posts:
        said = filled(post.line, wide + 4).lstrip()
        lines.append(f"  {_short(post.name, wide):<{wide}}  {said}")
    return "\n".join(lines)


def _cells(told: "BoardTold", working: "Sequence[PostTold]", wide: int) -> str:
    heads = "".join(f"{n:>4}" for n in range(1, len(told.columns) + 1))
    lines = [f"  {'':<{wide}}{heads}"]
    for post in working:
        signs = "".join(f"{SIGNS[cell.state]:>4}" for cell in post.cells)
        lines.append(f"  {_short(post.name, wide):<{wide}}{signs}")
    named = ", ".join(f"{n} {name}" for n, name in enumerate(told.columns, 1))
    legend = "   ".join(f"{SIGNS[state]}\0{word}" for state, word in told.legend)
    return "\n".join((*lines, "", filled(legend, 2).replace("\0", " "), filled(named, 2)))


def causes_text(causes: "Iterable[CauseTold]") -> str:
    """Return what stands in the way of a post, and what lifts it."""
    return "\n".join(_cause_lines(causes))


def _cause_lines(causes: "Iterable[CauseTold]") -> Iterator[str]:
    for cause in causes:
        yield filled(f"{cause.essential}, {cause.state}: {cause.what}", 2, 4)
        yield filled(
            _("lifted by: {remedy} ({move})").format(remedy=cause.remedy, move=cause.move), 4, 6
        )


def filled(line: str, indent: int = 0, hanging: int | None = None) -> str:
    """Return a line folded to the terminal's width."""
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hanging is None else hanging),
        break_on_hyphens=False,
    )


def _short(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1]}…"
