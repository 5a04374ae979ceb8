"""The folder carrier: bundles as files on a stick or a shared drive.

    PATH/RECORD/FROM/SHA256.bundle

Rules
1. A file appears whole or not at all: written aside, synced, renamed; then the directory is
   synced. Only then are this side's older files pruned.
2. Each side writes and prunes in the folder that bears its own code, and nowhere else.
3. Read are regular files with one name, whose size is a size class and whose name is the
   SHA-256 of their bytes. Links, devices, pipes are never opened; the size comes first.
4. What is refused is left where it lies and counted once: a torn copy may be whole tomorrow.
5. PATH itself is never made: a stick that is not there must not become a folder of the disk.
6. Nothing here needs more than a FAT file system gives: no owners, modes, hard or soft links.
"""

import errno
import fcntl
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from legation.errors import N_, Refusal
from legation.line.core.bundle import check_size

MAX_FILES: Final = 10_000
"""Files of the peer looked at in one go; the rest waits until these are gone."""

_NAME: Final = re.compile(r"[0-9a-f]{64}\.bundle")
_ASIDE: Final = re.compile(r"\.[0-9a-f]{64}\.tmp")
_PLACE: Final = re.compile(r"[A-Za-z0-9]{1,64}")
_DIRECTORY: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A whole bundle of the peer's: the file's name, and its sealed bytes."""

    name: str
    bundle: bytes


class FolderCarrier:
    """Leaves our bundles in a folder and takes up the peer's.

    path: the stick or shared drive; record: the record's id; own, peer: party codes.
    refused: gets every refusal of a file, once as long as the file stays as it is.
    """

    name: ClassVar[str] = "folder"

    def __init__(
        self, path: Path, *, record: str, own: str, peer: str, refused: Callable[[Refusal], None]
    ) -> None:
        if not all(_PLACE.fullmatch(place) for place in (record, own, peer)):
            raise ValueError((record, own, peer))
        self.path = path
        self._record = record
        self._own = own
        self._peer = peer
        self._refused = refused
        self._told: set[tuple[str, int, int] | None] = set()
        self._settled: set[str] = set()

    def leave(self, bundles: Iterable[bytes], *, keep: Sequence[str] = ()) -> tuple[str, ...]:
        """Write these sealed bundles, then prune our files but them and those of `keep`.

        Returns the names written; one bundle at a time is in memory. When the stick is full,
        our older files make room at once: these bundles stand in their place.
        Raises Refusal "folder", "folder-full".
        """
        names: list[str] = []
        with self._open(self._own, make=True) as place, _locked(place):
            assert place is not None
            for bundle in bundles:
                names.append(_name_of(bundle))
                self._put(place, bundle, names, keep)
            _sync(place)
            _prune(place, {*names, *keep})
        return tuple(names)

    def take(self, first_of: Callable[[bytes], int]) -> Iterator[Found]:
        """Give the peer's bundles that are not settled yet, by the first entry they carry.

        first_of: opens a sealed bundle and returns the index of its first entry; a Refusal it
        raises is counted, and the file left. Two passes, so that one bundle at a time is in
        memory. Raises Refusal "folder".
        """
        with self._open(self._peer, make=False) as place:
            if place is None:
                return
            order: list[tuple[int, str]] = []
            for name in self._names(place):
                bundle = self._read(place, name)
                if bundle is None:
                    continue
                try:
                    order.append((first_of(bundle), name))
                except Refusal as refusal:
                    self._tell(place, name, refusal)
                    self.settle(name)  # the same bytes will be refused again
            for _, name in sorted(order):
                bundle = self._read(place, name)  # another may have pruned it meanwhile
                if bundle is not None:
                    yield Found(name=name, bundle=bundle)

    def settle(self, name: str) -> None:
        """Do not give this file again: its bundle was taken, or will never be of use."""
        self._settled.add(name)

    def unsettle(self, name: str) -> None:
        """Give this file again: it may be of use now."""
        self._settled.discard(name)

    def has(self, names: Sequence[str]) -> bool:
        """Tell whether all these files of ours lie there still. Raises Refusal "folder"."""
        with self._open(self._own, make=False) as place:
            return place is not None and all(_version(place, name) for name in names)

    # --- reading ---

    def _names(self, place: int) -> list[str]:
        """Return the names in the peer's folder that are neither settled nor refused."""
        names: list[str] = []
        present: set[str] = set()
        with os.scandir(place) as entries:
            for entry in entries:
                if not entry.name.endswith(".bundle"):
                    continue
                if len(present) == MAX_FILES:
                    break
                present.add(entry.name)
                if not _NAME.fullmatch(entry.name):
                    self._tell(place, entry.name, _strange(place, entry.name))
                elif entry.name not in self._settled and not self._was_told(place, entry.name):
                    names.append(entry.name)
        self._settled &= present
        return names

    def _read(self, place: int, name: str) -> bytes | None:
        """Return the bytes of one file, or None when it is refused or gone."""
        try:
            return _read_regular(place, name)
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno not in {errno.ELOOP, errno.EIO, errno.EACCES, errno.EPERM}:
                raise self._unusable(error) from error
            self._tell(place, name, _unreadable(name, error))
        except Refusal as refusal:
            self._tell(place, name, refusal)
        return None

    def _tell(self, place: int, name: str, refusal: Refusal) -> None:
        """Count a refusal once for the file as it is (rule 4)."""
        version = _version(place, name)
        if version is not None and version not in self._told:
            if len(self._told) >= MAX_FILES:
                self._told.clear()
            self._told.add(version)
            self._refused(refusal)

    def _was_told(self, place: int, name: str) -> bool:
        return _version(place, name) in self._told

    # --- folders ---

    @contextmanager
    def _open(self, party: str, *, make: bool) -> Iterator[int | None]:
        """Open PATH/RECORD/party without following links; None if it is not there."""
        handles: list[int] = []
        try:
            handles.append(os.open(self.path, _DIRECTORY))  # rule 5
            mode = stat.S_IMODE(os.fstat(handles[0]).st_mode)
            for place, as_open in ((self._record, mode), (party, 0o755)):
                if make:
                    _make(handles[-1], place, as_open)
                handles.append(os.open(place, _DIRECTORY | os.O_NOFOLLOW, dir_fd=handles[-1]))
        except OSError as error:
            _close(handles)
            if handles and not make and isinstance(error, FileNotFoundError):
                yield None
                return
            raise self._unusable(error) from error
        try:
            yield handles[-1]
        finally:
            _close(handles)

    def _put(self, place: int, bundle: bytes, names: list[str], keep: Sequence[str]) -> None:
        """Write the newest of `names`, making room for it if there is none."""
        try:
            _write(place, names[-1], bundle)
        except OSError as error:
            if error.errno not in _FULL:
                raise self._unusable(error) from error
            _prune(place, {*names, *keep})
            self._put_last(place, names[-1], bundle)

    def _put_last(self, place: int, name: str, bundle: bytes) -> None:
        try:
            _write(place, name, bundle)
        except OSError as error:
            if error.errno not in _FULL:
                raise self._unusable(error) from error
            raise Refusal(
                "folder-full",
                thing=N_("The folder {path}"),
                rule=N_("it has no room for a bundle of {size} bytes."),
                remedy=N_("Nothing is lost. Free some room on it, or take a larger stick."),
                path=self.path,
                size=len(bundle),
            ) from error

    def _unusable(self, error: OSError) -> Refusal:
        return Refusal(
            "folder",
            thing=N_("The folder {path}"),
            rule=N_("it cannot be used ({reason})."),
            remedy=N_("Put the stick in, or check the path and who may write there."),
            path=self.path,
            reason=error.strerror or type(error).__name__,
        )


