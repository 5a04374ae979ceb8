"""A sheet of paper as data: all that is printed, in the order it is read. Pure.

The bytes of the PDF are a function of this alone; nothing of the machine, its clock or the
officer who prints enters it, and nothing that is ours only has a place in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from legation.notices.pdf.letters import printable
from legation.notices.pdf.words import role_word, word
from legation.record.canon import Json
from legation.ui.codes import code_of

HEADING: Final = 90
"""Longest first paragraph that is set as the line of the number."""


COURTESY: Final = "courtesy"
MARKS: Final = {"draft": "draft", "transcript": "ours_only"}
"""Where a sheet stands -> the word at the top of each of its pages: it is for our own desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One text as printed. role: original, courtesy or authentic."""

    lang: str
    role: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        """What stands between empty lines."""
        return [part.strip("\n") for part in self.text.split("\n\n") if part.strip()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One printed act.

    letterhead: the sender's own name, then the office and its city, as far as known.
    addressee: likewise, at the foot. number: as released, "" for an act without one or a draft.
    party: code of the sender. at: when the act was made, by its author's clock.
    leaf, entry: of the act in that party's log (entry from 0); None where no log holds it:
    then `standing` says why: "draft", "paper" (released by us on paper) or "transcript" (typed
    in from the other side's paper). annex: the persons, a line each, where the text names a list.
    """

    letterhead: tuple[str, ...]
    addressee: tuple[str, ...]
    number: str
    party: str
    at: datetime
    columns: tuple[Column, ...]
    annex: tuple[str, ...] = ()
    leaf: str | None = None
    entry: int | None = None
    standing: str = "record"

    @property
    def lang(self) -> str:
        """The language of the sheet's own words: that of its first text."""
        return self.columns[0].lang if self.columns else "en"

    @property
    def code(self) -> str:
        """The 12 characters that look the entry up; "" where no log holds the act."""
        return code_of(bytes.fromhex(self.leaf)) if self.leaf else ""

    @property
    def epoch(self) -> int:
        """Whole seconds since 1970 of the act: the date that the PDF carries."""
        return max(0, int(self.at.timestamp()))

    def said_of(self) -> list[str]:
        """Return the lines that say what this sheet is, and what it is not."""
        if self.standing == "draft":
            return [word(self.lang, "draft_foot")]
        if self.standing in ("paper", "transcript"):
            return [word(self.lang, self.standing, number=self.number or "—")]
        entry = (self.entry or 0) + 1
        return [
            word(self.lang, "released", entry=entry, party=self.party),
            word(self.lang, "code", code=self.code),
        ]

    def as_data(self) -> dict[str, Json]:
        """Return what the template reads: strings, and never a word of markup."""
        count = 0

        def shown(text: str) -> str:
            nonlocal count
            said, numbered = printable(text)
            count += numbered
            return said

        data: dict[str, Json] = {
            "lang": self.lang,
            "letterhead": [shown(line) for line in self.letterhead],
            "addressee": [shown(line) for line in self.addressee],
            "columns": [_column(each, shown) for each in self.columns],
            # One original needs no word for what it is; a translation that stands alone does.
            "roles": len(self.columns) > 1 or any(each.role == COURTESY for each in self.columns),
            "annex": [shown(line) for line in self.annex],
            "annex_title": word(self.lang, "annex"),
            "said": [shown(line) for line in self.said_of()],
            "leaf": self.leaf or "",
            "alt": word(self.lang, "square", leaf=self.leaf or ""),
            "mark": word(self.lang, MARKS[self.standing]) if self.standing in MARKS else "",
            "foot": shown(word(self.lang, "foot", number=self.number)) if self.number else "",
            "trace": self._trace(),
            "title": shown(self.title),
            "author": shown(", ".join(self.letterhead)),
            "when": _parts(self.at),
        }
        data["numbered"] = word(self.lang, "numbered", count=count) if count else ""
        return data

    @property
    def title(self) -> str:
        """What the document is called."""
        if self.standing == "draft":
            return word(self.lang, "draft")
        return word(self.lang, "foot", number=self.number).strip() or ", ".join(self.letterhead)

    def _trace(self) -> str:
        if self.entry is None:
            return ""
        return f"{word(self.lang, 'entry', entry=self.entry + 1)} · {self.code}"


def _column(column: Column, shown: Callable[[str], str]) -> dict[str, Json]:
    parts: list[Json] = [shown(part) for part in column.paragraphs]
    first = column.paragraphs[:1]
    heads = bool(first) and len(first[0]) <= HEADING and len(parts) > 1 and "\n" not in first[0]
    return {
        "lang": column.lang[:2].lower(),
        "role": role_word(column.lang, column.role),
        "heading": parts[0] if heads else "",
        "paragraphs": parts[1:] if heads else parts,
    }


def _parts(at: datetime) -> list[Json]:
    moment = at.astimezone(UTC)
    return [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
