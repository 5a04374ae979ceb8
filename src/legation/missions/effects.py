"""Project what changed in the folded state onto this room's rows.

A row holds nothing that its thing does not say, so `expected` needs the things alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from legation.acts.codec import to_body
from legation.acts.kinds import (
    calendar,
    channel,
    contest,
    exchange,
    licence,
    limit,
    person,
    post,
    premises,
    regime,
    service,
    slot,
    threshold,
)
from legation.acts.state import Thing
from legation.acts.statements import Register
from legation.line.node import Node
from legation.line.services.effects import Change, Row
from legation.missions.models import (
    Calendar,
    Channel,
    Contest,
    Exchange,
    Licence,
    Limit,
    Person,
    Post,
    Premises,
    Regime,
    Service,
    Slot,
    Standing,
    Threshold,
)
from legation.record.canon import Json

BATCH: Final = 200
SIDES: Final = ("sending", "receiving")


def _states(thing: Thing) -> dict[str, Json]:
    assert isinstance(thing, Register)
    return {"sending": thing.sending, "receiving": thing.receiving}


def _states_and_post(thing: Thing) -> dict[str, Json]:
    assert isinstance(thing, Register)
    post = thing.now("post")
    return {**_states(thing), "post": "" if post is None else post.value}


def _nothing(thing: Thing) -> dict[str, Json]:
    del thing
    return {}


def _year(thing: Thing) -> dict[str, Json]:
    assert isinstance(thing, calendar.Calendar)
    return {"by": thing.by.text, "year": thing.declared.year}


def _subject(thing: Thing) -> dict[str, Json]:
    assert isinstance(thing, contest.Contest)
    return {"by": thing.by.text, "thing": thing.thing.text, "field": thing.field}


@dataclass(frozen=True, slots=True)
class Table:
    """A register's rows, and the columns beside `body`, drawn from a thing."""

    rows: type[Standing]
    columns: tuple[str, ...]
    draw: Callable[[Thing], dict[str, Json]]

    @property
    def name(self) -> str:
        """The table's name in the database."""
        return f"missions_{self.rows.__name__.lower()}"

    def values(self, thing: Thing) -> dict[str, Json]:
        """Return a thing's columns."""
        return {"body": to_body(thing), **self.draw(thing)}


TABLES: Final[Mapping[str, Table]] = {
    post.Post.prefix: Table(Post, SIDES, _states),
    premises.Premises.prefix: Table(Premises, SIDES, _states),
    slot.Slot.prefix: Table(Slot, (*SIDES, "post"), _states_and_post),
    person.Person.prefix: Table(Person, SIDES, _states),
    limit.Limit.prefix: Table(Limit, (*SIDES, "post"), _states_and_post),
    channel.Channel.prefix: Table(Channel, (*SIDES, "post"), _states_and_post),
    licence.Licence.prefix: Table(Licence, SIDES, _states),
    service.Service.prefix: Table(Service, (*SIDES, "post"), _states_and_post),
    exchange.Exchange.prefix: Table(Exchange, SIDES, _states),
    threshold.Threshold.prefix: Table(Threshold, (), _nothing),
    regime.Regime.prefix: Table(Regime, (), _nothing),
    calendar.Calendar.prefix: Table(Calendar, ("by", "year"), _year),
    contest.Contest.prefix: Table(Contest, ("by", "thing", "field"), _subject),
}


def _prefix(name: str) -> str:
    return name.partition("/")[0]


def project(node: Node, changes: Sequence[Change]) -> None:
    """Write what changed: two statements a table at most, however many the changes."""
    for prefix, table in TABLES.items():
        mine = [change for change in changes if _prefix(change.id) == prefix]
        gone = [change.id for change in mine if change.after is None]
        if gone:
            table.rows.objects.using(node.alias).filter(id__in=gone).delete()
        rows = [
            table.rows(id=change.id, **table.values(change.after))
            for change in mine
            if change.after is not None
        ]
        if rows:
            table.rows.objects.using(node.alias).bulk_create(
                rows,
                batch_size=BATCH,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=["body", *table.columns],
            )


def clear(node: Node) -> None:
    """Drop every projected row; the chronicle is no projection and stays."""
    for table in TABLES.values():
        table.rows.objects.using(node.alias).all().delete()


def rows(node: Node) -> Iterator[Row]:
    """Yield every projected row."""
    for table in TABLES.values():
        found = table.rows.objects.using(node.alias).values("id", "body", *table.columns)
        for row in found.order_by("id").iterator(BATCH):
            yield table.name, row.pop("id"), row


def expected(node: Node, things: Mapping[str, Thing] | Iterable[Thing]) -> Iterator[Row]:
    """Yield what the rows must be for these things."""
    del node
    for thing in things.values() if isinstance(things, Mapping) else things:
        table = TABLES.get(_prefix(thing.id))
        if table is not None:
            yield table.name, thing.id, table.values(thing)
