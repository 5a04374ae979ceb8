"""XLSX, bounded before it is parsed: a workbook is an archive that a stranger has packed.

1. Its size unpacked is summed before anything is unpacked, and its rows, tags and styles are
counted before anything is parsed: a small file can hold hours of work.
2. Macros, passwords and links to other files are refused. 3. A formula is refused at its cell:
what it shows depends on who opens it. 4. Merged cells are refused: whose is the value?
5. Rows are read one by one, and no further than the list may go.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from legation.errors import N_, Refusal
from legation.officers.sheets.sheet import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Row,
    Sheet,
    fault,
    too_many,
)

MOST_ENTRIES: Final = 500
MOST_UNPACKED: Final = 67_108_864
"""Bytes of all parts together, unpacked: 64 MiB."""
MOST_TAGS: Final = 3_000_000
"""Tags of one part: 10,000 rows of 60 cells have 2.4 million."""
MOST_ABOUT: Final = 2_097_152
"""Bytes of one part that holds no cells, as styles and the table of sheets: 2 MiB."""
MOST_FAULTS: Final = 200
_CELLS: Final = re.compile(r"xl/(worksheets/[^/]+|sharedstrings)\.xml")
_ROW: Final = re.compile(rb"<(?:[^\s<>/:]+:)?row[\s/>]")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:$]{2,25})[\"']")
_BROKEN: Final = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,  # xml.etree's ParseError is one
    NotImplementedError,
    EOFError,
)


def read_xlsx(data: bytes, *, most: int) -> Sheet:
    """Return what the first sheet of a workbook holds.

    Raises Refusal "macros", "workbook", "bomb", "too-many-rows" … A cell that is merged, or holds a
    formula, is a fault of the sheet.
    """
    try:
        faults: list[Refusal] = []
        merged = _look_inside(data, most)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that we do not read
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            try:
                sheet = _first(book)
                rows = list(_rows(sheet, most, merged, faults))
                told = f"XLSX, {sheet.title}"
            finally:
                book.close()
    except _BROKEN as error:
        raise _broken() from error
    if not rows:
        raise fault("empty", N_("it holds no rows."), N_("Choose the file with the list."))
    header, *body = rows
    faults += [_merged(each) for each in merged]
    return Sheet(header=header.cells, rows=tuple(body), told=told, faults=tuple(faults))


def _look_inside(data: bytes, most: int) -> list[str]:
    """Judge the archive by its table of contents and by plain counting, before it is parsed.

    Returns which cells are merged: "A3:B4".
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        names = [part.filename.lower() for part in parts]
        if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise _bomb()
        if any("vbaproject" in name or "/macrosheets/" in name for name in names):
            raise _macros()
        if "[content_types].xml" not in names:
            raise _broken()
        types = archive.read(parts[names.index("[content_types].xml")])
        if b"macroenabled" in types.lower():
            raise _macros()
        merged: list[str] = []
        for part in parts:
            if _CELLS.fullmatch(part.filename.lower()):
                merged += _counted(archive.read(part), most)
            elif part.filename.lower().endswith((".xml", ".rels")) and part.file_size > MOST_ABOUT:
                raise _bomb()
        return merged


def _counted(part: bytes, most: int) -> list[str]:
    """Bound what a part of cells would cost to parse; return the cells that are merged."""
    if b"\0" in part[:4]:  # UTF-16, which spreadsheets do not write, hides what is counted here
        raise _broken()
    if len(_ROW.findall(part)) > _rows_in(most):
        raise too_many(most)
    if part.count(b"<") > MOST_TAGS:
        raise _bomb()
    return [found.decode("ascii") for found in _MERGED.findall(part)[:MOST_FAULTS]]


def _rows_in(most: int) -> int:
    """Return the rows that are walked: empty ones in between count little, a million never."""
    return 2 * most + 100


def _first(book: Any) -> Any:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not shown:
        raise _broken()
    return shown[0]


def _rows(sheet: Any, most: int, merged: list[str], faults: list[Refusal]) -> Iterator[Row]:
    header: tuple[str, ...] = ()
    found = 0
    spans = [range_boundaries(each) for each in merged]
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if found > most or number > _rows_in(most):
            raise too_many(most)
        spoilt: set[int] = set()
        values: list[str] = []
        for place, cell in enumerate(cells):
            before = len(faults)
            values.append(_value(cell, number, header, faults))
            if len(faults) > before:
                spoilt.add(place)
        if any(values) or spoilt:
            found += 1
            header = header or tuple(values)
            yield Row(number, tuple(values), frozenset(spoilt | _under(spans, number)))
        if len(faults) >= MOST_FAULTS:
            break


def _under(spans: list[Any], number: int) -> set[int]:
    """Return the places in a row that merged cells cover."""
    return {
        column - 1
        for left, top, right, bottom in spans
        if top <= number <= bottom
        for column in range(left, min(right, MOST_COLUMNS) + 1)
    }


def _value(cell: Any, number: int, header: tuple[str, ...], faults: list[Refusal]) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        faults.append(_cell(cell, number, header, "formula"))
        return ""
    if cell.data_type == "e":
        faults.append(_cell(cell, number, header, "error"))
        return ""
    text = _text(value)
    if len(text) > LONGEST_CELL:
        faults.append(_cell(cell, number, header, "too-long"))
        return ""
    return text


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value).strip()


_CELL: Final = {
    "formula": (
        N_("it holds a formula, and what that shows depends on who opens it."),
        N_("Copy the column and paste it as values."),
    ),
    "error": (N_("it holds an error of the spreadsheet."), N_("Write the value itself.")),
    "too-long": (N_("it holds more than 4000 characters."), N_("Shorten it.")),
}


def _cell(cell: Any, number: int, header: tuple[str, ...], code: str) -> Refusal:
    place = cell.column - 1
    name = (
        header[place] if place < len(header) and header[place] else get_column_letter(cell.column)
    )
    rule, remedy = _CELL[code]
    return fault(code, rule, remedy, row=number, column=name)


def _merged(cells: str) -> Refusal:
    row = int(re.sub(r"\D", "", cells.partition(":")[0]) or 1)
    rule = N_("the cells {cells} are merged: it cannot be told whose the value is.")
    remedy = N_("Unmerge them, and fill each in.")
    return fault("merged", rule, remedy, row=row, cells=cells)


def _bomb() -> Refusal:
    return fault(
        "bomb",
        N_("unpacked it is larger than {most} MiB, or has too many parts."),
        N_("Copy the list alone into a new workbook, and save that."),
        most=MOST_UNPACKED // 2**20,
    )


def _macros() -> Refusal:
    return fault(
        "macros",
        N_("it holds macros: programs that run where it is opened."),
        N_("Save it as a plain workbook (.xlsx) or as CSV."),
    )


def _broken() -> Refusal:
    return fault(
        "workbook",
        N_("it is no plain workbook: damaged, protected by a password, or of another format."),
        N_("Open it in a spreadsheet, and save it as .xlsx without password, or as CSV UTF-8."),
    )
