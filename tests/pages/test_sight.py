"""What an officer of another post finds of a notice: nothing, on no page, in no count."""

import re

import pytest
from django.test import Client

from legation.errors import Refusal
from legation.line.models import Entry
from legation.missions.models import ChronicleEntry, FactLink
from legation.notices import queries as notice_queries
from legation.notices import services as notices
from legation.notices.drafting.models import Translation
from legation.notices.models import Notice
from legation.officers import services
from legation.officers.models import Officer
from pages.conftest import Scene

VARNA = "post/XA-VAR"


def of_another_post(scene: Scene, *roles: str) -> Client:
    """Return a browser of an officer at Varna; the scene's notices are the ministry's."""
    services.add_officer(
        scene.node,
        name="Vera",
        roles=roles or ("officer", "clearing"),
        post=VARNA,
        at=scene.node.clock(),
    )
    client = Client(HTTP_HOST="xa.localhost")
    client.force_login(Officer.objects.get(username="Vera"))
    return client


def of_two_posts(scene: Scene) -> dict[str, str]:
    """Send a notice of the ministry, receive one, and draft one: all of another post."""
    scene.sends()
    scene.sends(side="b")
    scene.drafts()
    return scene.names()


def test_an_officer_of_another_post_finds_nothing_of_a_notice(scene: Scene) -> None:
    names = of_two_posts(scene)
    client = of_another_post(scene)
    for page in (
        "/notices/{notice}/",
        "/notices/{theirs}/",
        "/notices/{notice}/print/",
        "/notices/{notice}/note.pdf",
        "/drafts/{draft}/",
        "/notices/draft/{draft}/note.pdf",
        *(f"/record/own/{entry}/" for entry in entries_of(scene)),
        *(f"/record/own/{entry}/proof/" for entry in entries_of(scene)),
    ):
        answer = client.get(page.format(**names))
        assert answer.status_code == 404, page
        assert "A fence" not in answer.content.decode(), page


def entries_of(scene: Scene) -> list[int]:
    rows = Entry.objects.filter(side="own", on__startswith="notice/")
    return list(rows.values_list("index", flat=True))


def test_no_list_search_count_or_badge_tells_of_another_post(scene: Scene) -> None:
    names = of_two_posts(scene)
    number = Notice.objects.filter(by="XA").values_list("number", flat=True)[0]
    client = of_another_post(scene)
    for page in (
        "/",
        "/notices/",
        "/notices/?text=fence",
        "/drafts/",
        "/find/?q=fence",
        f"/find/?q={number}",
        "/record/own/",
        "/record/peer/",
        "/band/",
    ):
        text = client.get(page, follow=True).content.decode()
        for told in ("A fence", number, *names.values()):
            if not page.startswith("/find/"):  # which says again what was typed
                assert told not in text, (page, told)
        assert 'class="count"' not in text, page
    assert client.get(f"/find/?q={number}").status_code == 200  # and not a way to its page


def test_an_officer_of_another_post_changes_nothing_of_a_notice(scene: Scene) -> None:
    names = of_two_posts(scene)
    client, before = of_another_post(scene), scene.rows()
    for page in (
        "/notices/{theirs}/answer/",
        "/notices/{notice}/withdraw/",
        "/notices/{notice}/close/",
        "/drafts/{draft}/clear/",
        "/drafts/{draft}/release/",
        "/drafts/{draft}/discard/",
    ):
        assert client.post(page.format(**names), {}, follow=True).status_code == 404, page
    assert scene.rows() == before
    for deed in (notices.draft_withdraw, notices.draft_close):
        with pytest.raises(Refusal) as refused:
            deed(
                scene.node,
                notice=f"notice/{names['notice']}",
                data={},
                by="Vera",
                at=scene.node.clock(),
            )
        assert refused.value.code == "unknown-subject"


def test_a_translation_of_another_post_s_draft_is_not_theirs_to_judge(scene: Scene) -> None:
    texts = [
        {"lang": "en", "role": "original", "text": "One."},
        {"lang": "ru", "role": "courtesy", "text": "Раз."},
    ]
    key = scene.drafts(texts=texts).partition("/")[2]
    client, before = of_another_post(scene), list(Translation.objects.values())
    said = []
    for name in (key, "none"):  # one that is there answers as one that is not
        client.post(f"/notices/draft/{name}/translated/", {"lang": "ru"})
        said.append("holds no draft of that id" in client.get("/me/").content.decode())
    assert said == [True, True]
    assert list(Translation.objects.values()) == before != []


def test_the_chronicle_s_ties_tell_nothing_of_another_post_s_notice(scene: Scene) -> None:
    at = scene.node.clock()
    notice = scene.sends()
    number = Notice.objects.get(id=notice).number
    ChronicleEntry.objects.create(
        section="facts",
        key="F1",
        on="2020-01-01",
        content={},
        dossier="d",
        loaded_at=at,
        loaded_by="Ada",
    )
    tie = FactLink.objects.create(fact="F1", thing=notice, linked_by="Ada", linked_at=at)
    client = of_another_post(scene)
    said = {}
    for name in (number, notice, "XA/1999/1"):
        client.post("/chronicle/link/F1/", {"notice": name})
        page = client.get("/me/").content.decode()
        said[name] = re.sub(re.escape(name), "-", " ".join(re.findall(r"Notice [^<]*", page)))
    assert len(set(said.values())) == 1, said  # one that is there answers as one that is not
    assert client.post(f"/chronicle/unlink/{tie.pk}/").status_code == 404
    assert FactLink.objects.count() == 1


def test_the_whole_record_is_not_for_the_officer_of_one_post(scene: Scene) -> None:
    of_two_posts(scene)
    client = of_another_post(scene)
    answer = client.get("/record/export/")
    assert answer.status_code == 403
    assert "the notices of every post" in answer.content.decode()
    assert b"/record/export/" not in client.get("/record/").content


def test_an_officer_of_a_post_sees_what_it_sends_and_what_is_sent_to_it(scene: Scene) -> None:
    client = of_another_post(scene)
    sent = scene.sends(post="XA-VAR")
    scene.drafts(post="XA-VAR")
    for page in (f"/notices/{sent.partition('/')[2]}/", "/notices/", "/drafts/", "/find/?q=fence"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "fence" in answer.content.decode().casefold(), page
    assert "XA-VAR" in client.get("/notices/").content.decode()


def test_the_command_line_without_a_name_sees_all(scene: Scene) -> None:
    names = of_two_posts(scene)
    of_another_post(scene)
    assert {row.key for row in notice_queries.notices(scene.node).rows} >= {
        names["notice"],
        names["theirs"],
    }
