"""The record is verified as it stood at one moment, while the node goes on writing."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.line import queries, services
from line.acts import a_note


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    with django_db_blocker.unblock():
        nodes.make_templates(folder)
    return folder


pair = nodes.pair


@pytest.fixture
def busy(pair: nodes.Pair) -> Iterator[nodes.Pair]:
    """Two nodes; on the first another thread appends notes without a pause."""
    over = threading.Event()

    def write() -> None:
        n = 0
        while not over.is_set():
            n += 1
            services.append(pair.a, [a_note("XA", n=n)], at=pair.a.clock())
        connections[pair.a.alias].close()

    thread = threading.Thread(target=write)
    thread.start()
    yield pair
    over.set()
    thread.join()


def test_no_false_alarm_while_the_node_writes(busy: nodes.Pair) -> None:
    for _ in range(5):
        assert queries.verify_record(busy.a).faults == []
