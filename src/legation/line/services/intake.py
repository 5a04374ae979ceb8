"""Freight that arrives: each part is judged by the root that an act names, then kept or refused.

1. Kept are only chunks of files that we lack, and of files that have begun to come or that quota
   and disk have room for, asked for or not; anything else costs its sender the way here.
2. The list of hashes must give the root; a chunk must give its hash in that list. A wrong one is
   refused, counted, and asked for again; the others are kept.
3. Chunks are written as they come; that they are here is said, in rows, after they were synced:
   every two seconds, when a file is whole, and before we say what we lack. A crash loses at most
   what came since.
4. What was destroyed meanwhile is destroyed again: no chunk brings it back.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeAlias

from legation.errors import N_, Refusal
from legation.line.core.chunks import (
    HASH_SIZE,
    chunk_hash,
    chunks_in,
    hash_at,
    length_of,
    read_set,
    set_of,
    split,
    whole,
    write_set,
)
from legation.line.core.freight import LIST, Freight, Part
from legation.line.core.wants import Want
from legation.line.databases import told_apart, writing
from legation.line.filestore import FileStore
from legation.line.models import HeldFile
from legation.line.node import Node
from legation.line.services.beats import count_refusal
from legation.line.services.files import judge_again
from legation.line.services.freight import has_begun, peer_speaks, room_left, wants_now
from legation.line.services.rows import Facts, load
from legation.record.merkle import root_of

Right: TypeAlias = dict[str, dict[int, bytes | memoryview]]
"""Chunks that gave their hash, by their file's root and their index."""

UNSAID: Final = timedelta(seconds=2)
"""So long chunks may lie here without a word in the rows."""


@dataclass(slots=True)
class Coming:
    """A file on its way here. held: chunks in the rows. new: chunks that are not there yet.

    begun: whether the rows count it towards the quota already.
    """

    size: int
    hashes: bytes
    held: int
    new: int = 0
    list_is_new: bool = False
    begun: bool = True

    @property
    def has_all(self) -> bool:
        """Whether every chunk is here."""
        return self.held | self.new == whole(chunks_in(self.size))


@dataclass(frozen=True, slots=True, kw_only=True)
class Freighted:
    """What freight brought. new: chunks kept. refused: wrong parts.

    early: parts of files that no act here names yet, or whose list of hashes is not here.
    wants: what its sender asks for in return.
    """

    new: int = 0
    refused: int = 0
    early: int = 0
    wants: tuple[Want, ...] = ()


