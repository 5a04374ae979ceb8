"""A rule for the other side's staff is declared on a page, and journeys fall under it."""

from legation.missions import queries
from pages.conftest import Scene

TERMS = {
    "name": "XA-1",
    "subject": "movement",
    "mode": "permission",
    "hours": "72",
    "quota__count": "2",
    "quota__per": "month",
    "from": "2026-12-01",
    "rule": "Beyond 25 miles.",
}


def test_a_rule_is_declared_cleared_and_holds_on_both_nodes(scene: Scene) -> None:
    browser = scene.client()
    assert "/regimes/new/" in browser.get("/posts/").content.decode()
    assert 'value="XA-1"' in browser.get("/regimes/new/").content.decode()
    done = browser.post("/regimes/new/", TERMS)
    scene.leaves("draft/" + done.headers["Location"].split("/")[-2])
    scene.pair.sync()
    for node in (scene.pair.a, scene.pair.b):
        (rule,) = queries.regimes(node)
        assert rule.now is not None
        assert rule.now.quota is not None
        assert (rule.by, rule.applies_to, rule.now.mode) == ("XA", "XB", "permission")
        assert (rule.now.hours, rule.now.quota.count) == (72, 2)
    page = browser.get("/regimes/new/").content.decode()
    assert 'value="XA-2"' in page
    assert "Quota: Count" in page
    plain = {key: value for key, value in TERMS.items() if not key.startswith("quota")}
    assert browser.post("/regimes/new/", {**plain, "name": "XA-2"}).status_code == 302


def test_all_that_is_wrong_with_a_rule_is_told_and_what_was_typed_stays(scene: Scene) -> None:
    wrong = {**TERMS, "mode": "", "quota__per": "", "hours": "-1", "name": "no such"}
    page = scene.client().post("/regimes/new/", wrong)
    assert page.status_code == 400
    shown = page.content.decode()
    assert shown.count('class="wrong"') == 3
    assert "Beyond 25 miles." in shown
    page = scene.client().post("/regimes/new/", {**TERMS, "name": "no such"})
    assert page.status_code == 400
    assert "no such" in page.content.decode()
    done = scene.client().post("/regimes/new/", {**TERMS, "until": "2026-11-01"})
    assert "it ends before it begins" in done.content.decode().lower()
    assert scene.client("audits").get("/regimes/new/").status_code == 403
