"""What is printed: exact JSON for programs, safe lines for people."""

import io
import json
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from legation.cli.output import plain, printable, table, working, write_json


@dataclass(frozen=True)
class Row:
    name: str
    at: datetime


def test_values_become_jsons_own_types() -> None:
    value = {"row": Row("Ada", datetime(2026, 11, 23, 17, 45, tzinfo=UTC)), "b": b"\1", "t": (1,)}
    assert plain({**value, "p": Path("/x"), "s": {"b", "a"}}) == {
        "row": {"name": "Ada", "at": "2026-11-23T17:45:00Z"},
        "b": "01",
        "t": [1],
        "p": "/x",
        "s": ["a", "b"],
    }


def test_an_instant_in_another_zone_is_told_in_utc() -> None:
    moscow = datetime.fromisoformat("2026-11-23T20:45:00+03:00")
    assert plain(moscow) == "2026-11-23T17:45:00Z"


@pytest.mark.parametrize(
    "text", ["\x1b[2Jgone", "a\rb", "a\x00b", "\u202egnp.exe", "\u009b31m"], ids=repr
)
def test_nobodys_text_moves_the_cursor_of_the_reader(text: str) -> None:
    shown = printable(text)
    assert "\N{REPLACEMENT CHARACTER}" in shown
    assert shown.replace("\N{REPLACEMENT CHARACTER}", "").isprintable()


def test_lines_and_letters_of_all_three_languages_stay() -> None:
    text = "Нота № 5\nKaçıncı — “açık”"
    assert printable(text) == text


def test_json_is_utf8_even_where_the_terminal_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    write_json({"a": "Москва"})
    assert isinstance(out.buffer, io.BytesIO)
    assert json.loads(out.buffer.getvalue().decode("utf-8")) == {"a": "Москва"}


def test_a_table_has_its_columns_under_their_heads() -> None:
    assert table(("A", "LONG"), [("xyz", 1), ("", 22)]) == "A    LONG\nxyz  1\n     22"


def test_short_work_says_nothing(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with working("Counting"):
        pass
    assert capfdbinary.readouterr().err == b""


def test_long_work_says_on_standard_error_how_far_it_is(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legation.cli.output.PATIENCE", 0.01)
    with working("Counting") as progress:
        progress.at(5, 10_000)
        deadline = time.monotonic() + 5
        said = b""
        while b"5/10,000" not in said and time.monotonic() < deadline:
            said += capsysbinary.readouterr().err
    assert b"Counting: 5/10,000" in said
