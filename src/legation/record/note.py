"""Signed notes, checkpoints and cosignatures: how a log says what it holds, and who saw it.

Sources: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature (v1.0.0).
Ours on top: a log's key name is its origin, a checkpoint has exactly one line of its log and no
extension lines, and a known key that signs twice refuses the note.
"""

import re as regex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from legation.errors import N_, Refusal
from legation.record.b64 import from_base64, to_base64
from legation.record.ed25519 import check_public_key, raw_public, verifies
from legation.record.merkle import HASH_SIZE, Root

MAX_NOTE: Final = 65_536
MAX_SIGNATURES: Final = 16
ED25519: Final = 1
COSIGNATURE: Final = 4
ML_DSA_44: Final = 6
_SUPPORTED: Final = frozenset({ED25519, COSIGNATURE})
_MAX_SIZE: Final = 2**63 - 1

# Unicode's White_Space, listed: the interpreter's own tables change with its version.
_SPACES: Final = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_NAME: Final = regex.compile(f"[^+{_SPACES}]+")
_CONTROL: Final = regex.compile("[\x00-\x09\x0b-\x1f]")
_DECIMAL: Final = regex.compile("0|[1-9][0-9]{0,18}", regex.ASCII)
_VKEY: Final = regex.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", regex.ASCII)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name, the id of a key (4 bytes), its type (1 Ed25519, 4 cosignature) and the key."""

    name: str
    id: bytes
    type: int
    key: bytes

    @classmethod
    def of(cls, name: str, type_: int, key: bytes) -> "VerifierKey":
        """Return the verifier key with the id that the specification recommends.

        Raises Refusal "signer" for a name that cannot be one, "weak-key".
        """
        if _NAME.fullmatch(name) is None or not 0 < type_ < 256:
            raise _bad_key(name)
        if type_ in _SUPPORTED:
            check_public_key(key)
        return cls(name, key_id(name, type_, key), type_, key)

    def encode(self) -> str:
        """Return `name+hex8(id)+base64(type || key)`, a "vkey"."""
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes((self.type,)) + self.key)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a vkey. Raises Refusal "signer", "weak-key"."""
        found = _VKEY.fullmatch(text)
        material = from_base64(found[3]) if found else None
        if found is None or material is None or len(material) < 2:
            raise _bad_key(text)
        key = cls.of(found[1], material[0], material[1:])
        if key.id.hex() != found[2]:
            raise _bad_key(text)
        return key


def key_id(name: str, type_: int, key: bytes) -> bytes:
    """Return the 4 bytes that stand for a key in a signature line."""
    return sha256(name.encode() + b"\n" + bytes((type_,)) + key).digest()[:4]


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: signer's name, key id (4 bytes), the signature's bytes."""

    name: str
    id: bytes
    signature: bytes

    def line(self) -> str:
        """Return the line with its LF."""
        return f"— {self.name} {to_base64(self.id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in LF, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        """Return the note's bytes."""
        return (self.text + "\n" + "".join(each.line() for each in self.signatures)).encode()


