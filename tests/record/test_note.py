"""Signed notes, checkpoints, cosignatures: published examples, and every way to be none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import note
from legation.record.b64 import to_base64
from legation.record.note import (
    Checkpoint,
    Note,
    Signature,
    VerifierKey,
    add_lines,
    cosign,
    open_checkpoint,
    open_cosignature,
    open_note,
    parse_checkpoint,
    parse_note,
    sign_checkpoint,
    sign_note,
    sign_text,
)
from record.exports import private_key, raw_key
from record.refusals import refused
from record.test_ed25519 import ENCODINGS

# c2sp.org/signed-note, "Example".
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
FOO_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ON"
    "ncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
# golang.org/x/mod/sumdb/note, the example of its documentation.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngot"
    "pRZb6KE6RyyBwJnAM=\n"
).encode()
# c2sp.org/tlog-cosignature, its first example: the message there says "time 1679315147".
COSIGNED = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhc"
    "yv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3"
    "b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
).encode()

LOG, WITNESS = "XA/0123456789abcdef/1", "XB/0123456789abcdef/cosign"
LOG_KEY = VerifierKey.of(LOG, note.ED25519, raw_key("log"))
WITNESS_KEY = VerifierKey.of(WITNESS, note.COSIGNATURE, raw_key("witness"))
CP = Checkpoint(LOG, 5, bytes(32))
SIGNED = sign_checkpoint(CP, LOG, private_key("log"))


def line_of(name: str, key: str = "log", text: str = CP.text()) -> str:
    return sign_text(text, name, private_key(key)).line()


@pytest.mark.parametrize(("vkey", "data"), [(FOO, FOO_NOTE), (NEUMANN, NEUMANN_NOTE)])
def test_published_notes_verify_under_their_published_keys(vkey: str, data: bytes) -> None:
    key = VerifierKey.parse(vkey)
    assert key.encode() == vkey
    opened = open_note(data, [key])
    assert opened.encode() == parse_note(data).encode() == data
    assert [each.name for each in opened.signatures] == [key.name]


def test_the_published_cosigned_checkpoint_is_read() -> None:
    parsed = parse_note(COSIGNED)
    checkpoint = parse_checkpoint(parsed.text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert int.from_bytes(parsed.signatures[1].signature[:8], "big") == 1679315147
    assert parsed.encode() == COSIGNED


def test_a_checkpoint_comes_back_from_its_note() -> None:
    assert open_checkpoint(SIGNED, LOG_KEY) == CP
    assert parse_checkpoint(CP.text()) == CP
    assert (CP.root.size, CP.root.hash) == (5, bytes(32))


def test_unknown_signers_are_ignored_even_under_a_known_name() -> None:
    lines = [line_of("stranger.example", "stranger"), line_of(WITNESS, "stranger")]
    assert open_checkpoint(add_lines(SIGNED, lines), LOG_KEY) == CP
    with refused("signer"):
        open_cosignature(add_lines(SIGNED, lines), WITNESS_KEY)


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    with refused("signer"):
        open_note(SIGNED, [WITNESS_KEY])
    with refused("signer"):
        open_note(SIGNED, [])
    other = VerifierKey.of(LOG, note.ED25519, raw_key("another log"))
    with refused("signer"):
        open_checkpoint(SIGNED, other)


def test_a_known_key_whose_signature_fails_refuses_the_note() -> None:
    false = Signature(LOG, LOG_KEY.id, private_key("log").sign(b"something else")).line()
    data = (CP.text() + "\n" + false).encode()
    with refused("signature"):
        open_note(data, [LOG_KEY])
    cosigned = add_lines(SIGNED, [Signature(WITNESS, WITNESS_KEY.id, bytes(72)).line()])
    with refused("signature"):
        open_note(cosigned, [LOG_KEY, WITNESS_KEY])


def test_a_known_key_that_signs_twice_refuses_the_note() -> None:
    cosigned = add_lines(
        SIGNED, [cosign(CP.text(), WITNESS, private_key("witness"), at) for at in (1, 2)]
    )
    with refused("signature"):
        open_note(cosigned, [WITNESS_KEY])
    twice = (CP.text() + "\n" + line_of(LOG) * 2).encode()
    with refused("signature"):
        open_note(twice, [LOG_KEY])


def test_a_key_of_another_type_does_not_verify() -> None:
    """The same key and name: the type is part of the id and of what is signed."""
    as_cosigner = VerifierKey.of(LOG, note.COSIGNATURE, raw_key("log"))
    with refused("signer"):
        open_cosignature(SIGNED, as_cosigner)
    moved = Signature(LOG, as_cosigner.id, bytes(8) + parse_note(SIGNED).signatures[0].signature)
    with refused("signature"):
        open_cosignature(add_lines(SIGNED, [moved.line()]), as_cosigner)


def test_a_cosignature_says_when() -> None:
    line = cosign(CP.text(), WITNESS, private_key("witness"), 1_795_455_900)
    assert line.startswith(f"— {WITNESS} ")
    assert open_cosignature(add_lines(SIGNED, [line]), WITNESS_KEY) == 1_795_455_900
    assert open_cosignature(SIGNED + line.encode(), WITNESS_KEY) == 1_795_455_900


def test_a_cosignature_is_made_as_specified() -> None:
    line = cosign(CP.text(), WITNESS, private_key("witness"), 1679315147)
    sig = parse_note(SIGNED + line.encode()).signatures[1].signature
    message = b"cosignature/v1\ntime 1679315147\n" + CP.text().encode()
    private_key("witness").public_key().verify(sig[8:], message)
    assert sig[:8] == (1679315147).to_bytes(8, "big")


@pytest.mark.parametrize("at", [0, -1, 2**63])
def test_a_cosignature_has_a_time(at: int) -> None:
    with refused("text"):
        cosign(CP.text(), WITNESS, private_key("witness"), at)


def test_a_cosignature_with_another_time_or_on_another_text_fails() -> None:
    line = cosign(CP.text(), WITNESS, private_key("witness"), 7)
    sig = parse_note(SIGNED + line.encode()).signatures[1].signature
    later = Signature(WITNESS, WITNESS_KEY.id, (8).to_bytes(8, "big") + sig[8:]).line()
    with refused("signature"):
        open_cosignature(add_lines(SIGNED, [later]), WITNESS_KEY)
    other = sign_checkpoint(Checkpoint(LOG, 6, bytes(32)), LOG, private_key("log"))
    with refused("signature"):
        open_cosignature(add_lines(other, [line]), WITNESS_KEY)


def test_only_a_checkpoint_is_cosigned() -> None:
    with refused("text"):
        cosign("no checkpoint\n", WITNESS, private_key("witness"), 7)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    other = sign_checkpoint(Checkpoint("XA/other/1", 5, bytes(32)), LOG, private_key("log"))
    with refused("origin"):
        open_checkpoint(other, LOG_KEY)


def test_a_log_signs_one_line_and_writes_no_extension() -> None:
    two = add_lines(SIGNED, [line_of(LOG, "an older key of this log")])
    with refused("signatures"):
        open_checkpoint(two, LOG_KEY)
    extended = Checkpoint(LOG, 5, bytes(32), ("more",))
    assert parse_checkpoint(extended.text()) == extended
    with refused("text"):
        open_checkpoint(sign_checkpoint(extended, LOG, private_key("log")), LOG_KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "origin\n5\n",
        f"origin\n05\n{to_base64(bytes(32))}\n",
        f"origin\n-5\n{to_base64(bytes(32))}\n",
        f"origin\n5 \n{to_base64(bytes(32))}\n",
        f"origin\n٥\n{to_base64(bytes(32))}\n",
        f"origin\n{2**63}\n{to_base64(bytes(32))}\n",
        f"origin\n5\n{to_base64(bytes(31))}\n",
        f"origin\n5\n{to_base64(bytes(33))}\n",
        "origin\n5\nAAAA\n",
        f"origin\n5\n{to_base64(bytes(32))[:-2]}B=\n",
        f"\n5\n{to_base64(bytes(32))}\n",
        f"origin\n5\n{to_base64(bytes(32))}\n\n",
        f"origin\n5\n{to_base64(bytes(32))}\nmore",
    ],
)
def test_other_texts_are_no_checkpoint(text: str) -> None:
    with refused("text"):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "text"),
        (b"text\n", "text"),
        (b"text\n\n", "text"),
        (b"text\n\nno signature\n", "text"),
        ("text\n\n— name AAAAAAA=".encode(), "text"),
        ("text\n— name AAAAAAA=\n".encode(), "text"),
        ("text\n\n— name AAAAAAA=\n\n".encode(), "text"),
        ("text\n\n— name AAAAAAA=\nmore\n".encode(), "text"),
        (b"text\n\n- name AAAAAAA=\n", "text"),
        ("text\n\n—  AAAAAAA=\n".encode(), "text"),
        ("text\n\n— a+b AAAAAAA=\n".encode(), "text"),
        ("text\n\n— a\u00a0b AAAAAAA=\n".encode(), "text"),
        ("text\n\n— a\u3000b AAAAAAA=\n".encode(), "text"),
        ("text\n\n— name AAAAAA==\n".encode(), "text"),
        ("text\n\n— name AAAAAAB=\n".encode(), "text"),
        ("text\n\n— name AAAA AAA=\n".encode(), "text"),
        ("text\n\n— name AAAAAAA\n".encode(), "text"),
        ("te\rxt\n\n— name AAAAAAA=\n".encode(), "text"),
        ("te\0xt\n\n— name AAAAAAA=\n".encode(), "text"),
        ("te\txt\n\n— name AAAAAAA=\n".encode(), "text"),
        (b"te\xffxt\n\n\xe2\x80\x94 name AAAAAAA=\n", "text"),
        (("text\n\n" + "— name AAAAAAA=\n" * 17).encode(), "signatures"),
        (("x" * 65_536 + "\n\n— name AAAAAAA=\n").encode(), "size"),
    ],
)
def test_other_bytes_are_no_note(data: bytes, code: str) -> None:
    with refused(code):
        parse_note(data)


def test_sixteen_signatures_are_taken_and_the_last_empty_line_splits() -> None:
    text = "one\n\ntwo\n\n— name AAAAAAA=\n"
    data = (text + "\n" + "— name AAAAAAA=\n" * 16).encode()
    parsed = parse_note(data)
    assert (parsed.text, len(parsed.signatures)) == (text, 16)


def test_a_text_that_would_be_split_elsewhere_is_not_signed() -> None:
    with refused("text"):
        sign_note("no line feed", [Signature("name", b"0123", b"sig")])
    with refused("text"):
        sign_note("text\n", [])
    assert parse_note(sign_note("a\n\n", [Signature("n", b"0123", b"s")])).text == "a\n\n"


def test_lines_are_added_once() -> None:
    line = cosign(CP.text(), WITNESS, private_key("witness"), 7)
    once = add_lines(SIGNED, [line])
    assert add_lines(once, [line, line]) == once
    assert parse_note(once).signatures[0] == parse_note(SIGNED).signatures[0]
    with refused("signatures"):
        add_lines(SIGNED, [Signature(f"n{n}", b"0123", b"s").line() for n in range(16)])
    with refused("text"):
        add_lines(SIGNED, ["no line"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+c74f20a3",
        "name+c74f20a3+",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
    ],
)
def test_other_texts_are_no_verifier_key(text: str) -> None:
    with refused("signer"):
        VerifierKey.parse(text)


def test_a_key_that_anybody_can_sign_for_is_no_verifier_key() -> None:
    for raw in ENCODINGS:
        for type_ in (note.ED25519, note.COSIGNATURE):
            with refused("weak-key"):
                VerifierKey.of("name", type_, raw)


def test_keys_of_types_we_do_not_verify_are_listed_and_ignored() -> None:
    key = VerifierKey.of("name", note.ML_DSA_44, bytes(1312))
    assert VerifierKey.parse(key.encode()) == key
    data = sign_note("text\n", [Signature("name", key.id, bytes(2428))])
    with refused("signer"):
        open_note(data, [key])


@pytest.mark.fuzz
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_of_a_note_are_read_or_refused(data: bytes) -> None:
    try:
        parsed = parse_note(data)
    except Refusal as refusal:
        assert refusal.code in {"text", "size", "signatures"}
        return
    assert parsed.encode() == data


@pytest.mark.fuzz
@given(st.text(alphabet="o\n0157AB=+/", max_size=60))
def test_any_text_of_a_checkpoint_is_read_or_refused(text: str) -> None:
    try:
        checkpoint = parse_checkpoint(text)
    except Refusal as refusal:
        assert refusal.code == "text"
        return
    assert checkpoint.text() == text


@pytest.mark.fuzz
@given(st.text(max_size=60))
def test_any_verifier_key_is_read_or_refused(text: str) -> None:
    with pytest.raises(Refusal):
        VerifierKey.parse(text)


@pytest.mark.fuzz
@given(st.data())
def test_a_changed_byte_of_a_checkpoint_never_leaves_both_signatures(data: st.DataObject) -> None:
    line = cosign(CP.text(), WITNESS, private_key("witness"), 7)
    good = add_lines(SIGNED, [line])
    place = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[place]))
    changed = good[:place] + bytes((other,)) + good[place + 1 :]
    assert not (opens(changed, LOG_KEY) and opens(changed, WITNESS_KEY))


def opens(data: bytes, key: VerifierKey) -> bool:
    try:
        if key is LOG_KEY:
            open_checkpoint(data, key)
        else:
            open_cosignature(data, key)
    except Refusal:
        return False
    return True


@given(
    st.lists(
        st.builds(
            Signature, st.just("n"), st.binary(min_size=4, max_size=4), st.binary(min_size=1)
        ),
        min_size=1,
        max_size=16,
    )
)
def test_a_note_comes_back_from_its_bytes(signatures: list[Signature]) -> None:
    whole = Note("text\n", tuple(signatures))
    assert parse_note(whole.encode()) == whole
