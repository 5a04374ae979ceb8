"""Plant faults in the solver of packages, one at a time, and see the tests find each.

Works on a copy under build/, so the tree is left alone. Exit 1 when a fault was not found, or
when its place is no longer there. usage: planted.py [NUMBER…]
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]
COPY = ROOT / "build" / "planted"
PACKAGES = "src/legation/packages"
TESTS = ("tests/packages/test_solving.py", "tests/packages/test_dense.py")

SECONDS: Final = 300

# (what a person would see, file, what stands there, what is planted)
FAULTS: Final = (
    (
        "points that tie for one side are listed though dominated",
        "fronts.py",
        "table > above",
        "table >= above",
    ),
    (
        "long numbers are compared without their state",
        "fronts.py",
        "= b + span * state.astype(b.dtype)",
        "= b + 0 * span * state.astype(b.dtype)",
    ),
    (
        "a bonus is paid when its last entry fails",
        "automata.py",
        "return self._pays if state is True and",
        "return self._pays if state is not None and",
    ),
    (
        "a cap may be passed by one",
        "automata.py",
        "spent + self._least > self._cap",
        "spent + self._least > self._cap + 1",
    ),
    (
        "an option worse than one that a rule forbids is dropped",
        "reduced.py",
        "classes.setdefault(tuple(mark), {})",
        "classes.setdefault((), {})",
    ),
    (
        "matters that a rule ties together are solved apart",
        "reduced.py",
        "root[find(other)] = find(first)",
        "pass",
    ),
    (
        "equal options are counted once",
        "counting.py",
        "ways[label] * times[choice]",
        "ways[label]",
    ),
    (
        "a package is rebuilt from the wrong choice",
        "sweep.py",
        "found.append((stage.place, candidate % stage.choices))",
        "found.append((stage.place, candidate % stage.choices * 0))",
    ),
    (
        "the gap beyond the best for a is never asked about",
        "gaps.py",
        "gaps += [(values[-1][0], None)]",
        "gaps += []",
    ),
    (
        "a gap not decided counts as empty",
        "gaps.py",
        'if answer == "none":',
        'if answer in ("none", "unknown"):',
    ),
    (
        "a gap that holds another counts as closed with it",
        "gaps.py",
        "own >= theirs",
        "own <= theirs",
    ),
    (
        "a gap's floor is one too high",
        "satisfying.py",
        "(gap[side] or 0) + 1 for gap",
        "(gap[side] or 0) + 2 for gap",
    ),
    (
        "a negative bonus can be had or left",
        "satisfying.py",
        "if pays > 0:",
        "if pays != 0:",
    ),
    (
        "bonuses that can both hold are held apart",
        "satisfying.py",
        "n == m and not mine & theirs",
        "n == m and mine != theirs",
    ),
    (
        "climbed values forget the bonuses",
        "boxes.py",
        "own + held @ pay",
        "own + 0 * (held @ pay)",
    ),
    (
        "the guarantee of an epsilon frontier is smaller than what was left",
        "parts.py",
        "before_a + more_a, before_b + more_b",
        "before_a + more_a / 100, before_b + more_b / 100",
    ),
)


def main() -> int:
    """Plant and test, and print a line for each fault."""
    chosen = [int(each) for each in sys.argv[1:]] or range(1, len(FAULTS) + 1)
    shutil.rmtree(COPY, ignore_errors=True)
    for folder in ("src/legation/packages", "tests/packages", "tests/data"):
        shutil.copytree(ROOT / folder, COPY / folder)
    for file in ("src/legation/__init__.py", "src/legation/errors.py"):
        if (ROOT / file).exists():
            shutil.copy(ROOT / file, COPY / file)
    if _failed():
        print("The tests fail without a fault.")
        return 1
    survived = 0
    for number in chosen:
        what, file, stands, planted = FAULTS[number - 1]
        path = COPY / PACKAGES / file
        text = path.read_text("utf-8")
        if text.count(stands) < 1:
            verdict = "ITS PLACE IS GONE"
        else:
            path.write_text(text.replace(stands, planted, 1), "utf-8")
            verdict = "found" if _failed() else "NOT FOUND"
            path.write_text(text, "utf-8")
        survived += verdict != "found"
        print(f"{number:>3}  {verdict:<10} {what}", flush=True)
    print(f"{survived} not found")
    return 1 if survived else 0


def _failed() -> bool:
    quiet = ("-q", "-x", "-n0", "-c", os.devnull, "--rootdir", str(COPY))
    without = [
        part for name in ("cacheprovider", "django", "randomly") for part in ("-p", "no:" + name)
    ]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *quiet, *without, *TESTS],
            cwd=COPY,
            env={**os.environ, "PYTHONPATH": f"{COPY / 'src'}{os.pathsep}{COPY / 'tests'}"},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return True  # a solver that never ends is noticed
    if done.returncode > 1:
        raise SystemExit(done.stdout + done.stderr)
    return done.returncode == 1


if __name__ == "__main__":
    sys.exit(main())
