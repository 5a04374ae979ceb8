"""The frame of an export: a manifest that covers itself, and a zip with one spelling."""

import io
import json
import zipfile
from hashlib import sha256

import pytest

from legation.record import canon
from legation.record.canon import Json
from legation.record.export import ExportedParty, Listed, manifest, stored_zip
from record.exports import INSTANT
from record.refusals import refused

PARTIES = [ExportedParty("XB", "State XB", "b" * 64), ExportedParty("XA", "State XA", "a" * 64)]


def a_manifest() -> dict[str, Json]:
    files = [Listed.of("b/c", b"1"), Listed.of("a", b"22")]
    data = manifest(record="0" * 16, exported_at=INSTANT, parties=PARTIES, files=files)
    assert canon.encode_large(canon.decode(data)) == data
    return canon.decode(data)


def test_a_manifest_lists_files_and_parties_sorted() -> None:
    value = a_manifest()
    assert value["files"] == [
        {"path": "a", "sha256": sha256(b"22").hexdigest(), "size": 2},
        {"path": "b/c", "sha256": sha256(b"1").hexdigest(), "size": 1},
    ]
    assert json.dumps(value["parties"]).index("XA") < json.dumps(value["parties"]).index("XB")
    assert (value["v"], value["record"], value["exported_at"]) == (1, "0" * 16, INSTANT)


def test_a_manifest_ends_in_its_own_hash() -> None:
    value = a_manifest()
    own = value.pop("sha256")
    assert own == sha256(canon.encode_large(value)).hexdigest()


def files_of(count: int) -> list[tuple[str, bytes]]:
    return [(f"a/{number:06d}.x", bytes(number % 7)) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 3, pytest.param(66_000, marks=pytest.mark.slow)])
def test_a_zip_is_byte_for_byte_what_the_standard_library_writes(count: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for path, data in files_of(count):
            packed.writestr(zipfile.ZipInfo(path), data)
    assert b"".join(stored_zip(files_of(count))) == out.getvalue()


@pytest.mark.parametrize(
    "paths", [["b", "a"], ["a", "a"], ["/a"], ["../a"], ["a//b"], ["a/"], [""], ["ä"], ["a\n"]]
)
def test_a_path_out_of_order_or_out_of_the_folder_is_refused(paths: list[str]) -> None:
    with refused("path"):
        list(stored_zip((path, b"") for path in paths))


def test_a_zip_beyond_4_gib_is_refused() -> None:
    """One block of zeros, given again and again: nothing that large is ever held."""
    block = bytes(1 << 26)
    with refused("size"):
        for _ in stored_zip((f"a/{number:03d}", block) for number in range(65)):
            pass