def parse_note(data: bytes) -> Note:
    """Take a note apart; no signature is checked.

    Raises Refusal "size" over 64 KiB, "signatures" over 16, "text" for any other fault.
    """
    if len(data) > MAX_NOTE:
        raise Refusal(
            "size",
            thing=N_("Signed note of {size} bytes"),
            rule=N_("at most {limit} bytes are taken."),
            remedy=N_("Ask for the note with fewer signatures."),
            size=len(data),
            limit=MAX_NOTE,
        )
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise _bad_note(N_("it is UTF-8.")) from None
    if _CONTROL.search(whole):
        raise _bad_note(N_("it holds no control character but LF."))
    # The last blank line: the text itself may hold others.
    split = whole.rfind("\n\n")
    if split < 0 or not whole.endswith("\n") or split + 2 >= len(whole):
        raise _bad_note(N_("text, one empty line and signature lines follow, each ended by LF."))
    lines = whole[split + 2 : -1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Refusal(
            "signatures",
            thing=N_("Signed note with {count} signatures"),
            rule=N_("at most {limit} are taken."),
            remedy=N_("Ask for the note with fewer signatures."),
            count=len(lines),
            limit=MAX_SIGNATURES,
        )
    return Note(whole[: split + 1], tuple(_parse_line(line) for line in lines))


def sign_text(text: str, name: str, private_key: Ed25519PrivateKey) -> Signature:
    """Return the plain Ed25519 signature (type 1) of a note's text."""
    key = VerifierKey.of(name, ED25519, raw_public(private_key))
    return Signature(name, key.id, private_key.sign(text.encode()))


def sign_note(text: str, signatures: Iterable[Signature]) -> bytes:
    """Return the note of a text and signatures made before. Raises as `parse_note`."""
    data = Note(text, tuple(signatures)).encode()
    if parse_note(data).text != text:
        raise _bad_note(N_("its text ends in LF and no line after its last empty line is empty."))
    return data


def add_lines(note: bytes, lines: Iterable[str]) -> bytes:
    """Return the note with further signature lines, none twice. Raises as `parse_note`."""
    whole = parse_note(note)
    old = [each.line() for each in whole.signatures]
    new = dict.fromkeys([*old, *(line.rstrip("\n") + "\n" for line in lines)])
    data = (whole.text + "\n" + "".join(new)).encode()
    parse_note(data)
    return data


def open_note(data: bytes, known: Sequence[VerifierKey]) -> Note:
    """Return the note with the signatures of known keys, all of which verify.

    Unknown signers are ignored. Raises as `parse_note`; Refusal "signer" when no known key
    signed, "signature" when one fails or signs twice.
    """
    note = parse_note(data)
    by_name = {(key.name, key.id): key for key in known if key.type in _SUPPORTED}
    good: list[Signature] = []
    for each in note.signatures:
        key = by_name.get((each.name, each.id))
        if key is None:
            continue
        if any((each.name, each.id) == (other.name, other.id) for other in good):
            raise _bad_signature(key, N_("a key signs a note once."))
        if not _is_valid(note.text, each, key):
            raise _bad_signature(key, N_("its key's signature fits the text."))
        good.append(each)
    if not good:
        raise Refusal(
            "signer",
            thing=N_("Signed note"),
            rule=N_("a key we know has signed it: {names}."),
            remedy=N_("Check that it comes from the log it names, and that its key is current."),
            names=", ".join(sorted({key.name for key in known})) or "-",
        )
    return Note(note.text, tuple(good))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says it holds: its origin, its size in entries, its root hash (32 bytes).

    extension: further lines, opaque; other logs may have them, ours never do.
    """

    origin: str
    size: int
    hash: bytes
    extension: tuple[str, ...] = ()

    @property
    def root(self) -> Root:
        """Size and hash, without the log's name."""
        return Root(self.size, self.hash)

    def text(self) -> str:
        """Return the note's text: lines, each ended by LF."""
        lines = (self.origin, str(self.size), to_base64(self.hash), *self.extension)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text. Raises Refusal "text"."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise _bad_checkpoint(N_("it is origin, size, root and no empty line, each ended by LF."))
    origin, size, root, *extension = lines
    hash_ = from_base64(root)
    if _DECIMAL.fullmatch(size) is None or int(size) > _MAX_SIZE:
        raise _bad_checkpoint(N_("its size is decimal, without leading zeros, below 2^63."))
    if hash_ is None or len(hash_) != HASH_SIZE:
        raise _bad_checkpoint(N_("its root is 32 bytes in base64."))
    return Checkpoint(origin, int(size), hash_, tuple(extension))


def sign_checkpoint(cp: Checkpoint, name: str, private_key: Ed25519PrivateKey) -> bytes:
    """Return the checkpoint as a note signed by the log. Ours: `name` is the origin."""
    return sign_note(cp.text(), (sign_text(cp.text(), name, private_key),))


def open_checkpoint(data: bytes, log_key: VerifierKey) -> Checkpoint:
    """Return the checkpoint of a note that its log signed.

    Raises as `parse_note`; Refusal "origin" when it is another log's, "signer", "signature",
    "signatures" when its log's name signs more than one line, "text" with extension lines.
    """
    note = parse_note(data)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log_key.name:
        raise Refusal(
            "origin",
            thing=N_("Checkpoint of {origin}"),
            rule=N_("it is one of the log {expected}."),
            remedy=N_("Ask for the checkpoint of that log."),
            origin=checkpoint.origin,
            expected=log_key.name,
        )
    if checkpoint.extension:
        raise _bad_checkpoint(N_("a checkpoint of a record has no extension lines."))
    open_note(data, (log_key,))
    if sum(each.name == log_key.name for each in note.signatures) != 1:
        raise Refusal(
            "signatures",
            thing=N_("Checkpoint of {origin}"),
            rule=N_("its log signs exactly one line."),
            remedy=N_("Ask for the checkpoint again."),
            origin=checkpoint.origin,
        )
    return checkpoint


def cosign(cp_text: str, name: str, private_key: Ed25519PrivateKey, at: int) -> str:
    """Return the cosignature line (with LF) over a checkpoint's text.

    at: seconds since 1970, from 1. It says: "at that time this is the largest tree of this log
    that I have seen, and it is consistent with every one before". Raises Refusal "text".
    """
    parse_checkpoint(cp_text)
    if not 0 < at <= _MAX_SIZE:
        raise _bad_checkpoint(N_("a cosignature's time is seconds since 1970, from 1."))
    key = VerifierKey.of(name, COSIGNATURE, raw_public(private_key))
    sig = private_key.sign(_cosigned(cp_text, at))
    return Signature(name, key.id, at.to_bytes(8, "big") + sig).line()


def open_cosignature(note: bytes, key: VerifierKey) -> int:
    """Return the time (seconds since 1970) at which `key` cosigned the checkpoint of this note.

    A line that came alone is checked by putting it under the checkpoint: `add_lines`.
    Raises as `open_note`; Refusal "text" when the note is no checkpoint.
    """
    opened = open_note(note, (key,))
    parse_checkpoint(opened.text)
    return int.from_bytes(opened.signatures[0].signature[:8], "big")


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _is_valid(text: str, line: Signature, key: VerifierKey) -> bool:
    if key.type == ED25519:
        return verifies(key.key, line.signature, text.encode())
    at = int.from_bytes(line.signature[:8], "big")
    if len(line.signature) != 72 or not 0 < at <= _MAX_SIZE:
        return False
    return verifies(key.key, line.signature[8:], _cosigned(text, at))


def _parse_line(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) == 3 and parts[0] == "—" and _NAME.fullmatch(parts[1]):
        raw = from_base64(parts[2])
        if raw is not None and len(raw) > 4:
            return Signature(parts[1], raw[:4], raw[4:])
    raise _bad_note(N_("a signature line is a dash, a name, and id and signature in base64."))


def _bad_note(rule: str) -> Refusal:
    return Refusal(
        "text",
        thing=N_("Signed note"),
        rule=rule,
        remedy=N_("Ask for the note again: this copy is damaged."),
    )


def _bad_checkpoint(rule: str) -> Refusal:
    return Refusal(
        "text",
        thing=N_("Checkpoint"),
        rule=rule,
        remedy=N_("Ask for the checkpoint again."),
    )


def _bad_key(name: str) -> Refusal:
    return Refusal(
        "signer",
        thing=N_("Verifier key {key}"),
        rule=N_("it is a name without spaces or +, its id, and type and key in base64."),
        remedy=N_("Copy the key again from its owner."),
        key=name,
    )


def _bad_signature(key: VerifierKey, rule: str) -> Refusal:
    return Refusal(
        "signature",
        thing=N_("Signature of {name}"),
        rule=rule,
        remedy=N_("Ask for the note again; keep this one if it comes twice."),
        name=key.name,
    )
