"""Trouble that no officer caused: sentences, exit code 1, nothing half done, no traceback."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.cli.main import main
from legation.errors import Refusal
from legation.line.databases import forget
from legation.line.node import open_node
from legation.line.queries.state import state_bytes
from legation.officers import services as officers
from terminal import Terminal

LISTS = ["notice", "list", "--most"]
NOTE = json.dumps({"post": "post/XA-MFA", "subject": "Roof", "message": "It leaks."})


def database(terminal: Terminal) -> Path:
    return terminal.folder / "a" / "db.sqlite3"


def _newer(terminal: Terminal) -> None:
    with sqlite3.connect(database(terminal)) as rows:
        rows.execute(
            "insert into django_migrations (app, name, applied)"
            " values ('line', '0999_from_the_future', '2036-01-01')"
        )


def _older(terminal: Terminal) -> None:
    with sqlite3.connect(database(terminal)) as rows:
        rows.execute("delete from django_migrations where app = 'officers'")


def _damaged(terminal: Terminal) -> None:
    database(terminal).write_bytes(b"this is no database, whatever its name says" * 100)


def _half(terminal: Terminal) -> None:
    path = database(terminal)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _gone(terminal: Terminal) -> None:
    database(terminal).unlink()


def _no_key(terminal: Terminal) -> None:
    (terminal.folder / "a" / "keys" / "log.key").unlink()


def _no_json(terminal: Terminal) -> None:
    (terminal.folder / "a" / "node.json").write_text("{")


def _other_version(terminal: Terminal) -> None:
    path = terminal.folder / "a" / "node.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "v": 99}))


def _token_open(terminal: Terminal) -> None:
    (terminal.folder / "a" / "officers" / "Ada.token").chmod(0o644)


def _token_swapped(terminal: Terminal) -> None:
    folder = terminal.folder / "a" / "officers"
    (folder / "Ada.token").write_text((folder / "Bela.token").read_text())


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (_newer, "newer-database"),
        (_older, "older-database"),
        (_damaged, "database"),
        (_half, "database"),
        (_gone, "no-database"),
        (_no_key, "node-key"),
        (_no_json, "not-a-node"),
        (_other_version, "newer-node"),
        (_token_open, "token-mode"),
        (_token_swapped, "wrong-token"),
    ],
    ids=[
        "a database newer than the program",
        "a database older than the program",
        "a file that is no database",
        "half a database",
        "no database",
        "a missing key",
        "half a node.json",
        "a node.json of a newer version",
        "a token that others can read",
        "another officer's token",
    ],
)
def test_a_draft_is_refused_with_a_sentence_for(
    terminal: Terminal, trouble: Callable[[Terminal], None], code: str
) -> None:
    trouble(terminal)
    ended = terminal("-n", "a", "notice", "draft", "note", "--json", "-", "--as", "Ada", given=NOTE)
    assert ended.refused == code
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "data",
    [b'{"party": "X', b"\xff\xfe\x00", b"", b"[]", b"[" * 100_000],
    ids=["cut short", "not UTF-8", "nothing", "a list", "100,000 brackets"],
)
def test_a_process_refuses_a_broken_node_json_with_a_sentence(
    templates: Path, tmp_path: Path, data: bytes
) -> None:
    home = nodes.copy_node(templates / "lone", tmp_path / "lone")
    (home / "node.json").write_bytes(data)
    ended = subprocess.run(
        [sys.executable, "-m", "legation.cli", "-n", str(home), "status", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["refused"]["code"] == "not-a-node"
    assert "Traceback" not in ended.stderr


def test_half_a_character_in_a_form_is_refused_where_it_is(terminal: Terminal) -> None:
    draft = ("-n", "a", "notice", "draft", "note", "--json", "-", "--as", "Ada")
    ended = terminal(*draft, given='{"refers": ["\\ud800"]}')
    assert ended.refused == "input-text"
    assert "/refers/0" in ended.out


def test_a_locked_database_is_waited_for_and_then_told(terminal: Terminal) -> None:
    holder = sqlite3.connect(database(terminal), isolation_level=None)
    holder.execute("begin immediate")
    try:
        draft = ("-n", "a", "notice", "draft", "note", "--json", "-", "--as", "Ada")
        assert terminal(*draft, given=NOTE).refused == "locked"
        assert terminal("-n", "a", "draft", "list").code == 0, "reading goes on"
    finally:
        holder.rollback()
        holder.close()
    assert terminal(*draft, given=NOTE).code == 0


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"null",
        b"[" * 100_000,
        b'{"post": "\xff\xfe"}',
        b'{"post": "post/XA-MFA", "subject": "\\ud800", "message": "x"}',
        b'{"post": "post/XA-MFA", "subject": "' + b"x" * 300_000 + b'"}',
        b'{"post": "post/XA-MFA", "subject": "x", "message": ' + b"1" * 5_000 + b"}",
        b'{"post": {"a": {"b": {"c": 1}}}, "subject": [], "message": 1.5}',
    ],
    ids=[
        "nothing",
        "null",
        "100,000 brackets",
        "bytes that are not UTF-8",
        "half a surrogate",
        "more than the limit",
        "a number of 5,000 digits",
        "every type wrong",
    ],
)
def test_a_form_is_refused_when_it_is(terminal: Terminal, given: bytes) -> None:
    draft = ("-n", "a", "notice", "draft", "note", "--json", "-", "--as", "Ada")
    ended = terminal(*draft, given=given)
    assert ended.refused
    assert terminal("-n", "a", "draft", "list", "--json").json == {"drafts": []}


def test_a_word_that_is_no_text_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["-n", "a", "notice", "show", "\udcff"])
    assert ended.value.code == 2
    assert "UTF-8" in capsys.readouterr().err


def test_reading_commands_write_nothing(terminal: Terminal) -> None:
    """They work on a copy that may not be written, as an auditor is handed one."""
    folder = terminal.folder / "a"
    terminal("-n", "a", "status")  # SQLite's own side files come with the first look
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for words in (
        ("status",),
        ("notice", "list"),
        ("draft", "list"),
        ("officer", "list"),
        ("record", "state"),
        ("record", "verify"),
        ("doctor",),
    ):
        assert terminal("-n", "a", *words).code == 0, words
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path for path in before if before[path] != after.get(path)} == set()


def test_the_doctor_says_that_the_fence_was_left_behind(terminal: Terminal) -> None:
    fence = terminal.folder / "lone.fence"
    assert str(fence) not in terminal("-n", "lone", "doctor").out
    fence.rename(terminal.folder / "elsewhere")
    assert f"no fence lies at {fence}" in terminal("-n", "lone", "doctor").out


def test_a_node_on_a_full_disk_is_read_as_it_lies_and_not_written(
    templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker, no_room: None
) -> None:
    home = nodes.copy_node(templates / "a", tmp_path / "full")
    with django_db_blocker.unblock():
        node = open_node(home, "full", as_it_lies=True)
        assert state_bytes(node)
        with pytest.raises(Refusal) as refused:
            officers.suspend_officer(node, name="Ada", at=node.clock())
        forget("full")
    assert refused.value.code == "disk-full"
    assert not list(home.glob("db.sqlite3-*")), "SQLite made side files after all"


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk say that it is full."""
    full = SimpleNamespace(total=10**9, used=10**9, free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)


@pytest.mark.parametrize("most", ["0", "-5", "many", "9" * 30])
def test_a_number_of_notices_that_is_none_is_wrong_usage(most: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*LISTS, most])
    assert ended.value.code == 2
