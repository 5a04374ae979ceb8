"""Two nodes with officers, introduced, each side's part of the dossier stated, a few notes sent.

All in one process, so that it takes seconds. The notes are invented and say so; the dossier is
the real one. A folder that is half made (its demo.json says so) is made anew; one that is ready
is opened as it stands.
"""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from legation.acts.introduction import words
from legation.cli.demo import letters
from legation.cli.demo.acting import answer, carry, clear_and_release, draft, send
from legation.cli.demo.cast import RU, SIDES, US
from legation.cli.demo.wire import free_port
from legation.cli.words import _
from legation.errors import N_, Refusal
from legation.line import services as line
from legation.line.node import Node, init_node, open_node, utc_now
from legation.missions import dossier
from legation.officers import services as officers
from legation.seeds import read_seed

MARK: Final = "demo.json"
PASSPHRASE: Final = "demonstration"  # noqa: S105 - it guards nothing
SEED: Final = "us-ru"

Step: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The two nodes, open in this process. line_ports: where the wire begins, by party."""

    folder: Path
    us: Node
    ru: Node
    line_ports: dict[str, int]

    @property
    def nodes(self) -> tuple[Node, Node]:
        """Both, in the order of `SIDES`."""
        return self.us, self.ru


def stage(folder: Path, *, step: Step) -> Stage:
    """Open the demonstration in `folder`, making it first if it is not there.

    step: told what is being done. Raises Refusal "not-a-demo" for a folder of something else.
    """
    known = _read(folder / MARK)
    if known.get("state") == "ready":
        step(_("Opening both nodes"))
        return _open(folder, known["line_ports"])
    make_room(folder, begun=bool(known))
    ports = {side.party: free_port(side.line_port) for side in SIDES}
    _write(folder / MARK, "building", ports)
    _make(folder, ports, step)
    made = _open(folder, ports)
    _people(made, step)
    _introduce(made, step)
    _state(made, step)
    _correspond(made, step)
    _write(folder / MARK, "ready", ports)
    return made


def _read(mark: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads(mark.read_text("utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _write(mark: Path, state: str, ports: dict[str, int]) -> None:
    text = json.dumps({"demo": 1, "state": state, "line_ports": ports}, indent=2)
    mark.write_text(text + "\n", "utf-8")


def make_room(folder: Path, *, begun: bool) -> None:
    """Make the folder; clear away a demonstration that was interrupted while it was made."""
    folder.mkdir(parents=True, exist_ok=True)
    if begun:
        for side in SIDES:
            shutil.rmtree(side.home(folder), ignore_errors=True)
            side.home(folder).with_name(f"{side.folder}.fence").unlink(missing_ok=True)
    elif any(folder.iterdir()):
        raise Refusal(
            "not-a-demo",
            thing=N_("Folder {path}"),
            rule=N_("it holds something, and no demonstration."),
            remedy=N_("Name an empty or new folder with --dir."),
            path=folder,
        )


def _make(folder: Path, ports: dict[str, int], step: Step) -> None:
    step(_("Making keys and a database for each side"))
    for side, other in ((US, RU), (RU, US)):
        init_node(
            side.home(folder),
            party=side.party,
            name=side.name,
            peer=other.party,
            line_url=f"https://127.0.0.1:{ports[side.party]}/line",
            passphrase=PASSPHRASE,
            now=utc_now(),
        )


def _open(folder: Path, ports: dict[str, int]) -> Stage:
    us = open_node(US.home(folder))
    ru = open_node(RU.home(folder), alias=RU.folder)
    return Stage(folder=folder, us=us, ru=ru, line_ports=ports)


def _people(made: Stage, step: Step) -> None:
    step(_("Adding officers on each side"))
    for node, side in zip(made.nodes, SIDES, strict=True):
        for player in side.players:
            officers.add_officer(
                node,
                name=player.name,
                roles=player.roles,
                post=player.post,
                at=node.clock(),
                password=player.password,
                passphrase=PASSPHRASE,
            )


def _introduce(made: Stage, step: Step) -> None:
    step(_("Introducing the nodes; two officers on each side compare twelve words"))
    us, ru = (line.own_introduction(node) for node in made.nodes)
    for node, side, theirs in zip(made.nodes, SIDES, (ru, us), strict=True):
        line.import_introduction(node, theirs, at=node.clock())
        said = " ".join(words(theirs))
        for officer in (side.drafts, side.clears):
            officers.confirm_peer(node, said=said, by=officer, at=node.clock())


def _state(made: Stage, step: Step) -> None:
    step(_("Each side states its own part of the dossier: posts, premises, movement rules"))
    seed = read_seed(SEED)
    for node, side in zip(made.nodes, SIDES, strict=True):
        loaded = dossier.load(node, data=seed, by=side.drafts, at=node.clock())
        assert loaded.draft is not None
        clear_and_release(node, loaded.draft)
    carry(*made.nodes)


def _correspond(made: Stage, step: Step) -> None:
    step(_("Exchanging notes, marked as invented"))
    us, ru = made.nodes
    hours = send(us, "note", letters.REGISTRY_HOURS)
    test = send(ru, "note", letters.TEST_OF_THE_LINE)
    carry(us, ru)
    answer(ru, hours, letters.HOURS_REPLY)
    answer(us, test, letters.TEST_NOTED)
    send(ru, "premises.access", letters.PIONEER_POINT)
    send(us, "payment.facilitation", letters.SALARIES)
    gate = send(ru, "protection.request", letters.GATE)
    carry(us, ru)
    answer(us, gate, letters.GATE_GUARDED)
    carry(us, ru)
    draft(us, "premises.access", letters.WAREHOUSES)
