"""What a command prints: a sentence for a person, or one JSON value for a program.

1. Results go to standard output, progress and refusals to standard error.
2. With `--json` standard output holds exactly one JSON value, refusals included.
3. A control character of whoever wrote the text never reaches the terminal.
"""

import json
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from legation.cli.words import _

_KEPT: Final = "\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
PATIENCE: Final = 1.0  # seconds of silence before a long work says that it is at work


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a command has to say. text: for people; data: for programs; raw: exact bytes.

    code: 0 done, 1 refused.
    """

    text: str = ""
    data: Any = field(default_factory=dict)
    raw: bytes | None = None
    code: int = 0


def plain(value: Any) -> Any:
    """Return the value as JSON's own types: instants in UTC with Z, bytes in hex."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(part) for part in parts]
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, bytes):
        return value.hex()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def printable(text: str) -> str:
    """Return the text without control characters other than the line feed (rule 3)."""
    return "".join(
        letter if letter in _KEPT or letter.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for letter in text.replace("\t", "  ")
    )


def write_json(value: Any) -> None:
    """Print one JSON value and a line feed, always in UTF-8."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=2)
    write_bytes(text.encode("utf-8", "backslashreplace") + b"\n")


def write_bytes(data: bytes) -> None:
    """Print exact bytes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Print a line for a person on standard output."""
    write_bytes((printable(text).rstrip("\n") + "\n").encode("utf-8", "backslashreplace"))


def tell(text: str) -> None:
    """Print a line for a person on standard error: progress, warnings, refusals."""
    line = (printable(text).rstrip("\n") + "\n").encode("utf-8", "backslashreplace")
    sys.stderr.flush()
    sys.stderr.buffer.write(line)
    sys.stderr.buffer.flush()


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows under heads, in columns two spaces apart."""
    cells = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join(lines)


def when(instant: datetime | None) -> str:
    """Return an instant for people, in UTC, or a dash."""
    return "-" if instant is None else f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


class Progress:
    """Says on standard error that long work goes on; silent for work of under a second."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._done = 0
        self._total = 0
        self._over = threading.Event()
        self._spoke = False

    def at(self, done: int, total: int) -> None:
        """Note how far the work is."""
        self._done, self._total = done, total

    def about(self, label: str) -> None:
        """Say something else from now on."""
        self._label = label

    def _line(self, seconds: float) -> str:
        far = f" {self._done:,}/{self._total:,}" if self._total else ""
        return _("{what}:{far} {seconds:.0f} s").format(what=self._label, far=far, seconds=seconds)

    def watch(self) -> None:
        """Speak once a second on a terminal, once in ten seconds elsewhere, until over."""
        began = time.monotonic()
        live = sys.stderr.isatty()
        while not self._over.wait(PATIENCE if live or not self._spoke else 10 * PATIENCE):
            self._spoke = True
            line = self._line(time.monotonic() - began)
            if live:
                sys.stderr.write("\r\x1b[K" + line)
                sys.stderr.flush()
            else:
                tell(line)

    def finish(self) -> None:
        """Stop speaking, and clear the line on a terminal."""
        self._over.set()
        if self._spoke and sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def working(label: str) -> Iterator[Progress]:
    """Speak on standard error while the block runs, if it runs for more than a second."""
    progress = Progress(label)
    watcher = threading.Thread(target=progress.watch, daemon=True)
    watcher.start()
    try:
        yield progress
    finally:
        progress.finish()
        watcher.join()
