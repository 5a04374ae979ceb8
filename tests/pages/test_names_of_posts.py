"""Posts are called what their state calls them; filters say what they filter, in order."""

import re
from html import unescape

import pytest

from pages.conftest import Scene, a_note
from pages.ledgers import know, state

BEX = "Embassy Bextown (XA-BEX)"
SECRET = "Zeppelin"


@pytest.fixture
def named(scene: Scene) -> Scene:
    """An embassy whose city is stated, a consulate of which only we know the city."""
    state(scene.node, "post", "XA-BEX", "XA", type="embassy", city="Bextown")
    state(scene.node, "post", "XA-SEA", "XA", type="consulate_general")
    know(scene.node, "post/XA-SEA", "city", SECRET)
    for post in ("BEX", "SEA"):
        channel = {"post": f"post/XA-{post}", "state": "slow", "bank": "Bank"}
        state(scene.node, "channel", f"XA-{post}-1", "XA", **channel)
    return scene


def text(scene: Scene, page: str, role: str = "drafts", lang: str = "en") -> str:
    shown = scene.client(role, headers={"Accept-Language": lang}).get(page).content.decode()
    return unescape(re.sub(r"\s+", " ", shown))


def test_a_notice_and_the_lists_call_a_post_by_the_name_that_is_stated(named: Scene) -> None:
    notice = named.sends("note", **a_note(), post="XA-BEX")
    named.sends("note", **a_note())
    assert BEX in text(named, f"/{notice.replace('notice/', 'notices/')}/", "clears")
    assert f">{BEX}<span" in text(named, "/notices/", "clears")
    assert f">{BEX}<span" in text(named, "/channels/")
    assert f'">{BEX}</a>' in text(named, "/payments/")


def test_a_name_that_only_we_know_stands_on_no_page_that_prints(named: Scene) -> None:
    notice = named.sends("note", **a_note(), post="XA-SEA")
    assert SECRET not in text(named, f"/{notice.replace('notice/', 'notices/')}/", "clears")
    assert SECRET not in text(named, "/notices/", "clears")
    tables = text(named, "/payments/").split("</table>")
    assert not any(SECRET in each.partition("<table")[2] for each in tables)


@pytest.mark.parametrize("lang", ["en", "ru", "tr"])
def test_filters_of_notices_say_what_they_filter_and_kinds_stand_by_name(
    scene: Scene, lang: str
) -> None:
    for kind, data in (
        ("visa.staff", {"persons": [A_MEMBER]}),
        ("note", a_note()),
        ("appointment", AN_APPOINTMENT),
    ):
        scene.sends(kind, **data)
    page = text(scene, "/notices/", "clears", lang)
    labels = re.findall(r'<span class="facet-name" id="([^"]+)">([^<]+)</span>', page)
    assert len(labels) > 2
    assert re.findall(r'<ul class="seg" aria-labelledby="([^"]+)"', page) == [
        name for name, _ in labels
    ]
    kinds = page.partition('aria-labelledby="facet-kind"')[2].partition("</ul>")[0]
    names = re.findall(r">([^<>]+)<span", kinds)[1:]
    assert len(names) == 3
    assert names == sorted(names, key=str.casefold)


A_MEMBER = {"name": "Ada", "function": "Attaché", "category": "service"}
AN_APPOINTMENT = {**A_MEMBER, "event": "arrival", "on": "2026-12-01"}


def test_a_withdrawal_and_a_closing_are_folded_until_somebody_fills_them_in(scene: Scene) -> None:
    page = f"/{scene.sends().replace('notice/', 'notices/')}/"
    shown = text(scene, page)
    assert shown.count("<summary>Fill in the form</summary>") == 2
    too_long = {"reason": "x" * 3000}
    refused = scene.client().post(f"{page}withdraw/", too_long)
    assert refused.status_code == 400
    assert refused.content.decode().count('<details class="more-form" open>') == 1
