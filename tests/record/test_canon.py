"""Canonical JSON: one spelling, and the same as an independent implementation's."""

import json
import random
import sys
from collections.abc import Callable, Iterator

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import canon
from legation.record.canon import Json
from record.refusals import refused

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
TEXTS = st.text().filter(canon.is_plain_text)
INTEGERS = st.integers(-canon.MAX_INTEGER, canon.MAX_INTEGER)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=6)


def a_random_value(chance: random.Random, depth: int = 0) -> Json:
    """Return a value of any shape that is allowed; much faster than Hypothesis."""
    kind = chance.randrange(9 if depth < 5 else 5)
    if kind == 0:
        return chance.choice((None, True, False))
    if kind == 1:
        return chance.choice((0, -1, canon.MAX_INTEGER, -canon.MAX_INTEGER, chance.randrange(999)))
    if kind in (2, 3, 4):
        return a_random_text(chance)
    if kind in (5, 6):
        return [a_random_value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {
        a_random_key(chance): a_random_value(chance, depth + 1) for _ in range(chance.randrange(5))
    }


def a_random_key(chance: random.Random) -> str:
    return chance.choice("abcxyz") + "".join(chance.choices("az09_", k=chance.randrange(5)))


def a_random_text(chance: random.Random) -> str:
    pools = (
        "abc \n\"\\/<>&'",
        "äßжя你好\u0301\u200d",
        "😀\U0001f1fa\U0001f1f8\U0002f800\ue000\ufb33",
    )
    return "".join(chance.choices(chance.choice(pools), k=chance.randrange(12)))


@pytest.mark.parametrize("count", [2_000, pytest.param(50_000, marks=pytest.mark.slow, id="50000")])
def test_random_values_are_written_as_the_independent_library_writes_them(count: int) -> None:
    chance = random.Random(8785)
    for _ in range(count):
        value: dict[str, Json] = {"a": a_random_value(chance), "b": a_random_value(chance)}
        data = canon.encode_large(value)
        assert data == rfc8785.dumps(value)
        assert canon.decode(data, limit=len(data)) == value


@given(OBJECTS)
def test_what_is_written_is_read_back(value: dict[str, Json]) -> None:
    data = canon.encode(value)
    assert canon.decode(data) == value
    assert canon.encode(canon.decode(data)) == data
    assert canon.encode_large(value) == data


REFUSED: list[tuple[str, bytes, str]] = [
    ("a duplicate key", b'{"a":1,"a":1}', "not-canonical"),
    ("a duplicate key with another value", b'{"a":1,"a":2}', "not-canonical"),
    ("keys in another order", b'{"b":1,"a":2}', "not-canonical"),
    ("a space", b'{"a": 1}', "not-canonical"),
    ("a newline after it", b'{"a":1}\n', "not-canonical"),
    ("an escape that is not needed", rb'{"a":"\u0041"}', "not-canonical"),
    ("an escaped slash", rb'{"a":"\/"}', "not-canonical"),
    ("an escaped letter beyond ASCII", rb'{"a":"\u00e9"}', "not-canonical"),
    ("a long escape of the line feed", rb'{"a":"\u000a"}', "not-canonical"),
    ("a float", b'{"a":1.5}', "not-canonical"),
    ("a whole float", b'{"a":1.0}', "not-canonical"),
    ("an exponent", b'{"a":1e3}', "not-canonical"),
    ("negative zero", b'{"a":-0}', "not-canonical"),
    ("a leading zero", b'{"a":01}', "not-canonical"),
    ("a plus", b'{"a":+1}', "not-canonical"),
    ("2^53", b'{"a":9007199254740992}', "not-canonical"),
    ("-2^53", b'{"a":-9007199254740992}', "not-canonical"),
    ("five thousand digits", b'{"a":' + b"1" * 5000 + b"}", "not-canonical"),
    ("NaN", b'{"a":NaN}', "not-canonical"),
    ("Infinity", b'{"a":-Infinity}', "not-canonical"),
    ("a lone surrogate", rb'{"a":"\ud800"}', "not-canonical"),
    ("an escaped pair of surrogates", rb'{"a":"\ud83d\ude00"}', "not-canonical"),
    ("a key in capitals", b'{"A":1}', "not-canonical"),
    ("a key with a digit first", b'{"1":1}', "not-canonical"),
    ("an empty key", b'{"":1}', "not-canonical"),
    ("a key that ends in a line feed", b'{"a\\n":1}', "not-canonical"),
    ("a key beyond ASCII", '{"ä":1}'.encode(), "not-canonical"),
    ("a list", b"[]", "not-canonical"),
    ("a number", b"1", "not-canonical"),
    ("nothing", b"", "not-canonical"),
    ("half an object", b'{"a":', "not-canonical"),
    ("two objects", b"{}{}", "not-canonical"),
    ("single quotes", b"{'a':1}", "not-canonical"),
    ("a comment", b'{"a":1/**/}', "not-canonical"),
    ("a trailing comma", b'{"a":1,}', "not-canonical"),
    ("a raw line feed in text", b'{"a":"\n"}', "not-canonical"),
    ("a carriage return", b'{"a":"\r"}', "text"),
    ("an escaped carriage return", rb'{"a":"\r"}', "text"),
    ("NUL", b'{"a":"\x00"}', "text"),
    ("an escaped NUL", rb'{"a":"\u0000"}', "text"),
    ("an escaped backspace", rb'{"a":"\b"}', "text"),
    ("an escaped tab after an escaped backslash", rb'{"a":"\\\t"}', "text"),
    ("a tab between tokens", b'{"a":\t1}', "text"),
    ("DEL", b'{"a":"\x7f"}', "text"),
    ("a C1 control", '{"a":"\x85"}'.encode(), "text"),
    ("bytes that are not UTF-8", b'{"a":"\xff"}', "text"),
    ("a surrogate in UTF-8", b'{"a":"\xed\xa0\x80"}', "text"),
    ("an overlong encoding", b'{"a":"\xc0\xaf"}', "text"),
    ("a byte order mark", b"\xef\xbb\xbf{}", "text"),
    ("an override of direction", '{"a":"\u202e"}'.encode(), "text"),
    ("an isolate", '{"a":"\u2066"}'.encode(), "text"),
    ("a zero width space", '{"a":"\u200b"}'.encode(), "text"),
    ("a line separator", '{"a":"\u2028"}'.encode(), "text"),
    ("a tag", '{"a":"\U000e0041"}'.encode(), "text"),
    ("a noncharacter", '{"a":"\ufdd0"}'.encode(), "text"),
    ("the last noncharacter", '{"a":"\U0010ffff"}'.encode(), "text"),
    ("a depth of 17", b'{"a":' + b"[" * 16 + b"]" * 16 + b"}", "depth"),
    ("a depth of 30,000", b"[" * 30_000, "depth"),
    ("a depth of 17 that breaks off", b'{"a":' + b"[" * 16, "depth"),
    ("65,536 bytes", b'{"a":"' + b"x" * 65_528 + b'"}', "size"),
]


@pytest.mark.parametrize(
    ("data", "code"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_bytes_that_are_not_canonical_are_refused(data: bytes, code: str) -> None:
    with refused(code):
        canon.decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"a":9007199254740991}',
        b'{"a":' + b"[" * 15 + b"]" * 15 + b"}",
        b'{"a":"' + b"x" * 65_527 + b'"}',
        b'{"a":"[[[[[[[[[[[[[[[[[[[[{{{{{{"}',
        rb'{"a":"\n\"\\ \\b \\u0000"}',
        '{"a":"e\u0301 \u200d \u200e \U000e0100"}'.encode(),
        b'{"a":[],"b":{},"c":null,"d":true,"e":false,"f":-1}',
    ],
)
def test_what_is_just_allowed_is_taken(data: bytes) -> None:
    assert canon.encode(canon.decode(data)) == data


