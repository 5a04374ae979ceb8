"""What would help most: each cause lifted, judged again, ranked; mirrored measures as one."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from legation.acts.catalogue import newest_kind
from legation.missions.readiness.helping import matters_that_would_help, what_would_help
from legation.missions.readiness.judge import judge
from legation.record.canon import Json
from missions.readiness.made import ON, World, a_world, in_order

POST = "post/XA-MIS"


def test_helps_come_by_posts_then_cells_then_days() -> None:
    world = in_order()
    world.says(POST, head_rank="vacant", since="2025-04-01")
    world.rule("regime/B2", "permission", since="2021")
    world.says("post/XA-TWO", type="consulate", city="Zed", status="open")
    world.says("channel/XA-2", post=POST, state="closed", since="2022")
    helps = what_would_help(world.facts, ON)
    assert [each.lifts for each in helps] == [
        (f"{POST}.head_rank",),
        ("regime/B2",),
        ("channel/XA-2",),
    ]
    first, second, third = helps
    assert first.posts == (POST,)
    assert second.cells == (("post/XA-MIS", "movement"), ("post/XA-TWO", "movement"))
    assert (second.move, second.matter, second.draft) == (("XB",), "movement", "note")
    assert third.matter == "banking"
    assert third.days == (ON - date(2022, 1, 1)).days


@pytest.mark.parametrize(
    ("fields", "essential"),
    [
        ({"head_rank": "vacant"}, "representation"),
        ({"protection": "reduced"}, "protection"),
        ({"communications": "cut"}, ""),
    ],
)
def test_a_help_names_a_kind_of_notice_that_would_ask_for_it(
    fields: dict[str, str], essential: str
) -> None:
    (help_,) = what_would_help(in_order().tell(POST, dict(fields), since="2025-02").facts, ON)
    assert newest_kind(help_.draft).essential in (essential, "")


def test_what_a_state_does_itself_asks_for_no_notice() -> None:
    world = in_order().says("slot/XA-1", post=POST, state="filled")
    world.says("person/XA-1", slot="slot/XA-1", acceptable="not_acceptable")
    (help_,) = what_would_help(world.facts, ON)
    assert (help_.move, help_.draft) == (("XA",), "")


def test_two_helps_are_told_together_only_where_neither_does_alone() -> None:
    world = in_order().says(POST, head_rank="vacant", communications="cut", since="2025-02")
    helps = {each.lifts: each for each in what_would_help(world.facts, ON)}
    pair = (f"{POST}.communications", f"{POST}.head_rank")
    assert helps[pair].posts == (POST,)
    assert [each.posts for lifts, each in helps.items() if len(lifts) == 1] == [(), ()]
    assert len(helps) == 3


def test_two_helps_of_which_one_does_it_alone_are_not_told_together() -> None:
    world = in_order().says(POST, head_rank="vacant", since="2025-02")
    world.says("channel/XA-1", state="closed", since="2025-02")
    assert [each.lifts for each in what_would_help(world.facts, ON)] == [
        (f"{POST}.head_rank",),
        ("channel/XA-1",),
    ]


def test_one_cause_of_several_is_told_to_ease_and_comes_last() -> None:
    world = in_order()
    world.says("limit/XB-1", kind="visa_length", state="in_force")
    world.says("limit/XB-2", kind="visa_number", state="in_force")
    one, other = what_would_help(world.facts, ON)
    assert (one.cells, one.eases) == ((), ((POST, "entry_visas"),))
    assert (other.cells, other.eases) == ((), ((POST, "entry_visas"),))


def test_all_requests_that_wait_too_long_are_answered_together() -> None:
    world = in_order()
    for number, days in enumerate((100, 70, 61, 60)):
        world.asks(f"XA-{number + 10}", "entry_visas", ON - timedelta(days=days))
    (help_,) = what_would_help(world.facts, ON)
    assert help_.cells == ((POST, "entry_visas"),)
    assert [str(each) for each in help_.because] == ["Requests waiting: 3, the oldest for 100 days"]
    again = judge(POST, world.facts, ON, lifted=frozenset(help_.lifts))
    assert again.cells["entry_visas"].state == "in_order"


def test_a_matter_is_settled_whole_on_both_sides() -> None:
    world = in_order().rule("regime/B2", "permission", since="2021")
    world.says("channel/XA-2", post=POST, state="closed", since="2022")
    world.says("channel/XA-3", post=POST, state="slow", since="2023")
    world.says("post/XB-ONE", sending="XB", type="embassy", city="Ex", status="open")
    world.rule("regime/A1", "closed", by="XA", since="2020")
    movement, banking = matters_that_would_help(world.facts, ON)
    assert (movement.matter, movement.move) == ("movement", ("XA", "XB"))
    assert movement.lifts == ("regime/A1", "regime/B2")
    assert movement.cells == ((POST, "movement"), ("post/XB-ONE", "movement"))
    assert (banking.matter, banking.cells) == ("banking", ((POST, "money"),))
    assert str(banking.what) == "Money: all that is known against it is lifted"


def test_a_list_of_premises_is_lifted_as_one() -> None:
    world = in_order()
    for name in ("premises/A2", "premises/A3"):
        world.says(name, post=POST, use="residence", access="denied", lists=["six"])
    (help_,) = what_would_help(world.facts, ON)
    assert help_.lifts == ("list/XA-six",)
    assert help_.cells == ((POST, "premises"),)
    assert str(help_.what) == "Access to the list “six”"


def test_a_ban_in_force_carries_the_places_that_it_keeps_empty() -> None:
    world = a_world(head_rank="charge")
    for number in range(10):
        name = f"slot/XA-{number}"
        world.says(name, post=POST, state="vacant" if number < 5 else "filled")
        if number < 5:
            world.says(name, why_empty="hiring_ban")
    world.says("limit/XB-1", kind="local_hire", state="in_force")
    people = [each for each in what_would_help(world.facts, ON) if (POST, "people") in each.cells]
    assert [each.lifts for each in people] == [("limit/XB-1",)]


def limited_on_both_sides(theirs: Mapping[str, Json], ours: Mapping[str, Json]) -> World:
    """XB limits XA's staff, and XA limits XB's: each limit as given."""
    world = in_order().tell("limit/XB-1", {**theirs, "state": "in_force"}, since="2022")
    world.says("post/XB-ONE", sending="XB", type="embassy", city="Ex", status="open")
    world.tell("limit/XA-1", {**ours, "state": "in_force"}, sending="XB", since="2021")
    return world


def test_a_measure_that_both_sides_apply_alike_is_one_help_and_a_move_of_both() -> None:
    limit: Mapping[str, Json] = {"kind": "visa_length", "number": 3}
    world = limited_on_both_sides(limit, {**limit, "rule": "three years, in other words"})
    (both,) = what_would_help(world.facts, ON)
    assert (both.lifts, both.move) == (("limit/XA-1", "limit/XB-1"), ("XA", "XB"))
    assert {post for post, _ in (*both.cells, *both.eases)} == {POST, "post/XB-ONE"}
    assert str(both.what) == "The limit is raised or lifted, on both sides alike"
    assert both.days == (ON - date(2021, 1, 1)).days


@pytest.mark.parametrize(
    "theirs",
    [
        {"kind": "visa_length", "number": 1},
        {"kind": "visa_number", "number": 3},
        {"kind": "visa_length", "rule": "three"},
    ],
    ids=["another number", "another kind", "words for a number"],
)
def test_measures_that_differ_stay_two_helps(theirs: dict[str, Json]) -> None:
    world = limited_on_both_sides(theirs, {"kind": "visa_length", "number": 3})
    helps = what_would_help(world.facts, ON)
    assert sorted((each.lifts, each.move) for each in helps) == [
        (("limit/XA-1",), ("XA",)),
        (("limit/XB-1",), ("XB",)),
    ]


def test_two_limits_of_one_side_are_no_mirror() -> None:
    world = in_order()
    for name in ("limit/XB-1", "limit/XB-2"):
        world.says(name, kind="visa_length", number=3, state="in_force")
    assert len(what_would_help(world.facts, ON)) == 2
