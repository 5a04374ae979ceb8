"""Keep what a dossier tells of both sides as what we know and have not stated. Ours only.

1. Loaded again, it changes nothing; a newer edition, of the same title, takes its own rows'
   place: what it no longer tells is struck, and keeps its row.
2. What an officer struck stays struck, however often the dossier tells it.
3. What contradicts itself is kept on both sides of the contradiction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from legation.acts.codec import read_with
from legation.line.node import Node
from legation.missions.declared import REGIMES
from legation.missions.fields import place_of
from legation.missions.history import Kept
from legation.missions.known import Known
from legation.missions.models import ChronicleEntry, OwnStatement
from legation.officers.models import Officer
from legation.record import canon

BATCH: Final = 200
DOSSIER: Final = "dossier"
REPLACED: Final = "replaced"
Key = tuple[str, str, bytes, str]
"""Thing, field, canonical bytes of the statement, and the fact that it follows from."""


def keep_known(
    node: Node, title: str, known: Sequence[Known], officer: Officer, at: datetime
) -> int:
    """Keep what a dossier without a fault tells of registers; return how many rows are new."""
    rows = OwnStatement.objects.using(node.alias).filter(origin=DOSSIER, dossier=title)
    held = list(rows)
    active = {_key(row): row.pk for row in held if row.struck_at is None}
    refused = {_key(row) for row in held if row.struck_at and row.struck_why != REPLACED}
    wanted = {_key(row): row for row in (_row(one, title, officer, at) for one in known)}
    new = [row for key, row in wanted.items() if key not in active and key not in refused]
    gone = [pk for key, pk in active.items() if key not in wanted]
    for first in range(0, len(gone), BATCH):
        rows.filter(pk__in=gone[first : first + BATCH]).update(
            struck_at=at, struck_by=officer.username, struck_why=REPLACED
        )
    OwnStatement.objects.using(node.alias).bulk_create(new, batch_size=BATCH)
    return len(new)


def drop_declared(node: Node, title: str, entries: Sequence[Kept]) -> None:
    """Forget the declarations that an earlier edition told, and this one does not."""
    kept = [entry.key for entry in entries if entry.section == REGIMES]
    rows = ChronicleEntry.objects.using(node.alias).filter(section=REGIMES, dossier=title)
    rows.exclude(key__in=kept).delete()


def _row(one: Known, title: str, officer: Officer, at: datetime) -> OwnStatement:
    shape = place_of(one.thing, one.field).shape
    made = read_with(shape, dict(one.statement), f"{one.thing} {one.field}")
    return OwnStatement(
        thing=one.thing,
        prefix=one.prefix,
        sending=one.sending,
        receiving=one.receiving,
        field=one.field,
        statement=shape.write(made),
        origin=DOSSIER,
        ref=one.ref,
        dossier=title,
        entered_by=officer.username,
        entered_at=at,
    )


def _key(row: OwnStatement) -> Key:
    return row.thing, row.field, canon.encode_large(row.statement), row.ref
