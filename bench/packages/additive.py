"""Packages without rules: beside NegMAS from 10^3 to 10^7 outcomes, and the cost of a label.

NegMAS (AGPL) is a peer only: `make peers` puts it into an environment of its own.
"""

import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench import Figure, seconds
from bench.packages._drawing import growth

from legation.packages import Case, Matter, Points, solve

HERE = Path(__file__).parent
PEER = HERE.parents[1] / "build" / "peers" / "negmas" / "bin" / "python"
DRAWN = HERE.parent / "results" / "packages-growth.svg"
SIZES = {1_024: 5, 65_536: 8, 1_048_576: 10, 4_194_304: 11, 16_777_216: 12}
SHORT = 1_048_576
PEER_SECONDS = 900


def additive(matters: int, options: int, seed: int = 1) -> Case:
    """Return a case without rules, of about 1,000 points for each side."""
    chance = random.Random(seed)  # noqa: S311 - the same case every time
    most = max(1, 1000 // matters)
    names = tuple(map(str, range(options)))
    ids = [f"m{n}" for n in range(matters)]
    rows = {s: tuple(tuple(chance.randint(0, most) for _ in names) for _ in ids) for s in "ab"}
    return Case(
        id=f"additive-{matters}x{options}",
        matters=tuple(Matter(each, names) for each in ids),
        sides={"a": Points("a", rows["a"]), "b": Points("b", rows["b"])},
    )


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield the time beside NegMAS, then the times of larger cases and of one label."""
    yield from _beside_negmas(long=long)
    bars = {(40, 4): 0.010, (200, 5): 0.100}
    for (matters, options), bar in bars.items():
        case = additive(matters, options)
        result = solve(case)
        taken = seconds(lambda case=case: solve(case), rounds=9)  # type: ignore[misc] # bound
        yield Figure(
            name=f"{matters} matters of {options} options",
            value=1000 * taken,
            unit="ms",
            at_most=1000 * bar,
            note=f"{len(result.frontier)} points",
        )
        yield Figure(
            name="  over reading every option and writing the frontier",
            value=taken / seconds(lambda case=case, r=result: _least(case, r.frontier), rounds=9),  # type: ignore[misc] # bound
            note=f"{1e9 * taken / _labels(case):.0f} ns a candidate label",
        )


def _least(case: Case, frontier: object) -> tuple[int, list[object]]:
    """Read each number once, write each point once: nobody can do less."""
    total = 0
    for side in case.sides.values():
        for row in side.table:
            for each in row:
                total += int(each)
    return total, [point.value for point in frontier]  # type: ignore[attr-defined] # points


def _labels(case: Case) -> int:
    """Return how many candidates the sum of matters, one by one, looks at."""
    total = 0
    for count in range(1, len(case.matters)):
        part = Case(
            id="part",
            matters=case.matters[:count],
            sides={
                side: Points(points.name, points.table[:count])
                for side, points in case.sides.items()
            },
        )
        total += len(solve(part).frontier) * len(case.matters[count].options)
    return total


def _beside_negmas(*, long: bool) -> Iterator[Figure]:
    ours: dict[int, float] = {}
    theirs: dict[int, float] = {}
    for outcomes, matters in SIZES.items():
        if outcomes > SHORT and not long:
            continue
        case = additive(matters, 4)
        ours[outcomes] = seconds(lambda case=case: solve(case), rounds=21)  # type: ignore[misc] # bound
        if not PEER.exists():
            yield Figure(name=f"{outcomes:,} outcomes", value=1000 * ours[outcomes], unit="ms")
            continue
        found, theirs[outcomes] = _negmas(case)
        same = found == [list(point.value) for point in solve(case).frontier]
        yield Figure(
            name=f"NegMAS / ours, {outcomes:,} outcomes",
            value=theirs[outcomes] / ours[outcomes] if same else 0.0,
            at_least=5_000 if outcomes == SHORT else 1,
            note=f"{1000 * ours[outcomes]:.2f} ms, {theirs[outcomes]:.3g} s"
            + ("" if same else "; NOT THE SAME FRONTIER"),
        )
    DRAWN.parent.mkdir(exist_ok=True)
    DRAWN.write_text(growth({"Legation": ours, "NegMAS": theirs}), encoding="utf-8")


def _negmas(case: Case) -> tuple[list[list[int]], float]:
    tables = {side: points.table for side, points in case.sides.items()}
    done = subprocess.run(
        [str(PEER), str(HERE / "_negmas.py")],
        input=json.dumps(tables),
        capture_output=True,
        text=True,
        check=True,
        timeout=PEER_SECONDS,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return told["frontier"], float(told["seconds"])
