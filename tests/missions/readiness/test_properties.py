"""What holds of every board, whatever is said."""

import copy
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from legation.missions.readiness.facts import Facts, Subject
from legation.missions.readiness.helping import (
    OPERABLE,
    RANK,
    matters_that_would_help,
    what_would_help,
)
from legation.missions.readiness.judge import judge_all
from legation.missions.readiness.standing import WORST_FIRST
from legation.missions.readiness.thresholds import DEFAULTS
from legation.missions.readiness.verdict import Board, Verdict
from legation.missions.readiness.writing import board_json
from legation.missions.readiness.years import years
from legation.record import canon
from missions.readiness.drawn import DAYS, FIRST, LENGTH, worlds
from missions.readiness.made import World, swapped

MANY = settings(max_examples=30, deadline=None)


def written(board: Board) -> bytes:
    return canon.encode_large(board_json(board))


@MANY
@given(worlds(), DAYS, st.data())
def test_lifting_causes_never_worsens_a_verdict_or_a_cell(
    world: World, on: date, data: st.DataObject
) -> None:
    facts = world.facts
    before = judge_all(facts, on)
    lifts = sorted({cause.lift for each in before.verdicts for cause in each.causes})
    lifted = frozenset(data.draw(st.lists(st.sampled_from(lifts)))) if lifts else frozenset()
    after = judge_all(facts, on, lifted=lifted)
    for one, other in zip(before.verdicts, after.verdicts, strict=True):
        if one.standing in WORST_FIRST:
            assert WORST_FIRST.index(one.standing) <= WORST_FIRST.index(other.standing)
        for name, cell in one.cells.items():
            assert RANK[cell.state] <= RANK[other.cells[name].state]


@MANY
@given(worlds(), DAYS)
def test_a_cause_that_is_lifted_is_gone_and_nothing_else_is_new(world: World, on: date) -> None:
    facts = world.facts
    before = judge_all(facts, on)
    known = {(each.post, cause.key) for each in before.verdicts for cause in each.causes}
    for lift in sorted({cause.lift for each in before.verdicts for cause in each.causes}):
        after = judge_all(facts, on, lifted=frozenset({lift}))
        left = [(each.post, cause) for each in after.verdicts for cause in each.causes]
        assert lift not in {cause.lift for _, cause in left}
        assert {(post, cause.key) for post, cause in left} <= known


@MANY
@given(worlds(), DAYS)
def test_what_nothing_tells_of_is_never_in_order(world: World, on: date) -> None:
    facts = world.facts
    for verdict in judge_all(facts, on).verdicts:
        for name, cell in verdict.cells.items():
            if cell.state == "in_order":
                assert _told_good(facts, verdict, name, on), name
        vital = ("representation", "people", "premises", "communications")
        if verdict.standing == "operates":
            fine = {"in_order", "not_applicable"}
            assert {verdict.cells[each].state for each in vital} <= fine


def _told_good(facts: Facts, verdict: Verdict, essential: str, on: date) -> bool:  # noqa: C901, PLR0911 - one case for each essential
    """Tell, by another way than the judge, whether something good is said of an essential."""
    post = facts.subjects[verdict.post]

    def values(prefix: str, name: str) -> list[object]:
        return [each.value(name, on) for each in facts.of(prefix)]

    def said(name: str) -> object:
        return post.value(name, on)

    match essential:
        case "representation":
            named = said("head") is not None
            return said("head_rank") in ("ambassador", "consul_general", "consul") or named
        case "people":
            filled, number = _slots(facts, post, on)
            count, of = said("in_place"), said("established")
            enough = isinstance(count, int) and isinstance(of, int) and 10 * count >= 8 * of
            return enough or (number > 0 and 10 * filled >= 8 * number)
        case "premises":
            return any(
                each in ("full", "escorted", "on_request") for each in values("premises", "access")
            )
        case "communications":
            return said("communications") == "works"
        case "archives":
            return said("archives") == "safe"
        case "protection":
            return said("protection") == "adequate"
        case "continuity":
            return said("custody") is not None and said("custody_agreed") == "agreed"
        case "money":
            return "works" in values("channel", "state")
        case "citizen_services":
            return "running" in values("service", "state")
        case "movement":
            return any(each.mode in ("free", "notification") for each in facts.rules)
    return any(each.post == verdict.post and each.released <= on for each in facts.requests)


def _slots(facts: Facts, post: Subject, on: date) -> tuple[int, int]:
    at = [each for each in facts.of("slot") if each.value("post", on) == post.id]
    return sum(each.value("state", on) == "filled" for each in at), len(at)


