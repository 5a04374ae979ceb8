"""The drawing: what is known, said twice, without anything that runs or is fetched."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import fromstring

from legation.packages import Case, Limits, Matter, Points, load, solve
from legation.packages.plotting import plot

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SCENARIOS = Path(__file__).parents[1] / "data" / "scenarios"
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("istanbul", "energy-2011", "grid-40x4", "infeasible", "laptop-2012", "reserve-too-high")


def drawn(name: str) -> "Element":
    case = load(SCENARIOS / f"{name}.json")
    root: Element = fromstring(plot(case, solve(case)))
    return root


@pytest.mark.parametrize("name", NAMES)
def test_every_point_is_drawn_and_nothing_is_fetched_or_run(name: str) -> None:
    root = drawn(name)
    case = load(SCENARIOS / f"{name}.json")
    assert len(root.findall(f"{SVG}circle")) == len(solve(case).frontier)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "path", "circle",
    }  # fmt: skip
    assert not any("href" in key for each in root.iter() for key in each.attrib)


def test_the_description_says_what_the_drawing_shows() -> None:
    told = drawn("istanbul").findtext(f"{SVG}desc") or ""
    assert "24 efficient points, from 500, 860 to 980, 310." in told
    assert "No deal below 300 and 300." in told
    assert "Nash: 770, 730." in told
    assert "egalitarian: 730, 750; 770, 730." in told


def test_what_is_not_solved_or_not_feasible_says_so() -> None:
    assert "No combination meets every rule." in (drawn("infeasible").findtext(f"{SVG}desc") or "")
    case = load(SCENARIOS / "istanbul.json")
    stopped = plot(case, solve(case, Limits(stop=lambda: True)))
    assert "Not solved" in stopped
    assert "<circle" not in stopped


def test_an_approximation_says_how_good_it_is() -> None:
    case = load(SCENARIOS / "istanbul.json")
    near = replace(solve(case), status="epsilon", guarantee=(3, 4))
    told = plot(case, near)
    assert told.count("better than one of these by more than 3 and 4") == 2


@pytest.mark.parametrize("name", NAMES)
def test_no_two_labels_of_points_overlap(name: str) -> None:
    boxes = []
    for each in drawn(name).findall(f"{SVG}text"):
        text = each.text or ""
        if not re.search(r"[\d.]+, ≈?[\d.]+$", text) or float(each.get("y", "0")) > 600:
            continue
        x, y, width = float(each.get("x", "0")), float(each.get("y", "0")), 6.5 * len(text)
        left = x - width if each.get("text-anchor") == "end" else x
        boxes.append((left, y - 11, left + width, y + 3))
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart = (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )
            assert apart, (one, other)


def test_names_are_text_and_never_markup_and_numbers_may_be_huge() -> None:
    table = ((0, 10**900),)
    case = Case(
        id="x",
        matters=(Matter("m", ("p", "q")),),
        sides={
            "a": Points("<script>alert(1)</script>", table),
            "b": Points("&b", ((10**900, 0),), reserve=-(10**900)),
        },
        title='"><script>',
        as_it_stands=(0,),
    )
    text = plot(case, solve(case))
    assert "<script" not in text
    assert "1.00000e+900" in text
    fromstring(text)
