"""Packages with rules: local rules and a cap by the sweep, and guesses weighed."""

import random
import tracemalloc
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from bench import Figure, seconds

from legation.packages import (
    Bonus,
    Case,
    Excludes,
    Matter,
    Points,
    Requires,
    around,
    load,
    robust,
    solve,
)

SCENARIOS = Path(__file__).parents[2] / "tests" / "data" / "scenarios"


def figures(*, long: bool) -> Iterator[Figure]:  # noqa: ARG001 - one size
    """Yield the times of the published large cases, and of `robust` on twelve matters."""
    for name, bar in (("rules-60x4", 0.2), ("rules-60x4-cap", 1.0)):
        case = load(str(SCENARIOS / f"{name}.json"))
        result = solve(case)
        yield Figure(
            name=f"{name}: 60 matters, {len(case.rules)} rules",
            value=seconds(lambda case=case: solve(case)),  # type: ignore[misc] # bound
            unit="s",
            at_most=bar,
            note=f"{len(result.frontier)} points",
        )
    tracemalloc.start()
    solve(load(str(SCENARIOS / "rules-60x4-cap.json")))
    most = tracemalloc.get_traced_memory()[1] / (1 << 20)
    tracemalloc.stop()
    yield Figure(name="rules-60x4-cap: memory", value=most, unit="MB", at_most=512)
    case = _guessed()
    yield Figure(
        name="robust: 12 matters of 4 options, ±20 %",
        value=seconds(lambda: robust(case, around(case, Fraction(1, 5)))),
        unit="s",
        at_most=2,
        note=f"{len(solve(case).frontier)} packages, 128 samples, 48 guesses",
    )


def _guessed() -> Case:
    chance = random.Random(3)  # noqa: S311 - the same case every time
    matters = tuple(Matter(f"m{n}", ("w", "x", "y", "z")) for n in range(12))
    rows = [tuple(tuple(chance.randint(0, 84) for _ in "wxyz") for _ in matters) for _ in "ab"]
    return Case(
        id="guessed",
        matters=matters,
        sides={"a": Points("a", rows[0]), "b": Points("b", rows[1])},
        rules=(
            Requires("q", (("m0", ("w", "x")),), (("m3", ("y",)),)),
            Excludes("e", (("m1", ("w",)), ("m5", ("z",)))),
            Bonus("k", "b", (("m2", ("x",)), ("m4", ("y", "z"))), 30),
        ),
    )
