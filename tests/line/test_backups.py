"""A backup is a whole moment of a node that goes on; what is restored never signs twice."""

import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.cli.main import main
from legation.errors import Refusal
from legation.line import archives, backups
from legation.line import services as line
from legation.line.databases import forget
from legation.line.node import Node, open_node
from legation.line.queries.status import status
from legation.line.queries.verify import verify_record
from legation.line.services.files import stage
from legation.line.services.outgoing import keep_term
from legation.line.services.restoring import begin_anew
from legation.officers import services as officers
from line.acts import a_note
from nodes import START, Pair

__all__ = ["pair", "templates"]
pair, templates = nodes.pair, nodes.templates


def writes(node: Node, *numbers: int) -> None:
    notes = [a_note(node.party, n) for n in numbers]
    line.append(node, notes, at=node.clock())


def taken(node: Node, out: Path) -> archives.Backup:
    return backups.back_up(node.home, out, at=node.clock())


@pytest.fixture
def restored(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Aliases of nodes that a test restores; they are forgotten afterwards."""
    aliases: list[str] = []
    yield aliases
    with django_db_blocker.unblock():
        for alias in aliases:
            forget(alias)


def opened(pair: Pair, home: Path, aliases: list[str]) -> Node:
    node = open_node(home, alias=home.name, clock=pair.a.clock)
    aliases.append(home.name)
    return node


def test_a_backup_of_a_node_that_is_being_written_is_a_whole_moment_of_it(
    pair: Pair, tmp_path: Path
) -> None:
    stop = threading.Event()
    wrote: list[int] = []

    def go_on() -> None:
        try:
            for n in range(1, 400):
                if stop.is_set():
                    return
                writes(pair.a, n)
                wrote.append(n)
        finally:
            connections[pair.a.alias].close()

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        while len(wrote) < 3:
            stop.wait(0.01)
        made = [taken(pair.a, tmp_path / f"{n}.backup") for n in range(4)]
    finally:
        stop.set()
        writer.join()
    sizes = [one.logs["own"][0] for one in made]
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0] >= 3
    for n in range(4):
        archives.read_backup(tmp_path / f"{n}.backup")


def test_the_peer_of_a_restored_node_gives_back_what_it_holds_and_a_new_term_opens(
    pair: Pair, tmp_path: Path, restored: list[str]
) -> None:
    ref = stage(
        pair.a, b"plan of the house" * 9, name="plan.txt", media_type="text/plain", at=START
    )
    writes(pair.a, 1)
    pair.sync()
    taken(pair.a, tmp_path / "a.backup")
    writes(pair.a, 2, 3)
    pair.sync()
    before = status(pair.a)

    home = tmp_path / "again"
    told = backups.restore(tmp_path / "a.backup", home)
    node = opened(pair, home, restored)
    assert begin_anew(node, at=node.clock())
    assert told.logs["own"][0] == 1
    assert (home / "files" / ref.root.text).is_file()
    with pytest.raises(Refusal) as refused:
        writes(node, 4)
    assert refused.value.code == "resuming"

    both = Pair(node, pair.b)
    for _ in range(3):
        both.sync()
    assert status(node).own.size == before.own.size
    officers.resume_log(node, by=["Bela", "Edda"], at=node.clock())
    for _ in range(3):
        both.sync()
    writes(node, 4)
    for _ in range(3):
        both.sync()
    assert status(node).verdict == "same"
    assert status(node).own.term != before.own.term
    assert status(pair.b).mirror.size == status(node).own.size == before.own.size + 2
    assert verify_record(node).ok


def test_every_restore_begins_a_new_term_even_of_a_backup_that_lacks_nothing(
    pair: Pair, tmp_path: Path, restored: list[str]
) -> None:
    writes(pair.a, 1)
    pair.sync()
    taken(pair.a, tmp_path / "a.backup")
    term = status(pair.a).own.term
    home = tmp_path / "again"
    shutil.copy(pair.a.fence, tmp_path / "again.fence")  # it would match
    backups.restore(tmp_path / "a.backup", home)
    node = opened(pair, home, restored)
    begin_anew(node, at=node.clock())
    assert (status(node).own.state, status(node).own.term == term) == ("resuming", False)
    assert not keep_term(node, at=node.clock())  # and it is begun once


def test_without_the_command_too_a_folder_unpacked_by_hand_finds_no_fence_that_fits(
    pair: Pair, tmp_path: Path, restored: list[str]
) -> None:
    writes(pair.a, 1)
    pair.sync()
    taken(pair.a, tmp_path / "a.backup")
    home = tmp_path / "again"
    backups.restore(tmp_path / "a.backup", home)
    assert keep_term(opened(pair, home, restored), at=pair.a.clock())


def test_the_root_key_and_the_fence_are_not_in_it(pair: Pair, tmp_path: Path) -> None:
    made = taken(pair.a, tmp_path / "a.backup")
    assert {"db.sqlite3", "node.json", "keys/log.key", "secret.txt"} <= made.files.keys()
    assert not [name for name in made.files if name.startswith("root") or "fence" in name]
    backups.back_up(pair.a.home, tmp_path / "r.backup", at=START, with_root=True)
    assert "root/root.key" in archives.read_backup(tmp_path / "r.backup").files
    assert (tmp_path / "a.backup").stat().st_mode & 0o077 == 0


def changed(source: Path, target: Path, name: str, data: bytes | None) -> None:
    """Copy a backup with one member changed, or (None) left out."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            kept = content.read()
            if member.name == name:
                if data is None:
                    continue
                kept = data
            member.size = len(kept)
            new.addfile(member, BytesIO(kept))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("keys/log.key", b"another key", id="a key was exchanged"),
        pytest.param("db.sqlite3", None, id="the database is missing"),
        pytest.param("backup.json", None, id="it was cut off before its list"),
        pytest.param("backup.json", b'{"backup": 9}', id="it is of a later program"),
        pytest.param("backup.json", b"[" * 100_000, id="its list is no list"),
        pytest.param(
            "backup.json",
            b'{"backup": 1, "files": {"a": [1e999, ""]}, "logs": {}}',
            id="its list names a file without end",
        ),
        pytest.param(
            "backup.json",
            b'{"backup": 1, "files": {"a": []}, "logs": {}}',
            id="its list says nothing of a file",
        ),
    ],
)
def test_a_backup_that_is_not_whole_is_refused_and_leaves_nothing(
    pair: Pair, tmp_path: Path, name: str, data: bytes | None
) -> None:
    taken(pair.a, tmp_path / "a.backup")
    changed(tmp_path / "a.backup", tmp_path / "bad.backup", name, data)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refusal) as refused:
        backups.restore(tmp_path / "bad.backup", tmp_path / "again")
    assert refused.value.code == "backup"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["../out", "/etc/x", "keys/../../out", "other", "keys/.hidden"])
