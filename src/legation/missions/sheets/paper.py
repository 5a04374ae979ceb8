"""A board on a sheet of paper: PDF/A, the same bytes for the same board, wherever it is printed."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from legation.missions.sheets.told import BoardTold
from legation.notices.pdf.compose import typeset
from legation.notices.pdf.letters import printable

ROOM: Final = 14
"""Posts with cells up to which their reasons fit on one sheet."""


def board_pdf(told: BoardTold, *, on: date, lang: str) -> bytes:
    """Return the board as PDF. lang: of its words. on: the day that it is of, and is dated."""
    working = sum(bool(post.cells) for _, posts in told.groups for post in posts)
    groups = [
        (title, [{**asdict(post), "line": post.line} for post in posts])
        for title, posts in told.groups
    ]
    data = {
        **asdict(told),
        "groups": groups,
        "lang": lang,
        "reasons": working <= ROOM,
        "when": on.timetuple()[:3],
    }
    text = json.dumps(_printable(data), ensure_ascii=False, sort_keys=True)
    epoch = datetime.combine(on, time(), UTC)
    return typeset(_template(), {"sheet": text}, epoch=max(0, int(epoch.timestamp())))


def _printable(value: object) -> object:
    """Return data whose texts hold only letters that the shipped fonts have."""
    if isinstance(value, str):
        return printable(value)[0]
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list | tuple) else value


@cache
def _template() -> Path:
    with as_file(files(__package__).joinpath("board.typ")) as path:
        return path
