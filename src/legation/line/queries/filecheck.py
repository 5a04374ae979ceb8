"""Files as they must be: those that acts name, and every byte that a row says is here."""

from legation.acts.files import files_of
from legation.errors import Refusal
from legation.line.core.chunks import chunks_in, members, read_set, set_of, whole
from legation.line.filestore import FileStore
from legation.line.models import Entry, FileMention, HeldFile
from legation.line.node import Node
from legation.line.queries.files import is_lacking
from legation.line.queries.report import Report, table_of
from legation.record import canon
from legation.record.act import decode_opening

BATCH = 200


def check_files(node: Node, report: Report) -> None:
    """Compare what acts name, what rows say and what lies on the disk; every byte is read."""
    named = _check_mentions(node, report)
    store, table = FileStore(node.home), table_of(HeldFile)
    lying = store.lying_here()
    known = set(HeldFile.objects.using(node.alias).values_list("root", flat=True))
    for root in sorted(named.keys() - known):
        report.note(table, root[:12], "is not there")
    for row in HeldFile.objects.using(node.alias).order_by("root").iterator(BATCH):
        report.count("files")
        if row.lacking != is_lacking(row, named.get(row.root, set())):
            report.note(table, row.root[:12], "lacking")
        if row.lacking:
            report.count("files still to come")
        if row.erased_at is not None:
            if row.root in lying:
                report.note(table, row.root[:12], "erased, and its bytes lie here still")
            continue
        for what in _wrong_bytes(store, row):
            report.note(table, row.root[:12], what)


def held_chunks(row: HeldFile) -> int:
    """Return the set of chunks that a row says are here."""
    if row.erased_at is not None:
        return 0
    return whole(chunks_in(row.size)) if row.staged_at is not None else read_set(bytes(row.held))


def good_chunks(store: FileStore, row: HeldFile) -> int:
    """Return the set of chunks that lie here as their hashes say."""
    return set_of(store.good(row.root, row.size, bytes(row.hashes)))


def _wrong_bytes(store: FileStore, row: HeldFile) -> list[str]:
    wrong = held_chunks(row) & ~good_chunks(store, row)
    if wrong and not store.path(row.root).exists() and not store.part(row.root).exists():
        return ["its bytes are missing"]
    return [f"chunk {index}: its bytes have changed" for index in members(wrong)]


def _check_mentions(node: Node, report: Report) -> dict[str, set[str]]:
    """Compare the files that acts name with the rows; return who names which."""
    wanted: set[tuple[str, int, str, int]] = set()
    entries = Entry.objects.using(node.alias).filter(level__isnull=False, void="")
    for row in entries.only("side", "index", "opening").iterator(BATCH):
        if b'"files":[' in bytes(row.opening):
            wanted.update((row.side, row.index, *each) for each in _named(bytes(row.opening)))
    rows = FileMention.objects.using(node.alias).values_list("side", "index", "root", "size")
    held = set(rows)
    for side, index, root, _ in sorted(wanted ^ held):
        report.note(table_of(FileMention), f"{side} {index}", root[:12])
    report.count("files named", len(wanted))
    sides: dict[str, set[str]] = {}
    for side, _, root, _ in held:
        sides.setdefault(root, set()).add(side)
    return sides


def _named(opening: bytes) -> list[tuple[str, int]]:
    try:
        named = files_of(canon.decode(decode_opening(opening).body))
    except Refusal:
        return []  # a list of that name that is not one of files
    return [(ref.root.text, ref.size) for ref in named]
