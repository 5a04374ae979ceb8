"""What is said of an answer holds: changes cost what they cost, repairs repair, paths lead."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations, product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.packages import (
    Bonus,
    Case,
    Matter,
    Points,
    around,
    drop,
    explain,
    force,
    load,
    path,
    robust,
    solve,
    why_not,
)
from legation.packages.explaining import package_of
from legation.packages.model import SIDES, Number
from legation.packages.ruling import is_feasible, obeys, value
from packages.brute import frontier_of, worth_of_all
from packages.cases import cases

SCENARIOS = Path(__file__).parents[1] / "data" / "scenarios"


@pytest.fixture(scope="module")
def istanbul() -> Case:
    return load(SCENARIOS / "istanbul.json")


def test_each_of_four_rules_is_named_and_any_one_of_them_repairs() -> None:
    case = load(SCENARIOS / "infeasible.json")
    said = explain(case, solve(case))
    assert said.conflict == ("parity", "scope", "needs", "slots")
    assert said.repairs == (("needs",), ("parity",), ("scope",), ("slots",))


def test_a_repair_says_how_much_lower_reserves_would_have_to_be_then() -> None:
    case = load(SCENARIOS / "infeasible.json")
    a, b = case.sides["a"], case.sides["b"]
    case = replace(case, sides={"a": replace(a, reserve=10**6), "b": replace(b, reserve=0)})
    said = explain(case, solve(case))
    for repair, then in zip(said.repairs, said.then, strict=True):
        kept = tuple(rule for rule in case.rules if rule.id not in repair)
        best = max(worth for worth, _ in worth_of_all(replace(case, rules=kept)))
        assert then == ((10**6 - best, 0),)


@settings(max_examples=80, deadline=None)
@given(cases(rules=6))
def test_the_smallest_change_of_rules_and_reserves_is_found(case: Case) -> None:
    """Of every set of rules and reserves it is looked at whether the rest can be met."""
    low = [case.sides[side].reserve for side in SIDES]
    names = [rule.id for rule in case.rules if not isinstance(rule, Bonus)]
    worths = {
        gone: worth_of_all(replace(case, rules=tuple(r for r in case.rules if r.id not in gone)))
        for size in range(len(names) + 1)
        for gone in combinations(names, size)
    }
    opening: dict[tuple[int, tuple[str, ...], tuple[bool, ...]], set[tuple[Number, Number]]] = {}
    for gone, values in worths.items():
        for free in product((False, True), repeat=2):
            less = {
                (max(low[0] - a, 0), max(low[1] - b, 0))
                for a, b in values
                if (free[0] or a >= low[0]) and (free[1] or b >= low[1])
            }
            if less:
                opening[len(gone) + sum(free), gone, free] = less
    least = min(size for size, _, _ in opening)
    wanted = {
        (gone, tuple(sorted(each for each in less if not any(beats(o, each) for o in less))))
        for (size, gone, free), less in opening.items()
        if size == least > 0
    }
    said = explain(case, solve(case))
    found = [(each.rules, each.lower or ((0, 0),)) for each in said.smallest]
    assert set(found) == wanted
    assert len(found) == len(wanted)
    feasible = [gone for gone, values in worths.items() if values]
    fewest = min(map(len, feasible))
    assert set(said.repairs) == {gone for gone in feasible if len(gone) == fewest > 0}


def beats(one: tuple[Number, Number], other: tuple[Number, Number]) -> bool:
    return one != other and one[0] <= other[0] and one[1] <= other[1]


def test_who_falls_short_is_told_by_how_much(istanbul: Case) -> None:
    high = Case(
        istanbul.id,
        istanbul.matters,
        {
            "a": Points("a", istanbul.sides["a"].table, 900),
            "b": Points("b", istanbul.sides["b"].table, 700),
        },
        istanbul.rules,
    )
    result = solve(high)
    said = explain(high, result)
    assert len(said.short) == len(result.frontier)
    assert said.reserves == tuple(sorted(set(said.reserves)))
    less_a, less_b = said.reserves[0]
    assert any(p.a >= 900 - less_a and p.b >= 700 - less_b for p in result.frontier)


def test_holding_an_option_and_dropping_a_rule(istanbul: Case) -> None:
    result = solve(istanbul)
    held = force(istanbul, result, "banking", "as now")
    places = {point.package[istanbul.place["banking"]] for point in held.result.frontier}
    assert places == {0}
    assert held.loss is not None
    assert max(held.loss) > 0
    free = drop(istanbul, result, "scope-no-flights")
    assert len(free.result.frontier) == 29
    with pytest.raises(Refusal, match="banking"):
        force(istanbul, result, "bank", "as now")


def test_why_a_package_is_not_there(istanbul: Case) -> None:
    result = solve(istanbul)
    stands = tuple(0 for _ in istanbul.matters)
    said = why_not(istanbul, result, stands)
    assert (said.value, said.broken) == (value(istanbul, stands), ())
    assert all(p.a >= said.value[0] and p.b >= said.value[1] for p in said.better)
    best = result.frontier[3]
    assert why_not(istanbul, result, best.package).better == ()
    flights = dict(istanbul.named(stands), flights="resumed")
    assert "scope-no-flights" in why_not(istanbul, result, package_of(istanbul, flights)).broken


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_a_path_leads_to_its_goal_in_the_best_order(case: Case, random: object) -> None:
    choose = random.randrange  # type: ignore[attr-defined] # Hypothesis's own random
    start = tuple(choose(len(matter.options)) for matter in case.matters)
    goal = tuple(choose(len(matter.options)) for matter in case.matters)
    found = path(case, start, goal)
    now = list(start)
    for step in found.steps:
        place = case.place[step.matter]
        assert case.matters[place].options[now[place]] == step.before
        now[place] = goal[place]
        assert step.value == value(case, now)
        assert step.broken == tuple(r.id for r in case.rules if not obeys(case, now, r))
    assert tuple(now) == goal
    places = [n for n in range(len(start)) if start[n] != goal[n]]
    broken = [
        sum(not is_feasible(case, partial) for partial in walked(start, goal, order))
        for order in permutations(places)
    ]
    assert sum(bool(step.broken) for step in found.steps) == min(broken)


def walked(
    start: tuple[int, ...], goal: tuple[int, ...], order: tuple[int, ...]
) -> list[tuple[int, ...]]:
    now, found = list(start), []
    for place in order:
        now[place] = goal[place]
        found.append(tuple(now))
    return found


def test_sides_take_turns_where_they_can() -> None:
    names = ("now", "new")
    case = Case(
        "turns",
        tuple(Matter(f"m{n}", names) for n in range(4)),
        {
            "a": Points("a", ((0, -5), (0, 7), (0, -4), (0, 9))),
            "b": Points("b", ((0, 8), (0, -3), (0, 6), (0, -2))),
        },
    )
    found = path(case, (0, 0, 0, 0), (1, 1, 1, 1))
    assert found.alternating
    assert [step.mover for step in found.steps] in (["a", "b"] * 2, ["b", "a"] * 2)


@settings(max_examples=40, deadline=None)
@given(cases(rules=2), st.integers(1, 3))
def test_what_always_stands_stands_at_every_corner(case: Case, wide: int) -> None:
    """A rival wins in a half-space of guesses, so the corners of the box decide."""
    solved = solve(case)
    assume(solved.status == "exact")
    intervals: dict[tuple[str, str], tuple[Number, Number]] = {}
    for matter, row in zip(case.matters, case.sides["b"].table, strict=True):
        for option, own in zip(matter.options, row, strict=True):
            if len(intervals) < 5:
                intervals[matter.id, option] = (own - wide, own + 2 * wide)
    corners = [
        World(case, dict(zip(intervals, c, strict=True))) for c in product(*intervals.values())
    ]
    found = robust(case, intervals, samples=0)
    packages = [standing.point.package for standing in found.standings]
    for standing, package in zip(found.standings, packages, strict=True):
        assert standing.always == all(corner.holds(package) for corner in corners)
        assert standing.radius == min([Fraction(1), *overtaken(case, intervals, package)])
    for weight in found.weights:
        ends = [World(case, {weight.guess: end}) for end in intervals[weight.guess]]
        lost = sum(not all(each.holds(package) for each in ends) for package in packages)
        assert weight.lost == lost


def overtaken(
    case: Case, intervals: dict[tuple[str, str], tuple[Number, Number]], package: tuple[int, ...]
) -> list[Fraction]:
    """Return for every rival at what part of the worst guesses it draws level, if it does."""
    own = set(case.named(package).items())
    worst = at(case, {guess: ends[guess not in own] for guess, ends in intervals.items()})
    a, now = value(case, package)
    full = value(worst, package)[1]
    found = []
    for rival in product(*(range(len(matter.options)) for matter in case.matters)):
        if not is_feasible(case, rival):
            continue
        theirs_a, theirs = value(case, rival)
        more, then = theirs - now, value(worst, rival)[1] - full
        if theirs_a >= a and (then > 0 or (then == 0 and theirs_a > a)):
            found.append(Fraction(-more) / (then - more) if then != more else Fraction(0))
    return found


def at(case: Case, guesses: dict[tuple[str, str], Number]) -> Case:
    own = case.sides["b"]
    table = tuple(
        tuple(
            guesses.get((matter.id, option), worth)
            for option, worth in zip(matter.options, row, strict=True)
        )
        for matter, row in zip(case.matters, own.table, strict=True)
    )
    changed = Points("b", table, own.reserve)
    return Case(case.id, case.matters, {"a": case.sides["a"], "b": changed}, case.rules)


class World:
    """A case as it would be under other guesses."""

    def __init__(self, case: Case, guesses: dict[tuple[str, str], Number]) -> None:
        self._case = at(case, guesses)
        self._frontier = set(frontier_of(worth_of_all(self._case)))

    def holds(self, package: tuple[int, ...]) -> bool:
        return value(self._case, package) in self._frontier


def test_the_guess_that_matters_most_comes_first(istanbul: Case) -> None:
    found = robust(istanbul, around(istanbul, Fraction(1, 5)), samples=8)
    lost = [weight.lost for weight in found.weights]
    assert lost == sorted(lost, reverse=True)
    assert lost[0] > 0
    assert {standing.share.denominator for standing in found.standings} <= {1, 2, 4, 8}


def test_an_interval_without_its_guess_is_refused(istanbul: Case) -> None:
    with pytest.raises(Refusal, match="banking"):
        robust(istanbul, {("banking", "as now"): (5, 9)})
