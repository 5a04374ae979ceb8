"""`legation ledger`: what each of two parties does to the other, counted alike."""

import argparse
from typing import TYPE_CHECKING, Final

from legation.cli.asked import add_day, asked_of
from legation.cli.boards import filled
from legation.cli.output import Result
from legation.cli.parsing import Family
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.missions.readiness.figures import Figure, Ledger, Row

PLACE = 43
FIGURE: Final = 50
NUMBER: Final = 8


def register(top: Family) -> None:
    """Add the command `ledger`."""
    ledger = top.command(
        "ledger",
        show,
        about=_("what each side does to the other, measure by measure"),
        examples=[
            "legation -n us ledger --at 2025-04-10",
            "legation -n us ledger --shared --json | sha256sum",
        ],
    )
    add_day(ledger)


def show(args: argparse.Namespace) -> Result:
    """Show the ledger of a day."""
    asked = asked_of(args)
    from legation.missions.queries.board import ledger_of
    from legation.missions.readiness.ledger_writing import ledger_json
    from legation.record import canon

    own = not asked.shared
    found = ledger_of(asked.node, asked.on, recorded=asked.recorded, own=own)
    if args.json:
        told = ledger_json(found)
        whole = told if asked.shared else {**told, "ours_only": True}
        return Result(raw=canon.encode_large(whole) + b"\n")
    return Result(text=_text(found, shared=asked.shared))


def _text(ledger: "Ledger", *, shared: bool) -> str:
    told = [row for row in ledger.rows if not row.silent]
    silent = ", ".join(_(row.label) for row in ledger.rows if row.silent)
    mark = _("What both sides hold") if shared else _("Ours only")
    parts = [f"{ledger.on.isoformat()}. {mark}", *(_row(row) for row in told)]
    if silent:
        parts.append(filled(_("Nothing is stated of: {measures}").format(measures=silent)))
    return "\n\n".join(parts)


def _row(row: "Row") -> str:
    """Return a measure: whether one mirrors the other, then what each party does by it."""
    from legation.missions.readiness.ledger_writing import ANSWERING
    from legation.ui.templatetags.articles import named

    articles = f" ({named(', '.join(row.articles), _)})" if row.articles else ""
    head = filled(f"{_(row.label)}{articles}. {_(ANSWERING[row.answering])}.")
    by = {half.by: {figure.code: figure for figure in half.figures} for half in row.halves}
    one, two = (half.by for half in row.halves)
    lines = [f"  {'':<{FIGURE}}{one:>{NUMBER}}{two:>{NUMBER}}"]
    for code in dict.fromkeys((*by[one], *by[two])):
        both = [by[party].get(code) for party in (one, two)]
        if any(figure is not None and figure.value is not None for figure in both):
            label = next(_(figure.label) for figure in both if figure is not None)
            numbers = "".join(f"{_number(figure):>{NUMBER}}" for figure in both)
            lines.append(f"  {label:<{FIGURE}}{numbers}")
    return "\n".join((head, *lines))


def _number(figure: "Figure | None") -> str:
    return "?" if figure is None or figure.value is None else str(figure.value)
