"""Correcting a note of theirs, and the stamped copy of a delivery, as they are seen."""

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from officers.intake import files
from pages.browser.conftest import Desk
from pages.conftest import a_note
from pages.test_paper_correcting import came

pytestmark = pytest.mark.browser


def test_a_note_is_corrected_without_script_and_every_page_is_open_to_all(desk: Desk) -> None:
    scene = desk.scene
    key = came(scene, **a_note())
    page = desk.looks("drafts", java_script_enabled=False).page
    page.goto(f"/notices/{key}/")
    page.get_by_role("link", name="Correct the note").click()
    page.get_by_label("Their number").fill("No 21")
    page.get_by_label("What was mistyped").fill("Two digits were swapped.")
    page.get_by_role("button", name="Enter it").last.click()
    expect(page.get_by_text("corrected: Two digits were swapped.")).to_be_visible()
    watched = desk.looks("drafts", java_script_enabled=True)
    for address in (f"/notices/{key}/", f"/notices/{key}/correct/"):
        watched.opens(address)
        assert watched.wrong() == {}, address


def test_the_stamped_copy_is_chosen_with_the_delivery(desk: Desk) -> None:
    scene = desk.scene
    key = scene.sends().partition("/")[2]
    sent = {"file": SimpleUploadedFile("receipt.jpg", files.jpeg()), "what": "delivered"}
    scene.client().post(f"/notices/{key}/files/", sent)
    watched = desk.looks("drafts", java_script_enabled=True)
    watched.opens(f"/notices/{key}/delivery/")
    page = watched.page
    page.get_by_label("Copy with the stamp").select_option(label="receipt.jpg")
    assert watched.wrong() == {}
    page.get_by_label("Where").fill("Registry")
    page.get_by_label("By whom").fill("Ada")
    page.get_by_role("button", name="Record it").click()
    page.locator("#paper").get_by_role("link", name="Copy with the stamp").click()
    expect(page.get_by_text("receipt.jpg").first).to_be_visible()
    watched.opens(f"/notices/{key}/")
    assert watched.wrong() == {}


def test_a_long_list_begins_on_the_page_where_its_turn_is(desk: Desk) -> None:
    desk.scene.sends(side="b")
    page = desk.looks("drafts").page
    page.goto("/")
    panel = page.locator("main .panel:not(.private)", has=page.locator("[data-row]")).first
    title = panel.locator("h2").inner_text()
    panel.evaluate(
        """panel => { const row = panel.querySelector("[data-row]").closest("li, tr, .row");
        for (let n = 0; n < 40; n++) row.after(row.cloneNode(true)); }"""
    )
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    assert len(sheets) > 1
    assert title in sheets[0].get_textpage().get_text_range()
