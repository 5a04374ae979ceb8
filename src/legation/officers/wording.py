"""The bytes of a draft: what an officer clears, and what must still be so at release.

Pure: no rows, clock or chance. A draft is a list of acts. Clearing covers each act's head
without `seen`, `at` and `number` (release sets these three), its salt_b, its body and the
act it answers. One changed byte of any of them is another draft.
"""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from legation.record.canon import Json, encode

HASH_PREFIX: Final = b"legation/draft/v1\n"
SALT_BYTES: Final = 32
SET_AT_RELEASE: Final = ("seen", "at", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedAct:
    """One act as an officer asks for it; the log gives it `seen`, `at` and `number`.

    type, version: of the act. on: the id of its subject, or "".
    body: by the type's schema. re: leaf hash of the act it answers, 32 bytes, or b"".
    numbered_post: the post whose running number it takes at release, or None.
    """

    type: str
    body: dict[str, Json]
    on: str = ""
    re: bytes = b""
    version: int = 1
    numbered_post: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedAct:
    """One act of a draft in its exact bytes. head, body: canonical JSON. salt_b: 32 bytes."""

    head: bytes
    salt_b: bytes
    body: bytes
    re: bytes


def head_bytes(*, type: str, version: int, record: str, party: str, on: str) -> bytes:  # noqa: A002
    """Return the head's canonical JSON without what release sets (`SET_AT_RELEASE`).

    record: the record's id, 16 hex, or "" while no peer is confirmed.
    """
    return encode({"v": version, "type": type, "record": record, "party": party, "on": on})


def draft_message(acts: Sequence[WordedAct]) -> bytes:
    """Return the bytes whose hash is cleared.

    Each act: u32 length and head; u32 length and salt_b‖body; u32 length and re.
    """
    parts = [HASH_PREFIX]
    for act in acts:
        for part in (act.head, act.salt_b + act.body, act.re):
            parts += (struct.pack(">I", len(part)), part)
    return b"".join(parts)


def draft_hash(acts: Sequence[WordedAct]) -> str:
    """Return the draft's hash: SHA-256 of `draft_message`, 64 hex."""
    return hashlib.sha256(draft_message(acts)).hexdigest()
