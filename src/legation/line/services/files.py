"""Files put into the node, and destroyed: bytes first, then the row that makes them count.

Until an act in our log names it, a file is ours alone: a row here, and no chunk of it leaves.
"""

import io
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import BinaryIO, Final

from django.db import transaction

from legation.acts.codec import from_json, to_json
from legation.acts.files import FileRef
from legation.acts.values import Hash
from legation.errors import N_, Refusal
from legation.line.core.chunks import write_set
from legation.line.databases import told_apart, writing
from legation.line.filestore import FileStore, Taken
from legation.line.models import FileMention, HeldFile, Side
from legation.line.node import Node
from legation.line.queries.filecheck import good_chunks, held_chunks
from legation.line.queries.files import Space, is_lacking, space

UNUSED_AFTER: Final = timedelta(days=1)
"""What was put in more lately may belong to a draft that is not saved yet."""


def stage(
    node: Node,
    data: bytes | BinaryIO,
    *,
    name: str | None,
    media_type: str,
    person: str | None = None,
    at: datetime,
) -> FileRef:
    """Put a file into the node, ours alone until an act names it; return how an act does.

    data: bytes, or a stream, of which one chunk at a time is in memory. name, media_type,
    person: for the reference. Raises Refusal "file-size", "quota", "disk-full", "erased",
    "schema", "locked".
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    store = FileStore(node.home)
    room = space(node)
    taken = store.take_in(source, node.random(8).hex())
    try:
        ref = _ref(taken, name=name, media_type=media_type, person=person)
        with writing(node.alias):
            _enter(node, taken, room, at)
            store.keep(taken)
            node.trip("file kept")
    finally:
        store.drop(taken)
    node.trip("file committed")
    return ref


def _ref(taken: Taken, *, name: str | None, media_type: str, person: str | None) -> FileRef:
    """Return the reference, checked as when it is read from an act."""
    ref = FileRef(root=Hash(taken.root), size=taken.size, name=name, type=media_type, person=person)
    return from_json(FileRef, to_json(ref), "files")


def _enter(node: Node, taken: Taken, room: Space, at: datetime) -> None:
    rows = HeldFile.objects.using(node.alias)
    row = rows.filter(root=taken.root).first()
    if row is not None and row.erased_at is not None:
        raise _was_erased(row)
    if (row is None or row.staged_at is None) and taken.size > room.left:
        raise Refusal(
            "quota",
            thing=N_("A file of {size:,} bytes"),
            rule=N_(
                "files may take {quota:,} bytes on this node; {used:,} are used, {left:,} left."
            ),
            remedy=N_("Remove files from drafts, or set `files_quota` in node.json higher."),
            size=taken.size,
            quota=room.quota,
            used=room.used,
            left=room.left,
        )
    row, _ = rows.update_or_create(
        root=taken.root,
        defaults={"size": taken.size, "hashes": taken.hashes, "staged_at": at},
    )
    judge_again(node, [row])


def judge_again(node: Node, rows: Iterable[HeldFile]) -> None:
    """Note of each file whether the line is to bring it, as its row and the acts are now."""
    mentions = FileMention.objects.using(node.alias)
    for row in rows:
        named = is_lacking(row, set(mentions.filter(root=row.root).values_list("side", flat=True)))
        if named != row.lacking:
            row.lacking = named
            row.save(using=node.alias, update_fields=["lacking"])


def erase(node: Node, root: str, *, at: datetime) -> bool:
    """Destroy the bytes of a file here, for good; tell whether there were any.

    Its row stays and says since when: it is neither asked for nor given out again.
    Raises Refusal "locked", "disk-full".
    """
    store = FileStore(node.home)
    had = root in store.lying_here()
    with writing(node.alias):
        erase_in(node, root, at=at)
    return had


def erase_in(node: Node, root: str, *, at: datetime) -> None:
    """Destroy the bytes of a file once the transaction that is open is committed."""
    HeldFile.objects.using(node.alias).update_or_create(
        root=root,
        defaults={
            "erased_at": at,
            "held": b"",
            "hashes": b"",
            "staged_at": None,
            "lacking": False,
            "their_held": None,
        },
        create_defaults={"erased_at": at, "size": 0},
    )
    transaction.on_commit(partial(_destroy, node, root), node.alias)


def _destroy(node: Node, root: str) -> None:
    node.trip("erased committed")
    FileStore(node.home).destroy(root)
    node.trip("destroyed")


def drop_unused(node: Node, *, keep: Collection[str], at: datetime) -> int:
    """Destroy what was put in more than a day ago and nothing names; return how many files.

    keep: roots that drafts or books name: only whoever has those rows knows them.
    Raises Refusal "locked", "disk-full".
    """
    with writing(node.alias):
        rows = HeldFile.objects.using(node.alias).filter(staged_at__lt=at - UNUSED_AFTER)
        found = rows.values_list("root", flat=True)
        return drop_named(node, {root for root in found if root not in keep})


def drop_named(node: Node, roots: Collection[str]) -> int:
    """Destroy those of some files that were put in here and no act names; return how many.

    Once the transaction that is open is committed. Raises Refusal "locked", "disk-full".
    """
    with writing(node.alias):
        named = FileMention.objects.using(node.alias).values("root")
        rows = HeldFile.objects.using(node.alias).filter(staged_at__isnull=False, erased_at=None)
        unused = [
            root
            for root in rows.exclude(root__in=named).values_list("root", flat=True)
            if root in roots
        ]
        for root in unused:
            rows.filter(root=root).delete()
            transaction.on_commit(partial(_destroy, node, root), node.alias)
    return len(unused)


def sweep(node: Node, *, at: datetime) -> int:
    """Finish what a crash left: delete bytes that were to be destroyed, or that no row knows.

    Returns how many files were deleted.
    """
    store = FileStore(node.home)
    with told_apart(node.alias):
        rows = HeldFile.objects.using(node.alias)
        gone = set(rows.exclude(erased_at=None).values_list("root", flat=True))
        known = set(rows.values_list("root", flat=True))
    lying = store.lying_here()
    destroyed = sum(store.destroy(root) for root in sorted(gone & lying))
    return destroyed + store.sweep(known, at=at)


def repair(node: Node, *, at: datetime) -> int:
    """Give up what the disk has lost or changed, so that it is asked for again; finish `sweep`.

    Returns how many files are asked for again. What was put in here and no act of ours names is
    left as it is: nobody else has it.
    """
    store, again = FileStore(node.home), 0
    with writing(node.alias):
        for row in HeldFile.objects.using(node.alias).filter(erased_at=None):
            said, good = held_chunks(row), good_chunks(store, row)
            released = FileMention.objects.using(node.alias).filter(side=Side.OWN, root=row.root)
            if not said & ~good or (row.staged_at is not None and not released.exists()):
                continue
            row.staged_at, row.held = None, write_set(said & good)
            row.save(using=node.alias, update_fields=["staged_at", "held"])
            judge_again(node, [row])
            again += 1
    sweep(node, at=at)
    return again


def _was_erased(row: HeldFile) -> Refusal:
    assert row.erased_at is not None
    return Refusal(
        "erased",
        thing=N_("The file {root}"),
        rule=N_("these very bytes were destroyed here on {day}, and that is for good."),
        remedy=N_("If it must go out again, scan or save it anew: another file, another root."),
        root=row.root[:12],
        day=f"{row.erased_at:%Y-%m-%d}",
    )
