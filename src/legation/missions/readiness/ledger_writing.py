"""A ledger as data for programs: JSON of one form, and a table for spreadsheets."""

from collections.abc import Callable
from typing import Final

from legation.errors import N_
from legation.missions.readiness.facts import Ground
from legation.missions.readiness.figures import Figure, Half, Item, Ledger, Row
from legation.record.canon import Json

ANSWERING: Final = {
    "mirror": N_("A mirror"),
    "not_mirror": N_("Not a mirror"),
    "never": N_("Never a countermeasure"),
    "none": N_("Neither side"),
    "unknown": N_("Cannot be told"),
}
"""What is said of a row, in a few words."""
SILENCE: Final = {
    "not_stated": N_("Not stated"),
    "none_recorded": N_("None in the record"),
}
"""What stands where a figure has no value: never nought."""
UNITS: Final = {
    "things": N_("things"),
    "lines": N_("lines"),
    "persons": N_("persons"),
    "staff": N_("as counted"),
    "days": N_("days"),
}
HEADER: Final = (
    N_("Measure"),
    N_("By"),
    N_("Borne by"),
    N_("Figure"),
    N_("Number"),
    N_("Unit"),
    N_("What is counted"),
    N_("Not stated"),
    N_("Disputed"),
    N_("Mirror"),
    N_("Articles"),
    N_("What it rests on"),
)


def ledger_json(ledger: Ledger) -> dict[str, Json]:
    """Return the whole ledger, canonical once encoded: the same bytes wherever it is made.

    What rests on our own knowledge says so ("ours": true); a ledger of shared facts has none.
    """
    return {
        "on": ledger.on.isoformat(),
        "parties": list(ledger.parties),
        "logs": [{"party": log.party, "size": log.size, "root": log.root} for log in ledger.logs],
        "rows": [_row(row) for row in ledger.rows],
    }


def _row(row: Row) -> dict[str, Json]:
    return {
        "measure": row.measure,
        "label": row.label,
        "articles": list(row.articles),
        "answering": row.answering,
        "reason": row.reason.as_json(),
        "differs": list(row.differs),
        "fence": list(row.fence),
        "halves": [_half(half) for half in row.halves],
    }


def _half(half: Half) -> dict[str, Json]:
    return {"by": half.by, "to": half.to, "figures": [_figure(each) for each in half.figures]}


def _figure(figure: Figure) -> dict[str, Json]:
    return {
        "code": figure.code,
        "label": figure.label,
        "value": figure.value,
        "unit": figure.unit,
        "silence": figure.silence,
        "counted": figure.own_words or figure.counted,
        "unstated": figure.unstated,
        "disputed": figure.disputed,
        "items": [_item(item) for item in figure.items],
    }


def _item(item: Item) -> dict[str, Json]:
    written: dict[str, Json] = {
        "thing": item.thing,
        "share": item.share,
        "field": item.field,
        "value": item.value,
        "title": item.title,
        "number": item.number,
        "since": item.since,
        "details": dict(item.details),
        "contested": item.contested,
        "grounds": [
            {"kind": each.kind, "party": each.party, "ref": each.ref} for each in item.grounds
        ],
    }
    return {**written, "ours": True} if item.ours else written


def ledger_table(
    ledger: Ledger, translate: Callable[[str], str] = str
) -> tuple[list[str], list[list[str]]]:
    """Return header and rows, a line for each figure in each direction, in a reader's language."""
    rows = [
        _line(row, half, figure, translate)
        for row in ledger.rows
        for half in row.halves
        for figure in half.figures
    ]
    return [translate(title) for title in HEADER], rows


def _line(row: Row, half: Half, figure: Figure, translate: Callable[[str], str]) -> list[str]:
    known = figure.value is not None
    return [
        translate(row.label),
        half.by,
        half.to,
        translate(figure.label),
        str(figure.value) if known else translate(SILENCE[figure.silence]),
        translate(UNITS[figure.unit]),
        figure.own_words or translate(figure.counted),
        str(figure.unstated),
        str(figure.disputed),
        translate(ANSWERING[row.answering]),
        ", ".join(row.articles),
        "; ".join(_behind(item) for item in figure.items),
    ]


def _behind(item: Item) -> str:
    said = " ".join(part for part in (item.number or item.thing, item.since) if part)
    return f"{said} ({', '.join(_named(each) for each in item.grounds)})"


def _named(ground: Ground) -> str:
    return ground.ref if ground.kind == "act" else f"{ground.party}: {ground.ref}"
