r"""Keys: the documents that a party's root signs, and which key was in force at which position.

A party's **root** (Ed25519, kept offline, known by its fingerprint) signs only keys documents.
A document names the node's keys (log, cosign, line, seal) and the officers' keys. Documents
form a chain: each names the hash of the one before. Effect is a position in the party's own
log, never a time: else a party could "lose a key" to escape its signature.

    file = {"keys": {...}, "sig": base64 Ed25519 over "legation/keys/v1\n" || canonical {...}}
"""

import re as regex
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.b64 import to_base64
from legation.record.canon import Json
from legation.record.ed25519 import check_public_key, raw_public, verifies
from legation.record.fields import bad_field, bytes_field, label_field, line_field, number_field
from legation.record.words import words_of

__all__ = [
    "KeyHistory",
    "KeysDocument",
    "OfficerKey",
    "check_first",
    "check_next",
    "check_public_key",
    "fingerprint",
    "parse_keys",
    "raw_public",
    "record_id",
    "sign_keys",
    "verifies",
    "words_of",
]

KEYS_DOMAIN: Final = b"legation/keys/v1\n"
SUITE: Final = "MLKEM768_X25519,HKDF_SHA256,CHACHA20_POLY1305"
MAX_OFFICERS: Final = 64
MAX_DOCUMENT: Final = 60_000
"""Bytes: a document travels in the body of an act."""

_PARTY: Final = regex.compile(r"[A-Z]{2,3}", regex.ASCII)
_LABEL: Final = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", regex.ASCII)
_HASH: Final = regex.compile(r"[0-9a-f]{64}", regex.ASCII)
_SPKI_P256: Final = 65
ALGORITHMS: Final = frozenset({"ed25519", "passkey-es256", "passkey-eddsa"})


def fingerprint(raw_root_key: bytes) -> str:
    """Return the fingerprint of a root key (32 raw bytes): 64 hex digits of its SHA-256."""
    return sha256(raw_root_key).hexdigest()


