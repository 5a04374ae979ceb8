"""A file of a notice is erased from its page: two officers, a ground, what it does not reach."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from legation.acts.kinds.notice_state import NoticeState
from legation.line.models import Entry
from legation.line.queries.book import thing
from legation.line.queries.files import holding
from legation.notices import services as notices
from legation.officers.models import Draft
from officers.intake import files
from pages.conftest import Scene
from pages.test_alike import a_member


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def refs(scene: Scene, notice: str) -> list[str]:
    found = thing(scene.node, notice)
    assert isinstance(found, NoticeState)
    return [ref.root.text for ref in found.all_files()]


def with_a_file(scene: Scene) -> str:
    """Send a note with a picture; return its id."""
    draft = scene.drafts()
    sent = {"file": SimpleUploadedFile("x.png", files.png())}
    scene.client().post(f"/drafts/{draft.partition('/')[2]}/files/", sent)
    notice = scene.leaves(draft)
    scene.pair.sync()
    return notice


def test_an_officer_drafts_it_with_a_ground_and_nothing_is_destroyed_before_release(
    scene: Scene,
) -> None:
    notice = with_a_file(scene)
    (root,) = refs(scene, notice)
    page = f"/notices/{notice.partition('/')[2]}/"
    assert f"{page}files/{root}/erase/" in text(scene.client().get(page))
    shown = text(scene.client().get(f"{page}files/{root}/erase/"))
    for said in ("Nobody: each side holds its copy", "Backups", "Prints", "x.png"):
        assert said in shown
    where = scene.client().post(f"{page}files/{root}/erase/", {"ground": "A wrong plan."})
    draft = Draft.objects.get(acts__type="file.erased")
    assert where["Location"] == f"/drafts/{draft.id.partition('/')[2]}/"
    held = holding(scene.node, root)
    assert held is not None
    assert held.erased_at is None
    assert "A draft that says so waits" in text(scene.client().get(f"{page}files/{root}/erase/"))
    scene.leaves(draft.id)
    scene.pair.sync()
    held = holding(scene.node, root)
    assert held is not None
    assert held.erased_at is not None
    scene.passes(timedelta(days=9))
    after = text(scene.client().get(f"{page}files/{root}/erase/"))
    assert "XA says that it erased its copy" in after
    assert "A wrong plan." in after
    assert re.search(r"The other side has not confirmed.*?waiting 9 days", after)
    assert "Keep as a draft" not in after
    assert re.search("has not confirmed.*waiting 9 days", text(scene.client().get(page)))
    scene.leaves(
        notices.draft_erasure(
            scene.pair.b, notice=notice, root=root, ground="Likewise.", by="Cem",
            at=scene.pair.b.clock(),
        ).id,
        side="b",
    )  # fmt: skip
    scene.pair.sync()
    assert "Both sides say that they erased it" in text(
        scene.client().get(f"{page}files/{root}/erase/")
    )


def test_a_person_s_data_is_erased_from_the_persons_page_and_the_line_stays(scene: Scene) -> None:
    notice = scene.sends("visa.staff", persons=[a_member("Ada Lovelace")])
    (root,) = refs(scene, notice)
    key = notice.partition("/")[2]
    erase = f"/notices/{key}/files/{root}/erase/"
    assert erase in text(scene.client().get(f"/notices/{key}/persons/"))
    shown = text(scene.client().get(erase))
    assert "The data of person 1" in shown
    assert "Lovelace" not in shown
    scene.client().post(erase, {"ground": "The passport was another's."})
    scene.leaves(Draft.objects.get(acts__type="file.erased").id)
    after = text(scene.client().get(f"/notices/{key}/persons/"))
    assert "[erased]" in after
    assert "Who erased it, and why" in after
    assert "Lovelace" not in after
    scene.passes(timedelta(days=9))
    page = text(scene.client().get(f"/notices/{key}/"))
    assert re.search(
        "The data of person 1<.*XA says that it erased.*has not confirmed: .*waiting 9 d", page
    )


@pytest.mark.parametrize("ground", ["", "   ", "x" * 201, "fdp\u202egnp"])
def test_a_ground_that_says_nothing_or_misleads_is_refused_in_words(
    scene: Scene, ground: str
) -> None:
    notice = with_a_file(scene)
    (root,) = refs(scene, notice)
    before = Entry.objects.count()
    page = scene.client().post(
        f"/notices/{notice.partition('/')[2]}/files/{root}/erase/", {"ground": ground}
    )
    assert page.status_code == 400
    assert 'role="alert"' in text(page)
    assert not Draft.objects.filter(acts__type="file.erased").exists()
    assert Entry.objects.count() == before


def test_who_may_not_draft_reads_who_erased_it_and_erases_nothing(scene: Scene) -> None:
    notice = with_a_file(scene)
    (root,) = refs(scene, notice)
    erase = f"/notices/{notice.partition('/')[2]}/files/{root}/erase/"
    audits = scene.client("audits")
    assert "Keep as a draft" not in text(audits.get(erase))
    assert audits.post(erase, {"ground": "A wrong plan."}).status_code == 403
    unknown = f"/notices/{notice.partition('/')[2]}/files/{'0' * 64}/erase/"
    assert scene.client().get(unknown).status_code == 404
