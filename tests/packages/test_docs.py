"""docs/packages.md: its example and every number of it are computed here."""

import re
from fractions import Fraction

from architecture.house import ROOT
from legation.packages import Case, Result, read_case, solve
from legation.packages.result import told

TEXT = (ROOT / "docs" / "packages.md").read_text(encoding="utf-8")


def example() -> tuple[Case, Result]:
    block = re.search(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)
    assert block is not None
    case = read_case(block[1].encode())
    return case, solve(case)


def test_the_table_of_the_example_is_what_the_definitions_give() -> None:
    case, result = example()
    low_a, low_b = case.sides["a"].reserve, case.sides["b"].reserve
    gains = {
        point.value: (point.a - low_a, point.b - low_b)
        for point in result.frontier
        if point.a >= low_a and point.b >= low_b
    }
    best = max(a for a, _ in gains.values()), max(b for _, b in gains.values())
    rows = [
        f"| {a}, {b} | {more_a}, {more_b} | {more_a * more_b} | {min(more_a, more_b)}"
        f" | {told(min(Fraction(more_a) / best[0], Fraction(more_b) / best[1]))} | {a + b} |"
        for (a, b), (more_a, more_b) in gains.items()
    ]
    assert "\n".join(rows) in TEXT
    assert f"best rational gains are {best[0]} for A and {best[1]} for B" in TEXT


def test_the_agreed_points_of_the_example_are_those_named() -> None:
    _case, result = example()
    flat = " ".join(TEXT.split())
    (nash,), (ks,), (fair,), (most,) = result.nash, result.ks, result.egalitarian, result.welfare
    assert (
        f"Nash is {nash}, Kalai-Smorodinsky {ks}, egalitarian {fair}, and the largest sum {most}."
        in flat
    )
    short = [point.value for point in result.frontier if point.a < 300]
    assert f"Two more points, {short[0]} and {short[1]}," in flat
    assert len(short) == 2
