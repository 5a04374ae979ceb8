"""Sealing: what a bundle holds is readable by the peer's node alone.

HPKE single shot (RFC 9180; suite MLKEM768-X25519, HKDF-SHA256, ChaCha20-Poly1305): the
secrets of a record must outlive quantum computers. The API has no associated data, so what
a sealed bundle belongs to (record, from, to) is bound in `info`: one that is replayed into
another record, or reflected to its author, does not open.

Rules
1. A sealed bundle is exactly as long as its plaintext plus `OVERHEAD`; padding to a size
   class is done before.
2. A peer's key is refused when it is loaded, not when the first bundle is sealed.
"""

from collections.abc import Callable
from os import urandom
from typing import ClassVar, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from legation.errors import N_, Refusal
from legation.record.keys import SUITE

__all__ = [
    "OVERHEAD",
    "PRIVATE_SIZE",
    "PUBLIC_SIZE",
    "SUITE",
    "Sealer",
    "check_seal_public",
    "new_seal_key",
    "seal_public",
]

OVERHEAD: Final = 1_136
"""Bytes that sealing adds: 1,120 of encapsulated key and 16 of tag."""

PRIVATE_SIZE: Final = 96
"""Seed of ML-KEM-768 (64) and raw X25519 key (32)."""
PUBLIC_SIZE: Final = 1_216
"""ML-KEM-768 public key (1,184) and raw X25519 public key (32)."""

_SEED: Final = 64
_MLKEM_PUBLIC: Final = 1_184
_CONTEXT: Final = "legation/seal/v1\n{record}\n{sender}\n{to}\n"


def new_seal_key(random: Callable[[int], bytes] = urandom) -> tuple[bytes, bytes]:
    """Return a new (private key of 96 bytes, public key of 1,216 bytes), raw.

    random: gives that many bytes fit for keys.
    """
    private = random(PRIVATE_SIZE)
    return private, seal_public(private)


def seal_public(private: bytes) -> bytes:
    """Return the public key that belongs to `private`. Raises Refusal "seal-key"."""
    kem, dh = _private_parts(private)
    return kem.public_key().public_bytes_raw() + dh.public_key().public_bytes_raw()


def check_seal_public(public: bytes) -> None:
    """Check that bundles can be sealed to `public`. Raises Refusal "seal-key"."""
    _public_key(public)


class Sealer:
    """Seals bundles to one peer, in one record, and opens those that it sealed to us.

    private: our `seal` key (`PRIVATE_SIZE` bytes); peer_public: theirs (`PUBLIC_SIZE`).
    record: the record's id; own, peer: party codes.
    Raises Refusal "seal-key".
    """

    overhead: ClassVar[int] = OVERHEAD

    def __init__(
        self, private: bytes, peer_public: bytes, *, record: str, own: str, peer: str
    ) -> None:
        self._private = MLKEM768X25519PrivateKey(*_private_parts(private))
        self._peer = _public_key(peer_public)
        self._suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
        self._out = _CONTEXT.format(record=record, sender=own, to=peer).encode()
        self._in = _CONTEXT.format(record=record, sender=peer, to=own).encode()

    def seal(self, plain: bytes) -> bytes:
        """Return `plain` sealed to the peer: `len(plain) + OVERHEAD` bytes, new every time."""
        return self._suite.encrypt(plain, self._peer, self._out)

    def open(self, sealed: bytes | memoryview) -> bytes:
        """Return what the peer sealed to us. Raises Refusal "sealed"."""
        try:
            return self._suite.decrypt(sealed, self._private, self._in)
        except (InvalidTag, ValueError) as error:
            raise Refusal(
                "sealed",
                thing=N_("A bundle of {size} bytes"),
                rule=N_("it was not sealed to this node for this record, or it was damaged."),
                remedy=N_("Nothing was changed; the other side sends it again by itself."),
                size=len(sealed),
            ) from error


def _private_parts(private: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
    if len(private) != PRIVATE_SIZE:
        raise Refusal(
            "seal-key",
            thing=N_("Our sealing key"),
            rule=N_("it has {size} bytes, and must have {wanted}."),
            remedy=N_("Restore the node's keys from the backup."),
            size=len(private),
            wanted=PRIVATE_SIZE,
        )
    return (
        mlkem.MLKEM768PrivateKey.from_seed_bytes(private[:_SEED]),
        x25519.X25519PrivateKey.from_private_bytes(private[_SEED:]),
    )


def _public_key(public: bytes) -> MLKEM768X25519PublicKey:
    try:
        kem = mlkem.MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC])
        dh = x25519.X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:])
        # A point of small order gives the same secret to everybody: the exchange refuses it.
        x25519.X25519PrivateKey.from_private_bytes(bytes(32)).exchange(dh)
    except ValueError as error:
        raise Refusal(
            "seal-key",
            thing=N_("The peer's sealing key"),
            rule=N_("its {size} bytes are no key of the suite {suite}."),
            remedy=N_("Ask the other side for a new introduction."),
            size=len(public),
            suite=SUITE,
        ) from error
    return MLKEM768X25519PublicKey(kem, dh)
