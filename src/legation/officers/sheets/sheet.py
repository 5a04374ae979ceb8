"""A sheet as it was read: a header and rows of text, whatever file it came from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter

from legation.errors import N_, Refusal

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 4_000
MOST_BYTES: Final = 10_485_760
"""Bytes of a file that is read as a list: 10 MiB."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. number: in the file, as a spreadsheet shows it, the header being 1.

    spoilt: places of cells that could not be read: they are empty here, and told among the faults
    of the sheet, so whoever judges the row says nothing more of them.
    """

    number: int
    cells: tuple[str, ...]
    spoilt: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a file holds. told: how it was read, for the officer: "CSV, Windows-1251, ;".

    faults: cells that could not be read. Nothing is taken of a sheet that has any; its rows are
    judged all the same, so that an officer hears of everything at once.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    told: str
    faults: tuple[Refusal, ...] = ()


def fault(
    code: str, rule: str, remedy: str, *, row: int = 0, column: str = "", **values: object
) -> Refusal:
    """Return what is wrong with one cell, row or file. row: 0 for the file as a whole."""
    if row and column:
        thing = N_("Row {row}, column “{column}”")
    else:
        thing = N_("Row {row}") if row else N_("The file")
    refusal = Refusal(code, thing=thing, rule=rule, remedy=remedy)
    refusal.values = {**values, "row": row, "column": column}
    return refusal


def raise_all(faults: Sequence[Refusal]) -> None:
    """Raise the first fault with the others in `others`, in the order of rows; none: go on."""
    if faults:
        first, *others = sorted(faults, key=lambda each: int(str(each.values.get("row", 0))))
        first.others = tuple(others)
        raise first


def untitled(sheet: Sheet) -> list[Refusal]:
    """Return the columns in which something stands under no title: it would be lost."""
    wide = max((len(row.cells) for row in sheet.rows), default=0)
    faults = []
    for place in range(wide):
        if place < len(sheet.header) and sheet.header[place]:
            continue
        rows = (row for row in sheet.rows if place < len(row.cells) and row.cells[place])
        if (first := next(rows, None)) is not None:
            rule = N_("what stands in this column, here and below, has no title in the first row.")
            remedy = N_(
                "Give it one or delete it; look for a separator or quotation mark too many."
            )
            number, name = first.number, get_column_letter(place + 1)
            faults.append(fault("untitled", rule, remedy, row=number, column=name))
    return faults


def too_many(most: int) -> Refusal:
    """Return the refusal of a longer list than is read."""
    return fault(
        "too-many-rows",
        N_("it has more than {most} rows, and no list is read beyond that."),
        N_("Split it into several files; delete empty rows below the list."),
        most=most,
    )


def trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Return cells without blanks around them."""
    return tuple(cell.strip() for cell in cells)
