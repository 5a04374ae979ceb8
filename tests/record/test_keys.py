"""Keys documents: a chain that the root signs; and which key was in force at which position."""

from collections.abc import Callable
from dataclasses import fields, replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import canon
from legation.record.canon import Json
from legation.record.keys import (
    KeyHistory,
    KeysDocument,
    OfficerKey,
    check_first,
    check_next,
    fingerprint,
    parse_keys,
    record_id,
    sign_keys,
    words_of,
)
from legation.record.words import WORDS
from record.exports import a_keys_document, private_key, raw_key
from record.refusals import refused
from record.test_ed25519 import ENCODINGS

ROOT = private_key("XA root")


def a_next_document(last: KeysDocument, **changes: object) -> KeysDocument:
    log = raw_key(f"XA log {last.seq + 1}")
    new = replace(last, seq=last.seq + 1, prev=last.digest(), log=log)
    return sign_keys(replace(new, **changes), ROOT)  # type: ignore[arg-type] # fields by name


def signed_anyhow(document: KeysDocument) -> bytes:
    """Return a document's bytes with the root's signature, whatever it says."""
    return replace(document, sig=ROOT.sign(document.message())).encode()


def test_a_document_is_read_back_as_it_was_signed() -> None:
    document = a_keys_document(name="Государство ХА", line_cert=b"\x30\x82", seal=b"\1" * 1216)
    assert check_first(document.encode()) == document
    assert document.fingerprint == sha256(raw_key("XA root")).hexdigest()
    assert document.digest() == sha256(document.encode()).hexdigest()
    assert [officer.name for officer in document.custodians] == ["ada", "bela", "cem"]


def test_a_passkey_is_listed_with_its_site() -> None:
    officer = OfficerKey(
        "dana", "head", "passkey-es256", b"\4" + bytes(64), "mfa.example", "https://mfa.example"
    )
    document = a_keys_document(officers=(officer,))
    assert check_first(document.encode()).officers == (officer,)
    assert document.custodians == ()


def test_documents_follow_one_another() -> None:
    first = a_keys_document()
    second = a_next_document(first)
    assert check_next(first, second.encode()) == second
    third = a_next_document(second)
    assert check_next(second, third.encode()) == third


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda last: replace(last, seq=2, prev=last.digest()), id="a number too far"),
        pytest.param(lambda last: replace(last, seq=1, prev="0" * 64), id="another one before it"),
        pytest.param(lambda last: last, id="the same again"),
        pytest.param(
            lambda last: replace(last, seq=1, prev=last.digest(), party="XB"), id="another party"
        ),
    ],
)
def test_a_document_out_of_its_chain_is_refused(
    spoil: Callable[[KeysDocument], KeysDocument],
) -> None:
    first = a_keys_document()
    with refused("keys-chain"):
        check_next(first, signed_anyhow(spoil(first)))


def test_another_root_does_not_go_on_with_a_chain() -> None:
    first = a_keys_document()
    other = private_key("another root")
    document = replace(
        first, seq=1, prev=first.digest(), root=raw_key("another root"), log=raw_key("new log")
    )
    with refused("keys-chain"):
        check_next(first, sign_keys(document, other).encode())


