"""Clocks and calendars: what each side has said, and our word one click away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from legation.line.queries import verify_record
from legation.notices.models import Notice
from legation.officers.models import Draft
from pages.conftest import Scene, an_access


def page(scene: Scene, address: str = "/clocks/") -> str:
    return scene.client().get(address).content.decode()


def accepts(scene: Scene, side: str, amount: str = "48", unit: str = "hours") -> None:
    """Accept a clock on our desk's page, or on their node; clear, release and carry it over."""
    given = {"kind": "premises.access", "amount": amount, "unit": unit}
    if side == "a":
        answer = scene.client().post("/clocks/accept/", given)
        draft = "draft/" + answer.headers["Location"].split("/")[-2]
    else:
        from legation.notices import calendars  # noqa: PLC0415 - their side has no page here

        node = scene.pair.b
        draft = calendars.draft_clock(
            node, kind=given["kind"], amount=int(amount), unit=unit, by="Cem", at=node.clock()
        ).id
    scene.leaves(draft, side=side)
    scene.pair.sync()


def test_one_click_drafts_the_acceptance_of_what_they_accept(scene: Scene) -> None:
    accepts(scene, "b")
    said = page(scene)
    assert "Accept 48 hours" in said
    accepts(scene, "a")
    assert "Accept 48 hours" not in page(scene)
    notice = scene.sends("premises.access", **an_access())
    shown = page(scene, f"/notices/{notice.partition('/')[2]}/")
    assert "both sides had accepted this clock" in shown
    assert "48 hours" in shown


def test_what_is_asked_for_is_never_called_overdue(scene: Scene) -> None:
    notice = scene.sends("premises.access", **an_access())
    shown = page(scene, f"/notices/{notice.partition('/')[2]}/")
    assert "never overdue" in shown
    assert "Overdue" not in shown


def test_no_clock_is_told_where_nobody_waits_for_an_answer(scene: Scene) -> None:
    notice = scene.sends(asked_by="2026-12-31")
    address = f"/notices/{notice.partition('/')[2]}/"
    assert "Until when" in page(scene, address)
    scene.answers(notice)
    shown = page(scene, address)
    assert "It was moved." in shown
    assert "Until when" not in shown


def test_our_year_is_drafted_with_one_click_and_never_by_a_reader(scene: Scene) -> None:
    answer = scene.client("audits").post("/clocks/declare/", {"year": "2026"})
    assert answer.status_code == 403
    answer = scene.client().post("/clocks/declare/", {"year": "2026"}, follow=True)
    # XA is no state that the library knows: said, and nothing was drafted.
    assert "no such state or year" in answer.content.decode()
    assert Draft.objects.count() == 0


def test_a_wrong_clock_is_refused_in_a_sentence(scene: Scene) -> None:
    client = scene.client()
    for given in (
        {"kind": "premises.access", "amount": "0", "unit": "days"},
        {"kind": "premises.access", "amount": "9" * 40, "unit": "days"},
        {"kind": "premises.access", "amount": "3", "unit": "moons"},
        {"kind": "no.such", "amount": "3", "unit": "days"},
        {},
    ):
        answer = client.post("/clocks/accept/", given, follow=True)
        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode() or "msg" in answer.content.decode()
    assert Draft.objects.count() == 0


def test_any_year_can_be_asked_for(scene: Scene) -> None:
    for year in ("2027", "", "0000", "9999", "x" * 50, "²026"):
        assert scene.client().get("/clocks/", {"year": year}).status_code == 200


def apart(scene: Scene, theirs: timedelta) -> None:
    """Let the other side's clock differ from ours from now on."""
    scene.pair = replace(scene.pair, b=replace(scene.pair.b, clock=lambda: scene.clock() + theirs))


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (timedelta(hours=-72), "their clock is behind ours: 2 days or more"),
        (timedelta(days=-365), "their clock is behind ours: 364 days or more"),
        (timedelta(hours=10), "their clock is ahead of ours: 9 hours or more"),
        (timedelta(minutes=-2), ""),
    ],
    ids=["three days behind", "a year behind", "ten hours ahead", "two minutes behind"],
)
def test_nothing_is_overdue_by_their_clock_and_the_line_s_page_tells_that_they_differ(
    scene: Scene, theirs: timedelta, told: str
) -> None:
    for side in "ba":
        accepts(scene, side)
    apart(scene, theirs)
    notice = scene.sends("premises.access", **an_access())
    scene.sends(side="b")
    row = Notice.objects.get(id=notice)
    assert row.due_binding
    assert row.due_at is not None
    assert row.due_at >= row.at + timedelta(hours=48)
    assert "Overdue" not in page(scene, f"/notices/{notice.partition('/')[2]}/")
    assert verify_record(scene.node).ok
    said = " ".join(page(scene, "/line/").split())
    assert told in said
    assert ("By the newest entries" in said) == bool(told)
