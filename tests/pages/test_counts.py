"""Many rows cost a page no more questions to the database than few."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from legation.acts.drafting import draft_notice
from legation.line import services as line
from legation.line.node import Node
from legation.line.services import NewAct
from legation.notices.services import correspondents
from pages.conftest import Scene, a_note, open_scene

pytestmark = pytest.mark.xdist_group("crowded desk")  # one worker: the desk is made once

NOTICES = 1_000
AT_ONCE = 250
MOST_QUERIES = 15
FRAMES = ("BEGIN IMMEDIATE", "COMMIT")
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
            yield scene


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_no_more_than_fifteen_questions(crowded: Scene, page: str) -> None:
    client = crowded.client("clears" if page == "/" else "drafts")
    address = page.format(**crowded.names())
    client.get("/me/")  # the session is read once, then kept
    with CaptureQueriesContext(connection) as asked:
        begun = perf_counter()
        answer = client.get(address)
        taken = perf_counter() - begun
    assert answer.status_code == 200
    said = [query["sql"] for query in asked if query["sql"] not in FRAMES]
    print(f"{page:40} {len(said):3} queries {taken * 1000:6.1f} ms")
    assert len(said) <= MOST_QUERIES, "\n".join(sql[:200] for sql in said)
