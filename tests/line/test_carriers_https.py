"""Bundles cross over TLS 1.3 between two pinned keys, and what comes back is bounded."""

import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from legation.errors import N_, Refusal
from legation.line.carriers.https import MAX_CARRIED
from legation.line.tls import Ends
from legation.line.visits import send_each
from line.wire import (
    STRANGER,
    XA,
    XB,
    Port,
    a_carrier,
    a_key,
    a_pin,
    an_identity,
    der,
    ends,
    refusal_of,
    show,
)


def test_a_bundle_crosses_and_the_reply_is_a_bundle(port: Port) -> None:
    with closing(a_carrier(port)) as carrier:
        assert carrier.send(b"a bundle") == b"A BUNDLE"
    assert port.taken == [b"a bundle"]
    assert port.refused == []


def test_the_largest_bundle_crosses_and_comes_back(port: Port) -> None:
    largest = os.urandom(MAX_CARRIED)
    port.answer = bytes
    with closing(a_carrier(port)) as carrier:
        assert carrier.send(largest) == largest


def test_a_peer_with_nothing_to_say_says_nothing(port: Port) -> None:
    port.answer = lambda _: None
    with closing(a_carrier(port)) as carrier:
        assert carrier.send(b"one") is None
        assert carrier.send(b"two") is None


def test_many_bundles_use_one_connection(port: Port) -> None:
    greetings: list[int] = []

    def shown() -> Ends:
        greetings.append(1)
        return Ends(identity=XA, pins=(a_pin(XB, "XB"),))

    with closing(a_carrier(port, ends=shown)) as carrier:
        for n in (3, 40_000, 2, 1, 20_000, *range(15)):  # longer and shorter: one place for all
            assert carrier.send(b"bundle" * n + b"%d" % n) == b"BUNDLE" * n + b"%d" % n
    assert len(greetings) == 1


def test_a_kept_connection_that_died_is_opened_anew(port: Port) -> None:
    with closing(a_carrier(port)) as carrier:
        carrier.send(b"one")
        assert carrier._open is not None
        carrier._open._timed.shutdown(socket.SHUT_RDWR)
        assert carrier.send(b"two") == b"TWO"


def test_a_certificate_of_any_date_serves_since_clocks_decide_nothing(port: Port) -> None:
    future = an_identity(1, "XA", datetime(2090, 1, 1, tzinfo=UTC))
    port.ends = Ends(identity=XB, pins=(a_pin(future, "XA"),))
    with closing(a_carrier(port, ends=ends(future, a_pin(XB, "XB")))) as carrier:
        assert carrier.send(b"a bundle") == b"A BUNDLE"


def test_a_stranger_who_calls_us_is_refused_and_counted(port: Port) -> None:
    refusal = refusal_of(a_carrier(port, ends=ends(STRANGER, a_pin(XB, "XB"))))
    assert refusal.code == "line-key-refused"
    assert port.codes() == ["line-key"]
    assert "does not hold the line key that XA stated" in str(port.refused[0])
    assert port.taken == []


def test_a_stranger_who_sends_much_at_once_is_still_told_why(port: Port) -> None:
    carrier = a_carrier(port, ends=ends(STRANGER, a_pin(XB, "XB")))
    assert refusal_of(carrier, bytes(MAX_CARRIED)).code == "line-key-refused"
    assert port.codes() == ["line-key"]


def test_a_stranger_who_answers_in_the_peers_place_gets_nothing(port: Port) -> None:
    port.ends = replace(port.ends, identity=an_identity(4, "XB"))
    assert refusal_of(a_carrier(port)).code == "line-key"
    assert port.taken == []


@pytest.mark.parametrize("side", ["caller", "listener"])
def test_the_pinned_key_is_compared_even_where_the_certificate_is_trusted(
    port: Port, side: str
) -> None:
    other_key = a_key(9).public_key().public_bytes_raw()
    if side == "caller":
        pin = replace(a_pin(XB, "XB"), key=other_key)
        assert refusal_of(a_carrier(port, ends=ends(XA, pin))).code == "line-key"
    else:
        port.ends = Ends(identity=XB, pins=(replace(a_pin(XA, "XA"), key=other_key),))
        refusal_of(a_carrier(port))
        assert port.codes() == ["line-key"]
    assert port.taken == []


def test_a_second_certificate_behind_the_pinned_one_is_no_anchor(port: Port) -> None:
    port.ends = Ends(
        identity=XB,
        pins=(replace(a_pin(XA, "XA"), certificate=der(XA) + der(STRANGER)),),
    )
    refusal_of(a_carrier(port, ends=ends(STRANGER, a_pin(XB, "XB"))))
    assert port.codes() == ["line-cert"]


