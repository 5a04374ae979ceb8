"""The numbers that posts are judged by: stricter for ourselves, agreed with the other side."""

from typing import Any

import pytest

from legation.line.node import Node
from legation.missions import queries, services
from legation.missions.models import OwnThreshold
from legation.officers.models import Draft
from pages.conftest import Scene
from pages.test_ours_only import on_paper

PAGE = "/readiness/thresholds/"


def keeps(scene: Scene, value: str, name: str = "visa_strained", role: str = "drafts") -> Any:
    return scene.client(role).post(f"{PAGE}own/", {"name": name, "value": value}, follow=True)


def test_our_own_number_is_kept_shown_as_ours_and_never_crosses(scene: Scene) -> None:
    keeps(scene, "37")
    assert queries.own_thresholds(scene.node) == {"visa_strained": 37}
    page = scene.client().get(PAGE)
    assert "37" in page.content.decode()
    assert "37" not in on_paper(page)
    scene.pair.sync()
    assert queries.own_thresholds(scene.pair.b) == {}


def test_our_own_number_is_taken_away_again(scene: Scene) -> None:
    keeps(scene, "37")
    keeps(scene, "")
    assert not OwnThreshold.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("visa_strained", "61", "only ever stricter", id="longer to wait"),
        pytest.param("visa_strained", "60", "only ever stricter", id="the same"),
        pytest.param("staff_in_order", "79", "only ever stricter", id="fewer filled places"),
        pytest.param("staff_in_order", "101", "at most 100", id="more than all"),
        pytest.param("visa_strained", "soon", "at least 0", id="a word"),
        pytest.param("mood", "3", "judged by such a number", id="no such number"),
    ],
)
def test_a_number_that_cannot_be_ours_is_refused(
    scene: Scene, name: str, value: str, said: str
) -> None:
    assert said in keeps(scene, value, name).content.decode()
    assert not OwnThreshold.objects.exists()


def test_who_may_not_draft_sets_no_number(scene: Scene) -> None:
    for role in ("audits", "runs"):
        assert keeps(scene, "37", role=role).status_code == 403
    assert not OwnThreshold.objects.exists()
    assert scene.client("audits").get(PAGE).status_code == 200


def accepts(scene: Scene, value: str) -> Any:
    return scene.client().post(f"{PAGE}accept/", {"name": "visa_strained", "value": value})


def test_a_number_is_agreed_once_both_sides_say_the_same(scene: Scene) -> None:
    assert accepts(scene, "45").status_code == 302
    assert "a draft of ours about it is open" in accepts_again(scene)
    scene.leaves(Draft.objects.get(state="drafted").id)
    scene.pair.sync()
    assert told(scene.node).agreed is None
    assert told(scene.node).words == {"XA": 45, "XB": None}
    there = scene.pair.b
    draft = services.accept_threshold(
        there, name="visa_strained", value=45, by="Cem", at=there.clock()
    )
    scene.leaves(draft.id, side="b")
    scene.pair.sync()
    for node in (scene.node, there):
        assert told(node).agreed == told(node).shared == 45
    assert "accepted by both" in scene.client().get(PAGE).content.decode()


def accepts_again(scene: Scene) -> str:
    given = {"name": "visa_strained", "value": "50"}
    return str(scene.client().post(f"{PAGE}accept/", given, follow=True).content.decode())


def told(node: Node) -> queries.ThresholdView:
    rows = queries.thresholds(node)
    return next(row for row in rows if row.threshold.name == "visa_strained")


def test_our_own_number_counts_no_longer_once_the_shared_one_is_as_strict(scene: Scene) -> None:
    keeps(scene, "50")
    for node, by, side in ((scene.node, "Ada", "a"), (scene.pair.b, "Cem", "b")):
        draft = services.accept_threshold(
            node, name="visa_strained", value=45, by=by, at=node.clock()
        )
        scene.leaves(draft.id, side=side)
    scene.pair.sync()
    assert not told(scene.node).counts
    assert "it does not count" in scene.client().get(PAGE).content.decode()
