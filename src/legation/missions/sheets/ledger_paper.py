"""The reciprocity ledger on one sheet. What is counted stands in numbered notes below it."""

import json
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from legation.errors import N_
from legation.missions.readiness.figures import Figure, Ledger
from legation.missions.readiness.ledger_writing import SILENCE
from legation.missions.showing.ledgers import HalfView, LedgerView, RowView, view_of
from legation.missions.showing.terms import figure_terms
from legation.notices.pdf.compose import typeset
from legation.notices.pdf.letters import printable
from legation.record.canon import Json
from legation.ui.templatetags.articles import treaties

FENCE = N_(
    "Never a countermeasure: entering premises, taking archives, arresting or detaining a"
    " diplomat. They are inviolable whatever the other side did (VCDR 22, 24, 29; VCCR 31, 33, 41)."
)


def ledger_pdf(ledger: Ledger) -> bytes:
    """Return a ledger of shared facts as PDF/A, in the reader's language; one sheet, flat.

    Raises ValueError for a ledger that holds anything ours only: it must never get here.
    """
    if any(half.ours for row in ledger.rows for half in row.halves):
        msg = "a ledger with what is ours only is not printed"
        raise ValueError(msg)
    data = json.dumps(_sheet(ledger), ensure_ascii=False, sort_keys=True)
    return typeset(_template(), {"sheet": data}, epoch=_epoch(ledger.on))


def _epoch(on: date) -> int:
    return max(0, int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp()))


@cache
def _template() -> Path:
    with as_file(files(__package__).joinpath("ledger.typ")) as path:
        return path


def _sheet(ledger: Ledger) -> dict[str, Json]:
    view = view_of(ledger, ledger.parties[0])
    notes = _Notes()
    rows: list[Json] = [_row(row, notes) for row in view.rows]
    one, two = ledger.parties
    day = date_format(ledger.on, pgettext("date", "j F Y"))
    return {
        "lang": (get_language() or "en")[:2],
        "title": _plain(gettext("Reciprocity ledger")),
        "on": [ledger.on.year, ledger.on.month, ledger.on.day],
        "about": _plain(
            f"{gettext('As on')} {day}. "
            + gettext("What each side does to the other, counted alike, from what both hold.")
        ),
        "heads": [
            _plain(head)
            for head in (
                gettext("Measure"),
                f"{one} → {two}",
                f"{two} → {one}",
                gettext("Mirror"),
            )
        ],
        "rows": rows,
        "notes": [_plain(line) for line in (*notes.lines(), *_last(view))],
        "foot": _plain(_foot(ledger)),
    }


class _Notes:
    """What is counted, each sentence once, numbered in the order in which it is needed."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, figure: Figure) -> str:
        """Return the number of the note that says what a figure counts."""
        words = figure.own_words or gettext(figure.counted)
        return str(self._numbers.setdefault(words, len(self._numbers) + 1))

    def lines(self) -> list[str]:
        """Return the notes as one paragraph."""
        said = "  ".join(f"{number} {words}" for words, number in self._numbers.items())
        return [said] if said else []


def _row(row: RowView, notes: _Notes) -> dict[str, Json]:
    differs = ", ".join(gettext(word).lower() for word in row.differs)
    reason = row.row.reason.said(gettext)
    if differs:
        reason = f"{reason} {gettext('They differ in')}: {differs}."
    return {
        "label": _plain(gettext(row.row.label)),
        "articles": _plain(treaties(row.row.articles)),
        "halves": [_half(half, notes) for half in row.halves],
        "mark": _plain(gettext(row.mark.word)),
        "reason": _plain(reason),
    }


def _half(half: HalfView, notes: _Notes) -> dict[str, Json]:
    figures: list[Json] = [
        {
            "number": str(each.figure.value),
            "words": _plain(_words(each.figure)),
            "note": notes.number(each.figure),
        }
        for each in half.figures
    ]
    return {"figures": figures, "rest": _plain(_rest(half))}


def _words(figure: Figure) -> str:
    words = gettext(figure.label).lower()
    if figure.unit == "days":
        return f"{words}, {gettext('days')}"
    terms = figure_terms(figure)
    return f"{words}: {terms}" if terms else words


def _rest(half: HalfView) -> str:
    parts = [gettext(SILENCE[half.silent])] if half.silent else []
    if half.noughts:
        parts.append("0: " + ", ".join(_words(figure) for figure in half.noughts))
    if half.unstated and not half.silent:
        parts.append(
            ngettext("%(n)d not stated", "%(n)d not stated", half.unstated) % {"n": half.unstated}
        )
    if half.disputed:
        parts.append(
            ngettext("%(n)d disputed", "%(n)d disputed", half.disputed) % {"n": half.disputed}
        )
    return "; ".join(parts)


def _last(view: LedgerView) -> list[str]:
    lines = [gettext(FENCE)]
    if view.silent:
        names = "; ".join(gettext(row.label).lower() for row in view.silent)
        lines.append(f"{gettext('Neither side tells anything of these')}: {names}.")
    return lines


def _foot(ledger: Ledger) -> str:
    return "; ".join(f"{log.party} {log.size} {log.root}" for log in ledger.logs)


def _plain(text: str) -> str:
    return printable(text)[0]
