"""Tiles: paths and widths of the specification, and proofs read from nothing but tiles."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import merkle, tiles
from legation.record.merkle import EMPTY, Root
from legation.record.tiles import Tile
from record.exports import hashes_of
from record.refusals import refused


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 67), "tile/0/067"),
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(3, 1_000), "tile/3/x001/000"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(63, 5, 1), "tile/63/005.p/1"),
        (Tile(None, 999), "tile/entries/999"),
        (Tile(None, 1_234_067, 3), "tile/entries/x001/x234/067.p/3"),
    ],
)
def test_paths_are_written_and_read_as_specified(tile: Tile, path: str) -> None:
    assert tile.path() == path
    assert tiles.parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/67",
        "tile/0/0067",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/0/x1/067",
        "tile/00/067",
        "tile/64/067",
        "tile/-1/067",
        "tile/0/067.p/0",
        "tile/0/067.p/256",
        "tile/0/067.p/01",
        "tile/0/067/",
        "tile/0/067\n",
        "/tile/0/067",
        "tile/0/٠٦٧",
        "tile/../067",
        "entries/067",
        "",
    ],
)
def test_other_paths_are_refused(path: str) -> None:
    with refused("path"):
        tiles.parse_path(path)


def test_a_log_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    listed = list(tiles.tiles_for(0, 70_000))
    full = [tile for tile in listed if tile.width == 256]
    partial = [tile for tile in listed if tile.width < 256]
    assert [sum(tile.level == level for tile in full) for level in range(3)] == [273, 1, 0]
    assert [(tile.level, tile.width) for tile in partial] == [(0, 112), (1, 17), (2, 1)]


def test_a_log_of_256_has_a_full_tile_and_one_hash_above() -> None:
    assert list(tiles.tiles_for(0, 256)) == [Tile(0, 0, 256), Tile(1, 0, 1)]


def test_an_empty_log_has_no_tile_and_none_is_empty() -> None:
    assert list(tiles.tiles_for(0, 0)) == []
    assert list(tiles.bundles_for(0, 0)) == []
    for size in (1, 255, 256, 257, 65_536, 65_537):
        assert all(0 < tile.width <= 256 for tile in tiles.tiles_for(0, size))


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_what_grew_is_what_the_larger_log_has_and_the_smaller_had_not(one: int, two: int) -> None:
    old, new = sorted((one, two))
    before, after = set(tiles.tiles_for(0, old)), list(tiles.tiles_for(0, new))
    assert list(tiles.tiles_for(old, new)) == [tile for tile in after if tile not in before]
    entries = set(tiles.bundles_for(0, old))
    grown = [tile for tile in tiles.bundles_for(0, new) if tile not in entries]
    assert list(tiles.bundles_for(old, new)) == grown


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 1_000, 65_536, 65_537, 70_000])
def test_proofs_read_from_tiles_alone_are_right(size: int) -> None:
    leaves = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(size)]
    from_memory, files = hashes_of(leaves), a_log_of(size)

    def read_tile(level: int, index: int) -> bytes:
        tile = tiles.tile_at(level, index, size)
        assert tile is not None
        return files[tile.path()]

    from_tiles = tiles.hashes_from_tiles(read_tile)
    assert merkle.root_at(from_tiles, size) == merkle.root_of(leaves)
    for index in {0, size // 3, size // 2, size - 1}:
        expected = merkle.inclusion_proof(from_memory, index, size)
        assert merkle.inclusion_proof(from_tiles, index, size) == expected
        expected = merkle.consistency_proof(from_memory, index, size)
        assert merkle.consistency_proof(from_tiles, index, size) == expected


def a_log_of(size: int) -> dict[str, bytes]:
    """Return the files of a log of short entries."""
    data = [number.to_bytes(4, "big") for number in range(size)]
    read = hashes_of([merkle.leaf_hash(each) for each in data])
    files = {tile.path(): tiles.tile_bytes(read, tile) for tile in tiles.tiles_for(0, size)}
    for tile in tiles.bundles_for(0, size):
        first = tile.index * 256
        files[tile.path()] = tiles.entry_bundle(data[first : first + tile.width])
    return files


def root_of(size: int) -> Root:
    return merkle.root_of(merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(size))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 1_000, 65_536, 65_793, 70_000])
def test_a_whole_log_of_tiles_is_in_order(size: int) -> None:
    tiles.audit(root_of(size), a_log_of(size).__getitem__)


def test_a_changed_byte_of_any_file_is_found_and_the_first_file_named() -> None:
    size, files, chance = 66_000, a_log_of(66_000), random.Random(3)
    root = root_of(size)
    for path in chance.sample(sorted(files), 12):
        good = files[path]
        place = chance.randrange(len(good))
        files[path] = good[:place] + bytes((good[place] ^ 1,)) + good[place + 1 :]
        with refused("tile"):
            tiles.audit(root, files.__getitem__)
        files[path] = good
    tiles.audit(root, files.__getitem__)


def test_files_that_agree_with_one_another_and_not_with_the_root_are_refused() -> None:
    files = a_log_of(300)
    for root in (Root(300, root_of(299).hash), Root(300, EMPTY.hash)):
        with refused("root"):
            tiles.audit(root, files.__getitem__)
    files["tile/entries/001.p/44"] += b"\0\0"
    with refused("tile"):
        tiles.audit(root_of(300), files.__getitem__)


def test_a_tile_that_is_too_short_is_refused_and_named() -> None:
    read = tiles.hashes_from_tiles(lambda _level, _index: b"\0" * 32 * 3)
    assert read(0, 2) == b"\0" * 32
    with refused("tile"):
        read(0, 3)
    with refused("tile"):
        read(1, 1)


def test_entries_come_back_from_a_bundle() -> None:
    entries = [b"", b"a", b"x" * 65_535, b"\0\0"]
    assert tiles.split_bundle(tiles.entry_bundle(entries)) == entries


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=6))
def test_entries_of_one_length_or_of_many_come_back_alike(entries: list[bytes]) -> None:
    assert tiles.split_bundle(tiles.entry_bundle(entries)) == entries
    even = [entry[:1].ljust(1, b"x") for entry in entries]
    assert tiles.split_bundle(tiles.entry_bundle(even)) == even


@pytest.mark.parametrize("entries", [[], [b""] * 257, [b"x" * 65_536]])
def test_a_bundle_has_1_to_256_entries_of_at_most_65535_bytes(entries: list[bytes]) -> None:
    with refused("size"):
        tiles.entry_bundle(entries)


@pytest.mark.parametrize("data", [b"", b"\0", b"\0\2a", b"\0\1ab", b"\0\0" * 257, b"\0\0\0"])
def test_a_bundle_that_is_cut_or_too_long_is_refused(data: bytes) -> None:
    with refused("tile"):
        tiles.split_bundle(data)


@pytest.mark.fuzz
@given(st.binary(max_size=600))
def test_any_bytes_of_a_bundle_are_read_or_refused(data: bytes) -> None:
    try:
        entries = tiles.split_bundle(data)
    except Refusal as refusal:
        assert refusal.code == "tile"
        return
    assert tiles.entry_bundle(entries) == data


@pytest.mark.fuzz
@given(st.from_regex(r"tile/([0-9]{1,2}|entries)/[x0-9/]{1,12}(\.p/[0-9]{1,3})?") | st.text())
def test_any_path_is_read_or_refused(path: str) -> None:
    try:
        tile = tiles.parse_path(path)
    except Refusal as refusal:
        assert refusal.code == "path"
        return
    assert tile.path() == path
