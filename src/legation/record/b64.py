"""Base64 with one spelling: text counts only if encoding gives it back."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error


def to_base64(data: bytes) -> str:
    """Return standard base64 with padding. Source: RFC 4648, 4."""
    return b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes | None:
    """Return the bytes, None for any text that `to_base64` would not write."""
    try:
        data = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        return None
    return data if to_base64(data) == text else None
