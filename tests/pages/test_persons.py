"""The persons list: imported whole or not at all, seen by post, each look written down."""

import re
import zipfile
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from legation.errors import Refusal
from legation.missions.persons import queries, services
from legation.missions.persons.columns import COLUMNS, check, mixed
from legation.missions.persons.models import Import, Person
from legation.notices.drafting import services as beside
from legation.officers.models import AuditRow, Draft, Officer
from legation.officers.sheets.writing import to_csv, to_xlsx
from legation.officers.sight import EVERYTHING
from pages.conftest import ROLES, Scene
from pages.ledgers import know
from pages.test_ours_only import on_paper

HEADER = ["Name as in passport", "Date of birth", "Passport number", "Post", "Category"]
TWO = [
    ["ÇELIK Ayşe", "1985-04-23", "U 123", "XA-MIS", "diplomatic"],
    ["OYA Can", "23.04.1990", "U124", "", "service"],
]


def upload(scene: Scene, rows: list[list[str]], header: list[str] = HEADER, **more: Any) -> Any:
    file = SimpleUploadedFile("staff.csv", to_csv(header, rows))
    return scene.client().post("/persons/import/", {"file": file, **more})


def brought(scene: Scene, rows: list[list[str]], **more: Any) -> Any:
    """Import a list as a person does; return the last page."""
    where = upload(scene, rows, **more)["Location"]
    page = scene.client().get(where)
    while page.has_header("Refresh"):
        page = scene.client().get(where)
    return page, where


def test_a_list_is_shown_before_it_is_taken_and_then_taken_whole(scene: Scene) -> None:
    page, where = brought(scene, TWO)
    html = page.content.decode()
    assert "2 persons would be added" in html
    assert Person.objects.count() == 0
    scene.client().post(where, {"do": "take"})
    kept = queries.persons(scene.node, EVERYTHING).rows
    assert [row.values["name"] for row in kept] == ["OYA Can", "ÇELIK Ayşe"]
    assert kept[0].values["born"] == "1990-04-23"
    assert kept[1].values["post"] == "post/XA-MIS"
    assert Import.objects.count() == 0


WRONG = {
    "no name": (["", "1985-04-23", "", "", ""], "Name as in passport"),
    "a day that can be two": (["A", "03/04/1985", "", "", ""], "Date of birth"),
    "a day that is none": (["A", "1985-02-30", "", "", ""], "Date of birth"),
    "a passport too long": (["A", "", "9" * 21, "", ""], "Passport number"),
    "a category of nobody": (["A", "", "", "", "king"], "Category"),
    "a post of the other side": (["A", "", "", "XB-MIS", ""], "Post"),
    "a control that turns the writing": (["A\u202eB", "", "", "", ""], "Name as in passport"),
}


def test_all_that_is_wrong_is_told_at_once_by_row_and_column_with_the_remedy(
    scene: Scene,
) -> None:
    rows = [row for row, _column in WRONG.values()]
    page, _where = brought(scene, [*TWO, *rows])
    html = page.content.decode()
    found = re.findall(
        r'<th scope="row" class="num">(\d+)</th><td data-label="Column">([^<]+)</td>', html
    )
    assert found == [(str(n), column) for n, (_row, column) in enumerate(WRONG.values(), start=4)]
    assert "nothing was taken" in html
    assert "Take them in" not in html


def test_nothing_is_taken_of_a_list_with_a_fault(scene: Scene) -> None:
    _page, where = brought(scene, [*TWO, ["", "1985-01-01", "", "", ""]])
    scene.client().post(where, {"do": "take"})
    assert Person.objects.count() == 0


def test_a_person_who_stands_there_twice_is_told_of_in_both_rows(scene: Scene) -> None:
    page, _where = brought(scene, [*TWO, ["Other", "", "u-123", "", ""]])
    assert "stands in row 2 already" in page.content.decode()