def _name_of(bundle: bytes) -> str:
    return hashlib.sha256(bundle).hexdigest() + ".bundle"


def _version(place: int, name: str) -> tuple[str, int, int] | None:
    """Return what changes when a file does, or None when it is gone."""
    try:
        about = os.stat(name, dir_fd=place, follow_symlinks=False)
    except OSError:
        return None
    return (name, about.st_size, about.st_mtime_ns)


def _make(parent: int, name: str, mode: int) -> None:
    """Make a folder of its parent's group if it is not there.

    RECORD is as open as PATH, so that two nodes that run as different users can share a
    drive; our own folder is for us to write and for all to read, since bundles are sealed.
    """
    with suppress(FileExistsError):
        os.mkdir(name, 0o700, dir_fd=parent)
        with suppress(OSError):  # FAT has no owners and no modes
            os.chown(name, -1, os.fstat(parent).st_gid, dir_fd=parent)
        with suppress(OSError):
            os.chmod(name, mode, dir_fd=parent)
        _sync(parent)


def _write(place: int, name: str, bundle: bytes) -> None:
    """Write one file whole or not at all (rule 1). Raises OSError."""
    aside = f".{name.removesuffix('.bundle')}.tmp"
    with suppress(FileNotFoundError):
        os.unlink(aside, dir_fd=place)  # ours, from a run that was cut short
    handle = os.open(aside, _WRITE, 0o644, dir_fd=place)
    try:
        with suppress(OSError):  # FAT has no modes; elsewhere the umask may hide it from the peer
            os.fchmod(handle, 0o644)
        rest = memoryview(bundle)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
        os.close(handle)
        handle = -1
        os.rename(aside, name, src_dir_fd=place, dst_dir_fd=place)
    except OSError:
        if handle >= 0:
            os.close(handle)
        with suppress(OSError):
            os.unlink(aside, dir_fd=place)
        raise


