"""`legation demo --alone`: one node, no peer, and a month of work on paper. All of it invented."""

import json
import shutil
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import connections

from legation.cli.demo import letters
from legation.cli.demo.cast import SIDES, Side, programme
from legation.cli.demo.letters import Form
from legation.cli.demo.processes import Served
from legation.cli.demo.setting import MARK, PASSPHRASE, SEED, Step, make_room
from legation.cli.demo.wire import free_port
from legation.cli.output import Result, say, tell, write_json
from legation.cli.serving import Stop
from legation.cli.words import _
from legation.line.node import Node, init_node, open_node, utc_now
from legation.line.services.deliveries import Handed
from legation.missions import dossier
from legation.notices import services as notices
from legation.notices.paper import services as paper
from legation.officers import services as officers
from legation.seeds import read_seed

if TYPE_CHECKING:
    from legation.officers.services import Draft

HEARTBEAT: Final = 10.0
LOOK_SECONDS: Final = 1.0
ANY_PORT: Final = 0


def play_alone(folder: Path, party: str, *, as_json: bool) -> Result:
    """Serve one side's desk until Ctrl-C. Raises Refusal "not-a-demo", "not-started"."""
    began = time.monotonic()
    side = next(each for each in SIDES if each.party == party)
    stage_alone(folder, side, step=lambda text: tell(f"· {text}"))
    connections.close_all()
    served = Served(
        side.home(folder),
        port=free_port(side.desk_port),
        line_port=free_port(ANY_PORT),
        heartbeat=HEARTBEAT,
    )
    stop = Stop()
    stop.listen()
    served.start()
    try:
        served.wait()
        _tell(folder, side, served.port, time.monotonic() - began, as_json=as_json)
        while not stop.wait(LOOK_SECONDS) and served.is_running:
            pass
    finally:
        served.stop()
    tell(_("Stopped; the node’s folder stays."))
    return Result(raw=b"")


def _tell(folder: Path, side: Side, port: int, seconds: float, *, as_json: bool) -> None:
    if as_json:
        desk = f"http://{side.host}:{port}/"
        players = [{"name": each.name, "password": each.password} for each in side.players]
        write_json({"ok": True, "dir": folder, "desk": desk, "officers": players})
        return
    lines = (
        "",
        programme({side.party: port}),
        "",
        _("Ready after {seconds:.0f} s. Nobody is at the other end: all of it is on paper.").format(
            seconds=seconds
        ),
        _("The dossier is real; officers and notes are invented, and the notes say so."),
        _("The node lives in {path} and is kept. Stop with Ctrl-C.").format(path=folder),
    )
    say("\n".join(lines))


def stage_alone(folder: Path, side: Side, *, step: Step) -> Node:
    """Open the demonstration in `folder`, making it first if it is not there."""
    mark = folder / MARK
    known: dict[str, object] = {}
    with suppress(OSError, ValueError):
        known = dict(json.loads(mark.read_text("utf-8")))
    if known.get("alone") == side.party and known.get("state") == "ready":
        step(_("Opening the node"))
        return open_node(side.home(folder))
    if known.get("alone") == side.party:
        shutil.rmtree(side.home(folder), ignore_errors=True)
        side.home(folder).with_name(f"{side.folder}.fence").unlink(missing_ok=True)
    else:
        make_room(folder, begun=False)
    _write(mark, side, "building")
    step(_("Making keys and a database, without a peer"))
    other = next(each for each in SIDES if each is not side)
    init_node(
        side.home(folder),
        party=side.party,
        name=side.name,
        peer=other.party,
        passphrase=PASSPHRASE,
        now=utc_now(),
    )
    node = open_node(side.home(folder))
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
    _work(node, side, other, step)
    _write(mark, side, "ready")
    return node


def _write(mark: Path, side: Side, state: str) -> None:
    text = json.dumps({"demo": 1, "alone": side.party, "state": state}, indent=2)
    mark.write_text(text + "\n", "utf-8")


def _work(node: Node, side: Side, other: Side, step: Step) -> None:
    """Let a month pass: posts stated, one note answered, one that waits, one of theirs."""
    now, told = node.clock(), letters.ALONE[side.party]

    def ago(days: float) -> datetime:
        return now - timedelta(days=days)

    step(_("Stating posts, premises and rules, on paper"))
    loaded = dossier.load(node, data=read_seed(SEED), by=side.drafts, at=ago(30))
    assert loaded.draft is not None
    _leaves(node, side, loaded.draft, ago(30))
    step(_("Sending notes on paper, marked as invented"))
    answered = _sends(node, side, "note", told.answered, ago(24))
    _hands_over(node, side, answered, ago(23), "вх. 4711 / in 4711")
    _replies(node, side, answered, told.reply, ago(15))
    waiting = _sends(node, side, "premises.access", told.waiting, ago(19))
    _hands_over(node, side, waiting, ago(18), "вх. 4722 / in 4722")
    _sends(node, side, "note", told.fresh, ago(0.8))
    head: Form = {"number": "17-demo", "on": f"{ago(6):%Y-%m-%d}"}
    head |= {"received_on": f"{ago(5):%Y-%m-%d}", "place": "Demonstration: the registry"}
    came = {**told.theirs, "paper": head}
    paper.enter_note(node, kind="note", data=came, by=side.drafts, at=ago(4))
    draft = {**told.fresh, "subject": "Demonstration: a draft that waits to be cleared"}
    notices.draft_notice(node, kind="note", data=draft, by=side.drafts, at=ago(0.1))
    del other


def _leaves(node: Node, side: Side, draft: "Draft", at: datetime) -> str:
    officers.clear(node, draft_id=draft.id, by=side.clears, at=at)
    return officers.release(node, draft_id=draft.id, by=side.drafts, at=at)[0].on


def _sends(node: Node, side: Side, kind: str, form: Form, at: datetime) -> str:
    draft = notices.draft_notice(node, kind=kind, data=form, by=side.drafts, at=at)
    return _leaves(node, side, draft, at)


def _hands_over(node: Node, side: Side, notice: str, on: datetime, stamp: str) -> None:
    handed = Handed(
        on=f"{on:%Y-%m-%d}",
        place=_("Demonstration: registry of the Ministry"),
        by_whom=_("Demonstration: Third Secretary"),
        stamp=stamp,
    )
    paper.deliver(node, notice=notice, handed=handed, by=side.drafts, at=on + timedelta(days=1))


def _replies(node: Node, side: Side, notice: str, form: Form, on: datetime) -> None:
    data: Form = {**form, "paper": {"number": "1234-demo", "on": f"{on:%Y-%m-%d}"}}
    paper.enter_reply(node, notice=notice, data=data, by=side.drafts, at=on + timedelta(days=1))
