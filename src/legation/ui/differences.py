"""What changed between two texts, paragraph by paragraph and in them word by word.

Pure; the differences are `difflib`'s. Used wherever two versions of a text are shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, Literal

PARAGRAPH: Final = "\n\n"
MOST_WORDS: Final = 3_000
"""Words of a paragraph beyond which it is shown as changed whole: comparing takes their square."""
_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they stayed, went or came."""

    how: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph that changed. number: in the text as it is now, from 1."""

    number: int
    pieces: tuple[Piece, ...]


def changed_paragraphs(before: str, now: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs that changed, in order."""
    old, new = before.split(PARAGRAPH), now.split(PARAGRAPH)
    found: list[Paragraph] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for place, (one, other) in enumerate(zip_longest(old[i1:i2], new[j1:j2], fillvalue="")):
            found.append(Paragraph(j1 + place + 1, tuple(changed_words(one, other))))
    return tuple(found)


def changed_words(before: str, now: str) -> Iterator[Piece]:
    """Yield a text in pieces that stayed, went or came."""
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    if max(len(old), len(new)) > MOST_WORDS:
        yield from _pieces(("gone", old), ("new", new))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _pieces(("same", old[i1:i2]))
        else:
            yield from _pieces(("gone", old[i1:i2]), ("new", new[j1:j2]))


def _pieces(
    *parts: tuple[Literal["same", "gone", "new"], Sequence[str]],
) -> Iterator[Piece]:
    for how, words in parts:
        if words:
            yield Piece(how, "".join(words))
