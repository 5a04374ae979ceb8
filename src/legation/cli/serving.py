"""One process of a node: the desk for browsers, the line port for the peer, and the loop.

1. Two processes never serve one node: a lock on `serve.lock` in its folder says so.
2. The ports are taken before anything is announced; a taken one is told by its number.
3. On SIGTERM or SIGINT the desk stops taking requests, what is under way is finished, the
   line closes, and the process ends with 0.
"""

import fcntl
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from legation.errors import N_, Refusal

_log: Final = logging.getLogger("legation.desk")
DESK_THREADS: Final = 10
MAX_REQUEST: Final = 27 * 1024 * 1024
"""Bytes of a request: a file of 25 MiB and the form around it. See `web.middleware.BoundBodies`."""
MAX_HEADER: Final = 32 * 1024
WAIT_SECONDS: Final = 30


class Desk:
    """The pages, on a port of their own thread. host: "127.0.0.1" unless asked otherwise."""

    def __init__(self, host: str, port: int, application: Callable[..., Any]) -> None:
        from cheroot.wsgi import Server

        class Quiet(Server):
            """Tells a fault of a connection without its words, which may quote a request."""

            def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: FBT001, FBT002 - Cheroot's own signature
                """Write it into the node's output."""
                del msg
                _log.log(level, "a connection failed", exc_info=traceback)

        self._server = Quiet(
            (host, port),
            application,
            numthreads=DESK_THREADS,
            server_name="legation",
            timeout=WAIT_SECONDS,
            shutdown_timeout=5,
        )
        self._server.max_request_body_size = MAX_REQUEST
        self._server.max_request_header_size = MAX_HEADER
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Bind and answer, in a thread. Raises Refusal "port" when the address is taken."""
        host, port = self._server.bind_addr[:2]
        try:
            self._server.prepare()
        except OSError as fault:
            raise Refusal(
                "port",
                thing=N_("The desk's port {host}:{port}"),
                rule=N_("this machine does not give it ({reason})."),
                remedy=N_("Stop what uses it, or choose another with --port."),
                host=host,
                port=port,
                reason=_reason(fault),
            ) from fault
        self._thread = threading.Thread(target=self._server.serve, name="desk", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, finish those under way, within 5 seconds."""
        if self._thread is not None:
            self._server.stop()
            self._thread.join()
            self._thread = None


def _reason(fault: OSError) -> str:
    return fault.strerror or str(fault)


@contextmanager
def only_process(home: Path) -> Iterator[None]:
    """Hold the node's lock (rule 1). Raises Refusal "already-served"."""
    handle = os.open(home / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Refusal(
                "already-served",
                thing=N_("Node {path}"),
                rule=N_("another process serves it already."),
                remedy=N_("Use that one, or stop it first."),
                path=home,
            ) from fault
        yield
    finally:
        os.close(handle)


class Stop:
    """Waits until somebody asks this process to end; a second request ends it at once."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def listen(self) -> None:
        """Take SIGTERM and SIGINT as the request."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._take)

    def _take(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as signals call
        if self._asked.is_set():
            os._exit(1)
        self._asked.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the request, or for so many seconds; tell whether it came."""
        return self._asked.wait(seconds)
