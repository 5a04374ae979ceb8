"""The demonstration at work: two served nodes, and the wire between them."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final

from legation.cli.demo.cast import SIDES
from legation.cli.demo.processes import Served
from legation.cli.demo.setting import Stage
from legation.cli.demo.wire import Wire, free_port

ANY_PORT: Final = 0
LOOK_EVERY: Final = 0.1


@dataclass(frozen=True, slots=True)
class Running:
    """Both nodes served. served, wires: by party; a wire is the way *to* that party."""

    served: dict[str, Served]
    wires: dict[str, Wire]

    def cut(self) -> None:
        """Cut the line both ways: the ports close."""
        for wire in self.wires.values():
            wire.cut()

    def mend(self) -> None:
        """Mend the line both ways."""
        for wire in self.wires.values():
            wire.mend()

    @property
    def ports(self) -> dict[str, int]:
        """The desks' ports, by party."""
        return {party: served.port for party, served in self.served.items()}


@contextmanager
def running(stage: Stage, *, heartbeat: float) -> Iterator[Running]:
    """Serve both nodes while the block runs. heartbeat: seconds.

    Raises Refusal "port" (the line's, which stands in the introductions) or "not-started".
    """
    served: dict[str, Served] = {}
    wires: dict[str, Wire] = {}
    with ExitStack() as stack:
        for side in SIDES:
            served[side.party] = Served(
                side.home(stage.folder),
                port=free_port(side.desk_port),
                line_port=free_port(ANY_PORT),
                heartbeat=heartbeat,
            )
            port = stage.line_ports[side.party]
            wires[side.party] = Wire(port=port, beyond=served[side.party].line_port)
            stack.callback(wires[side.party].cut)
            stack.callback(served[side.party].stop)
            wires[side.party].mend()
            served[side.party].start()
        for each in served.values():
            each.wait()
        yield Running(served, wires)


def until(holds: Callable[[], bool], *, seconds: float) -> bool:
    """Wait until `holds()` is true, at most so long; tell whether it became so."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_EVERY)
    return True
