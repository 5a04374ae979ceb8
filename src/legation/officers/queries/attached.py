"""Files beside the acts of a draft: what each is, and what was taken out of it. Ours only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef

from legation.acts.codec import from_json
from legation.acts.files import FileRef, files_of
from legation.line.node import Node
from legation.officers.intake.told import Removed, Warned
from legation.officers.models import Scan
from legation.officers.queries import DraftPage

TAKEN: Final = "file.taken"
MOST_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanLine:
    """A file beside a thing that is ours alone. what: "delivered", "reply" or "other"."""

    ref: FileRef
    what: str
    added_by: str
    added_at: datetime
    removed: tuple[Removed, ...]
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file of a draft. n: of the act. was: size as it came, 0 where that is not known here.

    removed, warnings: what intake said of it. by: who added it.
    """

    n: int
    ref: FileRef
    was: int = 0
    pages: int = 0
    by: str = ""
    removed: tuple[Removed, ...] = ()
    warnings: tuple[Warned, ...] = ()


def attached(page: DraftPage) -> tuple[Attached, ...]:
    """Return the files of a draft, those about one person left out, act by act: nothing is read."""
    told = {
        str(row.detail.get("root")): {**row.detail, "by": row.by}
        for row in page.history
        if row.what == TAKEN
    }
    return tuple(
        _attached(act.n, ref, told.get(ref.root.text, {}))
        for act in page.acts
        if isinstance(act.fields.get("files", []), list)
        for ref in files_of(act.fields)
        if ref.person is None
    )


def scanned_too(column: str) -> dict[str, Exists]:
    """Return what tells in a query of others whether files of ours lie beside it.

    scanned: `scans` has any of the thing that `column` names.
    """
    return {"scanned": Exists(Scan.objects.filter(thing=OuterRef(column), dropped_at=None))}


def scans(node: Node, thing: str) -> tuple[ScanLine, ...]:
    """Return the files beside a thing that are ours alone. Whoever asks has judged the sight."""
    rows = Scan.objects.using(node.alias).filter(thing=thing, dropped_at=None)
    found = []
    for row in rows.order_by("id")[:MOST_ROWS]:
        ref = from_json(FileRef, row.ref, "files")
        told = _attached(0, ref, row.told)
        found.append(
            ScanLine(
                ref=ref,
                what=row.what,
                added_by=row.added_by,
                added_at=row.added_at,
                removed=told.removed,
                warnings=told.warnings,
            )
        )
    return tuple(found)


def _attached(n: int, ref: FileRef, told: Mapping[str, object]) -> Attached:
    removed, warnings = told.get("removed", ()), told.get("warnings", ())
    was, pages = told.get("was", 0), told.get("pages", 0)
    return Attached(
        n=n,
        ref=ref,
        was=was if isinstance(was, int) else 0,
        pages=pages if isinstance(pages, int) else 0,
        by=str(told.get("by", "")),
        removed=tuple(Removed(**each) for each in removed) if isinstance(removed, list) else (),
        warnings=(
            tuple(Warned(what=str(each)) for each in warnings) if isinstance(warnings, list) else ()
        ),
    )
