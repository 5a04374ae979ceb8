"""One way to read a list, whatever file it is in: told by its content, never by its name."""

from dataclasses import replace
from typing import Final

from legation.errors import N_
from legation.officers.sheets.sheet import MOST_BYTES, MOST_ROWS, Sheet, fault, untitled
from legation.officers.sheets.texts import Known, read_csv
from legation.officers.sheets.workbooks import read_xlsx

ZIP: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0"


def read_sheet(data: bytes, *, known: Known, most: int = MOST_ROWS) -> Sheet:
    """Return the header and rows of a CSV or XLSX file, and which cells are at fault.

    known: tells whether a cell is a title of a column. most: rows of the list.
    Raises Refusal for a file of which no rows can be told.
    """
    sheet = _read(data, known, most)
    return replace(sheet, faults=(*sheet.faults, *untitled(sheet)))


def _read(data: bytes, known: Known, most: int) -> Sheet:
    if len(data) > MOST_BYTES:
        raise fault(
            "file-size",
            N_("it has {size} bytes; a list may have {most}."),
            N_("Save the list alone, without pictures, or split it."),
            size=len(data),
            most=MOST_BYTES,
        )
    if data.startswith(ZIP):
        return read_xlsx(data, most=most)
    if data.startswith(OLD):
        raise fault(
            "old-workbook",
            N_("it is a workbook of an old format, or protected by a password."),
            N_("Save it as .xlsx without password, or as CSV UTF-8."),
        )
    if data.startswith((b"%PDF", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise fault("no-list", N_("it is no list."), N_("Choose a file in CSV or XLSX."))
    return read_csv(data, most=most, known=known)
