"""What is ours only: marked on the page, and never on paper, in a proof or in an export."""

import re
import zipfile
from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import legation
import nodes
from pages.conftest import Scene, an_access
from pages.ledgers import SECRET, know, state

OFFICERS = {name for cast in nodes.CAST.values() for name in cast}
PRINT = Path(legation.__file__).parent / "ui/static/legation/css/print.css"
VOID = {"area", "br", "hr", "img", "input", "link", "meta", "path", "rect", "use"}


class Paper(HTMLParser):
    """Collects what a page says on paper: its title, which a browser puts on top of every sheet,
    and the words inside <main> that are not marked private."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            classes = (dict(attrs).get("class") or "").split()
            self.open.append((tag, "private" in classes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out what opens and closes at once; it holds no words."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _ in self.open]
        if {"main", "title"} & {*inside} and not any(private for _, private in self.open):
            self.words.append(data)


def on_paper(answer: Any) -> set[str]:
    page = Paper()
    page.feed(answer.content.decode())
    return set(re.findall(r"\w+", " ".join(page.words)))


def test_no_officer_is_named_outside_what_is_marked_ours_only(scene: Scene) -> None:
    notice = scene.sends().partition("/")[2]
    scene.drafts(subject="Not to be told yet")
    client = scene.client()
    for page in (f"/notices/{notice}/", f"/notices/{notice}/print/", "/notices/", "/record/own/0/"):
        words = on_paper(client.get(page))
        assert "fence" in words or "entry" in words, page
        assert words & OFFICERS == set(), page


def test_the_page_of_a_notice_shows_our_own_desk_who_released_it(scene: Scene) -> None:
    notice = scene.sends().partition("/")[2]
    said = scene.client().get(f"/notices/{notice}/").content.decode()
    assert "Drafted by Ada" in said
    assert "Cleared by Bela" in said


def test_a_draft_is_printed_by_no_page_of_the_desk(scene: Scene) -> None:
    """It has a sheet of its own, marked on every page; the browser's print says nothing of it."""
    key = scene.drafts(subject="Zeppelin", message="Zeppelin").partition("/")[2]
    for role in ("drafts", "clears"):
        client = scene.client(role)
        for page in (f"/drafts/{key}/", "/drafts/", f"/notices/draft/{key}/change/"):
            answer = client.get(page)
            assert "Zeppelin" in answer.content.decode(), page
            assert on_paper(answer) & {"Zeppelin", *OFFICERS} == set(), page
    audit = scene.client("audits").get("/audit/")
    assert "Ada" in audit.content.decode()
    assert on_paper(audit) & OFFICERS == set()


def test_what_is_marked_ours_only_is_not_printed() -> None:
    sheet = PRINT.read_text(encoding="utf-8")
    paper = sheet[sheet.index("@media print") :]
    assert re.search(r"\.private[^{]*\{\s*display: none !important", paper)


def opened(proof: bytes) -> bytes:
    """Return the act that a proof file carries, as it was before base64."""
    found = re.search(rb"^extra (\S+)$", proof, re.MULTILINE)
    return b"" if found is None else b64decode(found[1])


def test_a_draft_and_its_officers_are_in_no_export_and_no_proof(scene: Scene) -> None:
    scene.sends()
    scene.drafts(subject="Zeppelin over the park")
    client = scene.client()
    answer = client.get("/record/export/")
    archive = zipfile.ZipFile(BytesIO(b"".join(answer)))
    files = {name: archive.read(name) for name in archive.namelist()}
    files["a proof"] = client.get("/record/own/0/proof/").content
    for name, data in files.items():
        words = set(re.findall(rb"\w+", data + opened(data)))
        assert b"Zeppelin" not in words, name
        # A custodian's name stands in the keys document of their party: it is public.
        if not name.startswith(("keys/", "introductions/")):
            assert words & {officer.encode() for officer in OFFICERS} == set(), name


def test_the_form_inside_calls_a_building_what_its_owner_states(scene: Scene) -> None:
    state(scene.pair.a, "premises", "P2", "XA", name="Norwich House")
    know(scene.node, "premises/P3", "name", SECRET)
    for premises, shown in (("P2", "Norwich House (P2)"), ("P3", "premises/P3")):
        key = scene.sends("premises.access", **an_access(premises=f"premises/{premises}"))
        page = scene.client().get(f"/notices/{key.partition('/')[2]}/").content.decode()
        assert shown in page.partition("The form inside")[2]
        assert SECRET not in page
