"""What a killed program left aside goes with the next writing to the same place, and no more."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from legation.line.whole import STILL, aside_of, sweep_parts, write_whole

LONG_AGO = 4 * STILL


def a_dead_process() -> int:
    """Return the number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def left(path: Path, *, still: bool = True) -> Path:
    """Leave a file or, for a name without a suffix of its own, a folder, as a kill would."""
    if path.suffix == ".part" and ".zip." not in path.name:
        (path / "tile").mkdir(parents=True)
        each = [path / "tile", path]
    else:
        path.write_bytes(b"half of it")
        each = [path]
    if still:
        past = path.stat().st_mtime - LONG_AGO
        for one in each:
            os.utime(one, (past, past))
    return path


@pytest.mark.parametrize(
    ("out", "name"),
    [
        ("out.zip", ".out.zip.{pid}.part"),
        ("tiles", ".tiles.{pid}.part"),
        ("US-20261201T101010Z.backup", ".US-20261130T235959Z.backup.{pid}.db"),
        ("us", ".us.{pid}.new"),
    ],
)
def test_what_a_killed_program_left_is_taken_away(tmp_path: Path, out: str, name: str) -> None:
    old = left(tmp_path / name.format(pid=a_dead_process()))
    aside_of(tmp_path / out, ".part")
    assert not old.exists()


def test_what_may_be_somebodys_work_stays(tmp_path: Path) -> None:
    dead, parent = a_dead_process(), os.getppid()
    names: list[tuple[str, Callable[[Path], Path]]] = [
        (f".out.zip.{parent}.part", left),  # that process runs
        (f".out.zip.{dead}.part", lambda path: left(path, still=False)),  # another machine's?
        (f".other.zip.{dead}.part", left),
        (f"out.zip.{dead}.part", left),
        (f".out.zip.{dead}.txt", left),
    ]
    kept = [make(tmp_path / name) for name, make in names]
    write_whole(tmp_path / "out.zip", [("a", b"1")])
    assert sorted(tmp_path.iterdir()) == sorted([*kept, tmp_path / "out.zip"])


def test_a_link_that_was_left_leads_nobody_astray(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/kept").write_text("mine")
    link = tmp_path / f".out.{a_dead_process()}.part"
    link.symlink_to(tmp_path / "mine")
    past = link.lstat().st_mtime - LONG_AGO
    for one in (link, tmp_path / "mine", tmp_path / "mine/kept"):
        os.utime(one, (past, past), follow_symlinks=False)
    aside_of(tmp_path / "out", ".part")
    assert not link.is_symlink()
    assert (tmp_path / "mine/kept").read_text() == "mine"


def test_halves_of_a_node_s_own_files_are_swept_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    dead, parent = a_dead_process(), os.getppid()
    names = [
        (f"keys/.log.key.{dead}.part", True),  # what a kill left
        (f".node.json.{dead}.part", True),
        (f"keys/.seal.key.{dead}.part", False),  # written just now
        (f".node.json.{parent}.part", True),  # that process runs
        (f"node.json.{dead}.part", True),
        (".hidden.part", True),
    ]
    for name, still in names:
        path = tmp_path / name
        path.write_bytes(b"half of it")
        if still:
            past = path.stat().st_mtime - LONG_AGO
            os.utime(path, (past, past))
    assert sweep_parts(tmp_path.rglob("*")) == 2
    assert not any((tmp_path / name).exists() for name, _ in names[:2])
    assert all((tmp_path / name).exists() for name, _ in names[2:])