def deep(levels: int) -> Json:
    value: Json = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"a": 1.5}, "not-canonical"),
        ({"a": 2**53}, "not-canonical"),
        ({"a": (1,)}, "not-canonical"),
        ({"a": b""}, "not-canonical"),
        ({1: 1}, "not-canonical"),
        ({"A": 1}, "not-canonical"),
        ([1], "not-canonical"),
        ({"a": "\ud800"}, "text"),
        ({"a": "\t"}, "text"),
        ({"a": "\u202a"}, "text"),
        ({"a": deep(16)}, "depth"),
        ({"a": "x" * 65_528}, "size"),
    ],
)
def test_what_could_not_be_read_is_not_written(value: object, code: str) -> None:
    with refused(code):
        canon.encode(value)  # type: ignore[arg-type] # what a careless caller passes


def test_a_large_document_is_written_as_a_small_one_is() -> None:
    value: dict[str, Json] = {"a": "x" * 70_000}
    assert canon.encode_large(value) == b'{"a":"' + b"x" * 70_000 + b'"}'
    with refused("size"):
        canon.decode(canon.encode_large(value))
    assert canon.decode(canon.encode_large(value), limit=80_000) == value


def test_the_same_fault_is_found_however_deep_the_caller_stands() -> None:
    data = b'{"a":' * 900 + b"1" + b"}" * 900

    def stand(levels: int, do: Callable[[], None]) -> None:
        if levels:
            stand(levels - 1, do)
        else:
            do()

    def check() -> None:
        with refused("depth"):
            canon.decode(data)

    check()
    stand(sys.getrecursionlimit() - 200, check)


