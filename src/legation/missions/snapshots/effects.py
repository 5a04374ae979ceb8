"""Count what changed in the record and in the book, in the transaction that changes it."""

from collections.abc import Iterable, Sequence

from django.db.models import Max

from legation.line.node import Node
from legation.line.services import bulk
from legation.line.services.effects import Change
from legation.missions.snapshots.models import EVERYTHING, Changed


def project(node: Node, changes: Sequence[Change]) -> None:
    """Note which things changed."""
    _note(node, (change.id for change in changes))


def clear(node: Node) -> None:
    """Note that every thing is made anew: what follows does not name those that are gone."""
    _note(node, (EVERYTHING,))


def _note(node: Node, names: Iterable[str]) -> None:
    last: int = Changed.objects.using(node.alias).aggregate(last=Max("n"))["last"] or 0
    bulk.upsert(node.alias, [Changed(id=name, n=last + 1) for name in names], ["n"])
