"""Who comes in and who is shut out, in a browser's terms: sessions, return, expulsion, audit."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from legation.officers import queries, services
from legation.officers.browsers import browser_of, place_of, system_of
from legation.officers.models import Officer
from legation.officers.queries.trail import csv_line
from pages.conftest import ROLES, Scene

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "a sentence that I remember"
HEADERS = {"HTTP_USER_AGENT": FIREFOX, "REMOTE_ADDR": "192.168.1.20"}


def said(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def of_post(scene: Scene, name: str, post: str, *roles: str) -> Client:
    """Add an officer of a post, and return a browser in which they have signed in."""
    services.add_officer(
        scene.node,
        name=name,
        roles=roles or ("officer",),
        post=post,
        at=scene.node.clock(),
        passphrase="test",
    )
    client = Client(HTTP_HOST="xa.localhost")
    client.force_login(Officer.objects.get(username=name))
    return client


# --- sessions


def test_an_officer_chooses_a_password_and_other_browsers_are_strangers(scene: Scene) -> None:
    here, there = Client(HTTP_HOST="xa.localhost"), Client(HTTP_HOST="xa.localhost")
    scene.signs_in(here, "drafts")
    there.post("/sign-in/", {"login": ROLES["drafts"], "password": "open sesame"})
    assert is_in(there)
    asked = here.get("/me/password/")
    assert asked.status_code == 302
    assert asked["Location"].startswith("/sign-in/again/")
    assert here.post(asked["Location"], {"password": "open sesame"}).status_code == 302
    assert "At least 12 characters" in said(here, "/me/password/")
    short = here.post("/me/password/", {"password": "short", "again": "short"})
    assert short.status_code == 400
    assert "at least 12 characters" in short.content.decode()
    assert here.post("/me/password/", {"password": NEW, "again": NEW}).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert Officer.objects.get(username="Ada").check_password(NEW)


def test_an_officer_sees_where_they_are_signed_in_and_ends_one(scene: Scene) -> None:
    here, there = scene.client(), scene.client(**HEADERS)
    assert is_in(here)
    assert is_in(there)
    page = said(here, "/me/")
    assert "Firefox on Linux" in page
    assert "the own network" in page
    assert "this browser" in page
    (other,) = [
        row
        for row in queries.sessions(scene.node, Officer.objects.get(username="Ada"))
        if row.browser == "Firefox"
    ]
    here.post(f"/me/sessions/{other.id}/end/")
    assert is_in(here)
    assert there.get("/me/").status_code == 302


def test_all_other_sessions_end_at_once(scene: Scene) -> None:
    here, *others = (scene.client() for _ in range(3))
    for client in (here, *others):
        assert is_in(client)
    here.post("/me/sessions/end/")
    assert is_in(here)
    assert not any(is_in(client) for client in others)
    assert "End all others" not in said(here, "/me/")


def test_a_browser_that_pretends_to_be_a_live_part_is_listed_and_ended_too(scene: Scene) -> None:
    here, there = scene.client(), scene.client(HTTP_HX_REQUEST="true", **HEADERS)
    assert is_in(there)
    assert "Firefox on Linux" in said(here, "/me/")
    here.post("/me/sessions/end/")
    assert not is_in(there)


def test_a_session_ends_after_twelve_hours_however_busy_it_is(scene: Scene) -> None:
    busy, part = scene.client(), scene.client(HTTP_HX_REQUEST="true")
    for _ in range(12):
        assert is_in(busy)
        assert is_in(part)
        scene.passes(timedelta(hours=1))
    scene.passes(timedelta(minutes=1))
    assert not is_in(busy)
    assert not is_in(part)


def test_a_session_begun_by_a_clock_that_ran_ahead_ends_when_it_is_put_right(
    scene: Scene,
) -> None:
    scene.passes(timedelta(days=365))
    ahead = scene.client()
    assert is_in(ahead)
    scene.passes(timedelta(days=-365))
    assert not is_in(ahead)
    assert is_in(scene.client())


def test_who_signed_in_before_the_program_was_replaced_stays_in(scene: Scene) -> None:
    """The release before kept another mark in the session: its key, and a minute."""
    client = scene.client()
    session = client.session
    session["desk"] = [session.session_key, "2026-11-23T09:00"]
    session.save()
    assert is_in(client)
    assert len(queries.sessions(scene.node, Officer.objects.get(username="Ada"))) == 1


def test_nobody_ends_the_session_of_another(scene: Scene) -> None:
    ada, bela = scene.client("drafts"), scene.client("clears")
    assert is_in(ada)
    (row,) = queries.sessions(scene.node, Officer.objects.get(username="Ada"))
    assert bela.post(f"/me/sessions/{row.id}/end/").status_code == 404
    assert is_in(ada)


def test_signing_out_takes_the_browser_off_the_list(scene: Scene) -> None:
    client = scene.client()
    assert is_in(client)
    client.post("/sign-out/")
    assert queries.sessions(scene.node, Officer.objects.get(username="Ada")) == ()


def test_a_live_part_is_no_sign_of_a_person(scene: Scene) -> None:
    client = scene.client()
    assert is_in(client)
    ada = Officer.objects.get(username="Ada")
    (before,) = queries.sessions(scene.node, ada)
    scene.passes(timedelta(minutes=5))
    client.get("/band/", headers={"HX-Request": "true"})
    assert queries.sessions(scene.node, ada)[0].seen_at == before.seen_at
    client.get("/me/")
    assert queries.sessions(scene.node, ada)[0].seen_at > before.seen_at


@pytest.mark.parametrize(
    ("address", "place"),
    [("127.0.0.1", "machine"), ("::1", "machine"), ("10.1.2.3", "network"), ("fe80::1", "network"),
     ("8.8.8.8", "outside"), ("", ""), ("nonsense", "")],
)  # fmt: skip
def test_an_address_is_told_by_how_far_away_it_is(address: str, place: str) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
         ("Edge", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
         ("Safari", "iOS")),
        ("<script>alert(1)</script>", ("", "")),
    ],
    ids=["Firefox", "Edge", "a phone", "something else"],
)  # fmt: skip
def test_a_browser_is_told_in_a_word(agent: str, words: tuple[str, str]) -> None:
    assert (browser_of(agent), system_of(agent)) == words


# --- a way back in


def test_two_officers_let_a_third_back_in_by_the_pages(scene: Scene) -> None:
    old = scene.client("drafts")
    assert is_in(old)
    halves = []
    for role in ("clears", "clears_too"):
        answer = scene.client(role).post("/officers/recovery/", {"name": ROLES["drafts"]})
        halves.append(answer.context["approved"].half)
        assert halves[-1] in answer.content.decode()
    assert all(half not in said(scene.client("clears"), "/officers/recovery/") for half in halves)
    form = {"name": "ada", "first": halves[0], "second": halves[1], "password": NEW, "again": NEW}
    stranger = scene.stranger()
    assert stranger.post("/sign-in/recovery/", form).headers["Location"] == "/sign-in/"
    assert not is_in(old)
    stranger.post("/sign-in/", {"login": "Ada", "password": NEW})
    assert is_in(stranger)


@pytest.mark.parametrize(
    "changes",
    [{"second": "cccc-cccc"}, {"again": "another sentence"}, {"password": "a", "again": "a"}],
    ids=["a wrong half", "two passwords", "a short password"],
)  # fmt: skip
def test_a_wrong_code_is_refused_in_a_sentence(scene: Scene, changes: dict[str, str]) -> None:
    form = {
        "name": "Ada",
        "first": "aaaa-aaaa",
        "second": "bbbb-bbbb",
        "password": NEW,
        "again": NEW,
    }
    answer = scene.stranger().post("/sign-in/recovery/", form | changes)
    assert answer.status_code == 400
    assert (
        'class="wrong"' in answer.content.decode() or "said is-blocked" in answer.content.decode()
    )


def test_whoever_guesses_codes_is_told_to_wait(scene: Scene) -> None:
    stranger = scene.stranger()
    form = {"name": "Ada", "first": "a", "second": "b", "password": NEW, "again": NEW}
    codes = [stranger.post("/sign-in/recovery/", form).status_code for _ in range(11)]
    assert codes[-1] == 429


# --- expulsion


def confirmed(scene: Scene, role: str) -> Client:
    """Return a browser whose officer has just typed the password again."""
    client = scene.client(role)
    services.set_password(
        scene.node, name=ROLES[role], password=NEW, by=None, at=scene.node.clock()
    )
    client.force_login(Officer.objects.get(username=ROLES[role]))
    client.post("/sign-in/again/", {"password": NEW})
    return client


def test_an_expelled_officer_is_out_at_the_next_request(scene: Scene) -> None:
    bela, edda = scene.client("clears"), confirmed(scene, "clears_too")
    assert is_in(bela)
    answer = edda.post("/officers/Bela/expel/", {"reason": "left"}, follow=True)
    told = answer.content.decode()
    assert "Bela is expelled" in told
    assert "signing key is stopped in the record" in told
    for page in ("/", "/me/", "/drafts/"):
        assert bela.get(page).headers["Location"].startswith("/sign-in/"), page
    live = bela.get("/band/", headers={"HX-Request": "true"})
    assert (live.status_code, live.headers["HX-Refresh"]) == (204, "true")


def test_an_expelled_officer_s_page_that_is_open_changes_nothing(scene: Scene) -> None:
    bela, edda = scene.client("clears"), confirmed(scene, "clears_too")
    draft = scene.drafts()
    assert is_in(bela)
    edda.post("/officers/Bela/expel/", {})
    bela.post(f"/drafts/{draft.partition('/')[2]}/clear/", {})
    assert queries.draft(scene.node, draft).line.state == "drafted"


def test_an_expulsion_asks_for_the_password_again(scene: Scene) -> None:
    edda = scene.client("clears_too")
    answer = edda.get("/officers/Bela/expel/")
    assert answer.headers["Location"].startswith("/sign-in/again/")
    assert Officer.objects.get(username="Bela").is_active


@pytest.mark.parametrize("role", ["drafts", "audits", "runs"])
def test_only_a_custodian_expels(scene: Scene, role: str) -> None:
    assert confirmed(scene, role).post("/officers/Bela/expel/", {}).status_code == 403
    assert Officer.objects.get(username="Bela").is_active


def test_a_session_that_no_list_knows_dies_too(scene: Scene) -> None:
    bela, edda = scene.client("clears"), confirmed(scene, "clears_too")  # never asked for a page
    edda.post("/officers/Bela/expel/", {})
    assert bela.get("/me/").status_code == 302
    assert Session.objects.count() >= 1


# --- the audit


def test_the_auditor_finds_who_looked_at_whom(scene: Scene) -> None:
    services.note_look(
        scene.node, by="Ada", about="notice/XA-1", root="ab" * 32, at=scene.node.clock()
    )
    auditor = scene.client("audits")
    for query in ("", "?what=person.seen", "?by=Ada", "?about=notice/XA-1", "?day=2026-11-23"):
        assert "notice/XA-1" in said(auditor, f"/audit/{query}"), query
    for query in ("?what=sign-in", "?by=Bela", "?about=notice/XA-2", "?day=2026-11-22"):
        assert "notice/XA-1" not in said(auditor, f"/audit/{query}"), query


@pytest.mark.parametrize(
    ("role", "status"), [("audits", 200), ("clears", 200), ("drafts", 403), ("runs", 403)]
)
def test_the_audit_is_for_the_auditor_and_the_custodians(
    scene: Scene, role: str, status: int
) -> None:
    for page in ("/audit/", "/audit/export/"):
        assert scene.client(role).get(page).status_code == status


def test_a_day_that_is_none_is_refused_in_a_sentence(scene: Scene) -> None:
    for page in (
        "/audit/?day=yesterday",
        "/audit/?day=9999-12-31",
        "/audit/export/?day=2026-13-01",
    ):
        answer = scene.client("audits").get(page)
        assert answer.status_code == 400
        assert "a day is written as" in answer.content.decode()


def test_the_audit_is_paged_and_asks_few_questions(scene: Scene) -> None:
    for n in range(120):
        services.note_down(
            scene.node, what="sign-in", by="Ada", at=scene.node.clock(), about=f"thing {n}"
        )
    auditor = scene.client("audits")
    auditor.get("/me/")
    with CaptureQueriesContext(connection) as asked:
        page = auditor.get("/audit/?by=Ada")
    assert len(asked) <= 15
    assert "thing 119" in page.content.decode()
    older = auditor.get(f"/audit/?{page.context['page'].older}").content.decode()
    assert "thing 119" not in older
    assert "thing 60" in older


def exported(client: Client, query: str = "") -> str:
    answer: Any = client.get(f"/audit/export/{query}")
    return b"".join(answer.streaming_content).decode()


def test_the_export_holds_what_the_filters_choose_and_no_formula(scene: Scene) -> None:
    for about in ("=1+1", "+1", "-1", "@x", " =2", "plain"):
        services.note_down(scene.node, what="sign-in", by="Ada", at=scene.node.clock(), about=about)
    text = exported(scene.client("audits"), "?by=Ada")
    for cell in ("'=1+1", "'+1", "'-1", "'@x", "' =2", ",plain"):
        assert cell in text
    assert "audit.exported" not in text
    assert "audit.exported" in exported(scene.client("audits"))


def test_a_cell_that_would_be_computed_is_text() -> None:
    assert csv_line(['=HYPERLINK("http://x")', "a,b"]).startswith("\"'=HYPERLINK")
