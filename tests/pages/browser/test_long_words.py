"""Words of other languages are longer than English ones: they fit a telephone all the same."""

import pytest
from django.conf import settings

from pages.browser.conftest import NARROW, Desk

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/notices/", "/notices/new/", "/notices/new/visa.staff/", "/drafts/", "/posts/", "/own/",
    "/own/new/post/", "/premises/", "/readiness/", "/readiness/thresholds/", "/ledger/",
    "/payments/", "/chronicle/", "/record/", "/line/", "/clocks/", "/persons/", "/me/",
)  # fmt: skip
CUT = """() => {
  const width = document.documentElement.clientWidth
  const cut = [...document.querySelectorAll("main .btn, main select, main input")].filter(each => {
    const box = each.getBoundingClientRect()
    return box.width > 1 && each.checkVisibility() && (box.left < 0 || box.right > width)
  })
  return [document.documentElement.scrollWidth - width, ...cut.map(each => each.outerHTML)]
}"""


def test_a_telephone_shows_whole_russian_words_from_either_side(quiet_desk: Desk) -> None:
    """Both ways of reading: what is laid out by physical sides falls out of one of them."""
    watched = quiet_desk.looks()
    watched.page.set_viewport_size(NARROW)
    watched.page.context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": "ru", "url": quiet_desk.origin}]
    )
    wrong = {}
    for address in PAGES:
        watched.opens(address)
        assert watched.page.evaluate("document.documentElement.lang") == "ru"
        watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for way in ("ltr", "rtl"):
            watched.page.evaluate("way => { document.documentElement.dir = way }", way)
            if (told := watched.page.evaluate(CUT)) != [0]:
                wrong[address, way] = told
    assert wrong == {}
