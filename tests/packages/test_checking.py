"""The checker finds what is wrong with an answer, whoever gave it, and shares no solver's code."""

import ast
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

from legation.packages import Agreed, AtMost, Bonus, Case, Point, Result, check, load, solve
from legation.packages.certifying import prove
from legation.packages.model import Number
from legation.packages.result import Status
from packages.cases import cases

SCENARIOS = Path(__file__).parents[1] / "data" / "scenarios"
SOURCE = Path(__file__).parents[2] / "src" / "legation" / "packages"


@pytest.fixture(scope="module")
def solved() -> Result:
    return solve(load(SCENARIOS / "istanbul.json"))


def changed(point: Point, a: Number, b: Number) -> Point:
    return Point(a, b, lambda: point.package, lambda: point.count)


@pytest.mark.parametrize("name", ["istanbul", "camera-2012", "infeasible", "reserve-too-high"])
def test_a_right_answer_passes_and_says_how(name: str) -> None:
    case = load(SCENARIOS / f"{name}.json")
    verdict = check(case, solve(case))
    assert (verdict.faults, verdict.whole) == ((), "enumerated")


def test_a_case_too_large_to_enumerate_is_proved() -> None:
    case = load(SCENARIOS / "grid-10x4.json")
    result = solve(case)
    assert check(case, result).whole == "proved"
    shorter = replace(result, frontier=result.frontier[:5] + result.frontier[6:])
    assert "missing" in {fault.code for fault in check(case, shorter).faults}


def test_a_missing_point_is_found(solved: Result) -> None:
    verdict = check(solved.case, replace(solved, frontier=solved.frontier[1:]))
    assert "missing" in {fault.code for fault in verdict.faults}


def test_a_point_that_its_package_does_not_give_is_found(solved: Result) -> None:
    first = solved.frontier[0]
    wrong = (changed(first, first.a, first.b + 1), *solved.frontier[1:])
    codes = {fault.code for fault in check(solved.case, replace(solved, frontier=wrong)).faults}
    assert {"value", "dominated"} <= codes


def test_a_package_that_breaks_a_rule_is_found(solved: Result) -> None:
    case = solved.case
    flights = case.place["flights"]
    first = solved.frontier[0]
    package = tuple(1 if n == flights else k for n, k in enumerate(first.package))
    broken = Point(first.a, first.b, lambda: package, lambda: 1)
    faults = check(case, replace(solved, frontier=(broken, *solved.frontier[1:]))).faults
    assert "scope-no-flights" in faults[0].words


@pytest.mark.parametrize("status", ["infeasible", "limit"])
def test_points_under_a_status_that_has_none_are_found(solved: Result, status: Status) -> None:
    faults = check(solved.case, replace(solved, status=status)).faults
    assert "status" in {fault.code for fault in faults}


def test_an_exact_answer_without_points_is_found() -> None:
    case = load(SCENARIOS / "infeasible.json")
    assert [fault.code for fault in check(case, Result(case, "exact")).faults] == ["status"]


def test_a_wrong_count_is_found(solved: Result) -> None:
    first = solved.frontier[0]
    more = Point(first.a, first.b, lambda: first.package, lambda: (first.count or 0) + 1)
    verdict = check(solved.case, replace(solved, frontier=(more, *solved.frontier[1:])))
    assert [fault.code for fault in verdict.faults] == ["count"]


@pytest.mark.parametrize("package", [(), (0,) * 12, (-1,) * 13, (9,) * 13])
def test_a_package_that_picks_no_option_of_a_matter_is_found(
    solved: Result, package: tuple[int, ...]
) -> None:
    first = solved.frontier[0]
    odd = Point(first.a, first.b, lambda: package, lambda: None)
    verdict = check(solved.case, replace(solved, frontier=(odd, *solved.frontier[1:])))
    assert [fault.code for fault in verdict.faults] == ["package"]


def test_a_guarantee_that_does_not_hold_is_found(solved: Result) -> None:
    thin = replace(solved, status="epsilon", frontier=solved.frontier[::3])
    for guarantee, is_found in (((1000, 1000), False), ((1, 1), True)):
        faults = check(solved.case, replace(thin, guarantee=guarantee)).faults
        assert ("guarantee" in {fault.code for fault in faults}) == is_found


def test_costs_too_long_to_prove_with_are_no_fault_of_the_answer() -> None:
    case = load(SCENARIOS / "rules-60x4-cap.json")
    cap = next(rule for rule in case.rules if isinstance(rule, AtMost))
    long = replace(
        cap,
        cap=cap.cap * 10**25,
        cost=tuple((m, tuple((o, n * 10**25) for o, n in costs)) for m, costs in cap.cost),
    )
    scaled = replace(case, rules=tuple(long if rule is cap else rule for rule in case.rules))
    verdict = check(scaled, solve(scaled))
    assert (verdict.faults, verdict.whole) == ((), "not checked")


def test_wrong_agreed_points_are_found(solved: Result) -> None:
    one = solved.agreed.welfare[:1]
    wrong = replace(solved, agreed=replace(solved.agreed, welfare=one))
    assert [fault.code for fault in check(solved.case, wrong).faults] == ["welfare"]
    assert {f.code for f in check(solved.case, replace(solved, agreed=Agreed())).faults} == {
        "nash",
        "ks",
        "egalitarian",
        "welfare",
    }


def test_a_limit_is_not_checked_and_says_so() -> None:
    case = load(SCENARIOS / "istanbul.json")
    verdict = check(case, Result(case, "limit"))
    assert (verdict.whole, verdict.why) == ("not checked", "the status is limit")


@settings(max_examples=60, deadline=None)
@given(cases())
def test_what_is_solved_is_checked_and_proved(case: Case) -> None:
    result = solve(case)
    assert check(case, result).faults == ()
    numbers = [Fraction(n) for side in case.sides.values() for row in side.table for n in row]
    numbers += [Fraction(rule.points) for rule in case.rules if isinstance(rule, Bonus)]
    if all(abs(each) < 10**6 for each in numbers):
        assert prove(case, [point.value for point in result.frontier], lambda: False) is None


@pytest.mark.parametrize("module", ["checking", "certifying", "ruling"])
def test_the_checker_shares_no_code_with_the_solver(module: str) -> None:
    allowed = {"model", "result", "ruling", "certifying", "validating"}
    tree = ast.parse((SOURCE / f"{module}.py").read_text("utf-8"))
    named = {
        node.module.rpartition(".")[2]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("legation.packages")
    }
    assert named <= allowed


def test_an_answer_is_json_all_the_way(solved: Result) -> None:
    assert json.loads(json.dumps(solved.answer(packages=True)))["status"] == "exact"
