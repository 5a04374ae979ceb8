"""A sheet as it was read: a header and rows of text, whatever file it came from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from legation.errors import N_, Refusal

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 4_000
MOST_BYTES: Final = 10_485_760
"""Bytes of a file that is read as a list: 10 MiB."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. number: in the file, as a spreadsheet shows it, the header being 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a file holds. told: how it was read, for the officer: "CSV, Windows-1251, ;"."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    told: str


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
