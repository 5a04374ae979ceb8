"""Words in which a letter of another script could be taken for one of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from legation.acts.text import find_strangers
from legation.errors import N_

SCRIPTS: Final = {
    "Latin": N_("Latin"),
    "Greek": N_("Greek"),
    "Cyrillic": N_("Cyrillic"),
    "Armenian": N_("Armenian"),
    "Cherokee": N_("Cherokee"),
    "fullwidth Latin": N_("fullwidth Latin"),
    "mathematical letters": N_("mathematical letters"),
}
"""What the scripts of `acts.text` are called on a page."""
MOST: Final = 20
"""Words shown; a text in which more of them stand is to be typed anew anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A letter in a word of another script. word: "" where the page may not show it.

    script, word_script: untranslated messages. code: of the letter, "U+0430". where: in which
    thing it stands, said by the caller, or "".
    """

    letter: str
    code: str
    script: str
    word: str
    word_script: str
    where: str = ""


def look_alikes(*values: object, where: str = "", hide_words: bool = False) -> tuple[Alike, ...]:
    """Return the letters to warn of in all texts within some values, each once a word.

    hide_words: leave the words out, for a page that shows nobody's name.
    """
    found = (
        Alike(
            letter=each.character,
            code=each.code,
            script=SCRIPTS.get(each.script, each.script),
            word="" if hide_words else each.word,
            word_script=SCRIPTS.get(each.word_script, each.word_script),
            where=where,
        )
        for text in _texts(values)
        for each in find_strangers(text)
    )
    return tuple(dict.fromkeys(found))[:MOST]


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for each in value:
            yield from _texts(each)
