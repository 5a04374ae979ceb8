"""The Merkle tree against plain recursion over RFC 6962's own definitions, and its vectors."""

from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import merkle
from legation.record.merkle import EMPTY, Frontier, Root, leaf_hash
from record.refusals import refused

SIZES = range(71)
LEAVES = [leaf_hash(bytes((number,))) for number in range(max(SIZES))]


def plain_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = split_of(len(leaves))
    return sha256(b"\1" + plain_root(leaves[:split]) + plain_root(leaves[split:])).digest()


def plain_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    split = split_of(len(leaves))
    if index < split:
        return [*plain_path(index, leaves[:split]), plain_root(leaves[split:])]
    return [*plain_path(index - split, leaves[split:]), plain_root(leaves[:split])]


def plain_proof(old: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    """RFC 6962, 2.1.2, word for word."""
    if old == len(leaves):
        return [] if whole else [plain_root(leaves)]
    split = split_of(len(leaves))
    if old <= split:
        return [*plain_proof(old, leaves[:split], whole=whole), plain_root(leaves[split:])]
    below = plain_proof(old - split, leaves[split:], whole=False)
    return [*below, plain_root(leaves[:split])]


def split_of(size: int) -> int:
    split = 1
    while split * 2 < size:
        split *= 2
    return split


def read(level: int, index: int) -> bytes:
    """Hashes of complete subtrees, computed plainly."""
    leaves = LEAVES[index << level : (index + 1) << level]
    assert len(leaves) == 1 << level, "a subtree that is not complete was asked for"
    return plain_root(leaves)


ROOTS = [Root(size, plain_root(LEAVES[:size])) for size in SIZES]

# The tree that the tests of Certificate Transparency's own implementations share.
CT_DATA = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CT_PATH_0_OF_8 = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
CT_PROOF_6_TO_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]


def test_the_published_vectors_of_certificate_transparency_hold() -> None:
    leaves = [leaf_hash(data) for data in CT_DATA]
    assert [merkle.root_of(leaves[:size]).hash.hex() for size in range(9)] == CT_ROOTS

    def at(level: int, index: int) -> bytes:
        return plain_root(leaves[index << level : (index + 1) << level])

    assert [each.hex() for each in merkle.inclusion_proof(at, 0, 8)] == CT_PATH_0_OF_8
    assert [each.hex() for each in merkle.consistency_proof(at, 6, 8)] == CT_PROOF_6_TO_8


@pytest.mark.parametrize("size", SIZES)
def test_every_way_to_a_root_gives_the_same_root(size: int) -> None:
    root, frontier = ROOTS[size], Frontier().extend(LEAVES[:size])
    assert merkle.root_of(LEAVES[:size]) == root
    assert merkle.root_at(read, size) == root
    assert frontier.root() == root
    assert frontier.size == size
    assert Frontier.decode(frontier.encode()) == frontier


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_frontier_grows_alike_in_any_steps(first: int, second: int) -> None:
    first, second = sorted((first, second))
    begun = Frontier().extend(LEAVES[:first])
    one_by_one = begun
    for leaf in LEAVES[first:second]:
        one_by_one = one_by_one.append(leaf)
    assert begun.extend(LEAVES[first:second]) == one_by_one
    assert one_by_one.root() == ROOTS[second]


def test_proofs_are_those_of_the_definition_and_hold_at_every_size() -> None:
    for size in SIZES:
        for index in range(size):
            proof = merkle.inclusion_proof(read, index, size)
            assert list(proof) == plain_path(index, LEAVES[:size])
            merkle.check_inclusion(LEAVES[index], index, ROOTS[size], proof)


def test_every_smaller_log_is_shown_to_be_a_beginning() -> None:
    for new in SIZES:
        for old in range(new + 1):
            proof = merkle.consistency_proof(read, old, new)
            if old:
                assert list(proof) == plain_proof(old, LEAVES[:new])
            merkle.check_prefix(ROOTS[old], ROOTS[new], proof)


def test_no_proof_of_an_entry_shows_another_entry_place_or_log() -> None:
    for size, index in product(range(1, 20), range(19)):
        if index >= size:
            continue
        proof = merkle.inclusion_proof(read, index, size)
        for other in range(size):
            if other != index:
                with refused("inconsistent"):
                    merkle.check_inclusion(LEAVES[index], other, ROOTS[size], proof)
                with refused("inconsistent"):
                    merkle.check_inclusion(LEAVES[other], index, ROOTS[size], proof)
        for other in range(index + 1, 20):
            if other != size:
                with refused("inconsistent"):
                    merkle.check_inclusion(LEAVES[index], index, ROOTS[other], proof)


