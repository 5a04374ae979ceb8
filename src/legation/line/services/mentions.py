"""What acts say of files: which they name, and that one was erased. Whatever the type of the act.

Whether an act counts never changes once it is folded, so each is looked at once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from legation.acts.files import FileRef, files_of
from legation.errors import Refusal
from legation.line.core.chunks import chunks_in
from legation.line.filestore import FileStore
from legation.line.models import Entry, FileMention, HeldFile, Side
from legation.line.services import bulk, files
from legation.line.services.rows import Facts
from legation.record import canon
from legation.record.act import decode_opening
from legation.record.merkle import leaf_hash, root_of

ERASED: Final = "file.erased"
BATCH: Final = 500
_NAMES: Final = b'"files":['


def note(facts: Facts, rows: Sequence[Entry]) -> None:
    """Note what these entries, folded now, say of files, if they count."""
    telling = [row for row in rows if row.type == ERASED or _NAMES in bytes(row.opening)]
    for row in telling:
        if _counts(facts.alias, row):
            _note(facts, row)


def note_all(facts: Facts) -> None:
    """Note anew what all entries say of files: after they were all folded anew."""
    FileMention.objects.using(facts.alias).all().delete()
    rows = HeldFile.objects.using(facts.alias)
    rows.update(their_erased_at=None)
    entries = Entry.objects.using(facts.alias).filter(level__isnull=False, void="")
    for row in entries.order_by("level", "side").iterator(BATCH):
        if row.type == ERASED or _NAMES in bytes(row.opening):
            _note(facts, row)
    files.judge_again(facts.node, rows.all())


def _counts(alias: str, row: Entry) -> bool:
    # Asked of the table: folding the whole tail anew marks the rows there, not this one.
    found = Entry.objects.using(alias).filter(side=row.side, index=row.index, void="")
    return found.exists()


def _note(facts: Facts, row: Entry) -> None:
    body = canon.decode(decode_opening(bytes(row.opening)).body)
    if row.type == ERASED:
        _note_erased(facts, row, str(body["root"]))
    try:
        named = files_of(body)
    except Refusal:
        return  # a list of that name that is not one of files
    _note_named(facts, row, named)


def _note_named(facts: Facts, row: Entry, named: Iterable[FileRef]) -> None:
    mentions, held = [], []
    for ref in named:
        root = ref.root.text
        mentions.append(FileMention(side=row.side, index=row.index, root=root, size=ref.size))
        known, _ = HeldFile.objects.using(facts.alias).get_or_create(
            root=root, defaults={"size": ref.size, "hashes": _hashes(root, ref.size)}
        )
        if not known.size:  # erased before an act named it
            known.size = ref.size
            known.save(using=facts.alias, update_fields=["size"])
        if row.side == Side.OWN and known.staged_at is None and known.erased_at is None:
            _find_again(facts, known)
        held.append(known)
    bulk.insert(facts.alias, mentions)
    files.judge_again(facts.node, held)


def _find_again(facts: Facts, known: HeldFile) -> None:
    """Take a file of ours for what it is if its bytes lie here: a restore forgot its row."""
    store = FileStore(facts.node.home)
    if not store.path(known.root).exists():
        return
    hashes = [
        leaf_hash(store.chunk(known.root, n, known.size)) for n in range(chunks_in(known.size))
    ]
    if root_of(hashes).hash.hex() == known.root:
        known.hashes, known.staged_at = b"".join(hashes), facts.node.clock()
        known.save(using=facts.alias, update_fields=["hashes", "staged_at"])


def _hashes(root: str, size: int) -> bytes:
    """Return the list of hashes where the root says it: of a file of one chunk."""
    return bytes.fromhex(root) if chunks_in(size) == 1 else b""


def _note_erased(facts: Facts, row: Entry, root: str) -> None:
    at = datetime.fromisoformat(row.at)
    if row.side == Side.OWN:
        known = HeldFile.objects.using(facts.alias).filter(root=root, erased_at__isnull=False)
        if not known.exists():
            files.erase_in(facts.node, root, at=at)
        return
    HeldFile.objects.using(facts.alias).filter(root=root).update(
        their_erased_at=at, their_held=None
    )
