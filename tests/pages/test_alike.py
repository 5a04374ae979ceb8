"""Letters that look alike are warned of wherever a name or a text is about to count."""

import re
from typing import Any

import pytest

from legation.line.models import HeldFile
from legation.line.queries.files import read
from legation.line.services.files import stage
from legation.officers.models import AuditRow
from pages.conftest import Scene

ODD = "Iv\u0430nov"
"""Ivanov with one Cyrillic letter."""
WARNING = "Letters that look alike"


def a_member(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "born": "1985-04-23",
        "passport_no": "U123456",
        "function": "Attaché",
        "category": "diplomatic",
    }


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_the_draft_s_page_names_the_letter_and_both_scripts_before_anybody_clears(
    scene: Scene,
) -> None:
    key = scene.drafts(subject=f"The car of Mr {ODD}").partition("/")[2]
    page = text(scene.client("clears").get(f"/drafts/{key}/"))
    assert f"“\u0430” (U+0430) in “{ODD}” is Cyrillic; the word is Latin." in page
    clean = scene.drafts(subject="The car of Mr Ivanov, Иванов").partition("/")[2]
    assert WARNING not in text(scene.client("clears").get(f"/drafts/{clean}/"))


def test_the_draft_s_page_warns_of_a_person_s_name_without_showing_it(scene: Scene) -> None:
    rows = [a_member("Ada Lovelace"), a_member(ODD) | {"passport_no": "U1234567"}]
    key = scene.drafts("visa.staff", persons=rows).partition("/")[2]
    before = AuditRow.objects.filter(what="person.seen").count()
    page = text(scene.client("clears").get(f"/drafts/{key}/"))
    assert "Person 2: “\u0430” (U+0430) is Cyrillic, in a word that is Latin." in page
    assert "Person 1:" not in page
    assert ODD not in page
    assert AuditRow.objects.filter(what="person.seen").count() == before
    assert WARNING not in text(scene.client("audits").get(f"/drafts/{key}/"))


def test_a_released_draft_is_warned_of_no_longer(scene: Scene) -> None:
    draft = scene.drafts(subject=ODD)
    scene.leaves(draft)
    assert WARNING not in text(scene.client().get(f"/drafts/{draft.partition('/')[2]}/"))


@pytest.mark.parametrize("page", ["persons", "answers"])
def test_persons_of_a_notice_are_read_with_the_warning(scene: Scene, page: str) -> None:
    side = "a" if page == "persons" else "b"
    key = scene.sends("visa.staff", side=side, persons=[a_member(ODD)]).partition("/")[2]
    if side == "b":
        carry_files(scene)
    assert f"in “{ODD}” is Cyrillic" in text(scene.client().get(f"/notices/{key}/{page}/"))
    assert WARNING not in text(scene.client().get(f"/notices/{key}/"))


def test_the_form_warns_when_it_is_shown_again_and_when_it_is_opened_again(scene: Scene) -> None:
    given = {"persons__rows": "1", "persons__1__name": ODD, "post": "XA-MIS"}
    again = scene.client().post("/notices/new/visa.staff/", given)
    assert again.status_code == 400
    assert f"in “{ODD}” is Cyrillic" in text(again)
    key = scene.drafts("visa.staff", persons=[a_member(ODD)]).partition("/")[2]
    assert f"in “{ODD}” is Cyrillic" in text(scene.client().get(f"/notices/draft/{key}/change/"))


def carry_files(scene: Scene) -> None:
    """Bring what lies at the other side over to ours, as the line does by and by."""
    for row in HeldFile.objects.using("b"):
        stage(
            scene.node,
            read(scene.pair.b, row.root),
            name="x",
            media_type="application/octet-stream",
            at=scene.node.clock(),
        )
