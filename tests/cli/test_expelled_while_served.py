"""An officer is expelled from the terminal while the desk is served: dead at the next request."""

import json
import os
import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest

import nodes
from cli.test_serve import Served, served

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("served")]
A_MINUTE = 60.0


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """These tests talk to this machine."""


def says(home: Path, *words: str) -> dict[str, object]:
    """Run a command beside the served node, in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", "legation.cli", "-n", str(home), *words, "--json"],
        capture_output=True,
        env={**os.environ, "LEGATION_PASSPHRASE": "test"},
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads(ended.stdout)
    assert isinstance(told, dict)
    return told


class Browser:
    """Asks as a browser does: keeps cookies, follows nothing."""

    def __init__(self, node: Served) -> None:
        self._node = node
        self._cookies: dict[str, str] = {}

    def asks(self, path: str, form: dict[str, str] | None = None, **headers: str) -> HTTPResponse:
        desk = HTTPConnection("127.0.0.1", self._node.desk, timeout=A_MINUTE)
        kept = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        told = {"Host": f"xa.localhost:{self._node.desk}", "Cookie": kept, **headers}
        body = None
        if form is not None:
            told["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**form, "csrfmiddlewaretoken": self._cookies["legation_xa_csrf"]})
        desk.request("GET" if form is None else "POST", path, body, told)
        answer = desk.getresponse()
        answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer

    def signs_in(self, name: str, password: str) -> None:
        self._node.get("/sign-in/").read()
        self.asks("/sign-in/")
        answer = self.asks("/sign-in/", {"login": name, "password": password})
        assert answer.status == 302
        assert self.asks("/drafts/").status == 200


def test_every_way_in_is_shut_at_the_next_request(templates: Path, tmp_path: Path) -> None:
    home = nodes.copy_node(templates / "a", tmp_path / "a")
    password = str(says(home, "officer", "password", "Bela", "--as", "Bela")["password"])
    token = (home / "officers" / "Bela.token").read_bytes()
    with served(home) as node:
        windows = [Browser(node), Browser(node)]
        for window in windows:
            window.signs_in("Bela", password)
        done = says(home, "officer", "expel", "Bela", "--as", "Edda")
        for window in windows:
            answer = window.asks("/drafts/")
            assert (answer.status, answer.headers["Location"]) == (302, "/sign-in/?next=/drafts/")
        live = windows[0].asks("/band/", None, **{"HX-Request": "true"})
        assert (live.status, live.headers["HX-Refresh"]) == (204, "true")
        stranger = Browser(node)
        stranger.asks("/sign-in/")
        refused = stranger.asks("/sign-in/", {"login": "Bela", "password": password})
        assert stranger.asks("/drafts/").status == 302
        assert refused.headers.get("Location") != "/"
    assert done["sessions"] == 2
    (home / "officers" / "Bela.token").write_bytes(token)
    (home / "officers" / "Bela.token").chmod(0o600)
    words = ("officer", "recover", "Ada", "--as", "Bela")
    ended = subprocess.run(
        [sys.executable, "-m", "legation.cli", "-n", str(home), *words],
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1
    assert b"suspended" in ended.stdout + ended.stderr
