"""Receipts: read from heads alone, so a late one refolds nothing."""

from legation.acts.receipts import receipts, received
from legation.acts.state import encode_thing
from world import World, a_note, steps_of


def things(world: World) -> dict[str, bytes]:
    return {thing.id: encode_thing(thing) for thing in world.a.folded.state.things()}


def test_a_notice_is_received_at_the_first_act_that_had_seen_it() -> None:
    world = World()
    note = world.a.sends(a_note())
    assert world.a.receipt(note) is None
    world.b.sees()
    world.b.sees()
    receipt = world.a.receipt(note)
    assert receipt is not None
    assert (receipt.party, receipt.index, receipt.upto) == ("XB", 0, 1)
    assert receipt.at == "2026-11-23T09:02:00Z"
    assert world.b.receipt(note) == receipt


def test_what_was_not_seen_yet_is_not_received() -> None:
    world = World()
    first = world.a.sends(a_note())
    world.cut()
    second = world.a.sends(a_note())
    world.b.sees()
    world.mend()
    assert world.a.receipt(first) is not None
    assert world.a.receipt(second) is None


def test_a_late_receipt_changes_no_thing() -> None:
    world = World()
    note = world.a.sends(a_note())
    before = things(world)
    world.b.sees()
    assert things(world) == before
    assert world.a.receipt(note) is not None


def test_only_growth_makes_a_step() -> None:
    steps = receipts("XB", [(0, "t0"), (2, "t1"), (1, "t2"), (2, "t3"), (5, "t4")])
    assert [(step.index, step.upto, step.at) for step in steps] == [(1, 2, "t1"), (4, 5, "t4")]
    assert [step and step.at for step in (received(steps, place) for place in range(6))] == [
        "t1",
        "t1",
        "t4",
        "t4",
        "t4",
        None,
    ]


def test_an_act_without_effect_is_a_receipt_all_the_same() -> None:
    """Its log had seen the entry: what it says is another matter."""
    world = World()
    note = world.a.sends(a_note())
    world.b.acts("no.such")
    assert world.a.receipt(note) is not None


def test_both_nodes_list_the_same_steps() -> None:
    world = World()
    for _ in range(3):
        world.a.sends(a_note())
        world.b.sees()
        world.a.sees()
    assert steps_of(world.parties, *world.a.logs) == steps_of(world.parties, *world.b.logs)
