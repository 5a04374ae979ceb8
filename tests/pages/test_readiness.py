"""The board of readiness: sentences first, every cell opens, unknown is never in order."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from legation.missions.readiness.essentials import ESSENTIALS
from pages.boards import with_a_board
from pages.conftest import Scene, open_scene
from pages.test_ours_only import on_paper

MOST_QUERIES = 13


@pytest.fixture(scope="module")
def board(
    templates: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    """A desk with a board; these tests only look."""
    with django_db_blocker.unblock():
        for scene in open_scene(templates, tmp_path_factory.mktemp("board")):
            yield with_a_board(scene)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return unescape(re.sub(r"\u00ad|&shy;", "", answer.content.decode()))


def words(html: str) -> str:
    main = html.partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_the_verdict_is_a_sentence_before_the_board(board: Scene) -> None:
    said = words(page(board.client(), "/readiness/?at=2025-04-10"))
    assert said.index("1 of 3 posts operate") < said.index("Needed to operate at all")
    assert "Closed by XB since 31 March 2018" in said
    assert said.index("Posts: State of Ax") < said.index("Posts: State of Bex")


def test_every_cell_opens_its_essential_on_the_post_s_page(board: Scene) -> None:
    client = board.client()
    html = page(client, "/readiness/?at=2025-04-10")
    found = re.findall(r'<a class="cell is-(\w+)" href="([^"#]+)#(\w+)"', html)
    assert [name for _tone, _page, name in found[:11]] == [one.id for one in ESSENTIALS]
    post = page(client, found[0][1])
    for one in ESSENTIALS:
        assert f'<tbody id="{one.id}">' in post
    assert "Notification in place of permission" in words(post)
    assert "VCDR 26" in words(post)


def test_what_is_unknown_is_never_shown_as_in_order(board: Scene) -> None:
    html = page(board.client(), "/readiness/?at=2025-04-10")
    for tone, inside in re.findall(r'<a class="cell is-(\w+)".*?(<svg.*?)</td>', html):
        word = re.search(r'visually-hidden">[^.]+\. ([^:]+):', inside)
        assert word is not None
        assert (tone == "ok") == (word[1] == "In order")
        assert (tone == "unknown") == (word[1] == "Unknown")
    assert "Not stated by XB" in html
    assert 'class="state is-unknown"' in html


def test_ours_only_is_marked_on_our_board_and_absent_from_the_shared_one(board: Scene) -> None:
    client = board.client()
    ours, both = (page(client, f"/readiness/?at=2025-04-10{own}") for own in ("", "&own=0"))
    assert "Axtown" in words(ours)  # what we know of their post, and they have not stated
    assert "Ours only" in ours
    assert "Axtown" not in words(both)
    assert 'aria-label="Ours only"' not in both


def test_nothing_that_is_ours_only_reaches_paper(board: Scene) -> None:
    """The private board prints nothing of posts; the sheet holds what both hold."""
    client = board.client()
    for address in (
        "/readiness/",
        "/readiness/?at=2025-04-10",
        "/readiness/help/",
        "/readiness/years/",
        "/readiness/XA-BEX/",
        "/readiness/compare/?from=2016-01-01&to=2025-04-10",
    ):
        assert not on_paper(client.get(address)) & {"Axtown", "41", "permission"}, address
    shared = client.get("/readiness/sheet/?at=2025-04-10")
    assert {"Bex", "Varna"} <= on_paper(shared)
    assert "Axtown" not in shared.content.decode()
    assert "41.5" not in shared.content.decode()


def test_the_sheet_says_from_how_much_of_both_logs_it_was_judged(board: Scene) -> None:
    said = words(page(board.client(), "/readiness/sheet/"))
    assert re.search(r"XA \d+ entr(y|ies), [0-9a-f]{64}", said)
    assert re.search(r"XB \d+ entr(y|ies), [0-9a-f]{64}", said)


@pytest.mark.parametrize(
    ("of", "shown", "hidden"),
    [("ours", "Bex", "Axtown"), ("theirs", "Axtown", "Varna"), ("both", "Axtown", "Nowhere")],
)
def test_one_side_alone_can_be_looked_at(board: Scene, of: str, shown: str, hidden: str) -> None:
    html = page(board.client(), f"/readiness/?at=2025-04-10&of={of}")
    table = words("<main" + html.partition('<table class="board">')[2].partition("</table>")[0])
    assert shown in table
    assert hidden not in table


def test_any_day_has_its_board_and_the_way_to_the_next_change(board: Scene) -> None:
    client = board.client()
    early = page(client, "/readiness/?at=2017-01-01")
    assert "Varna" in early
    assert "Closed by XB" not in words(early)
    after = re.search(r'rel="next" href="([^"]+)"', early)
    assert after is not None
    assert "at=2018-03-31" in after[1]
    assert "Closed by XB since 31 March 2018" in words(page(client, after[1]))
    before = re.search(r'rel="prev" href="([^"]+)"', page(client, after[1]))
    assert before is not None
    assert "at=2015-02-01" in before[1]


@pytest.mark.parametrize(
    "query",
    [
        "at=2025-02-30",
        "at=yesterday",
        "at=0001-01-01",
        "at=9999-12-31",
        "recorded=XA",
        "recorded=XA:99999",
        "recorded=ZZ:1,XB:2",
        "recorded=XA:1,XA:2",
        "at=2025-04-10%00",
    ],
)
def test_what_cannot_be_read_is_told_with_its_remedy(board: Scene, query: str) -> None:
    html = page(board.client(), f"/readiness/?{query}", 400)
    assert 'class="said is-blocked"' in html
    assert "Which posts can operate?" in html


def test_the_record_as_then_known_holds_what_it_held(board: Scene) -> None:
    client = board.client()
    none = page(client, "/readiness/?at=2025-04-10&recorded=XA:0,XB:0&own=0")
    assert "No post was stated" in words(none)
    then = page(client, "/readiness/?at=2025-04-10&recorded=then&own=0")
    assert "No post was stated" in words(then)  # it was all stated later than that day
    now = page(client, "/readiness/?recorded=then&own=0")
    assert "Bex" in words(now)


def test_two_days_are_compared_in_words_whichever_is_named_first(board: Scene) -> None:
    client = board.client()
    said = words(page(client, "/readiness/compare/?from=2017-01-01&to=2025-04-10"))
    assert "Varna <b> (XA): from not known to closed" in said or "to closed" in said
    turned = words(page(client, "/readiness/compare/?from=2025-04-10&to=2017-01-01"))
    assert said.partition("differences")[2] == turned.partition("differences")[2]
    page(client, "/readiness/compare/?from=x&to=2025-04-10", 400)


def test_what_changed_last_is_told_and_leads_to_the_comparison(board: Scene) -> None:
    client = board.client()
    part = page(client, "/readiness/changed/?at=2019-01-01")
    assert "31 March 2018" in part
    assert "to closed" in part
    address = re.search(r'href="([^"]+)"', part)
    assert address is not None
    assert "31 March 2018" in page(client, address[1])
    assert "Nothing is known to have changed" in page(client, "/readiness/changed/?at=1990-01-01")


def test_how_a_post_is_judged_prints_every_question_article_and_number(board: Scene) -> None:
    said = words(page(board.client(), "/readiness/how/"))
    for one in ESSENTIALS:
        assert one.label in said
        assert one.question in said
    assert "80 of 100" in said
    assert "90 days" in said
    assert "nothing agreed" in said


def test_what_helps_is_ranked_and_its_notice_is_one_click_away(board: Scene) -> None:
    client = board.client()
    html = page(client, "/readiness/help/?at=2025-04-10")
    draft = re.search(r'class="draft-it" href="([^"]+about=premises%2FV1[^"]*)"', html)
    assert draft is not None
    form = page(client, draft[1])
    assert re.search(r'<option value="premises/V1" selected', form)
    part = client.get("/readiness/help/?at=2025-04-10", headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith("<ol")


def test_who_may_not_draft_is_led_to_no_draft(board: Scene) -> None:
    html = page(board.client("audits"), "/readiness/help/?at=2025-04-10")
    assert "draft-it" not in html


def test_the_drawings_are_handed_out_as_such_and_name_what_they_show(board: Scene) -> None:
    client = board.client()
    pdf = client.get("/readiness/sheet.pdf?at=2025-04-10")
    assert pdf.content.startswith(b"%PDF")
    for address, said in (
        ("/readiness/map.svg?at=2025-04-10", "Bex: "),
        ("/readiness/XA-VAR/years.svg", "From 31 March 2018: Closed by XB"),
    ):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/svg+xml"
        assert said in answer.content.decode()
        assert "<b>" not in answer.content.decode()
        assert ">Ours only</text>" in answer.content.decode()
    shared = client.get("/readiness/XA-VAR/years.svg?own=0").content.decode()
    assert "Ours only" not in shared
    assert client.get("/readiness/map.svg?at=2025-04-10&own=0").status_code == 404


def test_every_link_of_these_pages_leads_somewhere(board: Scene) -> None:
    client = board.client()
    pages = ["/readiness/?at=2025-04-10", "/readiness/help/", "/readiness/how/"]
    pages += ["/readiness/XA-BEX/?at=2025-04-10", "/readiness/XB-AX/", "/readiness/sheet/"]
    links = {
        link.partition("#")[0]
        for address in pages
        for link in re.findall(r'href="(/[^"]*)"', page(client, address).partition("<main")[2])
    }
    assert len(links) > 20
    broken = [link for link in sorted(links) if link and client.get(link).status_code != 200]
    assert broken == []


def test_a_post_that_is_none_is_not_here(board: Scene) -> None:
    client = board.client()
    for address in ("/readiness/XA-NOW/", "/readiness/XA-NOW/years.svg"):
        page(client, address, 404)


def test_a_post_that_is_not_on_this_board_says_why(board: Scene) -> None:
    client = board.client()
    early = words(page(client, "/readiness/XA-BEX/?at=2010-01-01"))
    assert "Not on the board before 1 February 2015" in early
    assert "Nothing on this board tells of it" in words(page(client, "/readiness/XB-AX/?own=0"))


def test_a_name_that_somebody_typed_is_text(board: Scene) -> None:
    html = board.client().get("/readiness/").content.decode()
    assert "Varna <b>" not in html
    assert "Varna &lt;b&gt;" in html


def test_the_board_is_for_those_who_read_notices(board: Scene) -> None:
    pages = ("/readiness/", "/readiness/sheet/", "/readiness/map.svg", "/readiness/XA-BEX/")
    for address in pages:
        assert board.stranger().get(address).status_code == 302
        assert board.client("runs").get(address).status_code == 403
        assert board.client("audits").get(address).status_code == 200
    assert "/readiness/" not in board.client("runs").get("/line/").content.decode()


def test_the_board_asks_the_database_little(board: Scene) -> None:
    client = board.client()
    page(client, "/readiness/?at=2025-04-10")
    with CaptureQueriesContext(connection) as asked:
        page(client, "/readiness/?at=2025-04-11")
    reads = [each["sql"] for each in asked if each["sql"].lstrip().startswith("SELECT")]
    assert len(reads) <= MOST_QUERIES, reads


def test_today_says_how_many_posts_operate_and_never_waits_for_it(board: Scene) -> None:
    client = board.client()
    html = page(client, "/")
    assert 'hx-get="/readiness/line/"' in html
    assert "Which posts can operate?" in html
    assert client.get("/readiness/line/").content.decode() == "1 of 3 posts operate"
