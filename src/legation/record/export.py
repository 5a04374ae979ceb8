"""The frame of an export: its manifest, and the one form of zip it may be packed into.

`proof.py` describes the layout. A change of any byte must show, also in the frame itself: so
the manifest ends in its own hash, and a zip has one spelling. It is the one that Python's
`zipfile` writes for stored files dated 1980, in the order of their paths.
"""

import re as regex
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from zlib import crc32

from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.canon import Json

MANIFEST: Final = "manifest.json"
_PATH: Final = regex.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", regex.ASCII
)
_MAX_ZIP: Final = 2**32 - 1
_MANY: Final = 0xFFFF
_DATE: Final = 0x21  # 1 January 1980: the zero of the format's dates
_MODE: Final = 0o600 << 16


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of an export: path with "/", hex SHA-256, size in bytes."""

    path: str
    sha256: str
    size: int

    @classmethod
    def of(cls, path: str, data: bytes) -> "Listed":
        """Return the line for a file of these bytes."""
        return cls(path, sha256(data).hexdigest(), len(data))


@dataclass(frozen=True, slots=True)
class ExportedParty:
    """One party as the manifest names it. root_fp: fingerprint of its root, 64 hex digits."""

    party: str
    name: str
    root_fp: str


def manifest(
    *, record: str, exported_at: str, parties: Iterable[ExportedParty], files: Iterable[Listed]
) -> bytes:
    """Return `manifest.json`: every other file of the export, sorted, and its own hash.

    exported_at: "2026-11-23T17:45:00Z", by the exporting node's clock. `sha256` is that of the
    canonical manifest without this field.
    """
    value: dict[str, Json] = {
        "v": 1,
        "record": record,
        "exported_at": exported_at,
        "parties": [
            {"party": each.party, "name": each.name, "root_fp": each.root_fp}
            for each in sorted(parties, key=lambda each: each.party)
        ],
        "files": [
            {"path": each.path, "sha256": each.sha256, "size": each.size}
            for each in sorted(files, key=lambda each: each.path)
        ],
    }
    value["sha256"] = sha256(canon.encode_large(value)).hexdigest()
    return canon.encode_large(value)


def stored_zip(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield the bytes of a zip of (path, data), given in the order of their paths.

    Raises Refusal "path" for a path no export has, or out of order; "size" beyond 4 GiB.
    Source: PKWARE APPNOTE 6.3.3, method 0; ZIP64 only for the count of files.
    """
    directory: list[bytes] = []
    last, at = "", 0
    for path, data in files:
        if _PATH.fullmatch(path) is None or path <= last:
            raise _bad_path(path)
        common = _common(path, data)
        head = b"PK\x03\x04" + common + path.encode("ascii")
        directory.append(
            b"PK\x01\x02\x14\x03"
            + common
            + struct.pack("<HHHLL", 0, 0, 0, _MODE, at)
            + path.encode("ascii")
        )
        last, at = path, at + len(head) + len(data)
        if at > _MAX_ZIP:
            raise _too_long()
        yield head
        yield data
    yield from directory
    yield _end(len(directory), sum(map(len, directory)), at)


def _common(path: str, data: bytes) -> bytes:
    """Return what a file's two headers have in common."""
    size = len(data)
    return struct.pack("<5H3L2H", 20, 0, 0, 0, _DATE, crc32(data), size, size, len(path), 0)


def _end(count: int, size: int, at: int) -> bytes:
    """Return the end of the directory of `count` files that begins at byte `at`."""
    wide = b""
    if count > _MANY:
        wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, at)
        wide += struct.pack("<4sLQL", b"PK\6\7", 0, at + size, 1)
    short = min(count, _MANY)
    return wide + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, short, short, size, at, 0)


def _bad_path(path: str) -> Refusal:
    return Refusal(
        "path",
        thing=N_("File {path} of an export"),
        rule=N_("paths are plain, below the export's folder, and sorted."),
        remedy=N_("Give the files in the order of their paths."),
        path=path,
    )


def _too_long() -> Refusal:
    return Refusal(
        "size",
        thing=N_("Export"),
        rule=N_("a zip of an export has at most 4 GiB."),
        remedy=N_("Export into a folder instead."),
    )
