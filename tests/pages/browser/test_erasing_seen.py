"""The page on which a file is erased, as it is seen; it works with a mouse and without script."""

import pytest
from playwright.sync_api import expect

from pages.browser.conftest import Desk
from pages.test_erasing import refs, with_a_file

pytestmark = pytest.mark.browser


def test_a_file_is_erased_from_its_notice_by_two_officers(desk: Desk) -> None:
    scene = desk.scene
    notice = with_a_file(scene)
    (root,) = refs(scene, notice)
    key = notice.partition("/")[2]
    watched = desk.looks("drafts", java_script_enabled=True)
    watched.opens(f"/notices/{key}/")
    watched.page.locator("#files").get_by_role("link", name="Erase it").click()
    assert watched.wrong() == {}
    plain = desk.looks("drafts", java_script_enabled=False).page
    plain.goto(f"/notices/{key}/files/{root}/erase/")
    plain.get_by_role("button", name="Keep as a draft").click()
    expect(plain.get_by_role("alert")).to_be_visible()
    plain.get_by_label("Ground").fill("A wrong plan.")
    plain.get_by_role("button", name="Keep as a draft").click()
    expect(plain.get_by_text("A wrong plan.").first).to_be_visible()
    scene.leaves("draft/" + plain.url.rstrip("/").rpartition("/")[2])
    watched.opens(f"/notices/{key}/files/{root}/erase/")
    expect(watched.page.get_by_text("The other side has not confirmed")).to_be_visible()
    assert watched.wrong() == {}
    watched.opens(f"/notices/{key}/")
    expect(watched.page.locator("#files")).to_contain_text("has not confirmed")
    assert watched.wrong() == {}
