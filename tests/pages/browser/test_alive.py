"""Live parts, paper, and everything without a script."""

import re

import pytest
from playwright.sync_api import expect

from pages.browser.conftest import Desk, words

pytestmark = pytest.mark.browser
SOON = 12_000


def test_a_notice_s_page_shows_by_itself_that_it_was_answered(desk: Desk) -> None:
    notice = desk.scene.sends()
    page = desk.looks("drafts").page
    page.goto(f"/notices/{notice.partition('/')[2]}/")
    expect(page.locator("#live .standing")).to_contain_text("Received")
    desk.scene.answers(notice)
    expect(page.locator("#live .standing")).to_contain_text("Answered", timeout=SOON)


def test_today_shows_by_itself_what_arrives_and_leaves_the_reader_where_they_are(
    desk: Desk,
) -> None:
    watched = desk.looks("drafts")
    page = watched.page
    page.goto("/")
    expect(page.locator("#answer")).to_contain_text("Nothing of theirs waits")
    page.locator("a[href='#arrived']").focus()
    desk.scene.sends(side="b", subject="Works in the street")
    expect(page.locator("#answer")).to_contain_text("Works in the street", timeout=SOON)
    expect(page.locator("#tabs [aria-current] .count")).to_have_text(re.compile("^1"), timeout=SOON)
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#arrived"
    assert watched.said == []


def test_what_was_typed_into_an_answer_is_not_lost_when_the_page_refreshes(desk: Desk) -> None:
    theirs = desk.scene.sends(side="b")
    page = desk.looks("drafts").page
    page.goto(f"/notices/{theirs.partition('/')[2]}/")
    page.locator("#answer summary", has_text="Answered").click()
    page.locator("#answer textarea[name=reply]").fill("Half a sentence")
    with page.expect_response(lambda answer: "/notices/" in answer.url, timeout=SOON):
        pass
    page.wait_for_timeout(300)
    assert page.locator("#answer textarea[name=reply]").input_value() == "Half a sentence"


def test_a_note_leaves_in_a_browser_without_a_script(desk: Desk) -> None:
    drafting, clearing = (
        desk.looks(role, java_script_enabled=False).page for role in ("drafts", "clears")
    )
    drafting.goto("/")
    drafting.get_by_role("link", name="Draft a notice").click()
    drafting.get_by_role("link", name=re.compile(r"^Note\b")).click()
    drafting.get_by_label("Subject").fill("A fence")
    drafting.get_by_label("Message").fill("The fence was moved.")
    drafting.get_by_role("button", name="Keep as a draft").click()
    assert "You wrote it" in words(drafting)
    clearing.goto("/")
    clearing.get_by_role("link", name="Read and clear").click()
    clearing.get_by_role("button", name="Clear these bytes").click()
    assert "It can be released now" in words(clearing)
    drafting.reload()
    drafting.get_by_role("button", name="Release").click()
    assert "Released: entry 1 of our record." in words(drafting)


def test_paper_holds_the_note_and_nothing_of_ours_only(desk: Desk) -> None:
    notice = desk.scene.sends()
    page = desk.looks("drafts").page
    page.emulate_media(media="print")
    page.goto(f"/notices/{notice.partition('/')[2]}/print/")
    said = words(page)
    assert "The fence of the embassy was moved." in said
    for hidden in ("Ada", "Bela", "Today", "Line of contact", "Nothing of this page"):
        assert hidden not in said
    page.goto(f"/notices/{notice.partition('/')[2]}/")
    assert "Who released it" not in words(page)
