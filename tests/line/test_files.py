"""Files are put in whole or not at all, bounded, and can be destroyed."""

import io
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from legation.acts.files import CHUNK, MAX_FILE, chunks_of, ref_of
from legation.errors import Refusal
from legation.line.filestore import FileStore
from legation.line.queries import files as held
from legation.line.services import files
from line.harness import START, Pair, TestNode, crashing


def staged(node: TestNode, data: bytes, name: str | None = "scan.pdf") -> str:
    ref = files.stage(node.node, data, name=name, media_type="application/pdf", at=node.clock())
    return ref.root.text


def lying(node: TestNode) -> list[str]:
    folder = FileStore(node.node.home).folder
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


class Drip(io.RawIOBase):
    """A stream that gives a few bytes at a time, as uploads do."""

    def __init__(self, data: bytes) -> None:
        self._rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._rest.read(min(size, 9_973))


@pytest.mark.parametrize("size", [1, 300, CHUNK, CHUNK + 1, 3 * CHUNK, 1_000_003])
def test_a_file_comes_out_as_it_went_in(pair: Pair, size: int) -> None:
    data = os.urandom(size)
    ref = files.stage(
        pair.a.node,
        Drip(data),  # type: ignore[arg-type] # as much of a BinaryIO as is read
        name="scan.pdf",
        media_type="application/pdf",
        at=START,
    )
    assert ref == ref_of(data, name="scan.pdf", media_type="application/pdf")
    assert held.read(pair.a.node, ref.root.text) == data
    with held.open_file(pair.a.node, ref.root.text) as file:
        assert file.read() == data
    found = held.holding(pair.a.node, ref.root.text)
    assert found is not None
    assert (found.size, found.chunks, found.complete) == (size, len([*chunks_of(data)]), True)


def test_only_the_nodes_user_reads_a_file(pair: Pair) -> None:
    root = staged(pair.a, b"ours")
    path = FileStore(pair.a.node.home).path(root)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_putting_the_same_in_twice_keeps_one(pair: Pair) -> None:
    assert staged(pair.a, b"one") == staged(pair.a, b"one", name=None)
    assert len(lying(pair.a)) == 1


class Endless(io.RawIOBase):
    """A stream without an end."""

    def read(self, size: int = -1) -> bytes:
        return bytes(size)


@pytest.mark.parametrize(
    ("source", "code"),
    [(io.BytesIO(b""), "file-size"), (Endless(), "file-size")],
    ids=["an empty one", "one without an end"],
)
def test_a_file_of_a_wrong_size_leaves_nothing(pair: Pair, source: io.BytesIO, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        files.stage(pair.a.node, source, name="x", media_type="text/plain", at=START)
    assert refused.value.code == code
    assert lying(pair.a) == []


def test_a_name_that_no_act_could_carry_is_refused_and_nothing_kept(pair: Pair) -> None:
    with pytest.raises(Refusal):
        files.stage(pair.a.node, b"x", name="a\u202eb", media_type="text/plain", at=START)
    assert lying(pair.a) == []


def test_the_largest_file_fits_and_one_byte_more_does_not(pair: Pair) -> None:
    with pytest.raises(Refusal) as refused:
        staged(pair.a, bytes(MAX_FILE + 1))
    assert refused.value.code == "file-size"
    assert held.holding(pair.a.node, staged(pair.a, bytes(MAX_FILE))) is not None


def test_the_quota_names_what_is_used_and_left(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    staged(pair.a, bytes(600))
    monkeypatch.setattr(held, "DEFAULT_QUOTA", 1_000)
    with pytest.raises(Refusal) as refused:
        staged(pair.a, bytes(500))
    assert refused.value.code == "quota"
    assert refused.value.values["used"] == 600
    assert refused.value.values["left"] == 400
    staged(pair.a, bytes(400))
    staged(pair.a, bytes(600))  # it is there already


def test_a_crash_before_the_row_leaves_no_file_that_counts(pair: Pair) -> None:
    with crashing(pair.a, "file kept"):
        staged(pair.a, b"half")
    root = ref_of(b"half", media_type="text/plain").root.text
    assert held.holding(pair.a.node, root) is None
    assert staged(pair.a, b"half") == root
    assert held.read(pair.a.node, root) == b"half"


def test_what_nothing_knows_is_swept_after_a_month(pair: Pair) -> None:
    root = staged(pair.a, b"known")
    folder = FileStore(pair.a.node.home).folder
    for name, age in (("ab" * 32, 31), ("cd" * 32, 29), (".left.stage", 31)):
        (folder / name).write_bytes(b"orphan")
        touched = (pair.a.clock() - timedelta(days=age)).timestamp()
        os.utime(folder / name, (touched, touched))
    assert files.sweep(pair.a.node, at=pair.a.clock()) == 2
    assert lying(pair.a) == sorted([root, "cd" * 32])


def test_erasing_destroys_the_bytes_for_good(pair: Pair) -> None:
    root = staged(pair.a, b"personal")
    assert files.erase(pair.a.node, root, at=pair.a.clock())
    assert lying(pair.a) == []
    with pytest.raises(Refusal) as refused:
        held.read(pair.a.node, root)
    assert refused.value.code == "erased"
    with pytest.raises(Refusal) as refused:
        staged(pair.a, b"personal")
    assert refused.value.code == "erased"
    assert lying(pair.a) == []


def test_a_crash_before_the_bytes_are_gone_is_made_good(pair: Pair) -> None:
    root = staged(pair.a, b"personal")
    with crashing(pair.a, "erased committed"):
        files.erase(pair.a.node, root, at=pair.a.clock())
    assert lying(pair.a) == [root]
    files.sweep(pair.a.node, at=pair.a.clock())
    assert lying(pair.a) == []


def test_what_no_draft_keeps_and_nothing_names_is_dropped_after_a_day(pair: Pair) -> None:
    kept, unused = staged(pair.a, b"in a draft"), staged(pair.a, b"forgotten")
    later = pair.a.clock() + timedelta(days=1, seconds=1)
    lately = files.stage(pair.a.node, b"new", name=None, media_type="text/plain", at=later)
    assert files.drop_unused(pair.a.node, keep={kept}, at=later) == 1
    assert held.holding(pair.a.node, unused) is None
    assert lying(pair.a) == sorted([kept, lately.root.text])


def test_a_changed_byte_is_not_given_out(pair: Pair) -> None:
    root = staged(pair.a, bytes(2 * CHUNK))
    path: Path = FileStore(pair.a.node.home).path(root)
    with path.open("r+b") as file:
        file.seek(CHUNK + 7)
        file.write(b"\1")
    with pytest.raises(Refusal) as refused:
        held.read(pair.a.node, root)
    assert refused.value.code == "file-damaged"


def test_a_file_that_nobody_knows_is_missing(pair: Pair) -> None:
    for look in (held.read, held.open_file):
        with pytest.raises(Refusal) as refused:
            look(pair.a.node, "ab" * 32)
        assert refused.value.code == "file-missing"
