"""The payments lifeline: what came back, what is held, and what a payment would run into."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from legation.missions.models import OwnStatement
from pages.conftest import Scene, open_scene
from pages.ledgers import SECRET, set_stage
from pages.test_ours_only import on_paper

ASKED = {
    "channel": "channel/XA-1",
    "amount": "1200.50",
    "currency": "USD",
    "purpose": "salaries",
    "day": "2026-11-24",
}


@pytest.fixture(scope="module")
def stage(
    templates: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    """A scene with channels on both sides, which nobody changes."""
    with django_db_blocker.unblock():
        for scene in open_scene(templates, tmp_path_factory.mktemp("payments")):
            set_stage(scene)
            yield scene


def page_of(stage: Scene, **asked: Any) -> str:
    answer = stage.client().get("/payments/", asked)
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def asks(stage: Scene, **changes: Any) -> tuple[int, str]:
    answer = stage.client().get("/payments/", {**ASKED, **changes})
    words = re.sub(r"<[^>]+>", " ", unescape(answer.content.decode()))
    return answer.status_code, re.sub(r"\s+", " ", words)


def test_both_sides_channels_stand_with_what_became_of_the_money(stage: Scene) -> None:
    page = page_of(stage)
    for words in (
        "The money came back to its sender",
        "The money is held",
        "Bank of Exports",
        "River Bank",
        "12,345.50",
        "No other blocked bank takes part.",
    ):
        assert words in page, words


def test_a_licence_tells_its_last_day_and_how_many_days_are_left(stage: Scene) -> None:
    assert "16 days left" in page_of(stage, at="2026-11-24")
    assert "ended 5 days ago" in page_of(stage, at="2026-12-15")


def test_amounts_are_written_as_the_reader_s_language_writes_them(stage: Scene) -> None:
    client = stage.client()
    answer = client.get("/payments/", headers={"accept-language": "ru"})
    page = unescape(answer.content.decode())
    assert re.search(r"12[\s\u00a0\u202f]345,50", page)
    assert "Доллар" in page or "доллар" in page


def test_how_long_cash_lasts_is_on_our_page_and_on_no_paper(stage: Scene) -> None:
    client = stage.client()
    answer = client.get("/payments/", {"at": "2026-11-24"})
    page = answer.content.decode()
    assert "4 months, 15 days" in page
    assert "4,500.00" in page
    assert SECRET in page
    assert on_paper(answer) & {"500", SECRET, "months"} == set()
    assert "Exports" in on_paper(answer), "what is stated prints"
    shared = client.get("/payments/", {"own": "0"}).content.decode()
    for word in ("4 months", "4,500.00", SECRET):
        assert word not in shared


def test_a_payment_by_a_channel_that_rejects_would_come_back(stage: Scene) -> None:
    status, words = asks(stage)
    assert status == 200
    assert "the money would come back, and can go another way" in words
    assert "Check this condition of the licence: No other blocked bank takes part." in words
    assert "This is no leave to pay" in words


def test_a_payment_after_the_licence_has_ended_is_told_so(stage: Scene) -> None:
    _, words = asks(stage, day="2026-12-11")
    assert "its last day was 10 December 2026" in words


def test_cash_counts_against_a_payment_only_with_our_own_knowledge(stage: Scene) -> None:
    assert "less cash in hand" in asks(stage, amount="4500.01")[1]
    assert "less cash in hand" not in asks(stage, amount="4500.00")[1]
    assert "less cash in hand" not in asks(stage, amount="4500.01", own="0")[1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"currency": ""}, "Money has a currency: name it by three capitals, as USD."),
        ({"amount": "0.005"}, "USD has 2 digits after the point, and no fractions beyond."),
        ({"amount": "1.5", "currency": "JPY"}, "JPY has 0 digits after the point"),
        ({"amount": "some"}, "This is no amount of money."),
        ({"amount": "1e9"}, "This is no amount of money."),
        ({"amount": "0"}, "A payment is more than nothing"),
        ({"amount": "-5"}, "A payment is more than nothing"),
        ({"amount": "99999999999999999"}, "no amount of money"),
        ({"amount": ""}, "required"),
        ({"currency": "XQZ"}, "No currency of ISO 4217 has this code."),
        ({"currency": "XAU"}, "No currency of ISO 4217 has this code."),
        ({"channel": "channel/XA-9"}, "valid choice"),
        ({"channel": "channel/XB-1"}, "valid choice"),
        ({"purpose": "gifts"}, "valid choice"),
        ({"day": "2026-02-30"}, "valid date"),
        ({"day": "1066-10-14"}, "Choose a day between 1900 and 2999."),
    ],
    ids=[
        "money without a currency",
        "half a cent",
        "a fraction of a yen",
        "no number",
        "a number as programs write it",
        "nothing",
        "less than nothing",
        "more than can be counted",
        "no amount",
        "a currency that there is not",
        "gold",
        "a channel that there is not",
        "a channel of the other side",
        "no such purpose",
        "a day that there is not",
        "a day before all statements",
    ],
)
def test_bad_input_is_refused_in_place_with_what_to_do(
    stage: Scene, changes: dict[str, str], words: str
) -> None:
    status, page = asks(stage, **changes)
    assert status == 400
    assert words in page
    assert "would run into" not in page.replace("What would this payment run into", "")


def test_what_is_asked_is_stored_nowhere(stage: Scene) -> None:
    before = (stage.rows(), OwnStatement.objects.count())
    asks(stage)
    assert (stage.rows(), OwnStatement.objects.count()) == before
    assert stage.client().post("/payments/", ASKED).status_code == 405


def test_a_notice_about_money_is_one_step_away(stage: Scene) -> None:
    page = page_of(stage)
    assert "/notices/new/payment.facilitation/" in page
    readers = stage.client("audits").get("/payments/").content.decode()
    assert "/notices/new/" not in readers


def test_a_notice_begins_with_the_channel_that_was_asked_about(stage: Scene) -> None:
    client = stage.client()
    page = unescape(client.get("/payments/", ASKED).content.decode())
    found = re.search(r'href="(/notices/new/[^"]*about=channel[^"]*)"', page)
    assert found is not None
    form = client.get(found[1]).content.decode()
    assert '<option value="channel/XA-1" selected>' in form
    strange = client.get("/notices/new/payment.facilitation/?about=channel/XA-9&about=%00&about=x")
    assert strange.status_code == 200
    assert "channel/XA-9" not in strange.content.decode().split("<main", 1)[1]


def test_without_a_channel_the_page_says_so(stage: Scene) -> None:
    page = page_of(stage, at="1950-01-01", own="0")
    assert "payment" in page
