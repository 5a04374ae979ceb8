"""Text as an officer writes it: characters that hide or mislead are refused at drafting.

The list is fixed, so two interpreters agree. It holds more than the record's own list: joiners
and direction marks have their place in some scripts, but in a form between two governments
they can make one text look like another. What was released all the same is not void for them.
"""

import re
from dataclasses import dataclass
from typing import Final

from legation.errors import N_, Refusal

HIDDEN: Final = {
    0x00AD: "SOFT HYPHEN",
    0x034F: "COMBINING GRAPHEME JOINER",
    0x061C: "ARABIC LETTER MARK",
    0x115F: "HANGUL CHOSEONG FILLER",
    0x1160: "HANGUL JUNGSEONG FILLER",
    0x17B4: "KHMER VOWEL INHERENT AQ",
    0x17B5: "KHMER VOWEL INHERENT AA",
    0x180B: "MONGOLIAN FREE VARIATION SELECTOR ONE",
    0x180C: "MONGOLIAN FREE VARIATION SELECTOR TWO",
    0x180D: "MONGOLIAN FREE VARIATION SELECTOR THREE",
    0x180E: "MONGOLIAN VOWEL SEPARATOR",
    0x200B: "ZERO WIDTH SPACE",
    0x200C: "ZERO WIDTH NON-JOINER",
    0x200D: "ZERO WIDTH JOINER",
    0x200E: "LEFT-TO-RIGHT MARK",
    0x200F: "RIGHT-TO-LEFT MARK",
    0x2028: "LINE SEPARATOR",
    0x2029: "PARAGRAPH SEPARATOR",
    0x202A: "LEFT-TO-RIGHT EMBEDDING",
    0x202B: "RIGHT-TO-LEFT EMBEDDING",
    0x202C: "POP DIRECTIONAL FORMATTING",
    0x202D: "LEFT-TO-RIGHT OVERRIDE",
    0x202E: "RIGHT-TO-LEFT OVERRIDE",
    0x2060: "WORD JOINER",
    0x2061: "FUNCTION APPLICATION",
    0x2062: "INVISIBLE TIMES",
    0x2063: "INVISIBLE SEPARATOR",
    0x2064: "INVISIBLE PLUS",
    0x2066: "LEFT-TO-RIGHT ISOLATE",
    0x2067: "RIGHT-TO-LEFT ISOLATE",
    0x2068: "FIRST STRONG ISOLATE",
    0x2069: "POP DIRECTIONAL ISOLATE",
    0x206A: "INHIBIT SYMMETRIC SWAPPING",
    0x206B: "ACTIVATE SYMMETRIC SWAPPING",
    0x206C: "INHIBIT ARABIC FORM SHAPING",
    0x206D: "ACTIVATE ARABIC FORM SHAPING",
    0x206E: "NATIONAL DIGIT SHAPES",
    0x206F: "NOMINAL DIGIT SHAPES",
    0x2800: "BRAILLE PATTERN BLANK",
    0x3164: "HANGUL FILLER",
    0xFEFF: "ZERO WIDTH NO-BREAK SPACE",
    0xFFA0: "HALFWIDTH HANGUL FILLER",
    0xFFF9: "INTERLINEAR ANNOTATION ANCHOR",
    0xFFFA: "INTERLINEAR ANNOTATION SEPARATOR",
    0xFFFB: "INTERLINEAR ANNOTATION TERMINATOR",
}
"""Code points that print as nothing or turn the direction of writing, with Unicode's names."""

_CONTROLS: Final = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x09: "TAB",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
}

_PLAIN: Final = re.compile(r"[\x20-\x7e\n]*")
_SUSPECT: Final = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"
    + "".join(chr(point) for point in HIDDEN)
    + "\ud800-\udfff"
    + "\ufe00-\ufe0f"
    + "\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "\U000e0000-\U000e01ef"
    "]"
)


def name_of(character: str) -> str:
    """Return "U+202E RIGHT-TO-LEFT OVERRIDE" for a character of the lists above."""
    point = ord(character)
    if point in HIDDEN:
        name = HIDDEN[point]
    elif point < 0xA0:
        name = _CONTROLS.get(point, "CONTROL CHARACTER")
    elif 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
        name = "VARIATION SELECTOR"
    elif 0xE0000 <= point <= 0xE00FF:
        name = "TAG"
    elif 0xD800 <= point <= 0xDFFF:
        name = "LONE SURROGATE"
    else:
        name = "NONCHARACTER"
    return f"U+{point:04X} {name}"


def find_hidden(text: str) -> tuple[int, str] | None:
    """Return the place (from 1) and the name of the first character refused here, or None."""
    if _PLAIN.fullmatch(text) is not None:
        return None
    found = _SUSPECT.search(text)
    return None if found is None else (found.start() + 1, name_of(found.group()))


def check_text(text: str, thing: str) -> None:
    """Refuse text with a hidden or misleading character.

    thing: what holds the text, for the sentence. Raises Refusal "hidden-character".
    """
    found = find_hidden(text)
    if found is not None:
        raise hidden_refusal(thing, *found)


def hidden_refusal(thing: str, place: int, name: str) -> Refusal:
    """Return the refusal that names the character and its place."""
    return Refusal(
        "hidden-character",
        thing=thing,
        rule=N_("{character} at place {place} prints as nothing or misleads."),
        remedy=N_("Delete it and type that place anew."),
        character=name,
        place=place,
    )


# --- Letters that look like others

_SCRIPTS: Final = (
    ("Latin", ((0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0x24F))),
    ("Latin", ((0x1E00, 0x1EFF),)),
    ("Greek", ((0x370, 0x3FF), (0x1F00, 0x1FFF))),
    ("Cyrillic", ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))),
    ("Armenian", ((0x531, 0x58F),)),
    ("Cherokee", ((0x13A0, 0x13FF), (0xAB70, 0xABBF))),
    ("fullwidth Latin", ((0xFF21, 0xFF3A), (0xFF41, 0xFF5A))),
    ("mathematical letters", ((0x1D400, 0x1D7FF),)),
)  # fmt: skip
"""Alphabets with letters that look alike, by ranges of code points that never change."""
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Stranger:
    """A letter of another script than the rest of its word. place: from 1, in the whole text."""

    place: int
    character: str
    script: str
    word: str
    word_script: str

    @property
    def code(self) -> str:
        """The letter's number, "U+0430"."""
        return f"U+{ord(self.character):04X}"


def script_of(character: str) -> str | None:
    """Return the script of a letter that could be taken for one of another, or None."""
    point = ord(character)
    for name, ranges in _SCRIPTS:
        if any(first <= point <= last for first, last in ranges):
            return name
    return None


def find_strangers(text: str) -> tuple[Stranger, ...]:
    """Return the letters that stand in a word of another script: a warning, never a refusal.

    "Ivаnov" with one Cyrillic letter looks like "Ivanov" and is another name. The script with
    most letters is the word's, the first of them where two are even. Words of several scripts
    beside one another ("улица Main") are no matter.
    """
    if text.isascii():
        return ()
    found = []
    for word in _WORD.finditer(text):
        scripts = [script_of(letter) for letter in word.group()]
        known = [script for script in scripts if script is not None]
        if len(set(known)) < 2:
            continue
        main = max(dict.fromkeys(known), key=known.count)
        found += [
            Stranger(word.start() + place + 1, letter, script, word.group(), main)
            for place, (letter, script) in enumerate(zip(word.group(), scripts, strict=True))
            if script not in (None, main) and script is not None
        ]
    return tuple(found)
