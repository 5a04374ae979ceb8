"""Officers' signatures: thresholds, and security keys checked beside another implementation."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fido2.cose import ES256, CoseKey, EdDSA
from fido2.webauthn import AuthenticatorData, CollectedClientData
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.record import canon
from legation.record.act import check_officers, commitments
from legation.record.keys import KeysDocument, OfficerKey
from legation.record.signatures import (
    OfficerSignature,
    check_signatures,
    encode_sigs,
    parse_sigs,
    sign_message,
)
from record.exports import a_keys_document, private_key, raw_key
from record.refusals import refused
from record.test_act import an_opening

RECORD = "0123456789abcdef"
MESSAGE = sign_message(RECORD, bytes(32), b"\1" * 32)


def signed_by(*names: str, message: bytes = MESSAGE, party: str = "XA") -> list[OfficerSignature]:
    return [
        OfficerSignature(name, "ed25519", private_key(f"{party} {name}").sign(message))
        for name in names
    ]


def check(sigs: list[OfficerSignature], keys: KeysDocument | None = None) -> None:
    check_signatures(encode_sigs(sigs), MESSAGE, keys or a_keys_document())


def test_an_officer_signs_record_head_and_body() -> None:
    assert MESSAGE == b"legation/sign/v1\n0123456789abcdef" + bytes(32) + b"\1" * 32


def test_as_many_officers_as_the_document_asks_for_are_enough() -> None:
    check(signed_by("ada", "bela"))
    check(signed_by("cem", "ada", "bela"))


@pytest.mark.parametrize("names", [(), ("ada",), ("dana", "ada"), ("dana", "emre")])
def test_fewer_are_not_and_strangers_do_not_count(names: tuple[str, ...]) -> None:
    with refused("officers"):
        check(signed_by(*names))


def test_one_officer_does_not_count_twice() -> None:
    with refused("officers"):
        check(signed_by("ada", "ada"))
    with refused("officers"):
        check(signed_by("ada", "bela", "ada"))


def test_a_listed_officers_signature_that_does_not_fit_refuses_the_act() -> None:
    good = signed_by("ada", "bela")
    with refused("officers"):
        check([*good, *signed_by("cem", message=b"something else")])
    with refused("officers"):
        check([*good, replace(signed_by("cem")[0], alg="passkey-es256")])
    with refused("officers"):
        check([replace(good[0], officer="bela"), replace(good[1], officer="ada")])


def test_an_act_signed_for_another_record_or_text_is_refused() -> None:
    opening = an_opening()
    _, h, b, _ = commitments(opening)
    sigs = signed_by("ada", "bela", message=sign_message(RECORD, h, b))
    signed = replace(opening, sigs=encode_sigs(sigs))
    check_officers(signed, RECORD, a_keys_document())
    with refused("officers"):
        check_officers(signed, "f" * 16, a_keys_document())
    with refused("officers"):
        check_officers(replace(signed, body=b"{}"), RECORD, a_keys_document())
    with refused("officers"):
        check_officers(replace(signed, salt_h=bytes(32)), RECORD, a_keys_document())
    with refused("officers"):
        check_officers(opening, RECORD, a_keys_document())


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        b"{}",
        b'{"sigs":{}}',
        b'{"sigs":[]}',
        b'{"sigs":[1]}',
        b'{"sigs":[{"alg":"ed25519","officer":"ada"}]}',
        b'{"sigs":[{"alg":"ed25519","officer":"ada","sig":1}]}',
        b'{"sigs":[{"alg":"ed25519","officer":1,"sig":""}]}',
        b'{"sigs":[{"alg":"ed25519","officer":"ada","sig":"A"}]}',
        b'{"sigs":[{"alg":"ed25519","officer":"ada","sig":"AB=="}]}',
        b'{"sigs":[{"alg":"ed25519","more":1,"officer":"ada","sig":"AA=="}]}',
        b'{"more":1,"sigs":[]}',
    ],
)
def test_what_is_no_list_of_signatures_is_refused_under_one_code(data: bytes) -> None:
    with refused("officers"):
        parse_sigs(data)


def test_signatures_come_back_from_their_bytes_sixteen_at_most() -> None:
    sigs = [OfficerSignature(f"o{n}", "ed25519", bytes((n,))) for n in range(16)]
    assert parse_sigs(encode_sigs(sigs)) == tuple(sigs)
    assert (encode_sigs([]), parse_sigs(b"")) == (b"", ())
    with refused("officers"):
        parse_sigs(encode_sigs([*sigs, OfficerSignature("more", "ed25519", b"")]))


# --- security keys ---

SITE, ORIGIN = "mfa.example", "https://mfa.example"
P256 = ec.derive_private_key(7, ec.SECP256R1())
POINT = P256.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
UP, UV = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV


def peer(kind: type[CoseKey], key: ec.EllipticCurvePublicKey | Ed25519PublicKey) -> CoseKey:
    """Return a key of the other implementation, which checks what we then check."""
    return kind.from_cryptography_key(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """What a security key and a browser say of one touch."""

    site: str = SITE
    origin: str = ORIGIN
    type: str = "webauthn.get"
    challenge: bytes = sha256(MESSAGE).digest()
    flags: AuthenticatorData.FLAG = UP | UV
    counter: int = 9

    def assertion(self, alg: str) -> bytes:
        data = AuthenticatorData.create(
            sha256(self.site.encode()).digest(), self.flags, self.counter
        )
        client = CollectedClientData.create(self.type, self.challenge, self.origin)
        signed = bytes(data) + client.hash
        if alg == "passkey-es256":
            sig = P256.sign(signed, ec.ECDSA(hashes.SHA256()))
            peer(ES256, P256.public_key()).verify(signed, sig)
        else:
            sig = private_key("a passkey").sign(signed)
            peer(EdDSA, private_key("a passkey").public_key()).verify(signed, sig)
        framed = (len(part).to_bytes(2, "big") + bytes(part) for part in (data, client))
        return b"".join(framed) + sig


def a_document_with_a_passkey(alg: str) -> KeysDocument:
    key = POINT if alg == "passkey-es256" else raw_key("a passkey")
    officer = OfficerKey("dana", "head", alg, key, SITE, ORIGIN)
    return a_keys_document(officers=(officer,), threshold=1)


ALGS = pytest.mark.parametrize("alg", ["passkey-es256", "passkey-eddsa"])


@ALGS
@pytest.mark.parametrize("touch", [Touch(), Touch(counter=0)], ids=["counted", "not counted"])
def test_a_touched_and_unlocked_security_key_signs(alg: str, touch: Touch) -> None:
    check([OfficerSignature("dana", alg, touch.assertion(alg))], a_document_with_a_passkey(alg))


@ALGS
@pytest.mark.parametrize(
    "touch",
    [
        pytest.param(Touch(site="evil.example"), id="of another site"),
        pytest.param(Touch(origin="https://evil.example"), id="from another origin"),
        pytest.param(Touch(type="webauthn.create"), id="made when registering"),
        pytest.param(Touch(challenge=sha256(b"x").digest()), id="over another message"),
        pytest.param(Touch(flags=UP), id="without PIN or finger"),
        pytest.param(Touch(flags=UV), id="without touch"),
    ],
)
def test_other_assertions_do_not_count(alg: str, touch: Touch) -> None:
    with refused("officers"):
        check([OfficerSignature("dana", alg, touch.assertion(alg))], a_document_with_a_passkey(alg))


@ALGS
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda sig: b"", id="nothing"),
        pytest.param(lambda sig: sig[:30], id="cut in the data"),
        pytest.param(lambda sig: sig[:50], id="cut in the client's data"),
        pytest.param(lambda sig: sig[:-1] + bytes((sig[-1] ^ 1,)), id="a flipped bit"),
        pytest.param(lambda sig: b"\0\0\0\2[]" + sig, id="client data that is a list"),
        pytest.param(lambda sig: sig[:39] + b"\x00\x01{" + sig, id="client data that is torn"),
        pytest.param(lambda sig: sig[:39] + b"\xff\xff" + b"[" * 65_535, id="a deep pit"),
    ],
)
def test_damaged_assertions_do_not_count(alg: str, spoil: Callable[[bytes], bytes]) -> None:
    sig = spoil(Touch().assertion(alg))
    document = a_document_with_a_passkey(alg)
    if len(sig) > 40_000:
        sig = sig[:40_000]
    with refused("officers"):
        check([OfficerSignature("dana", alg, sig)], document)


def test_a_point_that_is_not_on_the_curve_signs_nothing() -> None:
    officer = OfficerKey("dana", "head", "passkey-es256", b"\4" + bytes(64), SITE, ORIGIN)
    document = a_keys_document(officers=(officer,), threshold=1)
    sig = Touch().assertion("passkey-es256")
    with refused("officers"):
        check([OfficerSignature("dana", "passkey-es256", sig)], document)


@pytest.mark.fuzz
@given(st.binary(max_size=200))
def test_any_bytes_of_signatures_are_read_or_refused(data: bytes) -> None:
    try:
        sigs = parse_sigs(data)
    except Refusal as refusal:
        assert refusal.code == "officers"
        return
    assert encode_sigs(sigs) == data


@pytest.mark.fuzz
@given(st.lists(st.fixed_dictionaries({"officer": st.text(), "alg": st.text(), "sig": st.text()})))
def test_any_list_of_signatures_is_counted_or_refused(listed: list[canon.Json]) -> None:
    try:
        data = canon.encode({"sigs": listed})
    except Refusal:
        return
    with pytest.raises(Refusal) as refusal:
        check_signatures(data, MESSAGE, a_keys_document())
    assert refusal.value.code == "officers"