def test_while_a_key_rotates_both_serve_from_the_next_connection(port: Port) -> None:
    newer = an_identity(5, "XA")
    with closing(a_carrier(port, ends=ends(newer, a_pin(XB, "XB")))) as carrier:
        with pytest.raises(Refusal):
            carrier.send(b"too early")
        port.ends = Ends(identity=XB, pins=(a_pin(XA, "XA"), a_pin(newer, "XA")))
        assert carrier.send(b"now") == b"NOW"
    with closing(a_carrier(port)) as carrier:
        assert carrier.send(b"the old one") == b"THE OLD ONE"


def test_nobody_is_heard_while_no_peer_is_confirmed(port: Port) -> None:
    port.ends = Ends(identity=XB, pins=())
    assert refusal_of(a_carrier(port)).code in {"line-tls", "unreachable"}
    assert port.codes() == ["no-peer"]
    assert refusal_of(a_carrier(port, ends=lambda: Ends(identity=XA, pins=()))).code == "no-peer"


def test_a_port_that_is_closed_is_unreachable_and_nothing_is_lost() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = Port(number=free.getsockname()[1])
        refusal = refusal_of(a_carrier(port))
    assert refusal.code == "unreachable"
    assert "tries again" in str(refusal)


def test_a_bundle_that_the_peer_refuses_is_told_as_such(port: Port) -> None:
    def refuse(_: bytes) -> bytes | None:
        raise Refusal("sealed", thing=N_("It"), rule=N_("is damaged."), remedy=N_("Again."))

    port.answer = refuse
    refusal = refusal_of(a_carrier(port))
    assert (refusal.code, refusal.values["status"]) == ("bundle-refused", 422)


def test_the_port_goes_on_after_a_refusal(port: Port) -> None:
    refusal_of(a_carrier(port, ends=ends(STRANGER, a_pin(XB, "XB"))))
    with closing(a_carrier(port)) as carrier:
        assert carrier.send(b"still there") == b"STILL THERE"


# --- a peer that answers strangely ---------------------------------------------------------


STRANGE = {
    "a redirect": (b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n", "bundle-refused"),
    "an error": (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "bundle-refused"),
    "no length": (b"HTTP/1.1 200 OK\r\n\r\nbundle", "line-reply"),
    "an endless reply": (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "line-reply"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", "line-reply"),
    "less than it says": (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "unreachable"),
    "no HTTP": (b"\xff\xfe\r\n\r\n", "unreachable"),
    "headers without end": (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500, "unreachable"),
    "nothing": (b"", "unreachable"),
}


@pytest.fixture
def strange_peer() -> Iterator[Callable[[bytes], Port]]:
    """A listener that holds XB's key and answers whatever it is told to."""
    listening = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def says(reply: bytes) -> Port:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        show(context, XB)

        def serve() -> None:
            plain, _ = listening.accept()
            with plain, context.wrap_socket(plain, server_side=True) as greeted:
                got = b""
                while not got.endswith(b"a bundle"):
                    got += greeted.recv(65_536)
                greeted.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        threads.append(thread)
        return Port(number=listening.getsockname()[1])

    yield says
    for thread in threads:
        thread.join(10)
    listening.close()


@pytest.mark.parametrize(("reply", "code"), STRANGE.values(), ids=STRANGE.keys())
def test_a_strange_reply_is_refused(
    strange_peer: Callable[[bytes], Port], reply: bytes, code: str
) -> None:
    assert refusal_of(a_carrier(strange_peer(reply))).code == code


@pytest.mark.parametrize("trickle", [b"x", b""], ids=["trickles", "never comes"])
def test_a_reply_that_is_not_there_in_time_is_given_up(trickle: bytes) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    show(context, XB)
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            plain, _ = listening.accept()
            with plain, context.wrap_socket(plain, server_side=True) as greeted:
                greeted.recv(65_536)
                greeted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                with suppress(OSError):
                    while not ended.wait(0.02):
                        greeted.sendall(trickle)

        thread = threading.Thread(target=serve)
        thread.start()
        begun = time.monotonic()
        refusal = refusal_of(a_carrier(Port(number=listening.getsockname()[1]), seconds=0.3))
        taken = time.monotonic() - begun
        ended.set()
        thread.join(10)
    assert refusal.code == "unreachable"
    assert "timed out" in str(refusal)
    assert taken < 2


def test_the_next_freight_is_made_while_the_last_is_taken_and_each_is_carried_once(
    port: Port,
) -> None:
    made = {name: threading.Event() for name in (b"one", b"two", b"three")}

    def freights() -> Iterator[bytes]:
        for name, event in made.items():
            event.set()
            yield name

    def taken(data: bytes) -> bytes | None:
        after = made[b"two" if data == b"one" else b"three"]
        return None if after.wait(10) else b"it was not made meanwhile"

    port.answer = taken
    with closing(a_carrier(port)) as carrier:
        assert send_each(carrier, freights()) == 3
    assert port.taken == [b"one", b"two", b"three"]
