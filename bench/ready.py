"""From a clean clone to two nodes that answer: `make demo`, with pip's cache as it is."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import Figure

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 60


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield the seconds of the first `make demo`, and of the second, which makes nothing."""
    del long  # it is as long as it is
    with tempfile.TemporaryDirectory() as made:
        clone = Path(made) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        yield Figure(
            name="make demo in a clean clone", value=_ready(clone), unit="s", at_most=SECONDS
        )
        yield Figure(name="make demo once more", value=_ready(clone), unit="s", at_most=SECONDS)


def _ready(clone: Path) -> float:
    """Return the seconds until the nodes of a clone answer; then stop them."""
    begin = time.perf_counter()
    demo = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        said = iter(demo.stdout or ())
        if not any(line.startswith("Ready") for line in said):
            raise RuntimeError("make demo ended before its nodes answered")
        return time.perf_counter() - begin
    finally:
        os.killpg(demo.pid, signal.SIGINT)  # as Ctrl-C does
        demo.wait()
