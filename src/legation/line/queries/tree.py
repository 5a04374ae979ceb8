"""The trees of both logs, read from rows: roots at any size and proofs, in O(log n) rows.

Kept are leaf hashes (in the entries) and the hashes of complete subtrees of 256, 65,536 …
entries (tiles); every other hash is computed from at most 255 of these.
"""

from functools import lru_cache
from typing import Final

from legation.line.models import Entry, Tile
from legation.record.merkle import Root, node_hash, root_at

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT


class StoredHashes:
    """A reader of subtree hashes (`legation.record.merkle.Hashes`) of one log.

    Rows are read in blocks of 256 and kept as long as this object is: use it for one question,
    or within one transaction.
    """

    def __init__(self, alias: str, side: str) -> None:
        self._alias = alias
        self._side = side
        self._block = lru_cache(maxsize=64)(self._read_block)

    def __call__(self, level: int, index: int) -> bytes:
        """Return the hash of the leaves [index << level, (index + 1) << level)."""
        base = level - level % HEIGHT
        first = index << (level - base)
        hashes = self._hashes(base, first, 1 << (level - base))
        while len(hashes) > 1:
            pairs = zip(hashes[::2], hashes[1::2], strict=True)
            hashes = [node_hash(left, right) for left, right in pairs]
        return hashes[0]

    def root(self, size: int) -> Root:
        """Return the root that the log had at `size` entries, all of which are stored."""
        return root_at(self, size)

    def leaves(self, first: int, until: int) -> list[bytes]:
        """Return the leaf hashes of the entries [first, until), as far as they are stored."""
        return read_hashes(self._alias, self._side, 0, first, until)

    def _hashes(self, base: int, first: int, count: int) -> list[bytes]:
        block, at = divmod(first, WIDTH)
        return self._block(base, block)[at : at + count]

    def _read_block(self, base: int, block: int) -> list[bytes]:
        return read_hashes(self._alias, self._side, base, block * WIDTH, (block + 1) * WIDTH)


def read_hashes(alias: str, side: str, level: int, first: int, until: int) -> list[bytes]:
    """Return stored hashes of a level (0, 8, 16 …) in the places [first, until)."""
    if level == 0:
        leaves = Entry.objects.using(alias).filter(side=side, index__gte=first, index__lt=until)
        return [bytes(leaf) for leaf in leaves.order_by("index").values_list("leaf", flat=True)]
    tiles = Tile.objects.using(alias).filter(
        side=side, level=level, index__gte=first, index__lt=until
    )
    return [bytes(each) for each in tiles.order_by("index").values_list("hash", flat=True)]
