"""Ports for tests that serve: below the range that the system hands out, a block a worker.

A port that the system chose (port 0) may be given to an outgoing connection, or to another
test, before the server under test takes it.
"""

import os
import socket
from itertools import count

FIRST, BLOCK, BLOCKS = 12_000, 1_000, 20
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_next = count()


def free_port() -> int:
    """Give a port that nothing on this machine listens on, a new one at every call."""
    start = FIRST + BLOCK * (_worker % BLOCKS)
    for _ in range(BLOCK):
        port = start + next(_next) % BLOCK
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port from {start} to {start + BLOCK}")
