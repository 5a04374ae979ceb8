"""Which requests of theirs a request of ours may be tied to, one for one."""

from typing import Final

from legation.acts.catalogue import catalogue, newest_kind
from legation.acts.notices import NoticeKind
from legation.line.node import Node
from legation.notices.models import State
from legation.notices.queries.facets import within
from legation.officers.sight import Sight

MOST: Final = 100


def pairs_for(node: Node, kind: str, *, sight: Sight) -> list[tuple[str, str]]:
    """Return id and name of what a form lists: requests of theirs in sight, the newest first.

    Nothing for a kind that is not tied.
    """
    if not _tied(newest_kind(kind)):
        return []
    codes = {code for (code, _), each in catalogue().notices.items() if _tied(each)}
    rows = within(node, sight).filter(kind__in=codes, ours_only=False).exclude(by=node.party)
    standing = rows.exclude(state=State.WITHDRAWN).order_by("-at", "id")[:MOST]
    return [(row.id, f"{row.number}: {row.title}".removesuffix(": ")) for row in standing]


def _tied(kind: type[NoticeKind]) -> bool:
    return kind.pair is not NoticeKind.pair
