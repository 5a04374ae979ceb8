"""The verifier and the nodes read alike: what one takes the other takes, byte for byte."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import canon, merkle, verify
from legation.record.act import Head, check_officers, commitments, leaf_data, parse_head
from legation.record.canon import Json
from legation.record.proof import Proof
from legation.record.signatures import OfficerSignature, encode_sigs, sign_message
from record.exports import a_keys_document, private_key
from record.test_act import a_head, an_opening
from record.test_canon import OBJECTS, REFUSED, VALUES

RECORD = "0123456789abcdef"
NAMES = [each.name for each in fields(Head)]
INSTANTS = st.from_regex(
    r"(0000|0999|19[0-9]{2}|20[0-9]{2}|2999|3000|9999)-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z",
    fullmatch=True,
)
LABELS = st.text(max_size=8) | st.sampled_from(["x" * 200, "x" * 201, "\\" * 200, '"' * 201, "\n"])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "at": INSTANTS,
        "on": LABELS,
        "number": LABELS,
        "v": st.integers(-1, 3) | st.booleans(),
        "party": st.text("ABab", max_size=4),
        "record": st.text("0aA", min_size=15, max_size=17),
        "type": st.text("a._1A", max_size=6),
        "seen": st.tuples(st.integers(-1, 2**53), st.text("0f", min_size=63, max_size=65)).map(
            list
        ),
    },
)


def as_the_verifier_reads(head: bytes) -> dict[str, object]:
    """Return the head that the verifier finds in an act alone in its log; {} for none."""
    opening = an_opening(head=head)
    root = merkle.leaf_hash(leaf_data(opening))
    note = verify.Note(b"its checkpoint", "", 1, root)
    return verify.read_act(Proof(0, (), note.data, opening.encode()).encode(), 0, note).head


def check_alike(head: bytes) -> None:
    try:
        said = parse_head(head)
    except Refusal:
        assert as_the_verifier_reads(head) == {}
        return
    assert as_the_verifier_reads(head) == canon.decode(said.encode())


@given(FIELDS)
def test_heads_are_read_alike_whatever_their_fields_say(changes: dict[str, Json]) -> None:
    value = {**canon.decode(a_head().encode()), **changes}
    try:
        head = canon.encode(value)
    except Refusal:
        return
    check_alike(head)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES) | OBJECTS)
def test_heads_are_read_alike_whatever_kind_their_fields_are(changes: dict[str, Json]) -> None:
    value = {**canon.decode(a_head().encode()), **changes}
    data = canon.encode_large(value)
    if len(data) <= 4096:
        check_alike(data)


@pytest.mark.fuzz
@given(st.data())
def test_a_head_with_a_changed_byte_is_read_alike(data: st.DataObject) -> None:
    good = a_head().encode()
    place = data.draw(st.integers(0, len(good) - 1))
    check_alike(good[:place] + bytes((data.draw(st.integers(0, 255)),)) + good[place + 1 :])


def is_canonical(data: bytes) -> bool:
    try:
        canon.decode(data)
    except Refusal:
        return False
    return True


def is_read(data: bytes) -> bool:
    try:
        verify.read_json(data)
    except (ValueError, RecursionError):
        return False
    return True


@pytest.mark.parametrize("data", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_bytes_that_a_node_refuses_the_verifier_does_not_read(data: bytes) -> None:
    assert not is_read(data)


@pytest.mark.fuzz
@given(OBJECTS, st.data())
def test_documents_are_read_alike_with_any_byte_changed(
    value: dict[str, Json], data: st.DataObject
) -> None:
    good = canon.encode(value)
    assert is_read(good)
    place = data.draw(st.integers(0, len(good) - 1))
    changed = good[:place] + bytes((data.draw(st.integers(0, 255)),)) + good[place + 1 :]
    assert is_read(changed) == is_canonical(changed)


def test_every_character_is_judged_alike() -> None:
    assert {n for n in range(0x110000) if verify.REFUSED.search(chr(n))} == {
        n for n in range(0x110000) if not canon.is_plain_text(chr(n))
    }


SIGNERS = st.lists(
    st.tuples(
        st.sampled_from(["ada", "bela", "cem", "dana", ""]),
        st.sampled_from(["ed25519", "ed25519", "ed25519", "rsa"]),
        st.sampled_from(["good", "good", "good", "bad", "none"]),
    ),
    max_size=5,
)


@given(SIGNERS, st.sampled_from([1, 2, 3]))
def test_officers_are_counted_alike(signers: list[tuple[str, str, str]], threshold: int) -> None:
    opening = an_opening()
    _, h, b, _ = commitments(opening)
    message = sign_message(RECORD, h, b)
    sigs = []
    for name, alg, kind in signers:
        key = private_key(f"XA {name}")
        sig = {"good": key.sign(message), "bad": key.sign(b""), "none": b""}[kind]
        sigs.append(OfficerSignature(name, alg, sig))
    signed = replace(opening, sigs=encode_sigs(sigs))
    document = a_keys_document(threshold=threshold)
    try:
        check_officers(signed, RECORD, document)
        enough = True
    except Refusal:
        enough = False
    keys = verify.read_keys(document.encode(), {})
    act = verify.Act(0, b"", b"", signed.sigs, h + b)
    try:
        counted = verify.count_officers(act, RECORD, keys, "")
    except ValueError:
        counted = 0
    assert enough == (counted >= threshold)
