"""Keys that anybody can sign for: all 14 encodings, found by arithmetic, with forged signatures."""

from collections.abc import Iterator
from hashlib import sha512
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from legation.record.ed25519 import check_public_key, raw_public, verifies
from record.exports import private_key, raw_key
from record.refusals import refused

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
L = 2**252 + 27742317777372353535851937790883648493
Point = tuple[int, int]
NEUTRAL = (0, 1)


def add(one: Point, other: Point) -> Point:
    """RFC 8032, 5.1.4, in plain coordinates."""
    (x1, y1), (x2, y2) = one, other
    twist = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + twist, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - twist, -1, P)
    return x % P, y % P


def root_of(square: int) -> int | None:
    """Return a square root modulo P, None if there is none."""
    root = pow(square, (P + 3) // 8, P)
    if (root * root - square) % P:
        root = root * pow(2, (P - 1) // 4, P) % P
    return None if (root * root - square) % P else root


def decoded(raw: bytes) -> Point | None:
    """Decode as lenient libraries do: y modulo P, and a sign for x = 0 as well."""
    number = int.from_bytes(raw, "little")
    y, sign = number % 2**255 % P, number >> 255
    x = root_of((y * y - 1) * pow(D * y * y + 1, -1, P) % P)
    if x is None:
        return None
    return (P - x if x & 1 != sign else x) % P, y


def times_eight(point: Point) -> Point:
    for _ in range(3):
        point = add(point, point)
    return point


def small_order_encodings() -> list[bytes]:
    """Double random points by the group's odd part: what is left has an order of at most 8."""
    ys = set()
    for seed in count():
        point = decoded(sha512(str(seed).encode()).digest()[:32])
        if point is None:
            continue
        torsion, factor = NEUTRAL, L
        while factor:
            if factor & 1:
                torsion = add(torsion, point)
            point, factor = add(point, point), factor >> 1
        ys.add(torsion[1])
        if len(ys) == 5:  # 0, 1, -1, and two of order 8
            break
    numbers = [y + lift for y in ys for lift in (0, P) if y + lift < 2**255]
    signed = [number | sign << 255 for number in numbers for sign in (0, 1)]
    return sorted(number.to_bytes(32, "little") for number in signed)


ENCODINGS = small_order_encodings()
# R is the neutral element and S is 0: valid whenever the challenge is a multiple of the order.
FORGED = (1).to_bytes(32, "little") + bytes(32)


def test_there_are_fourteen_encodings_of_points_of_small_order() -> None:
    assert len(ENCODINGS) == 14
    points = [decoded(raw) for raw in ENCODINGS]
    assert all(point is not None and times_eight(point) == NEUTRAL for point in points)


def messages() -> Iterator[bytes]:
    return (f"Article {number}: nobody signed this.".encode() for number in count())


def challenge(raw: bytes, message: bytes) -> int:
    """RFC 8032, 5.1.7, step 2."""
    return int.from_bytes(sha512(FORGED[:32] + raw + message).digest(), "little") % L


@pytest.mark.parametrize("raw", ENCODINGS, ids=bytes.hex)
def test_the_library_takes_a_forged_signature_under_it_and_we_refuse_the_key(raw: bytes) -> None:
    library = Ed25519PublicKey.from_public_bytes(raw)
    message = next(message for message in messages() if challenge(raw, message) % 8 == 0)
    library.verify(FORGED, message)  # raises if the library has become stricter
    with refused("weak-key"):
        check_public_key(raw)
    with refused("weak-key"):
        verifies(raw, FORGED, message)


@pytest.mark.parametrize("number", range(P, 2**255))
@pytest.mark.parametrize("sign", [0, 1])
def test_an_encoding_that_is_not_canonical_is_refused(number: int, sign: int) -> None:
    with refused("weak-key"):
        check_public_key((number | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize("raw", [b"", b"\2" * 31, b"\2" * 33])
def test_a_key_has_32_bytes(raw: bytes) -> None:
    with refused("weak-key"):
        check_public_key(raw)


def test_a_key_made_at_random_is_taken_and_only_its_own_signature_counts() -> None:
    key = private_key("a key")
    raw = raw_public(key)
    assert raw == raw_public(key.public_key()) == raw_key("a key")
    assert raw_public(check_public_key(raw)) == raw
    sig = key.sign(b"message")
    assert verifies(raw, sig, b"message")
    assert not verifies(raw, sig, b"another message")
    assert not verifies(raw, sig[:-1], b"message")
    assert not verifies(raw_key("another key"), sig, b"message")
