"""Proofs made and checked: how little a log a thousand times as large costs."""

import random
from collections.abc import Iterator
from hashlib import sha256

from bench import Figure
from bench.record._pair import pair

from legation.record import merkle
from legation.record.merkle import HASH_SIZE, Hashes, Root

PROOFS = 2_000


def levels_of(size: int) -> list[bytes]:
    """Return all complete subtrees' hashes, a string of bytes a level: 64 bytes an entry."""
    new = sha256
    leaves = (merkle.leaf_hash(number.to_bytes(33, "big")) for number in range(size))
    levels = [b"".join(leaves)]
    while len(levels[-1]) > HASH_SIZE:
        below, pair = levels[-1], 2 * HASH_SIZE
        whole = range(0, len(below) - pair + 1, pair)
        levels.append(b"".join(new(b"\1" + below[at : at + pair]).digest() for at in whole))
    return levels


def reader(levels: list[bytes]) -> Hashes:
    def read(level: int, index: int) -> bytes:
        return levels[level][index * HASH_SIZE : (index + 1) * HASH_SIZE]

    return read


def figures(*, long: bool) -> Iterator[Figure]:
    chance = random.Random(1)  # noqa: S311 - the same every time
    small = reader(levels_of(10_000)), 10_000
    for size in (100_000, 1_000_000, *((10_000_000,) if long else ())):
        read = reader(levels_of(size))
        root = merkle.root_at(read, size)
        places = [(chance.randrange(10_000), chance.randrange(size)) for _ in range(PROOFS)]

        def at_small(places: list[tuple[int, int]] = places) -> None:
            for index, _ in places:
                merkle.inclusion_proof(small[0], index, small[1])

        def at_large(
            places: list[tuple[int, int]] = places, read: Hashes = read, size: int = size
        ) -> None:
            for _, index in places:
                merkle.inclusion_proof(read, index, size)

        def checked(
            places: list[tuple[int, int]] = places, read: Hashes = read, root: Root = root
        ) -> None:
            for _, index in places:
                proof = merkle.inclusion_proof(read, index, root.size)
                merkle.check_inclusion(read(0, index), index, root, proof)

        ratio, made = pair(at_small, at_large)
        _, both = pair(at_large, checked)
        yield Figure(
            name=f"proofs at {size:,} / at 10,000 entries",
            value=ratio,
            at_least=0.3,
            note=f"{PROOFS / made:,.0f} made, {PROOFS / (both - made):,.0f} checked a second",
        )
