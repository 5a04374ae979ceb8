"""The one order of two logs: the same however they arrive, settled for good, fair to both."""

import random
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.record.order import (
    Arranger,
    Item,
    Order,
    Resumption,
    arrange,
    check_seen,
    lasting,
    named,
)
from record.refusals import refused

Claims = list[int]
HISTORIES = st.tuples(
    st.lists(st.integers(0, 12), max_size=12), st.lists(st.integers(0, 12), max_size=12)
)
"""Claims of any kind: authors who forget what they saw, and those who name what is not there."""


def plainly(a: Sequence[int], b: Sequence[int], a_first_odd: bool) -> Order:  # noqa: FBT001
    """The rules of the design, by recursion and a fixpoint, with no thought of speed."""
    logs = (a, b)
    seen = [[max(log[: index + 1], default=0) for index in range(len(log))] for log in logs]
    usable = [0, 0]
    moved = True
    while moved:
        moved = False
        for side in (0, 1):
            while usable[side] < len(logs[side]) and seen[side][usable[side]] <= usable[1 - side]:
                usable[side] += 1
                moved = True

    @cache
    def level(side: int, index: int) -> int:
        if index < 0:
            return 0
        return 1 + max(level(side, index - 1), level(1 - side, seen[side][index] - 1))

    items = [(side, at, level(side, at)) for side in (0, 1) for at in range(usable[side])]

    def key(item: Item) -> tuple[int, bool]:
        side, _, at_level = item
        first = 0 if (at_level % 2 == 1) == a_first_odd else 1
        return at_level, side != first

    items.sort(key=key)
    limit = min(level(0, usable[0] - 1), level(1, usable[1] - 1))
    settled = sum(item[2] <= limit for item in items)
    return Order(tuple(items), settled, (usable[0], usable[1]))


def an_honest_history(chance: random.Random, length: int) -> tuple[Claims, Claims]:
    """Two nodes that write, deliver late or at once, and see what they hold."""
    logs: tuple[Claims, Claims] = ([], [])
    held = [0, 0]
    for _ in range(length):
        side = chance.randrange(2)
        if chance.random() < 0.5:
            held[side] = chance.randint(held[side], len(logs[1 - side]))
        logs[side].append(held[side])
    return logs


@given(HISTORIES, st.booleans())
def test_the_order_is_that_of_the_plain_rules(
    history: tuple[Claims, Claims],
    first: bool,  # noqa: FBT001
) -> None:
    assert arrange(*history, first) == plainly(*history, first)


