"""What an officer knows of registers: noted on a page, stated from it, never shown as stated."""

from typing import Any

import pytest

from legation.missions import queries
from legation.missions.models import OwnStatement
from legation.officers import services as officers
from legation.officers.models import Draft
from legation.officers.wording import DraftedAct
from pages.conftest import Scene
from pages.test_ours_only import on_paper

POST = "post/XA-WYE"
PAGE = "/posts/XA-WYE/"


def notes(scene: Scene, field: str, thing: str = POST, **values: str) -> Any:
    """Fill in the form of one field; `value` and its parts go to the field, the rest is common."""
    prefix, key = thing.split("/")
    data = {
        f"values__{field}{name.removeprefix('value')}" if "value" in name else f"rest__{name}": each
        for name, each in values.items()
    }
    return scene.client().post(f"/own/note/{prefix}/{key}/{field}/", data)


def begins(scene: Scene, prefix: str = "post", key: str = "XA-WYE", **values: str) -> Any:
    data = {f"values__{name}": each for name, each in values.items()}
    return scene.client().post(f"/own/new/{prefix}/", {"sending": "XA", "key": key, **data})


def they_state(scene: Scene, thing: str, body: dict[str, Any]) -> None:
    """Have the other side state fields of a thing, and carry it over."""
    node = scene.pair.b
    act = DraftedAct(type=f"{thing.partition('/')[0]}.stated", on=thing, body=body)
    draft = officers.draft(node, acts=[act], title=thing, by="Cem", at=node.clock())
    scene.leaves(draft.id, side="b")
    scene.pair.sync()


def numbers(thing: str = POST) -> dict[str, int]:
    rows = OwnStatement.objects.filter(thing=thing, struck_at=None)
    return dict(rows.values_list("field", "pk"))


@pytest.fixture
def known(scene: Scene) -> Scene:
    """We know of a post of ours: its city, and how many staff it needs."""
    assert begins(scene, city="Wye", needed="210").status_code == 302
    return scene


def test_what_is_noted_stands_on_its_page_and_is_marked_as_ours_only(known: Scene) -> None:
    said = known.client().get(PAGE).content.decode()
    assert "We know:" in said
    assert "210" in said
    assert on_paper(known.client().get(PAGE)) & {"Wye", "210"} == set()
    for page in ("/posts/", "/own/"):
        answer = known.client().get(page)
        assert "Wye" in answer.content.decode(), page
        assert "Wye" not in on_paper(answer), page


def test_the_peer_has_nothing_of_it_before_and_one_field_after_the_release(known: Scene) -> None:
    notes(known, "name", value="Embassy Wye")
    known.pair.sync()
    assert queries.posts(known.pair.b) == ()
    answer = known.client().post("/own/state/", {"row": str(numbers()["city"])})
    draft = Draft.objects.get(state="drafted")
    assert answer["Location"] == f"/drafts/{draft.id.partition('/')[2]}/"
    known.leaves(draft.id)
    known.pair.sync()
    post = queries.post(known.pair.b, POST)
    assert [field.key for field in post.fields.values() if field.stated] == ["city"]
    page = known.client().get(PAGE)
    assert "Wye" in on_paper(page)
    assert on_paper(page) & {"Embassy", "210"} == set()
    assert not OwnStatement.objects.using(known.pair.b.alias).exists()


def test_nothing_noted_is_in_an_export_of_the_record(known: Scene) -> None:
    notes(known, "name", value="Zeppelin House")
    data = b"".join(known.client().get("/record/export/"))
    assert b"Zeppelin" not in data


def test_the_list_of_what_to_state_has_ours_alone_and_no_field_that_is_never_stated(
    known: Scene,
) -> None:
    notes(known, "consent", value="given")
    page = known.client().get("/own/").content.decode()
    assert page.count('type="checkbox"') == 1
    assert "Consent to the post" not in page
    assert "Staff needed" not in page


def test_what_is_chosen_leaves_as_one_draft(known: Scene) -> None:
    notes(known, "name", value="Embassy Wye")
    begins(known, "premises", "P7", name="A house")
    rows = [*numbers().values(), *numbers("premises/XA-P7").values()]
    rows = [row for row in rows if row != numbers()["needed"]]
    known.client().post("/own/state/", {"row": [str(row) for row in rows]})
    draft = Draft.objects.get(state="drafted")
    assert [(act.type, act.on) for act in draft.acts.all()] == [
        ("post.stated", POST),
        ("premises.stated", "premises/XA-P7"),
    ]
    page = known.client().get("/own/").content.decode()
    assert 'type="checkbox"' not in page
    assert "Drafted" in page


def test_what_is_struck_is_gone_from_the_page(known: Scene) -> None:
    known.client().post(f"/own/strike/{numbers()['city']}/", {"why": "A slip."})
    assert "Wye" not in known.client().get("/posts/XA-WYE/").content.decode().replace("XA-WYE", "")


