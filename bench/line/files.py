"""A file of 25 MB over HTTPS between two processes, beside the bare rate of the same connection.

US has released a note with a file. Timed is from its first freight to the moment RU holds the last
chunk, synced; then, over the very same TLS connection, the same number of bytes without us: bodies
of the same size that RU reads and drops; then, without any line, what RU cannot leave out: opening,
hashing and writing as many bytes, synced. All by turns, and of each the quickest.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from bench import Figure
from bench.line._file_node import GO
from bench.line.backlog import PORTS, make, tell

SIZES = (26_214, 262_144, 2_621_440, 26_214_400)
BAR = 0.5
RUNS = 12


def figures(*, long: bool) -> Iterator[Figure]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "legation.settings"
    django.setup()
    with tempfile.TemporaryDirectory(prefix="legation-bench-") as name:
        make(Path(name), notices=0)
        found = {size: best(Path(name), size, RUNS * (1 + long)) for size in SIZES}
    for size, each in found.items():
        largest = size == SIZES[-1]
        yield Figure(
            name=f"{size:>10,} bytes: bare rate of the connection / our rate",
            value=each["bare"] / each["ours"],
            at_least=BAR if largest else None,
            note=f"{size / each['ours'] / 1e6:,.0f} MB/s of {size / each['bare'] / 1e6:,.0f} bare;"
            f" {each['ours'] * 1e3:,.1f} ms",
        )
    small, large = found[SIZES[1]], found[SIZES[-1]]
    yield Figure(
        name="bare bytes, opened, hashed, written, one after the other / our rate",
        value=(large["bare"] + large["taking"]) / large["ours"],
        note=f"{large['bare'] * 1e3:.0f} + {large['taking'] * 1e3:.0f} ms of"
        f" {large['ours'] * 1e3:.0f}",
    )
    growth = (large["ours"] / SIZES[-1]) / (small["ours"] / SIZES[1])
    yield Figure(name="time for a byte, of 25 MiB / of 256 KiB", value=growth, at_most=1.5)


def best(folder: Path, size: int, runs: int) -> dict[str, float]:
    """Return the least seconds of each, taken by turns: others had the machine in the rest."""
    found = measured(folder, size, runs)
    return {what: min(each[what] for each in found) for what in found[0]}


def measured(folder: Path, size: int, runs: int) -> list[dict[str, float]]:
    """Have both nodes carry so many files of a size; return what the sender measured of each."""
    processes = {
        party: subprocess.Popen(
            [sys.executable, "-m", "bench.line._file_node", str(folder / party), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for party, arguments in (
            ("RU", ["--port", str(PORTS["RU"])]),
            ("US", ["--size", str(size), "--runs", str(runs)]),
        )
    }
    try:
        for process in processes.values():
            assert process.stdout is not None
            process.stdout.readline()
        tell(processes["US"], GO)
        assert processes["US"].stdout is not None
        found: list[dict[str, Any]] = json.loads(processes["US"].stdout.readline())
    finally:
        for process in processes.values():
            assert process.stdin is not None
            process.stdin.close()
        for process in processes.values():
            process.wait(30)
    return found
