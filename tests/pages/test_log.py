"""The node's output tells that something happened, and nothing of what: planted marks prove it."""

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from legation.desk.views.ready import known
from legation.line.models import Log
from legation.web.logs import WithoutContent
from legation.web.proxies import client as real_client
from pages.conftest import ROLES, Scene
from pages.test_counts import PAGES

MARK = "zeppelin"


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """What the node would write, at its most talkative."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutContent())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def test_no_line_holds_what_was_written_read_or_asked_for(
    scene: Scene, output: io.StringIO
) -> None:
    scene.sends(subject=f"{MARK} subject", message=f"{MARK} message")
    scene.sends(side="b", subject=f"{MARK} theirs")
    scene.drafts(subject=f"{MARK} draft")
    marked: dict[str, Any] = {
        "HTTP_USER_AGENT": MARK, "HTTP_REFERER": f"http://xa.localhost/{MARK}",
        "HTTP_X_FORWARDED_FOR": MARK, "REMOTE_ADDR": "198.51.100.77",
    }  # fmt: skip
    for role in ("drafts", "clears", "audits", "runs"):
        client = scene.client(role, raise_request_exception=False)
        for page in (*PAGES, "/officers/", "/chronicle/", f"/{MARK}/", f"/notices/{MARK}/"):
            address = page.format(**scene.names())
            mark = "&" if "?" in address else "?"
            client.get(f"{address}{mark}q={MARK}&text={MARK}", **marked)
            client.post(address, {"login": MARK, "subject": MARK}, **marked)
    stranger = scene.stranger()
    stranger.post("/sign-in/", {"login": MARK, "password": MARK}, **marked)
    stranger.get(f"/{MARK}", headers={"host": f"{MARK}.example"})
    stranger.generic(MARK.upper(), f"/{MARK}")
    said = output.getvalue()
    assert said.count("route=") > 100
    assert MARK not in said.lower()
    assert "198.51.100.77" not in said
    assert not re.search("|".join(rf"\b{name}\b" for name in ROLES.values()), said)
    assert not [name for name in scene.names().values() if name in said]


def test_a_line_says_which_route_how_it_ended_how_long_and_whose_number(
    scene: Scene, output: io.StringIO
) -> None:
    answer = scene.client().get("/posts/?q=1")
    name = answer.headers["X-Request-Id"]
    (line,) = [one for one in output.getvalue().splitlines() if name in one]
    assert re.search(
        rf"INFO legation\.requests id={name} route=missions:posts method=GET status=200"
        r" ms=\d+ officer=\d+$",
        line,
    )


def test_a_fault_is_told_by_its_place_and_never_by_its_words(
    scene: Scene, output: io.StringIO
) -> None:
    client = scene.client(raise_request_exception=False)
    client.get("/me/")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE missions_regime RENAME TO {MARK}")
        view = f"CREATE VIEW missions_regime AS SELECT * FROM {MARK}"  # noqa: S608 - our own word
        cursor.execute(view)
        cursor.execute(f"ALTER TABLE {MARK} RENAME COLUMN body TO {MARK}_body")
    answer = client.get("/posts/")
    said = output.getvalue()
    assert answer.status_code == 500
    assert "OperationalError" in said
    assert "queries/registers.py" in said
    assert MARK not in said
    assert MARK not in answer.content.decode()


def healthz(client: Client) -> tuple[int, dict[str, object]]:
    known.clear()  # as if two seconds had passed
    answer = client.get("/healthz")
    return answer.status_code, answer.json()


def test_anybody_may_ask_whether_the_node_is_well_and_learns_nothing_else(scene: Scene) -> None:
    scene.sends(subject=MARK)
    code, told = healthz(scene.stranger())
    assert code == 200
    assert told.keys() == {"status", "reasons"}
    assert told["status"] in {"ok", "degraded"}
    assert scene.stranger().post("/healthz").status_code == 405


def test_a_silent_line_is_degraded_and_a_frozen_log_has_failed(scene: Scene) -> None:
    scene.passes(timedelta(days=2))
    assert healthz(scene.stranger()) == (200, {"status": "degraded", "reasons": ["silent"]})
    Log.objects.filter(side="peer").update(state="frozen")
    code, told = healthz(scene.stranger())
    assert (code, told["status"]) == (503, "failed")
    assert "frozen" in str(told["reasons"])


def test_a_database_that_cannot_be_written_has_failed(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = scene.node.home / "db.sqlite3"
    kept = path.read_bytes()
    connection.close()
    path.write_bytes(b"not a database" * 400)
    try:
        code, told = healthz(scene.stranger())
    finally:
        connection.close()
        path.write_bytes(kept)
    assert (code, told) == (503, {"status": "failed", "reasons": ["database"]})


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("198.51.100.1, 203.0.113.5", "203.0.113.5"),
        ("203.0.113.5, 127.0.0.1", "203.0.113.5"),
        ("2001:db8::1", "2001:db8::1"),
        ("", ""),
        ("nonsense, 127.0.0.1", ""),
        ("203.0.113.5, nonsense", ""),
    ],
)
def test_of_those_named_the_last_that_is_no_proxy_of_ours_asked(told: str, found: str) -> None:
    assert real_client(told, frozenset({"127.0.0.1"})) == found


def attempts(scene: Scene, *, sender: str, told: str) -> int:
    """Try to sign in until it is too much; return after how many."""
    for n in range(1, 40):
        client = scene.stranger()
        answer = client.post(
            "/sign-in/",
            {"login": f"nobody{n}", "password": "wrong"},
            REMOTE_ADDR=sender,
            HTTP_X_FORWARDED_FOR=told.format(n=n),
        )
        if answer.status_code == 429:
            return n
    return 40


def test_behind_a_proxy_each_client_is_counted_alone(scene: Scene, settings: Settings) -> None:
    settings.PROXIES = frozenset({"127.0.0.1"})
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert attempts(scene, sender="127.0.0.1", told="203.0.113.7") < 40
    assert attempts(scene, sender="127.0.0.1", told="203.0.113.8") > 3


def test_who_is_no_proxy_of_ours_cannot_name_another_address(
    scene: Scene, settings: Settings
) -> None:
    settings.PROXIES = frozenset({"127.0.0.1"})
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert attempts(scene, sender="198.51.100.9", told="203.0.113.{n}") < 40
    assert attempts(scene, sender="127.0.0.1", told="192.0.2.{n}, 203.0.113.99") < 40


def test_only_a_proxy_may_say_that_it_was_https(scene: Scene, settings: Settings) -> None:
    settings.PROXIES = frozenset({"127.0.0.1"})
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 60
    said: dict[str, Any] = {"HTTP_X_FORWARDED_PROTO": "https"}
    for sender, secure in (("127.0.0.1", True), ("198.51.100.9", False)):
        answer = scene.stranger().get("/sign-in/", REMOTE_ADDR=sender, **said)
        assert ("Strict-Transport-Security" in answer.headers) == secure
