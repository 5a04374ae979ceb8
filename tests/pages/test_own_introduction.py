"""Our introduction: a look at it signs nothing; an officer who may confirm makes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.acts.introduction import open_introduction
from legation.line.databases import forget
from legation.line.node import Node
from legation.officers.models import Officer
from legation.web.nodes import provide
from pages.conftest import ROLES

FILE = "/introduction/file/"
MAKE = "/introduction/make/"


@pytest.fixture
def lone(templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Node]:
    """XA's desk, made for a record with XB that does not exist yet."""
    kept = connections.settings["default"]
    with django_db_blocker.unblock():
        node = nodes.open_copy(templates / "lone", tmp_path / "default", nodes.Clock())
        provide(node)
        yield node
        provide(None)
        forget("default")
        connections.settings["default"] = kept


def browser(role: str) -> Client:
    client = Client(HTTP_HOST="xa.localhost")
    client.force_login(Officer.objects.get(username=ROLES[role]))
    return client


@pytest.mark.parametrize("page", ["/introduction/", FILE, FILE + "?peer=ZZ"])
def test_a_look_signs_and_writes_nothing(lone: Node, page: str) -> None:
    answer = browser("clears").get(page)
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert not (lone.home / "introduction.json").exists()


@pytest.mark.parametrize("role", ["audits", "clears"])
def test_what_is_handed_out_is_what_is_kept_for_the_peer(lone: Node, role: str) -> None:
    browser("clears").post(MAKE)
    kept = (lone.home / "introduction.json").read_bytes()
    assert open_introduction(kept).peer == "XB"
    assert browser(role).get(FILE + "?peer=ZZ").content == kept
    assert (lone.home / "introduction.json").read_bytes() == kept


def test_one_for_another_party_is_made_by_an_officer_and_not_kept(lone: Node) -> None:
    answer = browser("clears").post(MAKE, {"peer": "ZZ"})
    assert open_introduction(answer.content).peer == "ZZ"
    assert not (lone.home / "introduction.json").exists()


@pytest.mark.parametrize("role", ["audits", "runs"])
def test_who_may_not_confirm_makes_none(lone: Node, role: str) -> None:
    assert browser(role).post(MAKE, {"peer": "ZZ"}).status_code == 403
    assert "Make our file" not in browser(role).get("/introduction/").content.decode()
    assert not (lone.home / "introduction.json").exists()