def damages(proof: tuple[bytes, ...]) -> list[tuple[bytes, ...]]:
    """Return every simple way to spoil a proof."""
    longer = [(*proof, LEAVES[0]), (LEAVES[0], *proof)]
    shorter = [proof[:-1], proof[1:]] if proof else []
    swapped = [proof[::-1]] if len(set(proof)) > 1 else []
    flipped = [
        (*proof[:at], bytes((each[0] ^ 1,)) + each[1:], *proof[at + 1 :])
        for at, each in enumerate(proof)
    ]
    short = [(*proof[:-1], proof[-1][:31])] if proof else []
    return longer + shorter + swapped + flipped + short


def test_a_spoilt_proof_of_an_entry_is_refused() -> None:
    for size in (1, 2, 3, 5, 8, 13, 32, 33):
        for index in range(size):
            for proof in damages(merkle.inclusion_proof(read, index, size)):
                with refused("inconsistent"):
                    merkle.check_inclusion(LEAVES[index], index, ROOTS[size], proof)


def test_a_spoilt_proof_of_a_beginning_is_refused() -> None:
    for new, old in product((1, 2, 3, 5, 8, 13, 32, 33), range(34)):
        if old > new:
            continue
        for proof in damages(merkle.consistency_proof(read, old, new)):
            with refused("inconsistent"):
                merkle.check_prefix(ROOTS[old], ROOTS[new], proof)


def test_another_log_is_no_beginning() -> None:
    other = [leaf_hash(b"other"), *LEAVES[1:]]
    for new in range(2, 20):
        for old in range(1, new):
            proof = merkle.consistency_proof(read, old, new)
            with refused("inconsistent"):
                merkle.check_prefix(merkle.root_of(other[:old]), ROOTS[new], proof)
            with refused("inconsistent"):
                merkle.check_prefix(ROOTS[old], merkle.root_of(other[:new]), proof)


def test_a_proof_made_for_another_size_is_refused_though_its_hashes_lead_to_the_root() -> None:
    proof = merkle.consistency_proof(read, 2, 4)
    for size in (5, 8, 9):
        with refused("inconsistent"):
            merkle.check_prefix(ROOTS[2], Root(size, ROOTS[4].hash), proof)
    path = merkle.inclusion_proof(read, 0, 4)
    for size in (1, 2, 5, 8, 9):
        with refused("inconsistent"):
            merkle.check_inclusion(LEAVES[0], 0, Root(size, ROOTS[4].hash), path)


def test_a_log_does_not_shrink() -> None:
    with refused("backwards"):
        merkle.check_prefix(ROOTS[2], ROOTS[1], ())
    with refused("backwards"):
        merkle.consistency_proof(read, 3, 2)


def test_one_size_with_two_roots_is_a_fork_and_nothing_else() -> None:
    with refused("fork"):
        merkle.check_prefix(ROOTS[5], Root(5, LEAVES[0]), ())
    with refused("fork"):
        merkle.check_prefix(EMPTY, Root(0, LEAVES[0]), ())


def test_an_entry_that_is_not_there_has_no_proof() -> None:
    with refused("index"):
        merkle.inclusion_proof(read, 5, 5)
    with refused("index"):
        merkle.check_inclusion(LEAVES[0], 5, ROOTS[5], ())
    with refused("index"):
        merkle.check_inclusion(LEAVES[0], -1, ROOTS[5], ())


def test_a_proof_has_at_most_64_hashes() -> None:
    with refused("inconsistent"):
        merkle.check_inclusion(LEAVES[0], 0, ROOTS[1], [LEAVES[0]] * 65)


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 10**7, 2**40 + 1])
def test_proofs_are_as_short_as_the_tree_is_high(size: int) -> None:
    """A reader that makes hashes up is enough to count what is asked of it."""
    asked: list[tuple[int, int]] = []

    def made_up(level: int, index: int) -> bytes:
        assert (index + 1) << level <= size
        asked.append((level, index))
        return sha256(f"{level} {index}".encode()).digest()

    assert len(merkle.inclusion_proof(made_up, size // 2, size)) <= size.bit_length()
    assert len(merkle.consistency_proof(made_up, size // 3 + 1, size)) <= size.bit_length() + 1
    assert len(asked) <= 4 * size.bit_length()


@pytest.mark.fuzz
@given(st.binary(max_size=200))
def test_any_bytes_of_a_frontier_are_read_or_refused(data: bytes) -> None:
    try:
        frontier = Frontier.decode(data)
    except Refusal as refusal:
        assert refusal.code == "root"
        return
    assert frontier.encode() == data
