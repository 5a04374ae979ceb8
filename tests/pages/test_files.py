"""Files beside a draft: added, stripped, shown, looked at; and beside the notice once it left."""

import io
import re
import time
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from legation.line.models import Entry
from legation.line.queries.files import holding, space
from legation.line.services.files import erase
from legation.officers import queries, viewing
from legation.officers.models import AuditRow, Officer
from officers.intake import files
from officers.intake.files import SECRET
from pages.conftest import Scene


def adds(client: Client, draft: str, data: bytes, name: str = "fence.jpg") -> str:
    """Add a file in the form on the draft's page; return the page that follows."""
    key = draft.partition("/")[2]
    answer = client.post(
        f"/drafts/{key}/files/", {"file": SimpleUploadedFile(name, data)}, follow=True
    )
    assert answer.status_code == 200
    return str(answer.content.decode())


def refs(scene: Scene, draft: str) -> list[dict[str, Any]]:
    body = queries.draft(scene.node, draft).acts[0].fields
    found = body.get("files", [])
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, dict)]


def test_a_photograph_is_added_without_its_place_and_the_page_says_what_was_taken_out(
    scene: Scene,
) -> None:
    draft = scene.drafts()
    said = adds(scene.client(), draft, files.jpeg())
    assert "1 file added" in said
    assert "the place where a picture was taken" in said
    assert "N 55 45 7" in said
    (ref,) = refs(scene, draft)
    assert (ref["name"], ref["type"]) == ("fence.jpg", "image/jpeg")
    act = queries.draft(scene.node, draft).acts[0]
    assert act.version == 2
    here = holding(scene.node, ref["root"])
    assert here is not None
    assert here.complete


def test_a_cleared_draft_to_which_a_file_is_added_must_be_cleared_again(scene: Scene) -> None:
    draft = scene.drafts()
    key = draft.partition("/")[2]
    line = queries.draft(scene.node, draft).line
    scene.client("clears").post(f"/drafts/{key}/clear/", {"hash": line.hash})
    assert queries.draft(scene.node, draft).line.state == "cleared"
    adds(scene.client(), draft, files.png(), "x.png")
    after = queries.draft(scene.node, draft).line
    assert (after.state, after.cleared_by) == ("drafted", "")
    assert after.hash != line.hash


def test_a_file_is_taken_away_again_and_the_draft_is_as_it_was(scene: Scene) -> None:
    draft = scene.drafts()
    before = queries.draft(scene.node, draft).acts[0]
    client = scene.client()
    adds(client, draft, files.png(), "x.png")
    (ref,) = refs(scene, draft)
    key = draft.partition("/")[2]
    client.post(f"/drafts/{key}/files/{ref['root']}/remove/")
    after = queries.draft(scene.node, draft).acts[0]
    assert (after.body, after.version) == (before.body, before.version)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"PK\x03\x04aaaa", "letter.docx", "office document"),
        (files.locked_document(), "x.pdf", "under a password"),
        (files.png_bomb(), "x.png", "at most 80,000,000 dots"),
        (b"", "x.pdf", "there is nothing in it"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_on_the_page_and_nothing_is_kept(
    scene: Scene, data: bytes, name: str, said: str
) -> None:
    draft = scene.drafts()
    page = adds(scene.client(), draft, data, name)
    assert said in page
    assert refs(scene, draft) == []
    assert space(scene.node).used == 0


def test_a_name_that_turns_the_direction_of_writing_is_shown_as_it_is_read(scene: Scene) -> None:
    draft = scene.drafts()
    adds(scene.client(), draft, b"text", "a\u202efdp.exe")
    (ref,) = refs(scene, draft)
    assert ref["name"] == "afdp.txt"


def test_a_file_over_the_limit_stops_on_its_way_in(scene: Scene) -> None:
    page = adds(scene.client(), scene.drafts(), b"x" * 26_214_500, "x.txt")
    assert "more than 26,214,400 bytes" in page, "nobody counted the rest of it"


def test_a_large_body_is_taken_only_where_files_are_added(scene: Scene) -> None:
    for client, page in ((scene.client(), "/notices/new/note/"), (scene.stranger(), "/sign-in/")):
        big = {"file": SimpleUploadedFile("x", b"x" * 17_000_000)}
        assert client.post(page, big).status_code == 413


def test_files_are_added_by_who_may_draft_with_the_form_s_own_secret(scene: Scene) -> None:
    key = scene.drafts().partition("/")[2]
    one = {"file": SimpleUploadedFile("x.png", files.png())}
    strict = scene.client(enforce_csrf_checks=True)
    assert strict.post(f"/drafts/{key}/files/", one).status_code == 403
    for role in ("audits", "runs"):
        assert scene.client(role).post(f"/drafts/{key}/files/", one).status_code == 403
    assert scene.client().get(f"/drafts/{key}/files/").status_code == 405
    assert scene.stranger().post(f"/drafts/{key}/files/", one).status_code == 302
    assert refs(scene, f"draft/{key}") == []


def test_a_document_is_looked_at_as_pictures_and_saved_as_an_attachment(scene: Scene) -> None:
    draft = scene.drafts()
    client = scene.client()
    adds(client, draft, files.hostile_document(), "Приложение.pdf")
    (ref,) = refs(scene, draft)
    below = f"/drafts/{draft.partition('/')[2]}/files/{ref['root']}/"
    page = client.get(below).content.decode()
    assert "Page 1 of 2" in page
    assert f"{below}page/1.png" in page
    drawn = client.get(f"{below}page/2.png")
    assert drawn.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(drawn.content)).size[0] in (1240, 1241)
    assert client.get(f"{below}page/3.png").status_code == 404
    copy = client.get(f"{below}save/")
    assert copy.headers["Content-Disposition"].startswith("attachment;")
    assert copy.headers["X-Content-Type-Options"] == "nosniff"
    assert copy.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    data = b"".join(copy.streaming_content)  # type: ignore[attr-defined]  # a stream
    assert len(pypdfium2.PdfDocument(data)) == 2
    assert SECRET.encode() not in data
    assert client.get(f"/drafts/{draft.partition('/')[2]}/files/{'0' * 64}/").status_code == 404


