"""Nobody but the peer gets a word in at the line port, and nobody keeps the peer out."""

import selectors
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.line.carriers.https import MAX_CARRIED
from legation.line.listener import GREETING_SECONDS, GREETINGS, HELLO_SECONDS, SILENT, LinePort
from legation.line.tls import Identity
from line.wire import (
    STRANGER,
    XA,
    Port,
    a_carrier,
    a_port,
    as_the_peer,
    key_pem,
)

HALF_A_GREETING = b"\x16\x03\x01\x02\x00" + b"x" * 200


@contextmanager
def strangers(
    port: Port, count: int, said: bytes, address: str = "127.0.0.1"
) -> Iterator[list[socket.socket]]:
    """Connect so often, say the same each time, and stay."""
    with ExitStack() as held:
        found = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", port.number), source_address=(address, 0))
            found.append(held.enter_context(one))
            one.sendall(said)
        yield found


@pytest.mark.parametrize(
    "said", [b"", b"\x16", HALF_A_GREETING], ids=["nothing", "a byte", "half a greeting"]
)
def test_strangers_who_wait_do_not_keep_the_peer_out(port: Port, said: bytes) -> None:
    for _ in range(3):
        with (
            strangers(port, 30, said),
            closing(a_carrier(port, seconds=HELLO_SECONDS)) as carrier,
        ):
            assert carrier.send(b"a bundle") == b"A BUNDLE"
    assert port.refused == []


@pytest.mark.parametrize(
    "said", [b"", b"\x16", HALF_A_GREETING], ids=["nothing", "a byte", "half a greeting"]
)
def test_strangers_who_wait_are_hung_up_on(port: Port, said: bytes) -> None:
    with closing(a_carrier(port)) as carrier:
        carrier.send(b"kept")
        with strangers(port, 30, said) as silent:
            assert hung_up_on(silent, 30, within=HELLO_SECONDS + 2)
        assert carrier.send(b"a bundle") == b"A BUNDLE"


def test_the_longest_silent_go_when_too_many_are(port: Port) -> None:
    with strangers(port, SILENT, b"") as first, strangers(port, 60, b""):
        assert hung_up_on(first, 60, within=HELLO_SECONDS * 0.8)
        with closing(a_carrier(port, seconds=HELLO_SECONDS)) as carrier:
            assert carrier.send(b"a bundle") == b"A BUNDLE"


def test_strangers_who_stop_in_the_greeting_do_not_keep_out_another_address(port: Port) -> None:
    with (
        strangers(port, GREETINGS * 2, a_greeting(), address="127.0.0.2") as stopped,
        closing(a_carrier(port, seconds=GREETING_SECONDS / 2)) as carrier,
    ):
        assert hung_up_on(stopped, GREETINGS, within=GREETING_SECONDS / 2)
        assert carrier.send(b"a bundle") == b"A BUNDLE"


def a_greeting() -> bytes:
    """Return a whole ClientHello, as this machine's OpenSSL says it."""
    said = ssl.MemoryBIO()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with suppress(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), said, server_hostname="localhost").do_handshake()
    return said.read()


def hung_up_on(connections: list[socket.socket], count: int, *, within: float) -> bool:
    """Wait until the port has closed so many of these, for so many seconds at most."""
    until = time.monotonic() + within
    closed = 0
    with selectors.DefaultSelector() as selector:
        for one in connections:
            selector.register(one, selectors.EVENT_READ, one)
        while closed < count and (left := until - time.monotonic()) > 0:
            for key, _ in selector.select(left):
                if was_closed(key.data):
                    selector.unregister(key.fileobj)
                    closed += 1
    return closed >= count


def was_closed(connection: socket.socket) -> bool:
    """Read what is there; tell whether it is the end."""
    try:
        return not connection.recv(65_536)
    except ConnectionResetError:
        return True


@pytest.mark.parametrize(
    "said", [b"", b"x", b"\x16\x03\x01"], ids=["nothing", "a byte", "a record"]
)
def test_strangers_who_are_gone_before_they_are_greeted_do_no_harm(port: Port, said: bytes) -> None:
    for _ in range(60):
        with socket.create_connection(("127.0.0.1", port.number)) as one:
            one.sendall(said)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert in_a_moment(port) == b"STILL THERE"
    assert port.refused == []


def in_a_moment(port: Port) -> bytes | None:
    """Send a bundle; while the port is busy greeting others, again."""
    until = time.monotonic() + 10
    while True:
        with closing(a_carrier(port)) as carrier:
            try:
                return carrier.send(b"still there")
            except Refusal as refusal:
                assert refusal.code == "unreachable"
                assert time.monotonic() < until


def test_a_taken_port_is_refused_with_a_sentence(port: Port) -> None:
    second = LinePort(
        ("127.0.0.1", port.number), ends=lambda: port.ends, answer=bytes, refused=port.refuse
    )
    with pytest.raises(Refusal, match="--line-port") as caught:
        second.start()
    assert caught.value.code == "port"


