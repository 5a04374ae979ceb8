"""A request of many persons is answered on a sheet: a line each, and some may wait."""

from typing import Any

from legation.line.models import HeldFile
from legation.line.queries import files as file_queries
from legation.line.services import files
from legation.notices.drafting import queries
from legation.notices.queries import page as page_of
from pages.conftest import Scene


def _carry_files(scene: Scene) -> None:
    """Bring what lies at the other side over to ours, as the line does by and by."""
    for row in HeldFile.objects.using("b"):
        data = file_queries.read(scene.pair.b, row.root)
        files.stage(
            scene.node, data, name="x", media_type="application/octet-stream", at=scene.node.clock()
        )


def test_an_own_answer_given_to_each_line_and_some_wait(scene: Scene) -> None:
    rows = [
        {
            "name": f"Ada {n}",
            "born": "1985-04-23",
            "passport_no": f"U12345{n}",
            "function": "Attaché",
            "category": "administrative_technical",
        }
        for n in "789"
    ]
    key = scene.sends("visa.staff", side="b", persons=rows).partition("/")[2]
    client = scene.client()
    assert "[not here yet]" in client.get(f"/notices/{key}/answers/").content.decode()
    _carry_files(scene)
    page = client.get(f"/notices/{key}/answers/").content.decode()
    assert "Ada 8" in page
    assert "Ada 8" not in client.get(f"/notices/{key}/").content.decode()
    chosen = {"all__answer": "granted", "line2__answer": "refused", "line3__answer": ""}
    answer = client.post(f"/notices/{key}/answers/", {**chosen, "line1__answer": "same"})
    assert answer.status_code == 400
    html = answer.content.decode()
    assert 'name="all__says__visa_until"' in html
    assert html.count('class="wrong"') == 1
    chosen |= {"line1__answer": "same", "all__says__visa_until": "2027-01-01"}
    where = client.post(f"/notices/{key}/answers/", chosen)["Location"]
    version = queries.last_version(scene.node, f"draft/{where.split('/')[2]}")
    assert version is not None
    lines: Any = version.body["lines"]
    assert [(each["line"], each["answer"]) for each in lines] == [(1, "granted"), (2, "refused")]
    assert lines[0]["visa_until"] == "2027-01-01"
    shown = client.get(f"/notices/{key}/persons/").content.decode()
    assert "U123459" in shown
    assert '<b dir="auto">Ada 9</b>' in shown
    assert "Name: Ada 9" not in shown
    assert "Administrative technical" in shown
    number = page_of(scene.node, f"notice/{key}").line.number
    for asked in ("", f"&about={number}"):
        looks = scene.client("audits").get(f"/audit/?what=person.seen{asked}").content.decode()
        assert f">{number}</a>" in looks
    assert scene.client("audits").get(f"/notices/{key}/persons/").status_code == 403
