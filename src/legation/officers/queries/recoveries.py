"""Who is being let back in. The code itself is kept nowhere."""

from dataclasses import dataclass
from datetime import datetime

from legation.line.node import Node
from legation.officers.models import Recovery


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryLine:
    """One officer being let back in. second_by: "" while the second approval is awaited."""

    name: str
    first_by: str
    first_at: datetime
    second_by: str
    until: datetime


def recoveries(node: Node) -> tuple[RecoveryLine, ...]:
    """Return those that are open now, newest first."""
    rows = Recovery.objects.using(node.alias).filter(ended_at=None, code_until__gt=node.clock())
    return tuple(
        RecoveryLine(
            name=row.officer.username,
            first_by=row.first_by,
            first_at=row.first_at,
            second_by=row.second_by,
            until=row.code_until,
        )
        for row in rows.select_related("officer")[:50]
    )
