"""The desk on paper, page by page: deliver, type in, correct, restate; and nothing of it leaves."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.acts.kinds.notice_state import NoticeState
from legation.line import services as line
from legation.line.databases import forget
from legation.line.export import export_record, export_tiles
from legation.line.models import Entry
from legation.line.node import Node
from legation.line.queries import book as reading
from legation.line.queries.state import state_bytes
from legation.missions.services import own
from legation.notices import queries
from legation.notices.models import Notice
from legation.officers import services as officers
from legation.officers.models import Officer
from legation.officers.wording import DraftedAct
from legation.record.act import decode_opening
from legation.web.nodes import provide
from line.test_export_ours_only import readable
from pages.conftest import Scene, a_note

PLACE = "Registry, room 4, Zeppelinplatz"


@pytest.fixture
def lone_desk(
    templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Node]:
    """XA's desk without a peer."""
    kept = connections.settings["default"]
    with django_db_blocker.unblock():
        node = nodes.open_copy(templates / "lone", tmp_path / "default", nodes.Clock())
        provide(node)
        yield node
        provide(None)
        forget("default")
    connections.settings["default"] = kept


def signed_in(name: str) -> Client:
    client = Client(HTTP_HOST="xa.localhost")
    client.force_login(Officer.objects.get(username=name))
    return client


def released(node: Node) -> str:
    """Draft, clear and release a note through the pages; return its key."""
    ada, bela = signed_in("Ada"), signed_in("Bela")
    made = ada.post("/notices/new/note/", {"post": "post/XA-MFA", **a_note()})
    assert made.status_code == 302, made.content.decode()
    draft = made["Location"]
    page = bela.get(draft).content.decode()
    shown = re.search(r'name="hash" value="([0-9a-f]{64})"', page)
    assert shown is not None
    assert "into our log; then it leaves" not in page
    assert "<p>On paper; ours only</p>" in page
    bela.post(f"{draft}clear/", {"hash": shown[1]})
    done = bela.post(f"{draft}release/")
    assert done["Location"].startswith("/notices/"), done["Location"]
    del node
    return str(done["Location"]).removeprefix("/notices/").strip("/")


def handed(**changes: str) -> dict[str, str]:
    said = {"on": "2026-11-23", "place": PLACE, "by_whom": "Quillfeather", "stamp": "in 4711-z"}
    return {**said, **changes}


def replied(**changes: str) -> dict[str, str]:
    said = {
        "paper__number": "N 88-ypsilon",
        "paper__on": "2026-11-23",
        "answer": "answered",
        "reply": "Vexillum.",
    }
    return {**said, **changes}


def test_a_note_lives_its_life_on_paper_through_the_pages(lone_desk: Node) -> None:
    key = released(lone_desk)
    ada = signed_in("Ada")
    page = ada.get(f"/notices/{key}/").content.decode()
    assert "XA-MFA/2026/P-001" in page
    assert "Record the delivery" in page
    assert "Proof of this entry" not in page
    assert ada.get(f"/notices/{key}/delivery/").status_code == 200
    done = ada.post(f"/notices/{key}/delivery/", handed())
    assert done.status_code == 302, done.content.decode()
    page = ada.get(f"/notices/{key}/").content.decode()
    assert PLACE in page
    assert "waiting" in page
    assert ada.get(f"/notices/{key}/reply/?answer=noted").status_code == 200
    done = ada.post(f"/notices/{key}/reply/", replied())
    assert done.status_code == 302, done.content.decode()
    page = ada.get(f"/notices/{key}/").content.decode()
    assert "N 88-ypsilon" in page
    assert "Vexillum." in page
    assert Notice.objects.get().state == "answered"
    for address in ("/", "/notices/", f"/notices/{key}/print/", "/notices/alone/", "/line/"):
        assert ada.get(address).status_code == 200, address
    assert "P-001" in ada.get("/").content.decode()


