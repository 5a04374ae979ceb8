"""The reciprocity ledger on its page, on its sheet, and as files."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from legation.missions.models import ChronicleEntry
from legation.missions.queries.snapshot import facts
from legation.missions.readiness.ledger import ledger
from legation.missions.readiness.ledger_writing import ledger_json
from legation.missions.sheets.ledger_paper import ledger_pdf
from legation.notices.models import Notice
from legation.record.canon import encode_large
from pages.conftest import Scene, open_scene
from pages.ledgers import SECRET, set_stage
from pages.test_ours_only import on_paper
from pages.test_sight import of_another_post

DAY = date(2026, 11, 24)
SHEETS = ("/ledger/sheet/", "/ledger/sheet.pdf", "/ledger/ledger.json", "/ledger/ledger.csv")


@pytest.fixture(scope="module")
def stage(
    templates: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    """A scene in which both sides do something, and which nobody changes."""
    with django_db_blocker.unblock():
        for scene in open_scene(templates, tmp_path_factory.mktemp("ledger")):
            set_stage(scene)
            scene.sends("premises.access", **AN_ACCESS)
            scene.passes(timedelta(days=3))
            tells_of_an_expulsion(scene)
            yield scene


def tells_of_an_expulsion(scene: Scene) -> None:
    ChronicleEntry.objects.create(
        section="facts",
        key="F015",
        on="2018-03-26",
        content={
            "title": f"{SECRET} officers",
            "date": "2018-03-26",
            "actor": "XB",
            "target": "XA",
            "quantities": [{"what": "expelled", "value": 7319, "unit": "persons"}],
        },
        dossier="made up",
        loaded_by="Ada",
        loaded_at=scene.node.clock(),
    )


def words_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    if address.partition("?")[0].endswith(".pdf"):
        document = pypdfium2.PdfDocument(answer.content)
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    return str(answer.content.decode("utf-8-sig"))


def test_a_number_stands_beside_the_same_number_of_the_other_side(stage: Scene) -> None:
    page = words_of(stage.client(), "/ledger/")
    assert "What they do to us" in page
    assert "What we do to them" in page
    for word in ("Access to premises", "all staff, local staff too", "beyond 25 miles"):
        assert word in page


def test_each_number_opens_the_acts_behind_it(stage: Scene) -> None:
    client = stage.client()
    page = words_of(client, "/ledger/?own=0")
    assert "/premises/P1/" in page
    found = words_of(client, "/ledger/payments/XB/rejected/?own=0")
    assert "Bank of Exports" in found
    assert "/record/own/" in found
    assert "River Bank" not in found
    theirs = words_of(client, "/ledger/payments/XA/blocked/?own=0")
    assert "River Bank" in theirs
    assert "/record/peer/" in theirs


@pytest.mark.parametrize(
    "address",
    [
        "/ledger/payments/XQ/rejected/",
        "/ledger/nothing/XA/waiting/",
        "/ledger/payments/XA/nothing/",
    ],
)
def test_a_number_that_is_not_there_has_no_page(stage: Scene, address: str) -> None:
    assert stage.client().get(address).status_code == 404


@pytest.mark.parametrize("address", SHEETS)
def test_nothing_that_is_ours_only_is_on_a_sheet_or_in_a_file(stage: Scene, address: str) -> None:
    """Not even when the address asks for it."""
    client = stage.client()
    assert SECRET in words_of(client, "/ledger/access/XB/denied/")
    for asked in (address, f"{address}?own=1"):
        found = words_of(client, asked)
        assert "Access to premises" in found
        for word in (SECRET, "P9", "F015", "7319", "450000", "4500", '"ours"'):
            assert word not in found, word


def test_the_page_with_our_own_knowledge_does_not_print(stage: Scene) -> None:
    client = stage.client()
    for address in ("/ledger/", "/ledger/access/XB/denied/", "/ledger/removed/XB/told/"):
        answer = client.get(address)
        assert "7319" in answer.content.decode() or SECRET in answer.content.decode(), address
        assert on_paper(answer) & {SECRET, "7319"} == set()


def test_both_nodes_give_the_same_bytes(stage: Scene) -> None:
    ours, theirs = (ledger(facts(node, own=False), DAY) for node in (stage.pair.a, stage.pair.b))
    assert encode_large(ledger_json(ours)) == encode_large(ledger_json(theirs))
    assert ledger_pdf(ours) == ledger_pdf(theirs)


def test_what_is_ours_only_is_never_set_as_a_sheet(stage: Scene) -> None:
    with pytest.raises(ValueError, match="ours only"):
        ledger_pdf(ledger(facts(stage.node, own=True), DAY))


def test_the_json_says_how_far_both_logs_were_read(stage: Scene) -> None:
    found = json.loads(words_of(stage.client(), "/ledger/ledger.json"))
    assert [log["party"] for log in found["logs"]] == ["XA", "XB"]
    assert all(log["size"] for log in found["logs"])


def test_a_spreadsheet_computes_nothing_from_it(stage: Scene) -> None:
    rows = list(csv.reader(io.StringIO(words_of(stage.client(), "/ledger/ledger.csv"))))
    assert rows[0][0] == "Measure"
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell] == []
    waiting = [row for row in rows if row[0] == "Visas" and row[3] == "Waiting"]
    assert [row[4] for row in waiting] == ["None in the record"] * 2


def test_the_sheet_is_one_sheet_and_soon_made(stage: Scene) -> None:
    client = stage.client()
    client.get("/ledger/sheet.pdf")
    start = perf_counter()
    data = client.get("/ledger/sheet.pdf").content
    assert perf_counter() - start < 1.5
    assert len(pypdfium2.PdfDocument(data)) == 1


def test_a_ledger_is_of_the_day_that_is_asked_for(stage: Scene) -> None:
    client = stage.client()
    then = json.loads(words_of(client, "/ledger/ledger.json?at=2017-06-01"))
    now = json.loads(words_of(client, "/ledger/ledger.json"))
    closed = [
        next(
            figure["value"]
            for row in found["rows"]
            if row["measure"] == "posts"
            for half in row["halves"]
            if half["by"] == "XA"
            for figure in half["figures"]
            if figure["code"] == "closed"
        )
        for found in (then, now)
    ]
    assert closed == [None, 1]


@pytest.mark.parametrize("day", ["2025-02-30", "yesterday", "0000-00-00", "99999-01-01"])
def test_a_day_that_there_is_not_is_told_and_the_page_stands(stage: Scene, day: str) -> None:
    answer = stage.client().get("/ledger/", {"at": day})
    assert answer.status_code in {200, 400}
    assert "a day is written as 2025-04-10" in answer.content.decode()


def test_whoever_may_not_read_sees_no_ledger(stage: Scene) -> None:
    for address in ("/ledger/", "/payments/", *SHEETS):
        assert stage.stranger().get(address).status_code in {302, 403}, address
        assert stage.client("runs").get(address).status_code == 403, address


def test_a_notice_of_another_post_counts_and_is_not_named(stage: Scene) -> None:
    """The ledger is of two states; which notice it was is for those who see it."""
    vera, ada = of_another_post(stage), stage.client()
    notice = Notice.objects.get()
    for address in ("/ledger/", "/ledger/access/XB/waiting/", *SHEETS[2:]):
        named, veiled = words_of(ada, address), words_of(vera, address)
        for word in (notice.id.partition("/")[2], notice.number):
            assert word in named, address
            assert word not in veiled, address
    assert "A notice of another post" in words_of(vera, "/ledger/access/XB/waiting/")
    assert words_of(vera, "/ledger/sheet.pdf") == words_of(ada, "/ledger/sheet.pdf")


def test_a_notice_counts_from_the_day_of_its_release(stage: Scene) -> None:
    page = words_of(stage.client(), "/ledger/access/XB/oldest/")
    assert '<b class="num">3</b>' in page


AN_ACCESS: dict[str, Any] = {
    "premises": "premises/P1",
    "name": "Chancery",
    "purpose": "To see the state of the roof.",
    "from": "2026-12-01T10:00-05:00",
    "until": "2026-12-01T12:00-05:00",
    "visitors": 3,
}
