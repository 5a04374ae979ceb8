"""What is told of a file that was taken in: its clean bytes, and what is no longer in it."""

from dataclasses import dataclass, field
from typing import Final

from legation.errors import N_, Refusal

LARGEST: Final = 26_214_400
"""Bytes: 25 MiB, as an act can name."""
PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TEXT: Final = "text/plain"
CSV: Final = "text/csv"

WORDS: Final = {
    "author": N_("names of authors and programs"),
    "metadata": N_("hidden data about the file (XMP)"),
    "place": N_("the place where a picture was taken"),
    "camera": N_("data of the camera, with times"),
    "comment": N_("comments and notes that do not print"),
    "attachment": N_("files inside the file"),
    "script": N_("scripts"),
    "action": N_("actions that start programs, send forms or open addresses"),
    "form": N_("form fields, kept as what they show"),
    "layer": N_("switches of layers; all layers are shown now"),
    "structure": N_("outline, bookmarks and other order that does not print"),
    "signature": N_("electronic signatures, kept as what they show"),
    "media": N_("sound, films and three-dimensional models"),
    "history": N_("earlier states of the file"),
    "tail": N_("bytes after the end of the picture"),
    "text": N_("text beside the pixels of a picture"),
    "mark": N_("a mark of byte order"),
    "renamed": N_("The name said another type than the content; the name was put right."),
    "utf16": N_("It was UTF-16 and is UTF-8 now."),
    "formula": N_(
        "Some cells begin like formulas (= + - @). Opened as a table they may calculate."
    ),
    "turned": N_("The picture was turned upright, and saved anew with small losses."),
    "repaired": N_("The document was damaged and has been put together again: look at each page."),
    "nothing": N_("Nothing but what is seen was found in it."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Something that was in the file and is not. what: a word of WORDS. count: how often.

    detail: what it said, as far as it can be shown in a line. Ours only.
    """

    what: str
    count: int = 1
    detail: str = ""

    @property
    def word(self) -> str:
        """What it was: an untranslated message."""
        return WORDS[self.what]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something to know before it is released. what: a word of WORDS."""

    what: str

    @property
    def word(self) -> str:
        """What to know: an untranslated message."""
        return WORDS[self.what]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file as it may leave. data: rebuilt bytes. was: size of what came, in bytes.

    pages: of a document, 1 for a picture, 0 for text.
    """

    data: bytes = field(repr=False)
    media_type: str
    name: str
    was: int
    pages: int = 0
    removed: tuple[Removed, ...] = ()
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """One page as a picture. png: its bytes. page: from 1, of `pages`."""

    png: bytes = field(repr=False)
    page: int
    pages: int


def refused(code: str, rule: str, remedy: str, *, name: str, **values: object) -> Refusal:
    """Make the refusal of a file. rule, remedy: untranslated messages marked by the caller."""
    refusal = Refusal(code, thing=N_("File “{name}”"), rule=rule, remedy=remedy)
    refusal.values = {"name": name[:80], **values}
    return refusal
