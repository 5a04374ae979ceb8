"""Today: every count is that of the list it opens, for every officer, whatever has happened."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

import nodes
from legation.officers import services as officers
from legation.officers.models import Officer
from pages.conftest import Scene, a_note, an_access
from pages.test_ours_only import on_paper

SECTION = r'<section class="[^"]*" id="{name}".*?</section>'
LISTS = {"answer": "/notices/?move=ours", "due": "/notices/?due=soon"}


@pytest.fixture
def busy(scene: Scene) -> Scene:
    """Notices of two posts both ways, some answered, drafts of two officers, days gone by."""
    for name, post in (("Mona", "post/XA-CAP"), ("Nils", "post/XA-MFA")):
        officers.add_officer(
            scene.node, name=name, roles=("officer",), post=post, at=scene.node.clock()
        )
    for number in range(10):
        scene.sends("note", subject=f"Ours {number}")
        scene.sends("note", side="b", subject=f"Theirs {number}")
    scene.passes(timedelta(days=2))
    for number in range(9):
        asked = f"2026-12-{number + 1:02d}"
        scene.sends("premises.access", **an_access(name=f"House {number}", asked_by=asked))
    scene.sends("premises.access", side="b", **an_access(premises="premises/P9", post="XB-MFA"))
    scene.answers(scene.sends("note", subject="Answered"))
    for number in range(11):
        scene.drafts(subject=f"Draft {number}")
    return scene


def client_of(name: str) -> Client:
    client = Client(HTTP_HOST="xa.localhost")
    client.force_login(Officer.objects.get(username=name))
    return client


def told(page: str) -> dict[str, int]:
    """Return the numbers on top: section -> count."""
    found = re.findall(r'<a href="#(\w+)"><svg.*?</svg><b>(\d+)</b>', page)
    return {name: int(count) for name, count in found}


def listed(page: str, name: str) -> int:
    found = re.search(SECTION.format(name=name), page, re.DOTALL)
    return 0 if found is None else len(re.findall(r"<li\b", found[0]))


@pytest.mark.parametrize("name", [*nodes.CAST["XA"][:4], "Mona", "Nils"])
def test_each_count_is_that_of_the_list_it_opens(busy: Scene, name: str) -> None:
    client = client_of(name)
    counts = told(client.get("/").content.decode())
    assert {"clear", "answer", "due", "arrived"} <= counts.keys()
    for section, count in counts.items():
        if section in LISTS:
            shown = client.get(LISTS[section]).content.decode()
            total = re.search(r"(\d+) notices?<", shown)
            assert total is not None
            assert int(total[1]) == count, section
        else:
            whole = client.get(f"/?all={section}").content.decode()
            assert listed(whole, section) == count, section


def test_an_officer_s_own_drafts_beyond_the_first_are_counted_and_opened(scene: Scene) -> None:
    for number in range(9):
        scene.drafts(subject=f"Draft {number}")
    ada = client_of("Ada")
    found = re.search(
        r'href="(\?all=mine)#theirs">Drafts: All (\d+)<', ada.get("/").content.decode()
    )
    assert found is not None
    whole = ada.get(f"/{found[1]}").content.decode()
    assert whole.count("Your draft. A second officer") == int(found[2]) == 9


def test_an_officer_of_a_post_sees_and_counts_nothing_of_another(busy: Scene) -> None:
    mona = client_of("Mona")
    assert told(mona.get("/").content.decode()) == {"clear": 0, "answer": 0, "due": 0, "arrived": 0}
    mine = busy.sends("note", post="XA-CAP", subject="Of the capital")
    key = mine.partition("/")[2]
    for page in ("/", "/notices/", "/find/?q=ours", "/find/?q=draft", "/notices/?text=ours"):
        said = mona.get(page).content.decode()
        assert "Ours 1" not in said, page
        assert "Draft 1" not in said, page
    assert "Of the capital" in mona.get("/find/?q=capital").content.decode()
    assert mona.get(f"/notices/{key}/").status_code == 200
    other = busy.sends("note", **a_note())
    assert mona.get(f"/notices/{other.partition('/')[2]}/").status_code == 404
    number = re.search(r"XA-MFA/2026/\d+", client_of("Ada").get("/notices/").content.decode())
    assert number is not None
    found: Any = mona.get("/find/", {"q": number[0]})
    assert found.status_code == 200
    assert "What fits" in found.content.decode()


def test_the_day_is_printed_by_a_button_and_without_what_is_ours_only(scene: Scene) -> None:
    scene.sends("note", side="b", subject="Theirs to be seen")
    scene.drafts(subject="Zeppelin")
    answer = scene.client("clears").get("/")
    html = answer.content.decode()
    assert re.search(r'<button class="btn" type="button" data-print hidden>', html)
    assert "Zeppelin" in html
    assert "seen" in on_paper(answer)
    assert "Zeppelin" not in on_paper(answer)
