"""Signing in by name and password: written down, and closed to the suspended and to strangers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.line.databases import forget
from legation.line.node import Node
from legation.officers import queries, services
from legation.web.nodes import provide

RIGHT = "open sesame, please"


@dataclass
class Desk:
    """XA's desk, and a browser in which nobody has signed in."""

    node: Node
    browser: Client

    def try_to_sign_in(self, name: str, password: str = RIGHT) -> bool:
        """Fill in the form; tell whether the desk lets the officer in."""
        self.browser.post("/sign-in/", {"login": name, "password": password})
        return "_auth_user_id" in self.browser.session

    def written(self) -> list[tuple[str, str, str]]:
        """Return what the audit holds of signing in: what, by whom, about whom."""
        rows = queries.audit(self.node)
        return [(row.what, row.by, row.about) for row in rows if row.what.startswith("sign-in")]


@pytest.fixture
def desk(templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """A desk of its own, where Ada's password is known."""
    kept = connections.settings["default"]
    cache.clear()
    with django_db_blocker.unblock():
        node = nodes.open_copy(templates / "a", tmp_path / "default", nodes.Clock())
        provide(node)
        services.set_password(node, name="Ada", password=RIGHT, at=node.clock())
        yield Desk(node, Client(HTTP_HOST="xa.localhost"))
        provide(None)
        forget("default")
    connections.settings["default"] = kept


@pytest.mark.parametrize("name", ["Ada", "ada", "ADA"])
def test_an_officer_signs_in_and_it_is_written_down(desk: Desk, name: str) -> None:
    assert desk.try_to_sign_in(name)
    assert desk.written() == [("sign-in", "Ada", "")]


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/me/", "/me/"),
        ("http://xa.localhost/me/", "http://xa.localhost/me/"),
        ("http://127.0.0.1:8888/", "/"),
        ("http://other.localhost/", "/"),
        ("//elsewhere.example/", "/"),
    ],
)
def test_signing_in_leads_to_this_desk_and_nowhere_else(desk: Desk, wanted: str, led: str) -> None:
    form = {"login": "Ada", "password": RIGHT, "next": wanted}
    assert desk.browser.post("/sign-in/", form)["Location"] == led


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ada", "a guess"), ("Ada", ""), ("Nobody", RIGHT), ("Ada\u202e", RIGHT)],
    ids=["a guess", "no password", "a stranger", "a name with a hidden character"],
)
def test_others_do_not(desk: Desk, name: str, password: str) -> None:
    assert not desk.try_to_sign_in(name, password)
    assert all(what == "sign-in.failed" for what, _, _ in desk.written())


def test_a_failed_sign_in_is_written_down_without_the_password(desk: Desk) -> None:
    desk.try_to_sign_in("Ada", "a guess")
    assert desk.written() == [("sign-in.failed", "", "Ada")]
    assert "a guess" not in repr(queries.audit(desk.node))


def test_a_suspended_officer_does_not_sign_in(desk: Desk) -> None:
    services.suspend_officer(desk.node, name="Ada", at=desk.node.clock())
    assert not desk.try_to_sign_in("Ada")


@pytest.mark.parametrize(
    "path",
    ["/sign-up/", "/accounts/signup/", "/password/reset/", "/accounts/password/reset/", "/admin/"],
)
def test_there_is_no_other_way_in(desk: Desk, path: str) -> None:
    answer = desk.browser.get(path)
    assert answer.status_code == 404 or "/sign-in/" in answer.headers.get("Location", "")


def test_a_flood_of_other_names_does_not_free_one_that_waits() -> None:
    cache.set("name-that-waits", 5, timeout=300)
    for n in range(2_000):
        cache.set(f"other-name-{n}", 1, timeout=300)
    assert cache.get("name-that-waits") == 5
