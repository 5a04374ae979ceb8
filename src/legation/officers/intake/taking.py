"""One file in, by its content: a clean one out, or a refusal. `take_in` is pure: bytes to bytes.

1. What it is follows from its first bytes, never from its name.
2. PDF, PNG, JPEG, text in UTF-8 and CSV are taken; everything else is refused.
3. What is taken is built anew, so that what stood before, behind or between does not come along.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from legation.errors import N_, Refusal
from legation.officers.intake.documents import take_document
from legation.officers.intake.names import checked, fitted
from legation.officers.intake.pictures import take_picture
from legation.officers.intake.told import JPEG, LARGEST, PDF, PNG, Taken, Warned, refused
from legation.officers.intake.words import take_words

BEGINNINGS: Final = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
OTHERS: Final = (
    (b"PK\x03\x04", N_("it is an office document or an archive, which can hold much unseen.")),
    (b"\xd0\xcf\x11\xe0", N_("it is an old office document, which can hold programs.")),
    (b"II*\x00", N_("it is a TIFF, which many programs cannot show.")),
    (b"MM\x00*", N_("it is a TIFF, which many programs cannot show.")),
    (b"GIF8", N_("it is a GIF, which is not taken.")),
    (b"MZ", N_("it is a program.")),
    (b"\x7fELF", N_("it is a program.")),
    (b"{\\rtf", N_("it is an RTF document, which can hold other files.")),
)


def take_in(data: bytes, name: str) -> Taken:
    """Return a file as it may leave. name: as it was called where it comes from.

    Raises Refusal "file-name", "file-empty", "file-size", "file-type", "file-text",
    "image-size", "image-broken", "document-locked", "document-pages", "document-broken".
    """
    name = checked(name)
    if not data:
        raise _empty(name)
    if len(data) > LARGEST:
        raise too_large(name, len(data))
    taken = _by_content(data, name)
    if not taken.data:
        raise _empty(name)
    if len(taken.data) > LARGEST:
        raise too_large(name, len(taken.data))
    fit, changed = fitted(name, taken.media_type)
    warnings = (Warned(what="renamed"),) if changed else ()
    return replace(taken, name=fit, warnings=(*taken.warnings, *warnings))


def read_bounded(path: Path) -> bytes:
    """Return the bytes of a file on this machine, at most one more than may be taken in.

    Raises Refusal "no-file".
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as fault:
        raise refused(
            "no-file",
            N_("it cannot be read ({why})."),
            N_("Check the path."),
            name=str(path)[-80:],
            why=fault.strerror or "",
        ) from fault


def _by_content(data: bytes, name: str) -> Taken:
    for beginning, media_type in BEGINNINGS:
        if data.startswith(beginning):
            if media_type == PDF:
                return take_document(data, name)
            return take_picture(data, name, media_type)
    for beginning, rule in OTHERS:
        if data.startswith(beginning):
            raise refused(
                "file-type", rule, N_("Save it as PDF, PNG or JPEG, then add that."), name=name
            )
    return take_words(data, name)


def _empty(name: str) -> Refusal:
    return refused(
        "file-empty",
        N_("there is nothing in it."),
        N_("Check that it was saved, then add it again."),
        name=name,
    )


def too_large(name: str, size: int = 0) -> Refusal:
    """Make the refusal of a file over 25 MiB. size: 0 where it was not read to its end."""
    return refused(
        "file-size",
        N_("it has {size:,} bytes, and a file has at most {most:,} (25 MiB).")
        if size
        else N_("it has more than {most:,} bytes (25 MiB), which no file may have."),
        N_("Scan with fewer dots an inch or in grey, or split it."),
        name=name,
        size=size,
        most=LARGEST,
    )
