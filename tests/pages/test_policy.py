"""What a browser is told about every page, and what no page may load."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings
from django.views.defaults import server_error

import legation
from pages.conftest import Scene

pytestmark = pytest.mark.xdist_group("quiet desk")  # one worker: the desk is made once

STATIC = Path(legation.__file__).parent / "ui" / "static"
POLICY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
OUTSIDE = re.compile(r"(?:https?:)?//[\w.-]+\.\w", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/|<!--.*?-->", re.DOTALL)
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
BUDGET = 250_000
SHOW = """
import json
from legation import settings as s
print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0,
                  s.ALLOWED_HOSTS[-1], s.CSRF_TRUSTED_ORIGINS]))
"""


@pytest.mark.parametrize("page", ["/", "/notices/", "/nowhere/", "/sign-in/", "/static/x.css"])
def test_every_answer_carries_the_strict_policy(quiet: Scene, page: str) -> None:
    answer = quiet.client().get(page)
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("page", ["/", "/notices/", "/drafts/", "/record/", "/line/", "/me/"])
def test_a_page_names_no_address_outside_this_node(quiet: Scene, page: str) -> None:
    said = COMMENT.sub("", quiet.client().get(page).content.decode())
    assert OUTSIDE.findall(said) == []
    assert "style=" not in said
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=", said)


def words(path: Path) -> str:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    for name in NAMESPACES:
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize(
    "path", sorted(STATIC.rglob("*.css")) + sorted(STATIC.rglob("*.svg")), ids=lambda p: p.name
)
def test_no_style_sheet_or_drawing_loads_anything_from_elsewhere(path: Path) -> None:
    assert OUTSIDE.findall(words(path)) == []
    assert "data:" not in words(path)


def test_cookies_are_named_for_the_party_and_kept_from_scripts(quiet: Scene) -> None:
    client = quiet.stranger()
    quiet.signs_in(client, "drafts")
    assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert all(name.startswith("legation_") for name in client.cookies)
    assert all(cookie["httponly"] and cookie["samesite"] for cookie in client.cookies.values())


def test_a_first_visit_fits_the_budget_compressed(quiet: Scene) -> None:
    page = quiet.client().get("/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    loaded = [
        path
        for path in STATIC.rglob("*")
        if path.is_file() and path.suffix in {".css", ".js", ".svg"}
    ]
    text = sum(len(gzip.compress(path.read_bytes(), 6)) for path in loaded)
    # A page in Latin and Cyrillic letters, in both families: what a bilingual notice loads.
    fonts = [path for path in STATIC.rglob("*.woff2") if "latin-ext" not in path.name]
    weight = len(page.content) + text + sum(path.stat().st_size for path in fonts)
    assert weight <= BUDGET


def test_files_are_kept_by_browsers_and_come_compressed(quiet: Scene) -> None:
    client = quiet.client()
    page = client.get("/").content.decode()
    sheet = re.search(r'href="(/static/[0-9a-f]{12}/legation/css/parts\.css)"', page)
    assert sheet is not None
    answer = client.get(sheet[1], headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_live_part_whose_session_ended_sends_the_whole_page_to_sign_in(quiet: Scene) -> None:
    answer = quiet.stranger().get("/band/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


def test_a_form_from_elsewhere_is_refused_with_a_sentence(quiet: Scene) -> None:
    client = quiet.client("drafts", enforce_csrf_checks=True)
    answer = client.post("/notices/new/note/", {"subject": "A"})
    assert answer.status_code == 403
    assert "did not come from a page of this desk" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "status", "said"),
    [
        ("/nowhere/", 404, "leads nowhere"),
        ("/notices/XA-0000000000000000/", 404, "the record holds no such notice"),
        ("/drafts/XA-0000000000000000/", 404, "holds no draft"),
        ("/posts/XA-NOW/", 404, "neither side has stated"),
        ("/record/own/999/", 404, "no such entry"),
        ("/record/own/999999999999999/", 404, "no such entry"),
        (f"/record/own/{'9' * 5_000}/", 404, "leads nowhere"),
        (f"/record/own/{'9' * 5_000}/proof/", 404, "leads nowhere"),
        ("/record/own/\u0663/", 404, "leads nowhere"),
        ("/notices/new/no.such.kind/", 404, "kind"),
    ],
)
def test_what_is_not_here_is_said_on_a_page_of_the_desk(
    quiet: Scene, page: str, status: int, said: str
) -> None:
    answer = quiet.client().get(page)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "Back to the desk" in answer.content.decode()


def test_what_was_read_stays_in_no_cache(quiet: Scene) -> None:
    for page in ("/", "/notices/", "/record/own/0/", "/record/own/0/proof/", "/nowhere/"):
        assert quiet.client().get(page).headers["Cache-Control"] == "no-store", page


def test_a_language_that_is_read_from_the_right_turns_the_page_round(quiet: Scene) -> None:
    with override_settings(LANGUAGE_CODE="ar", LANGUAGES=[("ar", "Arabic")]):
        page = quiet.client().get("/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_a_fault_of_the_program_is_said_in_the_same_look_without_the_database() -> None:
    answer = server_error(RequestFactory().get("/"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Nothing was left half done" in page
    assert "legation/css/shell.css" in page


@pytest.mark.parametrize("https", ["0", "1"])
def test_behind_tls_cookies_go_over_tls_alone_and_browsers_remember_it(https: str) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", SHOW],
        env={**os.environ, "LEGATION_HTTPS": https, "LEGATION_HOSTS": "desk.example"},
        capture_output=True,
        text=True,
        check=True,
    )
    on = https == "1"
    assert json.loads(shown.stdout) == [on, on, on, "desk.example", ["https://desk.example"]]


def test_a_name_that_is_not_this_desk_s_is_refused_without_telling_anything(
    quiet: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    """Strangers try names all day: each is one line of the log, and no fault."""
    answer = quiet.client().get("/", headers={"Host": "elsewhere.example"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "LEGATION_HOSTS" in page
    assert [each.name for each in caplog.records if each.levelname == "ERROR"] == []
    assert "State of Ax" not in page


def test_too_many_attempts_to_sign_in_are_told_to_wait(quiet: Scene) -> None:
    client = quiet.stranger()
    for _ in range(6):
        answer = client.post("/sign-in/", {"login": "Ada", "password": "a guess"})
    assert "oo many" in answer.content.decode()
    for _ in range(40):
        answer = client.post("/sign-in/", {"login": "Nobody", "password": "a guess"})
    assert answer.status_code == 429
    assert "Wait five minutes" in answer.content.decode()
