"""A node made by an earlier release is brought up, and goes on with its peer and its history."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from legation.errors import Refusal
from legation.line import backups
from legation.line import queries as line
from legation.line.databases import forget, migrate
from legation.line.node import Node, open_node
from legation.line.queries.verify import verify_record
from legation.line.services.rebuilding import project_anew
from legation.notices import queries as notices
from legation.notices import services as drafting
from legation.officers import services as officers
from legation.officers.models import Officer
from nodes import START, Clock, Pair

RELEASED = Path(__file__).resolve().parents[1] / "data" / "released"
RELEASES = sorted(path.name for path in RELEASED.iterdir() if path.is_dir())


def unpacked(release: str, node: str, folder: Path) -> Path:
    """Make a folder of a node again of what is kept of it."""
    home = folder / f"{release}-{node}"
    shutil.copytree(RELEASED / release / node, home)
    fence = (home / "fence").rename(home.with_name(f"{home.name}.fence"))
    about = json.loads((home / "node.json").read_text(encoding="utf-8"))
    (home / "node.json").write_text(json.dumps({**about, "fence": str(fence)}), encoding="utf-8")
    sql = (home / "db.sql").read_text(encoding="utf-8")
    (home / "db.sql").unlink()
    with sqlite3.connect(home / "db.sqlite3") as database:
        database.executescript(sql)
    return home


def brought_up(home: Path, clock: Clock) -> Node:
    """Do as `legation upgrade`."""
    migrate(home)
    node = open_node(home, alias=home.name, clock=clock)
    project_anew(node)
    return node


@pytest.mark.parametrize("release", RELEASES)
def test_a_node_of_an_earlier_release_says_that_it_must_be_brought_up(
    release: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    home = unpacked(release, "a", tmp_path)
    with django_db_blocker.unblock(), pytest.raises(Refusal) as refused:
        open_node(home, alias="earlier")
    assert refused.value.code == "older-database"
    assert "legation upgrade" in refused.value.remedy


@pytest.mark.parametrize("release", RELEASES)
def test_brought_up_it_holds_the_same_record_and_goes_on_with_its_peer(
    release: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    clock = Clock()
    homes = [unpacked(release, name, tmp_path) for name in "ab"]
    with django_db_blocker.unblock():
        roots = [backups.check_database(home / "db.sqlite3") for home in homes]
        both = Pair(*(brought_up(home, clock) for home in homes))
        try:
            assert [backups.check_database(home / "db.sqlite3") for home in homes] == roots
            for node in (both.a, both.b):
                report = verify_record(node)
                assert report.ok, report.faults
            number = "XA-MFA/2026/001"
            answers(both, number)
            both.sync()
            (row,) = notices.notices(both.a, notices.Filters()).rows
            assert (row.number, row.state) == (number, "answered")
            assert line.status(both.a).verdict == "same"
        finally:
            for home in homes:
                forget(home.name)


def answers(both: Pair, number: str) -> None:
    """Answer a note on the other side, with the officers that the earlier release added."""
    names = set(Officer.objects.using(both.b.alias).values_list("username", flat=True))
    assert {"Cem", "Dana"} <= names
    draft = drafting.draft_answer(
        both.b,
        notice=notices.find_id(both.b, number),
        data={"lines": [{"line": 1, "answer": "answered", "reply": "It is read."}]},
        by="Cem",
        at=both.b.clock(),
    )
    officers.clear(both.b, draft_id=draft.id, by="Dana", at=both.b.clock())
    officers.release(both.b, draft_id=draft.id, by="Dana", at=both.b.clock())


def test_a_node_that_a_newer_program_wrote_is_refused(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    home = unpacked(RELEASES[-1], "a", tmp_path)
    with sqlite3.connect(home / "db.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('line', '9999_x', ?)",
            (START.isoformat(),),
        )
    with django_db_blocker.unblock(), pytest.raises(Refusal) as refused:
        open_node(home, alias="newer")
    assert refused.value.code == "newer-database"
