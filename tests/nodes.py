"""Two real nodes in folders, introduced to each other: made once a run, copied for each test.

States XA and XB. On XA: Ada drafts, Bela and Edda clear (and are custodians), Finn audits, Gil
administers. On XB the same roles: Cem; Dana and Hana; Ilja; Jan.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from legation.acts.introduction import words
from legation.line import services as line
from legation.line.databases import forget
from legation.line.node import Node, init_node, open_node
from legation.officers import services as officers

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROLES = {
    "drafts": ("officer",),
    "clears": ("clearing", "custodian"),
    "clears_too": ("clearing", "custodian"),
    "audits": ("auditor",),
    "runs": ("administrator",),
}
CAST = {
    "XA": ("Ada", "Bela", "Edda", "Finn", "Gil"),
    "XB": ("Cem", "Dana", "Hana", "Ilja", "Jan"),
}


class Clock:
    """A clock that goes on by a second whenever somebody looks at it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class Pair:
    """Two nodes that are open in this process, at one clock."""

    a: Node
    b: Node

    def sync(self) -> None:
        """Carry bundles both ways until neither has anything new to say."""
        for _ in range(4):
            for one, other in ((self.a, self.b), (self.b, self.a)):
                for bundle in line.outgoing(one, carrier="folder", at=one.clock()):
                    line.receive(other, bundle, carrier="folder", at=other.clock())


def make_node(home: Path, party: str, peer: str) -> Node:
    """Make a node with its five officers; no peer is confirmed yet."""
    name = {"XA": "State of Ax", "XB": "State of Bex"}[party]
    init_node(home, party=party, name=name, peer=peer, passphrase="test", now=START)
    node = open_node(home, alias=home.name, clock=lambda: START)
    for officer, roles in zip(CAST[party], ROLES.values(), strict=True):
        officers.add_officer(node, name=officer, roles=roles, at=START, passphrase="test")
    return node


def introduce(a: Node, b: Node) -> None:
    """Exchange the files, and have two officers on each side compare the words."""
    files = {node.party: line.own_introduction(node) for node in (a, b)}
    for node, other in ((a, b), (b, a)):
        line.import_introduction(node, files[other.party], at=START)
        said = " ".join(words(files[other.party]))
        for officer in CAST[node.party][:2]:
            officers.confirm_peer(node, said=said, by=officer, at=START)


def make_templates(folder: Path) -> None:
    """Make `lone` (XA without a peer) and `a`, `b` (introduced) in a folder, closed."""
    make_node(folder / "lone", "XA", "XB")
    introduce(make_node(folder / "a", "XA", "XB"), make_node(folder / "b", "XB", "XA"))
    for alias in ("lone", "a", "b"):
        connections[alias].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        forget(alias)


def copy_node(template: Path, home: Path) -> Path:
    """Copy a closed node with its fence, so that a test may do with it what it likes."""
    shutil.copytree(template, home)
    fence = home.with_name(f"{home.name}.fence")
    shutil.copyfile(template.with_name(f"{template.name}.fence"), fence)
    about = json.loads((home / "node.json").read_text())
    (home / "node.json").write_text(json.dumps({**about, "fence": str(fence)}))
    return home


def open_copy(template: Path, home: Path, clock: Callable[[], datetime]) -> Node:
    """Copy a closed node and open it under an alias named as its folder."""
    node = open_node(copy_node(template, home), alias=home.name)
    return replace(node, clock=clock)


# --- fixtures: imported by the conftest of whoever needs real nodes


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Closed nodes to copy."""
    folder = tmp_path_factory.mktemp("templates")
    with django_db_blocker.unblock():
        make_templates(folder)
    return folder


@pytest.fixture
def lone(templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Node]:
    """XA's node, which knows no peer yet."""
    with django_db_blocker.unblock():
        yield open_copy(templates / "lone", tmp_path / "lone", Clock())
        forget("lone")


@pytest.fixture
def pair(templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Pair]:
    """XA's and XB's nodes, introduced."""
    clock = Clock()
    with django_db_blocker.unblock():
        yield Pair(*(open_copy(templates / name, tmp_path / name, clock) for name in "ab"))
        for alias in "ab":
            forget(alias)
