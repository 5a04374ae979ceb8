"""What a draft's own page tells: whom it names, what it refers to, who looked."""

from typing import Any

from legation.notices.queries import page as page_of
from legation.officers.models import AuditRow
from legation.officers.services import looks
from pages.conftest import ROLES, Scene


def test_who_clears_reads_whom_a_draft_names_and_the_look_is_written_down(scene: Scene) -> None:
    person = {
        "name": "Ada Nine",
        "born": "1985-04-23",
        "passport_no": "U123459",
        "function": "Attaché",
        "category": "administrative_technical",
    }
    key = scene.drafts("visa.staff", persons=[person]).partition("/")[2]
    client = scene.client("clears")
    page = client.get(f"/drafts/{key}/").content.decode()
    assert f"/notices/draft/{key}/persons/" in page
    assert "Ada Nine" not in page
    looks = AuditRow.objects.filter(what="person.seen", by=ROLES["clears"])
    assert not looks.exists()
    shown = client.get(f"/notices/draft/{key}/persons/").content.decode()
    assert '<b dir="auto">Ada Nine</b>' in shown
    assert "U123459" in shown
    assert "Administrative technical" in shown
    assert "23 April 1985" in shown
    assert [row.about for row in looks] == [f"draft/{key}"]
    assert scene.client("audits").get(f"/notices/draft/{key}/persons/").status_code == 403
    plain = scene.drafts().partition("/")[2]
    assert "persons/" not in client.get(f"/drafts/{plain}/").content.decode().split("<main", 1)[1]


def kept(scene: Scene, **data: Any) -> str:
    return scene.drafts(subject="A fence", **data).partition("/")[2]


def test_a_draft_shows_the_number_of_a_note_that_it_refers_to(scene: Scene) -> None:
    note = scene.sends()
    number = page_of(scene.node, note).line.number
    key = kept(scene, refers=[number])
    html = scene.client("clears").get(f"/drafts/{key}/").content.decode()
    assert f'<dd class="words-of">{number}</dd>' in html
    assert f"with reference to note No. {number} of" in html


def test_looks_one_after_the_other_are_one_row_of_who_did_what(scene: Scene) -> None:
    key = kept(scene)
    for _ in range(3):
        looks.note_look(
            scene.node,
            by=ROLES["clears"],
            about=f"draft/{key}",
            root="0" * 64,
            at=scene.node.clock(),
        )
    html = scene.client("clears").get(f"/drafts/{key}/").content.decode()
    assert html.count("data looked at") == 1
    assert AuditRow.objects.filter(what="person.seen", about=f"draft/{key}").count() == 3
