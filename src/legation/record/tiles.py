"""Tiles: a log as plain files, so that anybody can copy it, serve it and check it.

`tile/L/N[.p/W]` holds up to 256 hashes of 32 bytes: at level 0 those of leaves, above those of
full tiles one level below. `tile/entries/N[.p/W]` holds the entries, each after its length in
two bytes. Source: c2sp.org/tlog-tiles.
"""

import re as regex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from legation.errors import N_, Refusal
from legation.record.merkle import HASH_SIZE, Frontier, Hashes, Root, node_hash

HEIGHT: Final = 8
FULL: Final = 1 << HEIGHT
MAX_ENTRY: Final = 65_535
_MAX_LEVEL: Final = 63
_KEPT_TILES: Final = 64

_PATH: Final = regex.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?",
    regex.ASCII,
)

ReadTile = Callable[[int, int], bytes]
"""Return a tile's bytes for (level, index): the widest that is held, whole hashes."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One file of the layout. level: None for a bundle of entries. width: 1 to 256."""

    level: int | None
    index: int
    width: int = FULL

    def path(self) -> str:
        """Return its path below the log's prefix."""
        if self.level is None:
            return entries_path(self.index, self.width)
        return tile_path(self.level, self.index, self.width)


def tile_path(level: int, index: int, width: int = FULL) -> str:
    """Return the path of a tile of hashes, "tile/0/x001/x234/067" or with ".p/W"."""
    return f"tile/{level}/{_number(index)}{_part(width)}"


def entries_path(index: int, width: int = FULL) -> str:
    """Return the path of a bundle of entries."""
    return f"tile/entries/{_number(index)}{_part(width)}"


def openings_path(bundle: Tile) -> str:
    """Return where the openings lie of a bundle's entries: `tile/entries/N` → `openings/N`."""
    return "openings/" + bundle.path().removeprefix("tile/entries/")


def parse_path(path: str) -> Tile:
    """Read a path back. Raises Refusal "path" for any that the functions above do not write."""
    found = _PATH.fullmatch(path)
    if found is not None:
        level = None if found[1] == "entries" else int(found[1])
        index = int(found[2].replace("x", "").replace("/", ""))
        tile = Tile(level, index, int(found[3] or FULL))
        if (level or 0) <= _MAX_LEVEL and tile.width <= FULL and tile.path() == path:
            return tile
    raise Refusal(
        "path",
        thing=N_("Path {path}"),
        rule=N_("a tile is tile/LEVEL/NUMBER or tile/entries/NUMBER, with .p/WIDTH when partial."),
        remedy=N_("Copy the log's folder again, with these names."),
        path=path,
    )


def tile_at(level: int | None, index: int, size: int) -> Tile | None:
    """Return the tile as it stands in a log of `size` entries, None if it is empty there."""
    held = size >> HEIGHT * (level or 0)
    width = min(FULL, held - index * FULL)
    return Tile(level, index, width) if width > 0 else None


def tiles_for(old_size: int, new_size: int) -> Iterator[Tile]:
    """Yield the tiles of hashes that a log of `new_size` has and one of `old_size` had not."""
    level = 0
    while new_size >> HEIGHT * level:
        yield from _grown(level, old_size >> HEIGHT * level, new_size)
        level += 1


def bundles_for(old_size: int, new_size: int) -> Iterator[Tile]:
    """Yield the bundles of entries that a log of `new_size` has and one of `old_size` had not."""
    yield from _grown(None, old_size, new_size)


def still_partial(size: int, earlier: Iterable[int]) -> Iterator[Tile]:
    """Yield the narrower tiles of earlier checkpoints, where no full tile stands in their place.

    "Logs MUST serve partial tiles corresponding to tree sizes for which a checkpoint was
    produced, but MAY delete any once the corresponding full tile is available" (tlog-tiles).
    """
    known = set(tiles_for(0, size))
    for old in earlier:
        for tile in tiles_for(0, old):
            last = tile_at(tile.level, tile.index, size)
            if last is not None and last.width < FULL and tile not in known:
                known.add(tile)
                yield tile


def tile_bytes(read: Hashes, tile: Tile) -> bytes:
    """Return what a tile of hashes holds."""
    assert tile.level is not None
    first, level = tile.index * FULL, tile.level * HEIGHT
    return b"".join(read(level, first + place) for place in range(tile.width))


