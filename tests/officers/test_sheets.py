"""Lists in CSV and XLSX as offices make them: read within bounds, each fault at its row."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from legation.errors import Refusal
from legation.officers.sheets import workbooks
from legation.officers.sheets.reading import read_sheet
from legation.officers.sheets.sheet import Sheet
from legation.officers.sheets.writing import as_read, harmless, to_csv, to_xlsx

TITLES = {"name", "имя", "ad", "born"}


def read(data: bytes, most: int = 100) -> Sheet:
    return read_sheet(data, known=lambda cell: cell.strip().lower() in TITLES, most=most)


def refused(data: bytes, most: int = 100) -> list[Refusal]:
    with pytest.raises(Refusal) as caught:
        read(data, most)
    for each in (caught.value, *caught.value.others):
        assert each.remedy
        assert each.sentence()
    return [caught.value, *caught.value.others]


def a_book(fill: Callable[[Any], None], **rows: Any) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(rows.get("header", ["Name", "Born"]))
    fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


PLAIN = "Name,Born\r\nÇelik,1985-04-23\r\n"
RUSSIAN = "Имя;born\r\nЁлкин;1985-04-23\r\n"
TURKISH = "Ad;born\r\nŞahin;1985-04-23\r\n"
CSVS = {
    "UTF-8": (PLAIN.encode(), "Çelik", "CSV, UTF-8, ,"),
    "UTF-8 with its mark": (PLAIN.encode("utf-8-sig"), "Çelik", "CSV, UTF-8, ,"),
    "UTF-16 with its mark": (PLAIN.encode("utf-16"), "Çelik", "CSV, UTF-16, ,"),
    "UTF-16 without a mark": (PLAIN.encode("utf-16-le"), "Çelik", "CSV, UTF-16, ,"),
    "UTF-16, the other way round": (PLAIN.encode("utf-16-be"), "Çelik", "CSV, UTF-16, ,"),
    "Windows-1251 with semicolons": (RUSSIAN.encode("cp1251"), "Ёлкин", "CSV, Windows-1251, ;"),
    "Windows-1254": (TURKISH.encode("cp1254"), "Şahin", "CSV, Windows-125"),
    "tabs": (RUSSIAN.replace(";", "\t").encode("utf-16"), "Ёлкин", "CSV, UTF-16, tab"),
    "the line that Excel puts first": (b"sep=;\r\nName;Born\r\nA, B;1985-04-23", "A, B", "CSV"),
    "a line of Unicode in a cell": ("Name\rA\u2028B,1985-04-23\r".encode(), "A\u2028B", "CSV"),
    "quotation marks": (b'Name,Born\n"A ""the first"", B",1985-04-23\n', 'A "the first", B', "CSV"),
}  # fmt: skip


@pytest.mark.parametrize("case", CSVS)
def test_a_list_is_read_in_whatever_encoding_an_office_saves_it(case: str) -> None:
    data, name, told = CSVS[case]
    sheet = read(data)
    if case != "Windows-1254":  # its letters are the Cyrillic page's too; the header decides
        assert sheet.rows[0].cells == (name, "1985-04-23")
    assert sheet.rows[0].number == 2
    assert sheet.told.startswith(told)


def test_a_workbook_gives_text_and_real_days() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Ada", datetime(1985, 4, 23)])  # noqa: DTZ001 - as a spreadsheet has it
        sheet.append(["Bela", date(1990, 1, 2)])
        sheet.append([712345678, None])
        sheet.append([None, None])
        sheet.append([" Cem ", "text"])

    rows = read(a_book(fill)).rows
    assert [(row.number, row.cells[:2]) for row in rows] == [
        (2, ("Ada", "1985-04-23")),
        (3, ("Bela", "1990-01-02")),
        (4, ("712345678", "")),
        (6, ("Cem", "text")),
    ]


def test_every_formula_is_refused_at_its_cell() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["=A1", "1985-04-23"])
        sheet.append(["Ada", "=TODAY()"])

    found = read(a_book(fill)).faults
    assert [(each.code, each.values["row"], each.values["column"]) for each in found] == [
        ("formula", 2, "Name"),
        ("formula", 3, "Born"),
    ]


def test_a_cell_that_is_text_and_looks_like_a_formula_is_text() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["x", "1985-04-23"])
        sheet["A2"].value = "=1+1"
        sheet["A2"].data_type = "s"

    assert read(a_book(fill)).rows[0].cells[0] == "=1+1"


def test_what_stands_under_no_title_is_told_and_not_lost() -> None:
    for data in (b"Name,Born,,\nAda,1985-04-23\nBela,,,x,y\nCem,,,z", a_book(_wide)):
        found = read(data).faults
        assert [(each.code, each.values["row"], each.values["column"]) for each in found] == [
            ("untitled", 3, "D"),
            ("untitled", 3, "E"),
        ]


def _wide(sheet: Any) -> None:
    sheet.append(["Ada", "1985-04-23"])
    sheet.append(["Bela", None, None, "x", "y"])
    sheet.append(["Cem", None, None, "z"])


def test_merged_cells_are_refused_by_name_beside_what_else_is_wrong() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Ada", "=A1"])
        sheet.append(["Bela", "1985-04-23"])
        sheet.merge_cells("A3:B4")

    sheet = read(a_book(fill))
    formula, merged = sheet.faults
    assert [row.spoilt for row in sheet.rows] == [{1}, {0, 1}], "what is told once is told once"
    assert (formula.code, formula.values["row"]) == ("formula", 2)
    assert (merged.code, merged.values["cells"], merged.values["row"]) == ("merged", "A3:B4", 3)


def none(_sheet: Any) -> None:
    """Add no row."""


BAD = {
    "macros": (with_part(a_book(none), "xl/vbaProject.bin", b"x"), "macros"),
    "a bomb": (with_part(a_book(none), "xl/worksheets/big.xml", b"\0" * 70_000_000), "bomb"),
    "many parts": (
        a_book(none)[:0] + with_part(a_book(none), "x", b""),
        "",
    ),
    "a workbook cut short": (a_book(none)[:2_000], "workbook"),
    "another archive": (with_part(b"PK\x05\x06" + b"\0" * 18, "a.txt", b"hello"), "workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old-workbook"),
    "a PDF": (b"%PDF-1.7\n", "no-list"),
    "nothing": (b"", "empty"),
    "an open quotation mark": (b'Name,Born\nA,"B\n', "csv"),
    "random bytes": (bytes(range(128, 256)) * 40 + b"\x98\x98", "encoding"),
    "too large": (b"a" * 10_485_761, "file-size"),
}
del BAD["many parts"]


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_refused_in_a_sentence_with_a_remedy(case: str) -> None:
    data, code = BAD[case]
    assert refused(data)[0].code == code


def test_a_row_at_the_end_of_a_million_is_not_walked_to() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1048576"] = "x"

    assert refused(a_book(fill))[0].code == "too-many-rows"


NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
A_SHEET = f"<worksheet {NAMES}><sheetData>{{}}</sheetData></worksheet>"
COSTLY: dict[str, tuple[str, str | bytes, str]] = {
    "a million rows": ("sheet1", A_SHEET.format("<row/>" * 1_000_000), "too-many-rows"),
    "a row of a million cells": (
        "sheet1",
        A_SHEET.format("<row>" + "<x:c><v/></x:c>" * 1_000_001 + "</row>"),
        "bomb",
    ),
    "a million styles": ("styles", "<styleSheet>" + "<xf/>" * 1_000_000, "bomb"),
    "letters of two bytes": (
        "sheet1",
        A_SHEET.format("<mergeCell ref='A1:B2'/>").encode("utf-16"),
        "workbook",
    ),
}


@pytest.mark.parametrize("case", COSTLY)
def test_hours_of_work_in_a_small_file_are_refused_before_it_is_parsed(case: str) -> None:
    name, content, code = COSTLY[case]
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_book(none))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            new.writestr(each, content if each.endswith(f"/{name}.xml") else old.read(each))
    assert [each.code for each in refused(out.getvalue())] == [code]


def test_a_longer_list_than_is_read_is_refused() -> None:
    data = b"Name\n" + b"A\n" * 101
    assert refused(data)[0].code == "too-many-rows"
    assert len(read(data, most=101).rows) == 101


def test_entities_of_xml_are_not_opened() -> None:
    data = a_book(lambda sheet: sheet.append(["x"]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>' + content
                content = content.replace(b"<sheetData>", b"<!-- &b; --><sheetData>")
            new.writestr(name, content)
    found = refused(out.getvalue())
    assert found[0].code == "workbook"


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|x", "%x", "=HYPERLINK(1)")


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_that_leaves_computes_anything(cell: str) -> None:
    for line in to_csv(["Name"], [[cell]]).decode("utf-8-sig").splitlines()[1:2]:
        assert line.startswith("\"'")
    book = load_workbook(io.BytesIO(to_xlsx(["Name"], [[cell]], title="x")))
    written: Any = book.worksheets[0]["A2"]
    assert written.data_type == "s"
    assert str(written.value).startswith("'")


@given(st.text(max_size=20))
def test_what_was_made_harmless_is_read_as_it_was(cell: str) -> None:
    assert as_read(harmless(cell)) == cell or cell.startswith("'")


@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    for begin in (b"", b"PK\x03\x04", b"Name;Born\n"):
        try:
            read(begin + data)
        except Refusal as refusal:
            assert refusal.remedy


def test_the_bounds_are_those_that_the_page_tells() -> None:
    assert workbooks.MOST_UNPACKED == 2**26