def test_a_name_that_leads_elsewhere_is_refused(pair: Pair, tmp_path: Path, name: str) -> None:
    taken(pair.a, tmp_path / "a.backup")
    with tarfile.open(tmp_path / "a.backup", "a") as archive:
        info = tarfile.TarInfo(name)
        archive.addfile(info, BytesIO(b""))
    with pytest.raises(Refusal) as refused:
        backups.restore(tmp_path / "a.backup", tmp_path / "again")
    assert refused.value.code == "backup"
    assert not (tmp_path / "out").exists()


def test_a_link_in_a_backup_is_refused(pair: Pair, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.backup", "w") as archive:
        info = tarfile.TarInfo("keys/log.key")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    with pytest.raises(Refusal) as refused:
        archives.read_backup(tmp_path / "a.backup")
    assert refused.value.code == "backup"


def test_a_file_with_holes_in_a_backup_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A kilobyte would say that it unpacks to terabytes of zeros, and be taken at its word."""
    head = bytearray(tarfile.TarInfo("db.sqlite3").tobuf(tarfile.GNU_FORMAT))
    head[156:157] = tarfile.GNUTYPE_SPARSE
    head[386:410] = b"00000000000\0" * 2  # one piece, of nothing
    head[483:495] = b"77777777777\0"  # and all of it
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    (tmp_path / "a.backup").write_bytes(bytes(head) + bytes(1024))
    with pytest.raises(Refusal) as refused:
        archives.read_backup(tmp_path / "a.backup")
    assert refused.value.code == "backup"


@pytest.mark.parametrize("cut", [0, 1, 700, 5_000, 200_000])
def test_a_backup_that_was_cut_off_is_refused(pair: Pair, tmp_path: Path, cut: int) -> None:
    taken(pair.a, tmp_path / "a.backup")
    whole = (tmp_path / "a.backup").read_bytes()
    (tmp_path / "cut.backup").write_bytes(whole[:cut])
    with pytest.raises(Refusal) as refused:
        backups.restore(tmp_path / "cut.backup", tmp_path / "again")
    assert refused.value.code == "backup"


def test_a_damaged_database_makes_no_backup(pair: Pair, tmp_path: Path) -> None:
    writes(pair.a, 1)
    with sqlite3.connect(pair.a.home / "db.sqlite3") as direct:
        direct.execute("UPDATE line_log SET root = zeroblob(32) WHERE side = 'own'")
    with pytest.raises(Refusal) as refused:
        taken(pair.a, tmp_path / "a.backup")
    assert refused.value.code == "database"
    assert not list(tmp_path.glob("*backup*"))


def test_what_is_there_is_never_written_over(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_text("mine")
    for out in (tmp_path / "a.backup", pair.a.home / "x.backup", tmp_path / "no" / "x"):
        with pytest.raises(Refusal):
            taken(pair.a, out)
    taken(pair.a, tmp_path / "b.backup")
    with pytest.raises(Refusal) as refused:
        backups.restore(tmp_path / "b.backup", pair.a.home)
    assert refused.value.code == "exists"
    assert (tmp_path / "a.backup").read_text() == "mine"


def test_a_restored_folder_has_a_fence_of_its_own(pair: Pair, tmp_path: Path) -> None:
    taken(pair.a, tmp_path / "a.backup")
    backups.restore(tmp_path / "a.backup", tmp_path / "again", fence=tmp_path / "elsewhere")
    about = json.loads((tmp_path / "again" / "node.json").read_text())
    assert about["fence"] == str(tmp_path / "elsewhere")


def test_the_command_says_what_it_is_and_what_happens_next(
    pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-n", str(pair.a.home), "backup", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "read back" in said
    assert "private keys" in said
    assert "root key is not in it" in said
    (out,) = tmp_path.glob("XA-*.backup")
    assert main(["-n", str(pair.a.home), "backup", str(out)]) == 1
    assert "there already" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_not_made_a_file(
    pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-n", str(pair.a.home), "backup", str(tmp_path / "safe")]) == 1
    assert "it is no folder that exists" in capsys.readouterr().err
    assert not (tmp_path / "safe").exists()
    assert main(["-n", str(pair.a.home), "backup", str(tmp_path / "safe.backup")]) == 0


def test_a_limit_on_file_sizes_is_not_told_as_damage_and_nothing_is_left(
    pair: Pair, tmp_path: Path
) -> None:
    """The limit counts for a process, so another one makes the backup."""
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "legation.cli", "-n", str(pair.a.home), "backup", str(out)]
    done = subprocess.run(
        ["bash", "-c", 'trap "" XFSZ; ulimit -f 64; exec "$@"', "-", *command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "or not write its copy" in done.stderr
    assert "damaged" not in done.stderr
    assert list(out.iterdir()) == []
