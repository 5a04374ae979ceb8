"""Names of files: what a name may hold, and the ending that its content calls for."""

import unicodedata
from typing import Final

from legation.errors import N_
from legation.officers.intake.told import CSV, JPEG, PDF, PNG, TEXT, refused

LONGEST: Final = 80
ENDINGS: Final = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    TEXT: (".txt", ".md", ".log"),
    CSV: (".csv",),
}
STEERING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Marks that turn the direction of what follows: `a\u202efdp.exe` reads as `aexe.pdf`."""


def checked(name: str) -> str:
    """Return a name fit to be shown and saved. Raises Refusal "file-name"."""
    said = unicodedata.normalize("NFC", name).strip()
    shown = "".join(char if char.isprintable() else "\ufffd" for char in said)
    if STEERING & set(said):
        raise refused(
            "file-name",
            N_("its name holds marks that turn the direction of writing and can hide its ending."),
            N_("Give the file a plain name, then add it again."),
            name=shown,
        )
    if any(not char.isprintable() for char in said):
        raise refused(
            "file-name",
            N_("its name holds characters that cannot be seen."),
            N_("Give the file a plain name, then add it again."),
            name=shown,
        )
    if not said or "/" in said or "\\" in said or said.strip(".") == "":
        raise refused(
            "file-name",
            N_("a name is one word or line, without folders."),
            N_("Give the file a plain name, then add it again."),
            name=shown or "?",
        )
    return said


def fitted(name: str, media_type: str) -> tuple[str, bool]:
    """Return the name with an ending that fits the content, at most 80 characters; and if changed.

    The length is cut before the ending, never at it.
    """
    stem, dot, ending = name.rpartition(".")
    found = f".{ending.lower()}" if dot else ""
    fits = found in ENDINGS[media_type]
    if fits:
        kept = f".{ending}"
    else:
        kept = ENDINGS[media_type][0]
        known = {each for endings in ENDINGS.values() for each in endings}
        stem = stem if found in known or (dot and 0 < len(ending) <= 4) else name
    return f"{stem[: LONGEST - len(kept)].rstrip() or 'file'}{kept}", not fits
