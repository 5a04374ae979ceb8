"""How a ledger counts notices: alike for both parties, whichever of them asks or answers.

A notice counts by its lines: each person or thing that it asks for is one. Where no notice of a
measure is in the record, nothing is known of it: the figure has no value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Final, Protocol

from legation.errors import N_
from legation.missions.readiness.behind import Behind, behind, counted
from legation.missions.readiness.facts import Request
from legation.missions.readiness.figures import Figure, Item, Way


class Part(Protocol):
    """One way of counting; a measure may have several."""

    def figures(self, way: Way) -> tuple[Figure, ...]:
        """Count in one direction."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Notices in which one side asks the other: `to` asks, and `by` answers or does not."""

    measure: str

    def figures(self, way: Way) -> tuple[Figure, ...]:
        """Count what waits, for how long, and what was answered how."""
        found = counted(way.released(self.measure, way.to), way.on)
        waiting = behind(found, attrgetter("waiting"))
        granted = behind(found, attrgetter("granted"))
        refused = behind(found, attrgetter("not_granted"))
        known = bool(found)
        figures = [
            _lines("waiting", N_("Waiting"), WAITING, waiting, known=known),
            _lines("granted", N_("Granted"), GRANTED, granted, known=known),
            _lines("not_granted", N_("Not granted"), NOT_GRANTED, refused, known=known),
        ]
        if waiting:
            figures.insert(1, _oldest(waiting[0][0], way))
        return tuple(figures)


WAITING: Final = N_(
    "Lines of notices in the record without a final answer on the day; each person or thing asked"
    " for is a line."
)
GRANTED: Final = N_("Lines with a final answer that gives what they asked for.")
NOT_GRANTED: Final = N_(
    "Lines with a final answer that does not give what they asked for: refused, or taken as"
    " withdrawn."
)


def _lines(
    code: str, label: str, counted: str, notices: Sequence[tuple[Request, int]], *, known: bool
) -> Figure:
    return Figure(
        code=code,
        label=label,
        unit="lines",
        value=sum(lines for _, lines in notices) if known else None,
        silence="" if known else "none_recorded",
        counted=counted,
        items=Behind(notices),
    )


def _oldest(oldest: Request, way: Way) -> Figure:
    days = oldest.days(way.on)
    return Figure(
        code="oldest",
        label=N_("Oldest waits"),
        unit="days",
        value=days,
        counted=N_("Days since the oldest of them was released."),
        items=Behind([(oldest, days)]),
    )


@dataclass(frozen=True, slots=True)
class Removed:
    """Persons whom `by` declared not acceptable: by its notices, and as told as a whole."""

    measure: str = "removed"

    def figures(self, way: Way) -> tuple[Figure, ...]:
        """Count persons named in notices, those whose departure was notified, and those told of."""
        found = [
            each
            for each in way.released(self.measure, way.by)
            if not _taken_back(each.request, way.on)
        ]
        named = [(each.request, len(each.request.lines)) for each in found]
        left = behind(counted(found, way.on), attrgetter("granted"))
        figures = [
            _lines("persons", N_("Persons in notices"), PERSONS, named, known=bool(found)),
            _lines("left", N_("Departures notified"), LEFT, left, known=bool(found)),
        ]
        told = self._told(way)
        return (*figures, *told)

    def _told(self, way: Way) -> tuple[Figure, ...]:
        tallies = [
            one
            for one in way.facts.tallies
            if (one.measure, one.by, one.to) == (self.measure, way.by, way.to)
            and one.on.first <= way.on
        ]
        items = tuple(
            Item(
                thing="",
                share=one.number,
                value=one.number,
                since=one.on.text,
                details=(("counted", one.counted),),
                grounds=(one.ground,),
            )
            for one in sorted(tallies, key=lambda one: (one.on, one.ground.ref))
        )
        if not items:
            return ()
        figure = Figure(
            code="told",
            label=N_("Persons, as told"),
            unit="persons",
            value=sum(item.share for item in items),
            counted=N_(
                "Persons expelled, as our chronicle’s sources number them; never one by one."
            ),
            items=items,
        )
        return (figure,)


def _taken_back(request: Request, on: date) -> bool:
    return request.withdrawn and request.ended is not None and request.ended <= on


PERSONS: Final = N_("Persons in notices that declare them not acceptable, a line each.")
LEFT: Final = N_("Lines of these notices to which the departure was notified.")
