"""The bundle's bytes: what is written is read back, and no other bytes are taken."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.line.core import bundle as codec
from legation.line.core.bundle import Bundle
from legation.record.merkle import Root

OVERHEAD = 1_136
SIGNATURE = b"s" * 64
HASHES = st.binary(min_size=32, max_size=32)
SIZES = st.integers(0, 2**40)
TEXTS = st.text(st.characters(categories=["L", "N"]), max_size=200)
BLOBS = st.lists(st.binary(min_size=1, max_size=300), max_size=64).map(tuple)
BUNDLES = st.builds(
    Bundle,
    record=TEXTS,
    sender=TEXTS,
    to=TEXTS,
    pair=TEXTS,
    term=TEXTS,
    ack_term=TEXTS,
    challenge=TEXTS,
    answer=TEXTS,
    have=st.builds(Root, SIZES, HASHES),
    held=TEXTS,
    cosigned=TEXTS,
    want_own=st.none() | SIZES,
    size=SIZES,
    first=SIZES,
    entries=BLOBS,
    checkpoint=TEXTS,
    own_first=SIZES,
    own_entries=BLOBS,
    own_proof=st.lists(HASHES, max_size=64).map(tuple),
    own_checkpoint=TEXTS,
    resumed=st.binary(max_size=300),
    carrier=TEXTS,
    seq=SIZES,
    heard=SIZES,
    credit=SIZES,
    keys_seq=SIZES,
    keys=st.lists(st.binary(min_size=1, max_size=300), max_size=4).map(tuple),
)


def a_bundle(**changes: object) -> Bundle:
    plain = Bundle(record="r", sender="A", to="B", pair="p", term="t", ack_term="a", challenge="c")
    return replace(plain, **changes)  # type: ignore[arg-type] # fields


def encoded(bundle: Bundle) -> bytes:
    return codec.encode(bundle, overhead=OVERHEAD, sign=lambda _: SIGNATURE)


def decoded(plain: bytes) -> Bundle:
    return codec.read_bundle(codec.read_envelope(plain))


@given(BUNDLES)
def test_what_was_written_is_read_back(bundle: Bundle) -> None:
    plain = encoded(bundle)
    assert decoded(plain) == bundle
    assert len(plain) + OVERHEAD in codec.SIZE_CLASSES


@given(BUNDLES)
def test_the_line_key_signs_every_byte_before_its_signature(bundle: Bundle) -> None:
    signed: list[bytes] = []

    def sign(data: bytes) -> bytes:
        signed.append(data)
        return SIGNATURE

    plain = codec.encode(bundle, overhead=OVERHEAD, sign=sign)
    envelope = codec.read_envelope(plain)
    assert envelope.signed == signed[0] == plain[:-64]
    assert envelope.signature == SIGNATURE


@given(st.binary(max_size=5_000), st.booleans())
def test_other_bytes_are_refused_and_nothing_else_happens(data: bytes, named: bool) -> None:  # noqa: FBT001 - drawn
    with pytest.raises(Refusal):
        decoded((codec.MAGIC if named else b"") + data)


@given(BUNDLES, st.data())
def test_one_changed_byte_gives_another_bundle_or_a_refusal(
    bundle: Bundle, data: st.DataObject
) -> None:
    plain = bytearray(encoded(bundle))
    place = data.draw(st.integers(0, len(plain) - 65))
    plain[place] ^= data.draw(st.integers(1, 255))
    with suppress(Refusal):
        assert decoded(bytes(plain)) != bundle


@pytest.mark.parametrize("size", [0, 1, 4_095, 4_097, 2**20 + 1, 2**24])
def test_another_size_than_a_class_is_refused(size: int) -> None:
    with pytest.raises(Refusal) as refused:
        codec.check_size(size)
    assert refused.value.code == "size"


def test_a_heartbeat_takes_the_smallest_class() -> None:
    note = "x" * 400
    heartbeat = a_bundle(held=note, cosigned=note, own_checkpoint=note)
    assert len(encoded(heartbeat)) + OVERHEAD == 4_096


def test_entries_up_to_the_size_that_fits_are_taken_and_no_more() -> None:
    sizes = [codec.MAX_ENTRY] * codec.MAX_ENTRIES
    count = codec.how_many_fit(sizes, overhead=OVERHEAD)
    assert 0 < count < codec.MAX_ENTRIES
    full = a_bundle(entries=tuple(bytes(size) for size in sizes[:count]), held="x" * 1_000)
    assert len(encoded(full)) + OVERHEAD == codec.MAX_BUNDLE
    with pytest.raises(Refusal) as refused:
        encoded(a_bundle(entries=tuple(bytes(size) for size in sizes)))
    assert refused.value.code == "size"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"entries": (b"x",) * 65}, id="more than 64 entries"),
        pytest.param({"own_entries": (b"x",) * 65}, id="more than 64 entries given back"),
        pytest.param({"keys": (b"x",) * 5}, id="more than 4 keys documents"),
        pytest.param({"own_proof": (bytes(32),) * 65}, id="a proof of more than 64 hashes"),
        pytest.param({"challenge": "0" * 65}, id="a challenge that would fill our own header"),
    ],
)
def test_more_than_the_limits_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        decoded(encoded(a_bundle(**changes)))
    assert refused.value.code == "bundle"


def test_what_fills_up_a_bundle_is_zeros() -> None:
    plain = bytearray(encoded(a_bundle()))
    plain[-65] = 1
    with pytest.raises(Refusal) as refused:
        decoded(bytes(plain))
    assert refused.value.code == "bundle"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b'"credit":0', b'"credit":1.0', id="a fraction"),
        pytest.param(b'"credit":0', b'"credit": 0', id="a space"),
        pytest.param(b'"credit":0', b'"credit":-1', id="a negative size"),
        pytest.param(b'"credit":0', b'"credit":0,"credit":0', id="a key twice"),
        pytest.param(b'"credit":0', b'"credits":0', id="an unknown key"),
        pytest.param(b'"credit":0,', b"", id="a missing key"),
        pytest.param(b'"credit":0', b'"credit":true', id="true for a number"),
        pytest.param(b'"to":"B"', b'"to":7', id="a number for text"),
    ],
)
def test_a_header_in_other_words_is_refused(old: bytes, new: bytes) -> None:
    plain = encoded(a_bundle())
    at = len(codec.MAGIC) + 4
    size = int.from_bytes(plain[at - 4 : at], "big")
    header = plain[at : at + size].replace(old, new)
    changed = codec.MAGIC + len(header).to_bytes(4, "big") + header + plain[at + size :]
    with pytest.raises(Refusal):
        decoded(changed)