@pytest.mark.parametrize(
    ("field", "values", "said"),
    [
        pytest.param("city", {}, "Fill in a field", id="nothing"),
        pytest.param(
            "status", {"value": "open", "from": "2021", "until": "2020"},
            "It ends before it begins", id="an end before the beginning",
        ),
        pytest.param(
            "status", {"value": "open", "from": "2021-02-30"},
            "A date is a year, a month or a day that exists", id="a day that does not exist",
        ),
        pytest.param(
            "coordinates", {"value__lat": "99", "value__lon": "10"},
            "This lies outside the world", id="a place outside the world",
        ),
        pytest.param("needed", {"value": "many"}, "This is a whole number", id="a number in words"),
        pytest.param("city", {"value": "W\u202eye"}, "prints as nothing", id="a hidden sign"),
    ],
)  # fmt: skip
def test_a_wrong_note_is_told_at_its_place_and_keeps_what_was_typed(
    known: Scene, field: str, values: dict[str, str], said: str
) -> None:
    before = OwnStatement.objects.count()
    answer = notes(known, field, **values)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert 'aria-invalid="true"' in page
    for value in values.values():
        assert value in page
    assert OwnStatement.objects.count() == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"key": "XA-WYE", "city": "Wye"}, "one of that name already", id="taken"),
        pytest.param({"key": "XA WYE", "city": "Wye"}, "letters, digits and hyphens", id="spaces"),
        pytest.param({"key": "ZED"}, "Fill in a field", id="nothing known of it"),
        pytest.param(
            {"key": "ZED", "city": "Zed", "status": "shut"}, "This is one of", id="one wrong field"
        ),
    ],
)
def test_a_new_thing_is_noted_whole_or_not_at_all(
    known: Scene, given: dict[str, str], said: str
) -> None:
    before = OwnStatement.objects.count()
    answer = begins(known, **given)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert OwnStatement.objects.count() == before


def test_their_statement_is_contested_from_the_page(scene: Scene) -> None:
    fields = {"city": {"value": "Wye"}, "status": {"value": "open"}}
    body = {"sending": "XB", "receiving": "XA", "fields": fields}
    they_state(scene, "post/XB-WYE", body)
    client = scene.client()
    assert "/own/contest/post/XB-WYE/status/" in client.get("/posts/XB-WYE/").content.decode()
    page = "/own/contest/post/XB-WYE/status/"
    assert client.post(page, {}).status_code == 400
    given = {"values__status": "closed", "rest__from": "2025", "words": "It has been shut."}
    assert client.post(page, given).status_code == 302
    scene.leaves(Draft.objects.get(state="drafted").id)
    scene.pair.sync()
    for node in (scene.pair.a, scene.pair.b):
        contests = queries.post(node, "post/XB-WYE")["status"].contests
        assert [(one.by, one.words) for one in contests] == [("XA", "It has been shut.")]
    assert "It has been shut." in client.get("/posts/XB-WYE/").content.decode()


def test_a_list_shows_its_buildings_and_refuses_the_other_side_s(scene: Scene) -> None:
    for key, name in (("P1", "North House"), ("P2", "South House")):
        assert begins(scene, "premises", key, name=name, lists="six").status_code == 302
    begins(scene, "premises", "P3", name="A shed")
    data = {"sending": "XB", "key": "Q1", "values__name": "Their house"}
    scene.client().post("/own/new/premises/", data)
    page = scene.client().get("/lists/six/")
    said = page.content.decode()
    assert "North House" in said
    assert "South House" in said
    assert on_paper(page) & {"North", "South"} == set()
    wrong = scene.client().post("/lists/six/", {"building": "premises/XB-Q1"}, follow=True)
    assert "it is the other party’s" in wrong.content.decode()
    scene.client().post("/lists/six/", {"building": "premises/XA-P3"})
    assert scene.client().get("/lists/six/").content.decode().count("data-row") == 3
    assert scene.client().get("/lists/seven/").status_code == 404


def test_who_may_not_draft_reads_and_writes_nothing(known: Scene) -> None:
    auditor = known.client("audits")
    said = auditor.get(PAGE).content.decode()
    assert "Wye" in said
    assert "/own/note/" not in said
    before = OwnStatement.objects.count()
    for address in ("/own/new/post/", "/own/note/post/XA-WYE/city/", "/own/state/"):
        answer = auditor.post(address, {"values__city": "Zed", "row": "1", "key": "Q"})
        assert answer.status_code == 403, address
    assert OwnStatement.objects.count() == before
    assert known.client("runs").get("/own/").status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/posts/XA-NOBODY/", 404),
        ("/own/new/castle/", 404),
        ("/own/note/castle/XA-WYE/city/", 404),
        ("/own/note/post/XA-NOBODY/city/", 404),
        ("/own/note/post/XA-WYE/mood/", 404),
        ("/own/contest/post/XA-WYE/mood/", 404),
        ("/lists/%00/", 404),
        ("/premises/?list=%00&page=x", 200),
        ("/own/strike/999999999999999999999/", 404),
    ],
)
def test_an_address_that_leads_nowhere_says_so(known: Scene, address: str, status: int) -> None:
    assert known.client().get(address).status_code == status


@pytest.mark.parametrize("number", ["9" * 15, "9" * 30, "-1", "one", ""])
def test_a_number_that_is_nobody_s_states_nothing(known: Scene, number: str) -> None:
    answer = known.client().post("/own/state/", {"row": number}, follow=True)
    assert "nothing is chosen" in answer.content.decode()
    assert known.client().post(f"/own/strike/{number}/").status_code in {302, 404}
    assert not Draft.objects.exists()


def test_what_was_typed_into_a_field_is_told_apart_from_markup(known: Scene) -> None:
    notes(known, "name", value="<b>Wye</b> & sons")
    for page in (PAGE, "/posts/", "/own/", "/own/note/post/XA-WYE/name/"):
        assert "<b>Wye</b>" not in known.client().get(page).content.decode(), page


def test_a_draft_about_a_building_is_seen_at_the_post_that_it_belongs_to(known: Scene) -> None:
    begins(known, "premises", "P7", name="A house", post=POST)
    rows = numbers("premises/XA-P7")
    known.client().post("/own/state/", {"row": [str(row) for row in rows.values()]})
    draft = Draft.objects.get(state="drafted")
    assert draft.posts.split() == [POST]
    known.leaves(draft.id)
    notes(known, "owner", "premises/XA-P7", value="A landlord")
    known.client().post("/own/state/", {"row": str(numbers("premises/XA-P7")["owner"])})
    assert Draft.objects.get(state="drafted").posts.split() == [POST]