@pytest.mark.parametrize(
    ("where", "said", "told"),
    [
        ("delivery", handed(on="2026-12-24"), "not in the future"),
        ("delivery", handed(on="2026-11-01"), "before it is released"),
        ("delivery", handed(place=""), "where, and by whom"),
        ("reply", replied(paper__number=""), "the number that stands on their paper"),
        ("reply", replied(paper__on="2027-01-01"), "not of the future"),
        ("reply", replied(answer="granted"), "is no answer to it"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    lone_desk: Node, where: str, said: dict[str, str], told: str
) -> None:
    key = released(lone_desk)
    answer = signed_in("Ada").post(f"/notices/{key}/{where}/", said)
    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_a_correction_shows_what_was_mistyped_struck(lone_desk: Node) -> None:
    key = released(lone_desk)
    ada = signed_in("Ada")
    ada.post(f"/notices/{key}/delivery/", handed())
    ada.post(f"/notices/{key}/reply/", replied())
    page = ada.get(f"/notices/{key}/").content.decode()
    for where, said in (
        ("delivery", handed(stamp="in 4712-z")),
        ("reply", replied(paper__number="N 89")),
    ):
        number = re.search(rf"/{where}/\?corrects=(\d+)", page)
        assert number is not None
        address = f"/notices/{key}/{where}/?corrects={number[1]}"
        assert ada.get(address).status_code == 200
        assert ada.post(address, said).status_code == 400, "without saying what was mistyped"
        done = ada.post(address, {**said, "why": "a digit"})
        assert done.status_code == 302, done.content.decode()
    page = ada.get(f"/notices/{key}/").content.decode()
    assert page.count("<s>") == 2
    assert "in 4712-z" in page
    assert "N 89" in page


def test_a_note_of_theirs_is_typed_in_and_can_be_answered(lone_desk: Node) -> None:
    ada = signed_in("Ada")
    assert ada.get("/notices/came/").status_code == 200
    assert ada.get("/notices/came/note/").status_code == 200
    said = {**a_note(), "post": "post/XB-MFA", "paper__number": "B-7", "paper__on": "2026-11-20"}
    done = ada.post("/notices/came/note/", {**said, "paper__received_on": "2026-11-22"})
    assert done.status_code == 302, done.content.decode()
    page = ada.get(done["Location"]).content.decode()
    assert "B-7" in page
    assert 'id="answer"' in page
    assert "B-7" in ada.get("/").content.decode()


CONSENT = {
    "written_as": "sending",
    "step": "close",
    "post_concerned": "post/XB-SEA",
    "name": "Consulate in Seatown",
    "effective": "2027-03-01",
}
ARRESTED = {"name": "A. N. Other", "place": "A police station", "request": "A visit."}
ARRIVES = {
    "name": "A. N. Other",
    "function": "Attaché",
    "category": "diplomatic",
    "event": "arrival",
    "on": "2026-12-10",
}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param("post.consent", CONSENT, id="a step, as buttons are steps of the form"),
        pytest.param("consular.access", ARRESTED, id="a place, as the paper came to a place"),
        pytest.param("appointment", ARRIVES, id="a day, as the paper is of a day"),
    ],
)
def test_a_note_is_typed_in_whose_own_field_is_named_as_one_of_the_paper(
    lone_desk: Node, kind: str, said: dict[str, str]
) -> None:
    head = {"number": "B-9", "on": "2026-11-20", "received_on": "2026-11-22", "place": "Gate"}
    given = {"post": "post/XB-MFA", "role_en": "original", "text_en": "A note.", **said}
    given |= {f"paper__{key}": value for key, value in head.items()}
    done = signed_in("Ada").post(f"/notices/came/{kind}/", given)
    assert done.status_code == 302, done.content.decode()
    shown = queries.page(lone_desk, "notice/" + done["Location"].split("/")[-2])
    (delivery,) = shown.paper.deliveries
    assert (shown.line.number, delivery.on, delivery.place) == ("B-9", "2026-11-22", "Gate")
    thing = reading.thing(lone_desk, shown.line.id)
    assert isinstance(thing, NoticeState)
    assert isinstance(thing.fields, dict)
    asked = {"step", "place", "on"} & said.keys()
    assert {key: thing.fields[key] for key in asked} == {key: said[key] for key in asked}


