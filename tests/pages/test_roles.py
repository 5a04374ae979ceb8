"""Who may open which page, as a table; and what somebody who may not is told."""

import pytest

from pages.conftest import Scene

pytestmark = pytest.mark.xdist_group("quiet desk")  # one worker: the desk is made once

NOTES = {"drafts": 200, "clears": 200, "audits": 200, "runs": 403}
DRAFTING = {"drafts": 200, "clears": 200, "audits": 403, "runs": 403}
HEALTH = {"drafts": 200, "clears": 200, "audits": 200, "runs": 200}
PEOPLE = {"drafts": 403, "clears": 200, "audits": 200, "runs": 200}

PAGES = {
    "/": {**NOTES, "runs": 302},
    "/notices/": NOTES,
    "/notices/{notice}/": NOTES,
    "/notices/{notice}/print/": NOTES,
    "/notices/{notice}/note.pdf": NOTES,
    "/notices/draft/{draft}/note.pdf": NOTES,
    "/notices/new/": DRAFTING,
    "/notices/new/note/": DRAFTING,
    "/notices/new/premises.access/": DRAFTING,
    "/drafts/": NOTES,
    "/drafts/{draft}/": NOTES,
    "/posts/": NOTES,
    "/premises/": NOTES,
    "/find/": NOTES,
    "/find/?q=fence": NOTES,
    "/record/": HEALTH,
    "/record/own/": NOTES,
    "/record/own/0/": NOTES,
    "/record/own/0/proof/": NOTES,
    "/record/own/checkpoint/": HEALTH,
    "/record/export/": NOTES,
    "/line/": HEALTH,
    "/band/": HEALTH,
    "/introduction/": HEALTH,
    "/introduction/file/": HEALTH,
    "/officers/": PEOPLE,
    "/officers/recovery/": {"drafts": 403, "clears": 200, "audits": 403, "runs": 403},
    "/audit/": {"drafts": 403, "clears": 200, "audits": 200, "runs": 403},
    "/me/": HEALTH,
    "/keyboard/": HEALTH,
}


@pytest.mark.parametrize("role", ["drafts", "clears", "audits", "runs"])
def test_a_role_opens_its_pages_and_no_others(quiet: Scene, role: str) -> None:
    names = quiet.names()
    client = quiet.client(role)
    found = {page: client.get(page.format(**names)).status_code for page in PAGES}
    assert found == {page: roles[role] for page, roles in PAGES.items()}


def test_nobody_reads_a_page_before_signing_in(quiet: Scene) -> None:
    client = quiet.stranger()
    for page in PAGES:
        answer = client.get(page.format(**quiet.names()))
        assert answer.status_code == 302, page
        assert answer.headers["Location"].startswith("/sign-in/?next="), page


def test_the_administrator_is_told_in_a_sentence_why_no_note_is_shown(quiet: Scene) -> None:
    for page in ("/notices/{notice}/", "/notices/", "/drafts/", "/record/own/0/"):
        said = quiet.client("runs").get(page.format(**quiet.names())).content.decode()
        assert "this takes one of the roles" in said
        assert "A fence" not in said


def test_the_auditor_is_shown_no_form_that_writes(quiet: Scene) -> None:
    for page in ("/notices/{theirs}/", "/drafts/{draft}/", "/notices/", "/"):
        said = quiet.client("audits").get(page.format(**quiet.names())).content.decode()
        assert 'method="post"' not in said.split("<main", 1)[1]
