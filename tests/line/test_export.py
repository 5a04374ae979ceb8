"""An export holds what crossed, whole and provable, and nothing that is ours only."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from legation.errors import Refusal
from legation.line.databases import forget
from legation.line.export import Exported, export_record, export_tiles
from legation.line.models import Entry
from legation.record import verify
from legation.record.act import decode_opening, leaf_data
from legation.record.merkle import leaf_hash, root_at, root_of
from legation.record.note import (
    VerifierKey,
    open_checkpoint,
    open_cosignature,
    parse_checkpoint,
    parse_note,
)
from legation.record.proof import check_shown, parse_proof
from legation.record.tiles import (
    ReadTile,
    bundles_for,
    entries_path,
    hashes_from_tiles,
    parse_path,
    split_bundle,
    tile_at,
    tile_path,
)
from line.acts import a_note, a_post, an_answer
from line.harness import START, Pair, new_pair

NOTES = 300  # more than one tile


@pytest.fixture(scope="module")
def pair(django_db_blocker: DjangoDbBlocker) -> Iterator[Pair]:
    """Two nodes that have exchanged notes, an answer and cosignatures."""
    with django_db_blocker.unblock():
        pair = new_pair(seed=3, aliases=("export_a", "export_b"))
        (first,) = pair.a.append(a_note(n=0))
        pair.sync()
        pair.b.append(an_answer(a_note(n=0), first.leaf), a_post("RU-WAS", "RU", "US"))
        pair.sync()
        for n in range(1, 12):
            pair.a.append(a_note(n=n))
            pair.sync()
        pair.a.append(*(a_note(n=n) for n in range(12, NOTES)))
        pair.sync()
        yield pair
        for alias in ("export_a", "export_b"):
            forget(alias)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def verified(out: Path, *more: str) -> tuple[int, dict[str, object]]:
    """Run the verifier as a stranger would: one file, another process, no package of ours."""
    done = subprocess.run(
        [sys.executable, "-I", verify.__file__, str(out), "--json", *more],
        capture_output=True,
        check=False,
        timeout=120,
        cwd="/",
    )
    return done.returncode, json.loads(done.stdout)


@pytest.fixture
def exported(pair: Pair, tmp_path: Path) -> Exported:
    return export_record(pair.a.node, tmp_path / "out", at=START)


# --- the record -----------------------------------------------------------------------------


def test_a_stranger_can_check_the_whole_record(pair: Pair, exported: Exported) -> None:
    code, found = verified(exported.path)
    assert (code, found["faults"]) == (0, [])
    assert exported.content is True
    assert exported.later == 0
    assert exported.acts == {"US": pair.a.status().own.size, "RU": pair.a.status().mirror.size}
    fps = json.loads((exported.path / "manifest.json").read_text())["parties"]
    roots = [part for each in fps for part in ("--root", f"{each['party']}:{each['root_fp']}")]
    assert verified(exported.path, *roots)[0] == 0
    assert verified(exported.path, "--root", f"US:{'0' * 64}")[0] == 1


def test_a_zip_holds_the_same_files_and_checks_alike(
    pair: Pair, exported: Exported, tmp_path: Path
) -> None:
    packed = export_record(pair.a.node, tmp_path / "out.zip", at=START)
    with zipfile.ZipFile(packed.path) as archive:
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {name: archive.read(name) for name in archive.namelist()} == files_of(exported.path)
    assert (packed.files, packed.size) == (exported.files, exported.size)
    assert verified(packed.path)[0] == 0


def test_both_sides_export_the_same_acts(pair: Pair, exported: Exported, tmp_path: Path) -> None:
    theirs = export_record(pair.b.node, tmp_path / "theirs", at=START)
    ours, others = files_of(exported.path), files_of(theirs.path)
    assert set(ours) == set(others)
    for path in ours:
        if "/acts/" in path:
            assert parse_proof(ours[path]).extra == parse_proof(others[path]).extra
        elif path.startswith(("keys/", "introductions/")):
            assert ours[path] == others[path]


def test_the_layout_is_the_one_that_is_written_down(exported: Exported) -> None:
    paths = set(files_of(exported.path))
    earlier = {path for path in paths if "/checkpoints/" in path}
    acts = {
        f"logs/{party}/acts/{n}.tlog-proof"
        for party, size in exported.acts.items()
        for n in range(size)
    }
    assert earlier
    assert paths - earlier - acts == {
        "manifest.json",
        "introductions/US.json",
        "introductions/RU.json",
        "keys/US/0.json",
        "keys/RU/0.json",
        "logs/US/checkpoint",
        "logs/RU/checkpoint",
    }
    assert len(paths) == exported.files
    assert sum(map(len, files_of(exported.path).values())) == exported.size


def test_progress_is_told_act_by_act(pair: Pair, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    done = export_record(
        pair.a.node,
        tmp_path / "out",
        at=START,
        progress=lambda at, total: told.append((at, total)),
    )
    total = sum(done.acts.values())
    assert told == [(n, total) for n in range(1, total + 1)]


# --- whole or not at all --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["out", "out.zip"])
@pytest.mark.parametrize("there", ["a file", "a folder", "a link to nowhere"])
def test_what_is_there_is_never_overwritten(
    pair: Pair, tmp_path: Path, name: str, there: str
) -> None:
    out = tmp_path / name
    if there == "a file":
        out.write_text("mine")
    elif there == "a folder":
        out.mkdir()
    else:
        out.symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refusal) as caught:
        export_record(pair.a.node, out, at=START)
    assert caught.value.code == "exists"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_an_export_that_is_cut_short_leaves_nothing(
    pair: Pair, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(done: int, _: int) -> None:
        if done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_record(pair.a.node, tmp_path / name, at=START, progress=cut)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["no/such/folder", "no/such/folder.zip"])
def test_a_place_that_cannot_be_written_is_refused(pair: Pair, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="Choose another place") as caught:
        export_record(pair.a.node, tmp_path / name, at=START)
    assert caught.value.code == "no-room"


def test_what_was_changed_behind_the_programs_back_does_not_leave(
    pair: Pair, tmp_path: Path
) -> None:
    row, other = Entry.objects.using(pair.a.alias).filter(side="own", index__in=(7, 8))
    opening, leaf = bytes(row.opening), bytes(row.leaf)
    for changed in (
        {"opening": other.opening},
        {"leaf": bytes(32)},
        {"opening": other.opening, "leaf": other.leaf},
    ):
        Entry.objects.using(pair.a.alias).filter(pk=row.pk).update(**changed)
        with pytest.raises(Refusal, match="record verify") as caught:
            export_record(pair.a.node, tmp_path / "out", at=START)
        assert caught.value.code == "changed"
        with pytest.raises(Refusal, match="record verify") as caught:
            export_tiles(pair.a.node, tmp_path / "out")
        assert caught.value.code == "changed"
        Entry.objects.using(pair.a.alias).filter(pk=row.pk).update(opening=opening, leaf=leaf)
    assert list(tmp_path.iterdir()) == []


def test_before_anything_was_signed_there_is_nothing_to_export(
    databases: None, tmp_path: Path
) -> None:
    fresh = new_pair(seed=4, aliases=("fresh_a", "fresh_b"))
    with pytest.raises(Refusal, match="line sync") as caught:
        export_record(fresh.a.node, tmp_path / "out", at=START)
    assert caught.value.code == "nothing-signed"
    for alias in ("fresh_a", "fresh_b"):
        forget(alias)


def test_what_was_not_sent_yet_is_left_out_and_counted(pair: Pair, tmp_path: Path) -> None:
    pair.a.append(a_note(n=9_999))
    done = export_record(pair.a.node, tmp_path / "out", at=START)
    assert done.later == 1
    assert verified(done.path)[0] == 0
    pair.sync()


# --- tiles ----------------------------------------------------------------------------------


def reading(folder: Path, size: int) -> ReadTile:
    """Read as a client does that knows a checkpoint of this size: the tile it names, or a full."""

    def read(level: int, index: int) -> bytes:
        tile = tile_at(level, index, size)
        assert tile is not None
        named, whole = folder / tile.path(), folder / tile_path(level, index)
        return named.read_bytes() if named.exists() else whole.read_bytes()

    return read


def entries_at(folder: Path, size: int) -> list[bytes]:
    """Return the entries of a log as it was at this size."""
    entries: list[bytes] = []
    for tile in bundles_for(0, size):
        named, whole = folder / tile.path(), folder / entries_path(tile.index)
        data = named.read_bytes() if named.exists() else whole.read_bytes()
        entries += split_bundle(data)[: tile.width]
    return entries


def vkeys(folder: Path) -> list[VerifierKey]:
    return [VerifierKey.parse(line) for line in (folder / "vkeys").read_text().splitlines()]


@pytest.mark.parametrize("log", ["own", "peer"])
def test_a_log_as_tiles_is_checked_by_anybody_from_its_entries_up(
    pair: Pair, tmp_path: Path, log: str
) -> None:
    out = tmp_path / "tiles"
    done = export_tiles(pair.a.node, out, log=log)
    log_key, *cosigners = vkeys(out)
    note = (out / "checkpoint").read_bytes()
    checkpoint = open_checkpoint(note, log_key)
    assert len(cosigners) == 1
    assert open_cosignature(note, cosigners[0]) > 0
    entries = entries_at(out, checkpoint.size)
    assert {len(entry) for entry in entries} == {33}
    assert root_of(map(leaf_hash, entries)) == checkpoint.root
    read = hashes_from_tiles(reading(out, checkpoint.size))
    assert [read(0, n) for n in range(checkpoint.size)] == [leaf_hash(each) for each in entries]
    assert done.acts == {checkpoint.origin.partition("/")[0]: checkpoint.size}
    assert done.content is False


@pytest.mark.parametrize("log", ["own", "peer"])
def test_the_log_can_be_read_at_every_size_that_was_cosigned(
    pair: Pair, tmp_path: Path, log: str
) -> None:
    out = tmp_path / "tiles"
    export_tiles(pair.a.node, out, log=log)
    newest = open_checkpoint((out / "checkpoint").read_bytes(), vkeys(out)[0])
    earlier = [
        open_checkpoint(path.read_bytes(), vkeys(out)[0])
        for path in (out / "checkpoints").iterdir()
    ]
    assert len(earlier) > 10
    for checkpoint in (newest, *earlier):
        entries = entries_at(out, checkpoint.size)
        assert root_of(map(leaf_hash, entries)) == checkpoint.root
        read = hashes_from_tiles(reading(out, checkpoint.size))
        assert root_at(read, checkpoint.size) == checkpoint.root


def test_every_file_of_tiles_has_its_place(pair: Pair, tmp_path: Path) -> None:
    export_tiles(pair.a.node, tmp_path / "tiles")
    paths = set(files_of(tmp_path / "tiles"))
    tiles = {path for path in paths if path.startswith("tile/")}
    for path in tiles:
        parse_path(path)
    others = paths - tiles
    earlier = {path for path in others if path.startswith("checkpoints/")}
    assert others - earlier == {"checkpoint", "vkeys"}
    assert earlier
    for path in earlier:
        note = parse_note((tmp_path / "tiles" / path).read_bytes())
        assert path == f"checkpoints/{parse_checkpoint(note.text).size}"
        assert len(note.signatures) == 2


def test_with_openings_the_acts_themselves_are_written(pair: Pair, tmp_path: Path) -> None:
    out = tmp_path / "tiles"
    done = export_tiles(pair.a.node, out, with_openings=True)
    assert done.content is True
    log_key = vkeys(out)[0]
    for path in (out / "openings").rglob("*"):
        if path.is_file():
            place = (out / "tile/entries" / path.relative_to(out / "openings")).relative_to(out)
            shown, first = split_bundle(path.read_bytes()), parse_path(str(place)).index * 256
            entries = split_bundle((out / place).read_bytes())
            assert [leaf_data(decode_opening(each)) for each in shown] == entries
            for index, each in enumerate(shown, first):
                proof = parse_proof((out / f"proofs/{index}.tlog-proof").read_bytes())
                opening, _ = check_shown(proof, log_key)
                assert (proof.index, opening.encode()) == (index, each)
    assert {len(list((out / "proofs").iterdir()))} == set(done.acts.values())


def test_tiles_without_openings_tell_nothing(pair: Pair, tmp_path: Path) -> None:
    export_tiles(pair.a.node, tmp_path / "tiles")
    whole = b"\n".join(files_of(tmp_path / "tiles").values())
    for word in (b"Subject", b"To state", b"notice", b"post/", b"salt"):
        assert word not in whole


def test_a_log_of_another_name_is_refused(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        export_tiles(pair.a.node, tmp_path / "tiles", log="theirs")
    assert caught.value.code == "log"