def test_who_is_in_the_list_already_is_told_of_or_changed_as_one_asks(scene: Scene) -> None:
    _page, where = brought(scene, TWO)
    scene.client().post(where, {"do": "take"})
    again = [["ÇELIK Ayşe", "1985-04-23", "U 123", "XA-MIS", "consular"]]
    page, _where = brought(scene, again)
    assert "is in the persons list already" in page.content.decode()
    page, where = brought(scene, again, update="on")
    assert "1 in the list would be changed" in page.content.decode()
    scene.client().post(where, {"do": "take"})
    assert Person.objects.count() == 2
    assert Person.objects.get(passport_key="U123").category == "consular"


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (["Имя как в паспорте", "Дата рождения"], ""),
        (["Pasaporttaki ad", "DOĞUM TARİHİ"], ""),
        (["  name_as in PASSPORT ", "born"], ""),
        (["Name as in passport", "Shoe size"], "Shoe size"),
        (["Date of birth", "Post"], "Name as in passport"),
        (["Name as in passport", "Passport name"], "twice"),
    ],
)
def test_titles_are_known_in_three_languages_and_others_told(
    scene: Scene, header: list[str], says: str
) -> None:
    page, _where = brought(scene, [["Ada", "1985-04-23"]], header=header)
    html = page.content.decode()
    assert says in html
    assert ("nothing was taken" in html) == bool(says)


def test_titles_cells_and_values_that_are_wrong_are_told_in_one_round(scene: Scene) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ["Name as in passport", "Shoe size", "Category", "Passport number"],
        ["Ada", "40", "service", "U1234567"],
        ["=A2", "41", "service", "no!"],
        ["Cem", "42", "chef", "U1234569"],
        ["", "43", "", "U1234567"],
        ["Dana", "", "service", "U1234571", "", "lost"],
    ):
        sheet.append(row)
    sheet.merge_cells("A4:A5")
    data = BytesIO()
    book.save(data)
    file = SimpleUploadedFile("staff.xlsx", data.getvalue())
    where = scene.client().post("/persons/import/", {"file": file})["Location"]
    faults = scene.client().get(where).context["list"].faults
    assert [(each.values["row"], each.code, each.values["column"]) for each in faults] == [
        ("1", "header", "Shoe size"),
        ("3", "formula", "Name as in passport"),
        ("3", "passport", "Passport number"),
        ("4", "merged", ""),
        ("4", "choice", "Category"),
        ("6", "untitled", "F"),
    ]


def test_letters_that_look_alike_are_shown_and_not_refused(scene: Scene) -> None:
    assert mixed("Ivan PЕTROV") == ("PЕTROV",)
    assert mixed("Иван PETROV") == ()
    page, _where = brought(scene, [["Ivan PЕTROV", "", "", "", ""]])
    html = page.content.decode()
    assert "U+0415 CYRILLIC CAPITAL LETTER IE" in html
    assert "Take them in" in html


def test_only_who_may_sees_a_person_and_every_look_is_written_down(scene: Scene) -> None:
    _page, where = brought(scene, TWO)
    scene.client().post(where, {"do": "take"})
    key = Person.objects.get(passport_key="U123").id.partition("/")[2]
    assert scene.client("audits").get("/persons/").status_code == 403
    before = AuditRow.objects.filter(what="person.seen").count()
    assert scene.client().get(f"/persons/{key}/").status_code == 200
    rows = AuditRow.objects.filter(what="person.seen")
    assert rows.count() == before + 1
    assert rows.first().about == f"person/{key}"  # type: ignore[union-attr] # there is one
    Officer.objects.filter(username=ROLES["drafts"]).update(post="post/XA-OTH")
    assert scene.client().get(f"/persons/{key}/").status_code == 404
    assert "ÇELIK" not in scene.client().get("/persons/").content.decode()
    assert "ÇELIK" not in scene.client().get("/persons/export.csv").content.decode()


def test_an_export_computes_nothing_says_whose_it_is_and_is_written_down(scene: Scene) -> None:
    _page, where = brought(scene, [["'=cmd|x", "", "", "", ""], *TWO])
    scene.client().post(where, {"do": "take"})
    assert Person.objects.filter(name="=cmd|x").exists()
    answer = scene.client().get("/persons/export.csv")
    assert "OURS-ONLY" in answer["Content-Disposition"]
    assert '"\'=cmd|x"' in answer.content.decode("utf-8-sig")
    assert scene.client().get("/persons/export.xlsx").content.startswith(b"PK")
    looks = AuditRow.objects.filter(what="person.seen", detail__how="export")
    assert looks.count() == 6


