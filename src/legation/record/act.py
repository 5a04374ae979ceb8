r"""An act: what a party writes into its log, and the leaf that commits to it and tells nothing.

    h = H("legation/head/v1\n" || salt_h || head)     r = H("legation/re/v1\n" || salt_r || re)
    b = H("legation/body/v1\n" || salt_b || body)     s = H("legation/sigs/v1\n" || sigs)
    leaf data = 01 || H("legation/act/v1\n" || r || h || b || s)

    opening = salt_h || salt_r || salt_b || u16 || head || u16 || sigs || u8 || re || body

H is SHA-256, salts are 32 random bytes each, u8 and u16 (big-endian) are lengths. Whoever holds
the log holds commitments; whoever is given the opening can check it, and parts of it can be
shown alone (`commitments`).
"""

import re as regex
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.canon import Json
from legation.record.keys import KeysDocument
from legation.record.signatures import (
    OfficerSignature,
    check_signatures,
    encode_sigs,
    parse_sigs,
    sign_message,
)

__all__ = [
    "Head",
    "OfficerSignature",
    "Opening",
    "check_officers",
    "check_opening",
    "commitments",
    "decode_opening",
    "encode_sigs",
    "is_instant",
    "leaf_data",
    "leaf_data_of",
    "parse_head",
    "parse_sigs",
    "sign_message",
]

MAX_OPENING: Final = 65_535
MAX_HEAD: Final = 4_096
SALT_SIZE: Final = 32
_FIXED: Final = 3 * SALT_SIZE + 2 + 2 + 1

_TYPE: Final = regex.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", regex.ASCII)
_PARTY: Final = regex.compile(r"[A-Z]{2,3}", regex.ASCII)
_RECORD: Final = regex.compile(r"[0-9a-f]{16}", regex.ASCII)
_ROOT: Final = regex.compile(r"[0-9a-f]{64}", regex.ASCII)
# Years as of a day (`acts.values.Day`). At the ends of the calendar there is no time zone and no
# deadline to be reckoned: a clock that says so would stop whoever shows or counts it.
_INSTANT: Final = regex.compile(
    r"([12][0-9]{3})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z", regex.ASCII
)
# What nearly every head looks like. Bytes that fit are canonical and keep every rule below, at a
# third of the cost; whatever does not fit is judged the long way.
_PLAIN_HEAD: Final = regex.compile(
    r'\{"at":"([12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])'
    r'T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)"'
    r',"number":"([ !#-\[\]-~]{0,200})","on":"([ !#-\[\]-~]{0,200})","party":"([A-Z]{2,3})"'
    r',"record":"([0-9a-f]{16})","seen":\[(0|[1-9][0-9]{0,14}),"([0-9a-f]{64})"\]'
    r',"type":"([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)","v":([1-9][0-9]{0,8})\}',
    regex.ASCII,
)
_HEAD_KEYS: Final = frozenset({"v", "type", "record", "party", "seen", "on", "number", "at"})
MAX_LABEL: Final = 200
"""Characters of `on` and of `number`."""


@dataclass(frozen=True, slots=True)
class Head:
    """What every act says about itself.

    v: version of the act's type, from 1. type: "notice.released". record: 16 hex digits.
    party: the author, "US". seen: how many entries of the peer's log the author's node had
    folded, and that log's root (32 bytes) there. on: the subject's id, or "". number: the
    note's number, or "". at: the author node's UTC clock, "2026-11-23T17:45:00Z": a claim.
    """

    v: int
    type: str
    record: str
    party: str
    seen: tuple[int, bytes]
    on: str
    number: str
    at: str

    def encode(self) -> bytes:
        """Return the canonical bytes. Raises Refusal "schema" for a head that cannot be read."""
        value: dict[str, Json] = {
            "v": self.v,
            "type": self.type,
            "record": self.record,
            "party": self.party,
            "seen": [self.seen[0], self.seen[1].hex()],
            "on": self.on,
            "number": self.number,
            "at": self.at,
        }
        _check_head(value)
        data = canon.encode(value)
        if len(data) > MAX_HEAD:
            raise _too_large(N_("Head of an act, {size} bytes"), len(data), MAX_HEAD)
        return data


