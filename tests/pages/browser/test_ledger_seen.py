"""The ledger and the payments page in a browser: opened, on a phone, and on paper."""

import pytest
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from pages.browser.conftest import Desk
from pages.ledgers import SECRET, set_stage

pytestmark = pytest.mark.browser
ASKED = "channel=channel%2FXA-1&amount=1200.50&currency=USD&purpose=salaries&day=2026-12-11"


def test_a_ledger_opens_its_acts_and_keeps_ours_from_paper(desk: Desk) -> None:
    set_stage(desk.scene)
    watched = desk.looks("drafts")
    page = watched.page
    watched.opens("/ledger/")
    page.locator("#access summary").first.click()
    expect(page.get_by_text(f"{SECRET} house")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert watched.wrong() == {}
    page.emulate_media(media="print")
    expect(page.get_by_text(f"{SECRET} house")).to_be_hidden()
    page.emulate_media(media="screen")
    watched.opens("/ledger/sheet/")
    assert watched.wrong() == {}
    page.emulate_media(media="print")
    expect(page.get_by_text("all staff, local staff too", exact=True)).to_be_visible()
    assert len(PdfDocument(page.pdf(prefer_css_page_size=True))) == 1


def test_a_payment_is_asked_about_and_nothing_of_it_prints(desk: Desk) -> None:
    set_stage(desk.scene)
    watched = desk.looks("drafts", java_script_enabled=True)
    page = watched.page
    watched.opens("/payments/")
    assert watched.wrong() == {}
    page.get_by_label("Amount").fill("1200.50")
    page.get_by_label("Currency").select_option("USD")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("the money would come back")).to_be_visible()
    watched.opens(f"/payments/?{ASKED}")
    expect(page.get_by_text("its last day was 10 December 2026")).to_be_visible()
    assert watched.wrong() == {}
    page.emulate_media(media="print")
    expect(page.get_by_text("its last day was 10 December 2026")).to_be_hidden()
    expect(page.get_by_text("Cash lasts")).to_be_hidden()
    expect(page.get_by_text("Bank of Exports").first).to_be_visible()
    expect(page.get_by_text("channel/XB-2")).to_be_hidden()
    page.emulate_media(media="screen")
    watched.opens(f"/payments/?{ASKED.replace('USD', '')}")
    expect(page.get_by_text("Money has a currency")).to_be_visible()
    assert watched.wrong() == {}