@dataclass(slots=True)
class Intake:
    """Takes freight for one node, for as long as one process has it: one for each carrier."""

    node: Node
    noted_at: datetime | None = None
    """When rows said last what came this way."""
    _coming: dict[str, Coming] = field(default_factory=dict)
    _since: datetime | None = None
    _facts: Facts | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _jobs: deque[Callable[[], object]] = field(default_factory=deque)

    def later(self, job: Callable[[], object]) -> None:
        """Have freight taken once its sender was answered and makes the next (`catch_up`).

        Raises what taking an earlier one raised.
        """
        self.drain()
        self._jobs.append(job)

    def catch_up(self) -> None:
        """Take what waits. A refusal waits in its place, for the next who asks.

        What came after it is let go, and is asked for again: its bytes lie where the next
        request is read to.
        """
        with self._lock:
            try:
                self.drain()
            except Refusal as refusal:
                self._jobs = deque([partial(_raise, refusal)])

    def drain(self) -> None:
        """Take what waits, now. Raises what that raises."""
        with self._lock:
            while self._jobs:
                self._jobs.popleft()()

    def facts(self) -> Facts:
        """Return the peer and its keys as they were when this freight began to come."""
        if self._facts is None:
            self._facts = load(self.node)
        return self._facts

    def take(self, freight: Freight, *, carrier: str, at: datetime) -> Freighted:
        """Keep what is right of it. Raises Refusal "disk-full", "locked"."""
        with self._lock:
            right: Right = {}
            refused = early = 0
            for part in freight.parts:
                try:
                    kept = self._judge(part, right)
                except Refusal as refusal:
                    if refusal.code != "chunk":
                        raise
                    count_refusal(self.node, refusal, carrier=carrier, at=at)
                    refused += 1
                else:
                    early += not kept and self._is_early(part.root)
            for root, chunks in right.items():
                FileStore(self.node.home).write(root, chunks)
                self.node.trip("chunks written")
                self._coming[root].new |= set_of(chunks)
            new = sum(map(len, right.values()))
            full = any(each.has_all for each in self._coming.values())
            self._since = self._since or at
            if full or not timedelta(0) <= at - self._since < UNSAID:
                self.flush(at=at)
        return Freighted(new=new, refused=refused, early=early, wants=freight.wants)

    def flush(self, *, at: datetime) -> None:
        """Make what was written durable, and say so in the rows (rule 3). Raises Refusal."""
        with self._lock:
            coming = {root: each for root, each in self._coming.items() if each.new}
            lists = {root: each for root, each in self._coming.items() if each.list_is_new}
            self._coming, self._since, self._facts = {}, None, None
            if not coming and not lists:
                return
            store = FileStore(self.node.home)
            for root, each in coming.items():
                store.sync(root, whole=each.has_all)
            self.node.trip("chunks synced")
            self.noted_at = at
            with writing(self.node.alias):
                gone = [
                    root
                    for root, each in (coming | lists).items()
                    if not self._enter(root, each, at)
                ]
                self.node.trip("chunks noted")
            for root in gone:
                store.destroy(root)
            self.node.trip("chunks committed")

    def wants(self, *, turn: int) -> tuple[Want, ...]:
        """Return what we ask for now, with all that has come. Raises Refusal."""
        with told_apart(self.node.alias):
            facts = load(self.node)
            asked = wants_now(facts, turn=turn) if peer_speaks(facts) else ()
        with self._lock:
            return tuple(
                Want(each.root, each.held | self._coming[each.root].new)
                if each.root in self._coming
                else each
                for each in asked
            )

    def _judge(self, part: Part, right: Right) -> bool:
        """Tell whether a part is of use; a chunk that is goes to the right ones of its file.

        Raises Refusal "chunk".
        """
        coming = self._coming_of(part.root)
        if coming is None:
            return False
        count = chunks_in(coming.size)
        if part.number == LIST:
            if coming.hashes:
                return False
            _check_list(part, count)
            coming.hashes, coming.list_is_new = bytes(part.data), True
            return True
        index = part.number - 1
        if index >= count:
            raise _wrong(part)
        if not coming.hashes:
            return False  # before the list it cannot be judged
        if (coming.held | coming.new) >> index & 1 or index in right.get(part.root, ()):
            return False
        fits = len(part.data) == length_of(index, coming.size)
        if not fits or chunk_hash(part.data) != hash_at(coming.hashes, index):
            raise _wrong(part)
        right.setdefault(part.root, {})[index] = part.data
        return True

    def _is_early(self, root: str) -> bool:
        if root in self._coming:
            return not self._coming[root].hashes
        return not HeldFile.objects.using(self.node.alias).filter(root=root).exists()

    def _coming_of(self, root: str) -> Coming | None:
        """Return how far a file has come, None if we do not lack it (rule 1)."""
        if root not in self._coming:
            with told_apart(self.node.alias):
                rows = HeldFile.objects.using(self.node.alias).filter(root=root, lacking=True)
                row = rows.first()
            if row is None or not self._has_room(row):
                return None
            begun = has_begun(row)
            held = read_set(bytes(row.held))
            self._coming[root] = Coming(row.size, bytes(row.hashes), held, begun=begun)
        return self._coming[root]

    def _has_room(self, row: HeldFile) -> bool:
        """Tell whether there is room for a file; rows do not count yet what has just begun."""
        if has_begun(row):
            return True
        just_begun = sum(each.size for each in self._coming.values() if not each.begun)
        return row.size <= room_left(self.node) - just_begun

    def _enter(self, root: str, each: Coming, at: datetime) -> bool:
        """Note in the row what came; tell whether it counts still (rule 4)."""
        row = HeldFile.objects.using(self.node.alias).filter(root=root).first()
        if row is None or row.erased_at is not None:
            return False
        row.hashes, row.arrived_at = each.hashes, at
        row.held = write_set(read_set(bytes(row.held)) | each.new)
        row.save(using=self.node.alias, update_fields=["hashes", "held", "arrived_at"])
        judge_again(self.node, [row])
        return True


def _raise(refusal: Refusal) -> None:
    raise refusal


def _check_list(part: Part, count: int) -> None:
    hashes = bytes(part.data)
    if len(hashes) != count * HASH_SIZE or root_of(split(hashes)).hash.hex() != part.root:
        raise _wrong(part)


def _wrong(part: Part) -> Refusal:
    return Refusal(
        "chunk",
        thing=N_("Part {number} of the file {root}"),
        rule=N_("it is not what the act names that this file belongs to."),
        remedy=N_("It was not kept, and is asked for again. If that lasts, call the other side."),
        number=part.number,
        root=part.root[:12],
    )