@pytest.mark.fuzz
@given(st.binary(max_size=200) | OBJECTS.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused_and_never_changed(data: bytes) -> None:
    try:
        value = canon.decode(data)
    except Refusal as refusal:
        assert refusal.code in {"size", "text", "depth", "not-canonical"}
        return
    assert canon.encode(value) == data


@pytest.mark.fuzz
@given(OBJECTS, st.data())
def test_a_changed_byte_never_means_the_same(value: dict[str, Json], data: st.DataObject) -> None:
    good = canon.encode(value)
    place = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[place]))
    changed = good[:place] + bytes((other,)) + good[place + 1 :]
    try:
        read = canon.decode(changed)
    except Refusal:
        return
    assert read != value or canon.encode(read) == changed


BORDERS = [
    (0x00, 0x09),
    (0x0B, 0x1F),
    (0x7F, 0x9F),
    (0x180E, 0x180E),
    (0x200B, 0x200B),
    (0x2028, 0x202E),
    (0x2060, 0x2064),
    (0x2066, 0x206F),
    (0xD800, 0xDFFF),
    (0xFDD0, 0xFDEF),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF) for plane in range(17)),
    (0xE0000, 0xE007F),
]


def test_the_refused_characters_are_these_for_ever() -> None:
    every = {number for first, last in BORDERS for number in range(first, last + 1)}
    found = {number for number in range(0x110000) if not canon.is_plain_text(chr(number))}
    assert found == every


def looked_at() -> Iterator[int]:
    """Code points around every border of the list."""
    yield from range(0x3000)
    yield from range(0xE000, 0x10000)
    for plane in range(1, 17):
        yield from (plane << 16, plane << 16 | 0xFFFD, plane << 16 | 0xFFFE, plane << 16 | 0xFFFF)
    yield from range(0xE0000, 0xE0200)


def test_text_is_judged_alike_alone_and_in_a_document() -> None:
    """The quick look for suspects finds what the whole list refuses, and no more."""
    for letter in map(chr, looked_at()):
        written = letter.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
        try:
            canon.decode(f'{{"a":"{written}"}}'.encode())
        except Refusal:
            assert not canon.is_plain_text(letter), f"U+{ord(letter):04X}"
        else:
            assert canon.is_plain_text(letter), f"U+{ord(letter):04X}"
