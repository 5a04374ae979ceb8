"""Proof files: one act, its place, its log's checkpoint, checked offline."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import merkle, note
from legation.record.act import decode_opening
from legation.record.note import Checkpoint, VerifierKey, sign_checkpoint
from legation.record.proof import Proof, check_proof, check_shown, parse_proof, prove
from record.exports import Story, a_story, hashes_of, private_key, raw_key
from record.refusals import refused
from record.test_merkle import LEAVES

LOG = "log.example"
KEY = VerifierKey.of(LOG, note.ED25519, raw_key("log"))
ROOT = merkle.root_of(LEAVES)
SIGNED = sign_checkpoint(Checkpoint(LOG, ROOT.size, ROOT.hash), LOG, private_key("log"))
PATH = merkle.inclusion_proof(hashes_of(LEAVES), 11, ROOT.size)
GOOD = Proof(11, PATH, SIGNED, b"extra")


@pytest.fixture(scope="module")
def story() -> Story:
    return a_story()


def test_a_proof_file_is_written_as_specified() -> None:
    lines = GOOD.encode().split(b"\n")
    assert lines[:3] == [b"c2sp.org/tlog-proof@v1", b"extra ZXh0cmE=", b"index 11"]
    assert lines[3 + len(PATH)] == b""
    assert GOOD.encode().endswith(b"\n\n" + SIGNED)
    assert replace(GOOD, extra=b"").encode().split(b"\n")[1] == b"index 11"


def test_a_proof_comes_back_from_its_file_and_holds() -> None:
    assert parse_proof(GOOD.encode()) == GOOD
    assert check_proof(GOOD, LEAVES[11], KEY).root == ROOT


def test_a_log_of_one_entry_needs_no_hashes() -> None:
    signed = sign_checkpoint(Checkpoint(LOG, 1, LEAVES[0]), LOG, private_key("log"))
    proof = Proof(0, (), signed)
    assert parse_proof(proof.encode()) == proof
    assert check_proof(proof, LEAVES[0], KEY).size == 1


def test_another_entry_place_or_log_is_not_proved() -> None:
    with refused("inconsistent"):
        check_proof(GOOD, LEAVES[12], KEY)
    with refused("inconsistent"):
        check_proof(replace(GOOD, index=12), LEAVES[11], KEY)
    with refused("index"):
        check_proof(replace(GOOD, index=70), LEAVES[11], KEY)
    with refused("signer"):
        check_proof(GOOD, LEAVES[11], VerifierKey.of(LOG, note.ED25519, raw_key("other")))
    with refused("origin"):
        check_proof(GOOD, LEAVES[11], VerifierKey.of("other.log", note.ED25519, raw_key("log")))


def test_an_act_shown_with_its_proof_is_read_and_checked(story: Story) -> None:
    side = story.a
    origin = story.origin(side)
    key = VerifierKey.of(origin, note.ED25519, raw_key(side.log_key))
    path = merkle.inclusion_proof(hashes_of(side.leaves), 2, len(side.leaves))
    proof = prove(side.openings[2], 2, path, story.checkpoint(side))
    opening, checkpoint = check_shown(parse_proof(proof.encode()), key)
    assert opening == side.openings[2]
    assert (checkpoint.origin, checkpoint.size) == (origin, len(side.leaves))
    other = replace(decode_opening(proof.extra), body=b"{}").encode()
    with refused("inconsistent"):
        check_shown(replace(proof, extra=other), key)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"c2sp.org/tlog-proof@v1",
        b"c2sp.org/tlog-proof@v1\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v2\nindex 0\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex 00\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex -1\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nextra AAA\nindex 0\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nextra AAAA\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\r\nindex 0\n\n" + SIGNED,
        "c2sp.org/tlog-proof@v1\nindex ٠\n\n".encode() + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex 0\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex 0\n\nno note",
        GOOD.encode()
        .replace(b"\n\n", b"\n" + b"A" * 43 + b"=" + b"\n\n", 1)
        .replace(b"index 11\n", b"index 11\n" + (b"A" * 43 + b"=\n") * 60),
    ],
)
def test_other_files_are_refused(data: bytes) -> None:
    with refused("text"):
        parse_proof(data)


def test_a_file_that_is_too_long_is_refused() -> None:
    with refused("size"):
        parse_proof(replace(GOOD, extra=bytes(200_000)).encode())


@pytest.mark.fuzz
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda rest: GOOD.encode()[:40] + rest))
def test_any_bytes_of_a_proof_file_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        parse_proof(data)


@pytest.mark.fuzz
@given(st.data())
def test_a_changed_byte_of_a_proof_file_is_found_unless_it_is_the_extra(
    data: st.DataObject,
) -> None:
    good = replace(GOOD, extra=b"").encode()
    place = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[place]))
    changed = good[:place] + bytes((other,)) + good[place + 1 :]
    with pytest.raises(Refusal):
        check_proof(parse_proof(changed), LEAVES[11], KEY)
