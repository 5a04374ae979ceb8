"""Calendars and clocks as a desk sees to them: drafted here, declared and accepted by acts.

What a state's holidays are is taken from the library `holidays` as a proposal; an officer reads
it before it is cleared, and may declare other days. Nothing else in the program asks the library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from typing import Final

import holidays
from django.utils.translation import gettext

from legation.acts.catalogue import newest_kind, notice_kinds
from legation.acts.clocks import WEEKDAYS, accepted
from legation.acts.codec import from_json, to_json
from legation.acts.kinds.calendar import Calendar, CalendarDeclared
from legation.acts.kinds.clock import ClockAccepted, ClockState, clock_thing
from legation.acts.notices import Clock
from legation.acts.state import State
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.line.queries.book import Overlay
from legation.line.services.append import NewAct
from legation.line.services.rehearsal import rehearse
from legation.notices.services import correspondents, is_drafted
from legation.officers import services as officers
from legation.officers.services import Draft, Officer
from legation.officers.wording import DraftedAct
from legation.record.canon import Json
from legation.ui.templatetags.parts import clock_words

NAME: Final = 80
"""Characters of a holiday's name in a calendar."""
LANGUAGE: Final = "en_US"


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A kind's clock. asked: what its notices ask for. ours, theirs: each side's word.

    in_force: the clock that binds notices released from now on, or None.
    """

    kind: str
    title: str
    asked: Clock | None
    ours: Clock | None
    theirs: Clock | None
    in_force: Clock | None


def proposed(party: str, year: int) -> dict[str, Json]:
    """Return the body of `calendar.declared` for a state and a year, as the library knows it.

    party: a code of ISO 3166. Raises Refusal "no-holidays" for a state or a year that it does not
    know: an officer then writes the days.
    """
    try:
        known = holidays.country_holidays(party, years=year, language=LANGUAGE)
    except NotImplementedError:
        raise _unknown(party, year) from None
    if not known:
        raise _unknown(party, year)
    # Of some states the library keeps the worked weekends of all years in one list.
    worked = [day for day in getattr(known, "weekend_workdays", ()) if day.year == year]
    body: dict[str, Json] = {
        "year": year,
        "weekend": [name for number, name in enumerate(WEEKDAYS) if number in known.weekend],
        "days": [
            {"day": day.isoformat(), "name": " · ".join(known.get_list(day))[:NAME]}
            for day in sorted(known)
            if day.year == year
        ],
        "sources": [f"PyPI holidays {version('holidays')}"],
    }
    if worked:
        body["worked"] = [day.isoformat() for day in sorted(worked)]
    return to_json(from_json(CalendarDeclared, body, _name(party, year)))


def draft_calendar(
    node: Node,
    *,
    year: int,
    data: Mapping[str, Json] | None = None,
    by: Officer | str,
    at: datetime,
) -> Draft:
    """Draft the declaration of our calendar of a year.

    data: as `calendar.declared`, or None to have it proposed. Raises Refusal "no-holidays", and
    with every fault of the data at once.
    """
    name = _name(node.party, year)
    body = proposed(node.party, year) if data is None else dict(data)
    body = to_json(from_json(CalendarDeclared, {"year": year, **body}, name))
    _check_worked(body, name)
    act = DraftedAct(type=CalendarDeclared.type, on=name, body=body)
    return _draft(node, act, title=gettext("Calendar of %(year)d") % {"year": year}, by=by, at=at)


def draft_clock(
    node: Node, *, kind: str, amount: int, unit: str, by: Officer | str, at: datetime
) -> Draft:
    """Draft our acceptance of a clock for a kind of notice.

    unit: "hours", "days" or "working_days". Raises Refusal "kind", "duplicate" where we have
    accepted just this, "drafted" while another clock for the kind waits as a draft of ours, and
    for an amount or unit that is none.
    """
    newest_kind(kind)
    given: dict[str, Json] = {"kind": kind, "amount": amount, "unit": unit}
    told = from_json(ClockAccepted, given, kind)
    body = to_json(told)
    name = clock_thing(kind)
    if is_drafted(node, on=name):
        raise Refusal(
            "drafted",
            thing=N_("Clock for {kind}"),
            rule=N_("a kind has one clock, and a draft of ours for it is open."),
            remedy=N_("Release or discard that draft first."),
            kind=kind,
        )
    act = DraftedAct(type=ClockAccepted.type, on=name, body=body)
    said = clock_words(Clock(told.amount, told.unit))
    title = f"{gettext(newest_kind(kind).title)}: {said}"
    return _draft(node, act, title=title, by=by, at=at)


def clocks(node: Node) -> tuple[ClockLine, ...]:
    """Return the clock of every kind of notice, by code."""
    parties = correspondents(node)
    held = Overlay(node.alias, node.catalogue)
    held.prefetch(clock_thing(code) for code, _ in notice_kinds())
    state = State(held, parties)
    other = parties.other(node.party).party
    lines = []
    for code in sorted({code for code, _ in notice_kinds()}):
        kind = newest_kind(code)
        said = state.find(ClockState, clock_thing(code)) or ClockState(id="", kind=code)
        ours, theirs = (said.word(party) for party in (node.party, other))
        lines.append(
            ClockLine(
                kind=code,
                title=kind.title,
                asked=kind.clock,
                ours=None if ours is None else ours.clock,
                theirs=None if theirs is None else theirs.clock,
                in_force=accepted(state, code),
            )
        )
    return tuple(lines)


def declared(node: Node) -> tuple[Calendar, ...]:
    """Return the calendars that both sides have declared, by party and year."""
    held = Overlay(node.alias, node.catalogue)
    names = [name for name in held if name.startswith(f"{Calendar.prefix}/")]
    held.prefetch(names)
    found = (held.get(name) for name in sorted(names))
    return tuple(each for each in found if isinstance(each, Calendar))


def _check_worked(body: Mapping[str, Json], name: str) -> None:
    """Refuse a year without a day on which offices are open."""
    year = from_json(CalendarDeclared, dict(body), name)
    rest = {WEEKDAYS.index(each) for each in year.weekend}
    closed = {each.day.first for each in year.days}
    ordinals = range(date(year.year, 1, 1).toordinal(), date(year.year, 12, 31).toordinal() + 1)
    days = (date.fromordinal(each) for each in ordinals)
    if not year.worked and all(day.weekday() in rest or day in closed for day in days):
        raise Refusal(
            "no-working-day",
            thing=N_("Calendar {name}"),
            rule=N_("a year has at least one working day."),
            remedy=N_("Take days out of it."),
            name=name,
        )


def _draft(node: Node, act: DraftedAct, *, title: str, by: Officer | str, at: datetime) -> Draft:
    with writing(node.alias):
        row = officers.draft(node, acts=[act], title=title, by=by, at=at)
        rehearse(node, [NewAct(type=act.type, on=act.on, body=act.body)], at=at)
    return row


def _name(party: str, year: int) -> str:
    return f"{Calendar.prefix}/{party}-{year}"


def _unknown(party: str, year: int) -> Refusal:
    return Refusal(
        "no-holidays",
        thing=N_("Calendar of {party}, {year}"),
        rule=N_("the library of holidays knows no such state or year."),
        remedy=N_("Write the days yourself, and give them as JSON."),
        party=party,
        year=year,
    )
