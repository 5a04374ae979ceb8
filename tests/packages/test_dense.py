"""Dense bonus boxes: gaps closed by proof give what a sweep and a plain run give."""

import sys
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from legation.packages import Case, Excludes, Limits, Matter, Method, Points, check, load, solve
from legation.packages.boxes import Part
from legation.packages.gaps import Watch, _Closing
from legation.packages.metering import Meter
from legation.packages.parts import ALLOWANCE
from legation.packages.reduced import reduce
from legation.packages.ruling import is_feasible, value
from packages.boxes import dense
from packages.brute import frontier_of, worth_of_all
from packages.cases import cases
from packages.plain import plain_frontier

GENIUS = Path(__file__).parents[1] / "data" / "scenarios" / "genius-10issues.json"


def _values(case: Case, method: Method = "auto") -> list[tuple[object, object]]:
    return [point.value for point in solve(case, method=method).frontier]


@pytest.mark.parametrize("seed", range(4))
def test_a_dense_case_is_solved_as_a_plain_run_and_the_sweep_solve_it(seed: int) -> None:
    case = dense(8, 20, seed)
    expected = plain_frontier(case)
    assert expected
    assert _values(case, "cpsat") == _values(case, "dp") == expected


def test_a_case_too_wide_for_the_sweep_is_proved_and_checked_by_other_means() -> None:
    case = dense(12, 40, 5)
    assert solve(case, Limits(labels=ALLOWANCE), method="dp").status == "limit"
    result = solve(case)
    assert (result.status, result.method) == ("exact", "cpsat")
    for point in result.frontier:
        assert value(case, point.package) == point.value
        assert point.count is None
    verdict = check(case, result)
    assert verdict.ok
    assert verdict.whole == "proved"


def test_a_public_domain_is_the_same_by_either_method() -> None:
    case = load(str(GENIUS))
    assert _values(case, "cpsat") == _values(case, "dp")


@settings(max_examples=60, deadline=None)
@given(cases())
def test_any_case_with_rules_of_any_kind_is_proved_as_enumeration_finds_it(case: Case) -> None:
    worths = worth_of_all(case)
    result = solve(case, method="cpsat")
    if result.reached == "numbers":
        return
    assert result.status == ("exact" if worths else "infeasible")
    assert [point.value for point in result.frontier] == frontier_of(worths)
    for point in result.frontier:
        assert is_feasible(case, point.package)
        assert value(case, point.package) == point.value


@pytest.mark.parametrize("part", [Fraction(1, 100), Fraction(1, 10), Fraction(1, 2)])
def test_an_epsilon_frontier_is_labelled_and_keeps_its_guarantee(
    part: Fraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legation.packages.parts.ALLOWANCE", 1)
    case = dense(8, 20, 1)
    result = solve(case, method="epsilon", epsilon=part)
    assert result.status == "epsilon"
    more_a, more_b = result.guarantee
    assert more_a > 0
    assert result.answer()["guarantee"]
    for a, b in plain_frontier(case) or ():
        assert any(p.a + more_a >= a and p.b + more_b >= b for p in result.frontier)


def test_what_is_found_first_is_shown_before_it_is_proved() -> None:
    shown: list[list[tuple[object, object]]] = []
    told: list[tuple[int, int]] = []
    result = solve(
        dense(8, 20, 2),
        Limits(
            found=lambda values: shown.append(list(values)),
            progress=lambda done, total: told.append((done, total)),
        ),
        method="cpsat",
    )
    assert len(shown[0]) > 1
    assert shown[-1] == [point.value for point in result.frontier]
    assert told[-1][0] == told[-1][1]
    assert all(0 <= done <= total for done, total in told)
    assert all(one[0] < other[0] and one[1] > other[1] for one, other in pairwise(shown[0]))  # type: ignore[operator] # numbers


def test_neighbours_one_point_apart_are_all_found() -> None:
    matters = tuple(Matter(each, ("x", "y", "z")) for each in "mn")
    sides = {"a": Points("a", ((0, 1, 2), (0, 1, 2))), "b": Points("b", ((2, 1, 0), (2, 1, 0)))}
    tie = Excludes("e", (("m", ("x",)), ("n", ("z",))))
    case = Case("steps", matters, {"a": sides["a"], "b": sides["b"]}, (tie,))
    assert _values(case, "cpsat") == [(0, 4), (1, 3), (2, 2), (3, 1), (4, 0)]


def test_a_question_that_takes_longer_is_asked_again() -> None:
    boxes = dense(8, 20, 3)
    kept_out = Excludes("e", (("i00", ("0", "1")), ("i01", ("0", "1"))))
    case = replace(boxes, rules=(*boxes.rules, kept_out))
    closing = _Closing(Part(reduce(case), *reduce(case).parts[0]), _watch(), slice=1e-6)
    expected = [point.value for point in solve(case, method="dp").frontier]
    found: list[tuple[object, object]] = list(closing.run())
    assert found == expected


def _watch() -> Watch:
    meter = Meter(10**6, 1 << 30, lambda: False, lambda _done, _total: None)
    return Watch(meter=meter, left=lambda: None, found=lambda _values: None)


def test_stopping_a_proof_is_a_status() -> None:
    asked = iter(range(10**6))
    result = solve(dense(12, 40, 1), Limits(stop=lambda: next(asked) > 3), method="cpsat")
    assert (result.status, result.reached, result.frontier) == ("limit", "stopped", ())


def test_a_model_too_large_for_the_memory_is_not_made() -> None:
    result = solve(dense(12, 40, 1), Limits(memory=4 << 20), method="cpsat")
    assert (result.status, result.reached, result.frontier) == ("limit", "memory", ())


def test_without_ortools_the_sweep_goes_on_and_says_what_it_could_not_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "legation.packages.satisfying", None)
    monkeypatch.setattr("legation.packages.parts.ALLOWANCE", 1)
    case = dense(8, 20, 3)
    assert solve(case).method == "dp"
    assert solve(case).status == "exact"
    limited = solve(case, Limits(labels=50))
    assert (limited.status, limited.reached) == ("limit", "labels+ortools")
    assert solve(case, method="cpsat").reached == "ortools"
