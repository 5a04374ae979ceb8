"""What every page of readiness begins with: the board that its address asks for, and the way on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from legation.errors import Refusal
from legation.line.queries.book import counterpart
from legation.missions.queries import shown
from legation.missions.queries.board import board as board_of
from legation.missions.queries.snapshot import facts as facts_of
from legation.missions.queries.thresholds import own_thresholds
from legation.missions.readiness import facts as known
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.verdict import Board
from legation.missions.showing import days, rows
from legation.missions.showing.asked import Asked, read_asked
from legation.missions.showing.marks import CELLS
from legation.missions.showing.years import Ground
from legation.notices import queries as notices
from legation.officers.requests import DeskRequest, sentences
from legation.officers.sight import sight_of
from legation.ui.clocks import clock_of

LEGEND: Final = tuple(name for name in CELLS if name != "not_applicable")
THEN: Final = "then"
"""In place of sizes: read the record as far as it went by the day that is asked for."""
Way = tuple[str, str, bool]
"""A link that chooses: its address, its word, whether it is what is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was asked for, the facts of it, and what could not be done."""

    asked: Asked
    today: date
    facts: Facts
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(Read):
    """A board as it was asked for, beside what it was judged from.

    numbers: our own thresholds, which count where they are stricter; none on the shared board.
    """

    board: Board
    numbers: Mapping[str, int]

    @property
    def ground(self) -> Ground:
        """What the years are drawn from."""
        return Ground(facts=self.facts, today=self.today, numbers=self.numbers)


def read(request: DeskRequest, *, shared: bool = False) -> Read:
    """Return the facts that the address asks for. shared: whatever it says, what both hold.

    What cannot be read, or lies beyond the record, is told, and the facts are read without it.
    """
    node, today = request.node, today_of(request)
    asked = read_asked(_given(request), today, parties_of(request))
    asked = replace(asked, own=False) if shared else asked
    told = [sentence for refusal in asked.wrong for sentence in sentences(refusal)]
    try:
        facts = facts_of(node, as_recorded=asked.recorded, own=asked.own)
    except Refusal as refusal:
        told += sentences(refusal)
        asked = replace(asked, recorded=None)
        facts = facts_of(node, own=asked.own)
    return Read(asked=asked, today=today, facts=facts, refused=tuple(told))


def look(request: DeskRequest, *, shared: bool = False) -> Looked:
    """Return the board that the address asks for, as `read`."""
    node, seen = request.node, read(request, shared=shared)
    asked = seen.asked
    numbers = own_thresholds(node) if asked.own else {}
    board = board_of(node, asked.on, recorded=asked.recorded, own=asked.own, thresholds=numbers)
    return Looked(
        asked=asked,
        today=seen.today,
        facts=seen.facts,
        board=board,
        numbers=numbers,
        refused=seen.refused,
    )


def parties_of(request: DeskRequest) -> tuple[str, ...]:
    """Return our own party and the other one, where it is known."""
    other = counterpart(request.node)
    return (request.node.party, other[0]) if other else (request.node.party,)


def today_of(request: DeskRequest) -> date:
    """Return what day it is in our own capital."""
    return clock_of(request.node.party).local(request.node.clock()).date()


def _given(request: DeskRequest) -> Mapping[str, str]:
    """Return what the address says, the sizes of logs by a day put in their place."""
    given = {key: str(value) for key, value in request.GET.items()}
    if given.get("recorded") != THEN:
        return given
    plain = read_asked({**given, "recorded": ""}, today_of(request), ())
    sizes = shown.sizes_on(request.node, plain.on)
    said = ",".join(f"{party}:{size}" for party, size in sorted(sizes.items()))
    return {**given, "recorded": said}


def with_mark(query: str) -> str:
    """Return a query with its question mark, or nothing."""
    return f"?{query}" if query else ""


def address_of(name: str, *args: str) -> Callable[[str], str]:
    """Return what makes a page's address of a query."""
    page = reverse(name, args=args)
    return lambda query: page + with_mark(query)


def compared(asked: Asked, begin: date, end: date) -> str:
    """Return the query of the page that compares two days."""
    return asked.query(**{"at": None, "of": None, "from": begin, "to": end})


def around(seen: Looked, address: Callable[[str], str]) -> dict[str, Any]:
    """Return what the templates of every page of a board need. address: of it by its query."""
    return {
        **around_day(seen, address),
        "board": seen.board,
        "columns": rows.columns(),
        "bands": rows.bands(),
        "legend": LEGEND,
    }


def around_day(seen: Read, address: Callable[[str], str]) -> dict[str, Any]:
    """Return what the templates of a page of any day need. address: of the page by its query."""
    asked, changes = seen.asked, days.change_days(seen.facts)
    return {
        "asked": asked,
        "query": with_mark(asked.query()),
        "plain_query": asked.query(),
        "refused": seen.refused,
        "carried": asked.hidden("at"),
        "before": days.turn(asked, days.before(changes, asked.on), address),
        "after": days.turn(asked, days.after(changes, asked.on), address),
        "today": address(asked.query(at=None)),
        "slider": days.slider(asked, changes, seen.today, address),
        "records": records(asked, address) if seen.facts.logs else [],
        "knowledge": knowledge(asked, address),
    }


def records(asked: Asked, address: Callable[[str], str]) -> list[Way]:
    """Return the two ways to read the record: as it is now, and as it was on that day."""
    return [
        (address(asked.query(recorded=None)), gettext("As now stated"), asked.recorded is None),
        (address(asked.query(recorded=THEN)), gettext("As then known"), asked.recorded is not None),
    ]


def knowledge(asked: Asked, address: Callable[[str], str]) -> list[Way]:
    """Return the two boards: with what only we know, and of what both hold."""
    return [
        (address(asked.query(own=None)), gettext("With what only we know"), asked.own),
        (address(asked.query(own="0")), gettext("What both hold"), not asked.own),
    ]


def in_sight(request: DeskRequest, grounds: Iterable[known.Ground]) -> set[str]:
    """Return those notices, of what something rests on, that this officer sees."""
    wanted = shown.notices_of(grounds)
    if not wanted:
        return set()
    return set(notices.by_ids(request.node, wanted, sight=sight_of(request.user)))
