"""The board in a browser: nothing in anybody's way, with and without a script, and on paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect
from pytest_django.plugin import DjangoDbBlocker

from pages.boards import with_a_board
from pages.browser.conftest import Desk, serve, words
from pages.browser.test_weight import FIRST, loaded
from pages.conftest import open_scene

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("board seen")]

PAGES = (
    "/readiness/?at=2025-04-10",
    "/readiness/?at=2025-04-10&own=0&of=ours",
    "/readiness/?at=1990-01-01",
    "/readiness/?at=never&recorded=XA:9999999",
    "/readiness/XA-BEX/?at=2025-04-10",
    "/readiness/XA-VAR/",
    "/readiness/compare/?from=2017-01-01&to=2025-04-10",
    "/readiness/help/",
    "/readiness/how/",
    "/readiness/years/",
    "/readiness/sheet/?at=2025-04-10",
)

LONG_WORDED = (
    "/", "/posts/", "/posts/XA-BEX/", "/premises/", "/payments/", "/chronicle/", "/clocks/",
)  # fmt: skip


@pytest.fixture(scope="module")
def board(
    templates: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
) -> Iterator[Desk]:
    """A desk with a board that nobody changes."""
    with django_db_blocker.unblock():
        for scene in open_scene(templates, tmp_path_factory.mktemp("board seen")):
            yield from serve(with_a_board(scene), chromium)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_readiness_keeps_nobody_out_and_asks_nothing_outside(
    board: Desk, address: str
) -> None:
    watched = board.looks("drafts")
    watched.opens(address)
    watched.page.wait_for_load_state("networkidle")
    assert watched.wrong() == {}
    assert watched.outside(board.origin) == []
    board.leaves()


def test_the_smallest_phone_scrolls_no_page_sideways_in_russian(board: Desk) -> None:
    watched = board.looks("drafts", locale="ru")
    watched.page.set_viewport_size({"width": 320, "height": 700})
    wider = {}
    for address in LONG_WORDED:
        watched.opens(address)
        assert watched.page.evaluate("document.documentElement.lang") == "ru"
        wider[address] = watched.page.evaluate("document.documentElement.scrollWidth") - 320
    assert {address: px for address, px in wider.items() if px > 0} == {}


def test_a_phone_shows_what_is_wrong_and_folds_what_is_unknown(board: Desk) -> None:
    page = board.looks("drafts").page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/readiness/?at=2025-04-10")
    row = page.locator(".board tbody tr", has_text="Bex").nth(1)
    expect(row.locator(".cell.is-strained, .cell.is-blocked").first).to_be_visible()
    expect(row.locator(".cell.is-unknown").first).to_be_hidden()
    expect(row.locator(".cell.is-ok").first).to_be_hidden()
    expect(row.locator(".unk")).to_contain_text("Unknown: ")
    board.leaves()


def test_without_a_script_any_day_is_reached_and_help_is_a_link(board: Desk) -> None:
    page = board.looks("drafts", java_script_enabled=False).page
    page.goto("/readiness/")
    expect(page.locator("[data-range]")).to_be_hidden()
    page.locator("#w-at").fill("2017-01-01")
    page.get_by_role("button", name="Show").click()
    assert "at=2017-01-01" in page.url
    page.get_by_role("link", name=re.compile("^Change after")).click()
    assert "at=2018-03-31" in page.url
    page.get_by_role("link", name="Judge all posts again").click()
    assert "What would help most" in words(page)
    board.leaves()


def test_the_slider_goes_to_a_day_with_the_keys(board: Desk) -> None:
    page = board.looks("drafts").page
    page.goto("/readiness/?at=2025-04-10&own=0")
    slider = page.locator("[data-range]")
    slider.focus()
    slider.press("ArrowLeft")
    page.wait_for_url("**at=2025-04-09**")
    assert "own=0" in page.url
    board.leaves()


def test_help_comes_by_itself_where_a_script_runs(board: Desk) -> None:
    page = board.looks("drafts").page
    page.goto("/readiness/?at=2025-04-10")
    expect(page.locator("#help .rank li").first).to_be_visible()
    board.leaves()


def test_our_own_board_prints_only_that_it_does_not_print(board: Desk) -> None:
    page = board.looks("drafts").page
    page.emulate_media(media="print")
    page.goto("/readiness/?at=2025-04-10")
    said = words(page)
    assert "does not print" in said
    for hidden in ("Bex", "Varna", "Axtown"):
        assert hidden not in said.replace("State of Bex", "")
    board.leaves()


def test_the_sheet_is_one_sheet(board: Desk, tmp_path: Path) -> None:
    page = board.looks("drafts").page
    page.goto("/readiness/sheet/?at=2025-04-10")
    made = tmp_path / "sheet.pdf"
    page.pdf(path=made, format="A4", landscape=True)
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    said = document[0].get_textpage().get_text_bounded()
    assert "Which posts can operate?" in said
    assert "Axtown" not in said
    document.close()
    board.leaves()


def test_the_board_with_its_map_is_light_at_first(board: Desk) -> None:
    sizes = loaded(board.looks("drafts"), "/readiness/?at=2025-04-10")
    assert sum(sizes.values()) <= FIRST, sorted(sizes.items(), key=lambda each: -each[1])[:9]
    board.leaves()
