"""Which characters can be printed, and what stands for those that cannot.

PDF/A forbids a letter without a shape. A character that no shipped font has, and one that steers
others (controls, overrides of direction), is printed as its number, ⟨U+6C49⟩: nothing is dropped
in silence, nothing is hidden, and the sheet says how many there are.
"""

from bisect import bisect_right
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final

LONGEST_WORD: Final = 24
"""Characters after which a word may be broken anywhere: a column holds some 30."""
BREAK: Final = "\u200b"
SPACE: Final = frozenset(" \n\t\u00a0\u202f\u2009")
UNBROKEN: Final = frozenset("\u0301\u0300\u0308\u0306")


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    text = files(__package__).joinpath("fonts", "covered.txt").read_text(encoding="ascii")
    pairs = [line.split("-") for line in text.split()]
    return tuple(int(first, 16) for first, _ in pairs), tuple(int(last, 16) for _, last in pairs)


def has_shape(char: str) -> bool:
    """Tell whether a shipped font has a shape for this character."""
    first, last = _ranges()
    place = bisect_right(first, ord(char)) - 1
    return place >= 0 and ord(char) <= last[place]


def printable(text: str) -> tuple[str, int]:
    """Return the text as it can be printed, and how many characters stand as their numbers.

    A tab is a space. Line breaks stay. A very long word gets places to break, which no one sees.
    """
    said = []
    numbered = 0
    for char in text.replace("\r\n", "\n").replace("\t", " "):
        if char == "\n" or has_shape(char):
            said.append(char)
        else:
            said.append(f"⟨U+{ord(char):04X}⟩")
            numbered += 1
    return "".join(_breakable(said)), numbered


def _breakable(pieces: list[str]) -> list[str]:
    """Return the pieces with places to break inside words longer than a column takes."""
    out: list[str] = []
    for space, group in groupby(pieces, key=SPACE.__contains__):
        word = list(group)
        if space or sum(map(len, word)) <= LONGEST_WORD:
            out += word
            continue
        for place, piece in enumerate(word):
            if place and place % 8 == 0 and piece not in UNBROKEN:
                out.append(BREAK)
            out.append(piece)
    return out
