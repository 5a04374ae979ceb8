"""Run by the peer's own Python: the frontier of an additive case by NegMAS, and the time it took.

usage: python _negmas.py < CASE    ({"a": [[points of each option]...], "b": ...})
"""

import json
import sys
import time

from negmas.outcomes import make_issue, make_os  # type: ignore[import-not-found] # the peer's own Python has it
from negmas.preferences import (  # type: ignore[import-not-found] # as above
    LinearAdditiveUtilityFunction,
)
from negmas.preferences.ops import pareto_frontier  # type: ignore[import-not-found] # as above


def main() -> None:
    tables = json.load(sys.stdin)
    names = [[f"o{n}" for n in range(len(row))] for row in tables["a"]]
    issues = [make_issue(own, f"m{n}") for n, own in enumerate(names)]
    space = make_os(issues)
    sides = [
        LinearAdditiveUtilityFunction(
            values=[
                dict(zip(own, map(float, row), strict=True))
                for own, row in zip(names, tables[side], strict=True)
            ],
            weights=[1.0] * len(issues),
            outcome_space=space,
        )
        for side in "ab"
    ]
    began = time.perf_counter()
    found, _places = pareto_frontier(sides, issues=issues, n_discretization=None)
    seconds = time.perf_counter() - began
    points = sorted({(round(point[0]), round(point[1])) for point in found})
    json.dump({"seconds": seconds, "frontier": points}, sys.stdout)


if __name__ == "__main__":
    main()
