"""The chronicle in a browser: nothing in anybody's way, and the drawing legible as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from legation.seeds import read_seed
from pages.browser.conftest import Desk, serve
from pages.test_chronicle import desk_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chronicle seen")]

PAGES = (
    "/chronicle/",
    "/chronicle/?zoom=2025",
    "/chronicle/?zoom=2025-04&matter=property",
    "/chronicle/?matter=nothing",
    "/chronicle/rounds/",
    "/chronicle/matters/",
    "/chronicle/discrepancies/",
    "/chronicle/questions/",
    "/chronicle/rules/",
    "/chronicle/persons/",
    "/chronicle/sources/",
    "/chronicle/fact/F006/",
    "/chronicle/fact/F055/",
)


@pytest.fixture(scope="module")
def history(
    templates: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
) -> Iterator[Desk]:
    """A desk with the history that comes with the program."""
    folder = tmp_path_factory.mktemp("history")
    with django_db_blocker.unblock():
        for scene in desk_of(templates, folder, "US", read_seed("us-ru")):
            yield from serve(scene, chromium)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_the_chronicle_keeps_nobody_out(history: Desk, address: str) -> None:
    watched = history.looks("drafts")
    watched.opens(address)
    assert watched.wrong() == {}
    assert watched.outside(history.origin) == []
    history.leaves()


def test_the_sheet_for_our_own_use_keeps_nobody_out_and_fits_its_paper(history: Desk) -> None:
    watched = history.looks("drafts")
    watched.opens("/chronicle/")
    watched.page.get_by_role("button", name="Sheet for our own use").click()
    watched.page.wait_for_load_state()
    assert watched.wrong() == {}
    watched.page.emulate_media(media="print", color_scheme="light")
    watched.page.set_viewport_size({"width": 680, "height": 900})
    wide = watched.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0
    assert watched.page.get_by_text("OURS ONLY. For our own desk").is_visible()
    assert watched.page.locator(".timeline svg").is_visible()
    history.leaves()


def test_on_paper_the_chronicle_says_only_that_it_is_ours(history: Desk) -> None:
    watched = history.looks("drafts")
    for address in ("/chronicle/", "/chronicle/fact/F006/", "/chronicle/sources/"):
        watched.opens(address)
        watched.page.emulate_media(media="print")
        said = watched.page.inner_text("main")
        assert "is ours only. This page is not printed" in said
        assert "Norwich" not in said
        assert "TASS" not in said
        watched.page.emulate_media(media="screen")
    history.leaves()


def test_with_keys_alone_a_mark_of_the_drawing_leads_to_its_fact(history: Desk) -> None:
    watched = history.looks("drafts")
    watched.opens("/chronicle/?zoom=2016")
    watched.page.locator(".timeline a.tm").first.focus()
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/chronicle/fact/**")
    history.leaves()
