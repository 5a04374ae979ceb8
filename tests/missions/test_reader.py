"""A dossier is read whole, and every fault is told by its line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.missions import reader
from legation.missions.reader import Faults, read, shown
from legation.record.canon import Json

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)


def _deep(value: Json) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_deep(one) for one in inner), default=0)


@given(value=values, indent=st.sampled_from([None, 0, 1, 7]), plain=st.booleans())
def test_what_json_writes_is_read_as_json_reads_it(
    value: Json, indent: int, *, plain: bool
) -> None:
    faults = Faults()
    located = read(json.dumps(value, indent=indent, ensure_ascii=plain).encode(), faults)
    if _deep(value) > reader.MAX_DEPTH:
        assert [problem.refusal.code for problem in faults.found] == ["depth"]
    else:
        assert not faults.found
        assert located is not None
        assert located.value == value


@given(
    data=st.binary(max_size=200) | st.text('{}[]:,"\\ \n0123eE+-.tfn', max_size=80).map(str.encode)
)
def test_any_bytes_are_read_or_refused_as_json_would(data: bytes) -> None:
    faults = Faults()
    located = read(data, faults)
    try:
        json.loads(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except ValueError:
        assert faults.found
        assert located is None
    else:
        assert located is not None or faults.found


def test_the_line_of_every_member_and_item_is_known() -> None:
    located = read(b'{"a": 1,\n "b": [\n  true,\n  {"c":\n   null}]}', Faults())
    assert located is not None
    assert located.lines[("a",)] == 1
    assert located.lines[("b",)] == 2
    assert located.lines[("b", 0)] == 3
    assert located.lines[("b", 1, "c")] == 4
    assert located.line(("b", 1, "nowhere")) == 4
    assert shown(("b", 1, "c")) == "b[2].c"


BROKEN = {
    "a comma is missing": (b'{"a": 1\n"b": 2}', "json", 2),
    "a comma too many": (b'{"a": 1,\n}', "json", 2),
    "a comma too many in a list": (b"[1,\n]", "json", 2),
    "an open bracket": (b'{"a": [1,\n2', "json", 2),
    "something behind the end": (b"{}\n{}", "json", 2),
    "an unclosed text": (b'{\n"a": "b\n}', "json", 2),
    "nothing at all": (b"", "json", 1),
    "a key given twice": (b'{"a": 1,\n"b": 2,\n"a": 3}', "duplicate-key", 3),
    "a fraction": (b'{"a":\n4.5}', "number", 2),
    "an exponent": (b'{"a":\n1e3}', "number", 2),
    "a number over 2^53": (b'{"a":\n9007199254740992}', "number", 2),
    "a number of 5,000 digits": (b'{"a":\n' + b"9" * 5000 + b"}", "number", 2),
    "half a surrogate pair": (b'{"a":\n"\\ud800"}', "text", 2),
    "another encoding": ('{"a":\n"ж"}'.encode("cp1251"), "text", 2),
    "too deep": (b"[" * 17 + b"]" * 17, "depth", 1),
    "a bomb of brackets": (b"[" * 1_000_000, "depth", 1),
    "a bomb of values": (b"[" + b"0," * 1_000_000 + b"0]", "too-many", 1),
    "too large": (b" " * (reader.MAX_BYTES + 1), "size", 1),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_told_by_its_line(case: str) -> None:
    data, code, line = BROKEN[case]
    faults = Faults()
    read(data, faults)
    assert [(problem.refusal.code, problem.line) for problem in faults.found] == [(code, line)]
    assert str(faults.found[0].refusal)


def test_faults_are_told_up_to_a_bound_and_the_rest_counted() -> None:
    faults = Faults()
    assert read(b"[" + b"0.5," * 999 + b"0.5]", faults) is not None
    assert len(faults.found) == reader.MAX_FAULTS
    assert faults.more == 1000 - reader.MAX_FAULTS


def test_a_byte_order_mark_is_passed_over() -> None:
    located = read(b"\xef\xbb\xbf{}", Faults())
    assert located is not None
    assert located.value == {}


def test_of_a_key_given_twice_the_first_stands() -> None:
    located = read(b'{"a": 1, "a": 2}', Faults())
    assert located is not None
    assert located.value == {"a": 1}
