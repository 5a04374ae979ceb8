"""Words of ISO's lists in the language of the reader, from pycountry.

A word that a list does not hold stays as it is: so a name that a party chose for itself is never
replaced, and one that it shares with ISO 3166 is read in the reader's own language.
"""

import gettext
from functools import cache
from typing import Final

import pycountry

CURRENCIES: Final = "iso4217"
STATES: Final = "iso3166-1"


@cache
def in_language(word: str, lang: str, *, of: str) -> str:
    """Return a word of the list `of` in a language; the word itself where there is none."""
    if not word:
        return ""
    words = gettext.translation(of, pycountry.LOCALES_DIR, languages=[lang[:2]], fallback=True)
    return words.gettext(word)
