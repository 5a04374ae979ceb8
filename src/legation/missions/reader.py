"""Read JSON and remember on which line everything stands.

A dossier is written by hand, so what is wrong with it is told by line, and as much as
possible at once: a duplicate key or a fraction does not stop the reading, a broken bracket
does. Pure: bytes in, values and faults out. Source: RFC 8259; depth as in the record.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn

from legation.errors import N_, Refusal
from legation.record.canon import Json

Path = tuple[str | int, ...]

MAX_BYTES: Final = 4 * 1024 * 1024
MAX_DEPTH: Final = 16
MAX_FAULTS: Final = 200
MAX_VALUES: Final = 100_000
"""Values of all kinds in one file: ten times a long dossier, and still read in a second or two."""
_MAX_INTEGER: Final = 2**53 - 1

_TOKEN: Final = re.compile(
    r"[ \t\n\r]*(?:"
    r"(?P<mark>[{}\[\]:,])"
    r'|(?P<text>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>true|false|null)"
    r"|(?P<end>\Z)"
    r")"
)
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: where it stands, and the refusal that says what to do."""

    line: int
    path: str
    refusal: Refusal


class Faults:
    """Collects problems up to a bound, so that a hostile file cannot fill the memory."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.more = 0

    def add(self, line: int, path: str, refusal: Refusal) -> None:
        """Keep one more problem, or only count it once `MAX_FAULTS` are kept."""
        if len(self.found) < MAX_FAULTS:
            self.found.append(Problem(line=line, path=path, refusal=refusal))
        else:
            self.more += 1


@dataclass(slots=True, kw_only=True)
class Located:
    """A value as read, with the line of every member and item by its path."""

    value: Json
    lines: dict[Path, int] = field(default_factory=dict)
    spoiled: set[Path] = field(default_factory=set)

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def shown(path: Path) -> str:
    """Write a path as people read it: `premises[3].status`."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


class _Stopped(Exception):  # noqa: N818 - the reading ends here, the fault is already kept
    """The text is broken in a way that leaves nothing sure behind it."""


