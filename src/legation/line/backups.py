"""Backups: one file with all that a node is, except its root key and its fence.

    db.sqlite3 keys/… officers/… introduction.json secret.txt node.json files/… backup.json

Rules
1. The database is copied by SQLite's own backup, inside one read: a whole moment, while the node
   goes on writing. It is checked, and the root of each log is computed from the entries anew.
2. Written aside, synced, read back against `backup.json`, then renamed: OUT is whole or not there.
3. The fence is never in it: what was restored must not believe that it is the newest. Every
   restore begins a new term, in which nothing is signed before the other side has accepted it.
4. The root key stays out unless asked for: a thief of a backup could else name new keys.
5. A restore takes nothing but these names, and nothing that its own list does not hash: `archives`.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, cast

import legation
from legation.errors import N_, Refusal
from legation.line.archives import (
    BLOCK,
    LIST,
    NAME,
    Backup,
    Tell,
    not_whole,
    read_backup,
    silent,
)
from legation.line.databases import FILE
from legation.line.files import PRIVATE, sync_folder, write_durably
from legation.line.node import NODE_FILE, about_node
from legation.line.whole import aside_of
from legation.record.act import decode_opening, leaf_data
from legation.record.merkle import Frontier, leaf_hash

PAGES: Final = 2_048
FOLDERS: Final = ("keys", "officers", "files")
SINGLE: Final = (NODE_FILE, "introduction.json", "secret.txt")


def back_up(
    home: Path, out: Path, *, at: datetime, with_root: bool = False, tell: Tell | None = None
) -> Backup:
    """Write the node in `home` into the file `out`, which may not be there yet.

    tell: called with bytes done and in all. Raises Refusal "exists", "no-folder", "disk-full",
    "backup" (what was read back is not what was written), "database", and as `about_node`.
    """
    about = about_node(home)
    _check_out(home, out)
    aside, copy = aside_of(out, ".part"), aside_of(out, ".db")
    with _room(out.parent, _size(home)), _dropped(aside, copy):
        logs = copy_database(home / FILE, copy)
        paths = _paths(home, with_root=with_root)
        paths[FILE] = copy
        made = Backup(
            party=about["party"],
            name=about["name"],
            taken_at=f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            program=legation.__version__,
            logs=logs,
            files=_write(aside, paths, tell or silent),
            with_root=with_root,
        )
        _append_list(aside, made)
        read_backup(aside)
        aside.replace(out)
        sync_folder(out.parent)
    return made


def _check_out(home: Path, out: Path) -> None:
    if out.exists():
        raise Refusal(
            "exists",
            thing=N_("File {path}"),
            rule=N_("a backup is a new file; this one is there already."),
            remedy=N_("Give another name, or a folder in which one is made."),
            path=out,
        )
    if home in out.absolute().parents or not out.parent.is_dir():
        raise Refusal(
            "no-folder",
            thing=N_("Folder {path}"),
            rule=N_("a backup is written into a folder that is there, outside the node's own."),
            remedy=N_("Choose another place, best on another disk."),
            path=out.parent,
        )


def copy_database(source: Path, target: Path) -> dict[str, tuple[int, str]]:
    """Copy a database that may be written meanwhile; check it; return its logs' sizes and roots.

    Raises Refusal "database" when SQLite or the tree finds it damaged, "not-copied" when the
    system does not read or write it.
    """
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as read,
            closing(sqlite3.connect(target)) as write,
        ):
            target.chmod(PRIVATE)
            # One read for the whole copy: a writer neither disturbs it nor makes it begin anew.
            read.isolation_level = None
            read.execute("BEGIN")
            read.execute("SELECT count(*) FROM sqlite_master").fetchone()
            read.backup(write, pages=PAGES)
            read.execute("COMMIT")
            write.execute("PRAGMA journal_mode=DELETE")
        return check_database(target)
    except sqlite3.DatabaseError as fault:
        words = str(fault)
        if "full" in words or "disk I/O" in words:
            raise _not_copied(source, words) from fault
        raise _damaged(source, words) from fault


def check_database(path: Path) -> dict[str, tuple[int, str]]:
    """Check a database and compute the root of each log from its entries.

    Raises Refusal "database".
    """
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as read:
            found = [row[0] for row in read.execute("PRAGMA integrity_check(5)")]
            if found != ["ok"]:
                raise _damaged(path, "; ".join(found))
            logs = list(read.execute("SELECT side, size, root FROM line_log ORDER BY side"))
            return {side: _rooted(read, path, side, (size, root)) for side, size, root in logs}
    except sqlite3.DatabaseError as fault:
        raise _damaged(path, str(fault)) from fault


def _rooted(
    read: sqlite3.Connection, path: Path, side: str, said: tuple[int, bytes]
) -> tuple[int, str]:
    openings = read.execute(
        'SELECT opening FROM line_entry WHERE side = ? ORDER BY "index"', (side,)
    )
    edge = Frontier().extend(leaf_hash(leaf_data(decode_opening(row[0]))) for row in openings)
    root = edge.root().hash
    if (edge.size, root) != (said[0], bytes(said[1])):
        raise _damaged(path, f"{side}: {said[0]} / {edge.size}")
    return edge.size, root.hex()


def _not_copied(path: Path, words: str) -> Refusal:
    return Refusal(
        "not-copied",
        thing=N_("The database {path}"),
        rule=N_("the system could not read it, or not write its copy ({words})."),
        remedy=N_(
            "Nothing was left behind. Check the room on both disks and the limit on file sizes"
            " (`ulimit -f`), then try again; if it lasts, check the disk."
        ),
        path=path,
        words=words[:200],
    )


def _damaged(path: Path, words: str) -> Refusal:
    return Refusal(
        "database",
        thing=N_("The database {path}"),
        rule=N_("it is damaged ({words})."),
        remedy=N_("Keep it as it is, and take an earlier backup."),
        path=path,
        words=words[:200],
    )


def _paths(home: Path, *, with_root: bool) -> dict[str, Path]:
    """Return what is copied: name in the backup -> file. What is still being put in stays out."""
    found = {name: home / name for name in SINGLE}
    for folder in (*FOLDERS, *(("root",) if with_root else ())):
        for path in sorted((home / folder).rglob("*")):
            found[str(path.relative_to(home))] = path
    return {
        name: path
        for name, path in found.items()
        if path.is_file() and not path.is_symlink() and NAME.fullmatch(name)
    }


def _size(home: Path) -> int:
    return sum(path.stat().st_size for path in home.rglob("*") if path.is_file())


@contextmanager
def _room(folder: Path, needed: int) -> Iterator[None]:
    """Refuse what cannot fit, before and while it is written: database and archive lie there."""
    if shutil.disk_usage(folder).free < needed * 2:
        raise _full(folder)
    try:
        yield
    except OSError as fault:
        if shutil.disk_usage(folder).free < BLOCK:
            raise _full(folder) from fault
        raise


def _full(folder: Path) -> Refusal:
    return Refusal(
        "disk-full",
        thing=N_("Folder {path}"),
        rule=N_("the disk has no room for this."),
        remedy=N_("Free some space, or choose another disk. Nothing was left behind."),
        path=folder,
    )


@contextmanager
def _dropped(*paths: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for path in paths:
            with suppress(FileNotFoundError):
                path.unlink()


def _write(out: Path, paths: dict[str, Path], tell: Tell) -> dict[str, tuple[int, str]]:
    """Write an archive of these files; return each one's size and hash, as written."""
    total = sum(path.stat().st_size for path in paths.values())
    done = 0
    told: dict[str, tuple[int, str]] = {}
    handle = os.open(out, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE)
    with os.fdopen(handle, "w+b") as file, tarfile.open(fileobj=file, mode="w") as archive:
        for name, path in paths.items():
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue  # a file erased since the database was copied: it is to be gone
            with source:
                size = os.fstat(source.fileno()).st_size
                info = tarfile.TarInfo(name)
                info.size, info.mode = size, PRIVATE
                through = _Hashed(source)
                archive.addfile(info, cast("IO[bytes]", through))
            told[name] = size, through.hash.hexdigest()
            done += size
            tell(done, total)
    return told


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self.file.read(size)
        self.hash.update(data)
        return data


