"""Files as they lie here: what is held of each, its bytes, what is still missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db.models import Sum

from legation.acts.files import MAX_FILE
from legation.errors import N_, Refusal
from legation.line.core.chunks import chunks_in, read_set, whole
from legation.line.databases import told_apart
from legation.line.filestore import FileStore
from legation.line.models import HeldFile, Side
from legation.line.node import Node, about_node
from legation.line.queries.once import once

DEFAULT_QUOTA: Final = 2 * 1024**3
"""Bytes of files that a node keeps, unless `files_quota` in node.json says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is held of a file. chunks: it has so many; held: so many of them are here.

    erased_at: when it was destroyed here, for good; their_erased_at: when the other side wrote
    that it destroyed its own.
    """

    root: str
    size: int
    chunks: int
    held: int
    erased_at: datetime | None = None
    their_erased_at: datetime | None = None

    @property
    def complete(self) -> bool:
        """Whether all of it is here."""
        return self.held == self.chunks and self.erased_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Room for files, in bytes."""

    quota: int
    used: int

    @property
    def left(self) -> int:
        """What may still be put in."""
        return max(0, self.quota - self.used)


def holding(node: Node, root: str) -> Holding | None:
    """Return what is held of a file, None if nobody has put it here and no act names it."""
    with told_apart(node.alias):
        row = HeldFile.objects.using(node.alias).filter(root=root).first()
    return None if row is None else holding_of(row)


def holding_of(row: HeldFile) -> Holding:
    """Return a row as it is told."""
    count = chunks_in(row.size)
    held = count if row.staged_at is not None else read_set(bytes(row.held)).bit_count()
    return Holding(
        root=row.root,
        size=row.size,
        chunks=count,
        held=0 if row.erased_at is not None else held,
        erased_at=row.erased_at,
        their_erased_at=row.their_erased_at,
    )


def open_file(node: Node, root: str) -> BinaryIO:
    """Return a whole file, open for reading; whoever asks closes it. Its bytes are not checked.

    Raises Refusal "file-missing", "file-incomplete", "erased".
    """
    _whole(node, root)
    try:
        return FileStore(node.home).path(root).open("rb")
    except FileNotFoundError as error:
        raise _missing(root) from error


def read(node: Node, root: str, *, limit: int = MAX_FILE) -> bytes:
    """Return the bytes of a whole file, checked against its root. limit: the most bytes taken.

    Raises Refusal as `open_file`, "file-size", and "file-damaged" where the disk changed it.
    """
    row = _whole(node, root)
    if row.size > limit:
        raise Refusal(
            "file-size",
            thing=N_("A file of {size} bytes"),
            rule=N_("for this it may have at most {limit}."),
            remedy=N_("Save it, and look at it with another program."),
            size=row.size,
            limit=limit,
        )
    store = FileStore(node.home)
    if not store.path(root).exists():
        raise _missing(root)
    good = set(store.good(root, row.size, bytes(row.hashes)))
    if len(good) < chunks_in(row.size):
        raise Refusal(
            "file-damaged",
            thing=N_("The file {root}"),
            rule=N_("its bytes on this disk are not those that were put there."),
            remedy=N_("Run `legation doctor --rebuild`: it is fetched from the other side again."),
            root=root[:12],
        )
    return store.path(root).read_bytes()


def missing(node: Node) -> tuple[Holding, ...]:
    """Return the files that acts name and that are not whole here, nor destroyed here."""
    return tuple(holding_of(row) for row in lacking(node.alias))


def lacking(alias: str) -> list[HeldFile]:
    """Return the rows of files of which the line has not brought all, the smallest first."""
    with told_apart(alias):
        rows = HeldFile.objects.using(alias).filter(lacking=True)
        return list(rows.order_by("size", "root"))


def is_lacking(row: HeldFile, sides: Collection[str]) -> bool:
    """Tell whether the line is to bring a file. sides: whose acts name it.

    What this node put in itself counts only where an act of its own names it: else the other
    side could find out what lies here by naming it and seeing that we do not ask.
    """
    if not sides or row.erased_at is not None or not row.size:
        return False
    if row.staged_at is not None and Side.OWN in sides:
        return False
    return read_set(bytes(row.held)) != whole(chunks_in(row.size))


def space(node: Node) -> Space:
    """Return how much room for files there is, and what is used: all of one that has begun."""
    with told_apart(node.alias):
        rows = HeldFile.objects.using(node.alias).filter(erased_at=None)
        here = rows.exclude(staged_at=None, arrived_at=None)
        used = here.aggregate(total=Sum("size"))["total"] or 0
    said = about_node(node.home).get("files_quota")
    quota = said if isinstance(said, int) and said >= 0 else DEFAULT_QUOTA
    return Space(quota=quota, used=used)


def look_up(node: Node, roots: Collection[str]) -> None:
    """Find these files at once, where a page is going to read them all."""
    if node.read is None or len(roots) < 2:
        return
    with told_apart(node.alias):
        rows = HeldFile.objects.using(node.alias).in_bulk(list(roots), field_name="root")
    node.read.update({("file", root): rows.get(root) for root in roots})


def _whole(node: Node, root: str) -> HeldFile:
    with told_apart(node.alias):
        rows = HeldFile.objects.using(node.alias).filter(root=root)
        row = once(node, ("file", root), rows.first)
    if row is None:
        raise _missing(root)
    held = holding_of(row)
    if held.erased_at is not None:
        raise Refusal(
            "erased",
            thing=N_("The file {root}"),
            rule=N_("it was destroyed here on {day}."),
            remedy=N_("Nobody can bring it back here; backups and prints may still have it."),
            root=root[:12],
            day=f"{held.erased_at:%Y-%m-%d}",
        )
    if not held.complete:
        raise Refusal(
            "file-incomplete",
            thing=N_("The file {root}"),
            rule=N_("{held} of its {chunks} parts have come from the other side."),
            remedy=N_("Nothing to do: the rest comes by itself while the line works."),
            root=root[:12],
            held=held.held,
            chunks=held.chunks,
        )
    return row


def _missing(root: str) -> Refusal:
    return Refusal(
        "file-missing",
        thing=N_("The file {root}"),
        rule=N_("its bytes are not on this node."),
        remedy=N_(
            "Run `legation doctor`; if acts name it, `legation doctor --rebuild` asks again."
        ),
        root=root[:12],
    )
