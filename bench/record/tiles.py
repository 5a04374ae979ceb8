"""A log as tiles, written and audited, beside PyPI's `aics-tlog` where it is installed.

That library needs Python 3.12; in an environment that has it, run
`PYTHONPATH=src:. python -m bench record.tiles`. Both must then also agree byte for byte.
"""

import importlib
import importlib.util
from collections.abc import Iterator

from bench import Figure, seconds
from bench.record._pair import pair

from legation.record import merkle, tiles
from legation.record.merkle import Root
from legation.record.tiles import FULL

PEER = "aics_tlog"


def write(data: list[bytes]) -> dict[str, bytes]:
    """Return the log's files: tiles of hashes and bundles of entries."""
    levels = [[merkle.leaf_hash(each) for each in data]]
    while len(levels[-1]) > 1:
        both = iter(levels[-1])
        levels.append([merkle.node_hash(*pair) for pair in zip(both, both, strict=False)])

    def read(level: int, index: int) -> bytes:
        return levels[level][index]

    files = {tile.path(): tiles.tile_bytes(read, tile) for tile in tiles.tiles_for(0, len(data))}
    for tile in tiles.bundles_for(0, len(data)):
        entries = data[tile.index * FULL : tile.index * FULL + tile.width]
        files[tile.path()] = tiles.entry_bundle(entries)
    return files


def figures(*, long: bool) -> Iterator[Figure]:
    there = importlib.util.find_spec(PEER) is not None
    for size in (1_000, 10_000, 100_000, *((1_000_000,) if long else ())):
        data = [b"\1" + number.to_bytes(32, "big") for number in range(size)]
        files = write(data)
        root = merkle.root_of(merkle.leaf_hash(each) for each in data)
        yield beside(data, files, root) if there else alone(files, root)


def alone(files: dict[str, bytes], root: Root) -> Figure:
    taken = seconds(lambda: tiles.audit(root, files.__getitem__))
    name = f"audit of {root.size:,} entries"
    return Figure(name=name, value=taken, unit="s", note=speed(taken, root.size))


def beside(data: list[bytes], files: dict[str, bytes], root: Root) -> Figure:
    peer = importlib.import_module(PEER)
    assert files == importlib.import_module(f"{PEER}.tiles").materialise_tiles(data)
    ratio, taken = pair(
        lambda: peer.audit_tiles(peer.MemoryTileReader(files), root.size, root.hash),
        lambda: tiles.audit(root, files.__getitem__),
        rounds=3 if root.size > 100_000 else 7,
    )
    return Figure(
        name=f"{PEER} / audit of {root.size:,} entries",
        value=ratio,
        at_least=1.5,
        note=speed(taken, root.size),
    )


def speed(taken: float, size: int) -> str:
    return f"{taken:.3g} s, {size / taken:,.0f} entries a second"
