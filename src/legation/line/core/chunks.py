"""How a file is cut, and which of its chunks are there: arithmetic only.

A set of chunks is an integer, the lowest bit for the first chunk; in rows and on the line it is
the same as bytes, lowest first.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from legation.acts.files import CHUNK
from legation.record.merkle import LEAF

HASH_SIZE: Final = 32


def chunk_hash(data: bytes | memoryview) -> bytes:
    """Return a chunk's hash as a leaf of its file's tree, without a copy to put the mark before."""
    hashing = sha256(LEAF)
    hashing.update(data)
    return hashing.digest()


def chunks_in(size: int) -> int:
    """Return how many chunks a file of that many bytes has."""
    return -(-size // CHUNK)


def length_of(index: int, size: int) -> int:
    """Return how many bytes a chunk of a file of that size has."""
    return min(CHUNK, size - index * CHUNK)


def whole(count: int) -> int:
    """Return the set of all of so many chunks."""
    return (1 << count) - 1


def read_set(data: bytes) -> int:
    """Return the set that its bytes say."""
    return int.from_bytes(data, "little")


def write_set(chosen: int) -> bytes:
    """Return a set's bytes, none for the empty one."""
    return chosen.to_bytes((chosen.bit_length() + 7) // 8, "little")


def set_of(indexes: Iterable[int]) -> int:
    """Return the set of these chunks."""
    chosen = 0
    for index in indexes:
        chosen |= 1 << index
    return chosen


def members(chosen: int) -> Iterator[int]:
    """Yield the chunks of a set, lowest first."""
    while chosen:
        lowest = chosen & -chosen
        yield lowest.bit_length() - 1
        chosen ^= lowest


def hash_at(hashes: bytes, index: int) -> bytes:
    """Return a chunk's leaf hash from the list of all."""
    return hashes[index * HASH_SIZE : (index + 1) * HASH_SIZE]


def split(hashes: bytes) -> list[bytes]:
    """Return the leaf hashes in a list of them."""
    return [hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)]