def parse_head(data: bytes) -> Head:
    """Read a head. Raises Refusal "size", "text", "depth", "not-canonical", "schema"."""
    # Every byte is some character of Latin-1; those beyond ASCII fit nothing in the pattern.
    plain = _PLAIN_HEAD.fullmatch(data.decode("latin-1"))
    if plain is not None:
        return _head_of(*plain.groups())
    value = canon.decode(data, limit=MAX_HEAD)
    seen, root = _check_head(value)
    return Head(
        v=_int(value["v"]),
        type=str(value["type"]),
        record=str(value["record"]),
        party=str(value["party"]),
        seen=(seen, bytes.fromhex(root)),
        on=str(value["on"]),
        number=str(value["number"]),
        at=str(value["at"]),
    )


def _head_of(*parts: str) -> Head:
    at, number, on, party, record, seen, root, kind, version = parts
    return Head(int(version), kind, record, party, (int(seen), bytes.fromhex(root)), on, number, at)


def is_instant(text: str) -> bool:
    """Tell whether `text` is an instant in whole seconds of UTC, "2026-11-23T17:45:00Z".

    Of the years 1000 to 2999.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        return False
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Opening:
    """All of one act: canonical `head` and `body`, `sigs` (or b""), `re`, and three salts.

    re: leaf hash (32 bytes) of the act that this one answers, or b"".
    """

    head: bytes
    body: bytes
    sigs: bytes
    re: bytes
    salt_h: bytes
    salt_r: bytes
    salt_b: bytes

    def encode(self) -> bytes:
        """Return the bytes that cross, at most 65,535. Raises Refusal "size", "opening"."""
        if len(self.head) > MAX_HEAD:
            raise _too_large(N_("Head of an act, {size} bytes"), len(self.head), MAX_HEAD)
        size = _FIXED + len(self.head) + len(self.sigs) + len(self.re) + len(self.body)
        if size > MAX_OPENING:
            raise _too_large(N_("Act of {size} bytes"), size, MAX_OPENING)
        salts = (self.salt_h, self.salt_r, self.salt_b)
        if any(len(salt) != SALT_SIZE for salt in salts) or len(self.re) not in (0, SALT_SIZE):
            raise _torn()
        return b"".join(
            (
                *salts,
                len(self.head).to_bytes(2, "big"),
                self.head,
                len(self.sigs).to_bytes(2, "big"),
                self.sigs,
                len(self.re).to_bytes(1, "big"),
                self.re,
                self.body,
            )
        )


def decode_opening(data: bytes) -> Opening:
    """Take an opening's bytes apart. What head, sigs and body say is not looked at.

    Raises Refusal "size" (whole or head too large), "opening" (cut short, salts or `re` of
    another length).
    """
    if len(data) > MAX_OPENING:
        raise _too_large(N_("Act of {size} bytes"), len(data), MAX_OPENING)
    if len(data) < _FIXED:
        raise _torn()
    at = 3 * SALT_SIZE
    head, at = _piece(data, at, 2)
    if len(head) > MAX_HEAD:
        raise _too_large(N_("Head of an act, {size} bytes"), len(head), MAX_HEAD)
    sigs, at = _piece(data, at, 2)
    re, at = _piece(data, at, 1)
    if len(re) not in (0, SALT_SIZE):
        raise _torn()
    return Opening(head, data[at:], sigs, re, data[:32], data[32:64], data[64:96])


def commitments(opening: Opening) -> tuple[bytes, bytes, bytes, bytes]:
    """Return (r, h, b, s): the four hashes that the leaf is made of, 32 bytes each."""
    return (
        sha256(b"legation/re/v1\n" + opening.salt_r + opening.re).digest(),
        sha256(b"legation/head/v1\n" + opening.salt_h + opening.head).digest(),
        sha256(b"legation/body/v1\n" + opening.salt_b + opening.body).digest(),
        sha256(b"legation/sigs/v1\n" + opening.sigs).digest(),
    )


def leaf_data(opening: Opening) -> bytes:
    """Return the 33 bytes that stand in the log for this act."""
    return leaf_data_of(commitments(opening))


def leaf_data_of(parts: tuple[bytes, bytes, bytes, bytes]) -> bytes:
    """Return the leaf data over (r, h, b, s): what is not shown may come as its hash."""
    return b"\1" + sha256(b"legation/act/v1\n" + b"".join(parts)).digest()


def check_opening(opening: Opening, leaf: bytes) -> None:
    """Check that the opening is what `leaf` (33 bytes of leaf data) committed to.

    Raises Refusal "opening".
    """
    if leaf_data(opening) != leaf:
        raise Refusal(
            "opening",
            thing=N_("Act of a log"),
            rule=N_(
                "its text, salts and signatures give the leaf {leaf} of the log; these do not."
            ),
            remedy=N_("Ask its author for the act again."),
            leaf=leaf.hex(),
        )


def check_officers(opening: Opening, record: str, keys: KeysDocument) -> None:
    """Check that a binding act carries the signatures its party's keys document asks for.

    keys: the document in force at the act's position (`KeyHistory.officers_at`).
    Raises Refusal "officers".
    """
    _, h, b, _ = commitments(opening)
    check_signatures(opening.sigs, sign_message(record, h, b), keys)


def _piece(data: bytes, at: int, width: int) -> tuple[bytes, int]:
    start = at + width
    end = start + int.from_bytes(data[at:start], "big")
    if end > len(data):
        raise _torn()
    return data[start:end], end


def _check_head(value: dict[str, Json]) -> tuple[int, str]:
    """Check the head's fields; return seen's two parts."""
    if set(value) != _HEAD_KEYS:
        raise _bad_head("head", N_("it has exactly: v, type, record, party, seen, on, number, at."))
    if type(value["v"]) is not int or value["v"] < 1:
        raise _bad_head("v", N_("it is the type's version, from 1."))
    _check_field(value, "type", _TYPE, N_("it is words joined by dots, as in notice.released."))
    _check_field(value, "record", _RECORD, N_("it is 16 hexadecimal digits."))
    _check_field(value, "party", _PARTY, N_("it is two or three letters A-Z."))
    for name in ("on", "number"):
        label = value[name]
        if not isinstance(label, str) or len(label) > MAX_LABEL or "\n" in label:
            raise _bad_head(name, N_("it is one line of at most 200 characters."))
    instant = value["at"]
    if not isinstance(instant, str) or not is_instant(instant):
        raise _bad_head("at", N_("it is an instant of UTC, as in 2026-11-23T17:45:00Z."))
    seen = value["seen"]
    if isinstance(seen, list) and len(seen) == 2:
        size, root = seen
        if type(size) is int and size >= 0 and isinstance(root, str) and _ROOT.fullmatch(root):
            return size, root
    raise _bad_head("seen", N_("it is a size from 0 and a root of 64 hexadecimal digits."))


def _check_field(value: dict[str, Json], name: str, form: regex.Pattern[str], rule: str) -> None:
    field = value[name]
    if not isinstance(field, str) or form.fullmatch(field) is None:
        raise _bad_head(name, rule)


def _int(value: Json) -> int:
    assert isinstance(value, int)
    return value


def _bad_head(field: str, rule: str) -> Refusal:
    return Refusal(
        "schema",
        thing=N_("Field {field} of an act's head"),
        rule=rule,
        remedy=N_("Ask its author to write the act again."),
        field=field,
    )


def _too_large(thing: str, size: int, limit: int) -> Refusal:
    return Refusal(
        "size",
        thing=thing,
        rule=N_("at most {limit} bytes are taken."),
        remedy=N_("Put long matter into an attached file."),
        size=size,
        limit=limit,
    )


def _torn() -> Refusal:
    return Refusal(
        "opening",
        thing=N_("Act of a log"),
        rule=N_("it is three salts of 32 bytes, head, signatures, re of 0 or 32 bytes, and body."),
        remedy=N_("Ask for the act again: this copy is cut short or damaged."),
    )
