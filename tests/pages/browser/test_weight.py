"""What a page weighs on its way to the browser, and whom the browser asks. Sizes, not times."""

import pytest

from pages.browser.conftest import Desk, Watched
from pages.conftest import an_access

pytestmark = pytest.mark.browser

FIRST = 250_000
NEXT = 60_000
MANY = 30


def loaded(watched: Watched, address: str) -> dict[str, int]:
    """Open an address; return what came over the wire for it: path -> bytes, headers left out."""
    sizes: dict[str, int] = {}

    def note(request: object) -> None:
        answer = request.response()  # type: ignore[attr-defined]  # Playwright's Request
        if answer is not None and not answer.from_service_worker:
            # What the browser still has counts as less than nothing.
            sizes[request.url] = max(0, request.sizes()["responseBodySize"])  # type: ignore[attr-defined]  # as above

    watched.page.on("requestfinished", note)
    watched.opens(address)
    watched.page.wait_for_load_state("networkidle")
    watched.page.remove_listener("requestfinished", note)
    return sizes


def test_a_bilingual_page_is_light_at_first_and_lighter_next_and_asks_nobody_else(
    desk: Desk,
) -> None:
    for number in range(MANY):
        desk.scene.sends(subject=f"Note {number}", message="The fence of the embassy. " * 40)
    message = "Забор посольства был перенесён. " * 20
    bilingual = desk.scene.sends(
        "premises.access", **an_access(purpose=f"Roof. {message}", languages=["en", "ru"])
    )
    watched = desk.looks("drafts")
    page = f"/notices/{bilingual.partition('/')[2]}/"
    first = loaded(watched, page)
    fonts = {url.rpartition("/")[2] for url in first if url.endswith(".woff2")}
    assert {name for name in fonts if "cyrillic" in name} == {
        "inter-cyrillic-wght-normal.woff2",
        "source-serif-4-cyrillic-wght-normal.woff2",
    }
    heaviest = sorted(first.items(), key=lambda each: -each[1])[:12]
    assert sum(first.values()) <= FIRST, heaviest
    weights = {"first": sum(first.values())}
    for other in ("/", "/notices/", "/drafts/", "/record/own/", "/clocks/", page, "/find/?q=note"):
        after = loaded(watched, other)
        weights[other] = sum(after.values())
        assert weights[other] <= NEXT, (other, after)
    print(weights)
    assert watched.outside(desk.origin) == []
    assert watched.said == []
