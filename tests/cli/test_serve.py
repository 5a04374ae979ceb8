"""`legation serve`: one process, both ports, one at a time, a clean end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings

import nodes
from legation.cli.commands.serve import desk_address
from ports import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("served")]
SECONDS = 60.0
NOT_YET = (ConnectionRefusedError, ConnectionResetError, http.client.RemoteDisconnected)


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """These tests talk to this machine."""


@pytest.fixture
def home(templates: Path, tmp_path: Path) -> Path:
    """A node that knows its peer."""
    return nodes.copy_node(templates / "a", tmp_path / "a")


@dataclass(frozen=True)
class Served:
    """A `legation serve` under way, and where it was told to be."""

    process: subprocess.Popen[str]
    desk: int
    line: int

    def get(self, path: str) -> http.client.HTTPResponse:
        """Ask the desk, waiting for it to come up."""
        deadline = time.monotonic() + SECONDS
        while True:
            desk = http.client.HTTPConnection("127.0.0.1", self.desk, timeout=SECONDS)
            try:
                desk.request("GET", path, headers={"Host": "xa.localhost"})
                return desk.getresponse()
            except NOT_YET:
                if self.process.poll() is not None:
                    pytest.fail(f"it ended by itself: {self.process.communicate()}")
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)


@contextmanager
def served(home: Path, *, port: int = 0, line_port: int = 0) -> Iterator[Served]:
    """Start `legation serve` on these ports or on free ones; end it in any case."""
    port, line_port = port or free_port(), line_port or free_port()
    command = [sys.executable, "-m", "legation.cli", "serve", str(home)]
    command += ["--port", str(port), "--line-port", str(line_port), "--line-host", "127.0.0.1"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=home.parent
    )
    try:
        yield Served(process, port, line_port)
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_served_node_answers_and_ends_cleanly(home: Path, number: int) -> None:
    with served(home) as node:
        assert node.get("/sign-in/").status == 200
        socket.create_connection(("127.0.0.1", node.line), timeout=5).close()
        node.process.send_signal(number)
        out, err = node.process.communicate(timeout=SECONDS)
    assert node.process.returncode == 0
    assert f"http://xa.localhost:{node.desk}/" in out
    assert out.splitlines()[-1] == "Stopped."
    assert "Traceback" not in err


def test_a_second_process_is_refused_while_the_first_serves(home: Path) -> None:
    with served(home) as first:
        first.get("/sign-in/")
        with served(home) as second:
            _, err = second.process.communicate(timeout=SECONDS)
        assert second.process.returncode == 1
        assert "another process serves it already" in err
        assert first.process.poll() is None


def test_a_killed_node_is_served_again_at_once(home: Path) -> None:
    with served(home) as node:
        node.get("/sign-in/")
        node.process.kill()
        node.process.wait()
    with served(home, port=node.desk, line_port=node.line) as again:
        assert again.get("/sign-in/").status == 200


@pytest.mark.parametrize(
    ("option", "sentence"),
    [("port", "The desk's port 127.0.0.1:"), ("line_port", "The line port 127.0.0.1:")],
    ids=["the desk's", "the line's"],
)
def test_a_taken_port_is_told_by_its_number(home: Path, option: str, sentence: str) -> None:
    taken = free_port()
    with socket.create_server(("127.0.0.1", taken)), served(home, **{option: taken}) as node:
        _, err = node.process.communicate(timeout=SECONDS)
    assert node.process.returncode == 1
    assert f"{sentence}{taken}" in err
    assert "Traceback" not in err


def test_commands_work_beside_a_served_node(home: Path) -> None:
    with served(home) as node:
        node.get("/sign-in/")
        for words in (["status"], ["record", "verify"], ["officer", "list"]):
            ended = subprocess.run(
                [sys.executable, "-m", "legation.cli", "-n", str(home), *words],
                capture_output=True,
                env={**os.environ, "LEGATION_PASSPHRASE": "test"},
                check=False,
            )
            assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    ("hosts", "said"),
    [
        (
            ["desk.state.example"],
            "Desk: https://desk.state.example/ through the proxy, from port 8",
        ),
        ([], "LEGATION_HOSTS names no address yet"),
    ],
    ids=["named", "not named"],
)
def test_behind_a_proxy_no_address_is_told_at_which_nobody_can_sign_in(
    hosts: list[str], said: str
) -> None:
    with override_settings(HTTPS=True, HOSTS=hosts):
        assert said in desk_address("xa", 8)
