"""What stands on a page are words that its reader uses, in an order that they can follow."""

import re

import pytest

from legation.missions.templatetags.readiness import breakable
from legation.notices.models import Notice
from legation.officers.models import Draft
from pages.conftest import Scene


@pytest.mark.parametrize("lang", ["en", "ru", "tr"])
@pytest.mark.parametrize("page", ["/notices/new/", "/notices/came/"])
def test_kinds_stand_in_the_order_of_their_names(scene: Scene, page: str, lang: str) -> None:
    shown = scene.client(headers={"Accept-Language": lang}).get(page).content.decode()
    names = re.findall(r"<a data-row.*?<b>([^<]+)</b>", shown)
    assert len(names) > 10
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize("page", ["/slots/", "/services/", "/own/"])
def test_an_empty_page_says_what_to_do_to_who_may_do_it(scene: Scene, page: str) -> None:
    told = {"/own/": "note what you know of it"}.get(page, f'href="/own/new/{page[1:-2]}/"')
    assert told in scene.client().get(page).content.decode()
    assert told not in scene.client("audits").get(page).content.decode()


def test_no_page_of_clocks_shows_the_code_of_a_kind(scene: Scene) -> None:
    shown = scene.client().get("/clocks/").content.decode()
    assert ">premises.access<" not in shown


@pytest.mark.parametrize("word", ["Сокращено", "медленные", "Passports"])
def test_a_word_of_nine_letters_may_break_in_a_narrow_cell(word: str) -> None:
    broken = breakable(word)
    assert broken.replace("\u00ad", "") == word
    assert all(len(part) < 8 for part in broken.split("\u00ad"))


@pytest.mark.parametrize(("lang", "day"), [("en", "5 December 2026"), ("ru", "5 декабря 2026")])
def test_the_title_of_a_journey_has_its_day_in_words(scene: Scene, lang: str, day: str) -> None:
    draft = scene.drafts(
        "movement",
        leaves="2026-12-05T09:00+03:00",
        returns="2026-12-06T20:00+03:00",
        route=["Kazan", "Tver"],
        by_what="Car",
        purpose="To see a school.",
        travellers=[{"name": "Farid", "function": "Attaché"}],
    )
    assert Draft.objects.get().title.endswith(": 5 December 2026, Kazan – Tver")
    scene.leaves(draft)
    assert Notice.objects.get().title == "2026-12-05 Kazan – Tver", "the same for both sides"
    client = scene.client("clears", headers={"Accept-Language": lang})
    shown = client.get("/notices/").content.decode()
    assert f">{day}" in shown
    assert "2026-12-05" not in shown
