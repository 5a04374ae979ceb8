"""An officer's own filters, each with how many notices it shows now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legation.desk.models import SavedFilter
from legation.line.node import Node
from legation.notices.queries import Filters, counts_of
from legation.officers.sight import sight_of

if TYPE_CHECKING:
    from legation.officers.models import Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One kept filter. link: the query of the list's address. count: what that list shows."""

    id: int
    name: str
    link: str
    count: int


def kept(node: Node, officer: "Officer") -> tuple[SavedFilter, ...]:
    """Return the officer's filters by name, uncounted; none but their own."""
    return tuple(SavedFilter.objects.using(node.alias).filter(officer=officer.username))


def counted(rows: Sequence[SavedFilter], counts: Sequence[int]) -> tuple[Saved, ...]:
    """Return filters with their counts."""
    return tuple(
        Saved(id=row.id, name=row.name, link=Filters.of(row.query).link(), count=count)
        for row, count in zip(rows, counts, strict=True)
    )


def saved(node: Node, officer: "Officer") -> tuple[Saved, ...]:
    """Return the officer's filters, each with what its list would show."""
    rows = kept(node, officer)
    if not rows:
        return ()
    chosen = [Filters.of(row.query) for row in rows]
    return counted(rows, counts_of(node, chosen, sight=sight_of(officer)))
