"""A note is drafted, changed by two, answered line by line, and persons come in, by hand."""

import os
from pathlib import Path
from typing import Any

from legation.missions.persons import services as persons
from legation.officers.models import Officer
from legation.officers.sheets.writing import to_xlsx
from pages.browser.conftest import Desk, Watched, words
from pages.conftest import ROLES

PERSON = {
    "name": "Ada Lovelace",
    "born": "1985-04-23",
    "passport_no": "U123456",
    "function": "Attaché",
    "category": "diplomatic",
}
HEADER = ["Name as in passport", "Date of birth", "Passport number", "Category"]


def seen(watched: Watched, name: str) -> None:
    """Keep a picture where one is asked for (SHOTS names a folder); see that nobody is kept out."""
    folder = os.environ.get("SHOTS")
    if folder:
        watched.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
        watched.page.set_viewport_size({"width": 360, "height": 740})
        watched.page.screenshot(path=Path(folder) / f"{name}-phone.png", full_page=True)
        watched.page.set_viewport_size({"width": 1280, "height": 900})
    assert watched.wrong() == {}, name


def test_rows_come_and_go_without_script_and_the_faults_stand_at_them(desk: Desk) -> None:
    persons.add(
        desk.scene.node,
        given={"name": "Ada Lovelace", "passport": "U123456", "born": "1985-04-23"},
        by=ROLES["drafts"],
        at=desk.scene.node.clock(),
    )
    watched = desk.looks(java_script_enabled=False)
    page = watched.page
    page.goto("/notices/new/visa.staff/")
    page.get_by_role("button", name="Add a row: Persons").click()
    page.get_by_label("Function").nth(1).fill("Second Secretary")
    page.get_by_role("button", name="Remove Persons 1", exact=True).click()
    assert page.get_by_label("Function").input_value() == "Second Secretary"
    page.get_by_role("button", name="Show persons").click()
    page.get_by_label("Ada Lovelace").check()
    page.get_by_role("button", name="Fill in rows with these").click()
    assert page.get_by_label("Passport no").nth(1).input_value() == "U123456"
    page.get_by_role("button", name="Keep as a draft").last.click()
    assert page.locator(".row-of .wrong").count() >= 2


def test_the_pages_where_a_draft_is_written_keep_nobody_out(desk: Desk) -> None:
    scene = desk.scene
    row = Officer.objects.get(username=ROLES["clears"])
    row.roles = [*row.roles, "officer"]
    row.save()
    watched = desk.looks()
    page = watched.page
    watched.opens("/notices/new/visa.staff/")
    seen(watched, "new")
    key = scene.drafts(subject="A fence", message="One.\n\nTwo.\n\nThree.").partition("/")[2]
    other = desk.looks("clears")
    watched.opens(f"/notices/draft/{key}/change/")
    other.opens(f"/notices/draft/{key}/change/")
    assert "may be changing it" in words(other.page)
    other.page.get_by_label("Message").fill("One or more.\n\nTwo.\n\nThree.")
    other.page.get_by_role("button", name="Save").last.click()
    page.get_by_label("Message").fill("One.\n\nTwo.\n\nThree and four.")
    page.get_by_role("button", name="Save").last.click()
    assert "Nobody's words are lost" in words(page).replace("’", "'")
    assert page.get_by_label("Message").input_value() == "One or more.\n\nTwo.\n\nThree and four."
    seen(watched, "joined")
    page.get_by_label("Message").fill("Mine.\n\nTwo.\n\nThree.")
    other.opens(f"/notices/draft/{key}/change/")
    other.page.get_by_label("Message").fill("Theirs.\n\nTwo.\n\nThree.")
    other.page.get_by_role("button", name="Save").last.click()
    page.get_by_role("button", name="Save").last.click()
    assert "Where both of you wrote" in words(page)
    seen(watched, "conflict")
    page.get_by_label("Message: take theirs").check()
    page.get_by_role("button", name="Save").last.click()
    assert "Theirs." in words(page)
    watched.opens(f"/notices/draft/{key}/change/")
    page.get_by_label("Text in full: English").fill("Our own words.\n\nIn two parts.")
    page.get_by_label("Русский is").select_option("courtesy")
    page.get_by_label("Text in full: Русский").fill("Наши слова.")
    page.get_by_role("button", name="Save").last.click()
    watched.opens(f"/notices/draft/{key}/change/")
    page.get_by_label("Text in full: English").fill("Our better words.\n\nIn two parts.")
    page.get_by_role("button", name="Save").last.click()
    assert "out of date" in words(page)
    seen(watched, "stale")
    watched.opens(f"/notices/templates/?draft={key}")
    seen(watched, "templates")


def test_a_sheet_of_answers_keeps_nobody_out(desk: Desk) -> None:
    scene = desk.scene
    others = [{**PERSON, "name": f"Ada {n}", "passport_no": f"U12345{n}"} for n in "789"]
    notice = scene.sends("visa.staff", side="b", persons=others).partition("/")[2]
    watched = desk.looks()
    page = watched.page
    watched.opens(f"/notices/{notice}/")
    page.get_by_role("link", name="Answer line by line").click()
    page.get_by_label("The same answer for all lines").select_option("held")
    page.get_by_label("Line 2").select_option("refused")
    page.get_by_label("Line 3").select_option("")
    page.get_by_role("button", name="Show what these answers ask for").click()
    seen(watched, "sheet")
    page.get_by_role("button", name="Keep as a draft").last.click()
    assert "/drafts/" in page.url, words(page)
    body: Any = words(page)
    assert "refused" in body.lower()
    page.get_by_role("link", name="Change this draft").click()
    assert page.get_by_label("Line 2").input_value() == "refused"
    assert page.get_by_label("Line 3").input_value() == ""


def test_a_list_comes_in_by_hand_and_its_pages_keep_nobody_out(desk: Desk, tmp_path: Path) -> None:
    rows = [[f"NAME Number{n}", "1985-04-23", f"P{n:06}", "service"] for n in range(2400)]
    good, bad = tmp_path / "staff.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(to_xlsx(HEADER, [*rows, ["Ivan PЕTROV", "", "", ""]], title="x"))
    bad.write_bytes(to_xlsx(HEADER, [["", "soon", "", "king"], *rows[:3]], title="x"))
    watched = desk.looks(java_script_enabled=False)
    page = watched.page
    page.goto("/persons/import/")
    page.locator("#file").set_input_files(bad)
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("3 things are wrong").wait_for()
    page.get_by_role("link", name="Choose the corrected file").click()
    page.locator("#file").set_input_files(good)
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("2401 persons would be added").wait_for()
    page.get_by_role("button", name="Take them in").click()
    assert "2401 persons added" in words(page)
    looked = desk.looks()
    for name, address in (("persons", "/persons/"), ("bring", "/persons/import/")):
        looked.opens(address)
        seen(looked, name)
    looked.opens("/persons/")
    looked.page.get_by_role("link", name="Ivan").click()
    seen(looked, "person")
    looked.page.get_by_role("link", name="Change").click()
    seen(looked, "person-edit")
