"""Bounded reading of what a person hands to a command: FILE or `-`, and JSON in it."""

import json
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from legation.errors import N_, Refusal

LARGEST_FORM: Final = 256 * 1024
LARGEST_INTRODUCTION: Final = 64 * 1024
LONGEST_NAME: Final = 200
LARGEST_DOSSIER: Final = 16 * 1024 * 1024


def read_input(name: str, *, limit: int) -> bytes:
    """Read a file, or standard input for `-`; at most `limit` bytes, never a byte more.

    Raises Refusal "input-file" (cannot be read) or "input-size".
    """
    try:
        if name == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            data = _read_file(Path(name), limit + 1)
    except OSError as fault:
        raise Refusal(
            "input-file",
            thing=N_("Input {path}"),
            rule=N_("it cannot be read ({why})."),
            remedy=N_("Name a file that you can read, or `-` for standard input."),
            path=name[:LONGEST_NAME],
            why=fault.strerror or type(fault).__name__,
        ) from fault
    if len(data) > limit:
        raise Refusal(
            "input-size",
            thing=N_("Input {path}"),
            rule=N_("this input holds at most {limit} bytes."),
            remedy=N_("Shorten it; nothing of it was used."),
            path=name[:LONGEST_NAME],
            limit=limit,
        )
    return data


def _read_file(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        if stat.S_ISDIR(os.fstat(file.fileno()).st_mode):  # pragma: no cover - open() refuses
            raise IsADirectoryError
        return file.read(most)


class _TwiceError(ValueError):
    """A key that stands twice in one object."""


def _no_key_twice(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def read_json(name: str, *, limit: int = LARGEST_FORM) -> dict[str, Any]:
    """Read one JSON object from FILE or `-`, strictly: UTF-8, no key twice, no NaN.

    Raises Refusal "input-file", "input-size", "input-text" (bytes that are not UTF-8, or an
    escape that is half a character) or "input-json" (with the line).
    """
    data = read_input(name, limit=limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refusal(
            "input-text",
            thing=N_("Input {path}, byte {at}"),
            rule=N_("text is in UTF-8."),
            remedy=N_("Save the file as UTF-8."),
            path=name,
            at=fault.start,
        ) from fault
    try:
        value = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except json.JSONDecodeError as fault:
        raise _not_json(name, f"line {fault.lineno}, column {fault.colno}: {fault.msg}") from fault
    except _TwiceError as fault:
        raise _not_json(name, f'the key "{fault}" stands twice in one object') from fault
    except (ValueError, RecursionError) as fault:
        raise _not_json(name, "a number or a nesting beyond what JSON here allows") from fault
    if not isinstance(value, dict):
        raise _not_json(name, "the outermost value is not an object")
    if (where := _half_character(value)) is not None:
        raise Refusal(
            "input-text",
            thing=N_("Input {path}, at {where}"),
            rule=N_("text holds whole characters, and this one holds half of one."),
            remedy=N_("Write the character itself, in UTF-8."),
            path=name,
            where=where,
        )
    return value


def _half_character(value: Any) -> str | None:
    """Return where a text holds a lone surrogate, as a JSON pointer; None where none does.

    JSON can say half a character by an escape; UTF-8 cannot, so it could never be written.
    """
    waiting = [("", value)]
    while waiting:
        where, each = waiting.pop()
        if isinstance(each, str) and not _is_whole(each):
            return where
        if isinstance(each, dict):
            if not all(_is_whole(key) for key in each):
                return where or "/"
            waiting += [(f"{where}/{key}", below) for key, below in each.items()]
        elif isinstance(each, list):
            waiting += [(f"{where}/{n}", below) for n, below in enumerate(each)]
    return None


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _not_json(name: str, why: str) -> Refusal:
    return Refusal(
        "input-json",
        thing=N_("Input {path}"),
        rule=N_("it is one JSON object ({why})."),
        remedy=N_("Correct it; `legation notice schema KIND` shows the fields."),
        path=name,
        why=why,
    )
