"""What a person hands to a command is read with a bound, and refused with a sentence."""

import sys
from contextlib import suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.cli.inputs import read_input, read_json
from legation.errors import Refusal


def code_of(path: Path, *, limit: int = 1_000) -> str:
    with pytest.raises(Refusal) as refused:
        read_json(str(path), limit=limit)
    assert str(path) in refused.value.sentence()
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input-json"),
        (b"[]", "input-json"),
        (b'"text"', "input-json"),
        (b'{"a": 1, "a": 2}', "input-json"),
        (b'{"b": {"a": 1, "a": 2}}', "input-json"),
        (b'{"a": NaN}', "input-json"),
        (b'{"a": Infinity}', "input-json"),
        (b'{"a": 1', "input-json"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "input-json"),
        (b"[" * 5_000, "input-json"),
        (b'{"a": "\xff"}', "input-text"),
        ("{}".encode("utf-16"), "input-text"),
    ],
    ids=[
        "nothing",
        "a list",
        "a text",
        "a key twice",
        "a key twice, deep inside",
        "not a number",
        "infinity",
        "cut short",
        "a number of 5,000 digits",
        "5,000 brackets",
        "a byte that is not UTF-8",
        "UTF-16",
    ],
)
def test_json_is_refused_when_it_is(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(data)
    assert code_of(path, limit=100_000) == code


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (rb'{"a": "\ud800"}', "/a"),
        (rb'{"a": [{"b": "x"}, {"c": "\udc00 x"}]}', "/a/1/c"),
        (rb'{"a": {"\udfff": 1}}', "/a"),
        (rb'{"\ud800": 1}', "/"),
        (rb'{"a": "\ude00\ud83d"}', "/a"),
    ],
    ids=["a text", "deep inside", "a key", "a key at the top", "a pair the wrong way round"],
)
def test_half_a_character_is_refused_where_it_is(tmp_path: Path, data: bytes, where: str) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(data)
    with pytest.raises(Refusal) as refused:
        read_json(str(path))
    assert refused.value.code == "input-text"
    assert f"at {where} " in refused.value.sentence().replace(":", " ")
    refused.value.sentence().encode()


def test_a_whole_pair_of_escapes_is_a_character(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(rb'{"a": "\ud83d\ude00"}')
    assert read_json(str(path)) == {"a": "\U0001f600"}


def test_input_over_the_limit_is_refused_and_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(10**12)  # sparse: a reader that wants all of it would never return
    assert code_of(path) == "input-size"


def test_input_of_exactly_the_limit_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(b"{}" + b" " * 98)
    assert read_json(str(path), limit=100) == {}


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    assert code_of(tmp_path / "absent.json") == "input-file"


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "input-file"


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b'\xef\xbb\xbf{"a": 1}')))
    assert read_json("-") == {"a": 1}


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_bytes(data)
    assert read_input(str(path), limit=200) == data
    with suppress(Refusal):
        assert isinstance(read_json(str(path)), dict)
