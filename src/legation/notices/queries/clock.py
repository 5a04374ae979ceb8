"""What runs for a notice: until when, by whose word, and which days were not counted."""

from dataclasses import dataclass

from legation.acts.clocks import Due, Skipped
from legation.acts.kinds.clock import Accepted, ClockState, clock_thing
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.notices import Clock
from legation.acts.places import is_paper
from legation.line.node import Node
from legation.line.queries.book import Overlay
from legation.notices import due
from legation.notices.queries.lists import NoticeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """clock: what runs, or None. binds: by both sides' word when the notice was released.

    named: the day that its sender named, where that is what is asked for. ours, theirs: each
    side's newest word on this kind, or None. due: the deadline as counted, None before receipt.
    told: the days that were not counted and are worth telling. unknown: party and year of each
    calendar that is not declared, so that the day may still move.
    """

    clock: Clock | None
    binds: bool
    named: str
    ours: Accepted | None
    theirs: Accepted | None
    due: Due | None
    told: tuple[Skipped, ...]
    unknown: tuple[tuple[str, int], ...]


def clock_view(node: Node, thing: NoticeState, line: NoticeLine, known: Overlay) -> ClockView:
    """Return what runs for a notice; a read or two where working days are counted.

    known: things as they stand, the kind's clock read before.
    """
    clock = due.read(line.clock)
    found = None
    start = due.begins(line.at, line.received_at)
    if clock is not None and start is not None:
        years = range(start.year, start.year + 2)
        asked = years if clock.unit == due.WORKING_DAYS else ()
        calendars = due.calendars_of(node, asked, paper=is_paper(thing.index))
        found = due.counted(clock, start, calendars)
    state = known.get(clock_thing(thing.kind))
    words = state if isinstance(state, ClockState) else ClockState(id="", kind=thing.kind)
    other = line.addressee if line.ours else line.by
    return ClockView(
        clock=clock,
        binds=line.due_binding,
        named="" if line.due_binding or thing.asked_by is None else thing.asked_by.text,
        ours=words.word(node.party),
        theirs=words.word(other),
        due=found,
        told=() if found is None else tuple(each for each in found.skipped if each.differs),
        unknown=() if found is None else found.missing,
    )
