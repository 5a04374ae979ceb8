"""The solver's answers: exact on every published case, and as enumeration finds them."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from legation.packages import Case, Limits, load, read_case, solve
from legation.packages.model import Points
from legation.packages.ruling import is_feasible, value
from packages.brute import frontier_of, worth_of_all
from packages.cases import cases

SCENARIOS = Path(__file__).parents[1] / "data" / "scenarios"
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.json") if not path.stem.endswith(".answer"))
PARTS = ("format", "case", "status", "frontier", "nash", "ks", "egalitarian", "welfare")


@pytest.mark.parametrize("name", NAMES)
def test_a_published_case_has_its_exact_answer(name: str) -> None:
    answer = json.loads((SCENARIOS / f"{name}.answer.json").read_text("utf-8"))
    case = load(str(SCENARIOS / f"{name}.json"))
    result = solve(case)
    told = result.answer(packages=True)
    assert {part: told[part] for part in PARTS} == {part: answer[part] for part in PARTS}
    if answer.get("counts") is not None and result.frontier:
        assert told["counts"] == answer["counts"]
    for point in result.frontier:
        assert is_feasible(case, point.package)
        assert value(case, point.package) == point.value


@settings(max_examples=2000, deadline=None)
@given(cases())
def test_any_case_is_solved_as_enumeration_finds_it(case: Case) -> None:
    worths = worth_of_all(case)
    result = solve(case)
    assert result.status == ("exact" if worths else "infeasible")
    assert [point.value for point in result.frontier] == frontier_of(worths)
    for point in result.frontier:
        assert is_feasible(case, point.package)
        assert value(case, point.package) == point.value
        assert point.count == worths[point.value]


@settings(max_examples=100, deadline=None)
@given(cases())
def test_the_order_of_matters_does_not_matter(case: Case) -> None:
    turned = Case(
        id=case.id,
        matters=case.matters[::-1],
        sides={
            "a": Points("a", case.sides["a"].table[::-1], case.sides["a"].reserve),
            "b": Points("b", case.sides["b"].table[::-1], case.sides["b"].reserve),
        },
        rules=case.rules[::-1],
    )
    assert solve(turned).answer() == solve(case).answer()


@settings(max_examples=100, deadline=None)
@given(cases())
def test_swapping_the_sides_mirrors_the_frontier(case: Case) -> None:
    if any(hasattr(rule, "side") for rule in case.rules):
        return
    swapped = Case(
        id=case.id,
        matters=case.matters,
        sides={"a": case.sides["b"], "b": case.sides["a"]},
        rules=case.rules,
    )
    mirrored = [(b, a) for a, b in (point.value for point in solve(case).frontier)][::-1]
    assert [point.value for point in solve(swapped).frontier] == mirrored


def test_a_limit_is_a_status_and_never_a_part_of_an_answer() -> None:
    result = solve(load(str(SCENARIOS / "rules-60x4.json")), Limits(labels=100))
    assert (result.status, result.frontier, result.reached) == ("limit", (), "labels")
    stopped = solve(load(str(SCENARIOS / "rules-60x4.json")), Limits(stop=lambda: True))
    assert (stopped.status, stopped.reached) == ("limit", "stopped")


def test_progress_ends_with_every_matter() -> None:
    told: list[tuple[int, int]] = []
    solve(
        load(str(SCENARIOS / "istanbul.json")),
        Limits(progress=lambda done, total: told.append((done, total))),
    )
    assert told[-1] == (13, 13)


def test_two_runs_have_the_same_answer() -> None:
    data = (SCENARIOS / "istanbul.json").read_bytes()
    assert solve(read_case(data)).answer(packages=True) == solve(read_case(data)).answer(
        packages=True
    )
