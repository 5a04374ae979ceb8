"""Cases at the edges: read and refused in seconds, exact however long the numbers are."""

import json
import random
import time
import tracemalloc
from fractions import Fraction
from typing import Any

import pytest

from legation.errors import Refusal
from legation.packages import Limits, Method, explain, read_case, solve

SECONDS = 15.0
"""Ten times what was measured, since other programs run beside the tests."""


def a_case(matters: list[Any], rules: tuple[Any, ...] = (), reserve: int | str = 0) -> bytes:
    sides = {side: {"name": side, "reserve": reserve} for side in "ab"}
    return json.dumps(
        {"format": "legation-case/1", "id": "x", "sides": sides, "matters": matters, "rules": rules}
    ).encode()


def matters(count: int) -> list[Any]:
    return [{"id": f"m{n}", "options": ["p", "q"], "a": [1, 0], "b": [0, 1]} for n in range(count)]


@pytest.mark.slow
def test_a_million_options_are_read_and_solved() -> None:
    began = time.monotonic()
    many = 1_000_000
    matter = {
        "id": "m",
        "options": [f"{n:x}" for n in range(many)],
        "a": [n * 7919 % 1000 for n in range(many)],
        "b": [n * 104_729 % 1000 for n in range(many)],
    }
    result = solve(read_case(a_case([matter])))
    assert result.status == "exact"
    assert {point.count for point in result.frontier} == {1000}
    assert time.monotonic() - began < SECONDS


def test_ten_thousand_matters_in_a_circle_of_rules_heed_the_clock() -> None:
    many = 10_000
    rules = tuple(
        {
            "id": f"r{n}",
            "rule": "requires",
            "if": {f"m{n}": ["p"]},
            "then": {f"m{(n + 1) % many}": ["p"]},
        }
        for n in range(many)
    )
    case = read_case(a_case(matters(many), rules))
    until = time.monotonic() + 1
    began = time.monotonic()
    result = solve(case, Limits(stop=lambda: time.monotonic() > until))
    assert result.status in ("limit", "exact")
    assert time.monotonic() - began < SECONDS


