"""A desk before there is a record: every page opens, and the browser can make the record."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.acts.introduction import words
from legation.line import queries as line_queries
from legation.line import services as line
from legation.line.databases import forget
from legation.line.node import Node
from legation.officers.models import Officer
from legation.web.nodes import provide
from pages.conftest import ROLES

PAGES = (
    "/",
    "/notices/",
    "/notices/new/",
    "/notices/new/note/",
    "/drafts/",
    "/posts/",
    "/premises/",
    "/find/?q=fence",
    "/record/",
    "/record/own/",
    "/line/",
    "/band/",
    "/introduction/",
    "/me/",
    "/keyboard/",
)


@pytest.fixture
def strangers(
    templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Node, Node]]:
    """XA's desk, which knows no peer yet, and XB's node, made for it."""
    clock = nodes.Clock()
    with django_db_blocker.unblock():
        kept = connections.settings["default"]
        one = nodes.open_copy(templates / "lone", tmp_path / "default", clock)
        other = nodes.make_node(tmp_path / "b", "XB", "XA")
        provide(one)
        yield one, other
        provide(None)
        for alias in ("default", "b"):
            forget(alias)
        connections.settings["default"] = kept


def browser(role: str) -> Client:
    client = Client(HTTP_HOST="xa.localhost")
    client.force_login(Officer.objects.get(username=ROLES[role]))
    return client


@pytest.mark.parametrize("role", ["drafts", "audits"])
def test_every_page_opens_before_there_is_a_peer(strangers: tuple[Node, Node], role: str) -> None:
    client = browser(role)
    found = {page: client.get(page).status_code for page in PAGES}
    drafting = {"/notices/new/", "/notices/new/note/"}
    barred = drafting if role == "audits" else set()
    assert found == {page: 403 if page in barred else 200 for page in PAGES}
    assert "No peer is confirmed" in client.get("/").content.decode()


def test_two_officers_make_the_record_in_browsers(strangers: tuple[Node, Node]) -> None:
    one, other = strangers
    theirs = line.own_introduction(other)
    first, second = browser("drafts"), browser("clears")
    sent = {"file": SimpleUploadedFile("introduction-XB.json", theirs)}
    first.post("/introduction/import/", sent)
    said = " ".join(words(theirs))
    # The page does not show what must come over the telephone.
    shown = re.findall(r'<li lang="en">(\w+)</li>', first.get("/introduction/").content.decode())
    assert shown == list(words(line.own_introduction(one)))

    wrong = first.post("/introduction/confirm/", {"words": "these are not the words"})
    assert wrong.status_code == 400
    assert "these are not the words" in wrong.content.decode()
    assert "not those of the file" in wrong.content.decode()

    first.post("/introduction/confirm/", {"words": said})
    again = first.post("/introduction/confirm/", {"words": said})
    assert "two different officers compare the words" in again.content.decode()
    assert line_queries.record_id(one) == ""
    done = second.post("/introduction/confirm/", {"words": said.upper()}, follow=True)
    assert "Confirmed. The record exists." in done.content.decode()
    assert line_queries.record_id(one) != ""
    assert "State of Bex" in done.content.decode()


def test_a_file_that_is_no_introduction_is_refused_with_a_sentence(
    strangers: tuple[Node, Node],
) -> None:
    del strangers
    sent = {"file": SimpleUploadedFile("holiday.json", b'{"a": 1}')}
    answer = browser("drafts").post("/introduction/import/", sent, follow=True)
    assert 'class="said is-blocked"' in answer.content.decode()


def test_who_only_audits_confirms_nothing(strangers: tuple[Node, Node]) -> None:
    del strangers
    answer = browser("audits").post("/introduction/confirm/", {"words": "any"})
    assert answer.status_code == 403
