"""The bytes of files, in the node's folder `files`, each under the root of its chunks' tree.

    files/ROOT          a whole file
    files/ROOT.part     one that is still coming over the line, with holes
    files/.NAME.stage   one that is being put here

Rules
1. A whole file appears at once: written aside, synced, renamed; then the folder is synced.
2. Only this node's user reads them. Never more than one chunk is in memory.
3. Nothing here says what a file is or whether it counts: rows do (`legation.line.models`).
"""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from legation.acts.files import CHUNK, MAX_FILE
from legation.errors import N_, Refusal
from legation.line.core.chunks import chunk_hash, hash_at, length_of
from legation.line.files import PRIVATE, sync_folder
from legation.record.merkle import root_of

FOLDER: Final = "files"
FORGOTTEN_SECONDS: Final = 30 * 86_400
"""After this long what no row knows is nobody's any more. After a restore rows come back late."""
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_OPEN: Final = os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written aside. hashes: of its chunks, one after the other."""

    aside: Path
    root: str
    size: int
    hashes: bytes


class FileStore:
    """The folder `files` of the node in `home`; it is made when it is first needed."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def path(self, root: str) -> Path:
        """Return where a whole file lies."""
        return self.folder / root

    def part(self, root: str) -> Path:
        """Return where a file lies that is still coming."""
        return self.folder / f"{root}.part"

    def take_in(self, source: BinaryIO, name: str, *, most: int = MAX_FILE) -> Taken:
        """Write a stream aside, synced, and return what it is; `keep` or `drop` it then.

        name: of the file beside, unlike any other. most: bytes.
        Raises Refusal "file-size", "disk-full".
        """
        aside = self.folder / f".{name}.stage"
        hashes: list[bytes] = []
        size = 0
        try:
            with self._room(), self._opened(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as handle:
                while chunk := _read_chunk(source):
                    size += len(chunk)
                    if size > most:
                        break
                    hashes.append(chunk_hash(chunk))
                    _write_all(handle, chunk, at=size - len(chunk))
                os.fsync(handle)
            if not 0 < size <= most:
                raise _wrong_size(size, most)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        return Taken(aside, root_of(hashes).hash.hex(), size, b"".join(hashes))

    def keep(self, taken: Taken) -> None:
        """Give a file its name, for good (rule 1)."""
        taken.aside.replace(self.path(taken.root))
        sync_folder(self.folder)

    def drop(self, taken: Taken) -> None:
        """Delete what was written aside."""
        taken.aside.unlink(missing_ok=True)

    def write(self, root: str, chunks: Mapping[int, bytes | memoryview]) -> None:
        """Put chunks, by their index, checked by the caller, in their places. Raises Refusal.

        They are on their way to the disk then, not synced.
        """
        path = self.path(root)
        if not path.exists():
            path = self.part(root)
        with self._room(), self._opened(path, os.O_WRONLY | os.O_CREAT) as handle:
            for index, chunk in chunks.items():
                _write_all(handle, chunk, at=index * CHUNK)
            first = min(chunks) * CHUNK
            # Linux begins to write what it is told is not needed: `sync` finds little left to do.
            os.posix_fadvise(
                handle, first, (max(chunks) + 1) * CHUNK - first, os.POSIX_FADV_DONTNEED
            )

    def sync(self, root: str, *, whole: bool) -> None:
        """Make what was written durable; a file that is whole gets its name."""
        part, path = self.part(root), self.path(root)
        with self._room():
            for each in (part, path):
                with suppress(FileNotFoundError), self._opened(each, os.O_RDONLY) as handle:
                    os.fdatasync(handle)
            if whole and part.exists():
                part.replace(path)
            sync_folder(self.folder)

    def chunk(self, root: str, index: int, size: int) -> bytes:
        """Return one chunk as it lies here, unchecked; b"" if it does not."""
        for path in (self.path(root), self.part(root)):
            with suppress(FileNotFoundError), self._opened(path, os.O_RDONLY) as handle:
                return os.pread(handle, length_of(index, size), index * CHUNK)
        return b""

    def good(self, root: str, size: int, hashes: bytes) -> Iterator[int]:
        """Yield the chunks that lie here as their hashes say."""
        for index in range(len(hashes) // 32):
            chunk = self.chunk(root, index, size)
            if len(chunk) == length_of(index, size) and chunk_hash(chunk) == hash_at(hashes, index):
                yield index

    def destroy(self, root: str) -> bool:
        """Delete a file's bytes, durably; tell whether there were any."""
        found = False
        for path in (self.path(root), self.part(root)):
            with suppress(FileNotFoundError):
                path.unlink()
                found = True
        if found:
            sync_folder(self.folder)
        return found

    def lying_here(self) -> set[str]:
        """Return the roots of which there are bytes."""
        if not self.folder.is_dir():
            return set()
        names = (path.name.removesuffix(".part") for path in self.folder.iterdir())
        return {name for name in names if not name.startswith(".")}

    def sweep(self, known: set[str], *, at: datetime) -> int:
        """Delete what no row knows and nobody has touched for 30 days; return how many files."""
        swept = 0
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            root = path.name.removesuffix(".part")
            old = path.stat().st_mtime < at.timestamp() - FORGOTTEN_SECONDS
            if root not in known and old and path.is_file():
                path.unlink(missing_ok=True)
                swept += 1
        return swept

    @contextmanager
    def _opened(self, path: Path, how: int) -> Iterator[int]:
        """Open a file here without following links; the folder is made for a first one."""
        try:
            handle = os.open(path, how | _OPEN, PRIVATE)
        except FileNotFoundError:
            if not how & os.O_CREAT:
                raise
            self.folder.mkdir(mode=0o700)
            sync_folder(self.folder.parent)
            handle = os.open(path, how | _OPEN, PRIVATE)
        try:
            yield handle
        finally:
            os.close(handle)

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Turn a full disk into a refusal."""
        try:
            yield
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise Refusal(
                "disk-full",
                thing=N_("The node's folder {path}"),
                rule=N_("the disk has no room left for this file; nothing was kept of it."),
                remedy=N_("Free some space on it, then put the file in again."),
                path=self.folder,
            ) from error


def _read_chunk(source: BinaryIO) -> bytes:
    """Return the next whole chunk of a stream, shorter only at its end."""
    parts: list[bytes] = []
    left = CHUNK
    while left and (part := source.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _write_all(handle: int, data: bytes | memoryview, *, at: int) -> None:
    rest = memoryview(data)
    while rest:
        done = os.pwrite(handle, rest, at)
        rest, at = rest[done:], at + done


def _wrong_size(size: int, most: int) -> Refusal:
    return Refusal(
        "file-size",
        thing=N_("A file of {size} bytes"),
        rule=N_("a file has at least one byte, and at most {most}."),
        remedy=N_("Scan it at a lower resolution, or divide it into several files."),
        size=size if size <= most else f"> {most:,}",
        most=f"{most:,}",
    )
