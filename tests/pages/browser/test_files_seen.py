"""Files, as an officer adds them with the mouse and looks at them: nothing in anybody's way."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from legation.line.services.files import erase
from officers.intake import files
from pages.browser.conftest import Desk

pytestmark = pytest.mark.browser


def test_a_file_is_added_looked_at_and_released_and_every_page_is_open_to_all(
    desk: Desk, tmp_path: Path
) -> None:
    scene = desk.scene
    photo, annex = tmp_path / "fence.jpg", tmp_path / "Приложение 1.pdf"
    photo.write_bytes(files.jpeg())
    annex.write_bytes(files.hostile_document())
    key = scene.drafts().partition("/")[2]
    watched = desk.looks("drafts", java_script_enabled=True)
    page = watched.page
    page.goto(f"/drafts/{key}/")
    page.get_by_label("Add files").set_input_files([photo, annex])
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("2 files added")).to_be_visible()
    expect(page.get_by_text("the place where a picture was taken").first).to_be_visible()
    assert watched.wrong() == {}
    page.get_by_role("link", name="Приложение 1.pdf").click()
    expect(page.get_by_text("Page 1 of 2").first).to_be_visible()
    drawn = page.locator("figure img")
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1_000
    assert watched.wrong() == {}
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_text("Page 2 of 2").first).to_be_visible()
    assert watched.outside(desk.origin) == []

    notice = scene.leaves(f"draft/{key}")
    scene.pair.sync()
    below = f"/notices/{notice.partition('/')[2]}/"
    watched.opens(below)
    expect(page.locator("#files")).to_contain_text("fence.jpg")
    assert watched.wrong() == {}
    watched.opens(f"{below}print/")
    assert watched.wrong() == {}
    page.goto(below)
    root = page.get_by_role("link", name="fence.jpg").first.get_attribute("href")
    assert root is not None
    erase(scene.node, root.split("/")[4], at=scene.node.clock())
    page.goto(below)
    expect(page.locator("#files")).to_contain_text("Erased here")
    assert watched.wrong() == {}


def test_what_was_taken_out_does_not_print(desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "fence.jpg"
    photo.write_bytes(files.jpeg())
    key = desk.scene.drafts().partition("/")[2]
    page = desk.looks("drafts").page
    page.goto(f"/drafts/{key}/")
    page.get_by_label("Add files").set_input_files(photo)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".stripped")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".stripped")).to_be_hidden()
