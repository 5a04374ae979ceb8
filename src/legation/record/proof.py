"""Proof files: one act, its place in its log, and the log's checkpoint, to check offline.

    c2sp.org/tlog-proof@v1
    extra <base64>            ours: the act's opening; not itself authenticated
    index <decimal>
    <base64 hash>             zero or more, from the leaf's sibling to the root's child
                              (one empty line)
    <checkpoint>              a signed note, with whatever cosignatures it has

Source: c2sp.org/tlog-proof. An *export* of a record is a folder (or a stored zip) of these:

    manifest.json                      SHA-256 and size of every other file
    introductions/US.json RU.json      the signed files as they were exchanged
    keys/US/0.json 1.json ...          keys documents, in order
    logs/US/checkpoint                 newest checkpoint of that log, with cosignatures
    logs/US/checkpoints/<size>         earlier ones that were cosigned
    logs/US/acts/<index>.tlog-proof    one per act, extra = opening, against logs/US/checkpoint

`verify.py` checks it, and says what that proves.
"""

import re as regex
from dataclasses import dataclass
from typing import Final

from legation.errors import N_, Refusal
from legation.record import merkle
from legation.record.act import Opening, decode_opening, leaf_data
from legation.record.b64 import from_base64, to_base64
from legation.record.merkle import HASH_SIZE
from legation.record.note import Checkpoint, VerifierKey, open_checkpoint, parse_note

FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
MAX_PROOF_FILE: Final = 262_144
"""Bytes: an opening of 65,535 in base64, 64 hashes, and a note of 64 KiB fit."""

_INDEX: Final = regex.compile("index (0|[1-9][0-9]{0,18})", regex.ASCII)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof file holds. checkpoint: the note's bytes. extra: b"" when there is none."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def encode(self) -> bytes:
        """Return the file's bytes."""
        lines = [FIRST_LINE]
        if self.extra:
            lines.append(f"extra {to_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines.extend(to_base64(hash_) for hash_ in self.hashes)
        return "\n".join((*lines, "", "")).encode() + self.checkpoint


def parse_proof(data: bytes) -> Proof:
    """Take a proof file apart; nothing is verified. Raises Refusal "size", "text", "signatures"."""
    if len(data) > MAX_PROOF_FILE:
        raise Refusal(
            "size",
            thing=N_("Proof file of {size} bytes"),
            rule=N_("at most {limit} bytes are taken."),
            remedy=N_("Ask for the proof again."),
            size=len(data),
            limit=MAX_PROOF_FILE,
        )
    before, blank, checkpoint = data.partition(b"\n\n")
    try:
        first, *lines = before.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise _bad(N_("its lines before the checkpoint are ASCII.")) from None
    if first != FIRST_LINE or not blank or not lines:
        raise _bad(N_("it begins with c2sp.org/tlog-proof@v1; an empty line ends the proof."))
    extra = b""
    if lines[0].startswith("extra "):
        extra = _data(lines.pop(0).removeprefix("extra "))
    index = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if index is None:
        raise _bad(N_("its index is decimal, without leading zeros."))
    hashes = tuple(map(_data, lines))
    if len(hashes) > merkle.MAX_PROOF or any(len(hash_) != HASH_SIZE for hash_ in hashes):
        raise _bad(N_("it holds at most 64 hashes of 32 bytes, in base64."))
    parse_note(checkpoint)
    return Proof(int(index[1]), hashes, checkpoint, extra)


def check_proof(proof: Proof, leaf: bytes, log_key: VerifierKey) -> Checkpoint:
    """Check that the log of `log_key` holds the leaf with this leaf hash at the proof's index.

    Returns the checkpoint it is proved against; cosignatures on it are the caller's to weigh.
    Raises as `open_checkpoint`; Refusal "index", "inconsistent".
    """
    checkpoint = open_checkpoint(proof.checkpoint, log_key)
    merkle.check_inclusion(leaf, proof.index, checkpoint.root, proof.hashes)
    return checkpoint


def prove(opening: Opening, index: int, hashes: tuple[bytes, ...], checkpoint: bytes) -> Proof:
    """Return the proof file of one act, its opening shown."""
    return Proof(index, hashes, checkpoint, opening.encode())


def check_shown(proof: Proof, log_key: VerifierKey) -> tuple[Opening, Checkpoint]:
    """Check a proof whose extra data is the act itself; return the act.

    Raises as `decode_opening` and `check_proof`.
    """
    opening = decode_opening(proof.extra)
    return opening, check_proof(proof, merkle.leaf_hash(leaf_data(opening)), log_key)


def _data(text: str) -> bytes:
    data = from_base64(text)
    if not data:
        raise _bad(N_("its data is base64, and not empty."))
    return data


def _bad(rule: str) -> Refusal:
    return Refusal(
        "text",
        thing=N_("Proof file"),
        rule=rule,
        remedy=N_("Ask for the proof again: this copy is damaged."),
    )