# --- what is said on the wire, by hand -----------------------------------------------------


BY_HAND = {
    "another path": (b"POST /other HTTP/1.1\r\nHost: b\r\nContent-Length: 1\r\n\r\nx", 404),
    "a path with a query": (
        b"POST /line/?a HTTP/1.1\r\nHost: b\r\nContent-Length: 1\r\n\r\nx",
        404,
    ),
    "reading": (b"GET /line HTTP/1.1\r\nHost: b\r\n\r\n", 405),
    "another method": (b"PUT /line HTTP/1.1\r\nHost: b\r\nContent-Length: 1\r\n\r\nx", 405),
    "no length": (b"POST /line HTTP/1.1\r\nHost: b\r\n\r\n", 411),
    "an empty body": (b"POST /line HTTP/1.1\r\nHost: b\r\nContent-Length: 0\r\n\r\n", 411),
    "chunks": (
        b"POST /line HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        411,
    ),
    "a length below nothing": (
        b"POST /line HTTP/1.1\r\nHost: b\r\nContent-Length: -1\r\n\r\nx",
        411,
    ),
    "a length that is no number": (
        b"POST /line HTTP/1.1\r\nHost: b\r\nContent-Length: ten\r\n\r\nx",
        400,
    ),
    "a byte too much": (
        b"POST /line HTTP/1.1\r\nHost: b\r\nContent-Length: %d\r\n\r\nx" % (MAX_CARRIED + 1),
        413,
    ),
    "headers without end": (b"POST /line HTTP/1.1\r\n" + b"A: b\r\n" * 5_000, 413),
    "no HTTP at all": (b"\x00\x01\x02\x03\r\n\r\n", 400),
}


@pytest.mark.parametrize(("request_bytes", "status"), BY_HAND.values(), ids=BY_HAND.keys())
def test_only_a_bounded_post_to_the_line_is_answered(
    port: Port, request_bytes: bytes, status: int
) -> None:
    answer = as_the_peer(port, request_bytes)
    assert answer.split(b" ", 2)[1] == str(status).encode()
    assert port.taken == []


def test_no_bytes_of_the_peer_break_the_port() -> None:
    with a_port() as held:

        @given(request_bytes=st.binary(max_size=300))
        @settings(max_examples=50, deadline=None)
        def said(request_bytes: bytes) -> None:
            as_the_peer(held, request_bytes + b"\r\n\r\n")
            with closing(a_carrier(held)) as carrier:
                assert carrier.send(b"still there") == b"STILL THERE"

        said()


# --- as an outsider with OpenSSL ------------------------------------------------------------

with_openssl = pytest.mark.skipif(which("openssl") is None, reason="openssl is not installed")


def s_client(port: Port, folder: Path, shown: Identity | None, *options: str) -> str:
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port.number}", *options]
    if shown is not None:
        (folder / "key.pem").write_bytes(key_pem(shown))
        (folder / "cert.pem").write_text(shown.certificate)
        command += ["-key", str(folder / "key.pem"), "-cert", str(folder / "cert.pem")]
    said = b"POST /line HTTP/1.1\r\nHost: b\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"
    done = subprocess.run(
        [*command, "-ign_eof"], input=said, capture_output=True, timeout=30, check=False
    )
    return (done.stdout + done.stderr).decode(errors="replace")


@with_openssl
def test_openssl_with_the_right_key_is_answered_over_tls_1_3(port: Port, tmp_path: Path) -> None:
    said = s_client(port, tmp_path, XA)
    assert "TLSv1.3" in said
    assert "200 OK" in said
    assert "ABC" in said
    assert port.refused == []


@with_openssl
def test_openssl_with_tls_1_2_is_refused(port: Port, tmp_path: Path) -> None:
    said = s_client(port, tmp_path, XA, "-tls1_2")
    assert "200 OK" not in said
    assert port.codes() == ["line-tls"]


@with_openssl
@pytest.mark.parametrize("shown", [STRANGER, None], ids=["a wrong key", "no key"])
def test_openssl_without_the_pinned_key_is_refused(
    port: Port, tmp_path: Path, shown: Identity | None
) -> None:
    said = s_client(port, tmp_path, shown)
    assert "200 OK" not in said
    assert port.codes() == ["line-key"]
    assert port.taken == []


def test_plain_text_is_refused(port: Port) -> None:
    with socket.create_connection(("127.0.0.1", port.number), 10) as plain:
        plain.sendall(b"POST /line HTTP/1.1\r\nHost: b\r\nContent-Length: 3\r\n\r\nabc")
        try:
            answer = plain.recv(1_000)
        except ConnectionResetError:
            answer = b""
    assert b"HTTP" not in answer
    assert port.codes() == ["line-tls"]
    assert port.taken == []