def _append_list(out: Path, made: Backup) -> None:
    """Write the list last: its presence says that everything before it is there."""
    with tarfile.open(out, mode="a") as archive:
        info = tarfile.TarInfo(LIST)
        data = made.encode()
        info.size, info.mode = len(data), PRIVATE
        archive.addfile(info, io.BytesIO(data))
    handle = os.open(out, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def restore(
    path: Path, home: Path, *, fence: Path | None = None, tell: Tell | None = None
) -> Backup:
    """Make a node of a backup, in a folder that is not there yet. It is not opened here.

    fence: default `DIR.fence`; one that lies there is kept, since it says how far we had signed.
    Raises Refusal "exists", "no-folder", "backup", "database", "disk-full".
    """
    home = home.absolute()
    fence = (fence or home.with_name(f"{home.name}.fence")).absolute()
    _check_home(home, fence)
    building = aside_of(home, ".new")
    try:
        building.mkdir(mode=0o700)
        with _room(home.parent, path.stat().st_size // 2):
            told = read_backup(path, building, tell)
            if check_database(building / FILE) != told.logs:
                raise not_whole(path, FILE)
            about = {**about_node(building), "fence": str(fence)}
            text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
            write_durably(building / NODE_FILE, text.encode(), mode=0o644)
            (building / "root").mkdir(mode=0o700, exist_ok=True)
        if home.is_dir():
            home.rmdir()
        building.rename(home)
        sync_folder(home.parent)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return told


def _check_home(home: Path, fence: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refusal(
            "exists",
            thing=N_("Folder {path}"),
            rule=N_("a node is restored into a folder that is empty or not there yet."),
            remedy=N_("Choose another folder, or move what is there away; do not mix the two."),
            path=home,
        )
    if not home.parent.is_dir() or fence == home or home in fence.parents:
        raise Refusal(
            "no-folder",
            thing=N_("Folder {path}"),
            rule=N_("it is in a folder that is there, and the fence lies outside it."),
            remedy=N_("Make the folder first, or give another path with --fence."),
            path=home,
        )
