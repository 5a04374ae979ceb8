"""A case made by hand is looked at like one that was read: a fault is told with its name."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from legation.errors import Refusal
from legation.packages import (
    AtMost,
    Bonus,
    Case,
    Excludes,
    Matter,
    Points,
    Requires,
    Together,
    around,
    explain,
    force,
    path,
    robust,
    solve,
    why_not,
)

GOOD = Case(
    "made",
    (Matter("visas", ("none", "some")), Matter("posts", ("p", "q"))),
    {"a": Points("A", ((0, 5), (1, Fraction(1, 2)))), "b": Points("B", ((3, 0), (2, 1)))},
    (Requires("needs", (("visas", ("some",)),), (("posts", ("q",)),)),),
    as_it_stands=(0, 0),
)


def ruled(rule: Any) -> Case:
    return replace(GOOD, rules=(rule,))


def sided(**changed: Any) -> Case:
    return replace(GOOD, sides={**GOOD.sides, "a": replace(GOOD.sides["a"], **changed)})


WHEN: Any = (("visas", ("some",)),)
BAD: dict[str, tuple[Any, str]] = {
    "not a case at all": ({"matters": []}, "`Case`"),
    "no matter": (replace(GOOD, matters=()), "matters: a case has 1 to"),
    "a matter that is text": (replace(GOOD, matters=("visas", "posts")), r"matters\[0\]"),  # type: ignore[arg-type] # that is the fault
    "no option": (
        replace(GOOD, matters=(Matter("visas", ()), GOOD.matters[1])),
        r"matters\.visas\.options",
    ),
    "options that are one text": (
        replace(GOOD, matters=(Matter("visas", "ab"), GOOD.matters[1])),  # type: ignore[arg-type] # that is the fault
        r"matters\.visas\.options",
    ),
    "two matters of one id": (replace(GOOD, matters=(GOOD.matters[0],) * 2), "no two matters"),
    "an option twice": (
        replace(GOOD, matters=(Matter("visas", ("x", "x")), GOOD.matters[1])),
        r"matters\.visas\.options.*differ",
    ),
    "half a character": (replace(GOOD, id="\ud800"), "id: a name is text"),
    "one side": (replace(GOOD, sides={"a": GOOD.sides["a"]}), r"sides\.b"),
    "a third side": (replace(GOOD, sides={**GOOD.sides, "c": GOOD.sides["a"]}), r"sides\.c"),  # type: ignore[dict-item] # that is the fault
    "a row too few": (sided(table=((0, 5),)), "2 matters and 1 rows"),
    "a point too few": (sided(table=((0,), (1, 2))), r"matters\.visas\.a.*2 options and 1 points"),
    "a float": (sided(table=((0, 0.5), (1, 2))), r"matters\.visas\.a\[1\].*0\.5 is no exact"),
    "a truth": (sided(table=((0, True), (1, 2))), r"matters\.visas\.a\[1\].*True"),
    "a reserve of nothing": (sided(reserve=None), r"sides\.a\.reserve.*None"),
    "a number of 4,000 digits": (sided(reserve=10**4000), "too large"),
    "a rule that is text": (ruled("needs"), r"rules\[0\]"),
    "a rule without a name": (ruled(Excludes("", WHEN)), r"rules\[0\]"),
    "two rules of one id": (replace(GOOD, rules=GOOD.rules * 2), r"rules\.needs.*one id"),
    "an unknown matter": (ruled(Excludes("r", (("visa", ("some",)),))), r"rules\.r.*“visa”"),
    "an unknown option": (ruled(Together("r", (("visas", ("all",)),))), r"rules\.r.*“all”"),
    "a rule about nothing": (ruled(Excludes("r", ())), r"rules\.r\.when.*about nothing"),
    "an entry about nothing": (ruled(Excludes("r", (("visas", ()),))), "at least one option"),
    "a condition that is no pair": (ruled(Excludes("r", ("visas", ("some",)))), "pairs"),  # type: ignore[arg-type] # that is the fault
    "a condition that is a dictionary": (ruled(Excludes("r", dict(WHEN))), "pairs"),  # type: ignore[arg-type] # that is the fault
    "an option that is one text": (ruled(Excludes("r", (("visas", "some"),))), "by its text"),  # type: ignore[arg-type] # that is the fault
    "a matter twice in a condition": (ruled(Together("r", WHEN * 2)), "“visas” twice"),
    "a bonus to nobody": (ruled(Bonus("r", "c", WHEN, 1)), r"rules\.r\.side"),  # type: ignore[arg-type] # that is the fault
    "a bonus of a float": (ruled(Bonus("r", "a", WHEN, 1.5)), r"rules\.r\.points.*1\.5"),  # type: ignore[arg-type] # that is the fault
    "a negative cost": (ruled(AtMost("r", (("visas", (("some", -1),)),), 3)), "never negative"),
    "a cost twice": (ruled(AtMost("r", (("visas", (("some", 1),) * 2),), 3)), "“some” twice"),
    "a cap of nothing": (ruled(AtMost("r", (("visas", (("some", 1),)),), None)), r"rules\.r\.cap"),  # type: ignore[arg-type] # that is the fault
    "a short start": (replace(GOOD, as_it_stands=(0,)), "as_it_stands"),
    "a start beyond the options": (replace(GOOD, as_it_stands=(0, 2)), "as_it_stands"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_case_made_by_hand_is_refused_with_the_name_of_its_fault(fault: str) -> None:
    case, told = BAD[fault]
    with pytest.raises(Refusal, match=f"(?s){told}") as refused:
        solve(case)
    assert len(str(refused.value)) < 400


def test_every_fault_is_told_at_once() -> None:
    case = replace(sided(reserve=None), rules=(Excludes("r", ()), Excludes("s", ())))
    with pytest.raises(Refusal) as refused:
        solve(case)
    assert len(refused.value.others) == 2


def test_lists_do_where_tuples_do() -> None:
    lists: dict[str, Any] = {"matters": list(GOOD.matters), "rules": list(GOOD.rules)}
    made = replace(GOOD, **lists)
    assert solve(made).frontier == solve(GOOD).frontier


def test_a_changed_copy_is_looked_at_again() -> None:
    solve(GOOD)
    with pytest.raises(Refusal, match="about nothing"):
        solve(ruled(Excludes("r", ())))


def test_a_package_that_is_none_is_refused() -> None:
    result = solve(GOOD)
    for package in ((0,), (0, 7), (0, -1), ("none", "p"), None):
        with pytest.raises(Refusal, match="The package"):
            why_not(GOOD, result, package)  # type: ignore[arg-type] # that is the fault
        with pytest.raises(Refusal, match="The package"):
            path(GOOD, (0, 0), package)  # type: ignore[arg-type] # that is the fault


def test_whoever_takes_a_case_looks_at_it() -> None:
    result, bad = solve(GOOD), ruled(Excludes("r", ()))
    for asked in (
        lambda: explain(bad, result),
        lambda: force(bad, result, "visas", "some"),
        lambda: path(bad, (0, 0), (1, 1)),
        lambda: around(bad, 1),
        lambda: robust(bad, {}),
    ):
        with pytest.raises(Refusal, match="about nothing"):
            asked()


def test_a_method_nobody_knows_is_refused() -> None:
    with pytest.raises(Refusal, match="fast"):
        solve(GOOD, method="fast")  # type: ignore[arg-type] # that is the fault
    with pytest.raises(Refusal, match="epsilon, -1"):
        solve(GOOD, method="epsilon", epsilon=-1)