def test_what_was_exported_can_be_imported_again_without_a_change(scene: Scene) -> None:
    _page, where = brought(scene, TWO)
    scene.client().post(where, {"do": "take"})
    for form in ("csv", "xlsx"):
        data = scene.client().get(f"/persons/export.{form}").content
        before = list(Person.objects.values_list("name", "born", "post", "passport", "category"))
        number = services.begin_import(
            scene.node, data=data, name=form, update=True, by="Ada", at=scene.node.clock()
        )
        assert services.check_piece(scene.node, number=number, by="Ada")
        assert services.take(scene.node, number=number, by="Ada", at=scene.node.clock()) == (0, 2)
        after = list(Person.objects.values_list("name", "born", "post", "passport", "category"))
        assert after == before


def test_five_thousand_rows_come_in_by_steps_and_the_page_says_how_far(scene: Scene) -> None:
    rows = [[f"NAME Number{n}", "1985-04-23", f"P{n:06}", "XA-MIS", "service"] for n in range(5000)]
    data = to_xlsx(HEADER, rows, title="staff")
    number = services.begin_import(scene.node, data=data, name="x", by="Ada", at=scene.node.clock())
    page = scene.client().get(f"/persons/import/{number}/")
    assert "1000 of 5000 rows" in page.content.decode()
    while page.has_header("Refresh"):
        page = scene.client().get(f"/persons/import/{number}/")
    scene.client().post(f"/persons/import/{number}/", {"do": "take"})
    assert Person.objects.count() == 5000


def test_a_person_is_added_changed_and_deleted_on_a_page(scene: Scene) -> None:
    client = scene.client()
    answer = client.post("/persons/new/", {"name": "", "born": "soon", "post": "XA-MIS"})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert html.count('class="wrong"') == 2
    where = client.post("/persons/new/", {"name": "Ada", "post": "XA-MIS"})["Location"]
    page = client.get(f"{where}change/").content.decode()
    assert 'value="Ada"' in page
    client.post(f"{where}change/", {"name": "Ada Lovelace", "born": "1815-12-10"})
    assert "Ada Lovelace" in client.get(where).content.decode()
    client.post(f"{where}delete/")
    assert client.get(where).status_code == 404


def test_nobody_takes_another_s_list(scene: Scene) -> None:
    where = upload(scene, TWO)["Location"]
    assert scene.client("clears").get(where).status_code in {400, 404, 409}


def test_the_empty_template_is_read_back(scene: Scene) -> None:
    data = scene.client().get("/persons/template.csv").content
    with pytest.raises(Refusal, match="no row"):
        services.begin_import(scene.node, data=data, name="x", by="Ada", at=scene.node.clock())


def test_a_row_tells_all_its_faults() -> None:
    _person, faults = check(7, {"born": "soon", "category": "king", "nationality": "Mars!"})
    assert {each.values["column"] for each in faults} == {
        "Name as in passport", "Date of birth", "Category", "Nationality",
    }  # fmt: skip


def test_nothing_of_the_list_or_of_what_stands_beside_drafts_is_printed_or_exported(
    scene: Scene,
) -> None:
    """The mark stands in every column of every table; the draft that bears it was released."""
    mark, at = "Zeppelin", scene.node.clock()
    given = {column.key: mark for column in COLUMNS if not column.day}
    given |= {"category": "service", "nationality": "XA", "post": "XA-MIS"}
    services.add(scene.node, given=given, by="Ada", at=at)
    notice = scene.sends()
    draft = Draft.objects.filter(acts__on=notice).values_list("id", flat=True)[0]
    kept: dict[str, Any] = {"draft_id": draft, "data": {"message": mark}, "by": mark, "at": at}
    beside.keep_words(scene.node, began=mark, why=mark, **kept)
    beside.note_opening(scene.node, draft_id=draft, by=mark, at=at)
    beside.save_template(scene.node, kind="note", title=mark, data={"s": mark}, by=mark, at=at)
    beside.keep_version(scene.node, draft_id=draft, hash=mark, body={"t": mark}, by=mark, at=at)
    client = scene.client()
    key = notice.partition("/")[2]
    for address in (f"/notices/{key}/print/", f"/notices/{key}/note.pdf", "/record/own/0/proof/"):
        answer = client.get(address)
        data = b"".join(answer) if answer.streaming else answer.content
        assert mark.encode() not in data, address
    archive = zipfile.ZipFile(BytesIO(b"".join(client.get("/record/export/"))))
    for name in archive.namelist():
        assert mark.encode() not in archive.read(name), name
    for address in (f"/notices/{key}/", "/notices/", "/", "/record/", "/posts/"):
        assert mark not in client.get(address).content.decode(), address


