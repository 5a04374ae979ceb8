"""A choice of notices that an officer keeps: theirs alone, counted truly, named anew, given up."""

import re

from pages.conftest import Scene


def kept(scene: Scene, role: str = "drafts", page: str = "/notices/") -> dict[str, int]:
    """Return the officer's filters as a page shows them: name -> count."""
    said = scene.client(role).get(page).content.decode()
    found = re.findall(
        r'<li><a [^>]*href="[^"]*\?[^"]*"[^>]*>([^<]+)</a><b class="num">(\d+)', said
    )
    return {name: int(count) for name, count in found}


def keeps(scene: Scene, name: str, query: str, role: str = "drafts") -> int:
    answer = scene.client(role).post("/saved/", {"name": name, "query": query})
    return answer.status_code


def test_a_kept_filter_stands_on_both_pages_with_the_count_of_its_list(scene: Scene) -> None:
    scene.sends()
    scene.sends("note", subject="A gate")
    scene.sends("note", side="b")
    assert keeps(scene, "Ours", "by=ours") == 302
    assert keeps(scene, "Gates", "text=gate&by=ours") == 302
    for page in ("/notices/", "/"):
        assert kept(scene, page=page) == {"Gates": 1, "Ours": 2}
    assert "1 notice<" in scene.client().get("/notices/?text=gate&by=ours").content.decode()


def test_a_kept_filter_is_the_officer_s_own(scene: Scene) -> None:
    keeps(scene, "Ours", "by=ours")
    assert kept(scene, "clears") == {}
    scene.client("clears").post("/saved/1/delete/")
    scene.client("clears").post("/saved/1/name/", {"name": "Stolen"})
    assert kept(scene) == {"Ours": 0}


def test_a_kept_filter_is_named_anew_changed_and_given_up(scene: Scene) -> None:
    keeps(scene, "Ours", "by=ours")
    keeps(scene, "Other", "by=theirs")
    client = scene.client()
    client.post("/saved/1/name/", {"name": "  What we  sent "})
    assert set(kept(scene)) == {"Other", "What we sent"}
    said = client.post("/saved/1/name/", {"name": "Other"}, follow=True).content.decode()
    assert "another filter of yours has this name" in said
    keeps(scene, "Other", "state=answered")
    assert len(kept(scene)) == 2
    client.post("/saved/1/delete/")
    assert set(kept(scene)) == {"Other"}


def test_a_filter_that_chooses_everything_or_has_no_name_is_refused(scene: Scene) -> None:
    client = scene.client()
    for name, query, said in (
        ("All", "nothing=such", "it chooses every notice"),
        (" ", "by=ours", "it has no name"),
        ("A\u202eb", "by=ours", "it has no name"),
    ):
        answer = client.post("/saved/", {"name": name, "query": query}, follow=True)
        assert said in answer.content.decode()
    assert kept(scene) == {}


def test_an_officer_keeps_twelve(scene: Scene) -> None:
    for number in range(13):
        keeps(scene, f"Filter {number}", f"text=fence+{number}")
    assert len(kept(scene)) == 12
    said = scene.client().get("/notices/?by=ours").content.decode()
    assert "Keep this choice as" in said


def test_who_writes_nothing_keeps_nothing(scene: Scene) -> None:
    assert keeps(scene, "Ours", "by=ours", role="audits") == 403
