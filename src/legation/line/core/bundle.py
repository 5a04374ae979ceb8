"""The bundle: the only message of the line, in bytes.

    plain = "legation-bundle/1" LF, u32 + header (narrowed JSON), u32 + each blob, zeros,
            64 bytes of line signature over all before it

Version 2 says in its header, beside all that version 1 says, which files are asked for; their
bytes are `legation.line.core.freight`. It is spoken only to a node that said that it reads it.

Rules
1. Sealed, a bundle is exactly 4, 16, 64, 256 or 1,024 KiB: its length tells little, and one
   that is too long is refused before it is opened. Nothing is compressed.
2. At most 64 entries of each log, each at most 65,535 bytes; what fills up is zeros.
3. The header has exactly the fields of its version; bytes count only if they are canonical.
4. To whom and from whom is read before the signature is checked, everything else after.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from legation.errors import N_, Refusal
from legation.line.core.wants import Want, read_wants, write_wants
from legation.record import canon
from legation.record.canon import Json
from legation.record.merkle import EMPTY, MAX_PROOF, Root

MAGIC: Final = b"legation-bundle/1\n"
MAGIC_2: Final = b"legation-bundle/2\n"
SPOKEN: Final = ("bundle/2",)
"""What a node that reads this says with the types of acts that it reads."""
SIZE_CLASSES: Final = (4_096, 16_384, 65_536, 262_144, 1_048_576)
MAX_BUNDLE: Final = SIZE_CLASSES[-1]
FREIGHT_CLASS: Final = MAX_BUNDLE + 16_384
"""Bytes: what carries four whole chunks of a file, and nothing else."""
MAX_ENTRIES: Final = 64
MAX_ENTRY: Final = 65_535
MAX_KEYS: Final = 4
MAX_SHORT: Final = 64
"""Keys documents that one bundle carries at most; the next carries the next."""
SIGNATURE_SIZE: Final = 64
_COUNT: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What one node tells the other. Sizes count entries; roots are of the log at that size.

    record, sender, to: which record, from which party, to which. pair: hex SHA-256 over both
    introductions, so that two nodes that confirmed different files notice.
    term, ack_term: the sender's run of its log, and the receiver's as the sender knows it.
    challenge: a random value the receiver answers; answer: the receiver's newest challenge.
    have: what the sender holds of the receiver's log; held: the receiver's own signed
    checkpoint of that size (the proof of `have`), "" for none.
    cosigned: the receiver's newest checkpoint that the sender cosigned, with that line, or "".
    want_own: the receiver is asked for the sender's entries from this index; None: not asked.
    size: where the sender's log ends now. first, entries, checkpoint: a run of that log and the
    signed checkpoint that ends with its last entry ("" without entries).
    own_first, own_entries, own_proof, own_checkpoint: a run of the *receiver's* log, given back,
    with the consistency proof to that signed checkpoint.
    resumed: opening of the act that opens the sender's term, until the receiver knows it.
    carrier, seq, heard, credit: the heartbeat on this carrier; the receiver's last one heard on
    it; how many bundles the sender takes now.
    keys_seq: number of the receiver's newest keys document that the sender holds; keys: the
    sender's own documents after the one that the receiver holds.
    wants: files that the sender lacks; None in version 1, which cannot say it.
    """

    record: str
    sender: str
    to: str
    pair: str
    term: str
    ack_term: str
    challenge: str
    answer: str = ""
    have: Root = EMPTY
    held: str = ""
    cosigned: str = ""
    want_own: int | None = None
    size: int = 0
    first: int = 0
    entries: tuple[bytes, ...] = ()
    checkpoint: str = ""
    own_first: int = 0
    own_entries: tuple[bytes, ...] = ()
    own_proof: tuple[bytes, ...] = ()
    own_checkpoint: str = ""
    resumed: bytes = b""
    carrier: str = ""
    seq: int = 0
    heard: int = 0
    credit: int = 0
    keys_seq: int = 0
    keys: tuple[bytes, ...] = ()
    wants: tuple[Want, ...] | None = None


