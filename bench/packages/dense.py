"""Dense bonus boxes: beside a plain ε-constraint run of CP-SAT in the same process.

Matters of ten options, overlapping boxes of 2 to 4 matters, both with one worker. The plain run
is cut off after so many seconds; the ratio is then at least what is shown.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench import Figure

from legation.packages import Case, Limits, load, solve

GENIUS = Path(__file__).parents[2] / "tests" / "data" / "scenarios" / "genius-10issues.json"
SHORT = ((10, 26), (20, 60), (20, 70), (30, 80))
LONG = (*SHORT, (30, 100), (40, 100), (40, 126), (50, 100), (50, 126))
CUT = {False: 60.0, True: 900.0}


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield plain / ours for each case, the median, and how soon a first part was there."""
    from packages.boxes import dense

    cases = [load(str(GENIUS))]
    cases += [dense(matters, boxes, 1) for matters, boxes in (LONG if long else SHORT)]
    ratios: list[float] = []
    first: list[float] = []
    for case in cases:
        yield _beside(case, ratios, first, cut=CUT[long])
    yield Figure(name="plain / ours, median", value=median(ratios), at_least=5)
    yield Figure(name="plain / ours, the least", value=min(ratios), at_least=1)
    yield Figure(
        name="first part of a frontier, the slowest", value=max(first), unit="s", at_most=2
    )


def _beside(case: Case, ratios: list[float], first: list[float], *, cut: float) -> Figure:
    from packages.plain import plain_frontier

    shown: list[float] = []
    began = time.perf_counter()

    def found(values: Sequence[object]) -> None:
        if values:
            shown.append(time.perf_counter() - began)

    result = solve(case, Limits(found=found))
    ours = time.perf_counter() - began
    first.append(shown[0] if shown else ours)
    began = time.perf_counter()
    expected = plain_frontier(case, seconds=cut)
    theirs = time.perf_counter() - began
    same = expected is None or expected == [point.value for point in result.frontier]
    ratios.append(theirs / ours if same else 0.0)
    told = "" if expected is not None else ", cut off"
    return Figure(
        name=f"plain / ours, {case.id}",
        value=ratios[-1],
        at_least=1,
        note=f"{len(result.frontier)} points, {result.method}: {ours:.2f} s, {theirs:.3g} s{told}",
    )
