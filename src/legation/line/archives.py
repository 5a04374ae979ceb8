"""The file that a backup is: members by name, and last the list that says what they must be.

Nothing is taken but the names of `NAME`, as plain files, each as the list hashes it.
"""

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from legation.errors import N_, Refusal
from legation.line.files import PRIVATE

VERSION: Final = 1
LIST: Final = "backup.json"
BLOCK: Final = 1 << 20
MOST_LIST: Final = 64 * 1024 * 1024
NAME: Final = re.compile(
    r"db\.sqlite3|node\.json|introduction\.json|secret\.txt|backup\.json"
    r"|(keys|officers|files|root)(/[A-Za-z0-9_@ -][\w@. -]*){1,3}"
)

Tell = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Say nothing of how far it is."""
    del done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds. logs: side -> entries and root (hex). files: name -> size, SHA-256."""

    party: str
    name: str
    taken_at: str
    program: str
    logs: dict[str, tuple[int, str]]
    files: dict[str, tuple[int, str]]
    with_root: bool

    def encode(self) -> bytes:
        """Return the bytes of `backup.json`."""
        told = {"backup": VERSION, **{key: getattr(self, key) for key in self.__slots__}}
        return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def read_backup(path: Path, into: Path | None = None, tell: Tell | None = None) -> Backup:
    """Read a backup against its own list, and write it into a folder if one is given.

    Raises Refusal "backup" for anything that is not what the list says.
    """
    tell = tell or silent
    found: dict[str, tuple[int, str]] = {}
    told: Backup | None = None
    done, total = 0, max(path.stat().st_size, 1)
    try:
        with tarfile.open(path, mode="r:") as archive:
            for member in archive:
                # One with holes says any size, and all of it would be read: terabytes of nothing.
                plain = member.isreg() and not member.issparse()
                source = archive.extractfile(member) if plain else None
                if source is None or not NAME.fullmatch(member.name) or ".." in member.name:
                    raise not_whole(path, member.name)
                if member.name == LIST:
                    told = _decode(path, source.read(MOST_LIST))
                    continue
                if told is not None or member.name in found:
                    raise not_whole(path, member.name)
                found[member.name] = _taken(source, member.name, into)
                done += member.size
                tell(done, total)
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as fault:
        raise not_whole(path, str(fault)) from fault
    if told is None:
        raise not_whole(path, LIST)
    for name in sorted(found.keys() | told.files.keys()):
        if found.get(name) != told.files.get(name):
            raise not_whole(path, name)
    return told


def _taken(source: IO[bytes], name: str, into: Path | None) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    target = None
    if into is not None:
        place = into / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE)
    try:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            if target is not None:
                rest = memoryview(block)
                while rest:
                    rest = rest[os.write(target, rest) :]
        if target is not None:
            os.fsync(target)
    finally:
        if target is not None:
            os.close(target)
    return size, digest.hexdigest()


def _decode(path: Path, data: bytes) -> Backup:
    try:
        told: dict[str, Any] = json.loads(data)
        if told.pop("backup") != VERSION:
            raise ValueError(LIST)
        pairs = {
            key: {name: (int(pair[0]), str(pair[1])) for name, pair in told[key].items()}
            for key in ("logs", "files")
        }
        return Backup(
            party=str(told["party"]),
            name=str(told["name"]),
            taken_at=str(told["taken_at"]),
            program=str(told["program"]),
            logs=pairs["logs"],
            files=pairs["files"],
            with_root=bool(told["with_root"]),
        )
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as fault:
        raise not_whole(path, LIST) from fault


def not_whole(path: Path, what: str) -> Refusal:
    """Return the refusal of a backup that is not what its list says. what: where it differs."""
    return Refusal(
        "backup",
        thing=N_("Backup {path}"),
        rule=N_("it is not whole, or not one of this program ({what})."),
        remedy=N_("Take another backup. Nothing was changed."),
        path=path,
        what=what[:120],
    )
