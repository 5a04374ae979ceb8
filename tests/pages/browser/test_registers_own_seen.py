"""Registers, their forms and what only we know, as they are seen: nothing in anybody's way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from legation.missions import naming
from legation.missions.fields import registers
from pages.browser.conftest import Desk, serve
from pages.conftest import Scene
from pages.test_registers_own import begins, notes, they_state

pytestmark = pytest.mark.browser

THEIRS = "post/XB-VEE"
PAGES = [
    "/posts/",
    "/posts/XA-WYE/",
    "/posts/XB-VEE/",
    "/premises/",
    "/premises/XA-P1/",
    "/own/",
    "/own/note/post/XA-WYE/status/",
    "/own/note/post/XA-WYE/coordinates/",
    "/own/new/premises/",
    "/own/contest/post/XB-VEE/status/",
    "/lists/six/",
    "/readiness/thresholds/",
    *(
        address
        for prefix in ("slot", "channel")
        if prefix in registers()
        for address in (f"/{naming.PAGES[prefix]}/", f"/own/new/{prefix}/")
    ),
]


@pytest.fixture(scope="module")
def told(quiet: Scene, chromium: Browser) -> Iterator[Desk]:
    """A desk that knows more than is stated, of both sides."""
    begins(quiet, city="Wye", needed="210", name="Embassy Wye")
    notes(quiet, "status", value="open", **{"from": "2021-06", "basis": "Note 12"})
    notes(quiet, "consent", value="given", note="As their note of May says.")
    for key, name in (("P1", "North House"), ("P2", "South House")):
        begins(quiet, "premises", key, name=name, lists="six", title="own", access="denied")
    begins(quiet, "slot", "017", post="post/XA-WYE", function="Consul", state="vacant")
    money = {"monthly_need__amount": "1200.50", "monthly_need__currency": "USD"}
    begins(quiet, "channel", "BANK", post="post/XA-WYE", bank="A bank", state="slow", **money)
    fields = {"city": {"value": "Vee"}, "status": {"value": "open", "from": "1999"}}
    body = {"sending": "XB", "receiving": "XA", "fields": fields}
    they_state(quiet, THEIRS, body)
    yield from serve(quiet, chromium)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_a_register_keeps_nobody_out(told: Desk, address: str) -> None:
    watched = told.looks("drafts")
    watched.opens(address)
    assert watched.wrong() == {}
    assert watched.outside(told.origin) == []


def test_what_we_know_is_seen_and_not_printed(told: Desk) -> None:
    page = told.looks("drafts").page
    page.goto("/posts/XA-WYE/")
    known = page.locator(".own-line").first
    assert known.is_visible()
    page.emulate_media(media="print")
    assert not known.is_visible()
