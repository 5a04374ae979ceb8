"""JPEG and JPEG 2000 without what they carry beside the picture, bit for bit the same picture.

Pictures inside documents are cleaned in this way: no pixel is computed anew. Sources: ITU-T T.81
annex B (markers), ISO 15444-1 annex I (boxes).
"""

from typing import Final

SOI: Final = 0xD8
EOI: Final = 0xD9
SOS: Final = 0xDA
ADOBE: Final = 0xEE
"""APP14 says how colours are meant; it is kept where it is Adobe's own 12 bytes."""
JP2_SIGN: Final = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
JP2_KEPT: Final = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
PLACE: Final = b"\x25\x88"
PLACE_LE: Final = b"\x88\x25"


def jpeg_without(data: bytes) -> tuple[bytes, set[str]] | None:
    """Return a JPEG without its comments and application data, and what there was.

    None for bytes that are no JPEG as the standard has it: then nothing is known of them.
    """
    if data[:2] != b"\xff\xd8":
        return None
    out = [data[:2]]
    found: set[str] = set()
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == EOI:
            break
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data) or marker == SOI or 0xD0 <= marker <= 0xD7:
            return None
        part = data[at:end]
        if _is_kept(marker, part):
            out.append(part)
        else:
            found |= _told(marker, part)
        at = end
        if marker == SOS:
            after = _after_scan(data, at)
            out.append(data[at:after])
            at = after
    out.append(b"\xff\xd9")
    if at + 2 < len(data):
        found.add("tail")
    return b"".join(out), found


def _is_kept(marker: int, part: bytes) -> bool:
    if marker == ADOBE:
        return part[4:9] == b"Adobe" and len(part) == 16
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _told(marker: int, part: bytes) -> set[str]:
    """Return what a segment that is left out was, in words of `told.WORDS`."""
    if marker == 0xFE:
        return {"comment"}
    if part[4:8] == b"Exif":
        return {"place", "camera"} if PLACE in part or PLACE_LE in part else {"camera"}
    if marker == 0xE0 and part[4:8] in (b"JFIF", b"JFXX"):
        return set()
    if marker == 0xE2 and part[4:15] == b"ICC_PROFILE":
        return set()
    return {"metadata"}


def _after_scan(data: bytes, at: int) -> int:
    """Return where the coded data of a scan ends: at the next marker that is no restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] == 0x00 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def jp2_without(data: bytes) -> tuple[bytes, set[str]] | None:
    """Return a JPEG 2000 file without boxes of other data; None where it is a bare codestream."""
    if not data.startswith(JP2_SIGN):
        return None
    out: list[bytes] = []
    found: set[str] = set()
    at = 0
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        elif length == 0:
            length = len(data) - at
        if length < 8 or at + length > len(data):
            return None
        if kind in JP2_KEPT:
            out.append(data[at : at + length])
        else:
            found.add("metadata")
        at += length
    return b"".join(out), found
