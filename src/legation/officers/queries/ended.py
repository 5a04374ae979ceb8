"""Which drafts have left or were given up, and when."""

from collections.abc import Iterable
from datetime import datetime

from legation.line.node import Node
from legation.officers.models import Draft


def ended(node: Node, ids: Iterable[str], *, before: datetime) -> dict[str, datetime]:
    """Return those of some drafts that left or were given up before an instant, and when."""
    rows = Draft.objects.using(node.alias).filter(id__in=list(ids))
    found = {row.id: row.released_at or row.discarded_at for row in rows}
    return {name: at for name, at in found.items() if at is not None and at < before}
