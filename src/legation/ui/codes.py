"""The 12 characters that look an entry up. They only look up: the whole hash is what proves."""

import binascii
from base64 import b32decode, b32encode
from typing import Final

LENGTH: Final = 12
GROUP: Final = 4
BITS: Final = LENGTH * 5


def code_of(leaf: bytes) -> str:
    """Return the first 60 bits of an entry's leaf hash in base32, in groups of four."""
    text = b32encode(leaf)[:LENGTH].decode("ascii")
    return "-".join(text[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def range_of(code: str) -> tuple[bytes, bytes] | None:
    """Return the least and the greatest leaf hash that a code stands for; None if it is no code.

    code: as typed, with or without hyphens, in any case.
    """
    text = code.replace("-", "").replace(" ", "").upper()
    if len(text) != LENGTH or not text.isascii():
        return None
    try:
        head = int.from_bytes(b32decode(text + "A" * GROUP), "big") >> (80 - BITS)
    except (binascii.Error, ValueError):
        return None
    rest = 256 - BITS
    return (head << rest).to_bytes(32, "big"), (((head + 1) << rest) - 1).to_bytes(32, "big")
