"""Freight: chunks of files on their way, in bytes. It moves no log and is no heartbeat.

    plain = "legation-freight/1" LF, u32 + header (narrowed JSON), 64 bytes of line signature
            over all before it, u32 + each part, zeros

Rules
1. Sealed, it has the length of a bundle, or 1,040 KiB: room for four whole chunks.
2. The signature covers the header, which says what each part is. The parts need none: each is
   judged by the root that an act in the log names, which its author's log key has signed.
3. Part 0 of a file is the list of its chunks' hashes, part n + 1 its chunk n.
4. It is spoken only to a node that said that it reads `bundle/2`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from legation.acts.files import CHUNK, MAX_FILE
from legation.errors import N_, Refusal
from legation.line.core.bundle import FREIGHT_CLASS, SIGNATURE_SIZE, SIZE_CLASSES, Envelope
from legation.line.core.chunks import HASH_SIZE, chunks_in
from legation.line.core.wants import Want, read_wants, write_wants
from legation.record import canon
from legation.record.canon import Json

MAGIC: Final = b"legation-freight/1\n"
MAX_PARTS: Final = 64
HEADER_ROOM: Final = 6_400
"""Bytes: 64 parts take less. Beside the list of the largest file four whole chunks have room."""
LIST: Final = 0
"""Number of the part that is the list of hashes."""
_COUNT: Final = 4
_FIELDS: Final = frozenset(("record", "from", "to", "pair", "wants", "parts"))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file: which, and its bytes. number: 0 for the list of hashes, else chunk + 1.

    data: a view of the freight that it came in, so that megabytes are not copied to be judged.
    """

    root: str
    number: int
    data: bytes | memoryview = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freight:
    """Parts of files, and what the sender asks for in return, if it asks.

    record, sender, to, pair: as in a bundle.
    """

    record: str
    sender: str
    to: str
    pair: str
    wants: tuple[Want, ...] = ()
    parts: tuple[Part, ...] = ()


def is_freight(plain: bytes) -> bool:
    """Tell what sealed bytes hold once they are opened: freight, or else a bundle."""
    return plain.startswith(MAGIC)


def encode(freight: Freight, *, overhead: int, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the plain bytes, padded so that, sealed, they fill the smallest size class.

    overhead, sign: as for a bundle. Raises Refusal "size".
    """
    header = canon.encode(
        {
            "record": freight.record,
            "from": freight.sender,
            "to": freight.to,
            "pair": freight.pair,
            "wants": write_wants(freight.wants),
            "parts": [{"root": part.root, "number": part.number} for part in freight.parts],
        }
    )
    signed = MAGIC + len(header).to_bytes(_COUNT, "big") + header
    pieces: list[bytes | memoryview] = [signed, sign(signed)]
    for part in freight.parts:
        pieces += (len(part.data).to_bytes(_COUNT, "big"), part.data)
    size = sum(map(len, pieces))
    for room in (*SIZE_CLASSES, FREIGHT_CLASS):
        if size + overhead <= room:
            return b"".join((*pieces, bytes(room - overhead - size)))
    raise _refused(N_("its parts fit into 1,040 KiB."))


def parcels(sizes: Sequence[int], *, overhead: int) -> Iterator[range]:
    """Divide parts with these sizes, in order, over as few freights as hold them."""
    most = FREIGHT_CLASS - overhead - SIGNATURE_SIZE - HEADER_ROOM
    first, free = 0, most
    for at, size in enumerate(sizes):
        needed = size + _COUNT
        if at > first and (needed > free or at - first == MAX_PARTS):
            yield range(first, at)
            first, free = at, most
        free -= needed
    if first < len(sizes):
        yield range(first, len(sizes))


def read_envelope(plain: bytes) -> Envelope:
    """Read the header of opened freight, bounded; believe nothing of it yet.

    Raises Refusal "bundle" (framing), or what canonical JSON is refused for.
    """
    at = len(MAGIC) + _COUNT
    size = int.from_bytes(plain[len(MAGIC) : at], "big")
    end = at + size
    if not is_freight(plain) or size > canon.MAX_SIZE or end + SIGNATURE_SIZE > len(plain):
        raise _refused(N_("it begins with the name of its format, and its header ends inside."))
    header = canon.decode(plain[at:end])
    if set(header) != _FIELDS:
        raise _refused(N_("its header has exactly the fields of version 1."))
    return Envelope(header, plain[:end], plain[end : end + SIGNATURE_SIZE], end + SIGNATURE_SIZE)


def read(envelope: Envelope, plain: bytes) -> Freight:
    """Return the freight of an envelope whose signature was checked. Raises Refusal "bundle"."""
    header = envelope.header
    named = header["parts"]
    if not isinstance(named, list) or len(named) > MAX_PARTS:
        raise _refused(N_("it has at most 64 parts."))
    at, parts, view = envelope.blobs_at, [], memoryview(plain)
    for each in named:
        root, number = _named(each)
        size = int.from_bytes(plain[at : at + _COUNT], "big")
        at += _COUNT
        if size > CHUNK or at + size > len(plain):
            raise _refused(
                N_("each part has its length before it, at most 256 KiB, and ends inside.")
            )
        parts.append(Part(root, number, view[at : at + size]))
        at += size
    if plain[at:] != bytes(len(plain) - at):
        raise _refused(N_("what fills it up is zeros."))
    return Freight(
        record=str(header["record"]),
        sender=str(header["from"]),
        to=str(header["to"]),
        pair=str(header["pair"]),
        wants=read_wants(header["wants"]),
        parts=tuple(parts),
    )


def list_size(size: int) -> int:
    """Return how many bytes the list of hashes of a file of that size has."""
    return HASH_SIZE * chunks_in(size)


def _named(value: Json) -> tuple[str, int]:
    if isinstance(value, dict) and set(value) == {"root", "number"}:
        root, number = value["root"], value["number"]
        if isinstance(root, str) and type(number) is int and 0 <= number <= chunks_in(MAX_FILE):
            return root, number
    raise _refused(N_("each of its parts is named by a file's root and a number."))


def _refused(rule: str) -> Refusal:
    return Refusal(
        "bundle",
        thing=N_("Freight"),
        rule=rule,
        remedy=N_("It was damaged or made by another program; the other side sends it again."),
    )