def test_a_note_on_paper_may_be_of_a_post_that_we_alone_know_of(lone_desk: Node) -> None:
    own.note_own(
        lone_desk, thing="post/XB-SEA", sending="XB", receiving="XA", field="city",
        statement={"value": "Seatown"}, origin="officer", by="Ada", at=lone_desk.clock(),
    )  # fmt: skip
    ada = signed_in("Ada")
    assert "Seatown (XB-SEA)" in ada.get("/notices/came/note/").content.decode()
    assert "XB-SEA" not in ada.get("/notices/new/note/").content.decode(), "what leaves names none"
    said = {**a_note(), "post": "post/XB-SEA", "paper__number": "B-8", "paper__on": "2026-11-20"}
    done = ada.post("/notices/came/note/", said)
    assert "XB-SEA" in ada.get(done["Location"]).content.decode()


def test_alone_the_pages_speak_of_paper_and_a_note_of_theirs_was_never_ours_to_hand_over(
    lone_desk: Node,
) -> None:
    ada = signed_in("Ada")
    form = ada.get("/notices/new/note/").content.decode()
    assert "You print it and hand it over" in form
    assert "Their node receives it" not in form
    said = {**a_note(), "post": "post/XB-MFA", "paper__number": "B-7", "paper__on": "2026-11-20"}
    done = ada.post("/notices/came/note/", said)
    for page in ("/", "/notices/", done["Location"]):
        shown = ada.get(page).content.decode().lower()
        assert "how it came is not recorded" in shown
        assert "handed over yet" not in shown


def test_the_desk_asks_which_state_the_other_is(lone_desk: Node) -> None:
    ada = signed_in("Ada")
    name_file = lone_desk.home / "node.json"
    name_file.write_text(name_file.read_text().replace('"peer": "XB"', '"peer": null'))
    first = ada.get("/notices/new/note/")
    assert first["Location"] == "/notices/counterpart/?next=%2Fnotices%2Fnew%2Fnote%2F"
    page = ada.get(first["Location"]).content.decode()
    assert "Türkiye" in page
    assert ada.post("/notices/counterpart/", {"code": "XQ"}).status_code == 400
    done = ada.post(first["Location"], {"code": "TR"})
    assert done["Location"] == "/notices/new/note/"
    assert ada.get("/notices/new/note/").status_code == 200
    done = ada.post("/notices/counterpart/?next=//evil.example/", {"code": "RU"})
    assert done["Location"] == "/notices/new/"


def test_whoever_may_not_draft_types_nothing_in(lone_desk: Node) -> None:
    key = released(lone_desk)
    for name in ("Finn", "Gil"):
        client = signed_in(name)
        for where, said in (("delivery", handed()), ("reply", replied())):
            assert client.post(f"/notices/{key}/{where}/", said).status_code == 403
    assert Notice.objects.get().state == "released"


# --- with a peer: nothing of it leaves

MARKS = ("Zeppelinplatz", "Quillfeather", "4711-z", "ypsilon", "Vexillum", "Wormwood")


def marked(scene: Scene) -> str:
    """Return the key of a notice in the record with marks in every field that is ours only."""
    notice = scene.sends().partition("/")[2]
    ada = scene.client()
    assert ada.post(f"/notices/{notice}/delivery/", handed()).status_code == 302
    assert ada.post(f"/notices/{notice}/reply/", replied()).status_code == 302
    page = ada.get(f"/notices/{notice}/").content.decode()
    found = re.search(r"/delivery/\?corrects=(\d+)", page)
    assert found is not None
    address = f"/notices/{notice}/delivery/?corrects={found[1]}"
    assert ada.post(address, handed(why="Wormwood")).status_code == 302
    page = ada.get(f"/notices/{notice}/").content.decode()
    assert all(mark in page for mark in MARKS), "marks that nobody sees prove nothing"
    return notice


