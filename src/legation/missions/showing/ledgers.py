"""A ledger as a page or a sheet shows it: rows that say something, and the names of the rest."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from legation.missions import naming
from legation.missions.readiness.facts import Facts, LogSize
from legation.missions.readiness.figures import Answering, Figure, Half, Item, Ledger, Row
from legation.missions.readiness.ledger_writing import ANSWERING
from legation.ui.marks import Mark

OPENED: Final = 8
"""Acts that a number shows where it stands; a page of its own has all of them."""
_MARKS: Final[dict[Answering, tuple[str, str]]] = {
    "mirror": ("info", "check"),
    "not_mirror": ("strained", "alert-triangle"),
    "never": ("blocked", "ban"),
    "none": ("closed", "circle-minus"),
    "unknown": ("unknown", "circle-dashed"),
}


def answering_mark(answering: Answering) -> Mark:
    """Return how it is drawn whether a measure is mirrored: colour, shape and word."""
    tone, icon = _MARKS[answering]
    return Mark(tone=tone, icon=icon, word=ANSWERING[answering])


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A number with the first of what stands behind it. more: how many are not among them."""

    figure: Figure
    first: tuple[Item, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfView:
    """What one party does.

    noughts: what of it is known not to be done. silent: why there is nothing to show, or "".
    """

    by: str
    to: str
    figures: tuple[FigureView, ...]
    noughts: tuple[Figure, ...]
    silent: str
    unstated: int
    disputed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One measure, both ways. one, two: its halves, in the order in which a page shows them.

    differs: names, to be translated, of what is not alike.
    """

    row: Row
    mark: Mark
    one: HalfView
    two: HalfView
    differs: tuple[str, ...] = ()

    @property
    def halves(self) -> tuple[HalfView, HalfView]:
        """Both, in that order."""
        return (self.one, self.two)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """Rows that say something, and those of which neither side tells anything."""

    on: date
    rows: tuple[RowView, ...]
    silent: tuple[Row, ...]
    logs: tuple[LogSize, ...]


def view_of(ledger: Ledger, first: str) -> LedgerView:
    """Return a ledger as it is shown. first: whose doings stand in the first column."""
    _, second = sorted(ledger.parties, key=lambda code: code != first)
    order = (first, second)
    return LedgerView(
        on=ledger.on,
        rows=tuple(_row(row, order) for row in ledger.rows if not row.silent),
        silent=tuple(row for row in ledger.rows if row.silent),
        logs=ledger.logs,
    )


def _row(row: Row, order: tuple[str, str]) -> RowView:
    one, two = (_half(row.half(by)) for by in order)
    differs = tuple(_differing(row, code) for code in row.differs)
    return RowView(row=row, mark=answering_mark(row.answering), one=one, two=two, differs=differs)


def _differing(row: Row, code: str) -> str:
    """Return what a figure is called, else a term of a rule or limit."""
    figures = (half.figure(code) for half in row.halves)
    return next((each.label for each in figures if each), naming.field_name(code))


def _half(half: Half) -> HalfView:
    told = [each for each in half.figures if each.value is not None]
    silences = {each.silence for each in half.figures}
    silent = "not_stated" if "not_stated" in silences else "none_recorded"
    return HalfView(
        by=half.by,
        to=half.to,
        figures=tuple(figure_view(each) for each in told if each.value),
        noughts=tuple(each for each in told if not each.value),
        silent="" if told else silent,
        unstated=max((each.unstated for each in half.figures), default=0),
        disputed=max((each.disputed for each in half.figures), default=0),
    )


def figure_view(figure: Figure) -> FigureView:
    """Return a number with the first of what stands behind it."""
    first = tuple(figure.items[:OPENED])
    return FigureView(figure=figure, first=first, more=len(figure.items) - len(first))


def veiled(ledger: Ledger, seen: Container[str]) -> Ledger:
    """Return the same numbers without naming any notice that an officer does not see."""
    rows = []
    for row in ledger.rows:
        one, two = (_veiled(half, seen) for half in row.halves)
        rows.append(replace(row, halves=(one, two)))
    return replace(ledger, rows=tuple(rows))


def _veiled(half: Half, seen: Container[str]) -> Half:
    figures = (
        replace(figure, items=tuple(_veil(item, seen) for item in figure.items))
        for figure in half.figures
    )
    return replace(half, figures=tuple(figures))


def _veil(item: Item, seen: Container[str]) -> Item:
    hidden = item.thing.startswith("notice/") and item.thing not in seen
    return Item(thing="", share=item.share) if hidden else item


def names_of(facts: Facts, items: Sequence[Item], on: date) -> dict[str, str]:
    """Return what the things behind numbers are called, where their names are told."""
    found = {}
    for item in items:
        thing = facts.subjects.get(item.thing)
        if thing is not None:
            told = (
                thing.value(name, on) for name in ("name", "city", "bank") if name in thing.said
            )
            found[item.thing] = next(
                (name for name in told if isinstance(name, str)), item.thing.partition("/")[2]
            )
    return found


def shown_items(view: LedgerView) -> list[Item]:
    """Return every item that the page itself shows."""
    return [
        item
        for row in view.rows
        for half in row.halves
        for each in half.figures
        for item in each.first
    ]
