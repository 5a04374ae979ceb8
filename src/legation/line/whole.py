"""Files that appear whole or not at all: written aside, synced, renamed; never over others.

What a program that was killed left aside goes with the next writing to the same place: `aside_of`
names the process, and only what no process writes any longer is taken away.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final, TypeAlias

from legation.errors import N_, Refusal
from legation.line.files import sync_folder
from legation.record.export import stored_zip

STILL: Final = 60
"""Seconds."""

_PART: Final = re.compile(r"\..+\.([1-9][0-9]{0,9})\.part", re.ASCII)
"""As `files.write_durably` names what is not whole yet."""

File: TypeAlias = tuple[str, bytes]
"""Path below the export, with "/", and bytes."""


class Counted:
    """Files under way, counted as they pass. files: how many; size: their bytes."""

    def __init__(self, files: Iterable[File]) -> None:
        self._source = files
        self.files = 0
        self.size = 0

    def __iter__(self) -> Iterator[File]:
        for path, data in self._source:
            self.files += 1
            self.size += len(data)
            yield path, data


def write_whole(out: Path, files: Iterable[File]) -> None:
    """Write files into a folder, or a stored zip if `out` ends in ".zip": all, or nothing.

    Raises Refusal "exists", "no-room", and what a zip refuses.
    """
    _check_free(out)
    aside = aside_of(out, ".part")
    try:
        if out.suffix == ".zip":
            _write_zip(aside, files)
        else:
            _write_folder(aside, files)
        _check_free(out)
        aside.rename(out)
        sync_folder(out.parent)
    except OSError as error:
        _remove(aside)
        raise Refusal(
            "no-room",
            thing=N_("The export {path}"),
            rule=N_("it cannot be written there ({reason}); nothing is left of it."),
            remedy=N_("Choose another place, or free some room."),
            path=out,
            reason=error.strerror or type(error).__name__,
        ) from error
    except BaseException:
        _remove(aside)
        raise


def aside_of(out: Path, suffix: str) -> Path:
    """Return where `out` is written before it is whole; drop what the killed left there.

    suffix: ".part", ".db" or ".new". Taken away is only what is written aside of this name, or of
    one that differs in its digits, by a process that runs no longer, and that has lain still for
    a minute: over a shared folder another machine's process may be at work.
    """
    name = re.sub(r"[0-9]+", "[0-9]+", re.escape(out.name))
    mark = re.compile(rf"\.{name}\.([1-9][0-9]{{0,9}})\.(part|db|new)(-journal)?", re.ASCII)
    for path in sorted(out.parent.iterdir()) if out.parent.is_dir() else ():
        found = mark.fullmatch(path.name)
        if found is not None and not _runs(int(found[1])) and _lies_still(path):
            _remove(path)
    return out.with_name(f".{out.name}.{os.getpid()}{suffix}")


def sweep_parts(found: Iterable[Path]) -> int:
    """Take away what `write_durably` left among these when it was killed.

    Taken away are plain files of its own naming alone, of a process that runs no longer, that
    have lain still for a minute. Returns how many.
    """
    count = 0
    for path in sorted(found):
        named = _PART.fullmatch(path.name)
        plain = path.is_file() and not path.is_symlink()
        if named is not None and plain and not _runs(int(named[1])) and _lies_still(path):
            with suppress(OSError):  # it is read-only now, or somebody else was faster
                path.unlink()
                count += 1
    return count


def _runs(pid: int) -> bool:
    """Tell whether such a process is there; one of another user's is."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _lies_still(path: Path) -> bool:
    """Tell whether nothing of it was written for a minute, by the clock of its own disk."""
    try:
        with TemporaryFile(dir=path.parent) as probe:
            now = os.fstat(probe.fileno()).st_mtime
        newest = max(each.lstat().st_mtime for each in (path, *path.rglob("*")))
    except OSError:
        return False  # somebody else takes it away, or nothing can be written there
    return now - newest > STILL


def _check_free(out: Path) -> None:
    if os.path.lexists(out):
        raise Refusal(
            "exists",
            thing=N_("{path}"),
            rule=N_("it is there already, and an export overwrites nothing."),
            remedy=N_("Choose another name, or move it away."),
            path=out,
        )


def _write_zip(aside: Path, files: Iterable[File]) -> None:
    with aside.open("xb") as file:
        for part in stored_zip(files):
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def _write_folder(aside: Path, files: Iterable[File]) -> None:
    made: set[Path] = set()
    aside.mkdir()
    for path, data in files:
        place = aside / path
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        place.write_bytes(data)
    os.sync()  # one for all: a hundred thousand fsyncs would take minutes


def _remove(aside: Path) -> None:
    if aside.is_dir() and not aside.is_symlink():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.unlink(missing_ok=True)
