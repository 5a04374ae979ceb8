"""What a witness answers: it cosigns only a log that has grown, and keeps what contradicts.

`decide` is the whole of c2sp.org/tlog-witness `add-checkpoint`, without storage and clock. The
caller runs it in one transaction with its state: **store, commit, then answer**. Checks, in
this order:

1. 400 malformed request          5. 409 `old` is not what we hold
2. 404 unknown origin             6. 422 the log did not only grow (keep: evidence)
3. 403 no or bad known signature  7. 503 our clock went back since we last cosigned this log
4. 400 `old` above the size       8. 200 and our cosignature
"""

import re as regex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from legation.errors import N_, Refusal
from legation.record import merkle
from legation.record.b64 import from_base64, to_base64
from legation.record.merkle import EMPTY, HASH_SIZE, Root
from legation.record.note import (
    MAX_NOTE,
    Checkpoint,
    VerifierKey,
    cosign,
    open_note,
    parse_checkpoint,
    parse_note,
)

MAX_PROOF: Final = 63
MAX_REQUEST: Final = MAX_NOTE + 4_096
SIZE_TYPE: Final = "text/x.tlog.size"
TEXT_TYPE: Final = "text/plain; charset=utf-8"
_OLD: Final = regex.compile("old (0|[1-9][0-9]{0,18})", regex.ASCII)


@dataclass(frozen=True, slots=True)
class Held:
    """What a witness keeps of a log: the largest root it cosigned, and when (seconds)."""

    root: Root
    at: int


@dataclass(frozen=True, slots=True)
class Request:
    """An `add-checkpoint` request: old size, proof, the note's bytes and its checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes
    text: str
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer, and what to store before.

    state: what to hold of the log `origin` from now on, None when nothing changes.
    evidence: the note to keep when the log contradicts itself, else b"".
    reason: why not, for people; the protocol's body is `body`.
    """

    status: int
    body: bytes = b""
    content_type: str = TEXT_TYPE
    state: Held | None = None
    origin: str = ""
    evidence: bytes = b""
    reason: Refusal | None = None


def parse_request(data: bytes) -> Request:
    """Take a request apart. Raises Refusal for whatever is malformed."""
    if len(data) > MAX_REQUEST:
        raise _malformed()
    lines, blank, note = data.partition(b"\n\n")
    old, *hashes = lines.decode("latin-1").split("\n")
    found = _OLD.fullmatch(old)
    if found is None or not blank or len(hashes) > MAX_PROOF:
        raise _malformed()
    text = parse_note(note).text
    checkpoint = parse_checkpoint(text)
    return Request(int(found[1]), tuple(map(_hash, hashes)), note, text, checkpoint)


def encode_request(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """Return the bytes to send to a witness that holds `old` entries of our log."""
    lines = [f"old {old}", *(to_base64(hash_) for hash_ in proof), "", ""]
    return "\n".join(lines).encode() + note


def decide(
    state: Mapping[str, Held],
    request_bytes: bytes,
    known_logs: Mapping[str, Sequence[VerifierKey]],
    *,
    name: str,
    private_key: Ed25519PrivateKey,
    at: int,
) -> Decision:
    """Return the answer to `POST add-checkpoint` and the state to store before it is sent.

    state: what is held, by origin. known_logs: the keys trusted for each origin. name,
    private_key: the witness's. at: now, seconds since 1970. Raises nothing for what it is sent.
    """
    try:
        request = parse_request(request_bytes)
    except Refusal as reason:
        return Decision(400, reason=reason)
    origin = request.checkpoint.origin
    if origin not in known_logs:
        return Decision(404, origin=origin)
    try:
        open_note(request.note, known_logs[origin])
    except Refusal as reason:
        return Decision(403, origin=origin, reason=reason)
    if request.old > request.checkpoint.size:
        return Decision(400, origin=origin)
    held = state.get(origin, Held(EMPTY, 0))
    if request.old != held.root.size:
        return Decision(409, f"{held.root.size}\n".encode(), SIZE_TYPE, origin=origin)
    try:
        merkle.check_prefix(held.root, request.checkpoint.root, request.proof)
    except Refusal as reason:
        return Decision(422, origin=origin, evidence=request.note, reason=reason)
    if at < held.at or at < 1:
        return Decision(503, origin=origin)
    line = cosign(request.text, name, private_key, at)
    return Decision(200, line.encode(), state=Held(request.checkpoint.root, at), origin=origin)


def _hash(line: str) -> bytes:
    hash_ = from_base64(line)
    if hash_ is None or len(hash_) != HASH_SIZE:
        raise _malformed()
    return hash_


def _malformed() -> Refusal:
    return Refusal(
        "text",
        thing=N_("Request to a witness"),
        rule=N_("it is old SIZE, at most {limit} hashes in base64, an empty line, a checkpoint."),
        remedy=N_("Write it again as the witness protocol says."),
        limit=MAX_PROOF,
    )