def _prune(place: int, keep: set[str]) -> None:
    """Delete our own bundles but those to keep, and what cut-short runs left (rule 2)."""
    with os.scandir(place) as entries:
        old = [
            entry.name
            for entry in entries
            if (_NAME.fullmatch(entry.name) or _ASIDE.fullmatch(entry.name))
            and entry.name not in keep
            and entry.is_file(follow_symlinks=False)
        ]
    for name in old:
        with suppress(OSError):
            os.unlink(name, dir_fd=place)


def _read_regular(place: int, name: str) -> bytes:
    """Return a file's bytes if it is a whole bundle (rule 3). Raises OSError, Refusal."""
    # Looked at before it is opened: opening some devices does something.
    _check_regular(os.stat(name, dir_fd=place, follow_symlinks=False), name)
    handle = os.open(name, _READ, dir_fd=place)
    try:
        about = os.fstat(handle)
        _check_regular(about, name)
        data = b""
        while len(data) < about.st_size and (more := os.read(handle, about.st_size - len(data))):
            data += more
    finally:
        os.close(handle)
    if _name_of(data) != name:
        raise _torn(name)
    return data


def _strange(place: int, name: str) -> Refusal:
    """Return the refusal of what no bundle is called: of what it is first, then of its name."""
    try:
        _check_regular(os.stat(name, dir_fd=place, follow_symlinks=False), name)
    except Refusal as refusal:
        return refusal
    except OSError as error:
        return _unreadable(name, error)
    return _torn(name)


def _check_regular(about: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(about.st_mode) or about.st_nlink != 1:
        raise Refusal(
            "folder-link",
            thing=N_("{name} in the other side's folder"),
            rule=N_("it is a link, a device or a folder, and bundles are plain files."),
            remedy=N_("It was not opened. Find out who put it there."),
            name=name,
        )
    check_size(about.st_size)


def _torn(name: str) -> Refusal:
    return Refusal(
        "torn",
        thing=N_("{name} in the other side's folder"),
        rule=N_("its name must be the SHA-256 of its bytes, and it is not: the copy is torn."),
        remedy=N_("It was left there. Copy it again, or wait for the next one."),
        name=name[:80],
    )


def _unreadable(name: str, error: OSError) -> Refusal:
    return Refusal(
        "folder-unreadable",
        thing=N_("{name} in the other side's folder"),
        rule=N_("it cannot be read ({reason})."),
        remedy=N_("It was left there. Copy it again, or let this node's user read it."),
        name=name,
        reason=error.strerror or type(error).__name__,
    )


@contextmanager
def _locked(place: int | None) -> Iterator[None]:
    """Let one process of this node at a time write: the other's files are not to be pruned."""
    with suppress(OSError):  # some network drives have no locks; then only a copy is at stake
        fcntl.flock(-1 if place is None else place, fcntl.LOCK_EX)
    yield


def _sync(place: int) -> None:
    try:
        os.fsync(place)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:  # some drives cannot
            raise


def _close(handles: list[int]) -> None:
    for handle in handles:
        os.close(handle)