def test_no_officer_learns_by_adding_who_is_at_another_post(scene: Scene) -> None:
    at = scene.node.clock()
    given = {"name": "Zeppelin", "passport": "U123", "post": "XA-MIS"}
    services.add(scene.node, given=given, by="Ada", at=at)
    with pytest.raises(Refusal) as refused:
        services.add(scene.node, given=given, by="Ada", at=at)
    assert refused.value.code == "twice"
    Officer.objects.filter(username="Ada").update(post="post/XA-OTH")
    services.add(scene.node, given={**given, "post": "XA-OTH"}, by="Ada", at=at)
    assert Person.objects.count() == 2


def test_no_name_of_the_list_is_printed_or_in_a_title(scene: Scene) -> None:
    """A title stands in the browser's history, in its windows, and above every sheet of paper."""
    given = {"name": "Zeppelin", "function": "Aeronaut", "post": "XA-MIS"}
    person = services.add(scene.node, given=given, by="Ada", at=scene.node.clock())
    client = scene.client()
    for address in ("", "change/"):
        answer = client.get(f"/persons/{person.partition('/')[2]}/{address}")
        html = answer.content.decode()
        assert "Zeppelin" in html
        assert not {"Zeppelin", "Aeronaut"} & on_paper(answer), address
        assert "Zeppelin" not in html.partition("</title>")[0], address


def test_a_post_that_is_none_is_told_of_once_and_not_as_somebody_elses(scene: Scene) -> None:
    Officer.objects.filter(username=ROLES["drafts"]).update(post="post/XA-MIS")
    posted = scene.client().post("/persons/new/", {"name": "A", "post": "Moscow"})
    html = posted.content.decode()
    assert "“Moscow” is no post." in html
    assert "is not your post" not in html


@pytest.mark.parametrize("lang", ["en", "ru", "tr"])
def test_the_labels_of_our_own_visa_form_are_titles_of_the_list(scene: Scene, lang: str) -> None:
    page = scene.client(headers={"Accept-Language": lang}).get("/notices/new/visa.staff/")
    labels = re.findall(
        r'<label for="id_act_persons__1__(\w+)">\s*([^<]+?)\s*<', page.content.decode()
    )
    asked = ("name", "passport_name", "born", "passport_no", "function", "category")
    header = [unescape(dict(labels)[key]) for key in asked]
    row = ["Çelik Ayşe", "CELIK AYSE", "1985-04-23", "U123", "Attaché", "service"]
    _page, where = brought(scene, [row], header=header)
    scene.client().post(where, {"do": "take"})
    [kept] = queries.persons(scene.node, EVERYTHING).rows
    told = [kept.values[key] for key in ("name", "name_own", "born", "passport", "function")]
    assert told == ["CELIK AYSE", "Çelik Ayşe", "1985-04-23", "U123", "Attaché"]


def test_a_person_is_given_one_of_our_posts_and_one_that_is_gone_stays_chosen(
    scene: Scene,
) -> None:
    know(scene.node, "post/XA-BEX", "city", "Bextown")
    page = scene.client().get("/persons/new/").content.decode()
    assert '<option value="post/XA-BEX">Bextown (XA-BEX)</option>' in page
    assert '<option value="diplomatic">Diplomatic</option>' in page
    _page, where = brought(scene, TWO)
    scene.client().post(where, {"do": "take"})
    kept = queries.persons(scene.node, EVERYTHING).rows[1]
    changed = scene.client().get(f"/persons/{kept.id.partition('/')[2]}/change/").content.decode()
    assert '<option value="post/XA-MIS" selected>' in changed
