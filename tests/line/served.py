"""Two nodes in folders that name each other's line ports, to be served in this process."""

import json
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import connections

from legation.acts.introduction import words
from legation.line import services
from legation.line.databases import forget
from legation.line.listener import LinePort
from legation.line.loop import LineLoop, line_port
from legation.line.models import CarrierState, RefusalCount
from legation.line.node import Node, init_node, open_node, utc_now
from legation.line.queries.reach import Reach, reach
from line.acts import a_note
from line.harness import START
from ports import free_port

PATIENCE = 20.0
BEAT = 0.5


def eventually(holds: Callable[[], object], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, what
        threading.Event().wait(0.02)


@dataclass
class Served:
    """A node, its port and its loop, each of which can be stopped and started."""

    node: Node
    at: int
    folder: Path | None = None
    port: LinePort | None = None
    loop: LineLoop | None = None

    def listen(self) -> None:
        self.port = line_port(self.node, ("127.0.0.1", self.at))
        self.port.start()

    def run(self) -> None:
        self.loop = LineLoop(self.node, heartbeat=BEAT, folder=self.folder)
        self.loop.start()

    def hang_up(self) -> None:
        if self.port is not None:
            self.port.stop()
            self.port = None

    def stop(self) -> None:
        if self.loop is not None:
            self.loop.stop()
            self.loop = None
        self.hang_up()

    def writes(self, *numbers: int) -> None:
        notes = [a_note(self.node.party, n) for n in numbers]
        services.append(self.node, notes, at=self.node.clock())

    @property
    def held(self) -> Reach:
        held = reach(self.node)
        assert held is not None
        return held

    def refusals(self) -> dict[str, int]:
        rows = RefusalCount.objects.using(self.node.alias)
        return dict(rows.values_list("code", "count"))

    def carrier(self, name: str) -> CarrierState:
        found = CarrierState.objects.using(self.node.alias).filter(name=name).first()
        return found or CarrierState(name=name)

    def until(self, carrier: str, holds: Callable[[CarrierState], bool]) -> None:
        eventually(lambda: holds(self.carrier(carrier)), f"{self.node.party} {carrier}")


@dataclass
class Both:
    a: Served
    b: Served
    stick: Path

    @property
    def sides(self) -> tuple[Served, Served]:
        return self.a, self.b

    def serve(self) -> None:
        for side in self.sides:
            side.listen()
            side.run()

    def is_even(self) -> bool:
        a, b = self.a.held, self.b.held
        return (a.size, a.have, b.theirs) == (a.size,) * 3 and (b.size, b.have, a.theirs) == (
            b.size,
        ) * 3

    def becomes_even(self, *, a: int = 0, b: int = 0) -> None:
        """Wait until both hold all, A at least so many entries of its own, and B so many."""
        eventually(
            lambda: self.a.held.size >= a and self.b.held.size >= b and self.is_even(),
            f"{self.a.held} {self.b.held}",
        )


def make_served(folder: Path) -> None:
    """Make both nodes in a folder, introduced and closed."""
    nodes = {}
    for party, peer in (("US", "RU"), ("RU", "US")):
        home = folder / party
        init_node(
            home,
            party=party,
            name=f"State {party}",
            peer=peer,
            line_url=f"https://{party.lower()}.localhost:{free_port()}",
            passphrase="open",
            now=START,
        )
        nodes[party] = open_node(home, f"made_{party}")
    files = {party: services.own_introduction(node) for party, node in nodes.items()}
    for party, other in (("US", "RU"), ("RU", "US")):
        services.import_introduction(nodes[party], files[other], at=START)
        for officer in ("Ada", "Bela"):
            said = " ".join(words(files[other]))
            services.confirm_peer(nodes[party], said, by=officer, at=START)
    for node in nodes.values():
        connections[node.alias].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        forget(node.alias)


def a_copy(template: Path, folder: Path) -> Served:
    home = folder / template.name
    shutil.copytree(template, home)
    about = json.loads((home / "node.json").read_text())
    about["fence"] = str(home.with_name(f"{home.name}.fence"))
    shutil.copyfile(template.with_name(f"{home.name}.fence"), about["fence"])
    (home / "node.json").write_text(json.dumps(about))
    node = open_node(home, f"loop_{home.name}")
    return Served(replace(node, clock=utc_now), int(about["line_url"].rpartition(":")[2]))
