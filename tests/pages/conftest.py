"""One node's desk over real rows, its peer beside it, and a browser for each role."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.errors import Refusal
from legation.line import services as line
from legation.line.databases import forget
from legation.line.models import Entry
from legation.line.node import Node
from legation.notices import services as notices
from legation.notices.models import Notice
from legation.officers import services as officers
from legation.officers.models import Draft, Officer
from legation.web.nodes import provide

ROLES = dict(zip(nodes.ROLES, nodes.CAST["XA"], strict=True))
"""Role -> who has it on our side: Ada drafts, Bela clears, Finn audits, Gil administers."""


@dataclass
class Scene:
    """XA's desk, whose pages are asked for, and XB's node at the other end of the line."""

    pair: nodes.Pair
    clock: nodes.Clock

    @property
    def node(self) -> Node:
        return self.pair.a

    def client(self, role: str = "drafts", **how: Any) -> Client:
        """Return a browser in which the officer of that role has signed in."""
        client = Client(HTTP_HOST="xa.localhost", **how)
        client.force_login(Officer.objects.get(username=ROLES[role]))
        return client

    def stranger(self) -> Client:
        """Return a browser in which nobody has signed in."""
        return Client(HTTP_HOST="xa.localhost")

    def passes(self, time: timedelta) -> None:
        """Let time pass on the clock that both nodes read."""
        self.clock.now += time

    def takes(self, bundle: bytes) -> None:
        """Hand a bundle to our node, as a carrier does; what is refused is counted there."""
        with suppress(Refusal):
            line.receive(self.node, bundle, carrier="folder", at=self.node.clock())

    def names(self) -> dict[str, str]:
        """Return what stands in addresses: a notice of ours, one of theirs, a draft."""
        ours, theirs = (
            Notice.objects.filter(by=party).values_list("id", flat=True)[0]
            for party in ("XA", "XB")
        )
        draft = Draft.objects.filter(state="drafted").values_list("id", flat=True)[0]
        found = {"notice": ours, "theirs": theirs, "draft": draft}
        return {key: name.partition("/")[2] for key, name in found.items()}

    def signs_in(self, client: Client, role: str, password: str = "open sesame") -> HttpResponse:
        """Sign in with name and password, as a person does; the right one is "open sesame"."""
        officers.set_password(
            self.node, name=ROLES[role], password="open sesame", by=None, at=self.node.clock()
        )
        form = {"login": ROLES[role], "password": password}
        return client.post("/sign-in/", form)  # type: ignore[return-value]  # Django's test double

    def suspends(self, role: str) -> None:
        officers.suspend_officer(
            self.node, name=ROLES[role], by=ROLES["runs"], at=self.node.clock()
        )

    def rows(self) -> tuple[int, int, list[tuple[str, str]]]:
        """Return what a write would change: entries, drafts and where each of them stands."""
        drafts = list(Draft.objects.order_by("id").values_list("id", "state"))
        return Entry.objects.count(), len(drafts), drafts

    def drafts(self, kind: str = "note", *, side: str = "a", **data: Any) -> str:
        """Draft a notice on one side; return the draft's id."""
        node: Node = getattr(self.pair, side)
        given = {"post": f"{node.party}-MFA", **(a_note() if kind == "note" else {}), **data}
        by = nodes.CAST[node.party][0]
        return notices.draft_notice(node, kind=kind, data=given, by=by, at=node.clock()).id

    def leaves(self, draft: str, *, side: str = "a") -> str:
        """Clear and release a draft on one side; return the id of what it is about."""
        node: Node = getattr(self.pair, side)
        second = nodes.CAST[node.party][1]
        officers.clear(node, draft_id=draft, by=second, at=node.clock())
        entered = officers.release(node, draft_id=draft, by=second, at=node.clock())
        return entered[0].on

    def sends(self, kind: str = "note", *, side: str = "a", **data: Any) -> str:
        """Release a notice on one side and carry it over; return its id."""
        notice = self.leaves(self.drafts(kind, side=side, **data), side=side)
        self.pair.sync()
        return notice

    def answers(self, notice: str, *, side: str = "b", **line: Any) -> None:
        """Answer a notice of the other side, and carry the answer over."""
        node: Node = getattr(self.pair, side)
        data: dict[str, Any] = {
            "lines": [{"line": 1, "answer": "answered", "reply": "It was moved.", **line}]
        }
        by = nodes.CAST[node.party][0]
        draft = notices.draft_answer(node, notice=notice, data=data, by=by, at=node.clock())
        self.leaves(draft.id, side=side)
        self.pair.sync()


def a_note(**changes: Any) -> dict[str, Any]:
    return {"subject": "A fence", "message": "The fence of the embassy was moved.", **changes}


def an_access(**changes: Any) -> dict[str, Any]:
    return {
        "premises": "premises/P2",
        "name": "Norwich House",
        "purpose": "To see the state of the roof.",
        "from": "2026-12-01T10:00-05:00",
        "until": "2026-12-01T12:00-05:00",
        "visitors": 3,
        **changes,
    }


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Closed nodes to copy."""
    folder = tmp_path_factory.mktemp("templates")
    with django_db_blocker.unblock():
        nodes.make_templates(folder)
    return folder


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Forget how often somebody tried to sign in: tests come from one address."""
    cache.clear()


@pytest.fixture(scope="module")
def quiet(
    templates: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    """A scene that nobody changes: for tests that only look. Notices both ways, and a draft."""
    with django_db_blocker.unblock():
        for scene in open_scene(templates, tmp_path_factory.mktemp("quiet")):
            for side in "ab":
                scene.sends(side=side)
            scene.drafts()
            yield scene


@pytest.fixture
def scene(templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """XA's node as the desk's own ("default"), and XB's, introduced."""
    with django_db_blocker.unblock():
        yield from open_scene(templates, tmp_path)


def open_scene(templates: Path, folder: Path) -> Iterator[Scene]:
    """Open both nodes; one scene at a time, since a desk is the database "default"."""
    clock = nodes.Clock()
    kept = connections.settings["default"]
    one = nodes.open_copy(templates / "a", folder / "default", clock)
    other = nodes.open_copy(templates / "b", folder / "b", clock)
    provide(one)
    yield Scene(nodes.Pair(one, other), clock)
    provide(None)
    for alias in ("default", "b"):
        forget(alias)
    connections.settings["default"] = kept
