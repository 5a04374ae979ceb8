"""What the line's page says: carriers, what waits, what was refused and why, two histories."""

import re
from datetime import timedelta
from typing import Any

from legation.line import services as line
from legation.line.models import Evidence, Log, RefusalCount
from legation.line.queries.status import status
from pages.conftest import Scene


def said(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split())


def test_the_band_says_that_both_hold_the_same(scene: Scene) -> None:
    scene.sends()
    client = scene.client()
    page = said(client.get("/"))
    assert "Line of contact is open" in page
    assert re.search(r"Same \d+ entries on both sides", page)


def test_the_band_says_what_the_other_side_does_not_hold_yet(scene: Scene) -> None:
    scene.sends()
    scene.leaves(scene.drafts())
    assert "They lack 1 of ours" in said(scene.client().get("/"))
    page = said(scene.client().get("/line/"))
    assert "1 entry of ours" in page
    assert "XA-MFA/2026/002" in page


def test_silence_is_said_on_every_page(scene: Scene) -> None:
    scene.sends()
    scene.passes(timedelta(minutes=5))
    for page in ("/", "/notices/", "/record/", "/line/", "/me/"):
        assert "Line of contact is silent" in said(scene.client().get(page)), page


def test_what_was_refused_is_counted_with_what_it_was(scene: Scene) -> None:
    sealed = line.outgoing(scene.pair.b, carrier="folder", at=scene.node.clock())[0]
    torn = sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:]
    for _ in range(2):
        scene.takes(torn)
    row = RefusalCount.objects.get()
    page = said(scene.client().get("/line/"))
    assert row.count == 2
    assert f"{row.code} 2" in page
    assert "was changed on its way" in page


def test_two_histories_are_told_on_every_page_and_both_are_shown(scene: Scene) -> None:
    scene.sends()
    Log.objects.filter(side="peer").update(state="frozen")
    Evidence.objects.create(
        kind="fork", side="peer", at=scene.node.clock(), first="first note", second="second note"
    )
    assert "Two histories: line stopped" in said(scene.client().get("/notices/"))
    page = said(scene.client("runs").get("/line/"))
    assert "first note" in page
    assert "second note" in page


def test_the_record_is_told_in_words_and_its_tail_is_marked(scene: Scene) -> None:
    scene.sends()
    page = said(scene.client().get("/record/"))
    assert re.search(r"Both sides hold the same \d+ entries", page)
    assert re.search(r"of ours (was|were) countersigned by the other side", page)
    scene.leaves(scene.drafts())
    assert "may still change" in said(scene.client().get("/record/"))


def test_the_record_names_the_fingerprints_that_an_outsider_gives_verify(scene: Scene) -> None:
    page = said(scene.client().get("/record/"))
    roots = status(scene.node).roots
    assert set(roots) == {"XA", "XB"}
    for party, fingerprint in roots.items():
        assert f"{party}:{fingerprint}" in page


def test_twelve_characters_look_an_entry_up(scene: Scene) -> None:
    scene.sends()
    client = scene.client()
    code = re.search(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", said(client.get("/record/own/0/")))
    assert code is not None
    for typed in (code[0], code[0].lower(), code[0].replace("-", "")):
        assert client.get("/find/", {"q": typed}).headers["Location"] == "/record/own/0/"


def test_a_live_part_knows_in_which_page_it_stands(scene: Scene) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://xa.localhost/notices/?state=closed"}
    part = scene.client().get("/band/", headers=asked).content.decode()
    here = re.search(r'<a href="([^"]+)"[^>]*aria-current="page"', part)
    assert here is not None
    assert here[1] == "/notices/"


def test_a_stick_that_was_used_once_is_not_called_down(scene: Scene) -> None:
    """The desk's other carrier goes on; of the folder nobody expects an echo."""
    scene.sends()
    scene.passes(timedelta(hours=1))
    for bundle in line.outgoing(scene.node, carrier="https", at=scene.node.clock()):
        line.receive(scene.pair.b, bundle, carrier="https", at=scene.node.clock())
    band = scene.client().get("/band/").content.decode()
    assert re.search(r"Folder<span class=\"visually-hidden\"> is not in use now", band)
    assert re.search(r"Direct<span class=\"visually-hidden\"> does not answer", band)
    assert "Not in use now" in scene.client().get("/line/").content.decode()