def test_a_second_document_is_no_first_one() -> None:
    with refused("keys-chain"):
        check_first(a_next_document(a_keys_document()).encode())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"v": 2}, "schema"),
        ({"party": "us"}, "schema"),
        ({"party": "ABCD"}, "schema"),
        ({"name": "two\nlines"}, "schema"),
        ({"name": "x" * 201}, "schema"),
        ({"seq": -1}, "schema"),
        ({"prev": "XYZ"}, "schema"),
        ({"threshold": 0}, "schema"),
        ({"threshold": 65}, "schema"),
        ({"suite": "x" * 201}, "schema"),
        ({"log": raw_key("XA cosign 0")}, "schema"),
        ({"line": raw_key("XA root")}, "schema"),
        ({"log": b"short"}, "weak-key"),
        ({"officers": (OfficerKey("a", "custodian", "rsa", raw_key("a")),)}, "schema"),
        ({"officers": (OfficerKey("a b", "custodian", "ed25519", raw_key("a")),)}, "schema"),
        ({"officers": (OfficerKey("a", "", "ed25519", raw_key("a")),)}, "schema"),
        ({"officers": (OfficerKey("a", "custodian", "ed25519", raw_key("a"), "x"),)}, "schema"),
        ({"officers": (OfficerKey("a", "custodian", "passkey-es256", b"\4" * 65),)}, "schema"),
        (
            {"officers": (OfficerKey("a", "c", "passkey-es256", b"\5" * 65, "x", "https://x"),)},
            "schema",
        ),
        (
            {
                "officers": (
                    OfficerKey("a", "custodian", "ed25519", raw_key("a")),
                    OfficerKey("a", "custodian", "ed25519", raw_key("b")),
                )
            },
            "schema",
        ),
        (
            {
                "officers": (
                    OfficerKey("a", "custodian", "ed25519", raw_key("a")),
                    OfficerKey("b", "custodian", "ed25519", raw_key("a")),
                )
            },
            "schema",
        ),
        ({"officers": (OfficerKey("a", "custodian", "ed25519", raw_key("XA log 0")),)}, "schema"),
        (
            {
                "officers": tuple(
                    OfficerKey(f"o{n}", "custodian", "ed25519", raw_key(f"o{n}")) for n in range(65)
                )
            },
            "schema",
        ),
        ({"line_cert": bytes(45_000)}, "size"),
    ],
)
def test_a_document_that_says_what_none_may_is_refused(
    changes: dict[str, object], code: str
) -> None:
    document = replace(a_keys_document(), **changes)  # type: ignore[arg-type] # fields by name
    with refused(code):
        parse_keys(signed_anyhow(document))
    with refused(code):
        sign_keys(document, ROOT)


@pytest.mark.parametrize("field", ["log", "cosign", "line", "officer"])
@pytest.mark.parametrize("raw", ENCODINGS[:3], ids=bytes.hex)
def test_a_weak_key_is_refused_wherever_it_stands(field: str, raw: bytes) -> None:
    changes: dict[str, object] = {field: raw}
    if field == "officer":
        changes = {"officers": (OfficerKey("a", "custodian", "ed25519", raw),)}
    with refused("weak-key"):
        a_keys_document("XA", **changes)


def test_a_document_whose_root_did_not_sign_it_is_refused() -> None:
    document = replace(a_keys_document(), sig=private_key("XB root").sign(b"something"))
    with refused("signature"):
        parse_keys(document.encode())
    with refused("signature"):
        parse_keys(replace(a_keys_document(), threshold=1).encode())


def test_fields_more_or_less_are_refused() -> None:
    value = canon.decode(a_keys_document().encode())
    keys = value["keys"]
    assert isinstance(keys, dict)
    for changed in ({**keys, "extra": 1}, {k: v for k, v in keys.items() if k != "seal"}):
        spoilt: dict[str, Json] = {**value, "keys": changed}
        with refused("schema"):
            parse_keys(canon.encode(spoilt))
    with refused("schema"):
        parse_keys(canon.encode({**value, "extra": 1}))


def test_the_records_id_is_the_same_from_both_sides() -> None:
    one, other = fingerprint(raw_key("one")), fingerprint(raw_key("other"))
    low, high = sorted((one, other))
    assert record_id(one, other) == record_id(other, one)
    assert record_id(one, other) == sha256((low + high).encode()).hexdigest()[:16]


def test_twelve_words_say_the_first_132_bits() -> None:
    assert words_of(bytes(32)) == (WORDS[0],) * 12
    assert words_of(b"\xff" * 32) == (WORDS[2047],) * 12
    assert words_of(bytes(16) + b"\x10" + bytes(15))[-1] == WORDS[1]
    assert words_of(bytes(16) + b"\x0f" + b"\xff" * 15) == (WORDS[0],) * 12


@given(st.binary(min_size=17, max_size=32), st.integers(0, 131))
def test_any_other_bit_among_them_gives_other_words(digest: bytes, bit: int) -> None:
    number = int.from_bytes(digest, "big") ^ 1 << (8 * len(digest) - 1 - bit)
    assert words_of(number.to_bytes(len(digest), "big")) != words_of(digest)


def test_the_words_are_2048_and_told_apart_by_four_letters() -> None:
    assert len(WORDS) == 2048
    assert len({word[:4] for word in WORDS}) == 2048
    assert list(WORDS) == sorted(WORDS)
    assert (WORDS[0], WORDS[1024], WORDS[2047]) == ("abandon", "length", "zoo")


# --- positions ---


@pytest.fixture
def history() -> KeyHistory:
    """A rotation at entry 10, another at entry 20."""
    first = a_keys_document()
    second = a_next_document(first)
    third = a_next_document(second)
    return KeyHistory.begin(first).rotate(10, second).rotate(20, third)