def test_text_is_shown_as_text_whatever_it_looks_like(scene: Scene) -> None:
    draft = scene.drafts()
    client = scene.client()
    adds(client, draft, b"<script>alert(1)</script>\n", "x.html")
    (ref,) = refs(scene, draft)
    page = client.get(f"/drafts/{draft.partition('/')[2]}/files/{ref['root']}/")
    assert "&lt;script&gt;alert(1)" in page.content.decode()
    assert ref["name"] == "x.txt"


def test_what_was_taken_out_is_ours_only_and_is_written_down(scene: Scene) -> None:
    draft = scene.drafts()
    said = adds(scene.client(), draft, files.jpeg())
    before, _, after = said.partition(SECRET)
    assert after
    assert before.rpartition("<div class=")[2].startswith('"private')
    row = AuditRow.objects.get(what="file.taken")
    assert (row.by, row.about, row.detail["name"]) == ("Ada", draft, "fence.jpg")
    body = queries.draft(scene.node, draft).acts[0].body
    assert SECRET.encode() not in body
    assert b"was" not in body.split(b'"files"')[1].split(b"]")[0]


def released(scene: Scene, *beside: tuple[str, bytes]) -> str:
    """Release a note with files and carry it over; return its id."""
    draft = scene.drafts()
    for name, data in beside:
        adds(scene.client(), draft, data, name)
    notice = scene.leaves(draft)
    scene.pair.sync()
    return notice


def test_the_notice_lists_its_files_and_shows_them(scene: Scene) -> None:
    notice = released(scene, ("План.pdf", files.document(2)), ("x.png", files.png()))
    key = notice.partition("/")[2]
    client = scene.client("audits")
    page = client.get(f"/notices/{key}/").content.decode()
    assert "План.pdf" in page
    assert "Picture (PNG)" in page
    root = page.split(f"/notices/{key}/files/")[1].split("/")[0]
    assert "Page 1 of 2" in client.get(f"/notices/{key}/files/{root}/").content.decode()
    assert client.get(f"/notices/{key}/files/{root}/page/2.png").status_code == 200
    assert client.get(f"/notices/{key}/files/{root}/save/").status_code == 200
    assert scene.client("runs").get(f"/notices/{key}/files/{root}/").status_code == 403
    assert client.get(f"/notices/{key}/files/{'0' * 64}/save/").status_code == 404


def test_an_officer_of_another_post_finds_no_file_there(scene: Scene) -> None:
    notice = released(scene, ("x.png", files.png()))
    key = notice.partition("/")[2]
    client = scene.client()
    root = client.get(f"/notices/{key}/").content.decode()
    root = root.split(f"/notices/{key}/files/")[1].split("/")[0]
    Officer.objects.filter(username="Ada").update(post="post/XA-ELS")
    for below in ("", "save/", "page/1.png"):
        assert client.get(f"/notices/{key}/files/{root}/{below}").status_code == 404
    assert client.get(f"/notices/{key}/note.pdf").status_code == 404


def test_an_erased_file_is_neither_shown_nor_saved_nor_drawn_from_memory(scene: Scene) -> None:
    notice = released(scene, ("x.png", files.png()))
    key = notice.partition("/")[2]
    client = scene.client()
    page = client.get(f"/notices/{key}/").content.decode()
    below = f"/notices/{key}/files/{page.split(f'/notices/{key}/files/')[1].split('/')[0]}/"
    assert client.get(f"{below}page/1.png").status_code == 200
    erase(scene.node, below.split("/")[4], at=scene.node.clock())
    assert "Erased here" in client.get(f"/notices/{key}/").content.decode()
    for address in (below, f"{below}save/", f"{below}page/1.png"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert "destroyed here" in answer.content.decode()


def test_what_was_taken_out_is_in_no_proof_print_or_act_that_crossed(scene: Scene) -> None:
    notice = released(scene, ("x.jpg", files.jpeg()))
    key = notice.partition("/")[2]
    client = scene.client()
    for address in (f"/notices/{key}/", f"/notices/{key}/print/", f"/notices/{key}/note.pdf"):
        assert SECRET.encode() not in client.get(address).content
    theirs = [bytes(row.opening) for row in Entry.objects.using("b").all()]
    assert theirs
    assert not any(SECRET.encode() in opening for opening in theirs)


def test_a_page_that_takes_long_to_draw_is_given_up(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small document can hold work for hours, and whoever sent it may be the other side."""
    monkeypatch.setattr(viewing, "DRAWN_WITHIN", 2)
    draft = scene.drafts()
    adds(scene.client(), draft, files.endless_page(), "plan.pdf")
    [ref] = refs(scene, draft)
    begun = time.monotonic()
    answer = scene.client().get(f"/drafts/{draft.partition('/')[2]}/files/{ref['root']}/")
    assert answer.status_code == 400
    assert "takes more memory or time" in answer.content.decode()
    assert time.monotonic() - begun < 20


def test_the_room_that_is_left_is_told_where_files_are_added(scene: Scene) -> None:
    page = f"/drafts/{scene.drafts().partition('/')[2]}/"
    said = r"Room for files on this node: [\d.]+\W+GB of 2.0\W+GB left"
    assert re.search(said, scene.client().get(page).content.decode())
    assert "Room for files" not in scene.client("audits").get(page).content.decode()
