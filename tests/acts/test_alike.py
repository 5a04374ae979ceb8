"""Both nodes alike: whatever arrives when, the same logs give the same bytes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acts.deeds import ALL, busy_world, does
from legation.acts.fold import Folded, fold, fold_all, genesis, place
from legation.acts.state import State, dump
from world import GRANTED, World, a_note, a_request, dump_of


@pytest.fixture
def world() -> World:
    return World()


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(ALL)), max_size=25),
    st.integers(0, 2**32),
)
def test_any_interleaving_gives_the_same_bytes_and_never_moves_what_is_settled(
    deeds: list[tuple[bool, str]], seed: int
) -> None:
    world, dice = World("acts.made_up_kinds"), random.Random(seed)
    held: dict[str, Folded] = {}
    for first, deed in deeds:
        node = world.a if first else world.b
        does(node, deed, dice)
        for each in (world.a, world.b):
            _check_settled(held.get(each.party), each.folded)
            held[each.party] = each.folded
    world.mend()
    assert world.a.state == world.b.state
    for each in (world.a, world.b):
        if each.party in held:
            _check_settled(held[each.party], each.folded)


def _check_settled(before: Folded | None, after: Folded) -> None:
    if before is None:
        return
    kept = before.order.items[: before.settled]
    assert after.order.items[: before.settled] == kept
    assert after.settled >= before.settled
    # Stronger: what was found about an act never changes, settled or not.
    known = {(side, index) for side, index, _ in before.order.items}
    codes = (after.state.parties.a.party, after.state.parties.b.party)
    for side, index in known:
        entry = codes[side], index
        assert after.state.void.get(entry) == before.state.void.get(entry)


@pytest.mark.parametrize("seed", range(6))
def test_every_order_that_keeps_causes_before_effects_gives_the_same_state(seed: int) -> None:
    """So a late act changes nothing that was found before, and a tail need not be feared."""
    world = busy_world(seed, 50)
    logs = [place(world.parties, side, log) for side, log in enumerate(world.a.logs)]
    dice = random.Random(seed)
    for _ in range(5):
        state = genesis(world.parties, world.catalogue).layer()
        done = [0, 0]
        while any(done[side] < len(logs[side]) for side in (0, 1)):
            ready = [
                side
                for side in (0, 1)
                if done[side] < len(logs[side]) and logs[side][done[side]].seen <= done[1 - side]
            ]
            side = dice.choice(ready)
            fold(state, logs[side][done[side]])
            done[side] += 1
        assert bytes_of(state) == bytes_of(world.a.folded.state)


def bytes_of(state: State) -> bytes:
    return dump(state.things(), state.without_effect(), record=state.parties.record)


@pytest.mark.parametrize("seed", range(3))
def test_folding_in_layers_gives_the_same_state_as_at_once(seed: int) -> None:
    world = busy_world(seed, 50)
    order = world.a.folded.order
    logs = [place(world.parties, side, log) for side, log in enumerate(world.a.logs)]
    state = genesis(world.parties, world.catalogue)
    for side, index, _ in order.items:
        state = state.layer()
        fold(state, logs[side][index])
    assert bytes_of(state) == bytes_of(world.a.folded.state)


def test_an_act_that_names_what_was_never_written_waits(world: World) -> None:
    world.a.acts("record.seen", seen=(5, bytes(32)))
    world.a.sends(a_note())
    assert world.a.folded.order.usable[world.parties.side("XA")] == 0
    assert world.a.state == world.b.state


def test_the_state_at_an_earlier_cut_is_that_of_then(world: World) -> None:
    request = world.a.sends(a_request())
    then, logs = world.a.state, [list(log) for log in world.a.logs]
    world.b.answers_lines(request, [{"line": 1, "answer": "granted", **GRANTED}])
    cut = fold_all(genesis(world.parties), logs[0], logs[1], world.parties)
    assert dump_of(world.parties, cut, *logs) == then
    assert world.a.state != then
