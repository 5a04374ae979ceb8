"""The warning of letters that look alike, as it is seen on each page that bears it."""

import pytest
from playwright.sync_api import expect

from pages.browser.conftest import Desk
from pages.test_alike import ODD, a_member

pytestmark = pytest.mark.browser


def test_the_warning_is_read_on_a_draft_on_persons_and_in_the_form(desk: Desk) -> None:
    scene = desk.scene
    notice = scene.sends("visa.staff", persons=[a_member(ODD)]).partition("/")[2]
    draft = scene.drafts("visa.staff", persons=[a_member(ODD)]).partition("/")[2]
    about = scene.drafts(subject=f"The car of Mr {ODD}").partition("/")[2]
    watched = desk.looks("drafts", java_script_enabled=True)
    for address in (
        f"/drafts/{draft}/",
        f"/drafts/{about}/",
        f"/notices/{notice}/persons/",
        f"/notices/draft/{draft}/change/",
    ):
        watched.opens(address)
        expect(watched.page.get_by_text("U+0430").first).to_be_visible()
        assert watched.wrong() == {}, address
    watched.page.emulate_media(media="print")
    expect(watched.page.get_by_text("U+0430").first).to_be_hidden()
