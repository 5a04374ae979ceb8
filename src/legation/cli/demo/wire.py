"""The wire between the two nodes of a demonstration, outside both, so that it can be cut.

Each node's line address is an end of the wire; what arrives there is passed on, byte for byte
and unread (it is TLS between the nodes), to the port where that node really listens. Cutting
closes the port and every connection on it: the nodes find out as they would in life.
"""

import socket
import threading
from contextlib import suppress
from typing import Final

from legation.errors import N_, Refusal

CHUNK: Final = 64 * 1024
CONNECT_SECONDS: Final = 5.0


class Wire:
    """One end: listens on `port` and passes on to `beyond`. Made mended; `cut` and `mend` it."""

    def __init__(self, *, port: int, beyond: int, host: str = "127.0.0.1") -> None:
        self.port = port
        self._beyond = (host, beyond)
        self._host = host
        self._listening: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()

    @property
    def is_cut(self) -> bool:
        """Tell whether the port is closed."""
        return self._listening is None

    def mend(self) -> None:
        """Open the port. Raises Refusal "port" when another program has it."""
        if self._listening is not None:
            return
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((self._host, self.port))
        except OSError as fault:
            listening.close()
            raise Refusal(
                "port",
                thing=N_("The line port {host}:{port}"),
                rule=N_("this machine does not give it ({reason})."),
                remedy=N_("Stop what uses it, then try again."),
                host=self._host,
                port=self.port,
                reason=fault.strerror,
            ) from fault
        listening.listen(64)
        self._listening = listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def cut(self) -> None:
        """Close the port and all that runs over it."""
        with self._guard:
            listening, self._listening = self._listening, None
            running, self._open = self._open, set()
        if listening is not None:
            # shutdown wakes the thread that waits in accept; close alone would leave it there.
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()
        for end in running:
            _end(end)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:  # cut
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._beyond, timeout=CONNECT_SECONDS)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        with self._guard:
            if self._listening is None:
                _end(near)
                _end(far)
                return
            self._open |= {near, far}
        back = threading.Thread(target=_pump, args=(far, near), daemon=True)
        back.start()
        _pump(near, far)
        back.join()
        with self._guard:
            self._open -= {near, far}
        near.close()
        far.close()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def free_port(wanted: int, *, host: str = "127.0.0.1") -> int:
    """Return `wanted` if this machine gives it, else a free port of its choice."""
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    raise Refusal(
        "port",
        thing=N_("This machine"),
        rule=N_("it gives no free port."),
        remedy=N_("Stop some other program, then try again."),
    )
