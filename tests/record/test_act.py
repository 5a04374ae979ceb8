"""Acts: what a leaf commits to, how an opening is framed, what a head may say."""

from dataclasses import fields, replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import canon, merkle
from legation.record.act import (
    Head,
    Opening,
    check_opening,
    commitments,
    decode_opening,
    is_instant,
    leaf_data,
    leaf_data_of,
    parse_head,
)
from record.exports import INSTANT, salt
from record.refusals import refused

BLOBS = st.binary(max_size=60)
SALTS = st.binary(min_size=32, max_size=32)
OPENINGS = st.builds(
    Opening,
    head=BLOBS,
    body=BLOBS,
    sigs=BLOBS,
    re=st.just(b"") | SALTS,
    salt_h=SALTS,
    salt_r=SALTS,
    salt_b=SALTS,
)


def a_head(**changes: object) -> Head:
    head = Head(
        v=1,
        type="notice.released",
        record="0123456789abcdef",
        party="XA",
        seen=(0, merkle.EMPTY.hash),
        on="notice/XA-0123456789abcdef",
        number="XA-MFA/2026/001",
        at=INSTANT,
    )
    return replace(head, **changes)  # type: ignore[arg-type] # fields by name


def an_opening(**changes: bytes) -> Opening:
    opening = Opening(
        head=a_head().encode(),
        body=b'{"kind":"note"}',
        sigs=b"",
        re=b"",
        salt_h=salt("h"),
        salt_r=salt("r"),
        salt_b=salt("b"),
    )
    return replace(opening, **changes)


def test_the_leaf_is_made_as_the_design_says() -> None:
    opening = an_opening(re=salt("an answered act"), sigs=b"signatures")
    h = sha256(b"legation/head/v1\n" + salt("h") + opening.head).digest()
    r = sha256(b"legation/re/v1\n" + salt("r") + opening.re).digest()
    b = sha256(b"legation/body/v1\n" + salt("b") + opening.body).digest()
    s = sha256(b"legation/sigs/v1\n" + b"signatures").digest()
    assert commitments(opening) == (r, h, b, s)
    data = b"\x01" + sha256(b"legation/act/v1\n" + r + h + b + s).digest()
    assert leaf_data(opening) == leaf_data_of((r, h, b, s)) == data
    assert len(data) == 33


def test_the_opening_is_framed_as_the_design_says() -> None:
    opening = an_opening(re=salt("an answered act"), sigs=b"signatures")
    head = len(opening.head).to_bytes(2, "big") + opening.head
    framed = salt("h") + salt("r") + salt("b") + head + b"\x00\x0asignatures"
    assert opening.encode() == framed + b"\x20" + opening.re + opening.body


@given(OPENINGS)
def test_an_opening_comes_back_from_its_bytes(opening: Opening) -> None:
    assert decode_opening(opening.encode()) == opening


@given(OPENINGS, OPENINGS)
def test_two_openings_never_share_a_leaf(one: Opening, other: Opening) -> None:
    assert (leaf_data(one) == leaf_data(other)) == (one == other)


@pytest.mark.parametrize("part", [each.name for each in fields(Opening)])
def test_every_part_of_an_opening_is_committed_to(part: str) -> None:
    opening = an_opening(re=salt("an answered act"), sigs=b"signatures")
    leaf = leaf_data(opening)
    check_opening(opening, leaf)
    value: bytes = getattr(opening, part)
    with refused("opening"):
        check_opening(replace(opening, **{part: bytes((value[0] ^ 1,)) + value[1:]}), leaf)


def test_nothing_of_an_act_stands_in_its_leaf() -> None:
    """The same act under other salts gives a leaf that shares nothing with it."""
    one, other = an_opening(), an_opening(salt_h=salt("2"), salt_r=salt("3"), salt_b=salt("4"))
    assert not set(commitments(one)[:3]) & set(commitments(other)[:3])
    assert leaf_data(one) != leaf_data(other)


def test_an_act_has_at_most_65535_bytes() -> None:
    room = 65_535 - len(an_opening(body=b"").encode())
    assert len(an_opening(body=b"x" * room).encode()) == 65_535
    with refused("size"):
        an_opening(body=b"x" * (room + 1)).encode()
    with refused("size"):
        decode_opening(bytes(65_536))


