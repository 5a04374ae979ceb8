"""What follows from a change of the folded state: the rooms' own rows, in the same transaction.

A room with rows of its own has a module `effects` beside its models, found by looking; nobody
lists it. After a restore a thing may come back later than its receipt: a room that shows receipts
reads what is known already (`queries.receipt`) when a thing appears. It may hold
    project(node, changes)                       things that changed, before and after
    received(node, *, party, first, until, at)   entries of a party's log were received
    clear(node)                                  drop all rows that are projections
    rows(node) -> (table, key, value) …          the projected rows, as plain dicts
    expected(node, things) -> the same           what they must be for these things
    counts(node) -> {state: number}              notices by where they stand
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TypeAlias

from django.apps import apps

from legation.acts.state import Thing
from legation.line.node import Node
from legation.record.canon import Json

Row: TypeAlias = tuple[str, str, dict[str, Json]]
"""Table, key and values of one projected row."""


@dataclass(frozen=True, slots=True)
class Change:
    """A thing before and after; None where it was not there, or is there no longer."""

    id: str
    before: Thing | None
    after: Thing | None


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = [f"{app.name}.effects" for app in apps.get_app_configs()]
    return tuple(import_module(name) for name in names if find_spec(name) is not None)


def _having(function: str) -> Iterator[ModuleType]:
    return (module for module in _modules() if hasattr(module, function))


def project(node: Node, changes: Sequence[Change]) -> None:
    """Tell every room what changed in the record, as it is with what is on paper over it."""
    from legation.line.services import booked  # noqa: PLC0415 - which tells of changes itself

    if changes:
        tell(node, booked.over(node, changes))


def tell(node: Node, changes: Sequence[Change]) -> None:
    """Tell every room what changed for this desk."""
    if changes:
        for module in _having("project"):
            module.project(node, changes)


def received(node: Node, *, party: str, first: int, until: int, at: str) -> None:
    """Tell every room that the entries [first, until) of a party's log were received.

    at: when, by the receiver's own log.
    """
    for module in _having("received"):
        module.received(node, party=party, first=first, until=until, at=at)


def clear(node: Node) -> None:
    """Have every room drop its projected rows."""
    for module in _having("clear"):
        module.clear(node)


def rows(node: Node) -> Iterator[Row]:
    """Yield every projected row of every room."""
    for module in _having("rows"):
        yield from module.rows(node)


def expected(node: Node, things: Mapping[str, Thing] | Iterable[Thing]) -> Iterator[Row]:
    """Yield what the projected rows must be for these things."""
    for module in _having("expected"):
        yield from module.expected(node, things)


def counts(node: Node) -> Iterator[dict[str, int]]:
    """Yield what the rooms that keep notices count, by where they stand."""
    for module in _having("counts"):
        yield module.counts(node)
