"""A sealed bundle opens for the peer, in its record, and for nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.line.sealing import (
    OVERHEAD,
    PRIVATE_SIZE,
    PUBLIC_SIZE,
    Sealer,
    check_seal_public,
    new_seal_key,
    seal_public,
)

RECORD = "0123456789abcdef"
A_PRIVATE, A_PUBLIC = new_seal_key(lambda n: bytes(range(n)))
B_PRIVATE, B_PUBLIC = new_seal_key(lambda n: bytes(range(1, n + 1)))
A = Sealer(A_PRIVATE, B_PUBLIC, record=RECORD, own="XA", peer="XB")
B = Sealer(B_PRIVATE, A_PUBLIC, record=RECORD, own="XB", peer="XA")


def refused(code: str, sealer: Sealer, sealed: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        sealer.open(sealed)
    assert caught.value.code == code


@given(plain=st.binary(max_size=5_000))
def test_what_is_sealed_opens_for_the_peer_and_grows_by_the_overhead(plain: bytes) -> None:
    sealed = A.seal(plain)
    assert len(sealed) == len(plain) + OVERHEAD
    assert B.open(sealed) == plain


def test_the_same_bundle_is_never_sealed_twice_alike() -> None:
    assert A.seal(b"once") != A.seal(b"once")


@given(sealed=st.binary(max_size=3_000))
def test_bytes_from_outside_are_refused_and_never_break_anything(sealed: bytes) -> None:
    refused("sealed", B, sealed)


@given(at=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_one_flipped_bit_anywhere_is_refused(at: int, bit: int) -> None:
    sealed = bytearray(A.seal(b"a note verbale"))
    sealed[at % len(sealed)] ^= 1 << bit
    refused("sealed", B, bytes(sealed))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            Sealer(B_PRIVATE, A_PUBLIC, record="f" * 16, own="XB", peer="XA"),
            id="replayed into another record",
        ),
        pytest.param(
            Sealer(B_PRIVATE, A_PUBLIC, record=RECORD, own="XB", peer="XC"),
            id="said to come from another party",
        ),
        pytest.param(A, id="reflected to its author"),
    ],
)
def test_a_bundle_does_not_open_elsewhere(other: Sealer) -> None:
    refused("sealed", other, A.seal(b"for XB in one record"))


def test_a_key_is_made_of_the_given_chance_alone() -> None:
    assert (len(A_PRIVATE), len(A_PUBLIC)) == (PRIVATE_SIZE, PUBLIC_SIZE)
    assert new_seal_key(lambda n: bytes(range(n))) == (A_PRIVATE, A_PUBLIC)
    assert seal_public(A_PRIVATE) == A_PUBLIC
    assert new_seal_key()[0] != new_seal_key()[0]


@pytest.mark.parametrize(
    "public",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(A_PUBLIC[:-1], id="a byte short"),
        pytest.param(A_PUBLIC + b"\0", id="a byte long"),
        pytest.param(b"\xff" * 1_184 + A_PUBLIC[-32:], id="numbers beyond the modulus"),
        pytest.param(A_PUBLIC[:-32] + bytes(32), id="a point of small order"),
        pytest.param(A_PUBLIC[:-32] + bytes([1]) + bytes(31), id="another of small order"),
    ],
)
def test_a_peers_key_that_is_none_is_refused_when_loaded(public: bytes) -> None:
    with pytest.raises(Refusal, match="sealing key") as caught:
        check_seal_public(public)
    assert caught.value.code == "seal-key"


def test_our_own_key_of_the_wrong_size_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        Sealer(A_PRIVATE[1:], B_PUBLIC, record=RECORD, own="XA", peer="XB")
    assert caught.value.code == "seal-key"
