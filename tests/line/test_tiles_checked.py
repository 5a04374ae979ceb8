"""Tiles that were exported are checked whole: what was changed anywhere is named."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pytest_django import DjangoDbBlocker

from legation.cli.main import main
from legation.line.databases import forget
from legation.line.export import export_tiles
from legation.record.note import (
    VerifierKey,
    add_lines,
    cosign,
    parse_checkpoint,
    parse_note,
    sign_checkpoint,
)
from legation.record.tilecheck import TilesFound, check_tiles
from line.acts import a_note
from line.harness import new_pair

Export = dict[str, bytes]
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(scope="module")
def exports(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """A log of 258 entries, checkpoints of earlier sizes beside it, as its peer exports it."""
    folder = tmp_path_factory.mktemp("tiles")
    with django_db_blocker.unblock():
        pair = new_pair(seed=5, aliases=("tiles_a", "tiles_b"))
        for first, last in ((0, 1), (1, 3), (3, 255), (255, 257), (257, 258)):
            pair.a.append(*(a_note(n=n) for n in range(first, last)))
            pair.sync()
        for name, with_openings in (("plain", False), ("opened", True)):
            export_tiles(pair.b.node, folder / name, log="peer", with_openings=with_openings)
        for alias in ("tiles_a", "tiles_b"):
            forget(alias)
    return {name: folder / name for name in ("plain", "opened")}


def files_of(folder: Path) -> Export:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def check(export: Export) -> TilesFound:
    return check_tiles({path: (lambda data=data: data) for path, data in export.items()})  # type: ignore[misc] # bound


def named(export: Export) -> set[str]:
    return {file for file, _ in check(export).faults}


@pytest.mark.usefixtures("databases")
def test_a_log_is_exported_before_the_other_side_has_signed_anything(tmp_path: Path) -> None:
    pair = new_pair(seed=6, aliases=("alone_a", "alone_b"))
    pair.a.append(a_note(n=0))
    pair.a.sends()
    export_tiles(pair.a.node, tmp_path / "tiles")
    found = check(files_of(tmp_path / "tiles"))
    assert (found.faults, found.countersigned) == ([], {})
    for alias in ("alone_a", "alone_b"):
        forget(alias)


@pytest.mark.parametrize("name", ["plain", "opened"])
def test_tiles_as_they_were_exported_fit(exports: dict[str, Path], name: str) -> None:
    found = check(files_of(exports[name]))
    assert found.faults == []
    assert found.newest is not None
    assert found.newest.size == 258
    assert found.earlier == [1, 3, 255, 257]
    assert found.content is (name == "opened")
    assert len(found.countersigned) == 1


DAMAGES: dict[str, Callable[[Export, str], object]] = {
    "a bit flipped": lambda export, path: export.update(
        {path: bytes((export[path][0] ^ 1,)) + export[path][1:]}
    ),
    "the last bit flipped": lambda export, path: export.update(
        {path: export[path][:-1] + bytes((export[path][-1] ^ 1,))}
    ),
    "cut": lambda export, path: export.update({path: export[path][:-1]}),
    "longer": lambda export, path: export.update({path: export[path] * 2}),
    "empty": lambda export, path: export.update({path: b""}),
    "missing": lambda export, path: export.pop(path),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_whatever_file_is_damaged_is_named(exports: dict[str, Path], how: str) -> None:
    """An earlier checkpoint that is not there cannot be missed: nothing signed counts them."""
    plain, opened = files_of(exports["plain"]), files_of(exports["opened"])
    looked = [(plain, path) for path in plain]
    looked += [(opened, path) for path in ("openings/000", "openings/001.p/2", "openings/001.p/1")]
    looked += [(opened, "proofs/257.tlog-proof")]
    for whole, path in looked:
        if how == "missing" and path.startswith("checkpoints/"):
            continue
        export = dict(whole)
        DAMAGES[how](export, path)
        assert path in named(export), (how, path)


def test_files_that_changed_places_are_both_named(exports: dict[str, Path]) -> None:
    whole = files_of(exports["opened"])
    for one, other in (
        ("tile/0/000", "tile/0/001.p/2"),
        ("tile/entries/000", "tile/entries/001.p/2"),
        ("openings/000", "openings/001.p/2"),
        ("proofs/3.tlog-proof", "proofs/4.tlog-proof"),
        ("checkpoints/1", "checkpoints/3"),
    ):
        assert {one, other} <= named({**whole, one: whole[other], other: whole[one]})


def test_where_entries_and_tiles_differ_the_signed_root_says_which_is_damaged(
    exports: dict[str, Path],
) -> None:
    whole = files_of(exports["plain"])
    for path in ("tile/entries/000", "tile/0/000"):
        data = whole[path]
        assert named({**whole, path: data[:40] + bytes((data[40] ^ 1,)) + data[41:]}) == {path}


def test_a_file_that_does_not_belong_there_is_named(exports: dict[str, Path]) -> None:
    whole = files_of(exports["plain"])
    for path in ("tile/0/002.p/1", "tile/1/000.p/2", "notes.txt", "openings/000"):
        assert path in named({**whole, path: b"x" * 64})


def test_a_countersignature_by_another_key_is_found(exports: dict[str, Path]) -> None:
    whole = files_of(exports["plain"])
    cosigner = VerifierKey.parse(whole["vkeys"].decode().splitlines()[1])
    for path in ("checkpoint", "checkpoints/257"):
        text = parse_note(whole[path]).text
        for name in (cosigner.name, "host.example/witness"):
            line = cosign(text, name, STRANGER, 1_800_000_000)
            assert path in named({**whole, path: add_lines(whole[path], [line])})


def test_the_checkpoint_of_another_log_is_found(exports: dict[str, Path]) -> None:
    whole = files_of(exports["plain"])
    here = parse_checkpoint(parse_note(whole["checkpoint"]).text)
    for origin in (here.origin, f"{here.origin[:-1]}x"):
        forged = sign_checkpoint(replace(here, origin=origin), origin, STRANGER)
        assert "checkpoint" in named({**whole, "checkpoint": forged})


def test_the_command_says_what_it_was_given_and_what_that_shows(
    exports: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(exports["plain"])]) == 0
    told = capsys.readouterr().out
    assert "258 entries" in told
    assert "commitments only" in told
    assert "whose log it is was not checked" in told
    assert main(["verify", str(exports["opened"]), "--root", f"US:{'0' * 64}"]) == 1
    assert "vkeys" in capsys.readouterr().err
    for path, data in files_of(exports["plain"]).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "tile/0/001.p/1").unlink()
    assert main(["verify", str(tmp_path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [fault["file"] for fault in found["faults"]] == ["tile/0/001.p/1"]
    assert found["ok"] is False
