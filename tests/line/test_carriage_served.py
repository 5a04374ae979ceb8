"""Files cross between two nodes that are served: over HTTPS either way, and on a stick."""

import os
from dataclasses import replace
from datetime import timedelta

from legation.acts.files import CHUNK, FileRef
from legation.line import services
from legation.line.loop import sync_once
from legation.line.queries import files as held
from legation.line.queries.reach import opposite
from legation.line.services import Intake, files
from legation.line.visits import HttpsVisit, Tally
from line.acts import a_note, naming
from line.served import Both, Served, eventually

SIZE = 6 * CHUNK + 1_234


def releases(side: Served, data: bytes) -> FileRef:
    at = side.node.clock()
    ref = files.stage(side.node, data, name="scan.pdf", media_type="application/pdf", at=at)
    services.append(side.node, [naming(a_note(side.node.party, len(data)), ref)], at=at)
    return ref


def has(side: Served, ref: FileRef) -> bytes:
    return held.read(side.node, ref.root.text)


def lacks_nothing(side: Served) -> bool:
    return side.held.theirs > 0 and side.held.missing == 0


def test_a_file_is_brought_as_soon_as_its_act_is_there(both: Both) -> None:
    both.serve()
    data = os.urandom(SIZE)
    ref = releases(both.a, data)
    eventually(lambda: lacks_nothing(both.b), "B has all of it")
    assert has(both.b, ref) == data


def test_who_cannot_be_called_fetches_files(both: Both) -> None:
    """B's port is closed, so what A has is fetched by B, in the answers to its calls."""
    data = os.urandom(SIZE)
    ref = releases(both.a, data)
    both.a.listen()
    sync_once(both.b.node)
    assert has(both.b, ref) == data
    assert both.b.refusals() == {}


def test_what_is_being_brought_is_not_called_for_as_well(both: Both) -> None:
    """B calls for a file only after waiting in vain, and again only when no more is brought."""
    data = os.urandom(SIZE)
    ref, start = releases(both.a, data), both.b.node.clock()
    both.a.listen()
    now = [start]
    node = replace(both.b.node, clock=lambda: now[0])
    visit, tally, brought = HttpsVisit(node, opposite(node)), Tally(), Intake(node)
    for seconds, chunks in ((0, 0), (3, 0), (6, 0), (12, 3)):
        now[0] = start + timedelta(seconds=seconds)
        visit.send(tally)
        assert tally.chunks == chunks, seconds
        if seconds == 3:
            freight = next(services.each_freight(both.a.node, services.planned(both.a.node)))
            services.receive_any(node, freight, intake=brought, carrier="https", at=now[0])
            brought.flush(at=now[0])
    visit.close()
    assert has(both.b, ref) == data


def test_one_sync_brings_entries_and_files(both: Both) -> None:
    data = os.urandom(SIZE)
    ref = releases(both.a, data)
    both.b.listen()
    counts = sync_once(both.a.node)
    assert has(both.b, ref) == data
    assert counts["files"] == {"asked": 0, "missing": 0}
    assert both.b.refusals() == {}


def test_a_stick_brings_the_files_with_the_entries_at_once(both: Both) -> None:
    data = os.urandom(SIZE)
    ref = releases(both.a, data)
    sync_once(both.a.node, carrier="folder", path=both.stick)
    sync_once(both.b.node, carrier="folder", path=both.stick)
    assert has(both.b, ref) == data
    lying = {path.name for path in both.stick.rglob("*.bundle")}
    for side in (both.a, both.b, both.a):
        sync_once(side.node, carrier="folder", path=both.stick)
    assert sum(path.stat().st_size for path in both.stick.rglob("*.bundle")) < CHUNK
    assert lying


def test_a_stick_on_which_freight_was_lost_brings_it_the_next_time(both: Both) -> None:
    data = os.urandom(SIZE)
    ref = releases(both.a, data)
    sync_once(both.a.node, carrier="folder", path=both.stick)
    largest = max(both.stick.rglob("*.bundle"), key=lambda path: path.stat().st_size)
    largest.unlink()
    for side in (both.b, both.a, both.b):
        sync_once(side.node, carrier="folder", path=both.stick)
    assert has(both.b, ref) == data