def a_cap(size: int, costs: int) -> bytes:
    """A case whose one rule is a cap that no two packages reach alike."""
    chance = random.Random(5)
    own = [
        {"id": f"m{n}", "options": ["p", "q", "r"], "a": [n, 0, 7], "b": [0, n, 3]}
        for n in range(size)
    ]
    cost = {each["id"]: {o: chance.randrange(costs) for o in each["options"]} for each in own}
    rule = {"id": "cap", "rule": "at_most", "cost": cost, "cap": size * costs // 2}
    return a_case(own, (rule,))


@pytest.mark.parametrize("method", ["dp", "auto"])
def test_a_cap_with_endless_sums_heeds_the_clock_and_the_memory(method: Method) -> None:
    case = read_case(a_cap(60, 10**12))
    until = time.monotonic() + 1
    began = time.monotonic()
    stopped = solve(case, Limits(stop=lambda: time.monotonic() > until), method=method)
    assert (stopped.status, stopped.frontier) == ("limit", ())
    assert time.monotonic() - began < SECONDS
    tracemalloc.start()
    short = solve(case, Limits(memory=20 << 20), method="dp")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (short.status, short.reached) == ("limit", "memory")
    assert most < 20 << 20


def test_rules_in_a_circle_leave_all_or_none() -> None:
    rules = tuple(
        {
            "id": f"r{n}",
            "rule": "requires",
            "if": {f"m{n}": ["p"]},
            "then": {f"m{(n + 1) % 12}": ["p"]},
        }
        for n in range(12)
    )
    result = solve(read_case(a_case(matters(12), rules)))
    assert [point.value for point in result.frontier] == [(0, 12), (12, 0)]


def test_sixty_digits_are_exact() -> None:
    one, other = "0." + "1" * 60, "0." + "0" * 59 + "1"
    matter = {"id": "m", "options": ["p", "q"], "a": [one, other], "b": [other, one]}
    result = solve(read_case(a_case([matter, {**matter, "id": "n"}])))
    assert result.frontier[-1].a == 2 * Fraction("1" * 60) / 10**60
    assert json.dumps(result.answer())


def test_reserves_above_everything_are_explained() -> None:
    case = read_case(a_case(matters(20), reserve=10**30))
    result = solve(case)
    said = explain(case, result)
    assert (result.status, result.nash) == ("exact", ())
    assert said.reserves[0] == (10**30 - 20, 10**30)


def test_rules_that_contradict_each_other_are_named_together() -> None:
    rules = (
        {"id": "x", "rule": "requires", "if": {"m0": ["p"]}, "then": {"m1": ["p"]}},
        {"id": "y", "rule": "excludes", "when": {"m1": ["p"]}},
        {"id": "z", "rule": "excludes", "when": {"m0": ["q"]}},
        {"id": "aside", "rule": "together", "when": {"m2": ["p"], "m3": ["q"]}},
    )
    case = read_case(a_case(matters(20), rules))
    assert explain(case, solve(case)).conflict == ("x", "y", "z")


def test_a_cap_larger_than_any_float_is_a_cap() -> None:
    rule = {"id": "c", "rule": "at_most", "cost": {"m0": {"p": 10**500}}, "cap": 10**501}
    both = {**rule, "cost": {f"m{n}": {"p": 10**500} for n in range(4)}, "cap": 2 * 10**500}
    result = solve(read_case(a_case(matters(4), (both,))))
    assert [point.value for point in result.frontier] == [(0, 4), (1, 3), (2, 2)]


BAD: dict[str, tuple[bytes, str]] = {
    "a float says where it stood": (
        a_case([{**matters(1)[0], "a": [1.5, 0]}]),
        r"matters\.m0\.a\[0\].*float 1\.5",
    ),
    "not a number": (a_case([{**matters(1)[0], "b": [float("nan"), 0]}]), r"m0\.b\[0\].*NaN"),
    "an integer of 4,000 digits": (
        a_case([{**matters(1)[0], "a": [10**4000, 0]}]),
        r"m0\.a\[0\].*too large",
    ),
    "denominators without end": (
        a_case([{**m, "a": [f"1/{10**60 + 2 * n + 1}", 0]} for n, m in enumerate(matters(500))]),
        "common denominator",
    ),
    "half a character": (a_case([{**matters(1)[0], "options": ["\ud800", "q"]}]), "written down"),
    "no matter": (a_case([]), "1 to 10000 matters"),
    "no option": (a_case([{**matters(1)[0], "options": []}]), r"m0\.options"),
    "two of one name": (a_case(matters(1) * 2), r"matters\.m0"),
    "a key twice": (b'{"format": "legation-case/1", "format": "x"}', "format.*twice"),
    "a fault in the JSON": (b'{\n"id": }', "line 2"),
    "nested without end": (b"[" * 1_000_000, "recursion"),
    "larger than any case": (b" " * ((64 << 20) + 1), "at most"),
    "a rule about nothing": (
        a_case(matters(1), ({"id": "r", "rule": "excludes", "when": {}},)),
        r"rules\.r\.when.*about nothing",
    ),
    "an option that is no text, beside one that is": (
        a_case(matters(1), ({"id": "r", "rule": "excludes", "when": {"m0": ["p", 1]}},)),
        r"rules\.r\.when\.m0.*its text",
    ),
    "no sides": (a_case(matters(1)).replace(b'"sides"', b'"side"'), "sides: it is an object"),
    "a third side": (a_case(matters(1)).replace(b'"b": {', b'"c": {}, "b": {'), r"sides\.c"),
    "half a character in a name": (
        a_case(matters(1)).replace(b'"id": "x"', b'"id": "\\ud800"'),
        "written down",
    ),
    "an option nobody knows": (
        a_case(matters(1), ({"id": "r", "rule": "excludes", "when": {"m0": ["z"]}},)),
        r"rules\.r\.when\.m0.*“z”",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_told_with_its_place(fault: str) -> None:
    data, told = BAD[fault]
    began = time.monotonic()
    with pytest.raises(Refusal, match=f"(?s){told}"):
        read_case(data)
    assert time.monotonic() - began < SECONDS


def test_a_hundred_faults_are_told_and_no_more() -> None:
    with pytest.raises(Refusal) as told:
        read_case(a_case([{**each, "a": [0.5, 0.5]} for each in matters(1_000)]))
    assert len(told.value.others) == 99
