"""`legation demo` by hand: make or open both nodes, serve them, say who signs in where."""

import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.db import connections

from legation.cli.demo.cast import SIDES, programme
from legation.cli.demo.running import Running, running
from legation.cli.demo.setting import Stage, stage
from legation.cli.demo.steps import DAY_OF_TALKS
from legation.cli.output import Result, say, tell, write_json
from legation.cli.serving import Stop
from legation.cli.words import _
from legation.errors import N_, Refusal

HEARTBEAT: Final = 5.0
LOOK_SECONDS: Final = 1.0
WINDOW: Final = 60.0
MOST_ENDS: Final = 5


def play(folder: Path, *, as_json: bool) -> Result:
    """Serve the demonstration until Ctrl-C. Raises Refusal as its parts do."""
    began = time.monotonic()
    made = stage(folder, step=lambda text: tell(f"· {text}"))
    connections.close_all()
    tell("· " + _("Starting both nodes"))
    with running(made, heartbeat=HEARTBEAT) as live:
        stop = Stop()
        stop.listen()
        if as_json:
            write_json(_data(made, live))
        else:
            say(_told(made, live, time.monotonic() - began))
        _take_commands(live)
        _watch(live, stop)
        tell(_("Stopping both nodes; their folders stay."))
    return Result(raw=b"")


def _told(made: Stage, live: Running, seconds: float) -> str:
    return "\n".join(
        (
            "",
            programme(live.ports),
            "",
            *_boards(live),
            "",
            _("Ready after {seconds:.0f} s. The dossier is real; officers and notes are").format(
                seconds=seconds
            )
            + _(" invented, and the notes say so."),
            _("Both nodes live in {path} and are kept. Stop with Ctrl-C.").format(path=made.folder),
            _("To cut the line between them type `cut` and Enter; `mend` mends it."),
        )
    )


def _boards(live: Running) -> tuple[str, ...]:
    """Say where the boards are that the dossier makes: of a day of talks, and of today."""
    side = SIDES[0]
    page = f"http://{side.host}:{live.ports[side.party]}/readiness/"
    return (
        _("Which posts can operate, on the day of the second talks at Istanbul:"),
        f"  {page}?at={DAY_OF_TALKS}",
        _("And today:"),
        f"  {page}",
    )


def _data(made: Stage, live: Running) -> dict[str, object]:
    return {
        "ok": True,
        "dir": made.folder,
        "nodes": [
            {
                "party": side.party,
                "dir": side.home(made.folder),
                "desk": f"http://{side.host}:{live.ports[side.party]}/",
                "line_port": made.line_ports[side.party],
                "boards": [f"/readiness/?at={DAY_OF_TALKS}", "/readiness/"],
                "officers": [
                    {"name": player.name, "password": player.password, "roles": player.roles}
                    for player in side.players
                ],
            }
            for side in SIDES
        ],
    }


def _take_commands(live: Running) -> None:
    """Listen to what is typed or comes through a pipe; what is neither ends at once."""
    if sys.stdin is not None:
        threading.Thread(target=obey, args=(live, sys.stdin), daemon=True).start()


def obey(live: Running, lines: Iterable[str]) -> None:
    """Cut and mend the line as `lines` say, a word each."""
    for line in lines:
        word = line.strip().lower()
        if word == "cut":
            live.cut()
            tell(_("The line is cut: both ports are closed."))
        elif word == "mend":
            _mend(live)
        elif word:
            tell(_("Type `cut` or `mend`; stop with Ctrl-C."))


def _mend(live: Running) -> None:
    try:
        live.mend()
    except Refusal as refusal:
        tell(refusal.sentence(_))
    else:
        tell(_("The line is mended."))


def _watch(live: Running, stop: Stop) -> None:
    """Wait for the end; start a node again that was killed. Raises Refusal "ended"."""
    ends: list[float] = []
    while not stop.wait(LOOK_SECONDS):
        for party, served in live.served.items():
            if served.is_running:
                continue
            ends = [at for at in ends if time.monotonic() - at < WINDOW] + [time.monotonic()]
            if len(ends) > MOST_ENDS:
                raise Refusal(
                    "ended",
                    thing=N_("Node of {party}"),
                    rule=N_("its process ends as often as it is started."),
                    remedy=N_("Read {log}."),
                    party=party,
                    log=served.said_in,
                )
            tell(_("The node of {party} ended; starting it again.").format(party=party))
            served.start()
