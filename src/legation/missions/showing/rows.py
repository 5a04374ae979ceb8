"""A board as a page shows it: posts by side, what is not told folded, counts on top. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from legation.missions.readiness.essentials import BANDS, ESSENTIALS, Essential, is_consular
from legation.missions.readiness.helping import OPERABLE
from legation.missions.readiness.verdict import Board, Cell, Verdict

SHUT: Final = frozenset({"closed", "suspended", "planned"})
"""Standings of posts that have no cells: one line tells of them."""
COUNTED: Final = ("operates", "strained", "cannot", "unknown", "suspended", "closed", "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One essential as a column. edge: a band begins with it."""

    essential: Essential
    edge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Essentials that are needed for the same. edge: it is not the first."""

    word: str
    columns: int
    edge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One post. key: its id without what it is. unknown: essentials that nothing tells of."""

    verdict: Verdict
    key: str
    shut: bool
    unknown: tuple[Essential, ...]

    @property
    def name(self) -> str:
        """What people call it."""
        return self.verdict.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The posts of one sending state."""

    sending: str
    receiving: str
    rows: tuple[Row, ...]

    @property
    def operating(self) -> int:
        """How many of them operate, under strain or not."""
        return sum(row.verdict.standing in OPERABLE for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The verdict in numbers.

    standings: how many posts of each. told, cells: of cells, how many are told of. silent: cells
    that a party could tell of, by party; one that both could counts for both.
    """

    posts: int
    operating: int
    standings: tuple[tuple[str, int], ...]
    cells: int
    unknown: int
    silent: Mapping[str, int]
    disputed: int


def columns() -> tuple[Column, ...]:
    """Return the essentials in the order of the board."""
    found: list[Column] = []
    for one in ESSENTIALS:
        edge = bool(found) and found[-1].essential.band != one.band
        found.append(Column(essential=one, edge=edge))
    return tuple(found)


def bands() -> tuple[Band, ...]:
    """Return the bands of the board with how many columns each has."""
    counts = Counter(one.band for one in ESSENTIALS)
    return tuple(
        Band(word=word, columns=counts[name], edge=place > 0)
        for place, (name, word) in enumerate(BANDS.items())
    )


def row_of(verdict: Verdict) -> Row:
    """Return one post as a row."""
    return Row(
        verdict=verdict,
        key=verdict.post.partition("/")[2],
        shut=verdict.standing in SHUT,
        unknown=tuple(
            one
            for one in ESSENTIALS
            if (cell := verdict.cells.get(one.id)) is not None and cell.state == "unknown"
        ),
    )


def groups_of(board: Board, first: str) -> tuple[Group, ...]:
    """Return the posts by sending state. first: the party whose posts stand on top.

    In a group those that work stand before those that are shut, embassies before consulates.
    """
    order = sorted(board.parties, key=lambda party: (party != first, party))
    found = []
    for party in order:
        mine = [row_of(each) for each in board.verdicts if each.sending == party]
        mine.sort(key=_place)
        if mine:
            found.append(
                Group(sending=party, receiving=mine[0].verdict.receiving, rows=tuple(mine))
            )
    return tuple(found)


def _place(row: Row) -> tuple[bool, bool, str]:
    return row.shut, is_consular(row.verdict.type) is not False, row.verdict.post


def counts_of(groups: Iterable[Group]) -> Counts:
    """Return the numbers of the posts that are shown."""
    verdicts = [row.verdict for group in groups for row in group.rows]
    standings: Counter[str] = Counter(each.standing for each in verdicts)
    cells: list[Cell] = [
        cell
        for each in verdicts
        if each.standing not in SHUT
        for cell in each.cells.values()
        if cell.state != "not_applicable"
    ]
    silent: Counter[str] = Counter()
    for cell in cells:
        if cell.state == "unknown":
            silent.update(cell.silent)
    return Counts(
        posts=len(verdicts),
        operating=sum(each.standing in OPERABLE for each in verdicts),
        standings=tuple((name, standings[name]) for name in COUNTED if name in standings),
        cells=len(cells),
        unknown=sum(cell.state == "unknown" for cell in cells),
        silent=dict(sorted(silent.items())),
        disputed=sum(cell.state == "disputed" for cell in cells),
    )


def worth_reading(groups: Iterable[Group]) -> Row | None:
    """Return the post whose causes are told on the board itself: the first that has any."""
    rows = [row for group in groups for row in group.rows if row.verdict.causes and not row.shut]
    worst = [row for row in rows if row.verdict.standing == "cannot"]
    return next(iter((*worst, *rows)), None)
