"""Disk, database and files fail with a sentence; a fault of the program keeps its traceback."""

import errno
import sqlite3

import pytest

from legation.cli.faults import refusal_of
from legation.errors import Refusal


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (sqlite3.OperationalError("database is locked"), "locked"),
        (sqlite3.OperationalError("database or disk is full"), "disk-full"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "read-only"),
        (sqlite3.OperationalError("unable to open database file"), "unreadable"),
        (sqlite3.DatabaseError("file is not a database"), "database"),
        (sqlite3.DatabaseError("database disk image is malformed"), "database"),
        (sqlite3.OperationalError("no such table: line_peer"), "other-version"),
        (OSError(errno.ENOSPC, "No space left on device", "out.zip"), "disk-full"),
        (PermissionError(errno.EACCES, "Permission denied", "node.json"), "file"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "x"), "file"),
        (KeyboardInterrupt(), "stopped"),
    ],
    ids=lambda value: f"{type(value).__name__}: {value}" if isinstance(value, Exception) else None,
)
def test_the_outside_fails_with_a_sentence(fault: BaseException, code: str) -> None:
    refusal = refusal_of(fault)
    assert refusal is not None
    assert refusal.code == code
    assert "{" not in refusal.sentence()


def test_the_cause_under_another_error_is_found() -> None:
    wrapped = RuntimeError("as Django wraps it")
    wrapped.__cause__ = sqlite3.OperationalError("database is locked")
    refusal = refusal_of(wrapped)
    assert refusal is not None
    assert refusal.code == "locked"


def test_a_refusal_is_itself() -> None:
    refusal = Refusal("x", thing="A", rule="b.", remedy="C.")
    assert refusal_of(refusal) is refusal


@pytest.mark.parametrize("fault", [KeyError("x"), TypeError("y"), sqlite3.ProgrammingError("z")])
def test_a_fault_of_the_program_is_not_hidden(fault: Exception) -> None:
    assert refusal_of(fault) is None