def hashes_from_tiles(read_tile: ReadTile) -> Hashes:
    """Return a reader of subtree hashes over tiles; keeps the last 64 tiles it read.

    The reader raises Refusal "tile" when a tile is too short for what is asked.
    """

    @lru_cache(maxsize=_KEPT_TILES)
    def rows(level: int, index: int) -> list[list[bytes]]:
        return [_split(read_tile(level, index))]

    def read(level: int, index: int) -> bytes:
        tile_level, up = divmod(level, HEIGHT)
        tile_index, place = divmod(index, FULL >> up)
        built = rows(tile_level, tile_index)
        while len(built) <= up:
            below = iter(built[-1])
            built.append([node_hash(*both) for both in zip(below, below, strict=False)])
        if place >= len(built[up]):
            raise _short(tile_level, tile_index)
        return built[up][place]

    return read


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Return the bytes of a bundle of 1 to 256 entries. Raises Refusal "size"."""
    if not 0 < len(entries) <= FULL or any(len(entry) > MAX_ENTRY for entry in entries):
        raise Refusal(
            "size",
            thing=N_("Bundle of {count} entries"),
            rule=N_("a bundle has 1 to 256 entries of at most {limit} bytes."),
            remedy=N_("Split it."),
            count=len(entries),
            limit=MAX_ENTRY,
        )
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def split_bundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle. Raises Refusal "tile" when it is cut short or too long."""
    entries = _split_even(data) or _split_any(data)
    if not 0 < len(entries) <= FULL:
        raise Refusal(
            "tile",
            thing=N_("Bundle of entries"),
            rule=N_("it holds 1 to 256 entries, each after its length in two bytes."),
            remedy=N_("Copy the file again."),
        )
    return entries


def _split_even(data: bytes) -> list[bytes]:
    """Split a bundle whose entries all have one length, as ours have; [] for any other."""
    step = 2 + int.from_bytes(data[:2], "big")
    count, rest = divmod(len(data), step)
    if rest or (data[::step], data[1::step]) != (data[:1] * count, data[1:2] * count):
        return []
    return [data[at : at + step - 2] for at in range(2, len(data) + 1, step)]


def _split_any(data: bytes) -> list[bytes]:
    """Split a bundle of at most 256 entries; [] when it is cut short or holds more."""
    entries, at = list[bytes](), 0
    while at < len(data) and len(entries) <= FULL:
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        entries.append(data[start:at])
        if at > len(data) or start > len(data):
            return []
    return entries if at == len(data) else []


def audit(root: Root, read: Callable[[str], bytes]) -> None:
    """Check every file of a log of this root: entries, all tiles of hashes, the root itself.

    read: returns a file's bytes by its path. Every hash is computed once, from the entries up.
    Raises Refusal "tile" naming the first file that is not what the entries give, "root" when
    all files agree with one another and not with the root.
    """
    hashes: list[bytes] = []
    for tile in bundles_for(0, root.size):
        entries = split_bundle(read(tile.path()))
        if len(entries) != tile.width:
            raise _other_tile(tile)
        hashes += [sha256(b"\0" + entry).digest() for entry in entries]
    level, edge = 0, list[tuple[bytes, ...]]()
    while hashes:
        for tile in _grown(level, 0, root.size):
            first = tile.index * FULL
            if read(tile.path()) != b"".join(hashes[first : first + tile.width]):
                raise _other_tile(tile)
        full = len(hashes) // FULL * FULL
        edge.append(Frontier().extend(hashes[full:]).peaks)
        hashes = [_tile_root(hashes[at : at + FULL]) for at in range(0, full, FULL)]
        level += 1
    # What no full tile holds, level by level: the higher, the further to the left.
    peaks = tuple(peak for peaks in reversed(edge) for peak in peaks)
    if Frontier(root.size, peaks).root() != root:
        raise _other_root(root)


def _tile_root(hashes: list[bytes]) -> bytes:
    """Return the hash over one full tile."""
    new = sha256
    while len(hashes) > 1:
        both = iter(hashes)
        hashes = [
            new(b"\1" + left + right).digest() for left, right in zip(both, both, strict=True)
        ]
    return hashes[0]


def _grown(level: int | None, old: int, size: int) -> Iterator[Tile]:
    index = old // FULL
    while (tile := tile_at(level, index, size)) is not None:
        if index * FULL + tile.width > old:
            yield tile
        index += 1


def _split(data: bytes) -> list[bytes]:
    return [data[at : at + HASH_SIZE] for at in range(0, len(data) - HASH_SIZE + 1, HASH_SIZE)]


def _short(level: int, index: int) -> Refusal:
    return Refusal(
        "tile",
        thing=N_("Tile {path}"),
        rule=N_("it holds the hashes that a log of this size needs."),
        remedy=N_("Copy the file again, or ask for a wider one."),
        path=tile_path(level, index),
    )


def _other_tile(tile: Tile) -> Refusal:
    return Refusal(
        "tile",
        thing=N_("Tile {path}"),
        rule=N_("it holds what the entries of the log give."),
        remedy=N_("Copy the file again; the same bytes twice are evidence."),
        path=tile.path(),
    )


def _other_root(root: Root) -> Refusal:
    return Refusal(
        "root",
        thing=N_("Log of {size} entries"),
        rule=N_("its entries give the root {root}; these give another."),
        remedy=N_("Copy the log again; the same files twice are evidence."),
        size=root.size,
        root=root.hash.hex(),
    )


def _number(index: int) -> str:
    digits = f"{index:d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])


def _part(width: int) -> str:
    return "" if width == FULL else f".p/{width}"
