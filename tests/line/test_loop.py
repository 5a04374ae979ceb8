"""Two served nodes: what one writes the other has at once, whatever breaks in between.

Real folders, real sockets, real threads; nothing sleeps, every wait ends when what it waits for
is there.
"""

import socket
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from legation.line.loop import ACKNOWLEDGED, answer, line_port
from legation.line.visits import FolderVisit
from line.acts import a_note
from line.harness import Pair
from line.served import Both, eventually


def test_what_one_side_writes_the_other_has_at_once_and_says_so(both: Both) -> None:
    both.serve()
    both.a.writes(1, 2, 3)
    both.becomes_even(a=3, b=1)
    assert both.b.held.theirs == 3
    both.b.writes(4)
    both.becomes_even(a=4, b=2)
    assert both.a.refusals() == both.b.refusals() == {}


def test_what_another_process_writes_leaves_as_well(both: Both) -> None:
    both.serve()
    both.becomes_even()
    program = (
        "import sys, django; django.setup()\n"
        "from pathlib import Path\n"
        "from legation.line import services\n"
        "from legation.line.node import open_node\n"
        "from line.acts import a_note\n"
        "node = open_node(Path(sys.argv[1]), 'other')\n"
        "services.append(node, [a_note('US', 9)], at=node.clock())\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(both.a.node.home)],
        env={
            "DJANGO_SETTINGS_MODULE": "legation.settings",
            "PYTHONPATH": ":".join(sys.path),
        },
        check=True,
        timeout=60,
    )
    both.becomes_even(a=1, b=1)


def test_heartbeats_go_out_and_are_echoed_on_every_carrier(both: Both) -> None:
    for side in both.sides:
        side.folder = both.stick
    both.serve()
    for side in both.sides:
        for carrier in ("https", "folder"):
            side.until(carrier, lambda state: state.echoed > 1)


def test_a_cut_line_comes_back_and_nothing_is_lost_or_doubled(both: Both) -> None:
    both.serve()
    both.a.writes(1)
    both.becomes_even(a=1, b=1)
    for side in both.sides:
        side.hang_up()
    both.a.writes(2)
    both.b.writes(3)
    for side in both.sides:
        side.until("https", lambda state: state.error == "unreachable")
    for side in both.sides:
        side.listen()
    both.becomes_even(a=2, b=2)
    assert [side.held.theirs for side in both.sides] == [both.b.held.size, both.a.held.size]


def test_while_the_line_is_cut_a_folder_carries(both: Both) -> None:
    for side in both.sides:
        side.folder = both.stick
        side.run()  # nobody listens
    both.a.writes(1, 2)
    both.becomes_even(a=2, b=1)
    assert both.a.carrier("folder").echoed > 0
    assert both.a.carrier("https").echoed == 0


def test_a_stick_that_comes_and_goes_does_not_stop_the_line(both: Both) -> None:
    both.stick.rmdir()
    for side in both.sides:
        side.folder = both.stick
        side.run()
    both.a.writes(1)
    both.a.until("folder", lambda state: state.error == "folder")
    both.stick.mkdir()
    both.becomes_even(a=1, b=1)


def test_a_carrier_that_hangs_holds_up_no_other(both: Both) -> None:
    deaf = socket.create_server(("127.0.0.1", both.b.at))
    for side in both.sides:
        side.folder = both.stick
        side.run()
    begun = time.monotonic()
    both.a.writes(1)
    both.becomes_even(a=1, b=1)
    assert time.monotonic() - begun < 5  # less than the greeting that hangs may take
    deaf.close()


def test_a_side_without_an_address_is_answered_when_it_calls(both: Both) -> None:
    both.a.listen()
    both.b.run()
    both.a.writes(1, 2, 3)
    both.becomes_even(a=3, b=1)


def test_a_stranger_in_the_peers_place_is_refused_and_counted(both: Both) -> None:
    stranger = replace(both.b.node, keys=both.a.node.keys)
    port = line_port(replace(stranger, home=both.a.node.home), ("127.0.0.1", both.b.at))
    port.start()
    both.a.run()
    both.a.writes(1)
    eventually(lambda: both.a.refusals().get("line-key"), "counted")
    both.a.stop()
    port.stop()
    assert both.a.held.have == 0
    assert both.a.carrier("https").error == "line-key"


def test_a_fault_in_the_program_is_named_counted_and_outlived(
    both: Both, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failed = threading.Event()
    take = FolderVisit.look

    def look(self: FolderVisit, tally: object) -> None:
        if not failed.is_set():
            failed.set()
            raise KeyError("planted")
        take(self, tally)  # type: ignore[arg-type]

    monkeypatch.setattr(FolderVisit, "look", look)
    for side in both.sides:
        side.folder = both.stick
        side.run()
    both.a.writes(1)
    both.becomes_even(a=1, b=1)
    counted = both.a.refusals() | both.b.refusals()
    assert counted == {"fault-KeyError": 1}
    assert "planted" in caplog.text


def test_a_locked_database_is_waited_out(both: Both) -> None:
    both.serve()
    both.becomes_even()
    other = sqlite3.connect(both.b.node.home / "db.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    both.a.writes(1)
    both.a.until("https", lambda state: state.error != "")
    other.execute("ROLLBACK")
    other.close()
    both.becomes_even(a=1, b=1)


def test_the_loop_stops_when_told_to(both: Both) -> None:
    both.serve()
    begun = time.monotonic()
    for side in both.sides:
        side.stop()
    assert time.monotonic() - begun < 5
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"line-https", "line-folder", "line-port"}


def test_a_long_run_is_acknowledged_now_and_then_and_at_its_end(pair: Pair) -> None:
    pair.a.append(*(a_note(n=n) for n in range(ACKNOWLEDGED + 100)))
    answers = [answer(pair.b.node, bundle) for bundle in pair.a.sends()]
    spoken = [place for place, each in enumerate(answers) if each is not None]
    assert spoken == [ACKNOWLEDGED // 64 - 1, len(answers) - 1]
    for place in spoken:
        pair.a.takes(answers[place] or b"")
    assert pair.a.status().queue == 0
