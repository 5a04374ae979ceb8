"""The node's database: SQLite in the way that loses nothing, under an alias of its own.

Rules
1. WAL with `synchronous=FULL`: `NORMAL` loses committed rows in a power cut.
2. Every transaction begins IMMEDIATE: two writers wait for one another, none fails half-way.
3. One more alias costs nothing: two nodes live in one process, each with its own.
4. What is deleted is overwritten: a file of the database keeps no word that no row has.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connections, transaction

from legation.acts.catalogue import NewerRecord
from legation.errors import N_, Refusal

FILE: Final = "db.sqlite3"
LOCK_WAIT_SECONDS: Final = 5.0
LEAST_ROOM: Final = 256 * 1024
"""Bytes without which SQLite cannot begin: its side files take some 100 KiB."""

_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-16000;PRAGMA temp_store=MEMORY;"
    "PRAGMA secure_delete=ON;"
)


def sqlite(path: Path | str, *, wait: float = LOCK_WAIT_SECONDS) -> dict[str, Any]:
    """Return Django's settings of one SQLite database.

    path: of the file, or ":memory:". wait: seconds to wait for another writer.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": wait,
            "transaction_mode": "IMMEDIATE",
            "init_command": _PRAGMAS,
        },
    }


def still(path: Path) -> dict[str, Any]:
    """Return Django's settings of a database that nobody writes now, to be read as it lies.

    SQLite makes no side files then, for which a full disk has no room.
    """
    uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": uri,
        "OPTIONS": {"uri": True, "init_command": "PRAGMA temp_store=MEMORY;"},
    }


def lies_still(home: Path) -> bool:
    """Tell whether a database has nothing in its write-ahead log, so that `still` shows all."""
    log = home / f"{FILE}-wal"
    return not log.exists() or log.stat().st_size == 0


def connect(
    home: Path | str,
    alias: str = "default",
    *,
    wait: float = LOCK_WAIT_SECONDS,
    as_it_lies: bool = False,
) -> str:
    """Register the database of the node in `home` under `alias`; return the alias.

    home: the node's folder, or ":memory:". An alias that is registered already is pointed at
    this database. as_it_lies: for reading only, see `still`.
    """
    path = home if str(home) == ":memory:" else Path(home) / FILE
    defaults = {
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
    }
    wanted = {**defaults, **(still(Path(path)) if as_it_lies else sqlite(path, wait=wait))}
    known = connections.settings.get(alias)
    if known is not None and known["NAME"] == wanted["NAME"] and known["OPTIONS"]:
        return alias
    if known is not None:
        connections[alias].close()
        del connections[alias]
    connections.settings[alias] = wanted
    return alias


def migrate(home: Path | str, alias: str = "legation_new") -> None:
    """Make the tables of the database in `home`, or bring them up to this program.

    The alias is closed and forgotten afterwards.
    """
    connect(home, alias)
    try:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    finally:
        forget(alias)


def forget(alias: str) -> None:
    """Close an alias of this thread and unregister it."""
    connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def check_schema(alias: str) -> None:
    """Compare the migrations that a database has with those that this program has.

    Raises Refusal "newer-database", "older-database", "locked".
    """
    with told_apart(alias), connections[alias].cursor() as cursor:
        tables = connections[alias].introspection.table_names(cursor)
        applied = set()
        if "django_migrations" in tables:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    known = {(app.label, name) for app in apps.get_app_configs() for name in _migrations(app)}
    labels = {app.label for app in apps.get_app_configs()}
    if beyond := sorted(f"{app} {name}" for app, name in applied - known if app in labels):
        raise Refusal(
            "newer-database",
            thing=N_("The node's database"),
            rule=N_("it is newer than this program: it has {names}, which this does not know."),
            remedy=N_("Start the version of the program that wrote it, or a newer one."),
            names=", ".join(beyond[:3]),
        )
    if known - applied:
        raise Refusal(
            "older-database",
            thing=N_("The node's database"),
            rule=N_("it is older than this program and must be brought up to it."),
            remedy=N_("Make a backup, then run `legation upgrade`."),
        )


def _migrations(app: AppConfig) -> set[str]:
    folder = Path(app.path) / "migrations"
    return {path.stem for path in folder.glob("[0-9]*.py")}


@contextmanager
def told_apart(alias: str) -> Iterator[None]:
    """Turn SQLite's errors into refusals an officer can act on.

    Raises Refusal "disk-full", "locked", "database" (damaged, or not readable).
    """
    try:
        yield
    except (OperationalError, DatabaseError) as fault:
        refusal = _as_refusal(str(fault), alias)
        if refusal is None:
            raise
        raise refusal from fault


def _as_refusal(words: str, alias: str) -> Refusal | None:
    path = _file_of(str(connections.settings[alias]["NAME"]))
    # Without room for its side files SQLite speaks of the disk as it does of a broken one; and a
    # database that is read as it lies, because there is no room, may not be written.
    unclear = "disk I/O" in words or "readonly" in words
    if "full" in words or (unclear and shutil.disk_usage(path.parent).free < LEAST_ROOM):
        return Refusal(
            "disk-full",
            thing=N_("The node's database {path}"),
            rule=N_("the disk has no room left; nothing was written."),
            remedy=N_("Reading goes on. Free some space; what waits is then sent by itself."),
            path=path,
        )
    if "locked" in words or "busy" in words:
        return Refusal(
            "locked",
            thing=N_("The node's database {path}"),
            rule=N_("another program has been writing to it for more than {seconds} seconds."),
            remedy=N_("Wait and try again; if it lasts, see which program holds the file."),
            path=path,
            seconds=LOCK_WAIT_SECONDS,
        )
    if "disk I/O" in words:
        return Refusal(
            "database",
            thing=N_("The node's database {path}"),
            rule=N_("the system could not read or write it ({words})."),
            remedy=N_(
                "Check the disk, its quota and the limit on file sizes (`ulimit -f`), then run"
                " `legation doctor`: it says whether anything is damaged."
            ),
            path=path,
            words=words,
        )
    if "malformed" in words or "not a database" in words:
        return Refusal(
            "database",
            thing=N_("The node's database {path}"),
            rule=N_("it is damaged ({words})."),
            remedy=N_("Stop the node, keep the file, and restore a backup: a new term begins."),
            path=path,
            words=words,
        )
    return None


def _file_of(name: str) -> Path:
    return Path(unquote(name.removeprefix("file:").partition("?")[0]))


@contextmanager
def writing(alias: str) -> Iterator[None]:
    """One transaction that writes: all of it is kept, or nothing.

    Raises as `told_apart`, and Refusal "newer-record".
    """
    with told_apart(alias), transaction.atomic(using=alias):
        try:
            yield
        except NewerRecord as fault:
            raise newer_record(fault) from fault


@contextmanager
def reading(alias: str) -> Iterator[None]:
    """One moment of the database, however long it is read; whoever writes goes on meanwhile.

    Nothing may be written inside. Raises as `told_apart`.
    """
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
        return
    with told_apart(alias), connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def empty_log(alias: str) -> None:
    """Write what lies in the write-ahead log to the database, and cut the log to nothing.

    It keeps what rows said before; one that is being read just then stays until the next time.
    Raises as `told_apart`.
    """
    with told_apart(alias), connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def newer_record(fault: NewerRecord) -> Refusal:
    """Return the refusal of a record that this program is too old to fold."""
    return Refusal(
        "newer-record",
        thing=N_("The record of this node"),
        rule=N_("it holds {type}, which a newer program told the other side that it reads."),
        remedy=N_("Start that version of the program, or a newer one. Nothing was changed."),
        type=fault,
    )
