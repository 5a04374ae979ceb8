"""A board that changes: by an answered notice, and by what an officer sees of it."""

import json
from datetime import timedelta
from pathlib import Path

from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.notices import services as notices
from pages.boards import BOARD, with_a_board
from pages.conftest import Scene, an_access
from pages.test_chronicle import desk_of
from pages.test_sight import of_another_post

PAGES = (
    "/readiness/",
    "/readiness/sheet/",
    "/readiness/help/",
    "/readiness/years/",
    "/readiness/how/",
    "/readiness/compare/",
    "/readiness/line/",
    "/readiness/changed/",
)


def test_an_officer_of_another_post_reads_the_board_and_is_led_to_no_notice_of_it(
    scene: Scene,
) -> None:
    with_a_board(scene)
    notice = scene.sends("premises.access", **an_access(premises="premises/V1"), post="XA-BEX")
    scene.passes(timedelta(days=40))
    ours = scene.client().get("/readiness/XA-BEX/").content.decode()
    theirs = of_another_post(scene).get("/readiness/XA-BEX/").content.decode()
    link = f"/notices/{notice.partition('/')[2]}/"
    assert link in ours
    assert link not in theirs


def test_a_desk_that_is_alone_has_its_board(
    templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """It judges what it knows; there is no record to read as it was, and none to compare."""
    with django_db_blocker.unblock():
        for lone in desk_of(templates, tmp_path, "XA", BOARD.read_bytes()):
            client = lone.client()
            for address in PAGES:
                answer = client.get(address)
                assert answer.status_code == 200, address
                assert "As then known" not in answer.content.decode(), address
            assert client.get("/readiness/?recorded=XA:1").status_code == 400


def test_a_board_without_a_post_points_to_the_chronicle_and_to_what_can_be_stated(
    templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    found = json.loads(BOARD.read_bytes())
    fact = {
        "id": "F1",
        "date": "2024-01-01",
        "kind": "meeting",
        "title": "Met",
        "sources": ["wire"],
    }
    bare = {**found, "posts": [], "premises": [], "regimes": [], "facts": [fact]}
    with django_db_blocker.unblock():
        for lone in desk_of(templates, tmp_path, "XA", json.dumps(bare).encode()):
            html = lone.client().get("/readiness/").content.decode()
            for address in ("/chronicle/", "/own/new/post/", "/own/new/premises/"):
                assert f'href="{address}"' in html
            assert "Our chronicle has 1 fact." in html
            assert "1 fact" not in lone.client().get("/readiness/?own=0").content.decode()


def test_an_answered_notice_changes_the_board(scene: Scene) -> None:
    with_a_board(scene)
    client = scene.client()
    before = client.get("/readiness/XA-BEX/?own=0").content.decode()
    notice = scene.sends("premises.access", **an_access(premises="premises/V1"), post="XA-BEX")
    scene.passes(timedelta(days=40))
    client = scene.client()  # no session lasts that long
    waiting = client.get("/readiness/XA-BEX/?own=0").content.decode()
    assert "the oldest for 40 days" in waiting
    assert "the oldest for" not in before
    theirs = scene.pair.b
    draft = notices.draft_answer(
        theirs,
        notice=notice,
        data={"lines": [{"line": 1, "answer": "refused"}]},
        by=nodes.CAST["XB"][0],
        at=theirs.clock(),
    )
    scene.leaves(draft.id, side="b")
    scene.pair.sync()
    assert "the oldest for" not in client.get("/readiness/XA-BEX/?own=0").content.decode()
