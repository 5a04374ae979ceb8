"""Clocks: who accepted which, which notice one binds, and when it runs out."""

from datetime import UTC, date, datetime

import pytest

from legation.acts.clocks import Calendars, Closed, Due, accepted, due
from legation.acts.notices import Clock
from legation.errors import Refusal
from legation.record.canon import Json
from world import Body, Node, World, a_note

FRIDAY = datetime(2026, 12, 4, 15, 30, tzinfo=UTC)


def _accepts(node: Node, amount: int, unit: str = "days", kind: str = "note") -> str | None:
    body: Body = {"kind": kind, "amount": amount, "unit": unit}
    return node.code(node.acts("clock.accepted", on=f"clock/{kind}", body=body))


def _declares(node: Node, year: int, *days: tuple[str, str], **more: Json) -> None:
    closed: list[Json] = [{"day": day, "name": name} for day, name in days]
    body: Body = {"year": year, "days": closed, **more}
    index = node.acts("calendar.declared", on=f"calendar/{node.party}-{year}", body=body)
    assert node.code(index) is None


def _counted(world: World, clock: Clock, start: datetime = FRIDAY) -> Due:
    one, other = (due(clock, start, Calendars.of(node.folded.state)) for node in (world.a, world.b))
    assert one == other, "both nodes count alike"
    return one


# --- Which clock is in force


def test_a_clock_is_in_force_once_both_accept_the_same() -> None:
    world = World()
    assert _accepts(world.a, 30) is None
    assert accepted(world.b.folded.state, "note") is None
    assert _accepts(world.b, 60) is None
    assert accepted(world.b.folded.state, "note") is None
    assert _accepts(world.b, 30) is None
    assert accepted(world.a.folded.state, "note") == Clock(30, "days")
    assert _accepts(world.a, 30, "working_days") is None
    assert accepted(world.b.folded.state, "note") is None
    assert world.a.state == world.b.state


def test_a_kind_has_one_clock_and_the_same_word_twice_says_nothing() -> None:
    world = World()
    assert _accepts(world.a, 30) is None
    assert _accepts(world.a, 30) == "duplicate"
    other: Body = {"kind": "note", "amount": 5, "unit": "hours"}
    index = world.a.acts("clock.accepted", on="clock/premises.access", body=other)
    assert world.a.code(index) == "subject"
    for body in ({**other, "amount": 0}, {**other, "unit": "weeks"}, {**other, "kind": "A B"}):
        index = world.a.acts("clock.accepted", on="clock/note", body=body)
        assert world.a.code(index) == "schema"


def test_a_notice_is_bound_by_the_clock_that_both_had_accepted_when_it_left() -> None:
    world = World()
    before = world.a.sends(a_note())
    _accepts(world.a, 30)
    _accepts(world.b, 30)
    bound = world.a.sends(a_note())
    assert _accepts(world.b, 900) is None
    after = world.a.sends(a_note())
    clocks = [world.b.notice(each).clock for each in (before, bound, after)]
    assert clocks == [None, Clock(30, "days"), None]


def test_what_crossed_on_the_way_binds_nobody_who_had_not_seen_it() -> None:
    world = World()
    _accepts(world.a, 30)
    world.cut()
    _accepts(world.b, 30)
    note = world.a.sends(a_note())
    theirs = world.b.sends(a_note())
    world.mend()
    assert world.a.notice(note).clock is None, "its author had not seen their word"
    assert world.a.notice(theirs).clock == Clock(30, "days")
    assert world.a.state == world.b.state


def test_a_side_changes_its_mind_64_times_at_most() -> None:
    world = World()
    told = [_accepts(world.a, amount) for amount in range(1, 66)]
    assert told == [None] * 64 + ["too-many"]


# --- When it runs out


def test_hours_and_days_run_through_every_calendar() -> None:
    world = World()
    assert _counted(world, Clock(24, "hours")).at == datetime(2026, 12, 5, 15, 30, tzinfo=UTC)
    counted = _counted(world, Clock(30, "days"))
    assert (counted.day, counted.at) == (
        date(2027, 1, 3),
        datetime(2027, 1, 4, tzinfo=UTC),
    )
    assert not counted.over(datetime(2027, 1, 3, 23, 59, tzinfo=UTC))
    assert counted.over(counted.at)
    assert counted.firm


def test_a_working_day_is_one_that_both_work_and_each_skipped_day_says_why() -> None:
    world = World()
    _declares(world.a, 2026, ("2026-12-07", "Founders’ Day"))
    _declares(world.b, 2026, ("2026-12-08", "Day of the Charter"), weekend=["fri", "sat"])
    counted = _counted(world, Clock(2, "working_days"))
    assert counted.day == date(2026, 12, 10)
    assert [(each.day.day, each.parties, each.names) for each in counted.skipped] == [
        (5, ("XA", "XB"), ()),
        (6, ("XA",), ()),
        (7, ("XA",), ("Founders’ Day",)),
        (8, ("XB",), ("Day of the Charter",)),
    ]
    assert counted.skipped[1].closed == (Closed("XA", "weekend"),)
    assert [each.differs for each in counted.skipped] == [False, True, True, True]
    assert counted.firm


def test_a_weekend_day_that_is_worked_counts() -> None:
    world = World()
    _declares(world.a, 2026, worked=["2026-12-05"])
    _declares(world.b, 2026, worked=["2026-12-05"])
    assert _counted(world, Clock(1, "working_days")).day == date(2026, 12, 5)


def test_a_year_without_a_calendar_is_said_and_counted_with_its_weekends_only() -> None:
    world = World()
    _declares(world.a, 2026, weekend=["fri", "sat"])
    _declares(world.b, 2026)
    start = datetime(2026, 12, 30, tzinfo=UTC)
    counted = _counted(world, Clock(2, "working_days"), start)
    assert counted.day == date(2027, 1, 4), "Thursday, then Friday to Sunday, then Monday"
    assert counted.missing == (("XA", 2027), ("XB", 2027))
    assert not counted.firm
    assert _counted(world, Clock(1, "working_days"), start).firm


def test_calendars_that_leave_no_day_to_work_are_refused() -> None:
    world = World()
    for year in (2026, 2027, 2028):
        _declares(world.a, year, weekend=["mon", "tue", "wed", "thu"])
        _declares(world.b, year, weekend=["fri", "sat", "sun"])
    with pytest.raises(Refusal) as refused:
        _counted(world, Clock(1, "working_days"))
    assert refused.value.code == "no-working-day"
