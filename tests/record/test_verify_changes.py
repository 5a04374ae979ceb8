"""The verifier finds and names any changed byte, and hostile folders and zips."""

import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from legation.record import verify
from record.exports import (
    Export,
    Found,
    Story,
    any_zip_of,
    write_folder,
    zip_of,
)

EVERY_BYTE = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""`make fuzz` changes every byte, 85,000 of them; else some are drawn."""


def changed(data: bytes, place: int, bits: int) -> bytes:
    return data[:place] + bytes((data[place] ^ bits,)) + data[place + 1 :]


def places(export: Export, per_file: int) -> list[tuple[str, int]]:
    """Return places to change: some at random of every file, or all of them."""
    chance = random.Random(9)
    found = []
    for path, data in sorted(export.items()):
        every = range(len(data))
        some = every if EVERY_BYTE else sorted(chance.sample(every, per_file))
        found += [(path, place) for place in some]
    return found


@pytest.mark.fuzz
def test_a_changed_byte_is_found_and_its_file_named(tmp_path: Path, export: Export) -> None:
    write_folder(export, tmp_path)
    chance = random.Random(7)
    for path, place in places(export, 3):
        (tmp_path / path).write_bytes(changed(export[path], place, 1 << chance.randrange(8)))
        report = verify.verify(str(tmp_path), {})
        assert path in {fault["file"] for fault in report.faults}, f"{path}, byte {place}"
        (tmp_path / path).write_bytes(export[path])


@pytest.mark.fuzz
def test_a_changed_byte_of_a_zip_is_found(tmp_path: Path, export: Export) -> None:
    good, out, step = zip_of(export), tmp_path / "out.zip", 1 if EVERY_BYTE else 97
    chance = random.Random(7)
    for place in {*range(0, len(good), step), *range(len(good) - 60, len(good))}:
        out.write_bytes(changed(good, place, 1 << chance.randrange(8)))
        assert verify.verify(str(out), {}).faults, f"byte {place}"


@pytest.mark.fuzz
def test_a_changed_byte_is_found_by_what_is_signed_too(
    tmp_path: Path, story: Story, export: Export
) -> None:
    """Whoever changes a file also writes a manifest that fits it: the signatures still tell."""
    write_folder(export, tmp_path)
    chance = random.Random(7)
    for path, place in places(export, 1):
        if path == "manifest.json":
            continue
        forged = {**export, path: changed(export[path], place, 1 << chance.randrange(8))}
        fitting = story.listed(forged)
        write_folder({name: fitting[name] for name in (path, "manifest.json")}, tmp_path)
        files = {fault["file"] for fault in verify.verify(str(tmp_path), {}).faults}
        if path.endswith("/checkpoint"):  # each act's file holds a copy of it
            assert any(file.startswith(path[:8]) for file in files), f"{path}, byte {place}"
        else:
            assert path in files, f"{path}, byte {place}"
        write_folder({name: export[name] for name in (path, "manifest.json")}, tmp_path)


def test_a_file_cut_short_lengthened_missing_or_added_is_named(
    export: Export, found: Found, tmp_path: Path
) -> None:
    path = "logs/XA/acts/3.tlog-proof"
    for data in (b"", export[path][:-1], export[path] + b"\n"):
        assert path in found({**export, path: data})
    found(export)
    (tmp_path / path).unlink()
    assert found({name: data for name, data in export.items() if name != path})[path]
    for name in ("more.txt", "logs/XA/acts/8.tlog-proof", "logs/XA/acts/.3.swp", "keys/XA/9.json"):
        assert found({**export, name: b""})[name]
        (tmp_path / name).unlink()
    assert found(export) == {}


def test_links_devices_and_pits_are_refused(tmp_path: Path, export: Export) -> None:
    write_folder(export, tmp_path / "out")
    act = tmp_path / "out/logs/XA/acts/3.tlog-proof"
    elsewhere = tmp_path / "elsewhere"
    act.rename(elsewhere)
    act.symlink_to(elsewhere)
    assert "no plain file" in sole_fault(tmp_path / "out", "not a file of ours")
    act.unlink()
    os.mkfifo(act)
    assert sole_fault(tmp_path / "out", "not a file of ours")
    act.unlink()
    act.mkdir()
    assert verify.verify(str(tmp_path / "out"), {}).faults
    act.rmdir()
    os.link(elsewhere, act)
    assert verify.verify(str(tmp_path / "out"), {}).faults == []


def sole_fault(out: Path, what: str) -> str:
    faults = verify.verify(str(out), {}).faults
    assert [fault["file"] for fault in faults] == [str(out)]
    assert what in faults[0]["what"]
    return "no plain file"


def test_an_added_empty_folder_is_named(tmp_path: Path, export: Export) -> None:
    write_folder(export, tmp_path)
    (tmp_path / "logs" / "spare").mkdir()
    assert "logs/spare" in verify.verify(str(tmp_path), {}).faults[0]["what"]


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path, export: Export) -> None:
    write_folder(export, tmp_path / "out")
    (tmp_path / "out/logs").rename(tmp_path / "logs")
    (tmp_path / "out/logs").symlink_to(tmp_path / "logs")
    assert sole_fault(tmp_path / "out", "logs")


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(lambda files: any_zip_of(files, zipfile.ZIP_DEFLATED), id="compressed"),
        pytest.param(any_zip_of, id="by another program"),
        pytest.param(lambda files: zip_of(files) + b"\0", id="with a byte after it"),
        pytest.param(lambda files: b"\0" + zip_of(files), id="with a byte before it"),
        pytest.param(lambda files: zip_of(files)[:-1], id="cut short"),
        pytest.param(lambda files: zip_of(files)[: len(zip_of(files)) // 2], id="half of it"),
        pytest.param(lambda files: b"", id="empty"),
        pytest.param(lambda files: b"PK\x05\x06" + bytes(18), id="without files"),
        pytest.param(
            lambda files: any_zip_of({**files, "../../evil": b""}), id="with a path out of it"
        ),
        pytest.param(
            lambda files: any_zip_of({"a": bytes(1 << 20)}, zipfile.ZIP_BZIP2), id="a small bomb"
        ),
    ],
)
def test_other_zips_are_refused(
    tmp_path: Path, export: Export, pack: Callable[[Export], bytes]
) -> None:
    out = tmp_path / "out.zip"
    out.write_bytes(pack(export))
    assert verify.verify(str(out), {}).faults


def test_entries_that_share_their_bytes_cannot_swell(tmp_path: Path) -> None:
    """Five hundred names for the same stored megabyte: refused before anything is unpacked."""
    packed = bytearray(any_zip_of({"000": bytes(1 << 20)}))
    at = packed.index(b"PK\x01\x02")
    entry, end = bytes(packed[at : packed.index(b"PK\x05\x06") - 3]), bytearray(packed[-22:])
    end[8:12] = (500).to_bytes(2, "little") * 2
    end[12:16] = (500 * (len(entry) + 3)).to_bytes(4, "little")
    entries = b"".join(entry + f"{number:03d}".encode() for number in range(500))
    out = tmp_path / "out.zip"
    out.write_bytes(bytes(packed[:at]) + entries + bytes(end))
    (fault,) = verify.verify(str(out), {}).faults
    assert "unpack to more" in fault["what"]


def test_two_files_of_one_name_are_refused(tmp_path: Path, export: Export) -> None:
    out = tmp_path / "out.zip"
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("manifest.json", export["manifest.json"])
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("manifest.json", export["manifest.json"])
    (fault,) = verify.verify(str(out), {}).faults
    assert "two files of one name" in fault["what"]


def test_a_deep_or_huge_manifest_is_refused(export: Export, found: Found) -> None:
    for data in (b"", b"[" * 100_000, b"{}", b'{"a":' * 500, b'{"sha256":1}', b"\xff"):
        assert "manifest.json" in found({**export, "manifest.json": data})


def test_nothing_there_is_a_fault(tmp_path: Path) -> None:
    assert verify.verify(str(tmp_path / "nothing"), {}).faults
    assert verify.verify(str(tmp_path), {}).faults
