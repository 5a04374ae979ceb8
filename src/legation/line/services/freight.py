"""Files on the line: what we ask for, what we give, and to whom.

1. Asked for is what acts that count name, smallest first, as far as quota and disk have room.
2. Given is only what acts of our own log name that the other side holds, or what came from it:
   never what was put in here and named by nobody, or by the other side alone.
3. Chunks go last: after the entries that name them. A carrier whose other end is far takes them
   along with the entries, unasked.
4. Each chunk is checked before it leaves: what a disk changed is not sent, and told by `doctor`.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import Final

from legation.acts.kinds.party import PartyState
from legation.acts.state import decode_thing
from legation.line.core import freight as codec
from legation.line.core.bundle import SPOKEN, Bundle
from legation.line.core.chunks import (
    chunk_hash,
    chunks_in,
    hash_at,
    length_of,
    members,
    read_set,
    whole,
    write_set,
)
from legation.line.core.freight import LIST, Freight, Part
from legation.line.core.wants import MAX_WANTS, Want
from legation.line.databases import told_apart
from legation.line.filestore import FileStore
from legation.line.models import FileMention, HeldFile, Side, StandingThing
from legation.line.node import Node
from legation.line.queries.files import space
from legation.line.queries.standing import Current
from legation.line.services.rows import Facts, load, sealing_of

LEAST_FREE: Final = 64 * 1024 * 1024
"""Bytes that stay free on the disk: files are not asked for into the last of it."""
MOST_LOOKED_AT: Final = 1_024
"""Files that we choose from, the smallest: every bundle asks, and a peer may name any number."""
PATIENCE: Final = timedelta(seconds=5)
"""So long we wait for a chunk to be brought before we call for it."""


@dataclass(frozen=True, slots=True)
class Load:
    """Chunks of one file that are to leave. with_list: the list of hashes goes first."""

    root: str
    size: int
    hashes: bytes
    chunks: int
    with_list: bool


def peer_speaks(facts: Facts) -> bool:
    """Tell whether the other side has said that it reads bundles of version 2, and freight."""
    rows = StandingThing.objects.using(facts.alias).filter(id=f"party/{facts.theirs.party}")
    found = [Current.choose(*row) for row in rows.values_list("settled", "tail")]
    return bool(found and found[0]) and _speaks(bytes(found[0] or b""))


@lru_cache(maxsize=16)  # every bundle asks, and it hardly ever changes
def _speaks(data: bytes) -> bool:
    party = decode_thing(data)
    return isinstance(party, PartyState) and all(each in party.spoken for each in SPOKEN)


def wants_now(facts: Facts, *, turn: int) -> tuple[Want, ...]:
    """Return what we ask for now (rule 1). turn: grows; where files are many, all get theirs."""
    wanted = HeldFile.objects.using(facts.alias).filter(lacking=True, their_erased_at=None)
    rows = list(wanted.order_by("size", "root").defer("hashes")[:MOST_LOOKED_AT])
    if not rows:
        return ()
    room = room_left(facts.node)
    asked = []
    for row in rows:
        begun = has_begun(row)
        if begun or row.size <= room:
            room -= 0 if begun else row.size
            asked.append(Want(row.root, read_set(bytes(row.held))))
    if len(asked) <= MAX_WANTS:
        return tuple(asked)
    first = turn % len(asked)
    return tuple((asked[first:] + asked[:first])[:MAX_WANTS])


def has_begun(row: HeldFile) -> bool:
    """Tell whether some of a file is here, so that all of it is counted as used."""
    return row.arrived_at is not None or row.staged_at is not None


def room_left(node: Node) -> int:
    """Return how many bytes of files may still begin to come, by quota and by disk."""
    return min(space(node).left, shutil.disk_usage(node.home).free - LEAST_FREE)


def heard_wants(facts: Facts, bundle: Bundle) -> None:
    """Note what the other side asks for; what it asks for no longer it has, or wants no more."""
    if bundle.wants is None:
        return
    rows = HeldFile.objects.using(facts.alias)
    asked = {want.root: want.held for want in bundle.wants}
    rows.filter(their_held__isnull=False).exclude(root__in=asked).update(their_held=None)
    for row in rows.filter(root__in=asked, erased_at=None):
        data = write_set(asked[row.root])
        if row.their_held is None or bytes(row.their_held) != data:
            row.their_held = data
            row.save(using=facts.alias, update_fields=["their_held"])


def loads(facts: Facts, *, ahead: bool = False) -> tuple[Load, ...]:
    """Return what is to leave now: what is asked for and may be given (rules 2 and 3).

    ahead: also what entries name that the other side does not hold yet.
    """
    alias, have = facts.alias, facts.own.have
    asked = HeldFile.objects.using(alias).filter(their_held__isnull=False, erased_at=None)
    rows = {row.root: row for row in asked}
    mentions = FileMention.objects.using(alias)
    if ahead:
        later = mentions.filter(side=Side.OWN, index__gte=have).values("root")
        new = HeldFile.objects.using(alias).filter(root__in=later, erased_at=None)
        rows.update({row.root: row for row in new if row.root not in rows})
    until = facts.own.size if ahead else have
    named = mentions.filter(root__in=rows)
    ours = set(named.filter(side=Side.OWN, index__lt=until).values_list("root", flat=True))
    theirs = set(named.filter(side=Side.PEER).values_list("root", flat=True))
    found = (_load(row, ours=row.root in ours, theirs=row.root in theirs) for row in rows.values())
    return tuple(sorted((each for each in found if each.chunks), key=lambda each: each.size))


def _load(row: HeldFile, *, ours: bool, theirs: bool) -> Load:
    count = chunks_in(row.size)
    came = read_set(bytes(row.held)) if ours or theirs else 0
    given = whole(count) if ours and row.staged_at is not None else came
    asked = read_set(bytes(row.their_held)) if row.their_held is not None else 0
    return Load(row.root, row.size, bytes(row.hashes), given & ~asked, count > 1 and not asked)


def freight_due(node: Node) -> int:
    """Return how many chunks the other side asks for and gets."""
    with told_apart(node.alias):
        asked = HeldFile.objects.using(node.alias).filter(their_held__isnull=False)
        if not asked.exists():
            return 0
        return sum(each.chunks.bit_count() for each in loads(load(node)))


def planned(node: Node) -> tuple[Load, ...]:
    """Return what a carrier takes along whose other end is far away: nothing twice for nothing."""
    with told_apart(node.alias):
        facts = load(node)
        return loads(facts, ahead=True) if peer_speaks(facts) else ()


def each_freight(node: Node, chosen: tuple[Load, ...] | None = None) -> Iterator[bytes]:
    """Yield sealed freight with all that is to leave, one in memory at a time.

    chosen: what leaves, by default what is asked for. Raises Refusal "no-peer", "locked".
    """
    with told_apart(node.alias):
        facts = load(node)
        chosen = loads(facts) if chosen is None else chosen
    overhead = sealing_of(facts).overhead
    pieces = list(chain.from_iterable(_pieces(each) for each in chosen))
    for part in codec.parcels([size for _, _, size in pieces], overhead=overhead):
        parts = [_part(node, each, number) for each, number, _ in pieces[part.start : part.stop]]
        held = tuple(each for each in parts if each is not None)
        if held:
            node.trip("freight")
            yield _sealed(facts, parts=held)


def reply_with_freight(node: Node, wants: tuple[Want, ...]) -> bytes | None:
    """Return the one sealed freight that answers a call for files; None if there is nothing."""
    with told_apart(node.alias):
        facts = load(node)
        held = {want.root: want.held for want in wants}
        chosen = []
        for each in loads(facts):
            if each.root in held:
                missing = each.chunks & ~held[each.root]
                chosen.append(
                    Load(
                        each.root,
                        each.size,
                        each.hashes,
                        missing,
                        each.with_list and not held[each.root],
                    )
                )
    return next(each_freight(node, tuple(each for each in chosen if each.chunks)), None)


def call_for_freight(node: Node, wants: tuple[Want, ...]) -> bytes:
    """Return a sealed call for files: it carries nothing itself."""
    with told_apart(node.alias):
        return _sealed(load(node), wants=wants)


def _pieces(each: Load) -> Iterator[tuple[Load, int, int]]:
    """Yield the numbers and sizes of the parts of a load, the list first."""
    if each.with_list:
        yield each, LIST, len(each.hashes)
    for chunk in members(each.chunks):
        yield each, chunk + 1, length_of(chunk, each.size)


def _part(node: Node, each: Load, number: int) -> Part | None:
    """Return a part with its bytes, None where they are not (or no longer) here (rule 4)."""
    if number == LIST:
        return Part(each.root, LIST, each.hashes)
    chunk = FileStore(node.home).chunk(each.root, number - 1, each.size)
    if chunk_hash(chunk) != hash_at(each.hashes, number - 1):
        return None
    return Part(each.root, number, chunk)


def _sealed(facts: Facts, *, parts: tuple[Part, ...] = (), wants: tuple[Want, ...] = ()) -> bytes:
    sealing, keys = sealing_of(facts), facts.node.keys
    freight = Freight(
        record=facts.peer.record,
        sender=facts.own.party,
        to=facts.peer.party,
        pair=facts.peer.pair,
        wants=wants,
        parts=parts,
    )
    plain = codec.encode(freight, overhead=sealing.overhead, sign=keys.line.sign)
    return sealing.seal(plain)


def should_call(node: Node, *, at: datetime, ours: datetime | None = None) -> bool:
    """Tell whether nobody has brought a chunk for a while of what we lack.

    ours: when what we called for was noted last, which nobody brought.
    """
    with told_apart(node.alias):
        rows = HeldFile.objects.using(node.alias).filter(arrived_at__gt=at - PATIENCE)
        return not rows.filter(arrived_at__lte=at).exclude(arrived_at=ours).exists()


def lacks_files(node: Node) -> bool:
    """Tell whether there is a file that acts name and that is not whole here."""
    with told_apart(node.alias):
        return HeldFile.objects.using(node.alias).filter(lacking=True).exists()