def test_nothing_of_the_book_is_in_a_bundle_an_export_a_print_a_log_line_or_an_error_page(
    scene: Scene, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:

    told: dict[str, bytes] = {}
    notice = marked(scene)
    node = scene.node
    scene.sends(subject="Another")
    ada = scene.client()
    told["print"] = ada.get(f"/notices/{notice}/print/").content
    told["pdf"] = _text_of_pdf(ada.get(f"/notices/{notice}/note.pdf"))
    told["error"] = ada.post(f"/notices/{notice}/nowhere/", handed()).content
    told["stranger"] = scene.stranger().get(f"/notices/{notice}/").content
    told["log"] = caplog.text.encode()
    told["state"] = state_bytes(node)
    for n, row in enumerate(_entries(node)):
        opening = decode_opening(row)
        told[f"entry {n}"] = opening.head + opening.body
    for n, bundle in enumerate(line.outgoing(node, carrier="folder", at=node.clock())):
        told[f"bundle {n}"] = bundle
    export = export_record(node, tmp_path / "out", at=node.clock()).path
    tiles = export_tiles(node, tmp_path / "tiles", log="own", with_openings=True).path
    for folder in (export, tiles):
        for file in (each for each in folder.rglob("*") if each.is_file()):
            name = file.relative_to(folder).as_posix()
            told[name] = b"\n".join(readable(name, file.read_bytes()))
    assert b"fence" in told["print"]
    assert any(b"fence" in data for name, data in told.items() if "entry" in name)
    for name, data in told.items():
        for mark in MARKS:
            assert mark.encode() not in data, (name, mark)


def _entries(node: Node) -> list[bytes]:

    rows = Entry.objects.using(node.alias).values_list("opening", flat=True)
    return [bytes(each) for each in rows]


def _text_of_pdf(answer: Any) -> bytes:

    if answer.status_code != 200:
        return b""
    data = b"".join(answer) if answer.streaming else answer.content
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document).encode()


def test_the_other_side_s_pages_show_nothing_of_it(scene: Scene) -> None:
    marked(scene)
    scene.pair.sync()

    there = repr(queries.page(scene.pair.b, Notice.objects.using("b").get().id))
    assert all(mark not in there for mark in MARKS)


def test_what_is_chosen_is_restated_and_nothing_else(lone_desk: Node, tmp_path: Path) -> None:
    first, second = released(lone_desk), released(lone_desk)
    b = nodes.make_node(tmp_path / "b2", "XB", "XA")
    nodes.introduce(lone_desk, b)
    ada, bela = signed_in("Ada"), signed_in("Bela")
    page = ada.get("/notices/alone/").content.decode()
    assert page.count('type="checkbox"') == 2
    done = ada.post("/notices/alone/restate/", {"thing": [f"notice/{first}"]})
    draft = str(done["Location"]).strip("/").split("/")[-1]
    officers.clear(lone_desk, draft_id=f"draft/{draft}", by="Bela", at=lone_desk.clock())
    officers.release(lone_desk, draft_id=f"draft/{draft}", by="Bela", at=lone_desk.clock())
    assert "Restated in the record as" in bela.get(f"/notices/{first}/").content.decode()
    assert "Restated in the record as" not in bela.get(f"/notices/{second}/").content.decode()
    page = ada.get("/notices/alone/").content.decode()
    assert page.count('type="checkbox"') == 1
    done = ada.post("/notices/alone/restate/", {})
    assert done["Location"] == "/notices/alone/"
    forget("b2")


def test_what_is_ours_alone_is_listed_by_name(lone_desk: Node) -> None:
    body: Any = {"sending": "XA", "receiving": "XB", "fields": {"city": {"value": "Wye"}}}
    act = DraftedAct(type="post.stated", on="post/XA-WYE", body=body)
    at = lone_desk.clock()
    draft = officers.draft(lone_desk, acts=[act], title="A post", by="Ada", at=at)
    officers.clear(lone_desk, draft_id=draft.id, by="Bela", at=at)
    officers.release(lone_desk, draft_id=draft.id, by="Bela", at=at)
    page = signed_in("Ada").get("/notices/alone/").content.decode()
    assert "<b>Wye (XA-WYE)</b><small>Post" in page
    assert "is-unknown" in signed_in("Ada").get("/").content.decode(), "no line is not a good line"
