"""Whoever adds a kind of notice adds one file: nothing else in the program knows a kind by name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from architecture.house import SOURCE, modules, named, templates, text_of
from legation.acts.catalogue import notice_kinds

CODES = {code for code, _ in notice_kinds()}
ANSWERS = {answer.code for kind in notice_kinds().values() for answer in kind.answers}
ROOMS = ("desk", "missions", "notices", "officers", "web")
# Fields of registers, essentials, measures and events of a chronicle are called so too.
FIELDS = {"agrement", "bag", "custody", "movement", "note", "protest"}


def _texts(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


def _known(path: Path) -> set[str]:
    room = path.relative_to(SOURCE).parts[0]
    return CODES - FIELDS if room == "missions" else CODES


def test_no_room_or_face_holds_a_kind_s_code() -> None:
    looked_at = [path for path in modules() if path.relative_to(SOURCE).parts[0] in ROOMS]
    assert len(looked_at) > 20
    assert [
        f"{named(path)}:{line} knows {text}"
        for path in looked_at
        for text, line in _texts(path)
        if text in _known(path)
    ] == []


def test_no_template_compares_with_a_kind_s_or_an_answer_s_code() -> None:
    codes = "|".join(re.escape(code) for code in sorted(CODES | ANSWERS))
    compared = re.compile(rf"""[=!]=\s*["']({codes})["']""")
    # Where a notice stands may be called what an answer is called.
    standing = re.compile(r"(state|step\.what|line\.state)\s*[=!]=")
    assert [
        f"{named(path)}: {found[0]}"
        for path in templates()
        for row in text_of(path).splitlines()
        if (found := compared.search(row)) and not standing.search(row[: found.end()])
    ] == []
