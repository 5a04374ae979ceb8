"""What we know of posts, premises and the rest and have not stated. Ours only, all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from legation.acts.codec import from_body, to_body
from legation.acts.statements import Register, Side, Statement
from legation.line.node import Node
from legation.line.queries.book import overlay
from legation.line.queries.standing import Current
from legation.line.queries.state import record_id
from legation.missions.fields import is_never_stated, registers, side_of
from legation.missions.models import OwnStatement
from legation.officers.models import DraftAct, DraftState
from legation.record import canon
from legation.record.canon import Json

STATED: Final = ".stated"
MOST_GROUPS: Final = 40
CHUNK: Final = 100
Said = tuple[str, str, bytes]
"""Thing, field and the canonical bytes of a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """One statement that we have not made. number: of its row.

    author: the party that may state it. never: no act has such a field. raw: as it is kept.
    """

    number: int
    thing: str
    sending: str
    receiving: str
    field: str
    side: Side
    author: str
    never: bool
    statement: Statement
    raw: Mapping[str, Json]
    origin: str
    ref: str
    dossier: str
    entered_by: str
    entered_at: datetime

    @property
    def prefix(self) -> str:
        """Which register its thing is of."""
        return self.thing.partition("/")[0]

    @property
    def said(self) -> Said:
        """What would be said, to compare with what was."""
        return self.thing, self.field, canon.encode_large(dict(self.raw))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstated:
    """What our side may state of one thing and has not. waiting: numbers that a draft holds."""

    thing: str
    sending: str
    receiving: str
    rows: tuple[OwnView, ...]
    waiting: frozenset[int]

    @property
    def prefix(self) -> str:
        """Which register it is of."""
        return self.thing.partition("/")[0]


def own_statements(
    node: Node,
    *,
    thing: str = "",
    things: Iterable[str] = (),
    prefix: str = "",
    field: str = "",
    numbers: Iterable[int] = (),
) -> tuple[OwnView, ...]:
    """Return what we keep and have not struck, as entered; of some things, a register, a field."""
    rows = OwnStatement.objects.using(node.alias).filter(struck_at=None)
    wanted = {
        "thing": thing,
        "thing__in": list(things),
        "prefix": prefix,
        "field": field,
        "pk__in": list(numbers),
    }
    rows = rows.filter(**{key: value for key, value in wanted.items() if value})
    known = registers()
    return tuple(_view(row) for row in rows.order_by("id") if row.prefix in known)


def unstated(node: Node, *, after: str = "", most: int = MOST_GROUPS) -> tuple[Unstated, ...]:
    """Return what our side may state and has not, by thing, after this one; at most so many."""
    things = _with_ours(node)
    start = things.index(after) + 1 if after in things else 0
    found: list[Unstated] = []
    for first in range(start, len(things), CHUNK):
        found += _groups(node, things[first : first + CHUNK])
        if len(found) >= most:
            break
    return tuple(found[:most])


def _with_ours(node: Node) -> list[str]:
    """Return the things of which we keep anything that our side may state, by register and id."""
    order = {prefix: place for place, prefix in enumerate(registers())}
    rows = OwnStatement.objects.using(node.alias).filter(struck_at=None)
    columns = rows.values_list("thing", "prefix", "field", "sending", "receiving").distinct()
    found = {
        (order[prefix], thing)
        for thing, prefix, field, *states in columns
        if prefix in order and _is_ours(node.party, thing, field, states)
    }
    return [thing for _, thing in sorted(found)]


def _is_ours(party: str, thing: str, field: str, states: Sequence[str]) -> bool:
    side = 0 if side_of(thing, field) == "sending" else 1
    return states[side] == party and not is_never_stated(thing, field)


def _groups(node: Node, things: Sequence[str]) -> list[Unstated]:
    ours = own_statements(node, things=things)
    told = stated(node, things)
    waiting = drafted(node, things)
    groups: dict[str, list[OwnView]] = {thing: [] for thing in things}
    for row in ours:
        if row.author == node.party and not row.never and row.said not in told:
            groups[row.thing].append(row)
    return [
        Unstated(
            thing=name,
            sending=rows[0].sending,
            receiving=rows[0].receiving,
            rows=tuple(rows),
            waiting=frozenset(row.number for row in rows if row.said in waiting),
        )
        for name, rows in groups.items()
        if rows
    ]


def stated(node: Node, things: Iterable[str]) -> set[Said]:
    """Return all that our side has stated of these things.

    With a record, what is on paper alone does not count: the other side's node has not got it.
    """
    wanted = sorted(set(things))
    held = Current(node.alias, node.catalogue) if record_id(node) else overlay(node)
    held.prefetch(wanted)
    return {
        (name, field, _bytes(statement))
        for name in wanted
        if isinstance(found := held.get(name), Register)
        for field, told in _fields(found, node.party).items()
        for statement in told
    }


def drafted(node: Node, things: Iterable[str]) -> set[Said]:
    """Return all that open drafts would state of these things."""
    wanted = set(things)
    rows = DraftAct.objects.using(node.alias).filter(
        draft__state__in=(DraftState.DRAFTED, DraftState.CLEARED),
        type__endswith=STATED,
        on__in=wanted,
    )
    found = set[Said]()
    for name, body in rows.values_list("on", "body"):
        fields = canon.decode(bytes(body)).get("fields")
        for field, said in fields.items() if isinstance(fields, dict) else ():
            if isinstance(said, dict):
                found.add((name, field, canon.encode_large(said)))
    return found


def _fields(thing: Register, party: str) -> dict[str, tuple[Statement, ...]]:
    view = thing.view(party)
    return {} if view is None else {key: told.statements for key, told in view.fields.items()}


def _bytes(statement: Statement) -> bytes:
    written = to_body(statement)
    del written["index"]
    return canon.encode_large(written)


def _view(row: OwnStatement) -> OwnView:
    side = side_of(row.thing, row.field)
    return OwnView(
        number=row.pk,
        thing=row.thing,
        sending=row.sending,
        receiving=row.receiving,
        field=row.field,
        side=side,
        author=row.sending if side == "sending" else row.receiving,
        never=is_never_stated(row.thing, row.field),
        statement=from_body(Statement, {**row.statement, "index": 0}, row.thing),
        raw=row.statement,
        origin=row.origin,
        ref=row.ref,
        dossier=row.dossier,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
    )
