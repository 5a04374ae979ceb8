"""What leaves comes back the same, to the last digit, and others read what they can."""

from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings

from legation.errors import Refusal
from legation.packages import Bonus, Case, load, read_case
from legation.packages.interchange import (
    read_genius,
    read_negmas,
    write_case,
    write_genius,
    write_negmas,
)
from legation.packages.model import SIDES
from packages.cases import cases

SCENARIOS = Path(__file__).parents[2] / "data" / "scenarios"
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.json") if not path.stem.endswith(".answer"))
CONVERTED = ("laptop-2012", "energy-2011", "negolog-47", "genius-10issues", "reserve-too-high")


def told(case: Case) -> object:
    return (
        [(matter.id, matter.options) for matter in case.matters],
        [(case.sides[side].table, case.sides[side].reserve) for side in SIDES],
        [(each.side, each.when, each.points) for each in case.rules if isinstance(each, Bonus)],
    )


def through_genius(case: Case) -> Case:
    files = write_genius(case)
    return read_genius(
        files["domain.xml"], (files["a.xml"], files["b.xml"]), names=("d.xml", "a.xml", "b.xml")
    )


def through_negmas(case: Case) -> Case:
    files = write_negmas(case)
    return read_negmas(
        files["domain.yml"], (files["a.yml"], files["b.yml"]), names=("d.yml", "a.yml", "b.yml")
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_read_as_it_was_written(name: str) -> None:
    case = load(SCENARIOS / f"{name}.json")
    assert read_case(write_case(case)) == case


@pytest.mark.parametrize("name", CONVERTED)
def test_a_published_case_comes_back_from_both_programs(name: str) -> None:
    case = load(SCENARIOS / f"{name}.json")
    assert told(through_genius(case)) == told(case)
    assert told(through_negmas(case)) == told(case)


@settings(max_examples=150, deadline=None)
@given(cases(rules=0))
def test_any_case_without_rules_comes_back_whatever_its_fractions(case: Case) -> None:
    assert told(through_genius(case)) == told(case)
    assert told(through_negmas(case)) == told(case)


def test_the_largest_evaluation_of_every_issue_is_one() -> None:
    files = write_genius(load(SCENARIOS / "laptop-2012.json"))
    for issue in fromstring(files["a.xml"]).iter("issue"):
        assert max(float(item.get("evaluation", "")) for item in issue.iter("item")) == 1.0


def test_rules_that_a_program_does_not_know_are_named() -> None:
    case = load(SCENARIOS / "infeasible.json")
    for write in (write_genius, write_negmas):
        with pytest.raises(Refusal, match="parity"):
            write(case)


def test_points_that_do_not_fit_their_evaluations_are_not_believed() -> None:
    files = write_genius(load(SCENARIOS / "laptop-2012.json"))
    changed = files["a.xml"].replace(b'evaluation="0.4"', b'evaluation="0.5"')
    with pytest.raises(Refusal, match="disagree"):
        read_genius(
            files["domain.xml"], (changed, files["b.xml"]), names=("d.xml", "a.xml", "b.xml")
        )