@MANY
@given(worlds(), DAYS)
def test_swapping_the_two_parties_mirrors_the_board(world: World, on: date) -> None:
    board, mirrored = judge_all(world.facts, on), judge_all(swapped(world.facts), on)
    again = judge_all(swapped(swapped(world.facts)), on)
    assert written(again) == written(board)
    assert {each.post: each.standing for each in board.verdicts} == {
        _turned(each.post): each.standing for each in mirrored.verdicts
    }
    for verdict in board.verdicts:
        other = mirrored.verdict(_turned(verdict.post))
        assert other is not None
        for name, cell in verdict.cells.items():
            seen = other.cells[name]
            assert (seen.state, len(seen.causes)) == (cell.state, len(cell.causes))
            for one, two in zip(cell.causes, seen.causes, strict=True):
                assert sorted(map(_turned, one.move)) == list(two.move)


def _turned(text: str) -> str:
    return text.translate(str.maketrans("AB", "BA")) if text.startswith(("post", "X")) else text


@MANY
@given(worlds(), DAYS, DAYS)
def test_a_board_is_a_function_of_its_arguments(world: World, on: date, other: date) -> None:
    facts = world.facts
    kept = copy.deepcopy(facts)
    first = written(judge_all(facts, on))
    judge_all(facts, other)
    what_would_help(facts, other)
    assert written(judge_all(facts, on)) == first
    assert facts == kept
    assert written(judge_all(kept, on)) == first


@MANY
@given(worlds(own=False), DAYS, st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_facts_come(
    world: World, on: date, random: Random
) -> None:
    facts = world.facts
    mixed = replace(
        facts,
        subjects=dict(random.sample(sorted(facts.subjects.items()), len(facts.subjects))),
        rules=tuple(random.sample(facts.rules, len(facts.rules))),
        requests=tuple(random.sample(facts.requests, len(facts.requests))),
    )
    assert written(judge_all(mixed, on)) == written(judge_all(facts, on))


@MANY
@given(worlds(), DAYS)
def test_a_shared_board_holds_nothing_that_is_ours(world: World, on: date) -> None:
    board = judge_all(world.facts.shared(), on)
    assert not any(each.ours for each in board.verdicts)
    assert not any(
        ground.ours
        for each in board.verdicts
        for cell in each.cells.values()
        for ground in cell.grounds
    )


@MANY
@given(worlds(), DAYS)
def test_what_is_arranged_by_day_says_what_the_facts_say(world: World, on: date) -> None:
    facts = world.facts
    for subject in facts.subjects.values():
        for name in subject.said:
            assert facts.index.told(subject, name, on.toordinal()) == subject.now(name, on)
    for post in facts.of("post"):
        counted = facts.index.slots(post.id, on.toordinal())
        assert (counted.filled, counted.total) == _slots(facts, post, on)
        for essential in ("entry_visas", "premises"):
            assert facts.index.waiting(post.id, essential, on.toordinal()) == sorted(
                (
                    each
                    for each in facts.requests
                    if each.post == post.id and each.essential == essential and each.waiting(on)
                ),
                key=lambda each: (each.released, each.id),
            )


@MANY
@given(worlds(), DAYS)
def test_own_numbers_are_never_laxer(world: World, on: date) -> None:
    facts = world.facts
    shared = judge_all(facts, on)
    for numbers in (dict.fromkeys(DEFAULTS, 0), dict.fromkeys(DEFAULTS, 100)):
        own = judge_all(facts, on, thresholds=numbers)
        for one, other in zip(shared.verdicts, own.verdicts, strict=True):
            for name, cell in one.cells.items():
                assert RANK[other.cells[name].state] <= RANK[cell.state]


@MANY
@given(worlds(), DAYS)
def test_a_help_does_what_it_says(world: World, on: date) -> None:
    """Judged again in full, and not only where a cause is known to bear."""
    facts = world.facts
    before = {each.post: each for each in judge_all(facts, on).verdicts}
    for help_ in (*what_would_help(facts, on), *matters_that_would_help(facts, on)):
        after = {
            each.post: each for each in judge_all(facts, on, lifted=frozenset(help_.lifts)).verdicts
        }
        assert set(help_.posts) == {
            post
            for post, each in after.items()
            if each.standing in OPERABLE and before[post].standing not in OPERABLE
        }
        assert set(help_.cells) == {
            (post, name)
            for post, each in after.items()
            for name, cell in each.cells.items()
            if RANK[cell.state] > RANK[before[post].cells[name].state]
        }


@settings(max_examples=10, deadline=None)
@given(worlds())
def test_the_years_of_a_post_are_what_each_day_says(world: World) -> None:
    facts = world.facts
    first = FIRST + timedelta(days=LENGTH // 3)
    spans = years(facts, first, first + timedelta(days=50))
    for count in range(51):
        on = first + timedelta(days=count)
        board = judge_all(facts, on)
        for post, several in spans.items():
            (span,) = [each for each in several if each.first <= on <= each.last]
            verdict = board.verdict(post)
            assert span.standing == (None if verdict is None else verdict.standing), on
            if verdict is not None and not verdict.cells:
                assert (span.by, span.since) == (verdict.by, verdict.since)
