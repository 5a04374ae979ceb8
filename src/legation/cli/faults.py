"""What can go wrong outside the program, as sentences: disk, database, files, addresses.

Faults of the program itself are not caught: they keep their traceback, for whoever mends it.
"""

import errno
import sqlite3
import sys
from typing import Final

from legation.cli.inputs import LONGEST_NAME
from legation.errors import N_, Refusal

# What SQLite says (a stable English text), and what that means to a person.
_SQLITE: Final = (
    (
        ("database is locked", "database table is locked"),
        "locked",
        N_("another program has kept the database locked for too long."),
        N_("Wait for it to finish, or stop it; then try again."),
    ),
    (
        ("disk is full",),
        "disk-full",
        N_("the disk is full, and nothing was written."),
        N_("Free some space; what is stored can still be read."),
    ),
    (
        ("readonly database", "attempt to write"),
        "read-only",
        N_("the database may be read here but not written."),
        N_("Run this as the user who keeps the node."),
    ),
    (
        ("unable to open database",),
        "unreadable",
        N_("the database cannot be opened."),
        N_("Run this as the user who keeps the node, and check the folder."),
    ),
    (
        ("not a database", "malformed", "disk i/o error"),
        "database",
        N_("the database file is damaged or unreadable."),
        N_("Keep a copy of it, then restore the newest backup and run `doctor`."),
    ),
    (
        ("no such table", "no such column"),
        "other-version",
        N_("the database does not fit this version of the program."),
        N_("Use the program that last ran this node, or a newer one."),
    ),
)


def expected_faults() -> tuple[type[BaseException], ...]:
    """Return what a command may meet outside the program; Django's own kinds once it is loaded.

    A record that a newer program wrote is such a thing too.
    """
    from legation.acts.catalogue import NewerRecord  # loaded only once something went wrong

    django_errors = sys.modules.get("django.db.utils")
    more = (django_errors.Error,) if django_errors is not None else ()
    return (Refusal, NewerRecord, OSError, sqlite3.Error, KeyboardInterrupt, *more)


def refusal_of(fault: BaseException) -> Refusal | None:
    """Return the fault as a refusal with a remedy, or None for a fault of the program."""
    if isinstance(fault, Refusal):
        return fault
    from legation.acts.catalogue import NewerRecord

    if isinstance(fault, NewerRecord):
        from legation.line.databases import newer_record

        return newer_record(fault)
    if isinstance(fault, KeyboardInterrupt):
        return Refusal(
            "stopped",
            thing=N_("Command"),
            rule=N_("it was stopped from the keyboard."),
            remedy=N_("What was committed before stays; run it again."),
        )
    seen: BaseException | None = fault
    while seen is not None:
        found = _sqlite(seen) if isinstance(seen, sqlite3.Error) else None
        found = found or (_operating_system(seen) if isinstance(seen, OSError) else None)
        if found is not None:
            return found
        seen = seen.__cause__
    return None


def _sqlite(fault: sqlite3.Error) -> Refusal | None:
    said = str(fault).lower()
    for signs, code, rule, remedy in _SQLITE:
        if any(sign in said for sign in signs):
            return Refusal(code, thing=N_("Node's database"), rule=rule, remedy=remedy)
    return None


def _operating_system(fault: OSError) -> Refusal | None:
    path = fault.filename if isinstance(fault.filename, str) else "-"
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Refusal(
            "disk-full",
            thing=N_("The disk"),
            rule=N_("it has no room left, and nothing was written."),
            remedy=N_("Free some space; what is stored can still be read."),
        )
    if fault.errno == errno.EADDRINUSE:
        return None
    return Refusal(
        "file",
        thing=N_("File {path}"),
        rule=N_("the operating system refused it ({why})."),
        remedy=N_("Check that it exists and that you may use it."),
        path=path[:LONGEST_NAME],
        why=fault.strerror or type(fault).__name__,
    )
