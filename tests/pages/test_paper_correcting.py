"""A note of theirs that was mistyped is typed in anew from its page; the first stays, struck."""

from typing import Any

import pytest

from legation.line.models import BookEntry
from legation.notices.paper import services as paper
from pages.conftest import Scene, a_note
from pages.test_alike import a_member

WORDS = "The fence of the embassy was moved. Please put it back."


def came(scene: Scene, kind: str = "note", **more: Any) -> str:
    """Type in a note of theirs; return its key."""
    data: Any = {
        "post": "XB-MFA",
        "paper": {"number": "No 12", "on": f"{scene.node.clock():%Y-%m-%d}"},
        "texts": [{"lang": "en", "role": "original", "text": WORDS}],
        **more,
    }
    entered = paper.enter_note(scene.node, kind=kind, data=data, by="Ada", at=scene.node.clock())
    return entered.on.partition("/")[2]


def fixed(scene: Scene, **changes: str) -> dict[str, str]:
    return {
        "post": "XB-MFA",
        "paper__number": "No 21",
        "paper__on": f"{scene.node.clock():%Y-%m-%d}",
        "text_en": WORDS,
        "role_en": "original",
        "why": "Two digits were swapped.",
        **a_note(),
        **changes,
    }


def test_a_note_is_corrected_and_what_was_typed_first_stays_struck(scene: Scene) -> None:
    key = came(scene, **a_note())
    client = scene.client()
    address = f"/notices/{key}/correct/"
    assert address in client.get(f"/notices/{key}/").content.decode()
    form = client.get(address).content.decode()
    assert 'value="No 12"' in form
    assert WORDS in form
    assert client.post(address, fixed(scene)).status_code == 302
    page = client.get(f"/notices/{key}/").content.decode()
    assert "<s>No 12" in page
    assert "<b>No 21</b>" in page
    assert "corrected: Two digits were swapped." in page
    assert BookEntry.objects.count() == 2


def test_a_note_about_persons_is_opened_with_their_data(scene: Scene) -> None:
    key = came(scene, "visa.staff", persons=[a_member("Ada Lovelace")])
    form = scene.client().get(f"/notices/{key}/correct/").content.decode()
    assert 'value="Ada Lovelace"' in form


@pytest.mark.parametrize(
    ("field", "said"), [("why", ""), ("paper__number", ""), ("post", "XA-MFA")]
)
def test_what_is_wrong_is_said_and_nothing_is_corrected(
    scene: Scene, field: str, said: str
) -> None:
    key = came(scene, **a_note())
    page = scene.client().post(f"/notices/{key}/correct/", fixed(scene, **{field: said}))
    assert page.status_code == 400
    assert 'class="wrong"' in page.content.decode()
    assert BookEntry.objects.count() == 1


def test_nothing_is_corrected_that_left_or_came_by_the_line_nor_by_who_may_not_draft(
    scene: Scene,
) -> None:
    for side in "ab":
        key = scene.sends(side=side).partition("/")[2]
        assert scene.client().get(f"/notices/{key}/correct/").status_code == 404
    key = came(scene, **a_note())
    assert scene.client("audits").get(f"/notices/{key}/correct/").status_code == 403
