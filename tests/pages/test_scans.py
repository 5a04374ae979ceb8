"""Scans of paper beside a notice: kept, looked at, taken away, and never anybody else's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from legation.line.models import Delivery, Entry, HeldFile
from legation.line.queries.files import holding
from legation.line.services.files import UNUSED_AFTER, stage
from legation.officers.models import Scan
from legation.officers.services.sweeping import sweep_files
from officers.intake import files
from officers.intake.files import SECRET
from pages.conftest import Scene


def keeps(
    client: Client, key: str, data: bytes, name: str = "receipt.jpg", what: str = "delivered"
) -> str:
    sent = {"file": SimpleUploadedFile(name, data), "what": what}
    return client.post(f"/notices/{key}/files/", sent, follow=True).content.decode()


@pytest.fixture
def key(scene: Scene) -> str:
    return scene.sends().partition("/")[2]


def test_a_stamped_copy_is_kept_beside_the_notice_and_looked_at(scene: Scene, key: str) -> None:
    client = scene.client()
    page = keeps(client, key, files.jpeg())
    assert "It is ours only and never leaves." in page
    assert "Copy with the stamp of receipt" in page
    row = Scan.objects.get()
    assert (row.thing, row.what, row.added_by) == (f"notice/{key}", "delivered", "Ada")
    below = f"/notices/{key}/files/{row.root}/"
    assert client.get(below).status_code == 200
    assert client.get(f"{below}page/1.png").headers["Content-Type"] == "image/png"
    assert SECRET.encode() not in b"".join(client.get(f"{below}save/").streaming_content)  # type: ignore[attr-defined]  # a stream


def test_a_scan_never_crosses_and_is_on_no_paper(scene: Scene, key: str) -> None:
    keeps(scene.client(), key, files.document(), "their reply.pdf", "reply")
    row = Scan.objects.get()
    scene.sends()
    crossed = [bytes(each.opening) for each in Entry.objects.using("b").all()]
    assert len(crossed) >= 2
    assert not any(row.root.encode() in opening for opening in crossed)
    assert holding(scene.pair.b, row.root) is None
    client = scene.client()
    for address in (f"/notices/{key}/print/", f"/notices/{key}/note.pdf"):
        assert b"their reply" not in client.get(address).content
    page = client.get(f"/notices/{key}/").content.decode()
    before = page.partition("their reply")[0]
    assert before.rpartition("<section")[2].startswith(' class="panel private"')


def test_a_scan_is_taken_away_and_its_bytes_go_with_what_nothing_names(
    scene: Scene, key: str
) -> None:
    client = scene.client()
    keeps(client, key, files.png(), "x.png")
    root = Scan.objects.get().root
    scene.passes(UNUSED_AFTER * 2)
    assert sweep_files(scene.node, at=scene.node.clock()) == 0
    client = scene.client()
    client.post(f"/notices/{key}/files/{root}/remove/")
    assert Scan.objects.get().dropped_by == "Ada"
    assert client.get(f"/notices/{key}/files/{root}/").status_code == 404
    assert sweep_files(scene.node, at=scene.node.clock()) == 1
    assert holding(scene.node, root) is None


def test_the_sweep_spares_what_an_open_draft_names(scene: Scene) -> None:
    draft = scene.drafts().partition("/")[2]
    sent = {"file": SimpleUploadedFile("x.png", files.png())}
    scene.client().post(f"/drafts/{draft}/files/", sent)
    loose = stage(scene.node, b"nobody's", name="x", media_type="text/plain", at=scene.node.clock())
    scene.passes(UNUSED_AFTER * 2)
    assert sweep_files(scene.node, at=scene.node.clock()) == 1
    assert holding(scene.node, loose.root.text) is None
    scene.client().post(f"/drafts/{draft}/discard/")
    assert sweep_files(scene.node, at=scene.node.clock()) == 0, "they went with the draft"
    assert not HeldFile.objects.exists()


@pytest.mark.parametrize(
    ("data", "what", "said"),
    [
        (files.locked_document(), "reply", "under a password"),
        (files.png(), "secret", "a stamped copy, a reply, or other"),
        (b"MZ\x90", "other", "it is a program"),
    ],
)
def test_what_cannot_be_kept_is_refused_on_the_page(
    scene: Scene, key: str, data: bytes, what: str, said: str
) -> None:
    assert said in keeps(scene.client(), key, data, what=what)
    assert not Scan.objects.exists()


def test_the_same_scan_is_not_kept_twice(scene: Scene, key: str) -> None:
    client = scene.client()
    keeps(client, key, files.png())
    assert "with these very bytes stands there" in keeps(client, key, files.png())
    assert Scan.objects.count() == 1


def test_who_may_not_draft_keeps_no_scan_and_sees_no_form(scene: Scene, key: str) -> None:
    keeps(scene.client(), key, files.png())
    audits = scene.client("audits")
    assert 'id="id_scan"' not in audits.get(f"/notices/{key}/").content.decode()
    one = {"file": SimpleUploadedFile("x.png", files.png()), "what": "other"}
    assert audits.post(f"/notices/{key}/files/", one).status_code == 403
    strict = scene.client(enforce_csrf_checks=True)
    assert strict.post(f"/notices/{key}/files/", one).status_code == 403


def test_a_delivery_names_the_copy_with_the_stamp_and_keeps_it(scene: Scene, key: str) -> None:
    client = scene.client()
    address = f"/notices/{key}/delivery/"
    assert 'name="scan"' not in client.get(address).content.decode()
    keeps(client, key, files.jpeg())
    root = Scan.objects.get().root
    assert f'<option value="{root}">receipt.jpg</option>' in client.get(address).content.decode()
    today = f"{scene.node.clock():%Y-%m-%d}"
    said = {"on": today, "place": "Registry", "by_whom": "Ada", "scan": root}
    assert client.post(address, said).status_code == 302
    row = Delivery.objects.get()
    assert row.scan["root"] == root
    below = f"/notices/{key}/files/{root}/"
    panel = client.get(f"/notices/{key}/").content.decode().partition('id="paper"')[2]
    assert below in panel.partition("</section>")[0]
    client.post(f"{below}remove/")
    scene.passes(UNUSED_AFTER * 2)
    sweep_files(scene.node, at=scene.node.clock())
    assert scene.client().get(below).status_code == 200, "the delivery still names it"


def test_a_scan_that_is_not_kept_there_is_no_choice(scene: Scene, key: str) -> None:
    client = scene.client()
    keeps(client, key, files.jpeg())
    today = f"{scene.node.clock():%Y-%m-%d}"
    said = {"on": today, "place": "Registry", "by_whom": "Ada", "scan": "0" * 64}
    client.post(f"/notices/{key}/delivery/", said)
    assert not Delivery.objects.exclude(scan={}).exists()