@given(HISTORIES, st.booleans(), st.data())
def test_any_prefixes_have_the_same_settled_beginning(
    history: tuple[Claims, Claims],
    first: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    """Whatever of the two logs has arrived: what is settled by then never moves."""
    a, b = history
    whole = arrange(a, b, first)
    part = arrange(
        a[: data.draw(st.integers(0, len(a)))], b[: data.draw(st.integers(0, len(b)))], first
    )
    assert whole.items[: part.settled] == part.items[: part.settled]
    assert whole.settled >= part.settled


@given(HISTORIES, st.booleans(), st.randoms(use_true_random=False))
def test_any_interleaving_of_arrival_gives_the_same_order(
    history: tuple[Claims, Claims],
    first: bool,  # noqa: FBT001
    chance: random.Random,
) -> None:
    waiting = [list(log) for log in history]
    arranger = Arranger(a_first_odd=first)
    told: dict[tuple[int, int], int] = {}
    settled: tuple[Item, ...] = ()
    while waiting[0] or waiting[1]:
        side = chance.choice([side for side in (0, 1) if waiting[side]])
        for item in arranger.append(side, waiting[side].pop(0)):
            told[item[:2]] = item[2]
        order = arranger.order()
        assert order.items[: len(settled)] == settled
        settled = order.items[: order.settled]
    whole = arrange(*history, first)
    assert arranger.order() == whole
    assert told == {item[:2]: item[2] for item in whole.items}
    assert all(arranger.level(side, at) == level for side, at, level in whole.items)
    assert arranger.usable() == whole.usable


@pytest.mark.parametrize("count", [300, pytest.param(21_000, marks=pytest.mark.slow)])
def test_random_histories_with_sly_authors_settle_alike_on_both_nodes(count: int) -> None:
    chance = random.Random(21)
    for _ in range(count):
        a, b = an_honest_history(chance, chance.randrange(40))
        for log in (a, b):
            if log and chance.random() < 0.3:  # a claim to have seen more, less, or nothing
                log[chance.randrange(len(log))] = chance.randrange(50)
        whole = arrange(a, b, True)
        held_by_a = arrange(a, b[: chance.randint(0, len(b))], True)
        held_by_b = arrange(a[: chance.randint(0, len(a))], b, True)
        for node in (held_by_a, held_by_b):
            assert whole.items[: node.settled] == node.items[: node.settled]


@given(HISTORIES, st.booleans())
def test_every_act_comes_after_all_that_its_log_had_seen(
    history: tuple[Claims, Claims],
    first: bool,  # noqa: FBT001
) -> None:
    order = arrange(*history, first)
    place = {item[:2]: at for at, item in enumerate(order.items)}
    for side, index, _ in order.items:
        seen = max(history[side][: index + 1])
        before = [(side, index - 1)] if index else []
        before += [(1 - side, index) for index in range(seen)]
        assert all(place[each] < place[side, index] for each in before)


@given(HISTORIES, st.booleans())
def test_neither_side_is_favoured_by_where_it_stands(
    history: tuple[Claims, Claims],
    first: bool,  # noqa: FBT001
) -> None:
    a, b = history
    one, other = arrange(a, b, first), arrange(b, a, not first)
    assert other.items == tuple((1 - side, index, level) for side, index, level in one.items)
    assert other.settled == one.settled


def test_two_who_write_at_once_take_turns_to_come_first() -> None:
    order = arrange([0, 1, 2, 3], [0, 1, 2, 3], True)
    assert [(side, level) for side, _, level in order.items] == [
        (0, 1),
        (1, 1),
        (1, 2),
        (0, 2),
        (0, 3),
        (1, 3),
        (1, 4),
        (0, 4),
    ]


def test_a_late_act_moves_only_what_was_not_settled() -> None:
    before = arrange([0, 0, 2], [0, 1], False)
    after = arrange([0, 0, 2], [0, 1, 1], False)
    assert before.settled == 4
    assert before.items[: before.settled] == after.items[: before.settled]
    assert before.items != after.items[: len(before.items)]


def test_what_names_more_than_was_written_waits_and_so_does_what_follows_it() -> None:
    order = arrange([0, 9, 0], [0], True)
    assert order.usable == (1, 1)
    assert len(order.items) == 2


def test_acts_that_name_each_other_are_never_used() -> None:
    """Hashes forbid it; a liar may still claim it."""
    assert arrange([1], [1], True).items == ()


def test_a_claim_to_have_seen_less_than_before_changes_nothing() -> None:
    assert arrange([0, 2, 0], [0, 0], True) == arrange([0, 2, 2], [0, 0], True)


def test_with_one_log_alone_nothing_is_settled() -> None:
    order = arrange([0, 0, 0], [], True)
    assert order.settled == 0
    assert [level for _, _, level in order.items] == [1, 2, 3]


def test_a_level_that_is_not_there_is_0() -> None:
    arranger = Arranger()
    arranger.append(0, 5)
    assert (arranger.level(0, 0), arranger.level(0, 7), arranger.level(1, -1)) == (0, 0, 0)
    assert arranger.settled_level() == 0


def test_what_an_act_says_it_saw_is_held_against_our_own_log() -> None:
    check_seen((3, b"r" * 32), 5, b"r" * 32)
    with refused("seen"):
        check_seen((6, b"r" * 32), 5, None)
    with refused("seen"):
        check_seen((3, b"r" * 32), 5, b"s" * 32)


@given(st.lists(st.integers(1, 9), max_size=9), st.integers(0, 9), st.integers(0, 12))
def test_of_many_restores_only_those_that_cover_more_are_looked_at(
    heard: list[int], index: int, seen: int
) -> None:
    told = [Resumption(size, each) for size, each in enumerate(heard)]
    plainly_named = min([seen, *(each.size for each in told if index < each.heard)])
    assert named(index, seen, lasting(told)) == plainly_named


def test_a_hundred_thousand_acts_are_no_deep_matter() -> None:
    """No recursion, and work in proportion: the slow case is one act seen at a time."""
    a = list(range(50_000))
    b = list(range(1, 50_001))
    order = arrange(a, b, True)
    assert order.usable == (50_000, 50_000)
    assert order.items[-1][2] == 100_000
