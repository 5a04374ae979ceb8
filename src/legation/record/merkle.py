"""The Merkle tree of RFC 6962: roots, proofs that an entry is in, proofs that nothing was cut.

Hashes are SHA-256, 32 bytes. A leaf is `H(00 || data)`, a node `H(01 || left || right)`, the
empty tree `H("")`; a tree of n leaves splits at the largest power of two below n.
A *complete subtree* at (level, index) covers leaves `[index << level, (index + 1) << level)`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Final, Protocol

from legation.errors import N_, Refusal

HASH_SIZE: Final = 32
MAX_PROOF: Final = 64
LEAF: Final = b"\0"
"""What a leaf begins with when it is hashed."""
_BLOCK: Final = 4_096


@dataclass(frozen=True, slots=True)
class Root:
    """Size (entries) and root hash (32 bytes) of a tree: all its entries in one line."""

    size: int
    hash: bytes


EMPTY: Final = Root(0, sha256(b"").digest())


class Hashes(Protocol):
    """Reader of the hashes of complete subtrees, from wherever they are kept."""

    def __call__(self, level: int, index: int) -> bytes:
        """Return the hash of the leaves `[index << level, (index + 1) << level)`."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one entry's data. Source: RFC 6962, 2.1."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side. Source: RFC 6962, 2.1."""
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: all that is needed to append to it.

    peaks: hashes of the complete subtrees that the size's binary digits name, largest first.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> "Frontier":
        """Return the frontier after one more leaf hash."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """Return the frontier after these leaf hashes, in this order."""
        size, peaks = self.size, list(self.peaks)
        new = sha256
        for leaf in leaves:
            top, rest = leaf, size
            while rest & 1:
                top = new(b"\1" + peaks.pop() + top).digest()
                rest >>= 1
            peaks.append(top)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> Root:
        """Return the root of the tree that this is the right edge of."""
        if not self.peaks:
            return EMPTY
        return Root(self.size, _fold(self.peaks))

    def encode(self) -> bytes:
        """Return 8 bytes of size and 32 a peak."""
        return self.size.to_bytes(8, "big") + b"".join(self.peaks)

    @classmethod
    def decode(cls, data: bytes) -> "Frontier":
        """Read what `encode` wrote. Raises Refusal "root" on any other bytes."""
        size = int.from_bytes(data[:8], "big")
        if len(data) != 8 + HASH_SIZE * size.bit_count():
            raise Refusal(
                "root",
                thing=N_("Stored edge of a log's tree"),
                rule=N_("it holds a size and one hash for each complete subtree."),
                remedy=N_("Build it again from the entries."),
            )
        peaks = (data[at : at + HASH_SIZE] for at in range(8, len(data), HASH_SIZE))
        return cls(size, tuple(peaks))


def root_of(leaves: Iterable[bytes]) -> Root:
    """Return the root of the tree with these leaf hashes.

    Blocks are hashed one by one: a log of any size needs the memory of one block.
    """
    rest, size = iter(leaves), 0
    blocks: list[bytes] = []
    edge: list[bytes] = []
    while block := list(islice(rest, _BLOCK)):
        size += len(block)
        edge = _peaks(block)
        if len(block) == _BLOCK:
            blocks += edge
            edge = []
    return Root(size, _fold(_peaks(blocks) + edge)) if size else EMPTY


def _peaks(level: list[bytes]) -> list[bytes]:
    """Return the hashes of the complete subtrees over a row of hashes, largest first."""
    peaks: list[bytes] = []
    new = sha256
    while level:
        if len(level) & 1:
            peaks.append(level.pop())
        both = iter(level)
        level = [new(b"\1" + left + right).digest() for left, right in zip(both, both, strict=True)]
    return peaks[::-1]


class Subtrees:
    """The hashes of every complete subtree, in memory, 64 bytes an entry: proofs in any order."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        level = b"".join(leaves)
        self._levels = [level]
        while len(level) >= 2 * HASH_SIZE:
            level = b"".join(
                node_hash(level[at : at + HASH_SIZE], level[at + HASH_SIZE : at + 2 * HASH_SIZE])
                for at in range(0, len(level) - HASH_SIZE, 2 * HASH_SIZE)
            )
            self._levels.append(level)

    def __call__(self, level: int, index: int) -> bytes:
        """Return the hash of the leaves [index << level, (index + 1) << level)."""
        return self._levels[level][index * HASH_SIZE : (index + 1) * HASH_SIZE]


def root_at(read: Hashes, size: int) -> Root:
    """Return the root that the log had when it held `size` entries."""
    return Root(size, _range_hash(read, 0, size)) if size else EMPTY


