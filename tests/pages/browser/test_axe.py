"""Every page, in every way it is looked at: nothing in the way of anybody, nothing from outside."""

import pytest

from pages.browser.conftest import Desk

pytestmark = pytest.mark.browser

PAGES = {
    "drafts": [
        "/",
        "/notices/",
        "/notices/?state=received&by=theirs",
        "/notices/{notice}/",
        "/notices/{theirs}/",
        "/notices/{notice}/print/",
        "/notices/{notice}/delivery/",
        "/notices/{notice}/reply/",
        "/notices/came/",
        "/notices/came/note/",
        "/notices/alone/",
        "/notices/counterpart/",
        "/notices/new/",
        "/notices/new/premises.access/",
        "/drafts/",
        "/drafts/{draft}/",
        "/ledger/",
        "/payments/",
        "/posts/",
        "/premises/",
        "/record/",
        "/record/own/",
        "/record/own/0/",
        "/line/",
        "/introduction/",
        "/find/?q=fence",
        "/clocks/",
        "/notices/?due=soon",
        "/me/",
        "/keyboard/",
        "/nowhere/",
    ],
    "clears": ["/drafts/{draft}/", "/me/", "/officers/", "/officers/recovery/", "/audit/"],
    "audits": ["/audit/", "/audit/?what=person.seen", "/officers/"],
    "runs": ["/officers/", "/line/", "/notices/"],
    "": ["/sign-in/", "/sign-in/recovery/"],
}


@pytest.mark.parametrize(
    ("role", "address"), [(role, address) for role, pages in PAGES.items() for address in pages]
)
def test_a_page_keeps_nobody_out_and_asks_nothing_outside(
    quiet_desk: Desk, role: str, address: str
) -> None:
    watched = quiet_desk.looks(role or None)
    watched.opens(address.format(**quiet_desk.scene.names()))
    assert watched.wrong() == {}
    assert watched.outside(quiet_desk.origin) == []


def test_a_form_that_is_refused_keeps_nobody_out(quiet_desk: Desk) -> None:
    watched = quiet_desk.looks("drafts")
    watched.opens("/notices/new/premises.access/")
    watched.page.get_by_role("button", name="Keep as a draft").click()
    watched.page.wait_for_load_state()
    assert watched.page.locator(".wrong").count() >= 3
    assert watched.wrong() == {}
