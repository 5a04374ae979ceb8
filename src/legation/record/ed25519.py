"""Ed25519 keys that mean something: those that only their owner can sign for."""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from legation.errors import N_, Refusal

_PRIME: Final = 2**255 - 19
_ORDER_8: Final = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_SMALL_ORDER_Y: Final = frozenset({0, 1, _PRIME - 1, _ORDER_8, _PRIME - _ORDER_8})


def check_public_key(raw: bytes) -> Ed25519PublicKey:
    """Return the Ed25519 key of 32 raw bytes, unless it is one that anybody can sign for.

    Raises Refusal "weak-key" for a point of small order in any of its 14 encodings, and for an
    encoding that is not canonical: libraries accept signatures under them that nobody made.
    Source: RFC 8032, 5.1.3; Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs" (2020).
    """
    y = int.from_bytes(raw, "little") & (1 << 255) - 1
    if len(raw) != 32 or y >= _PRIME or y in _SMALL_ORDER_Y:
        raise Refusal(
            "weak-key",
            thing=N_("Public key {key}"),
            rule=N_("it is 32 bytes, canonical, and a point that not everybody can sign for."),
            remedy=N_("Ask its owner for a key made by a random generator."),
            key=raw[:40].hex(),
        )
    return Ed25519PublicKey.from_public_bytes(raw)


def raw_public(key: Ed25519PrivateKey | Ed25519PublicKey) -> bytes:
    """Return the 32 raw bytes of a key's public half."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)


def verifies(raw_key: bytes, sig: bytes, message: bytes) -> bool:
    """Tell whether `sig` is this Ed25519 key's signature. Raises Refusal "weak-key"."""
    try:
        check_public_key(raw_key).verify(sig, message)
    except InvalidSignature:
        return False
    return True
