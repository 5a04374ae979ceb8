"""Our own chronicle on the page: true counts, both accounts, equal lanes, and nothing leaves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.line.databases import forget
from legation.line.models import Entry
from legation.missions import dossier, queries
from legation.missions.models import ChronicleEntry, FactLink
from legation.notices.models import Notice
from legation.officers.models import AuditRow, Draft
from legation.search.services import begin_anew
from legation.seeds import read_seed
from legation.web.nodes import provide
from pages.conftest import Scene
from pages.test_ours_only import on_paper

DOSSIERS = Path(__file__).resolve().parents[1] / "data" / "dossiers"
MOST_QUERIES = 15


def a_dossier() -> bytes:
    return (DOSSIERS / "made-up.json").read_bytes()


@pytest.fixture
def told(scene: Scene) -> Scene:
    """A desk that has loaded the made-up dossier, and stated its side of it."""
    done = dossier.load(scene.node, a_dossier(), by="Ada", at=scene.node.clock())
    assert done.draft is not None
    scene.leaves(done.draft.id)
    return scene


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return unescape(answer.content.decode())


def count(html: str) -> int:
    found = re.search(r'id="f-h">(\d+) facts?<', html)
    assert found is not None
    return int(found[1])


def test_every_fact_stands_with_its_date_as_far_as_it_is_known(told: Scene) -> None:
    html = page(told.client(), "/chronicle/")
    assert count(html) == 7
    assert [html.index(date) for date in ("March 2020", "1 March 2020", "9 March 2020")]
    assert '<p class="when">1996</p>' in html
    assert '<p class="when">March 2020</p>' in html
    assert "A kind nobody knows" in html


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("matter=staffing", 2),
        ("kind=expulsion", 2),
        ("confidence=low", 2),
        ("thing=premises/V1", 1),
        ("thing=post/XA-BEX", 3),
        ("since=2021", 3),
        ("since=2020&until=2020", 3),
        ("since=2021&until=2020", 5),
        ("matter=staffing&thing=post/XB-AX", 1),
        ("matter=nothing", 0),
        ("since=abc", 7),
    ],
)
def test_a_filter_leaves_what_fits_and_its_counts_are_true(
    told: Scene, query: str, left: int
) -> None:
    client = told.client()
    html = page(client, f"/chronicle/?{query}")
    assert count(html) == left
    for name in ("matter", "thing", "kind", "confidence"):
        choice = re.search(rf'<select id="f-{name}".*?</select>', html, re.DOTALL)
        assert choice is not None
        for value, said in re.findall(r'<option value="([^"]+)"[^>]*>[^<]*\((\d+)\)', choice[0]):
            kept = "&".join(one for one in query.split("&") if not one.startswith(f"{name}="))
            assert count(page(client, f"/chronicle/?{kept}&{name}={value}")) == int(said)


def test_a_year_that_is_none_is_told_and_asks_for_nothing(told: Scene) -> None:
    html = page(told.client(), "/chronicle/?since=20x1")
    assert "“20x1”: a year is written with four digits." in html


def test_both_accounts_stand_at_the_fact_they_touch_and_say_why(told: Scene) -> None:
    client = told.client()
    for address in ("/chronicle/fact/F2/", "/chronicle/discrepancies/", "/premises/V1/"):
        html = page(client, address)
        for words in ("the villa on the hill", "the villa by the lake", "had a picture"):
            assert words in html, (address, words)
    assert "sources differ: Which villa it was" in page(client, "/chronicle/")
    assert "Which villa" not in page(client, "/chronicle/fact/F3/")


def test_an_outcome_is_only_what_both_say(told: Scene) -> None:
    client = told.client()
    rounds = page(client, "/chronicle/rounds/")
    assert re.search(r"Said by both sides</span>\s*<span>another sitting", rounds)
    assert not re.search(r"Said by both sides</span>\s*<span>nothing on the villa", rounds)
    assert "by neither side’s own words:</span> <span>a handshake" in rounds
    assert "Said by both sides" not in page(client, "/chronicle/fact/F2/")
    assert "Nothing in our sources" in page(client, "/chronicle/fact/F2/")


def test_a_name_of_any_letters_has_its_own_page(told: Scene) -> None:
    client = told.client()
    html = page(client, "/chronicle/")
    address = re.search(r'href="(/chronicle/fact/a/strange[^"]+)"', html)
    assert address is not None
    assert "A note with a strange name" in page(client, address[1])
    assert "our chronicle tells no such fact" in page(client, "/chronicle/fact/F99/", 404)


def test_a_source_is_a_plain_link_out_and_only_to_the_web(told: Scene) -> None:
    row = ChronicleEntry.objects.get(section="sources", key="wire")
    html = page(told.client(), "/chronicle/fact/F2/")
    assert 'href="https://wire.example/1" rel="noopener noreferrer external"' in html
    assert "Villa closed" in html
    ChronicleEntry.objects.filter(pk=row.pk).update(
        content={**row.content, "url": "javascript:alert(1)"}
    )
    assert "javascript:" not in page(told.client(), "/chronicle/fact/F2/")


def test_an_officer_ties_a_fact_to_a_notice_and_nothing_is_drafted(told: Scene) -> None:
    notice = told.sends()
    number = Notice.objects.get(id=notice).number
    before = (Entry.objects.count(), Draft.objects.count())
    client = told.client()
    client.post("/chronicle/link/F2/", {"notice": number, "thing": ""})
    client.post("/chronicle/link/F3/", {"thing": "post/XA-BEX"})
    client.post("/chronicle/link/F3/", {"thing": "post/XA-BEX"})
    ties = set(FactLink.objects.values_list("fact", "thing"))
    assert ties == {("F2", notice), ("F3", "post/XA-BEX")}
    assert (Entry.objects.count(), Draft.objects.count()) == before
    assert AuditRow.objects.filter(what="chronicle.linked").count() == 2
    html = page(client, "/chronicle/fact/F2/")
    assert f"/notices/{notice.partition('/')[2]}/" in html
    assert "linked by Ada" in html
    assert count(page(client, "/chronicle/?thing=post/XA-BEX")) == 4
    for tie in FactLink.objects.all():
        client.post(f"/chronicle/unlink/{tie.pk}/")
    assert not FactLink.objects.exists()
    assert AuditRow.objects.filter(what="chronicle.unlinked").count() == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"thing": "post/XZ-NO"}, "the record holds no such notice"),
        ({"notice": "XA/1999/1"}, "the record holds no such notice"),
        ({}, "the record holds no such notice"),
    ],
)
def test_what_is_not_there_is_not_linked(told: Scene, sent: dict[str, str], said: str) -> None:
    answer = told.client().post("/chronicle/link/F2/", sent, follow=True)
    assert said in unescape(answer.content.decode())
    assert not FactLink.objects.exists()


def test_an_auditor_reads_the_chronicle_and_ties_nothing(told: Scene) -> None:
    client = told.client("audits")
    assert "Take away" not in page(client, "/chronicle/fact/F2/")
    assert client.post("/chronicle/link/F3/", {"thing": "post/XA-BEX"}).status_code == 403
    assert told.client("runs").get("/chronicle/").status_code == 403
    assert told.stranger().get("/chronicle/").status_code == 302


def test_the_sheet_says_on_itself_whose_it_is_and_is_written_down(told: Scene) -> None:
    answer = told.client().post("/chronicle/sheet/", {"kind": "expulsion"})
    html = unescape(answer.content.decode())
    assert "OURS ONLY" in html
    assert "Two of Bex are sent home" in html
    assert "Locks of the villa" not in html
    row = AuditRow.objects.get(what="chronicle.printed")
    assert (row.by, row.detail["facts"]) == ("Ada", 2)


def svg(html: str) -> str:
    begun = html.index("<svg", html.index('<div class="timeline"'))
    return html[begun : html.index("</svg>", begun)]


def marks(html: str) -> list[tuple[str, float, float]]:
    found = re.findall(
        r'<a class="tm is-(\w+)[^"]*".*?<rect class="hit" x="([\d.]+)" y="([\d.]+)"',
        svg(html),
        re.DOTALL,
    )
    return [(lane, float(x), float(y)) for lane, x, y in found]


def test_the_drawing_gives_both_parties_equal_lanes_and_no_mark_covers_another(
    told: Scene,
) -> None:
    client = told.client()
    for zoom in ("", "2020s", "2020", "2020-03"):
        html = page(client, f"/chronicle/?zoom={zoom}")
        lanes = dict(re.findall(r'class="lane is-(\w+)"[^>]*height="(\d+)"', html))
        assert lanes["a"] == lanes["b"]
        placed = marks(html)
        assert placed
        for n, (_lane, x, y) in enumerate(placed):
            for _other, x2, y2 in placed[n + 1 :]:
                assert abs(x - x2) >= 26 or abs(y - y2) >= 26, (zoom, x, y, x2, y2)


def test_each_mark_says_what_it_is_and_leads_to_its_fact(told: Scene) -> None:
    html = svg(page(told.client(), "/chronicle/"))
    assert 'href="/chronicle/fact/F3/" aria-label="March 2020: Two of Bex are sent home' in html
    assert "(Expulsion)" in html
    assert "/chronicle/rounds/#e-R1" in html
    assert "/chronicle/fact/F5/" not in html  # the round stands for its sitting


def test_right_to_left_time_runs_from_the_right(told: Scene, settings: Any) -> None:
    left = {x for _lane, x, _y in marks(page(told.client(), "/chronicle/"))}
    settings.LANGUAGE_CODE = "ar"
    settings.LANGUAGES = [("ar", "Arabic")]
    right = {x for _lane, x, _y in marks(page(told.client(), "/chronicle/"))}
    assert max(left) > max(right) or min(left) > min(right)
    assert {round(1116 - x - 26, 1) for x in left} == {round(x, 1) for x in right}


@pytest.mark.parametrize("zoom", ["1", "20x0", "2020-13", "9999-12", "-1", "0000s", "2020-03-04"])
def test_a_window_that_is_none_shows_all_or_nothing_and_never_fails(told: Scene, zoom: str) -> None:
    assert "Line of time" in page(told.client(), f"/chronicle/?zoom={zoom}")


def test_the_words_of_the_drawing_count_the_same_as_its_marks(told: Scene) -> None:
    html = page(told.client(), "/chronicle/")
    table = html[html.index("drawn-in-words") :]
    rows = re.findall(r'<th scope="row">([^<]+)</th>.*?</tr>', table, re.DOTALL)
    numbers = [int(n) for n in re.findall(r'<td data-label="[^"]*">(\d+)</td>', table)]
    assert len(numbers) == 3 * len(rows)
    assert sum(numbers) == len(marks(html))


def test_many_facts_cost_no_more_questions_and_none_is_lost(told: Scene) -> None:
    one = ChronicleEntry.objects.get(section="facts", key="F2")
    ChronicleEntry.objects.bulk_create(
        ChronicleEntry(
            section="facts",
            key=f"N{n}",
            on=f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}",
            content={**one.content, "date": f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}"},
            dossier=one.dossier,
            loaded_by="Ada",
            loaded_at=one.loaded_at,
        )
        for n in range(2_000)
    )
    client = told.client()
    client.get("/me/")
    for address in ("/chronicle/", "/chronicle/?page=21", "/chronicle/fact/N7/", "/premises/V1/"):
        with CaptureQueriesContext(connection) as asked:
            html = page(client, address)
        assert len(asked) <= MOST_QUERIES, [query["sql"][:90] for query in asked]
    assert count(page(client, "/chronicle/")) == 2_007
    assert "Page 21 of 21" in page(client, "/chronicle/?page=99")
    assert "more about" in html or "more about" in page(client, "/chronicle/?zoom=2023")


def test_nothing_of_the_chronicle_prints_or_leaves_with_a_page(told: Scene) -> None:
    FactLink.objects.create(
        fact="F2", thing="post/XB-AX", linked_by="Ada", linked_at=told.node.clock()
    )
    for address in ("/chronicle/", "/chronicle/fact/F2/", "/chronicle/rounds/", "/premises/V1/"):
        words = on_paper(told.client().get(address))
        assert not words & {"Locks", "lake", "Ada", "handshake", "gazette"}, address


def test_the_history_of_the_seed_shows_norwich_house_and_killenworth(
    templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        for scene in desk_of(templates, tmp_path, "US", read_seed("us-ru")):
            client = scene.client()
            for key in ("F005", "F006", "F064"):
                html = page(client, f"/chronicle/fact/{key}/")
                assert "Killenworth, Glen Cove" in html
                assert "Norwich House, Upper Brookville" in html
                assert "named by an early report and stayed open" in html
            html = page(client, "/chronicle/")
            assert count(html) == 71
            assert "Istanbul 2" in html
            assert "Said by both sides" in page(client, "/chronicle/rounds/")


@pytest.mark.parametrize(
    ("name", "party", "facts"), [("ir-sa", "IR", 9), ("ir-sa", "SA", 9), ("in-ca", "CA", 7)]
)
def test_another_pair_of_states_is_another_file_and_no_other_code(
    *,
    templates: Path,
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
    name: str,
    party: str,
    facts: int,
) -> None:
    data = (DOSSIERS / f"{name}.json").read_bytes()
    with django_db_blocker.unblock():
        for scene in desk_of(templates, tmp_path, party, data):
            client = scene.client()
            html = page(client, "/chronicle/")
            assert count(html) == facts
            for address in set(re.findall(r'href="(/chronicle/[^"?#]*)', html)):
                page(client, address)
            assert "Killenworth" not in html


def desk_of(templates: Path, folder: Path, party: str, data: bytes) -> Iterator[Scene]:
    """Open the desk of some party that has no peer yet, with its dossier loaded."""
    clock = nodes.Clock()
    default = connections.settings["default"]
    one = replace(nodes.open_copy(templates / "lone", folder / "default", clock), party=party)
    for kept in dossier.chronicle(dossier.check(data).dossier or pytest.fail("a fault")):
        ChronicleEntry.objects.using(one.alias).create(
            section=kept.section, key=kept.key, on=kept.on, content=dict(kept.content),
            dossier="d", loaded_by="Ada", loaded_at=clock(),
        )  # fmt: skip
    provide(one)
    yield Scene(nodes.Pair(one, one), clock)
    provide(None)
    forget("default")
    connections.settings["default"] = default


def test_a_fact_is_found_by_its_words_and_after_the_index_was_made_anew(told: Scene) -> None:
    for _ in range(2):
        html = page(told.client(), "/find/?q=locks+villa")
        assert "/chronicle/fact/F2/" in html
        begin_anew(told.node)
    assert "/chronicle/" not in page(told.client("runs"), "/find/?q=locks+villa", 403)


def test_the_story_keeps_facts_in_the_order_of_days(told: Scene) -> None:
    story = queries.story(told.node)
    assert [fact.key for fact in story.facts][:4] == ["F1", "F3", "F2", "F4"]
    assert story.dossiers == ("Ax – Bex, made up",)
