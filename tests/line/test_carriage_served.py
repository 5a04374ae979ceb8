"""Files cross between two nodes that are served: over HTTPS either way, and on a stick."""

import os

from legation.acts.files import CHUNK, FileRef
from legation.line import services
from legation.line.loop import sync_once
from legation.line.queries import files as held
from legation.line.services import files
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
