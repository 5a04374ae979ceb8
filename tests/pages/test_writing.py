"""Writing by pages: the way out in a browser, and what is refused there."""

import re
from typing import Any

import pytest

from legation.notices import queries
from legation.officers.models import Draft
from pages.conftest import Scene, a_note, an_access


@pytest.mark.parametrize(
    "page",
    [
        "/drafts/{draft}/clear/",
        "/drafts/{draft}/release/",
        "/drafts/{draft}/discard/",
        "/notices/{notice}/answer/",
        "/notices/{notice}/withdraw/",
        "/notices/{notice}/close/",
        "/notices/new/note/",
    ],
)
@pytest.mark.parametrize("role", ["audits", "runs"])
def test_who_may_not_write_writes_nothing_by_any_address(
    scene: Scene, role: str, page: str
) -> None:
    notice, draft = (made.partition("/")[2] for made in (scene.sends(), scene.drafts()))
    before = scene.rows()
    answer = scene.client(role).post(page.format(notice=notice, draft=draft), {"answer": "noted"})
    assert answer.status_code in (302, 403)
    assert scene.rows() == before


def test_a_suspended_officer_is_signed_out_of_everything(scene: Scene) -> None:
    client = scene.client("drafts")
    scene.suspends("drafts")
    assert client.get("/notices/").status_code == 302


def place(name: str) -> str:
    """Return what stands in an address for an id."""
    return name.partition("/")[2]


def said(answer: Any) -> str:
    """Return a page's words, as one line."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split())


def test_a_note_is_drafted_cleared_released_and_answered_in_browsers(scene: Scene) -> None:
    drafting, clearing = scene.client("drafts"), scene.client("clears")
    form = {"post": "post/XA-MFA", **a_note()}
    page = drafting.post("/notices/new/note/", form).headers["Location"]
    hash_shown = re.search(r'name="hash" value="(\w{64})"', clearing.get(page).content.decode())
    assert hash_shown is not None
    done = clearing.post(f"{page}clear/", {"hash": hash_shown[1]}, follow=True)
    assert "Cleared. It can be released now." in said(done)
    done = drafting.post(f"{page}release/", follow=True)
    assert "Released: entry 1 of our record." in said(done)
    scene.pair.sync()
    (row,) = queries.notices(scene.pair.b).rows
    assert (row.title, row.state) == ("A fence", "received")


def test_their_notice_is_answered_on_its_page(scene: Scene) -> None:
    notice = scene.sends(side="b")
    page = f"/notices/{place(notice)}/"
    answer = scene.client().post(f"{page}answer/", {"answer": "answered", "reply": "It was moved."})
    scene.leaves("draft/" + place(answer.headers["Location"].strip("/")))
    assert "Nobody’s Answered" in said(scene.client().get(page))


def test_who_clears_reads_choices_kinds_and_answers_in_words(scene: Scene) -> None:
    form = {
        "post": "post/XA-MFA", "post_concerned": "post/XA-MFA", "protects": ["persons", "homes"],
        "place": "The gate", "threat": "A crowd.", "request": "Guards.",
        "from_0": "2026-12-01T18:00", "from_1": "UTC",
    }  # fmt: skip
    browser = scene.client()
    drafted = browser.post("/notices/new/protection.request/", form, follow=True)
    shown = said(drafted)
    assert "Act Notice released" in shown
    assert "Protects › 1 Persons Protects › 2 Homes" in shown
    assert "Kind Request for protection" in shown
    notice = scene.sends(side="b")
    answer = browser.post(f"/notices/{place(notice)}/answer/", {"answer": "noted"}, follow=True)
    shown = said(answer)
    assert "Act Notice answered About XB-MFA/2026/001" in shown
    assert "Answer Noted" in shown


def test_what_was_typed_stays_and_each_fault_stands_at_its_field(scene: Scene) -> None:
    form = {
        **an_access(purpose="", visitors="many", premises="premises/P2"),
        "post": "post/XA-MFA",
        "from_0": "2026-12-01T10:00",
        "from_1": "UTC",
        "until_0": "2026-12-01T09:00",
        "until_1": "UTC",
        "name": "Norwich House of the park",
    }
    answer = scene.client().post("/notices/new/premises.access/", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="Norwich House of the park"' in page
    assert 'value="2026-12-01T10:00"' in page
    for field in ("purpose", "visitors"):
        assert re.search(rf'id="id_\w*{field}-wrong".*?class="wrong"', page, re.DOTALL)
        assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', page)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "text", ["tur\u202ened round", "zero\u200bwidth", "x" * 201], ids=["bidi", "zero width", "long"]
)
def test_a_subject_that_deceives_or_is_too_long_is_refused_with_a_sentence(
    scene: Scene, text: str
) -> None:
    form = {"post": "post/XA-MFA", **a_note(subject=text)}
    answer = scene.client().post("/notices/new/note/", form)
    assert answer.status_code == 400
    assert re.search(r'id="id_\w*subject-wrong"', answer.content.decode())


def test_the_drafter_is_told_why_they_cannot_clear(scene: Scene) -> None:
    draft = place(scene.drafts())
    assert "You wrote it: a clearing officer reads and clears these bytes." in said(
        scene.client("drafts").get(f"/drafts/{draft}/")
    )
    answer = scene.client("drafts").post(f"/drafts/{draft}/clear/", follow=True)
    assert "Officer Ada" in said(answer)
    assert Draft.objects.get().state == "drafted"


def test_a_clearing_officer_cannot_clear_what_they_wrote(scene: Scene) -> None:
    form = {"post": "post/XA-MFA", **a_note()}
    client = scene.client("clears")
    page = client.post("/notices/new/note/", form).headers["Location"]
    assert "so you cannot clear it" in said(client.get(page))
    answer = client.post(f"{page}clear/", follow=True)
    assert "nobody clears their own words" in said(answer)


def test_other_bytes_than_those_shown_are_not_cleared(scene: Scene) -> None:
    draft = place(scene.drafts())
    answer = scene.client("clears").post(f"/drafts/{draft}/clear/", {"hash": "0" * 64}, follow=True)
    assert "are not those cleared or shown" in said(answer)
    assert Draft.objects.get().state == "drafted"


def test_an_answer_to_a_notice_that_was_withdrawn_is_refused_on_its_page(scene: Scene) -> None:
    notice = scene.sends(side="a")
    page = f"/notices/{place(notice)}/"
    answer = scene.client().post(f"{page}answer/", {"answer": "noted"})
    assert answer.status_code == 400
    assert "our side cannot answer it" in said(answer)


def test_a_refused_reference_stands_open_for_who_corrects_it(scene: Scene) -> None:
    form = {"post": "post/XA-MFA", **a_note(), "refers": "XA-MFA/2026/999"}
    answer = scene.client().post("/notices/new/note/", form)
    assert answer.status_code == 400
    assert "the record holds no such notice" in said(answer)
    assert '<details class="more-form" open>' in answer.content.decode()


def test_no_page_urges_anybody_to_withdraw(scene: Scene) -> None:
    ours, theirs = (scene.client().get(f"/notices/{place(scene.sends(side=s))}/") for s in "ab")
    assert '<a class="btn" href="#withdraw">' in ours.content.decode()
    assert '<a class="btn btn-main" href="#answer">' in theirs.content.decode()
