"""The difference between two boards in words, and a post over the years."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from legation.acts.notices import Spending
from legation.missions.readiness.comparing import differences
from legation.missions.readiness.judge import judge, judge_all
from legation.missions.readiness.years import strip
from missions.readiness.made import ON, World, in_order

POST = "post/XA-MIS"


def test_differences_say_what_changed_between_two_days() -> None:
    world = in_order().says(POST, communications="cut", since="2025-03")
    world.rule("regime/B2", "permission", since="2025-03")
    world.rule("regime/B3", "permission", since="2025-04")
    facts = world.facts
    before, after = judge_all(facts, date(2025, 2, 1)), judge_all(facts, date(2025, 3, 1))
    assert [str(each) for each in differences(before, after)] == [
        "Wye (XA): from operates to cannot operate. Cannot operate: Communications",
        "Wye (XA), Communications: from in order to blocked. Lines and bag are cut since 2025-03",
        "Wye (XA), Movement: from in order to strained. Journeys only by permission since 2025-03",
    ]
    assert differences(after, after) == ()
    assert [each.code for each in differences(after, judge_all(facts, ON))] == [
        "cause-gone",
        "cause-new",
    ]


def test_a_verdict_of_which_only_the_reasons_change_is_not_told_as_changed() -> None:
    world = in_order().says(POST, head_rank="charge", since="2025-01")
    world.says("channel/XA-1", state="slow", since="2025-03")
    before, after = judge_all(world.facts, date(2025, 2, 1)), judge_all(world.facts, ON)
    assert [each.code for each in differences(before, after)] == ["cell"]


def test_differences_say_which_posts_and_numbers_are_new() -> None:
    world = in_order().says("post/XA-NEW", type="consulate", city="Zed")
    world.says("post/XA-NEW", status="open", since="2025-03")
    before, after = judge_all(world.facts, date(2025, 2, 1)), judge_all(world.facts, ON)
    assert [each.code for each in differences(before, after)] == ["post-new"]
    assert [str(each) for each in differences(after, before)] == [
        "Zed (XA): no longer on the board"
    ]
    stricter = judge_all(world.facts, ON, thresholds={"visa_strained": 30})
    assert [str(each) for each in differences(after, stricter)] == [
        "Visas are strained when one has waited for more days. From 60 to 30."
    ]


def test_a_post_over_the_years_has_no_gap_and_tells_each_standing_once() -> None:
    world = in_order().says(POST, opened="2010-05-01")
    world.says(POST, head_rank="vacant", since="2015-01-01", until="2015-12-31")
    world.says(POST, status="closed", since="2020", by="XB")
    spans = strip(POST, world.facts, date(2009, 1, 1), date(2024, 12, 31))
    assert [(each.first, each.standing, each.by) for each in spans] == [
        (date(2009, 1, 1), None, ""),
        (date(2010, 5, 1), "operates", ""),
        (date(2015, 1, 1), "cannot", ""),
        (date(2016, 1, 1), "operates", ""),
        (date(2020, 1, 1), "closed", "XB"),
    ]
    assert spans[-1].last == date(2024, 12, 31)


def test_two_closings_of_a_post_are_two_spans() -> None:
    world = in_order().says(POST, status="closed", since="2018", by="XB")
    world.says(POST, status="closed", since="2020", by="XA")
    world.says("premises/A1", access="denied", since="2019-01-01")
    spans = strip(POST, world.facts, date(2018, 6, 1), date(2021, 1, 1))
    assert [(each.first, each.by) for each in spans] == [
        (date(2018, 6, 1), "XB"),
        (date(2020, 1, 1), "XA"),
    ]


def _licence(world: World) -> World:
    world.says("channel/XA-1", licence="licence/XB-1")
    return world.says("licence/XB-1", state="in_force", expires="2025-07-15")


def _quota(world: World) -> World:
    world.rule("regime/B2", "free", since="2024", quota=(1, "month"))
    spends = Spending(regime="regime/B2", day=date(2025, 5, 20))
    return world.asks("XA-8", "", date(2025, 5, 12), spends=spends, answered=(date(2025, 5, 14),))


def _withdrawn(world: World) -> World:
    world.rule("regime/B2", "free", since="2024", quota=(1, "month"))
    spends = Spending(regime="regime/B2", day=date(2025, 5, 20))
    ended = date(2025, 5, 14)
    return world.asks("XA-8", "", date(2025, 5, 12), spends=spends, withdrawn=True, ended=ended)


def _slots(world: World) -> World:
    for number in range(11):
        name = f"slot/XA-{number:02d}"
        world.says(name, post=POST)
        world.says(name, state="vacant" if number else "filled", until="2025-05-20")
        world.says(name, state="filled", since="2025-05-21")
    return world


def _person(world: World) -> World:
    world.says("slot/XA-1", post=POST, state="filled")
    world.says("person/XA-1", slot="slot/XA-1")
    world.says("person/XA-1", acceptable="not_acceptable", since="2025-03-03")
    return world.says("person/XA-1", state="departed", since="2025-03-06")


def _everywhere(world: World) -> World:
    world.says("post/XA-FAR", type="consulate").says("post/XA-FAR", in_place=1, since="2025-05-05")
    return world.says("limit/XB-1", kind="size", number=9, state="in_force")


PASSES: dict[str, Callable[[World], World]] = {
    "a visa that waits for ever": lambda world: world.asks("XA-9", "entry_visas", date(2025, 3, 1)),
    "a visa answered late": lambda world: world.asks(
        "XA-9", "entry_visas", date(2025, 3, 1), answered=(date(2025, 5, 30), date(2025, 7, 1))
    ),
    "a request closed": lambda world: world.asks(
        "XA-9", "premises", date(2025, 3, 1), ended=date(2025, 6, 1)
    ),
    "a lease": lambda world: world.says("premises/A1", lease_end="2025-09"),
    "a licence": _licence,
    "a quota": _quota,
    "a journey taken back": _withdrawn,
    "slots": _slots,
    "somebody not accepted": _person,
    "a limit for all posts": _everywhere,
    "a rule for a month": lambda world: world.rule(
        "regime/B2", "closed", since="2025-04", until="2025-04"
    ),
    "a ban that takes effect": lambda world: world.says(
        "limit/XB-1", kind="local_hire", state="in_force", effective="2025-08-10"
    ),
    "premises left": lambda world: world.says("premises/A1", closed="2025-08"),
    "a field for some days": lambda world: world.says(
        POST, communications="cut", since="2025-02-10", until="2025-02-12"
    ),
    "what we know for some days": lambda world: world.says(
        "service/XA-2", own=True, since="2025-02-10", until="2025-02-12", post=POST, state="moved"
    ),
}


@pytest.mark.parametrize("name", PASSES)
def test_a_strip_turns_on_the_very_day(name: str) -> None:
    facts = PASSES[name](in_order()).facts
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    turns: list[tuple[date, str]] = []
    for count in range(365):
        on = first + timedelta(days=count)
        standing = judge(POST, facts, on).standing
        if not turns or turns[-1][1] != standing:
            turns.append((on, standing))
    assert [(each.first, each.standing) for each in strip(POST, facts, first, last)] == turns
    assert len(turns) > 1


def test_a_post_that_was_shut_between_two_days_is_told_of_with_why() -> None:
    world = in_order().says(POST, consent="withdrawn", since="2025-03-01")
    world.noted(POST, "consent", note="in answer to the closing of ours")
    world.says(POST, status="closed", since="2025-03-02", by="XB")
    before, after = (judge_all(world.facts, date(2025, month, 10)) for month in (2, 3))
    (told,) = [str(each) for each in differences(before, after) if each.code == "standing"]
    assert told.startswith("Wye (XA): from operates to closed. Closed by XB since 2025-03-02")
    assert told.endswith("since 2025-03-01: in answer to the closing of ours")