def encode(bundle: Bundle, *, overhead: int, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the plain bytes: padded so that, sealed, they fill the smallest size class.

    overhead: bytes that sealing adds. sign: the line key's Ed25519 signature, 64 bytes.
    Raises Refusal "size".
    """
    blobs = (*bundle.entries, *bundle.own_entries, *bundle.keys, *_one(bundle.resumed))
    magic = MAGIC if bundle.wants is None else MAGIC_2
    parts = [magic, *_framed(canon.encode(_header(bundle)))]
    for blob in blobs:
        parts += _framed(blob)
    body = b"".join(parts)
    room = _class_for(len(body) + SIGNATURE_SIZE + overhead) - SIGNATURE_SIZE - overhead
    padded = body + bytes(room - len(body))
    return padded + sign(padded)


def how_many_fit(sizes: Sequence[int], *, overhead: int, others: int = 0) -> int:
    """Return how many of the entries with these sizes, from the first, fit into one bundle.

    others: bytes of the other blobs that travel with them, their lengths included.
    """
    free = MAX_BUNDLE - overhead - SIGNATURE_SIZE - _HEADER_ROOM - others
    taken = 0
    for size in sizes[:MAX_ENTRIES]:
        free -= size + _COUNT
        if free < 0:
            break
        taken += 1
    return taken


_HEADER_ROOM: Final = 32_768
"""Three signed checkpoints, a proof of 64 hashes, 32 wants and the numbers take half of this."""


def check_size(sealed: int, *, freight: bool = True) -> None:
    """Refuse a sealed bundle of another length than a size class. Raises Refusal "size".

    freight: whether it may be, or is, freight, which has a class of its own.
    """
    if sealed not in SIZE_CLASSES and not (freight and sealed == FREIGHT_CLASS):
        raise Refusal(
            "size",
            thing=N_("A bundle of {size} bytes"),
            rule=N_("a bundle has 4, 16, 64, 256 or 1,024 KiB, to the byte."),
            remedy=N_("It was cut short or is no bundle; the other side sends it again."),
            size=sealed,
        )


@dataclass(frozen=True, slots=True)
class Envelope:
    """A bundle of which only the header was read. signed, signature: what the line key signs."""

    header: dict[str, Json]
    signed: bytes
    signature: bytes
    blobs_at: int

    @property
    def address(self) -> tuple[Json, Json, Json, Json]:
        """Record, sender, receiver and pair, as claimed."""
        return tuple(self.header[key] for key in ("record", "from", "to", "pair"))  # type: ignore[return-value] # four keys


def read_envelope(plain: bytes) -> Envelope:
    """Read the header of an opened bundle, bounded; believe nothing of it yet.

    Raises Refusal "bundle" (framing), or what canonical JSON is refused for.
    """
    if len(plain) < len(MAGIC) + _COUNT + SIGNATURE_SIZE or not plain.startswith((MAGIC, MAGIC_2)):
        _refuse(N_("it begins with the name of its format, legation-bundle/1 or /2."))
    signed, signature = plain[:-SIGNATURE_SIZE], plain[-SIGNATURE_SIZE:]
    raw, at = _piece(signed, len(MAGIC), canon.MAX_SIZE)
    header = canon.decode(raw)
    if set(header) != (_FIELDS if plain.startswith(MAGIC) else _FIELDS_2):
        _refuse(N_("its header has exactly the fields of its version."))
    return Envelope(header, signed, signature, at)


def read_bundle(envelope: Envelope) -> Bundle:
    """Return the whole bundle of an envelope whose signature was checked.

    Raises Refusal "bundle".
    """
    header = envelope.header
    counts = [_natural(header, key) for key in ("entries", "own_entries", "keys", "resumed")]
    if any(
        n > most for n, most in zip(counts, (MAX_ENTRIES, MAX_ENTRIES, MAX_KEYS, 1), strict=True)
    ):
        _refuse(
            N_("it holds at most 64 entries of each log, 4 keys documents and one opened term.")
        )
    at = envelope.blobs_at
    blobs: list[bytes] = []
    for _ in range(sum(counts)):
        blob, at = _piece(envelope.signed, at, MAX_ENTRY)
        blobs.append(blob)
    if envelope.signed[at:].strip(b"\0"):
        _refuse(N_("what fills it up is zeros."))
    entries, own_entries, keys, resumed = _split(blobs, counts)
    want = header["want_own"]
    return Bundle(
        record=_text(header, "record"),
        sender=_text(header, "from"),
        to=_text(header, "to"),
        pair=_text(header, "pair"),
        term=_short(header, "term"),
        ack_term=_short(header, "ack_term"),
        challenge=_short(header, "challenge"),
        answer=_short(header, "answer"),
        have=Root(_natural(header, "have"), _hash(header["have_root"])),
        held=_text(header, "held"),
        cosigned=_text(header, "cosigned"),
        want_own=None if want is None else _natural(header, "want_own"),
        size=_natural(header, "size"),
        first=_natural(header, "first"),
        entries=entries,
        checkpoint=_text(header, "checkpoint"),
        own_first=_natural(header, "own_first"),
        own_entries=own_entries,
        own_proof=_hashes(header["own_proof"]),
        own_checkpoint=_text(header, "own_checkpoint"),
        resumed=resumed[0] if resumed else b"",
        carrier=_short(header, "carrier"),
        seq=_natural(header, "seq"),
        heard=_natural(header, "heard"),
        credit=_natural(header, "credit"),
        keys_seq=_natural(header, "keys_seq"),
        keys=keys,
        wants=read_wants(header["wants"]) if "wants" in header else None,
    )


def _header(bundle: Bundle) -> dict[str, Json]:
    return {
        "record": bundle.record,
        "from": bundle.sender,
        "to": bundle.to,
        "pair": bundle.pair,
        "term": bundle.term,
        "ack_term": bundle.ack_term,
        "challenge": bundle.challenge,
        "answer": bundle.answer,
        "have": bundle.have.size,
        "have_root": bundle.have.hash.hex(),
        "held": bundle.held,
        "cosigned": bundle.cosigned,
        "want_own": bundle.want_own,
        "size": bundle.size,
        "first": bundle.first,
        "entries": len(bundle.entries),
        "checkpoint": bundle.checkpoint,
        "own_first": bundle.own_first,
        "own_entries": len(bundle.own_entries),
        "own_proof": [each.hex() for each in bundle.own_proof],
        "own_checkpoint": bundle.own_checkpoint,
        "resumed": len(_one(bundle.resumed)),
        "carrier": bundle.carrier,
        "seq": bundle.seq,
        "heard": bundle.heard,
        "credit": bundle.credit,
        "keys_seq": bundle.keys_seq,
        "keys": len(bundle.keys),
        **({} if bundle.wants is None else {"wants": write_wants(bundle.wants)}),
    }


def _one(blob: bytes) -> tuple[bytes, ...]:
    return (blob,) if blob else ()


_FIELDS: Final = frozenset(
    _header(Bundle(record="", sender="", to="", pair="", term="", ack_term="", challenge=""))
)
_FIELDS_2: Final = _FIELDS | {"wants"}


def _framed(blob: bytes) -> tuple[bytes, bytes]:
    return len(blob).to_bytes(_COUNT, "big"), blob


def _piece(data: bytes, at: int, longest: int) -> tuple[bytes, int]:
    start = at + _COUNT
    size = int.from_bytes(data[at:start], "big")
    if size > longest or start + size > len(data):
        _refuse(N_("each part has its length before it, at most 65,535, and ends inside."))
    return data[start : start + size], start + size


def _split(blobs: list[bytes], counts: Sequence[int]) -> list[tuple[bytes, ...]]:
    parts, at = [], 0
    for count in counts:
        parts.append(tuple(blobs[at : at + count]))
        at += count
    return parts


def _class_for(size: int) -> int:
    for each in SIZE_CLASSES:
        if size <= each:
            return each
    raise Refusal(
        "size",
        thing=N_("A bundle of {size} bytes"),
        rule=N_("a bundle has at most 1 MiB."),
        remedy=N_("Send fewer entries in one bundle."),
        size=size,
    )


def _text(header: dict[str, Json], key: str) -> str:
    value = header[key]
    if not isinstance(value, str):
        _refuse(N_("its field {field} is text."), field=key)
    return value


def _short(header: dict[str, Json], key: str) -> str:
    """Return text that we keep and may send back: a peer must not fill our own header with it."""
    value = _text(header, key)
    if len(value) > MAX_SHORT:
        _refuse(N_("its field {field} has at most 64 characters."), field=key)
    return value


def _natural(header: dict[str, Json], key: str) -> int:
    value = header[key]
    if type(value) is not int or value < 0:
        _refuse(N_("its field {field} is a whole number from 0."), field=key)
    return value


def _hash(value: Json) -> bytes:
    if not isinstance(value, str) or len(value) != 64 or set(value) - _HEX:
        _refuse(N_("a hash in it is 64 hexadecimal digits."))
    return bytes.fromhex(value)


_HEX: Final = frozenset("0123456789abcdef")


def _hashes(value: Json) -> tuple[bytes, ...]:
    if not isinstance(value, list) or len(value) > MAX_PROOF:
        _refuse(N_("a proof in it is a list of at most 64 hashes."))
    return tuple(_hash(each) for each in value)


def _refuse(rule: str, *, field: str = "") -> NoReturn:
    raise Refusal(
        "bundle",
        thing=N_("A bundle"),
        rule=rule,
        remedy=N_("It was damaged or made by another program; the other side sends it again."),
        field=field,
    )
