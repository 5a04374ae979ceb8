"""A draft is changed on its page; two officers in one neither lose words nor overwrite."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from legation.missions.persons import services as persons
from legation.notices import services as notices
from legation.notices.drafting import queries
from legation.officers import services as officers
from legation.officers.models import AuditRow, Draft
from legation.officers.sheets.writing import to_csv
from pages.conftest import ROLES, Scene

FIRST = "The fence was moved.\n\nIt stood there for years.\n\nPlease move it back."


def _fields(page: Any) -> dict[str, str]:
    """Return what a browser would post of a page's form as it is."""
    html = page.content.decode()
    form = html[html.index('id="draft-form"') :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<input type="hidden" name="([a-z0-9_]+)" value="([^"]*)"', form))
    for tag in re.findall(r"<input [^>]*>", form):
        name, kind = re.search(r'name="([^"]+)"', tag), re.search(r'type="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and kind and kind[1] in {"text", "date", "number"}:
            found[name[1]] = value[1] if value else ""
    areas = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    for name, words in areas:
        found[name] = words.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    for name, choices in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', choices)
        found[name] = chosen[1] if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def _kept(scene: Scene, **data: Any) -> str:
    return scene.drafts(subject="A fence", message=FIRST, **data).partition("/")[2]


def _page(scene: Scene, key: str, role: str = "drafts") -> Any:
    return scene.client(role).get(f"/notices/draft/{key}/change/")


def _save(scene: Scene, key: str, fields: dict[str, str], role: str = "drafts") -> Any:
    return scene.client(role).post(f"/notices/draft/{key}/change/", fields)


def _message(scene: Scene, key: str) -> str:
    version = queries.last_version(scene.node, f"draft/{key}")
    assert version is not None
    fields: Any = version.body["fields"]
    return str(fields["message"])


def _second(scene: Scene) -> None:
    """Let the clearing officer draft too."""
    row = officers.Officer.objects.get(username=ROLES["clears"])
    row.roles = [*row.roles, "officer"]
    row.save()


def test_a_draft_is_opened_changed_and_saved(scene: Scene) -> None:
    key = _kept(scene)
    page = _page(scene, key)
    assert page.status_code == 200
    fields = _fields(page)
    assert fields["message"] == FIRST
    answer = _save(scene, key, {**fields, "message": FIRST.replace("years", "ten years")})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"/drafts/{key}/"
    assert "ten years" in _message(scene, key)
    row = Draft.objects.get(id=f"draft/{key}")
    assert row.authors == [ROLES["drafts"]]


def test_a_text_made_from_the_form_is_made_anew_and_own_words_stay(scene: Scene) -> None:
    key = _kept(scene)
    fields = _fields(_page(scene, key))
    _save(scene, key, {**fields, "message": "Another matter."})
    version = queries.last_version(scene.node, f"draft/{key}")
    assert version is not None
    texts: Any = version.body["texts"]
    assert "Another matter." in texts[0]["text"]
    fields = _fields(_page(scene, key))
    own = fields["text_en"].replace("Another matter.", "In our own words.")
    _save(scene, key, {**fields, "text_en": own, "message": "A third."})
    version = queries.last_version(scene.node, f"draft/{key}")
    assert version is not None
    texts = version.body["texts"]
    assert "In our own words." in texts[0]["text"]


def test_two_changes_that_do_not_touch_are_joined_and_nobody_s_words_are_lost(
    scene: Scene,
) -> None:
    _second(scene)
    key = _kept(scene)
    mine, theirs = _fields(_page(scene, key)), _fields(_page(scene, key, "clears"))
    _save(scene, key, {**theirs, "message": FIRST.replace("was moved", "was taken")}, "clears")
    answer = _save(scene, key, {**mine, "message": FIRST.replace("back.", "back at once.")})
    assert answer.status_code == 302
    where = answer["Location"]
    assert "/words/" in where
    assert "was taken" in _message(scene, key)
    joined = scene.client().get(where)
    fields = _fields(joined)
    assert "was taken" in fields["message"]
    assert "back at once." in fields["message"]
    answer = _save(scene, key, fields)
    assert answer["Location"] == f"/drafts/{key}/"
    assert _message(scene, key) == FIRST.replace("was moved", "was taken").replace(
        "back.", "back at once."
    )
    assert queries.words_of(scene.node, by=ROLES["drafts"]) == ()


def test_two_changes_of_one_paragraph_stand_side_by_side_until_somebody_chooses(
    scene: Scene,
) -> None:
    _second(scene)
    key = _kept(scene)
    mine, theirs = _fields(_page(scene, key)), _fields(_page(scene, key, "clears"))
    _save(scene, key, {**theirs, "message": FIRST.replace("moved.", "taken.")}, "clears")
    where = _save(scene, key, {**mine, "message": FIRST.replace("moved.", "burnt.")})["Location"]
    page = scene.client().get(where)
    html = page.content.decode()
    assert "<ins>taken</ins>" in html
    assert "<ins>burnt</ins>" in html
    fields = _fields(page)
    assert "burnt" in fields["message"]
    _save(scene, key, {**fields, "theirs": "message"})
    assert "taken" in _message(scene, key)


def test_words_stay_when_the_browser_is_closed_and_only_their_writer_sees_them(
    scene: Scene,
) -> None:
    _second(scene)
    key = _kept(scene)
    mine, theirs = _fields(_page(scene, key)), _fields(_page(scene, key, "clears"))
    _save(scene, key, {**theirs, "message": "Theirs."}, "clears")
    where = _save(scene, key, {**mine, "message": "Zeppelin."})["Location"]
    again = _page(scene, key).content.decode()
    assert where in again
    assert "Zeppelin" not in again
    assert scene.client("clears").get(where).status_code == 302
    assert "Zeppelin" in scene.client().get(where).content.decode()
    scene.client("clears").post(f"{where}drop/")
    assert "Zeppelin" in scene.client().get(where).content.decode()


@pytest.mark.parametrize("ends", ["release", "discard"])
def test_a_draft_that_ended_while_being_edited_says_so_and_keeps_the_words(
    scene: Scene, ends: str
) -> None:
    key = _kept(scene)
    mine = _fields(_page(scene, key))
    if ends == "release":
        scene.leaves(f"draft/{key}")
    else:
        officers.discard(
            scene.node, draft_id=f"draft/{key}", by=ROLES["drafts"], at=scene.node.clock()
        )
    where = _save(scene, key, {**mine, "message": "Zeppelin."})["Location"]
    page = scene.client().get(where).content.decode()
    assert "Zeppelin" in page
    assert "released while" in page or "discarded while" in page
    begun = re.search(r'href="(/notices/new/note/\?words=\d+)"', page)
    assert begun is not None
    assert "Zeppelin" in scene.client().get(begun[1]).content.decode()


def test_a_draft_cleared_while_being_edited_is_not_uncleared_unasked(scene: Scene) -> None:
    key = _kept(scene)
    mine = _fields(_page(scene, key))
    officers.clear(scene.node, draft_id=f"draft/{key}", by=ROLES["clears"], at=scene.node.clock())
    where = _save(scene, key, {**mine, "message": "Zeppelin."})["Location"]
    assert Draft.objects.get(id=f"draft/{key}").state == "cleared"
    fields = _fields(scene.client().get(where))
    assert fields["message"] == "Zeppelin."
    _save(scene, key, fields)
    assert Draft.objects.get(id=f"draft/{key}").state == "drafted"


def test_who_else_has_it_open_is_said(scene: Scene) -> None:
    _second(scene)
    key = _kept(scene)
    _page(scene, key)
    html = _page(scene, key, "clears").content.decode()
    assert f"{ROLES['drafts']} opened this" in html


def test_a_translation_of_an_original_that_was_changed_is_told_before_clearance(
    scene: Scene,
) -> None:
    texts = [
        {"lang": "en", "role": "original", "text": "One.\n\nTwo apples."},
        {"lang": "ru", "role": "courtesy", "text": "Раз.\n\nДва яблока."},
    ]
    key = _kept(scene, texts=texts)
    assert queries.stale(scene.node, f"draft/{key}") == ()
    fields = _fields(_page(scene, key))
    _save(scene, key, {**fields, "text_en": "One.\n\nTwo pears."})
    page = scene.client("clears").get(f"/drafts/{key}/").content.decode()
    assert "Out of date" in page
    assert "<del>apples</del><ins>pears</ins>" in page
    scene.client().post(f"/notices/draft/{key}/translated/", {"lang": "ru"})
    assert queries.stale(scene.node, f"draft/{key}") == ()


def test_a_template_is_kept_from_a_draft_and_begun_from(scene: Scene) -> None:
    key = _kept(scene, asked_by="2026-12-20")
    client = scene.client()
    client.post("/notices/templates/", {"draft": key, "title": "A fence was moved"})
    (kept,) = queries.templates(scene.node)
    assert "asked_by" not in kept.data
    assert "A fence was moved" in client.get("/notices/new/note/").content.decode()
    page = client.get(f"/notices/new/note/?template={kept.id}").content.decode()
    assert "It stood there for years." in page


def test_the_texts_are_made_from_the_form_to_go_on_from(scene: Scene) -> None:
    data = {
        "post": "post/XA-MFA",
        "subject": "A fence",
        "message": "has the honour to write.",
        "_step": "texts",
        "role_tr": "original",
        "role_en": "courtesy",
    }
    page = scene.client().post("/notices/new/note/", data).content.decode()
    assert "saygılarını sunar" in page
    assert "presents its compliments" in page
    assert Draft.objects.count() == 0


def test_the_texts_are_made_where_the_form_asks_for_a_step_of_its_own(scene: Scene) -> None:
    data = {
        "post": "post/XA-MFA",
        "step": "close",
        "written_as": "sending",
        "post_concerned": "post/XA-LED",
        "name": "Consulate",
        "effective": "2027-03-01",
        "_step": "texts",
    }
    page = scene.client().post("/notices/new/post.consent/", data).content.decode()
    assert '<option value="close" selected>' in page
    assert "presents its compliments" in page


ALONE = {"post": "post/XA-MFA", "persons__rows": "1"}


def test_rows_are_filled_from_the_persons_list_and_each_look_is_written_down(
    scene: Scene,
) -> None:
    person = persons.add(
        scene.node,
        given={"name": "Ada Lovelace", "passport": "U123", "born": "1985-04-23"},
        by=ROLES["drafts"],
        at=scene.node.clock(),
    )
    client = scene.client()
    page = client.post("/notices/new/visa.staff/", {**ALONE, "_step": "pick persons"})
    assert f'value="{person}"' in page.content.decode()
    assert "Ada Lovelace" in page.content.decode()
    seen = AuditRow.objects.get(what="person.seen")
    assert (seen.by, seen.about, seen.detail) == ("Ada", "persons", {"root": person, "how": "list"})
    before = AuditRow.objects.filter(what="person.seen").count()
    page = client.post(
        "/notices/new/visa.staff/",
        {**ALONE, "_step": "take persons", "persons__chosen": [person]},
    )
    html = page.content.decode()
    assert re.search(r'name="persons__1__passport_no" value="U123"', html)
    assert re.search(r'name="persons__1__born" value="1985-04-23"', html)
    assert AuditRow.objects.filter(what="person.seen").count() == before + 1


def _from_file(scene: Scene, header: list[str], lines: list[list[str]]) -> str:
    file = SimpleUploadedFile("list.csv", to_csv(header, lines))
    given = {**ALONE, "_step": "bring persons", "persons__file": file}
    return str(scene.client().post("/notices/new/visa.staff/", given).content.decode())


def test_rows_are_filled_from_a_file_whole_or_not_at_all(scene: Scene) -> None:
    header = ["Name as in passport", "born", "passport no", "function", "category"]
    good = ["Ada", "23.04.1985", "U123456", "Attaché", "diplomatic"]
    html = _from_file(scene, header, [good, ["Bela", *good[1:2], "U654321", *good[3:]]])
    assert 'name="persons__rows" value="2"' in html
    assert 'name="persons__2__name" value="Bela"' in html
    html = _from_file(scene, header, [good, ["Bela", *good[1:4], "king"]])
    assert "Row 3, Category:" in html
    assert 'name="persons__rows" value="1"' in html
    html = _from_file(scene, header, [["Ada", "1980-02-31", *good[2:]], [*good[:4], "cook"]])
    assert "Row 2, Born:" in html
    assert "there is no such day in the calendar." in html
    assert "Row 3, Category:" in html
    assert "this is one of Diplomatic, Administrative technical, Service, Consular." in html
    again = ["Ada", "23.04.1985", "", "Attaché", "king"]
    html = _from_file(scene, [*header, "shoe size"], [[*good, "44"], [*again, "45"]])
    for fault in ("Row 1, shoe size:", "Row 3, Category:", "“Ada” stands in row 2 already."):
        assert fault in html
    html = _from_file(scene, header, [[*good[:4], "a&t"]])
    assert '<option value="administrative_technical" selected>' in html
    html = _from_file(scene, ["Shoe size"], [["44"]])
    assert "Shoe size" in html
    html = _from_file(scene, header, [good] * 101)
    assert "Nothing was filled in" in html


def test_a_draft_about_persons_is_opened_with_their_names_and_saved(scene: Scene) -> None:
    rows = [
        {
            "name": "Ada Lovelace",
            "born": "1985-04-23",
            "passport_no": "U123456",
            "function": "Attaché",
            "category": "diplomatic",
        }
    ]
    key = scene.drafts("visa.staff", persons=rows).partition("/")[2]
    page = _page(scene, key)
    fields = _fields(page)
    assert fields["persons__1__name"] == "Ada Lovelace"
    number = fields["persons__1__person"]
    assert AuditRow.objects.filter(what="person.seen", about=f"draft/{key}").exists()
    answer = _save(scene, key, {**fields, "persons__1__name": "Ada King"})
    assert answer.status_code == 302, answer.content.decode()
    fields = _fields(_page(scene, key))
    assert fields["persons__1__name"] == "Ada King"
    assert fields["persons__1__person"] == number
    version = queries.last_version(scene.node, f"draft/{key}")
    assert version is not None
    assert "Ada" not in str(version.body)


def test_an_answer_is_changed_and_its_text_says_the_same_as_its_form(scene: Scene) -> None:
    notice = scene.sends("note", side="b", subject="A fence", message=FIRST)
    data: Any = {"lines": [{"line": 1, "answer": "answered", "reply": "It was moved."}]}
    draft = notices.draft_answer(
        scene.node, notice=notice, data=data, by=ROLES["drafts"], at=scene.node.clock()
    )
    key = draft.id.partition("/")[2]
    fields = _fields(_page(scene, key))
    assert fields["line1__answer"] == "answered"
    assert fields["line1__says__reply"] == "It was moved."
    answer = _save(scene, key, {**fields, "line1__says__reply": "It was burnt."})
    assert answer.status_code == 302, answer.content.decode()
    version = queries.last_version(scene.node, draft.id)
    assert version is not None
    assert "It was moved." not in str(version.body)
    assert str(version.body).count("It was burnt.") >= 2
