"""One name, many spellings: which typed letters mean the same word.

A word is kept under up to four keys, and found where one of them begins as one of the asked
word's does.
1. Plain: small letters without marks; the Turkish i without a dot is an i.
2. Passport: what ICAO 9303 prints for it (`щ` is "shch", `ü` is "ue").
3. Sound: passport letters and those of ISO 9 brought to one writing, so that "Щербаков",
   "Shcherbakov", "Sherbakov" and "Ŝerbakov" meet. It is a help to find, never a way to write
   a name.

Sources: ICAO Doc 9303-3, section 6 (2021); ISO 9:1995.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[\w\u0300-\u036f]+")  # a mark that joined no letter is no gap
INNER_SIGN: Final = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
LONGEST_WORD: Final = 40
LEAST: Final = 4
"""Letters of a word in plain Latin that is also kept by its sound."""


def _table(pairs: str) -> dict[str, str]:
    """Read "ж zh, ь -": a letter and what it is written as, "-" for nothing."""
    split = (pair.split() for pair in pairs.split(","))
    return {letter: "" if written == "-" else written for letter, written in split}


_CYRILLIC: Final = {
    **dict(zip("абвгдезиклмнопрстуфы", "abvgdeziklmnoprstufy", strict=True)),
    **_table("ё e, ж zh, й i, х kh, ц ts, ч ch, ш sh, щ shch, ъ ie, ь -, э e, ю iu, я ia"),
    **_table("і i, ї i, є ie, ґ g, ў u, ѕ z, ј j, џ dz, ђ d, љ lj, њ nj, ћ c, ќ kj, ѓ g"),
    **_table("ә a, ө o, қ q, ң n, ү u, ұ u, һ h, ғ g"),
}
# Letters that no Unicode decomposition takes apart.
_WHOLE: Final = _table("ı i, ł l, đ d, ø o, ð d, þ th, æ ae, œ oe, ħ h, ŧ t, ə a")
_PASSPORT: Final = _table("ä ae, ö oe, ü ue, å aa, ø oe, ñ n, þ th")
# ISO 9 and its neighbours, where a mark changes the sound; Turkish ş and ç too, since a Turkish
# name is written by ear in Cyrillic.
_SOUND: Final = _table("ž zh, č ch, š sh, ŝ shch, û iu, â ia, ş sh, ç ch, ъ -, є e")
# Two writings of one sound, in this order.
_ALIKE: Final = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("kh", "h"),
    ("tz", "c"),
    ("ts", "c"),
    ("x", "ks"),
    ("w", "v"),
    ("yu", "iu"),
    ("ya", "ia"),
    ("ju", "iu"),
    ("ja", "ia"),
    ("yo", "e"),
    ("ye", "e"),
    ("y", "i"),
    ("j", "i"),
)


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text in small letters; a sign inside a word is no gap."""
    lowered = INNER_SIGN.sub("", unicodedata.normalize("NFC", text).casefold())
    for found in WORD.finditer(lowered):
        yield found[0][:LONGEST_WORD]


@lru_cache(maxsize=65_536)
def spellings(word: str) -> tuple[str, ...]:
    """Return the keys of one word in small letters, the plain one first; none for a bare sign."""
    plain = _plain(word)
    found = (plain, _plain(_mapped(word, _CYRILLIC | _PASSPORT)), _sound(word))
    return tuple(dict.fromkeys(each for each in found if each))


def indexed(text: str) -> str:
    """Return what the index keeps of a text: every key of every word, once and sorted.

    Sorted, so that a thing gives the same as it was made and as it was read back.
    """
    return " ".join(sorted({key for word in set(words_of(text)) for key in spellings(word)}))


def _mapped(word: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(letter, letter) for letter in word)


def _plain(word: str) -> str:
    """Return a word without marks and without signs that are no letters or digits."""
    apart = unicodedata.normalize("NFKD", _mapped(word, _WHOLE))
    return "".join(each for each in apart if each.isalnum() and unicodedata.category(each) != "Lm")


def _sound(word: str) -> str:
    if word.isascii() and (len(word) < LEAST or not word.isalpha()):
        return ""  # "mow" in a number would find whatever moved
    key = _plain(_mapped(_mapped(word, _SOUND), _CYRILLIC))
    for written, sound in _ALIKE:
        key = key.replace(written, sound)
    return re.sub(r"i+", "i", key)
