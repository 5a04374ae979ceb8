"""Calendars drafted from the library of holidays, and clocks that both desks accept."""

from typing import Any

import pytest

from legation.acts.clocks import Calendars, accepted, due
from legation.acts.notices import Clock
from legation.acts.state import State
from legation.errors import Refusal
from legation.line.queries import verify_record
from legation.line.queries.standing import Current
from legation.line.services import NewAct, book
from legation.notices import calendars
from legation.notices.services import correspondents
from notices.conftest import Desk, Desks, a_note


def _accepts(desk: Desk, amount: int = 5, kind: str = "note") -> Any:
    return calendars.draft_clock(
        desk.node, kind=kind, amount=amount, unit="working_days", by="Ada", at=desk.now()
    )


def _declares(desk: Desk, year: int, **how: Any) -> Any:
    return calendars.draft_calendar(desk.node, year=year, by="Ada", at=desk.now(), **how)


def test_a_state_s_year_is_proposed_with_the_names_of_its_holidays_and_worked_weekends() -> None:
    us = calendars.proposed("US", 2026)
    assert {"day": "2026-07-04", "name": "Independence Day"} in us["days"]  # type: ignore[operator] # a list
    assert us["weekend"] == ["sat", "sun"]
    assert calendars.proposed("RU", 2025)["worked"] == ["2025-11-01"]
    assert calendars.proposed("IR", 2026)["weekend"] == ["fri"]
    for party in ("CN", "BY", "KZ"):  # whose worked weekends come for all years at once
        worked: Any = calendars.proposed(party, 2024)["worked"]
        assert {day[:4] for day in worked} == {"2024"}


def test_both_desks_declare_accept_and_count_the_same_deadline(desks: Desks) -> None:
    for desk in (desks.a, desks.b):
        desk.leaves(_declares(desk, 2026))
        desk.leaves(_accepts(desk))
        desks.sync()
    note = desks.a.sends("note", **a_note())
    desks.sync()
    told = []
    for desk in (desks.a, desks.b):
        state = State(Current(desk.node.alias), correspondents(desk.node))
        notice: Any = state.get(note)
        assert notice.clock == accepted(state, "note") == Clock(5, "working_days")
        told.append(due(notice.clock, desks.pair.clock.at, Calendars.of(state)))
        (line,) = [each for each in calendars.clocks(desk.node) if each.kind == "note"]
        assert line.in_force == line.ours == line.theirs == Clock(5, "working_days")
    assert told[0] == told[1]
    assert ("Thanksgiving Day",) in [each.names for each in told[0].skipped]
    assert len(calendars.declared(desks.a.node)) == 2


def test_the_record_s_later_clock_stands_over_one_on_paper(desks: Desks) -> None:
    """As every word of the record does: the desk shows the clock that binds, and no other."""
    given: Any = {"kind": "note", "amount": 9, "unit": "days"}
    act = NewAct(type="clock.accepted", on="clock/note", body=given)
    book.enter(desks.a.node, [act], by="Ada", at=desks.a.now())
    (line,) = [each for each in calendars.clocks(desks.a.node) if each.kind == "note"]
    assert line.ours == Clock(9, "days")
    for desk in (desks.a, desks.b):
        desk.leaves(_accepts(desk))
        desks.sync()
    for desk in (desks.a, desks.b):
        (line,) = [each for each in calendars.clocks(desk.node) if each.kind == "note"]
        assert line.in_force == line.ours == line.theirs == Clock(5, "working_days")
    assert verify_record(desks.a.node).faults == []


def test_a_kind_has_one_clock(desks: Desks) -> None:
    waiting = _accepts(desks.a)
    with pytest.raises(Refusal) as refused:
        _accepts(desks.a, 6)
    assert refused.value.code == "drafted"
    desks.a.leaves(waiting)
    with pytest.raises(Refusal) as refused:
        _accepts(desks.a)
    assert refused.value.code == "duplicate"
    with pytest.raises(Refusal) as refused:
        _accepts(desks.a, kind="nothing.such")
    assert refused.value.code == "kind"
    assert _accepts(desks.a, 6)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param({"days": [{"day": "2027-01-01", "name": "X"}]}, "day", id="another year"),
        pytest.param({"weekend": ["funday"]}, "choice", id="no day of the week"),
        pytest.param({"days": [{"day": "2026-02-30", "name": "X"}]}, "day", id="no such day"),
    ],
)
def test_a_calendar_that_cannot_be(data: Any, code: str, desks: Desks) -> None:
    with pytest.raises(Refusal) as refused:
        _declares(desks.a, 2026, data=data)
    assert refused.value.code == code


def test_a_state_that_the_library_does_not_know_writes_its_own_days() -> None:
    for party, year in (("XA", 2026), ("RU", 1800)):
        with pytest.raises(Refusal) as refused:
            calendars.proposed(party, year)
        assert refused.value.code == "no-holidays"