class _Reader:
    """One pass over the text; every method starts at the token in hand."""

    def __init__(self, text: str, faults: Faults) -> None:
        self.text = text
        self.faults = faults
        self.breaks = [m.start() for m in re.finditer("\n", text)]
        self.located = Located(value=None)
        self.words = self._tokens()
        self.kind, self.word, self.at = "", "", 0

    def line_of(self, position: int) -> int:
        return bisect_right(self.breaks, position - 1) + 1

    def _tokens(self) -> Iterator[tuple[str, str, int]]:
        position = 0
        while True:
            match = _TOKEN.match(self.text, position)
            if match is None:
                self.stop(_after_space(self.text, position))
            kind = match.lastgroup or "end"
            yield kind, match[kind], match.start(kind)
            position = match.end()

    def stop(self, position: int) -> NoReturn:
        line = self.line_of(position)
        rest = self.text[position : position + 20].split("\n", 1)[0]
        self.faults.add(
            line,
            "",
            Refusal(
                "json",
                thing=N_("Line {line}"),
                rule=N_("this is not JSON from here on: {rest}"),
                remedy=N_("Look for a missing comma, quote or bracket just before it."),
                line=line,
                rest=rest or "(the end of the file)",
            ),
        )
        raise _Stopped

    def next(self) -> None:
        self.kind, self.word, self.at = next(self.words)

    def take(self, mark: str) -> None:
        if self.kind != "mark" or self.word != mark:
            self.stop(self.at)
        self.next()

    def spoil(self, path: Path, code: str, rule: str, remedy: str, **values: object) -> None:
        line = self.line_of(self.at)
        self.located.spoiled.add(path)
        self.faults.add(
            line,
            shown(path),
            Refusal(
                code,
                thing=N_("Line {line}, {path}"),
                rule=rule,
                remedy=remedy,
                line=line,
                path=shown(path),
                others=(),
                **values,
            ),
        )

    def value(self, path: Path) -> Json:
        self.located.lines.setdefault(path, self.line_of(self.at))
        if len(self.located.lines) > MAX_VALUES:
            self.spoil(
                path,
                "too-many",
                N_("a dossier holds at most {most} values."),
                N_("Split it, or leave out what is no fact about the missions."),
                most=MAX_VALUES,
            )
            raise _Stopped
        if self.kind == "mark" and self.word in "{[":
            if len(path) >= MAX_DEPTH:
                self.spoil(
                    path,
                    "depth",
                    N_("objects and lists nest at most {depth} deep."),
                    N_("Flatten this part."),
                    depth=MAX_DEPTH,
                )
                raise _Stopped
            return self.members(path) if self.word == "{" else self.items(path)
        kind, token = self.kind, self.word
        if kind == "text":
            value: Json = self.string(path)
        elif kind == "number":
            value = self.number(path)
        elif kind == "word":
            value = _WORDS[token]
        else:
            self.stop(self.at)
        self.next()
        return value

    def string(self, path: Path) -> str:
        value: str = json.loads(self.word)
        if not _encodes(value):
            self.spoil(
                path,
                "text",
                N_("half of a surrogate pair is no character."),
                N_("Write the whole character."),
            )
            return ""
        return value

    def number(self, path: Path) -> int:
        digits = self.word.lstrip("-")
        if not digits.isdigit():
            self.spoil(
                path,
                "number",
                N_("numbers are whole; {token} has a fraction or an exponent."),
                N_("Write money in cents or kopeks: 1250 for 12.50.")
                if path[-1:] == ("amount",)
                else N_("Choose a smaller unit, or write it as text in quotes."),
                token=self.word[:30],
            )
            return 0
        if len(digits) > 16 or int(digits) > _MAX_INTEGER:
            self.spoil(
                path,
                "number",
                N_("numbers go up to 2^53 - 1."),
                N_("Write it as text in quotes."),
            )
            return 0
        return int(self.word)

    def members(self, path: Path) -> dict[str, Json]:
        out: dict[str, Json] = {}
        self.next()
        while self.word != "}" or self.kind != "mark":
            if self.kind != "text":
                self.stop(self.at)
            key = self.string(path)
            inside = (*path, key)
            if key in out:
                self.spoil(
                    inside,
                    "duplicate-key",
                    N_("the key is given twice in one object (first on line {first})."),
                    N_("Keep one of them."),
                    first=self.located.lines[inside],
                )
            else:
                self.located.lines[inside] = self.line_of(self.at)
            self.next()
            self.take(":")
            value = self.value(inside)
            out.setdefault(key, value)
            if self.kind == "mark" and self.word == "}":
                break
            self.take(",")
            if self.kind == "mark":
                self.stop(self.at)
        self.next()
        return out

    def items(self, path: Path) -> list[Json]:
        out: list[Json] = []
        self.next()
        while self.word != "]" or self.kind != "mark":
            out.append(self.value((*path, len(out))))
            if self.kind == "mark" and self.word == "]":
                break
            self.take(",")
            if self.kind == "mark" and self.word == "]":
                self.stop(self.at)
        self.next()
        return out


def _after_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\n\r":
        position += 1
    return position


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def read(data: bytes, faults: Faults) -> Located | None:
    """Read `data` as one JSON value; None when it cannot be read to its end.

    data: at most `MAX_BYTES`, UTF-8 without a byte order mark.
    Everything found wrong is added to `faults` ("size", "text", "json", "depth",
    "duplicate-key", "number", "too-many"); a returned value may still have faults.
    """
    text = _text(data, faults)
    if text is None:
        return None
    reader = _Reader(text, faults)
    try:
        reader.next()
        reader.located.value = reader.value(())
        if reader.kind != "end":
            reader.stop(reader.at)
    except _Stopped:
        return None
    return reader.located


def _text(data: bytes, faults: Faults) -> str | None:
    if len(data) > MAX_BYTES:
        faults.add(
            1,
            "",
            Refusal(
                "size",
                thing=N_("The file"),
                rule=N_("a dossier has at most {limit} bytes; this one has {size}."),
                remedy=N_("Split it, or leave out what is no fact about the missions."),
                limit=MAX_BYTES,
                size=len(data),
            ),
        )
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]  # editors on Windows add the mark; it says nothing and harms nothing
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        faults.add(
            line,
            "",
            Refusal(
                "text",
                thing=N_("Line {line}"),
                rule=N_("a dossier is UTF-8 text; byte {byte} is not."),
                remedy=N_("Save the file as UTF-8."),
                line=line,
                byte=f"0x{data[fault.start]:02x}",
            ),
        )
        return None
