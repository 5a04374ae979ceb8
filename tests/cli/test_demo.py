"""The demonstration: the whole story, as `legation demo --check` tells it; twice in one folder."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LEGATION = [sys.executable, "-m", "legation.cli"]


def check(folder: Path) -> tuple[int, dict[str, object]]:
    """Play the story; return the exit code and the verdict."""
    ended = subprocess.run(
        [*LEGATION, "demo", "--dir", str(folder), "--check", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    verdict = json.loads(ended.stdout)
    assert isinstance(verdict, dict)
    return ended.returncode, verdict


@pytest.mark.slow
def test_the_whole_story_is_as_it_should_be(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    for _ in range(2):  # the second time it goes on with the same two nodes
        code, verdict = check(folder)
        wrong = [step for step in verdict["steps"] if not step["ok"]]  # type: ignore[attr-defined]  # JSON
        assert (code, verdict["ok"], wrong) == (0, True, [])
    assert {"us", "ru"} <= {path.name for path in folder.iterdir()}


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    code, verdict = check(tmp_path)
    assert code == 1
    assert verdict["ok"] is False
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