@pytest.mark.parametrize(
    ("position", "seq"), [(0, 0), (9, 0), (10, 0), (11, 1), (20, 1), (21, 2), (99, 2)]
)
def test_an_act_is_judged_by_the_document_before_it(
    history: KeyHistory, position: int, seq: int
) -> None:
    assert history.document_at(position).seq == seq


@pytest.mark.parametrize(
    ("size", "key"),
    [(0, "XA log 0"), (10, "XA log 0"), (11, "XA log 1"), (20, "XA log 1"), (21, "XA log 2")],
)
def test_the_first_checkpoint_over_a_rotation_is_signed_by_the_new_key(
    history: KeyHistory, size: int, key: str
) -> None:
    assert history.log_key_for(size) == raw_key(key)


def test_keys_never_take_effect_backwards(history: KeyHistory) -> None:
    last = history.documents[-1][1]
    with refused("keys-chain"):
        history.rotate(20, a_next_document(last))
    with refused("keys-chain"):
        history.rotate(15, a_next_document(last))
    with refused("keys-chain"):
        history.rotate(30, last)


def test_a_suspended_officer_counts_no_more_from_the_next_act_on(history: KeyHistory) -> None:
    ada = raw_key("XA ada")
    suspended = history.suspend(12, ada)
    assert suspended.suspended_at(12) == frozenset()
    assert suspended.suspended_at(13) == {ada}
    assert [each.name for each in suspended.officers_at(12).officers] == ["ada", "bela", "cem"]
    assert [each.name for each in suspended.officers_at(13).officers] == ["bela", "cem"]
    assert [each.name for each in suspended.officers_at(20).officers] == ["bela", "cem"]


def test_the_roots_next_document_ends_or_confirms_a_suspension(history: KeyHistory) -> None:
    suspended = history.suspend(12, raw_key("XA ada"))
    assert [each.name for each in suspended.officers_at(21).officers] == ["ada", "bela", "cem"]


def test_a_suspended_log_key_signs_the_suspension_itself_and_nothing_after() -> None:
    first = a_keys_document()
    history = KeyHistory.begin(first).suspend(5, first.log)
    assert history.log_key_for(6) == first.log
    with refused("revoked"):
        history.log_key_for(7)
    rotated = history.rotate(8, a_next_document(first))
    with refused("revoked"):
        rotated.log_key_for(8)
    assert rotated.log_key_for(9) == raw_key("XA log 1")


def test_the_root_may_name_a_suspended_log_key_again() -> None:
    first = a_keys_document()
    history = KeyHistory.begin(first).suspend(5, first.log)
    again = history.rotate(8, a_next_document(first, log=first.log))
    assert again.log_key_for(9) == first.log
    assert again.log_key_for(10) == first.log


def test_cosigning_keys_are_all_that_were_ever_named_newest_first() -> None:
    first = a_keys_document()
    second = a_next_document(first, cosign=raw_key("XA cosign 1"))
    third = a_next_document(second)
    history = KeyHistory.begin(first).rotate(1, second).rotate(2, third)
    assert history.cosign_keys() == (raw_key("XA cosign 1"), raw_key("XA cosign 0"))


@pytest.mark.fuzz
@given(st.binary(max_size=300))
def test_any_bytes_of_a_document_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        parse_keys(data)


@pytest.mark.fuzz
@given(st.data())
def test_a_changed_byte_of_a_document_is_refused(data: st.DataObject) -> None:
    good = a_keys_document().encode()
    place = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[place]))
    with pytest.raises(Refusal):
        parse_keys(good[:place] + bytes((other,)) + good[place + 1 :])


@pytest.mark.fuzz
@given(
    st.dictionaries(
        st.sampled_from([each.name for each in fields(KeysDocument) if each.name != "sig"]),
        st.none()
        | st.booleans()
        | st.integers(-9, 9)
        | st.text(max_size=5)
        | st.lists(st.integers(0, 1)),
        min_size=1,
    )
)
def test_fields_of_another_kind_are_refused_and_never_crash(changes: dict[str, Json]) -> None:
    value = canon.decode(a_keys_document().encode())
    keys = value["keys"]
    assert isinstance(keys, dict)
    if changes.items() <= keys.items():
        return
    with pytest.raises(Refusal):
        parse_keys(canon.encode_large({**value, "keys": {**keys, **changes}}))
