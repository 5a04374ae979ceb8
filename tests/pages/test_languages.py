"""The desk in the officer's own language: words, dates and numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation

from legation.desk.shell import shell
from legation.ui.templatetags.parts import clock_now
from pages.conftest import Scene


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A request leaves its language with the thread; the next test speaks English again."""
    yield
    translation.deactivate()


def test_an_officer_chooses_the_language_of_the_desk(scene: Scene) -> None:
    browser = scene.client()
    assert '<html lang="en"' in browser.get("/").content.decode()
    answer = browser.post("/language/", {"language": "ru", "next": "/me/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/")
    page = browser.get("/").content.decode()
    assert '<html lang="ru"' in page
    assert "Сегодня" in page


def test_the_language_can_be_chosen_before_sign_in(scene: Scene) -> None:
    stranger = scene.stranger()
    stranger.post("/language/", {"language": "tr", "next": "/sign-in/"})
    assert '<html lang="tr"' in stranger.get("/sign-in/").content.decode()


def test_the_way_back_leads_nowhere_else(scene: Scene) -> None:
    answer = scene.stranger().post(
        "/language/", {"language": "ru", "next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == "/"


def test_what_nobody_has_checked_says_so() -> None:
    assert "unchecked" in dict(settings.LANGUAGES)["tr"]


def test_dates_are_written_as_the_language_writes_them(scene: Scene) -> None:
    scene.sends()
    browser = scene.client()
    browser.post("/language/", {"language": "ru"})
    page = browser.get("/notices/").content.decode()
    assert "ноября" in page
    assert "November" not in page


def test_a_party_is_named_in_the_reader_s_language_unless_it_chose_its_own_name(
    scene: Scene,
) -> None:
    def named(name: str) -> str:
        request = RequestFactory().get("/sign-in/")
        request.node = replace(scene.node, name=name)  # type: ignore[attr-defined]
        return str(shell(request)["own"].name)

    for language, name in (
        ("ru", "Соединённые Штаты Америки"),
        ("tr", "Amerika Birleşik Devletleri"),
        ("en", "United States of America"),
    ):
        with translation.override(language):
            assert named("United States of America") == name
            assert named("Our Union") == "Our Union"


def test_the_clocks_name_their_capitals_in_the_reader_s_language() -> None:
    with translation.override("ru"):
        assert "Москва" in clock_now("RU", datetime(2026, 12, 1, tzinfo=UTC))


def test_the_bar_changes_the_language_of_the_page_that_one_reads(scene: Scene) -> None:
    client = scene.client()
    page = client.get("/notices/?state=received").content.decode()
    switch = page.partition('class="bar-langs')[2].partition("</form>")[0]
    assert 'value="/notices/?state=received"' in switch
    assert re.findall(r'name="language" value="(\w+)"', switch) == ["ru", "tr"]
    sent = {"language": "ru", "next": "/notices/?state=received"}
    changed = client.post("/language/", sent, follow=True)
    assert changed.redirect_chain == [("/notices/?state=received", 302)]
    assert '<html lang="ru"' in changed.content.decode()
