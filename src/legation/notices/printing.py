"""Texts of a notice as people read them: number and date filled in."""

from dataclasses import dataclass, replace
from datetime import datetime

from legation.notices.queries import NoticePage, TextView
from legation.notices.queries.printing import filled_in


def filled(page: NoticePage) -> tuple[TextView, ...]:
    """Return a notice's texts with its number and the date of its release filled in."""
    line = page.line
    return tuple(
        replace(text, text=filled_in(text.text, lang=text.lang, number=line.number, at=line.at))
        for text in page.texts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An act about a notice that has a sheet of its own. key: its place, "peer-7"."""

    key: str
    what: str
    at: datetime


def further_papers(page: NoticePage) -> tuple[Paper, ...]:
    """Return the answers and the withdrawal that have a text, in the order of their times."""
    answering = ("own" if page.side == "peer" else "peer") if page.lines else ""
    found = {
        f"{answering}-{answer.index}": Paper(
            key=f"{answering}-{answer.index}", what=answer.code, at=answer.at
        )
        for line in page.lines
        for answer in line.answers
        if answer.texts
    }
    for step in page.chain:
        if step.what == "withdrawn" and step.index is not None and step.at is not None:
            key = f"{page.side}-{step.index}"
            found[key] = Paper(key=key, what=step.what, at=step.at)
    return tuple(sorted(found.values(), key=lambda paper: (paper.at, paper.key)))
