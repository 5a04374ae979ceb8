"""A notice as paper shows it: one language, number and date filled in, nothing of ours only."""

from datetime import datetime

from legation.acts.names import day_in_words
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.notices.queries.page import page
from legation.notices.queries.views import PrintView


def print_view(node: Node, notice_id: str, *, lang: str = "") -> PrintView:
    """Return one text for paper; "" for the original. Raises Refusal "unknown-subject", "language".

    `{number}` and `{date}` are filled in; a place of a personal value stays as it is here.
    """
    shown = page(node, notice_id)
    text = next((each for each in shown.texts if lang in ("", each.lang)), None)
    if text is None:
        raise Refusal(
            "language",
            thing=N_("Notice {name}"),
            rule=N_("it was released in {languages}."),
            remedy=N_("Print it in one of these."),
            name=shown.line.number,
            languages=", ".join(each.lang for each in shown.texts) or "-",
        )
    filled = filled_in(text.text, lang=text.lang, number=shown.line.number, at=shown.line.at)
    return PrintView(
        line=shown.line,
        lang=text.lang,
        role=text.role,
        text=filled,
        paragraphs=tuple(part for part in filled.split("\n\n") if part),
        others=tuple(each.lang for each in shown.texts if each.lang != text.lang),
        leaf=shown.leaf,
        entry=shown.entry,
    )


def filled_in(text: str, *, lang: str, number: str, at: datetime) -> str:
    """Return a released text with its number and date; one pass, nothing is read twice."""
    parts = []
    day = day_in_words(f"{at:%Y-%m-%d}", lang)
    for place, piece in enumerate(text.split("{number}")):
        if place:
            parts.append(number)
        parts.append(day.join(piece.split("{date}")))
    return "".join(parts)
