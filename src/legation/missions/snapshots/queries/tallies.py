"""Numbers of persons that our chronicle tells of as a whole: ours only, and never one by one."""

from datetime import datetime

from legation.line.node import Node
from legation.missions.models import ChronicleEntry
from legation.missions.numbered import numbered
from legation.missions.readiness.facts import Tally


def tallies(node: Node, *, then: datetime | None = None) -> tuple[Tally, ...]:
    """Return the numbers that facts of the chronicle tell. then: as at that instant."""
    rows = ChronicleEntry.objects.using(node.alias).filter(section="facts").order_by("on", "id")
    if then is not None:
        rows = rows.filter(loaded_at__lt=then)
    found = rows.values_list("key", "content")
    return tuple(each for key, content in found for each in numbered(key, content))
