"""What print fills in: number, date, and the values of persons that travel beside the act.

One pass: what was filled in is never read as a place again. Whatever else stands in braces is
printed as it was released.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from legation.acts.names import day_in_words
from legation.notices.pdf.words import word
from legation.record.canon import Json

PLACE: Final = re.compile(r"\{(number|date|p([1-9]\d{0,3})\.([a-z0-9_]{1,60}))\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What stands for the places. number, at: None for a draft, which has neither.

    persons: the fields of p1, p2, … as read from their files, or a word of the sheet that says
    why there are none: "erased", "not_here", "withheld".
    """

    number: str | None
    at: datetime | None
    persons: tuple[Mapping[str, Json] | str, ...] = field(default=())

    def fill(self, text: str, lang: str) -> str:
        """Return a released text with its places filled in."""

        def said(found: re.Match[str]) -> str:
            if found[1] == "number":
                return word(lang, "number") if self.number is None else self.number
            if found[1] == "date":
                at = self.at
                return word(lang, "date") if at is None else day_in_words(f"{at:%Y-%m-%d}", lang)
            value = self._person(int(found[2]), found[3], lang)
            return found[0] if value is None else value

        return PLACE.sub(said, text)

    def _person(self, which: int, key: str, lang: str) -> str | None:
        """Return a person's value; None where the text names nobody whom the act has."""
        if which > len(self.persons):
            return None
        person = self.persons[which - 1]
        if isinstance(person, str):
            return word(lang, person)
        value = person.get(key, "")
        if isinstance(value, list):
            return "; ".join(str(each) for each in value)
        return str(value)
