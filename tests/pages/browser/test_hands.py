"""The keyboard and the theme: what a hand does without the mouse."""

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLate

from pages.browser.conftest import Desk

pytestmark = pytest.mark.browser


def _goes(page: Page, keys: str, url: str) -> None:
    """Press keys that belong together; a busy machine may leave too long a pause between them."""
    for _ in range(5):
        for key in keys:
            page.keyboard.press(key)
        try:
            page.wait_for_url(url, timeout=3_000)
        except TooLate:
            continue
        return
    raise AssertionError(f"{keys} did not lead to {url}")


def test_keys_go_where_they_say(quiet_desk: Desk) -> None:
    page = quiet_desk.looks("drafts").page
    page.goto("/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    _goes(page, "gn", "**/notices/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-row')")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


RUSSIAN = {"g": "п", "n": "т", "j": "о", "r": "к"}  # what the keys of these letters write


def test_the_keys_are_where_they_are_on_a_russian_keyboard(quiet_desk: Desk) -> None:
    page = quiet_desk.looks("drafts").page
    page.goto("/")

    def strikes(letters: str) -> None:
        for each in letters:
            page.evaluate(
                "([key, code]) => document.activeElement.dispatchEvent("
                "new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))",
                [RUSSIAN[each], f"Key{each.upper()}"],
            )

    strikes("gn")
    page.wait_for_url("**/notices/")
    page.goto("/notices/?move=ours")
    strikes("jr")
    page.wait_for_url("**/notices/XB-*/#answer")


def test_r_answers_the_row_that_waits_for_us_and_the_notice_that_is_open(quiet_desk: Desk) -> None:
    page = quiet_desk.looks("drafts").page
    page.goto("/notices/?move=ours")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_url("**/notices/XB-*/#answer")
    page.keyboard.press("r")
    assert page.evaluate("!!document.activeElement.closest('#answer')")


def test_no_key_is_taken_from_somebody_who_types(quiet_desk: Desk) -> None:
    page = quiet_desk.looks("drafts").page
    page.goto("/notices/")
    page.keyboard.press("/")
    page.keyboard.type("jgr?/k")
    assert page.input_value("[data-find]") == "jgr?/k"
    expect(page.locator("#keys")).to_be_hidden()
    assert page.url.endswith("/notices/")


def test_what_fits_is_shown_while_one_types_and_is_reached_with_arrows(quiet_desk: Desk) -> None:
    watched = quiet_desk.looks("drafts")
    page = watched.page
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("fen")
    expect(page.locator("#found [data-hit]").first).to_contain_text("A fence")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.hasAttribute('data-hit')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.hasAttribute('data-find')")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_empty()
    assert watched.said == []


def test_the_theme_is_kept_and_follows_the_system_until_it_is_chosen(quiet_desk: Desk) -> None:
    page = quiet_desk.looks("drafts", color_scheme="dark").page
    page.goto("/")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    switch = page.get_by_role("button", name="Dark theme")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "light"


def test_everything_can_be_reached_with_tab_and_shows_where_one_is(quiet_desk: Desk) -> None:
    page = quiet_desk.looks("drafts").page
    page.goto("/notices/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert seen == "solid"


LOW = """() => [...document.querySelectorAll("a, button, summary")]
  .filter(each => each.offsetHeight && !each.matches(".skip, .visually-hidden"))
  .filter(each => getComputedStyle(each).display !== "inline" && each.offsetHeight < 24)
  .map(each => each.innerText)"""


def test_what_stands_by_itself_is_high_enough_for_a_finger(quiet_desk: Desk) -> None:
    page = quiet_desk.looks("drafts").page
    page.set_viewport_size({"width": 390, "height": 800})
    for address in ("/", "/notices/new/note/", "/record/", "/persons/"):
        page.goto(address)
        assert page.evaluate(LOW) == [], address
