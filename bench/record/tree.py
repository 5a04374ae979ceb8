"""The tree from leaves, beside the hashing that nobody can avoid."""

from collections.abc import Iterator
from hashlib import sha256

from bench import Figure
from bench.record._pair import pair

from legation.record.merkle import Frontier, leaf_hash, root_of

LEAF = 33


def bare(data: list[bytes]) -> None:
    """Hash as often, and as much, as a tree over this data must: n leaves, n - 1 nodes."""
    new, node = sha256, bytes(65)
    for each in data:
        new(b"\0" + each).digest()
    for _ in range(len(data) - 1):
        new(node).digest()


def figures(*, long: bool) -> Iterator[Figure]:
    for size in (1_000, 10_000, 100_000, *((1_000_000,) if long else ())):
        data = [number.to_bytes(LEAF, "big") for number in range(size)]

        def build(data: list[bytes] = data) -> object:
            return root_of(leaf_hash(each) for each in data)

        def append(data: list[bytes] = data) -> object:
            return Frontier().extend(leaf_hash(each) for each in data).root()

        def floor(data: list[bytes] = data) -> None:
            bare(data)

        rounds = 3 if size > 100_000 else 9
        ratio, taken = pair(floor, build, rounds=rounds)
        yield Figure(
            name=f"bare hashing / root of {size:,} entries",
            value=ratio,
            at_least=0.7,
            note=f"{size / taken:,.0f} entries a second",
        )
        ratio, taken = pair(floor, append, rounds=rounds)
        yield Figure(
            name=f"bare hashing / appending {size:,} entries",
            value=ratio,
            note=f"{size / taken:,.0f} entries a second",
        )
