"""A note as a file for the archive, asked for in a browser."""

from typing import Any

import pypdfium2

from legation.line.services.files import erase
from legation.officers.models import AuditRow
from pages.conftest import Scene, an_access


def words(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def test_a_note_comes_as_pdf_named_by_its_number_and_in_one_language_if_asked(
    scene: Scene,
) -> None:
    key = scene.sends("premises.access", **an_access(post="XA-MIS")).partition("/")[2]
    client = scene.client()
    both = client.get(f"/notices/{key}/note.pdf")
    assert both.headers["Content-Type"] == "application/pdf"
    assert both.headers["Content-Disposition"] == 'inline; filename="XA-MIS-2026-001.pdf"'
    assert both.headers["Cache-Control"] == "no-store"
    assert "No. XA-MIS/2026/001" in words(both.content)
    refused = client.get(f"/notices/{key}/note.pdf?lang=tr")
    assert refused.status_code == 400
    assert "it was released in" in refused.content.decode()


def test_an_answer_is_printed_by_its_place_in_the_record(scene: Scene) -> None:
    notice = scene.sends()
    scene.answers(notice)
    client = scene.client()
    key = notice.partition("/")[2]
    page = client.get(f"/notices/{key}/print/").content.decode()
    assert f"/notices/{key}/note.pdf?act=peer-" in page
    link = page.split(f"/notices/{key}/note.pdf?act=")[1].split('"')[0]
    assert "It was moved." in words(client.get(f"/notices/{key}/note.pdf?act={link}").content)
    assert client.get(f"/notices/{key}/note.pdf?act=own-99999").status_code == 404
    assert client.get("/notices/XA-0000000000000000/note.pdf").status_code == 404


def test_a_draft_is_printed_as_a_draft_and_names_no_officer(scene: Scene) -> None:
    key = scene.drafts().partition("/")[2]
    said = words(scene.client().get(f"/notices/draft/{key}/note.pdf").content)
    assert "Draft. Not released" in said
    assert "Ada" not in said
    assert scene.client("runs").get(f"/notices/draft/{key}/note.pdf").status_code == 403


def a_visa(count: int = 2, **changes: Any) -> dict[str, Any]:
    people = [
        {
            "name": f"Elif Lovelace {n}",
            "passport_no": f"AB12345{n}",
            "category": "diplomatic",
            "function": "Second Secretary",
        }
        for n in range(count)
    ]
    return {"post": "XA-MIS", "persons": people, **changes}


def test_persons_are_named_on_paper_for_who_may_read_them_and_each_look_is_written_down(
    scene: Scene,
) -> None:
    key = scene.sends("visa.staff", **a_visa()).partition("/")[2]
    mine = words(scene.client().get(f"/notices/{key}/note.pdf").content)
    assert "Elif Lovelace 0" in mine
    assert "{p" not in mine
    looks = AuditRow.objects.filter(what="person.seen")
    assert {(row.by, row.about, row.detail["how"]) for row in looks} == {
        ("Ada", f"notice/{key}", "paper")
    }
    assert looks.count() == 2
    audited = words(scene.client("audits").get(f"/notices/{key}/note.pdf").content)
    assert "Lovelace" not in audited
    assert "[personal, not printed here]" in " ".join(audited.split())
    assert looks.count() == 2


def test_a_person_whose_file_is_erased_is_printed_as_erased(scene: Scene) -> None:
    key = scene.sends("visa.staff", **a_visa()).partition("/")[2]
    client = scene.client()
    client.get(f"/notices/{key}/note.pdf")
    row = AuditRow.objects.filter(what="person.seen").order_by("id")[0]
    erase(scene.node, row.detail["root"], at=scene.node.clock())
    said = words(client.get(f"/notices/{key}/note.pdf").content)
    assert "[erased]" in said
    assert "Elif Lovelace 1" in said
    assert "Elif Lovelace 0" not in said


def test_many_persons_stand_in_a_list_that_belongs_to_the_note(scene: Scene) -> None:
    key = scene.sends("visa.staff", **a_visa(20)).partition("/")[2]
    data = scene.client().get(f"/notices/{key}/note.pdf").content
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    assert "List of persons" in pages[-1]
    assert "AB1234519" in pages[-1]
    assert "Lovelace" not in pages[0]
