"""Files that nothing names any longer: destroyed a day after, or with the draft that named them.

A file counts as named while an act of the record, an open draft, the book, a delivery or a scan
names it. Rooms above keep more of them by saying which.
"""

from collections.abc import Collection
from datetime import datetime

from legation.acts.files import files_of
from legation.line.models import BookEntry, Delivery
from legation.line.node import Node
from legation.line.services import files as store
from legation.officers.models import Draft, DraftAct, DraftState, Scan
from legation.record.act import decode_opening
from legation.record.canon import Json, decode

OPEN = (DraftState.DRAFTED, DraftState.CLEARED)


def sweep_files(node: Node, *, at: datetime, keep: Collection[str] = ()) -> int:
    """Destroy files put in a day ago or more that no act, draft, book or scan names.

    keep: roots that others name. Returns how many. Raises Refusal as `files.drop_unused`.
    """
    return store.drop_unused(node, keep=named_here(node) | set(keep), at=at)


def drop_with(node: Node, draft: Draft) -> None:
    """Destroy the files of a draft that was just given up, where nothing else names them.

    Within the transaction that gives it up. A person's data is no longer here then.
    """
    acts = DraftAct.objects.using(node.alias).filter(draft=draft)
    mine = {root for act in acts for root in _roots(decode(bytes(act.body)))}
    if mine:
        store.drop_named(node, mine - named_here(node))


def named_here(node: Node) -> set[str]:
    """Return the roots that open drafts, the book, deliveries and scans name."""
    alias = node.alias
    found = set(Scan.objects.using(alias).filter(dropped_at=None).values_list("root", flat=True))
    open_ = Draft.objects.using(alias).filter(state__in=OPEN)
    for body in DraftAct.objects.using(alias).filter(draft__in=open_).values_list("body"):
        found |= _roots(decode(bytes(body[0])))
    for opening in BookEntry.objects.using(alias).values_list("opening"):
        found |= _roots(decode(decode_opening(bytes(opening[0])).body))
    for scan in Delivery.objects.using(alias).values_list("scan", flat=True):
        if isinstance(scan, dict) and isinstance(scan.get("root"), str):
            found.add(scan["root"])
    return found


def _roots(body: dict[str, Json]) -> set[str]:
    return {ref.root.text for ref in files_of(body)} if body.get("files") else set()