def test_a_head_has_at_most_4096_bytes() -> None:
    assert decode_opening(an_opening(head=bytes(4096)).encode()).head == bytes(4096)
    with refused("size"):
        an_opening(head=bytes(4097)).encode()
    with refused("size"):
        decode_opening(bytes(96) + b"\x10\x01" + bytes(4097) + b"\0\0\0")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(100),
        bytes(96) + b"\0\5" + bytes(4),
        bytes(96) + b"\0\0\0\1\0",
        bytes(96) + b"\0\0\0\0\x1f" + bytes(31),
        bytes(96) + b"\0\0\0\0\x21" + bytes(33),
        bytes(96) + b"\0\0\0\0\x20" + bytes(31),
    ],
)
def test_an_opening_that_is_cut_or_framed_otherwise_is_refused(data: bytes) -> None:
    with refused("opening"):
        decode_opening(data)


@pytest.mark.parametrize(
    "changes", [{"salt_h": b"short"}, {"salt_b": bytes(33)}, {"re": b"x" * 31}]
)
def test_salts_and_re_have_32_bytes(changes: dict[str, bytes]) -> None:
    with refused("opening"):
        an_opening(**changes).encode()


def test_a_head_comes_back_from_its_bytes() -> None:
    head = a_head(seen=(7, salt("root")), on="", number="№ 47-н")
    assert parse_head(head.encode()) == head


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 0},
        {"v": True},
        {"v": "1"},
        {"type": "notice"},
        {"type": "Notice.released"},
        {"type": "notice..released"},
        {"type": "notice.released\n"},
        {"record": "0123456789ABCDEF"},
        {"record": "0123456789abcde"},
        {"party": "us"},
        {"party": "USSR"},
        {"party": "U"},
        {"seen": (-1, bytes(32))},
        {"seen": (0, bytes(31))},
        {"on": "x" * 201},
        {"on": "a\nb"},
        {"number": "x" * 201},
        {"number": 47},
        {"at": "2026-11-23T17:45:00"},
        {"at": "2026-11-23 17:45:00Z"},
        {"at": "2026-11-23T17:45:00.5Z"},
        {"at": "2026-11-23T17:45:00+00:00"},
        {"at": "2026-11-23T17:45:60Z"},
        {"at": "2026-02-29T00:00:00Z"},
        {"at": "0000-01-01T00:00:00Z"},
        {"at": "0999-12-31T23:59:59Z"},
        {"at": "3000-01-01T00:00:00Z"},
        {"at": "9999-12-31T23:59:59Z"},
        {"at": "2026-11-23T24:00:00Z"},
        {"at": "٢٠٢٦-11-23T17:45:00Z"},
        {"at": ""},
    ],
)
def test_a_head_that_says_what_none_may_is_refused(changes: dict[str, object]) -> None:
    with refused("schema"):
        a_head(**changes).encode()
    value = canon.decode(a_head().encode())
    value |= changes  # type: ignore[arg-type] # of any kind, on purpose
    seen = value["seen"]
    if isinstance(seen, tuple):
        value["seen"] = [seen[0], seen[1].hex()]
    with refused("schema"):
        parse_head(canon.encode(value))


def test_a_head_has_its_fields_and_no_others() -> None:
    value = canon.decode(a_head().encode())
    for name in list(value):
        with refused("schema"):
            parse_head(canon.encode({key: value[key] for key in value if key != name}))
    with refused("schema"):
        parse_head(canon.encode({**value, "more": 1}))


def test_a_head_too_long_for_an_opening_is_not_written() -> None:
    assert len(a_head(on="ы" * 200, number="ы" * 200).encode()) < 4096
    with refused("size"):
        parse_head(bytes(4097))


def test_a_leap_day_is_an_instant_in_a_leap_year() -> None:
    assert is_instant("2028-02-29T23:59:59Z")
    assert not is_instant("2027-02-29T23:59:59Z")


@pytest.mark.fuzz
@given(st.binary(max_size=300) | OPENINGS.map(Opening.encode))
def test_any_bytes_of_an_opening_are_read_or_refused(data: bytes) -> None:
    try:
        opening = decode_opening(data)
    except Refusal as refusal:
        assert refusal.code in {"size", "opening"}
        return
    assert opening.encode() == data


@pytest.mark.fuzz
@given(
    st.dictionaries(
        st.sampled_from([each.name for each in fields(Head)]),
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.lists(st.none()),
    )
)
def test_any_fields_of_a_head_are_read_or_refused(changes: dict[str, canon.Json]) -> None:
    value = {**canon.decode(a_head().encode()), **changes}
    try:
        data = canon.encode(value)
        head = parse_head(data)
    except Refusal as refusal:
        assert refusal.code in {"schema", "text"}
        return
    assert head.encode() == data
