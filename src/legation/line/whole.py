"""Files that appear whole or not at all: written aside, synced, renamed; never over others."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from legation.errors import N_, Refusal
from legation.line.files import sync_folder
from legation.record.export import stored_zip

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
    aside = out.with_name(f".{out.name}.{os.getpid()}.part")
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
    if aside.is_dir():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.unlink(missing_ok=True)
