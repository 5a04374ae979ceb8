"""CSV in the encodings and with the separators that offices use. Pure.

1. A byte order mark decides. 2. Without one: UTF-8 if it is valid, UTF-16 if every other byte is
zero. 3. Else a code page of Windows, Cyrillic or Turkish: the one in which more of the header is
known. 4. The separator is the one of `; , tab` by which more of the header is known.
"""

import codecs
import csv
import io
from collections.abc import Callable
from typing import Final

from legation.errors import N_, Refusal
from legation.officers.sheets.sheet import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Row,
    Sheet,
    fault,
    too_many,
    trimmed,
)

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
PAGES: Final = (("cp1251", "Windows-1251"), ("cp1254", "Windows-1254"))
SEPARATORS: Final = (";", ",", "\t")
LOOKED_AT: Final = 4_096
Known = Callable[[str], bool]
"""Tells whether a cell is the title of a column."""


def read_csv(data: bytes, *, most: int, known: Known) -> Sheet:
    """Return what a CSV file holds. Raises Refusal "encoding", "csv", "too-many-rows"."""
    text, encoding = _decoded(data, known)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        text = rest
    separator = max(SEPARATORS, key=lambda each: _known_in(text, each, known))
    rows, faults = _rows(text, separator, most)
    if not rows:
        raise _nothing()
    name = {";": ";", ",": ",", "\t": "tab"}[separator]
    header, *body = rows
    return Sheet(
        header=header.cells, rows=tuple(body), told=f"CSV, {encoding}, {name}", faults=tuple(faults)
    )


def _rows(text: str, separator: str, most: int) -> tuple[list[Row], list[Refusal]]:
    rows: list[Row] = []
    faults: list[Refusal] = []
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            number += 1
            if len(rows) > most:
                raise too_many(most)
            if any(cell.strip() for cell in cells):
                rows.append(_sized(Row(number, trimmed(cells)), faults))
    except csv.Error as error:
        raise fault(
            "csv",
            N_("a quotation mark is open or out of place here."),
            N_("Close it, or double it where it belongs to the text."),
            row=number + 1,
        ) from error
    return rows, faults


def _sized(row: Row, faults: list[Refusal]) -> Row:
    """Return a row without what is too long in it, which is noted in `faults`."""
    if len(row.cells) > MOST_COLUMNS:
        rule = N_("it has {count} columns, and none of our lists has more than {most}.")
        remedy = N_("Check the separator and the quotation marks.")
        count = len(row.cells)
        faults.append(
            fault("columns", rule, remedy, row=row.number, count=count, most=MOST_COLUMNS)
        )
        return Row(row.number, (), frozenset(range(MOST_COLUMNS)))
    long = {place: cell for place, cell in enumerate(row.cells) if len(cell) > LONGEST_CELL}
    if not long:
        return row
    faults += [
        fault(
            "too-long",
            N_("a cell holds {length} characters; it may hold {most}."),
            N_("Shorten it."),
            row=row.number,
            length=len(cell),
            most=LONGEST_CELL,
        )
        for cell in long.values()
    ]
    cells = tuple("" if place in long else cell for place, cell in enumerate(row.cells))
    return Row(row.number, cells, frozenset(long))


def _decoded(data: bytes, known: Known) -> tuple[str, str]:
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, name), name
    if b"\0" in data[:LOOKED_AT]:
        even, odd = data[:LOOKED_AT:2].count(0), data[1:LOOKED_AT:2].count(0)
        return _strictly(data, "utf-16-le" if odd >= even else "utf-16-be", "UTF-16"), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    read = [(data.decode(codec, errors="replace"), name) for codec, name in PAGES]
    found = max(read, key=lambda each: max(_known_in(each[0], sep, known) for sep in SEPARATORS))
    if "\N{REPLACEMENT CHARACTER}" in found[0]:
        raise _encoding()
    return found


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _encoding(name) from error


def _known_in(text: str, separator: str, known: Known) -> tuple[int, int]:
    first = text[: LOOKED_AT * 4].lstrip("\r\n").partition("\n")[0]
    try:
        cells = next(csv.reader([first], delimiter=separator), [])
    except csv.Error:
        cells = first.split(separator)
    return sum(known(cell) for cell in cells), len(cells)


def _encoding(name: str = "") -> Refusal:
    return fault(
        "encoding",
        N_("its letters cannot be told: no text in UTF-8, UTF-16 or a Windows code page."),
        N_("Save it as “CSV UTF-8”."),
        name=name,
    )


def _nothing() -> Refusal:
    return fault("empty", N_("it holds no rows."), N_("Choose the file with the list."))
