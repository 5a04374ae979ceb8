"""Registers on paper: marked as ours, restated from their page; rules that overlap are told."""

from pathlib import Path
from typing import Any

import nodes
from legation.line.databases import forget
from legation.line.node import Node
from legation.officers import services as officers
from legation.officers.models import Draft
from legation.officers.wording import DraftedAct
from pages.conftest import Scene
from pages.test_paper import lone_desk, signed_in

__all__ = ["lone_desk"]
A_POST: Any = {"sending": "XA", "receiving": "XB", "fields": {"city": {"value": "Wye"}}}


def states(node: Node, kind: str, on: str, body: Any) -> None:
    """Release one act of ours by two officers: into the log, or on paper while we are alone."""
    act = DraftedAct(type=kind, on=on, body=body)
    draft = officers.draft(node, acts=[act], title=on, by="Ada", at=node.clock())
    officers.clear(node, draft_id=draft.id, by="Bela", at=node.clock())
    officers.release(node, draft_id=draft.id, by="Bela", at=node.clock())


def a_rule(**changes: Any) -> dict[str, Any]:
    return {"by": "XA", "applies_to": "XB", "mode": "notification", **changes}


def test_what_is_stated_on_paper_is_marked_and_restated_from_its_page(
    lone_desk: Node,
    tmp_path: Path,
) -> None:
    states(lone_desk, "post.stated", "post/XA-WYE", A_POST)
    states(lone_desk, "regime.declared", "regime/R1", a_rule())
    page = signed_in("Ada").get("/posts/XA-WYE/").content.decode()
    assert '<div class="private">Wye' in page
    assert "Restate it in the record" not in page, "there is no record yet"
    b = nodes.make_node(tmp_path / "b2", "XB", "XA")
    nodes.introduce(lone_desk, b)
    page = signed_in("Ada").get("/posts/XA-WYE/").content.decode()
    assert 'name="thing" value="post/XA-WYE"' in page
    assert 'value="regime/R1"' in signed_in("Ada").get("/posts/").content.decode()
    signed_in("Ada").post("/notices/alone/restate/", {"thing": ["post/XA-WYE"]})
    draft = Draft.objects.get(state="drafted")
    officers.clear(lone_desk, draft_id=draft.id, by="Bela", at=lone_desk.clock())
    officers.release(lone_desk, draft_id=draft.id, by="Bela", at=lone_desk.clock())
    page = signed_in("Ada").get("/posts/XA-WYE/").content.decode()
    assert 'name="thing" value="post/XA-WYE"' not in page
    forget("b2")


def test_what_the_record_says_bears_no_mark(scene: Scene) -> None:
    states(scene.node, "post.stated", "post/XA-WYE", A_POST)
    page = scene.client().get("/posts/XA-WYE/").content.decode()
    assert "Wye" in page
    assert "on paper" not in page


def test_rules_that_cover_the_same_days_are_told_with_the_days(scene: Scene) -> None:
    states(
        scene.node,
        "regime.declared",
        "regime/R1",
        a_rule(**{"from": "2026-01-01", "until": "2026-12-31"}),
    )
    assert "both govern" not in scene.client().get("/posts/").content.decode()
    states(scene.node, "regime.declared", "regime/R2", a_rule(**{"from": "2026-06-01"}))
    page = scene.client().get("/posts/").content.decode()
    assert "Rules R1 and R2 both govern" in page
    assert "From 1 June 2026" in page
    assert "until 31 December 2026" in page
