"""The checker finds what is wrong with an answer, whoever gave it, and shares no solver's code."""

import ast
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

from legation.packages import Agreed, Bonus, Case, Point, Result, check, load, solve
from legation.packages.certifying import prove
from legation.packages.model import Number
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
    allowed = {"model", "result", "ruling", "certifying"}
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
