"""Until when an answer is asked for: both nodes say the same day; only an accepted clock binds."""

from datetime import UTC, date, datetime
from typing import Any

from legation.line import queries as line
from legation.line.services import NewAct, book
from legation.line.services.rebuilding import rebuild
from legation.notices import calendars, effects, queries
from legation.notices.models import Notice
from legation.notices.queries import Filters
from notices.conftest import Desk, Desks, a_note, an_access

DAY = 24 * 3600


def row(desk: Desk, notice: str) -> Notice:
    return Notice.objects.using(desk.node.alias).get(id=notice)


def accepts(desk: Desk, amount: int, unit: str, kind: str = "premises.access") -> None:
    draft = calendars.draft_clock(
        desk.node, kind=kind, amount=amount, unit=unit, by="Ada", at=desk.now()
    )
    desk.leaves(draft)


def declares(desk: Desk, **days: str) -> None:
    """Declare 2026 and 2027; days: "d1126" = name of the holiday on 26 November 2026."""
    for year in (2026, 2027):
        closed = [
            {"day": f"{year}-{key[1:3]}-{key[3:]}", "name": name}
            for key, name in sorted(days.items())
            if year == 2026
        ]
        data: Any = {"days": closed}
        desk.leaves(
            calendars.draft_calendar(desk.node, year=year, data=data, by="Ada", at=desk.now())
        )


def agree(desks: Desks, amount: int, unit: str) -> None:
    for desk in (desks.a, desks.b):
        accepts(desk, amount, unit)
    desks.sync()


def both(desks: Desks, notice: str) -> Notice:
    """Return the notice's row, which must be due alike on both nodes."""
    here, there = row(desks.a, notice), row(desks.b, notice)
    assert (here.due_at, here.due_binding, here.clock) == (
        there.due_at,
        there.due_binding,
        there.clock,
    )
    return here


def test_what_a_kind_asks_for_runs_from_the_receipt_and_never_becomes_overdue(
    desks: Desks,
) -> None:
    notice = desks.a.sends("premises.access", **an_access())
    assert row(desks.a, notice).due_at is None  # nobody has received it
    desks.sync()
    asked = both(desks, notice)
    assert asked.clock == "30 days"
    assert asked.due_at == datetime(2026, 12, 24, tzinfo=UTC)
    assert not asked.due_binding
    desks.tick(60 * DAY)
    line = queries.notices(desks.a.node, Filters(due="passed")).rows[0]
    assert (line.id, line.overdue) == (notice, False)
    assert queries.notices(desks.a.node, Filters(due="over")).total == 0


def test_a_clock_that_both_accepted_makes_it_overdue(desks: Desks) -> None:
    agree(desks, 48, "hours")
    notice = desks.a.sends("premises.access", **an_access())
    desks.sync()
    bound = both(desks, notice)
    assert bound.due_binding
    assert bound.due_at is not None
    assert bound.received_at is not None
    assert (bound.due_at - bound.received_at).total_seconds() == 2 * DAY
    desks.tick(2 * DAY)
    assert [each.overdue for each in queries.notices(desks.b.node, Filters(due="over")).rows] == [
        True
    ]


def test_one_side_s_word_binds_nobody(desks: Desks) -> None:
    accepts(desks.a, 48, "hours")
    desks.sync()
    notice = desks.a.sends("premises.access", **an_access())
    desks.sync()
    assert not both(desks, notice).due_binding


def test_a_calendar_declared_later_moves_the_day_on_both_nodes_alike(desks: Desks) -> None:
    agree(desks, 3, "working_days")
    notice = desks.a.sends("premises.access", **an_access())
    desks.sync()
    assert both(desks, notice).due_at == datetime(2026, 11, 27, tzinfo=UTC)  # Monday + 3 days
    declares(desks.a, d1126="Thanksgiving Day")
    assert row(desks.a, notice).due_at == datetime(2026, 11, 28, tzinfo=UTC)
    desks.sync()
    assert both(desks, notice).due_at == datetime(2026, 11, 28, tzinfo=UTC)
    before = sorted(effects.rows(desks.b.node), key=lambda each: each[:2])
    rebuild(desks.b.node)
    assert sorted(effects.rows(desks.b.node), key=lambda each: each[:2]) == before


def test_a_calendar_on_paper_moves_no_day_of_the_record(desks: Desks) -> None:
    """It was declared before the peer came, and is ours only: their desk does not count on it."""
    agree(desks, 3, "working_days")
    notice = desks.a.sends("premises.access", **an_access())
    desks.sync()
    data: Any = {"year": 2026, "days": [{"day": "2026-11-26", "name": "Thanksgiving Day"}]}
    act = NewAct(type="calendar.declared", on=f"calendar/{desks.a.party}-2026", body=data)
    book.enter(desks.a.node, [act], by="Ada", at=desks.a.now())
    late = desks.a.sends("premises.access", **an_access())
    desks.sync()
    for each in (notice, late):
        assert both(desks, each).due_at == datetime(2026, 11, 27, tzinfo=UTC)
        found = queries.page(desks.a.node, each).clock.due
        assert found is not None
        assert found.at == datetime(2026, 11, 27, tzinfo=UTC)
    assert line.verify_record(desks.a.node).faults == []
    declares(desks.a, d1126="Thanksgiving Day")
    desks.sync()
    assert both(desks, notice).due_at == datetime(2026, 11, 28, tzinfo=UTC)


def test_the_day_that_a_sender_names_stands_before_what_the_kind_asks_for(desks: Desks) -> None:
    notice = desks.a.sends("premises.access", **an_access(asked_by="2026-12-01"))
    desks.sync()
    assert both(desks, notice).due_at == datetime(2026, 12, 2, tzinfo=UTC)
    assert queries.by_ids(desks.a.node, [notice])[notice].due_day == date(2026, 12, 1)


def test_nothing_is_due_once_it_is_answered(desks: Desks) -> None:
    notice = desks.a.sends("premises.access", **an_access())
    desks.sync()
    desks.b.answers(notice, "refused")
    desks.sync()
    assert both(desks, notice).due_at is None


def test_what_comes_due_is_counted_as_the_list_shows_it(desks: Desks) -> None:
    for number in range(3):
        desks.a.sends("premises.access", **an_access(asked_by=f"2026-12-0{number + 1}"))
    desks.a.sends("note", **a_note())
    found = queries.waits(desks.a.node, most=2)
    assert found.due_count == queries.notices(desks.a.node, Filters(due="soon")).total == 3
    assert [str(line.due_day) for line in found.due] == ["2026-12-01", "2026-12-02"]


def test_a_due_filter_shows_as_many_as_it_counts_once_some_have_passed(desks: Desks) -> None:
    for day in ("2026-11-24", "2026-12-10", "2027-05-01"):
        desks.a.sends("premises.access", **an_access(asked_by=day))
    desks.tick(3 * DAY)
    for name, wanted in {"over": 0, "passed": 1, "soon": 1, "later": 1}.items():
        shown = queries.notices(desks.a.node, Filters(due=name))
        assert (shown.total, len(shown.rows)) == (wanted, wanted), name
