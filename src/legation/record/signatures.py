r"""Officers' signatures on binding acts: a stolen node cannot bind a state.

An officer signs `"legation/sign/v1\n" || record || h || b`, with a key that the party's keys
document lists, in one of three algorithms:

1. `ed25519`: a key in a file; the signature is over the message itself.
2. `passkey-es256`, `passkey-eddsa`: a security key. Its challenge is the message's SHA-256,
   and `sig` is u16 || authenticator data || u16 || client data JSON || signature. Checked are
   type, challenge, origin, rpIdHash and the flags UP (touched) and UV (PIN or finger). Counters
   are ignored: keys that are copied between devices do not keep them.

Source of 2: W3C Web Authentication, level 2, section 7.2.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.b64 import from_base64, to_base64
from legation.record.canon import Json
from legation.record.ed25519 import verifies
from legation.record.keys import KeysDocument, OfficerKey

MAX_SIGS: Final = 16
_TOUCHED_AND_VERIFIED: Final = 0x05
_AUTHENTICATOR_DATA: Final = 37
_CLIENT_DATA: Final = 4_096


@dataclass(frozen=True, slots=True)
class OfficerSignature:
    """One officer's signature: the officer's name in the keys document, alg, bytes."""

    officer: str
    alg: str
    sig: bytes


def sign_message(record: str, h: bytes, b: bytes) -> bytes:
    """Return the bytes an officer signs: this record, this head, this body."""
    return b"legation/sign/v1\n" + record.encode("ascii") + h + b


def encode_sigs(sigs: Sequence[OfficerSignature]) -> bytes:
    """Return the `sigs` part of an opening; b"" when there are none."""
    if not sigs:
        return b""
    listed: list[Json] = [
        {"officer": each.officer, "alg": each.alg, "sig": to_base64(each.sig)} for each in sigs
    ]
    return canon.encode({"sigs": listed})


def parse_sigs(data: bytes) -> tuple[OfficerSignature, ...]:
    """Read the `sigs` part of an opening, at most 16 signatures.

    Raises Refusal "officers" for any fault: whatever it is, the signatures do not count.
    """
    if not data:
        return ()
    try:
        value = canon.decode(data)
    except Refusal as fault:
        raise _no_sigs() from fault
    listed = value.get("sigs")
    if set(value) != {"sigs"} or not isinstance(listed, list) or not 0 < len(listed) <= MAX_SIGS:
        raise _no_sigs()
    return tuple(_parse_sig(each) for each in listed)


def check_signatures(sigs: bytes, message: bytes, keys: KeysDocument) -> None:
    """Check that officers of `keys` have signed `message`, as many as its threshold asks.

    sigs: the opening's part. keys: the document in force at the act's position, suspended
    officers left out. Signatures of unknown officers are ignored; one of a listed officer that
    does not fit refuses the act. Raises Refusal "officers".
    """
    officers = {each.name: each for each in keys.officers}
    signed: set[str] = set()
    for each in parse_sigs(sigs):
        officer = officers.get(each.officer)
        if officer is None:
            continue
        if each.alg != officer.alg or each.officer in signed or not _fits(each, officer, message):
            raise _unmet(
                N_("each officer of the keys document signs once, and the signature fits."),
                len(signed),
                keys.threshold,
            )
        signed.add(each.officer)
    if len(signed) < keys.threshold:
        raise _unmet(
            N_("{threshold} officers of the keys document in force sign it; {count} did."),
            len(signed),
            keys.threshold,
        )


def _fits(each: OfficerSignature, officer: OfficerKey, message: bytes) -> bool:
    if officer.alg == "ed25519":
        return verifies(officer.key, each.sig, message)
    return _passkey_fits(each.sig, officer, message)


def _passkey_fits(assertion: bytes, officer: OfficerKey, message: bytes) -> bool:
    """Tell whether a security key's assertion is this officer's, over this message."""
    data, rest = _piece(assertion)
    client, sig = _piece(rest)
    if len(data) < _AUTHENTICATOR_DATA or officer.rp_id is None:
        return False
    flags = data[32] & _TOUCHED_AND_VERIFIED
    if data[:32] != sha256(officer.rp_id.encode()).digest() or flags != _TOUCHED_AND_VERIFIED:
        return False
    if not _client_data_fits(client, officer, message):
        return False
    signed = data + sha256(client).digest()
    if officer.alg == "passkey-eddsa":
        return verifies(officer.key, sig, signed)
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), officer.key)
        key.verify(sig, signed, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _client_data_fits(client: bytes, officer: OfficerKey, message: bytes) -> bool:
    # A browser wrote this JSON: it is not canonical, and further members are allowed. Its size
    # and depth are bounded, since how much a parser can take differs between interpreters.
    if len(client) > _CLIENT_DATA or client.count(b"[") + client.count(b"{") > canon.MAX_DEPTH:
        return False
    try:
        said = json.loads(client.decode())
    except ValueError:
        return False
    challenge = urlsafe_b64encode(sha256(message).digest()).rstrip(b"=").decode("ascii")
    return isinstance(said, dict) and (
        (said.get("type"), said.get("challenge"), said.get("origin"))
        == ("webauthn.get", challenge, officer.origin)
    )


def _piece(data: bytes) -> tuple[bytes, bytes]:
    """Return what a length of two bytes announces, and the rest; b"" when it is cut short."""
    end = 2 + int.from_bytes(data[:2], "big")
    return (data[2:end], data[end:]) if end <= len(data) else (b"", b"")


def _parse_sig(value: Json) -> OfficerSignature:
    if not isinstance(value, dict) or set(value) != {"officer", "alg", "sig"}:
        raise _no_sigs()
    officer, alg, sig = value["officer"], value["alg"], value["sig"]
    if not (isinstance(officer, str) and isinstance(alg, str) and isinstance(sig, str)):
        raise _no_sigs()
    raw = from_base64(sig)
    if raw is None:
        raise _no_sigs()
    return OfficerSignature(officer, alg, raw)


def _no_sigs() -> Refusal:
    return Refusal(
        "officers",
        thing=N_("Officers' signatures of an act"),
        rule=N_("they are a list of at most {limit}, each with officer, alg and sig."),
        remedy=N_("Have the officers sign the act again."),
        limit=MAX_SIGS,
    )


def _unmet(rule: str, count: int, threshold: int) -> Refusal:
    return Refusal(
        "officers",
        thing=N_("Binding act"),
        rule=rule,
        remedy=N_("Have the officers that the keys document lists sign the act."),
        count=count,
        threshold=threshold,
    )
