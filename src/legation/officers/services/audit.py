"""Write down who did what. Ours only: an audit row never enters the log or an export."""

from collections.abc import Mapping
from datetime import datetime

from legation.line.node import Node
from legation.officers.models import AuditRow, Officer


def note_down(
    node: Node,
    *,
    what: str,
    by: Officer | str | None,
    at: datetime,
    about: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add one row to the audit, in the transaction of the deed itself.

    what: e.g. "draft.cleared". by: None where the machine's own command did it.
    detail: small JSON values; never a password, a token or a key.
    """
    AuditRow.objects.using(node.alias).create(
        at=at, by=str(by or ""), what=what, about=about, detail=dict(detail or {})
    )
