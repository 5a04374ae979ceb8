"""Text and tables of text: UTF-8 that a person can read, nothing that steers a terminal."""

import csv
import io
from typing import Final

from legation.errors import N_
from legation.officers.intake.names import STEERING
from legation.officers.intake.told import CSV, TEXT, Removed, Taken, Warned, refused

PLAIN: Final = frozenset("\n\r\t\f")
FORMULA: Final = ("=", "+", "-", "@")
BOM8: Final = b"\xef\xbb\xbf"
BOM16: Final = (b"\xff\xfe", b"\xfe\xff")
MOST_ROWS: Final = 200_000


def take_words(data: bytes, name: str) -> Taken:
    """Return text as UTF-8. Raises Refusal "file-type" for bytes that are no text, "file-text"."""
    text, removed, warnings = _read(data, name)
    for char in text:
        if char in STEERING or not (char in PLAIN or char.isprintable() or char.isspace()):
            raise refused(
                "file-text",
                N_("it holds the character U+{sign}, which cannot be seen or turns the writing."),
                N_("Save it as plain text without such characters, or as PDF."),
                name=name,
                sign=f"{ord(char):04X}",
            )
    media_type = CSV if name.lower().endswith(".csv") else TEXT
    if media_type == CSV and _calculates(text):
        warnings.append(Warned(what="formula"))
    return Taken(
        data=text.encode("utf-8"),
        media_type=media_type,
        name=name,
        was=len(data),
        removed=tuple(removed),
        warnings=tuple(warnings),
    )


def _read(data: bytes, name: str) -> tuple[str, list[Removed], list[Warned]]:
    removed: list[Removed] = []
    warnings: list[Warned] = []
    encoding = "utf-8"
    if data.startswith(BOM8):
        data = data[len(BOM8) :]
        removed.append(Removed(what="mark"))
    elif data.startswith(BOM16):
        encoding = "utf-16"
        warnings.append(Warned(what="utf16"))
    try:
        return data.decode(encoding), removed, warnings
    except UnicodeDecodeError as fault:
        raise refused(
            "file-type",
            N_("what is in it is neither PDF, PNG, JPEG nor text, whatever its name says."),
            N_("Save it as PDF, PNG or JPEG, or as text in UTF-8, then add it again."),
            name=name,
        ) from fault


def _calculates(text: str) -> bool:
    """Tell whether a cell begins as a formula does; numbers with a sign do not count."""
    delimiter = (
        ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    )
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for place, row in enumerate(rows):
            if place >= MOST_ROWS:
                return True
            if any(cell.startswith(FORMULA) and not _number(cell) for cell in row):
                return True
    except csv.Error:
        return True
    return False


def _number(cell: str) -> bool:
    return cell[1:].replace(".", "", 1).replace(",", "").replace(" ", "").isdigit()