def record_id(fp_a: str, fp_b: str) -> str:
    """Return the id of the record that two parties share: 16 hex digits, the same both ways.

    Of the SHA-256 over the two fingerprints' hex digits, the lower first.
    """
    low, high = sorted((fp_a, fp_b))
    return sha256((low + high).encode("ascii")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """One officer's key in a keys document.

    name: how signatures name it, unique there. role: "custodian". alg: "ed25519" (a file),
    "passkey-es256", "passkey-eddsa". key: raw Ed25519, or the uncompressed P-256 point.
    rp_id, origin: of a passkey, "ministry.example" and "https://ministry.example"; else None.
    """

    name: str
    role: str
    alg: str
    key: bytes
    rp_id: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class KeysDocument:
    """What a party's root says about its keys, from one position of its log to the next.

    seq: 0, 1, ...; prev: hex SHA-256 of the previous document's bytes, "" for the first.
    root, log, cosign, line: raw Ed25519 keys. line_cert: DER, or b"". seal: raw public key of
    the sealing suite. threshold: officers' signatures a binding act needs. sig: the root's.
    """

    v: int
    party: str
    name: str
    seq: int
    prev: str
    root: bytes
    log: bytes
    cosign: bytes
    line: bytes
    line_cert: bytes
    seal: bytes
    suite: str
    officers: tuple[OfficerKey, ...]
    threshold: int
    sig: bytes = b""

    @property
    def fingerprint(self) -> str:
        """The root key's fingerprint: whose document this is."""
        return fingerprint(self.root)

    @property
    def custodians(self) -> tuple[OfficerKey, ...]:
        """The officers whose role is custodian."""
        return tuple(each for each in self.officers if each.role == "custodian")

    def encode(self) -> bytes:
        """Return the canonical bytes of the signed document, as they travel."""
        return canon.encode({"keys": self._value(), "sig": to_base64(self.sig)})

    def digest(self) -> str:
        """Return the hex SHA-256 of the signed document: the next one's `prev`."""
        return sha256(self.encode()).hexdigest()

    def message(self) -> bytes:
        """Return the bytes that the root signs."""
        return KEYS_DOMAIN + canon.encode(self._value())

    def _value(self) -> dict[str, Json]:
        return {
            "v": self.v,
            "party": self.party,
            "name": self.name,
            "seq": self.seq,
            "prev": self.prev,
            "root": to_base64(self.root),
            "log": to_base64(self.log),
            "cosign": to_base64(self.cosign),
            "line": to_base64(self.line),
            "line_cert": to_base64(self.line_cert),
            "seal": to_base64(self.seal),
            "suite": self.suite,
            "officers": [_officer_value(each) for each in self.officers],
            "threshold": self.threshold,
        }


def sign_keys(document: KeysDocument, root: Ed25519PrivateKey) -> KeysDocument:
    """Return the document with the root's signature. Raises Refusal "schema", "weak-key"."""
    signed = replace(document, sig=root.sign(document.message()))
    parse_keys(signed.encode())
    return signed


def parse_keys(doc_bytes: bytes) -> KeysDocument:
    """Read a signed keys document and check its root's signature, not its place in a chain.

    Raises Refusal "size", "text", "depth", "not-canonical", "schema", "weak-key", "signature".
    """
    whole = canon.decode(doc_bytes, limit=MAX_DOCUMENT)
    value = whole.get("keys")
    if set(whole) != {"keys", "sig"} or not isinstance(value, dict) or set(value) != _KEYS:
        raise bad_field("keys", N_("it holds the fields of version 1, all of them, and no others."))
    document = KeysDocument(
        v=number_field(value, "v", 1, 1),
        party=label_field(value, "party", _PARTY, N_("it is two or three letters A-Z.")),
        name=line_field(value, "name", 200),
        seq=number_field(value, "seq", 0, canon.MAX_INTEGER),
        prev=line_field(value, "prev", 64),
        root=bytes_field(value, "root"),
        log=bytes_field(value, "log"),
        cosign=bytes_field(value, "cosign"),
        line=bytes_field(value, "line"),
        line_cert=bytes_field(value, "line_cert"),
        seal=bytes_field(value, "seal"),
        suite=line_field(value, "suite", 200),
        officers=_officers(value["officers"]),
        threshold=number_field(value, "threshold", 1, MAX_OFFICERS),
        sig=bytes_field(whole, "sig"),
    )
    _check_document(document)
    return document


def check_first(doc_bytes: bytes) -> KeysDocument:
    """Read a party's first keys document. Raises as `parse_keys`, and "keys-chain"."""
    document = parse_keys(doc_bytes)
    if document.seq != 0 or document.prev:
        raise _chain(document, N_("the first document has number 0 and names none before it."))
    return document


def check_next(prev: KeysDocument, doc_bytes: bytes) -> KeysDocument:
    """Read the keys document after `prev`. Raises as `parse_keys`, and "keys-chain"."""
    document = parse_keys(doc_bytes)
    if (document.party, document.root) != (prev.party, prev.root):
        raise _chain(document, N_("party and root stay the same along the chain."))
    if document.seq != prev.seq + 1:
        raise _chain(document, N_("numbers follow one another."))
    if document.prev != prev.digest():
        raise _chain(document, N_("it names the hash of the document before it."))
    return document


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """Which keys of a party were in force at which position of its log.

    documents: (position, document): the document came with the act at that index; -1 for the
    first. suspended: (position, raw key): the act at that index suspended the key.

    An act at index i is judged by the document of the last position below i. A checkpoint of
    size n is signed by the log key of the last position below n: the first checkpoint that
    covers a rotation is the new key's.
    """

    documents: tuple[tuple[int, KeysDocument], ...]
    suspended: tuple[tuple[int, bytes], ...] = ()

    @classmethod
    def begin(cls, first: KeysDocument) -> "KeyHistory":
        """Return the history that begins with a party's introduction."""
        return cls(((-1, first),))

    def rotate(self, position: int, document: KeysDocument) -> "KeyHistory":
        """Return the history after the act at `position` brought `document`, checked already.

        Raises Refusal "keys-chain" if it does not follow the newest document, or goes back.
        """
        last_position, last = self.documents[-1]
        check_next(last, document.encode())
        if position <= last_position:
            raise _chain(document, N_("keys take effect at a later position than those before."))
        return replace(self, documents=(*self.documents, (position, document)))

    def suspend(self, position: int, key: bytes) -> "KeyHistory":
        """Return the history after the act at `position` suspended a key."""
        return replace(self, suspended=(*self.suspended, (position, key)))

    def document_at(self, position: int) -> KeysDocument:
        """Return the document by which the act at index `position` is judged."""
        return self._entry_at(position)[1]

    def suspended_at(self, position: int) -> frozenset[bytes]:
        """Return the keys that are suspended for the act at index `position`.

        The root's next document confirms a suspension or ends it: what it lists is in force.
        """
        since = self._entry_at(position)[0]
        return frozenset(key for at, key in self.suspended if since < at < position)

    def officers_at(self, position: int) -> KeysDocument:
        """Return the document in force at `position` with suspended officers left out."""
        document, gone = self.document_at(position), self.suspended_at(position)
        officers = tuple(each for each in document.officers if each.key not in gone)
        return replace(document, officers=officers)

    def log_key_for(self, size: int) -> bytes:
        """Return the raw key that signs this log's checkpoint of `size` entries.

        Raises Refusal "revoked" while that key is suspended: the checkpoint that covers the
        suspension itself still counts, none after it until a rotation.
        """
        since, document = self._entry_at(size)
        key = document.log
        if any(since < at < size - 1 and gone == key for at, gone in self.suspended):
            raise Refusal(
                "revoked",
                thing=N_("Checkpoint of {size} entries"),
                rule=N_("its log key was suspended earlier in the log itself."),
                remedy=N_("Wait for the keys document of its owner's root."),
                size=size,
            )
        return key

    def cosign_keys(self) -> tuple[bytes, ...]:
        """Return every cosigning key the party ever named, newest first."""
        keys = (document.cosign for _, document in reversed(self.documents))
        return tuple(dict.fromkeys(keys))

    def _entry_at(self, position: int) -> tuple[int, KeysDocument]:
        found = self.documents[0]
        for entry in self.documents:
            if entry[0] < position:
                found = entry
        return found


_KEYS: Final = frozenset(field.name for field in fields(KeysDocument)) - {"sig"}
_OFFICER_KEYS: Final = frozenset({"name", "role", "alg", "key"})
_PASSKEY_KEYS: Final = _OFFICER_KEYS | {"rp_id", "origin"}


def _officer_value(officer: OfficerKey) -> dict[str, Json]:
    value: dict[str, Json] = {
        "name": officer.name,
        "role": officer.role,
        "alg": officer.alg,
        "key": to_base64(officer.key),
    }
    if officer.rp_id is not None:
        value["rp_id"] = officer.rp_id
    if officer.origin is not None:
        value["origin"] = officer.origin
    return value


def _officers(value: Json) -> tuple[OfficerKey, ...]:
    if not isinstance(value, list) or len(value) > MAX_OFFICERS:
        raise bad_field("officers", N_("it is a list of at most 64 keys."))
    return tuple(_officer(each) for each in value)


def _officer(value: Json) -> OfficerKey:
    if not isinstance(value, dict) or value.get("alg") not in ALGORITHMS:
        raise bad_field(
            "officers", N_("each key has an algorithm of ours: ed25519 or a passkey's.")
        )
    passkey = value["alg"] != "ed25519"
    if set(value) != (_PASSKEY_KEYS if passkey else _OFFICER_KEYS):
        raise bad_field(
            "officers", N_("each has name, role, alg, key; a passkey also rp_id, origin.")
        )
    officer = OfficerKey(
        name=label_field(
            value, "name", _LABEL, N_("it is a short name of A-Z, a-z, 0-9, dot, dash.")
        ),
        role=label_field(
            value, "role", _LABEL, N_("it is a short name of A-Z, a-z, 0-9, dot, dash.")
        ),
        alg=line_field(value, "alg", 64),
        key=bytes_field(value, "key"),
        rp_id=line_field(value, "rp_id", 253) if passkey else None,
        origin=line_field(value, "origin", 300) if passkey else None,
    )
    if officer.alg != "passkey-es256":
        check_public_key(officer.key)
    elif len(officer.key) != _SPKI_P256 or officer.key[0] != 4:
        raise bad_field("key", N_("a P-256 key is its uncompressed point of 65 bytes."))
    return officer


def _check_document(document: KeysDocument) -> None:
    for raw in (document.root, document.log, document.cosign, document.line):
        check_public_key(raw)
    node_keys = (document.root, document.log, document.cosign, document.line)
    if len(set(node_keys)) != len(node_keys):
        # A cosignature does not name its signer: only a key of its own tells what it says.
        raise bad_field("log", N_("root, log, cosign and line are four different keys."))
    if document.prev and _HASH.fullmatch(document.prev) is None:
        raise bad_field("prev", N_("it is 64 hexadecimal digits, or empty."))
    officers: Sequence[OfficerKey] = document.officers
    if len({each.name for each in officers}) != len(officers):
        raise bad_field("officers", N_("no two have one name."))
    if len({each.key for each in officers} | set(node_keys)) != len(officers) + len(node_keys):
        raise bad_field("officers", N_("no two have one key, and none is a key of the node."))
    if not verifies(document.root, document.sig, document.message()):
        raise Refusal(
            "signature",
            thing=N_("Keys document {seq} of {party}"),
            rule=N_("the root key it names has signed it."),
            remedy=N_("Ask for the document again, and compare the fingerprint."),
            seq=document.seq,
            party=document.party,
        )


def _chain(document: KeysDocument, rule: str) -> Refusal:
    return Refusal(
        "keys-chain",
        thing=N_("Keys document {seq} of {party}"),
        rule=rule,
        remedy=N_("Ask its party for the documents in between."),
        seq=document.seq,
        party=document.party,
    )
