"""The wire of the demonstration: passes bytes on, and when cut is really closed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from legation.cli.demo.playing import obey
from legation.cli.demo.running import Running
from legation.cli.demo.wire import Wire, free_port
from legation.errors import Refusal


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """These tests talk to this machine."""


@pytest.fixture
def echo() -> Iterator[int]:
    """A server that sends back what it gets."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                end, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(end,), daemon=True).start()

    def answer(end: socket.socket) -> None:
        with end:
            while data := end.recv(1_000):
                end.sendall(data)

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1]
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


@pytest.fixture
def wire(echo: int) -> Iterator[Wire]:
    wire = Wire(port=free_port(9151), beyond=echo)
    wire.mend()
    yield wire
    wire.cut()


def call(wire: Wire) -> socket.socket:
    return socket.create_connection(("127.0.0.1", wire.port), timeout=5)


def test_bytes_pass_both_ways(wire: Wire) -> None:
    with call(wire) as end:
        end.sendall(b"hello")
        assert end.recv(100) == b"hello"


def test_the_end_of_one_side_is_told_to_the_other(wire: Wire) -> None:
    with call(wire) as end:
        end.sendall(b"last words")
        end.shutdown(socket.SHUT_WR)
        heard = b""
        while data := end.recv(100):
            heard += data
    assert heard == b"last words"


def test_a_cut_ends_what_runs_and_refuses_what_comes(wire: Wire) -> None:
    with call(wire) as end:
        end.sendall(b"hello")
        assert end.recv(100) == b"hello"
        wire.cut()
        with suppress(ConnectionError):
            assert end.recv(100) == b""
    assert wire.is_cut
    with pytest.raises(ConnectionRefusedError):
        call(wire)


def test_a_mended_wire_carries_again(wire: Wire) -> None:
    wire.cut()
    wire.mend()
    with call(wire) as end:
        end.sendall(b"again")
        assert end.recv(100) == b"again"


def test_a_taken_port_is_a_sentence(wire: Wire) -> None:
    with pytest.raises(Refusal, match=str(wire.port)) as refused:
        Wire(port=wire.port, beyond=1).mend()
    assert refused.value.code == "port"


def test_a_taken_port_is_replaced_by_a_free_one(wire: Wire) -> None:
    assert free_port(wire.port) != wire.port


def test_a_word_typed_or_piped_cuts_and_mends(
    wire: Wire, capsys: pytest.CaptureFixture[str]
) -> None:
    live = Running(served={}, wires={"XA": wire})
    said: list[bool] = []

    def typed() -> Iterator[str]:
        for line in ("\n", "CUT \n", "what?\n", "mend\n"):
            yield line
            said.append(wire.is_cut)

    obey(live, typed())
    assert said == [False, True, True, False]
    assert "Type `cut` or `mend`" in capsys.readouterr().err
