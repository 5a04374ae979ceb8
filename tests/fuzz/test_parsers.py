"""Every parser of outside bytes: a value, or a refusal in words, and nothing else, ever.

`make test` throws a few at each, `make fuzz` many. A parser that has an encoder gives back exactly
the bytes that it took: two readings of one text would be two records.
"""

from collections.abc import Callable, Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import world
from legation.acts import introduction
from legation.errors import Refusal
from legation.line.core import bundle, fence
from legation.missions import reader
from legation.record import act, canon, keys, note, proof, tiles, witness
from legation.record.merkle import EMPTY, Root
from record.exports import a_story, raw_key

pytestmark = pytest.mark.fuzz

Read = Callable[[bytes], object]
"""Reads bytes and gives them back from what it read; None where there is no encoder."""


def canonical_json(data: bytes) -> bytes:
    return canon.encode(canon.decode(data))


def opening(data: bytes) -> bytes:
    return act.decode_opening(data).encode()


def head(data: bytes) -> bytes:
    return act.parse_head(data).encode()


def signed_note(data: bytes) -> bytes:
    return note.parse_note(data).encode()


def checkpoint(data: bytes) -> bytes:
    return note.parse_checkpoint(data.decode("latin-1")).text().encode("latin-1")


def verifier_key(data: bytes) -> bytes:
    return note.VerifierKey.parse(data.decode("latin-1")).encode().encode("latin-1")


def proof_file(data: bytes) -> bytes:
    return proof.parse_proof(data).encode()


def witness_request(data: bytes) -> bytes:
    request = witness.parse_request(data)
    return witness.encode_request(request.old, request.proof, request.note)


def keys_document(data: bytes) -> bytes:
    return keys.parse_keys(data).encode()


def tile_path(data: bytes) -> bytes:
    return tiles.parse_path(data.decode("latin-1")).path().encode("latin-1")


def entry_bundle(data: bytes) -> bytes:
    return tiles.entry_bundle(tiles.split_bundle(data))


def line_bundle(data: bytes) -> None:
    bundle.read_bundle(bundle.read_envelope(data))


def fence_file(data: bytes) -> None:
    fence.decode(data)


def introduction_file(data: bytes) -> None:
    introduction.open_introduction(data)


def dossier_file(data: bytes) -> None:
    """Gathers what is wrong instead of stopping at the first fault."""
    reader.read(data, reader.Faults())


PARSERS: list[Read] = [
    canonical_json,
    opening,
    head,
    signed_note,
    checkpoint,
    verifier_key,
    proof_file,
    witness_request,
    keys_document,
    tile_path,
    entry_bundle,
    line_bundle,
    fence_file,
    introduction_file,
    dossier_file,
]


def a_bundle() -> bytes:
    made = bundle.Bundle(
        record="0" * 16,
        sender="US",
        to="RU",
        pair="0" * 64,
        term="0" * 16,
        ack_term="1" * 16,
        challenge="0" * 32,
        have=Root(3, bytes(32)),
        size=2,
        entries=(b"one", b"two"),
        carrier="https",
    )
    return bundle.encode(made, overhead=1_136, sign=lambda _: bytes(64))


def an_introduction_file() -> bytes:
    made = world.an_introduction("XA", "XB", "State XA", ("ada", "bela"), ("record.seen/1",))
    return introduction.sign(made, world.key_of("XA log"))


@cache
def samples() -> dict[Read, Sequence[bytes]]:
    """Good bytes for each parser: what mutations begin from."""
    files = a_story().files()
    proofs = [data for path, data in sorted(files.items()) if path.endswith(".tlog-proof")]
    notes = [data for path, data in sorted(files.items()) if path.endswith("/checkpoint")]
    openings = [proof.parse_proof(data).extra for data in proofs]
    vkey = note.VerifierKey.of("XA/0/1", note.ED25519, raw_key("XA log 0"))
    rows: dict[Read, Sequence[bytes]] = {
        canonical_json: [canon.encode({"a": [1, "é\n", None, True, {"b": -7}], "c": {}})],
        opening: openings,
        head: [act.decode_opening(openings[0]).head],
        signed_note: notes,
        checkpoint: [note.parse_note(data).text.encode() for data in notes],
        verifier_key: [vkey.encode().encode()],
        proof_file: proofs,
        witness_request: [witness.encode_request(0, [bytes(32)], notes[0])],
        keys_document: [data for path, data in sorted(files.items()) if path.startswith("keys/")],
        tile_path: [b"tile/0/x001/x234/067", b"tile/entries/000.p/7"],
        entry_bundle: [tiles.entry_bundle([b"one", b"two"])],
        line_bundle: [a_bundle()],
        fence_file: [fence.Fence("0" * 16, EMPTY).encode()],
        introduction_file: [an_introduction_file()],
        dossier_file: [b'{"parties": ["US", "RU"], "posts": [{"id": "US-MOW"}]}'],
    }
    return rows


def takes_or_refuses(read: Read, data: bytes) -> None:
    try:
        back = read(data)
    except Refusal as refusal:
        said = refusal.sentence()
    else:
        said = "taken" if back in (None, data) else "read in a second way"
    assert said not in ("", "read in a second way")


@pytest.mark.parametrize("read", PARSERS, ids=lambda read: read.__name__)
def test_good_bytes_are_taken(read: Read) -> None:
    for sample in samples()[read]:
        assert read(sample) in (None, sample)


@pytest.mark.parametrize("read", PARSERS, ids=lambda read: read.__name__)
@given(data=st.binary(max_size=2_000) | st.text(max_size=500).map(str.encode))
def test_any_bytes_are_taken_or_refused(read: Read, data: bytes) -> None:
    takes_or_refuses(read, data)


@pytest.mark.parametrize("read", PARSERS, ids=lambda read: read.__name__)
@given(draw=st.data())
def test_good_bytes_with_a_fault_are_taken_or_refused(read: Read, draw: st.DataObject) -> None:
    sample = draw.draw(st.sampled_from(samples()[read]), label="sample")
    data = bytearray(sample)
    for _ in range(draw.draw(st.integers(1, 3), label="faults")):
        place = draw.draw(st.integers(0, len(data)), label="at")
        width = draw.draw(st.integers(0, 8), label="width")
        data[place : place + width] = draw.draw(
            st.binary(max_size=8)
            | st.sampled_from([b"\0", b"\n\n", b'"', b"{}", b"[" * 20, b"1e400", b"\xed\xa0\x80"])
            | st.just(bytes(data[: place // 2])),
            label="new",
        )
    takes_or_refuses(read, bytes(data))
