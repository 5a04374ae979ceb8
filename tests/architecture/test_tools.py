"""The tools of `make lint`, as tests, so that `make test` proves all that a change must keep."""

import subprocess
import sys
from pathlib import Path

import pytest

from architecture.house import ROOT

BIN = Path(sys.executable).parent


@pytest.mark.lint
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["ruff", "check", "."], id="lint"),
        pytest.param(["lint-imports"], id="imports go down"),
        pytest.param(["djlint", "--lint", "src"], id="templates"),
        pytest.param(["mypy"], id="types", marks=pytest.mark.slow),
    ],
)
def test_the_tree_passes(command: list[str]) -> None:
    name, *arguments = command
    done = subprocess.run(
        [str(BIN / name), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
