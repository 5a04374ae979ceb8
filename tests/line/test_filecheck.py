"""What is wrong with a file is named by `verify`, and mended from the other side if possible."""

import os
from collections.abc import Callable

import pytest

from legation.acts.files import CHUNK
from legation.line import queries
from legation.line.filestore import FileStore
from legation.line.models import FileMention, HeldFile
from legation.line.queries import files as held
from legation.line.services import files
from legation.line.services.rebuilding import rebuild
from line.acts import a_note, an_erasure, naming
from line.cargo import brings, has, sent, stages
from line.harness import Pair, TestNode, crashing


def faults(node: TestNode) -> list[tuple[str, str]]:
    found = queries.verify_record(node.node).faults
    return [(fault.row, fault.what) for fault in found]


def flip(node: TestNode, root: str, at: int) -> None:
    with FileStore(node.node.home).path(root).open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))


@pytest.mark.parametrize("side", ["who sent it", "who received it"])
def test_a_flipped_byte_is_named_and_fetched_again(pair: Pair, side: str) -> None:
    data = os.urandom(3 * CHUNK)
    [ref] = sent(pair, data)
    brings(pair.a, pair.b)
    pair.sync()
    bad, good = (pair.a, pair.b) if side == "who sent it" else (pair.b, pair.a)
    flip(bad, ref.root.text, CHUNK + 5)
    assert faults(bad) == [(ref.root.text[:12], "chunk 1: its bytes have changed")]
    assert files.repair(bad.node, at=bad.clock()) == 1
    assert faults(bad) == []
    pair.sync()
    assert [each.new for each in brings(good, bad)] == [1]
    assert has(bad, ref) == data
    assert files.repair(bad.node, at=bad.clock()) == 0


def test_a_file_that_is_gone_is_named_and_fetched_again(pair: Pair) -> None:
    data = os.urandom(2 * CHUNK)
    [ref] = sent(pair, data)
    brings(pair.a, pair.b)
    pair.sync()
    FileStore(pair.a.node.home).path(ref.root.text).unlink()
    assert faults(pair.a) == [(ref.root.text[:12], "its bytes are missing")]
    files.repair(pair.a.node, at=pair.clock())
    pair.sync()
    brings(pair.b, pair.a)
    assert has(pair.a, ref) == data


def test_what_nobody_else_has_stays_named(pair: Pair) -> None:
    ref = stages(pair.a, b"a draft's scan")
    flip(pair.a, ref.root.text, 3)
    assert files.repair(pair.a.node, at=pair.clock()) == 0
    assert faults(pair.a) == [(ref.root.text[:12], "chunk 0: its bytes have changed")]


def test_bytes_that_were_to_be_destroyed_are_named(pair: Pair) -> None:
    note = a_note()
    ref = stages(pair.a, b"personal")
    pair.a.append(naming(note, ref))
    with crashing(pair.a, "erased committed"):
        pair.a.append(an_erasure(note, ref.root.text))
    assert [what for _, what in faults(pair.a)] == ["erased, and its bytes lie here still"]
    files.repair(pair.a.node, at=pair.clock())
    assert faults(pair.a) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda alias: FileMention.objects.using(alias).all().delete(),
        lambda alias: FileMention.objects.using(alias).update(size=5),
        lambda alias: HeldFile.objects.using(alias).update(lacking=True),
    ],
    ids=["no act's files", "another size", "asked for though it is here"],
)
def test_a_row_about_files_that_is_wrong_is_named_and_made_anew(
    pair: Pair, spoil: Callable[[str], object]
) -> None:
    sent(pair, b"x" * 90)
    brings(pair.a, pair.b)
    spoil(pair.b.alias)
    assert faults(pair.b) != []
    rebuild(pair.b.node)
    assert faults(pair.b) == []


def test_making_everything_anew_keeps_what_came_and_what_was_erased(pair: Pair) -> None:
    kept, gone = stages(pair.a, b"kept"), stages(pair.a, b"gone")
    note = a_note()
    pair.a.append(naming(note, kept, gone))
    pair.sync()
    brings(pair.a, pair.b)
    pair.b.append(an_erasure(note, gone.root.text))
    pair.sync()
    for node in pair.both():
        rebuild(node.node)
        assert faults(node) == []
    assert has(pair.b, kept) == b"kept"
    there = held.holding(pair.a.node, gone.root.text)
    assert there is not None
    assert there.their_erased_at is not None


def test_the_status_tells_of_files(pair: Pair) -> None:
    sent(pair, b"x" * 90)
    assert pair.b.status().files["missing"] == 1
    pair.b.sends_to(pair.a)
    assert pair.a.status().files["asked"] == 1
    brings(pair.a, pair.b)
    found = pair.b.status().files
    assert (found["here"], found["missing"], found["used"]) == (1, 0, 90)