def inclusion_proof(read: Hashes, index: int, size: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf `index` to the root at `size`, leaf's sibling first.

    Raises Refusal "index" if the log of that size has no such entry. Source: RFC 6962, 2.1.1.
    """
    if not 0 <= index < size:
        raise _no_such_entry(index, size)
    return tuple(_path(read, index, size, 0))


def consistency_proof(read: Hashes, old: int, new: int) -> tuple[bytes, ...]:
    """Return the hashes that show that the log at size `new` begins with that at size `old`.

    Empty when old is 0 or equal to new. Raises Refusal "backwards" if old is larger.
    Source: RFC 6962, 2.1.2.
    """
    if not 0 <= old <= new:
        raise _backwards(old, new)
    if old in (0, new):
        return ()
    # The largest complete subtree that ends at `old` is where both trees agree.
    level = (old & -old).bit_length() - 1
    index = (old >> level) - 1
    start = () if index == 0 else (read(level, index),)
    return (*start, *_path(read, index, new, level))


def check_inclusion(leaf: bytes, index: int, root: Root, proof: Sequence[bytes]) -> None:
    """Check that `leaf` (a leaf hash) is entry `index` of the log with this root.

    proof: hashes of 32 bytes, lowest level first, at most 64.
    Raises Refusal "index", "inconsistent". Source: RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < root.size:
        raise _no_such_entry(index, root.size)
    _check_hashes(proof)
    at, last, found = index, root.size - 1, leaf
    for hash_ in proof:
        if last == 0:
            raise _not_in(index, root)
        if at & 1 or at == last:
            found = node_hash(hash_, found)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            found = node_hash(found, hash_)
        at >>= 1
        last >>= 1
    if last or found != root.hash:
        raise _not_in(index, root)


def check_prefix(old: Root, new: Root, proof: Sequence[bytes]) -> None:
    """Check that the log of `new.size` entries begins with that of `old.size` entries.

    proof: hashes of 32 bytes, lowest level first, at most 64.
    Raises Refusal "backwards" when new is smaller, "fork" when both have one size and two
    roots, else "inconsistent", naming both. Source: RFC 9162, 2.1.4.2.
    """
    if not 0 <= old.size <= new.size:
        raise _backwards(old.size, new.size)
    _check_hashes(proof)
    if old.size == new.size:
        if old.hash != new.hash:
            raise _fork(old, new)
        if proof:
            raise _inconsistent(old, new)
        return
    if old.size == 0:
        if proof or old.hash != EMPTY.hash:
            raise _inconsistent(old, new)
        return
    if _both_roots(old, new.size, proof) != (old.hash, new.hash):
        raise _inconsistent(old, new)


def _both_roots(old: Root, size: int, proof: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return the old and the new root that the proof leads to, None if it does not fit."""
    path = list(proof)
    if old.size & (old.size - 1) == 0:
        path.insert(0, old.hash)
    if not path:
        return None
    at, last = old.size - 1, size - 1
    while at & 1:
        at >>= 1
        last >>= 1
    first = second = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            first, second = node_hash(hash_, first), node_hash(hash_, second)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            second = node_hash(second, hash_)
        at >>= 1
        last >>= 1
    return None if last else (first, second)


def _path(read: Hashes, index: int, size: int, level: int) -> Iterable[bytes]:
    """Yield the siblings on the way from the subtree (level, index) to the root at `size`."""
    while True:
        sibling = index ^ 1
        first, end = sibling << level, (sibling + 1) << level
        if end <= size:
            yield read(level, sibling)
        elif first < size:
            yield _range_hash(read, first, size)
        if index == 0 and (1 << level) >= size:
            return
        index >>= 1
        level += 1


def _range_hash(read: Hashes, first: int, end: int) -> bytes:
    """Return the hash of leaves `[first, end)`, where `first` begins a subtree that large."""
    peaks = []
    while first < end:
        level = (end - first).bit_length() - 1
        peaks.append(read(level, first >> level))
        first += 1 << level
    return _fold(peaks)


def _fold(peaks: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees, largest first."""
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = node_hash(peak, found)
    return found


def _check_hashes(proof: Sequence[bytes]) -> None:
    if len(proof) > MAX_PROOF or any(len(hash_) != HASH_SIZE for hash_ in proof):
        raise Refusal(
            "inconsistent",
            thing=N_("Proof"),
            rule=N_("it holds at most {limit} hashes of 32 bytes."),
            remedy=N_("Ask for the proof again."),
            limit=MAX_PROOF,
        )


def _no_such_entry(index: int, size: int) -> Refusal:
    return Refusal(
        "index",
        thing=N_("Entry {index}"),
        rule=N_("a log of {size} entries has the indices below its size."),
        remedy=N_("Ask for a proof against a later checkpoint."),
        index=index,
        size=size,
    )


def _not_in(index: int, root: Root) -> Refusal:
    return Refusal(
        "inconsistent",
        thing=N_("Entry {index}"),
        rule=N_("its proof leads to the root {root} of {size} entries; this one does not."),
        remedy=N_("Ask for the proof again; the same answer twice is evidence."),
        index=index,
        size=root.size,
        root=root.hash.hex(),
    )


def _backwards(old: int, new: int) -> Refusal:
    return Refusal(
        "backwards",
        thing=N_("Log of {new} entries"),
        rule=N_("a log only grows; it already had {old}."),
        remedy=N_("Nothing to do if it is an old copy; else ask for the newest checkpoint."),
        old=old,
        new=new,
    )


def _fork(old: Root, new: Root) -> Refusal:
    return Refusal(
        "fork",
        thing=N_("Log of {size} entries"),
        rule=N_("one size has one root; this log shows {old} and {new}."),
        remedy=N_("Keep both checkpoints: they are evidence. Take nothing more of this log."),
        size=old.size,
        old=old.hash.hex(),
        new=new.hash.hex(),
    )


def _inconsistent(old: Root, new: Root) -> Refusal:
    return Refusal(
        "inconsistent",
        thing=N_("Log of {new_size} entries, root {new}"),
        rule=N_("it begins with the {old_size} entries of root {old}; the proof does not show it."),
        remedy=N_("Ask for the proof again; the same answer twice is evidence."),
        old_size=old.size,
        new_size=new.size,
        old=old.hash.hex(),
        new=new.hash.hex(),
    )
