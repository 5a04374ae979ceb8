"""Many rows cost a page no more questions to the database than few."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from pytest_django.plugin import DjangoDbBlocker

from legation.acts.drafting import draft_notice
from legation.line import services as line
from legation.line.node import Node
from legation.line.services import NewAct
from legation.notices.services import correspondents
from pages.boards import with_a_board
from pages.conftest import Scene, a_note, an_access, open_scene
from pages.ledgers import know
from pages.test_persons import brought

pytestmark = pytest.mark.xdist_group("crowded desk")  # one worker: the desk is made once

NOTICES = 1_000
AT_ONCE = 250
MOST_QUERIES = 15
NOTED = ('UPDATE "officers_desksession"',)
FRAMES = ("BEGIN IMMEDIATE", "COMMIT", "SAVEPOINT", "RELEASE")
PAGES = (
    "/",
    "/notices/",
    "/notices/?state=received&page=9",
    "/notices/?text=fence+17",
    "/notices/{notice}/",
    "/notices/{notice}/print/",
    "/notices/new/",
    "/notices/new/premises.access/",
    "/drafts/",
    "/drafts/{draft}/",
    "/posts/",
    "/premises/",
    "/own/",
    "/own/new/post/",
    "/readiness/thresholds/",
    "/record/",
    "/record/own/",
    "/record/peer/?before=400",
    "/record/own/3/",
    "/line/",
    "/band/",
    "/introduction/",
    "/find/?q=fence",
    "/clocks/",
    "/me/",
)


def release_many(node: Node, count: int) -> None:
    parties = correspondents(node)
    for first in range(0, count, AT_ONCE):
        acts = [
            NewAct(
                type="notice.released",
                on=f"notice/{node.party}-{n:016x}",
                body=draft_notice(
                    "note", {"post": f"{node.party}-MFA", **a_note(subject=f"Fence {n}")}, parties
                ),
                numbered_post=f"post/{node.party}-MFA",
            )
            for n in range(first, min(first + AT_ONCE, count))
        ]
        line.append(node, acts, at=node.clock())


@pytest.fixture(scope="module")
def crowded(
    templates: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    """A desk with a thousand notices of both sides, and fifty drafts."""
    with django_db_blocker.unblock():
        for scene in open_scene(templates, tmp_path_factory.mktemp("crowded")):
            for node in (scene.pair.a, scene.pair.b):
                release_many(node, NOTICES // 2)
            scene.pair.sync()
            for _ in range(50):
                scene.drafts()
            knows_much(scene)
            yield scene


def knows_much(scene: Scene) -> None:
    """Let our side know and hold some of everything, and several of what a page lists."""
    with_a_board(scene)
    for n in range(3):
        know(scene.node, f"slot/XA-BEX-{n}", "post", "post/XA-BEX")
        know(scene.node, f"slot/XA-BEX-{n}", "person", f"person/XA-{n}")
        know(scene.node, f"channel/XA-BEX-{n}", "post", "post/XA-BEX")
        _page, list_ = brought(scene, [[f"Ada {n}", "", f"U12345{n}", "XA-BEX", "diplomatic"]])
        scene.client().post(list_, {"do": "take"})
        scene.client().post("/notices/came/note/", {**CAME, "paper__number": f"N {n}"})
    attaches = [{**AN_ATTACHE, "name": f"Ada {n}", "passport_no": f"U12345{n}"} for n in range(3)]
    scene.sends("visa.staff", persons=attaches)
    scene.drafts("visa.staff", persons=attaches)
    for side in "ab":
        scene.sends("premises.access", side=side, **an_access())


CAME = {
    "original.lang": "en",
    "post": "XB-MFA",
    "subject": "A gate",
    "message": "The gate was shut.",
    "paper__on": "2026-11-20",
    "paper__received_on": "2026-11-22",
    "paper__place": "Gate",
    "paper__by_whom": "A courier",
}
AN_ATTACHE = {
    "born": "1985-04-23",
    "function": "Attaché",
    "category": "diplomatic",
}
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')
NO_PAGE = {"desk:export": "the whole record as one file"}
TWICE = {"missions:readiness_compare": "an earlier cut of the record is folded, then remembered"}


def test_no_page_asks_more_than_fifteen_questions_from_wherever_one_comes_to_it(
    crowded: Scene,
) -> None:
    """Every address that a page links to; that the session was seen is noted besides."""
    seen: dict[str, int] = {}
    over: dict[str, list[str]] = {}
    for role in ("drafts", "clears", "audits"):
        client = crowded.client(role)
        client.get("/me/")
        todo, counted = [page.format(**crowded.names()) for page in PAGES], Counter[str]()
        while todo:
            address = todo.pop(0)
            name = name_of(address)
            if (
                not name
                or name in NO_PAGE
                or counted[name] > 1
                or (name in seen and role != "drafts")
            ):
                continue
            counted[name] += 1
            if name in TWICE:
                client.get(address)
            with CaptureQueriesContext(connection) as asked:
                answer: Any = client.get(address)
            said = [query["sql"] for query in asked if not query["sql"].startswith(FRAMES + NOTED)]
            seen[name] = max(seen.get(name, 0), len(said))
            if len(said) > MOST_QUERIES:
                over[f"{role} {address}"] = [sql[:200] for sql in said]
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                html = unescape(answer.content.decode())
                todo += [urljoin(address, each) for each in LINK.findall(html)]
    print(*(f"{n:3} {name}" for name, n in sorted(seen.items(), key=itemgetter(1))), sep="\n")
    assert len(seen) > 75
    assert not over, "\n".join(f"{page}\n  " + "\n  ".join(sql) for page, sql in over.items())


def test_that_a_session_was_seen_is_one_write_a_minute(crowded: Scene) -> None:
    client = crowded.client()
    client.get("/keyboard/")
    crowded.passes(timedelta(minutes=1))
    with CaptureQueriesContext(connection) as asked:
        client.get("/keyboard/")
        client.get("/keyboard/")
    said = [query["sql"] for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(said) == 1, said
    assert said[0].startswith(NOTED)


def name_of(address: str) -> str:
    """Return the name of one of our addresses, "" for what is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""
