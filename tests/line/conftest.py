"""Every test of the line may use databases: its nodes have their own, in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from legation.line.databases import forget
from line.harness import Pair, new_pair
from line.served import Both, a_copy, make_served
from line.wire import Port, a_port


@pytest.fixture
def databases(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test open databases of its own."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def pair(databases: None) -> Pair:
    """Two nodes in one record, introduced to each other, both logs empty."""
    return new_pair()


@pytest.fixture
def port() -> Iterator[Port]:
    """XB's line port, listening for XA."""
    with a_port() as held:
        yield held


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Two nodes that name each other's line ports, closed, to copy."""
    folder = tmp_path_factory.mktemp("served")
    with django_db_blocker.unblock():
        make_served(folder)
    return folder


@pytest.fixture
def both(served: Path, tmp_path: Path, databases: None) -> Iterator[Both]:
    """Copies of both, open, not serving yet; and a stick."""
    stick = tmp_path / "stick"
    stick.mkdir()
    both = Both(a_copy(served / "US", tmp_path), a_copy(served / "RU", tmp_path), stick)
    yield both
    for side in both.sides:
        side.stop()
        forget(side.node.alias)
