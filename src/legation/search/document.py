"""What a room gives to the index, and how rooms are found.

A room that has something to find has a module `search` beside its models, found by looking;
nobody lists it. It may hold
    documents(node, things) -> Iterator[Document]   of things of the folded state
    own(node) -> Iterator[Document]                 of rows that are ours alone
What a room writes that is ours alone it gives to `search.services.put` in the same transaction.
No value that a kind marks as personal may stand in a document, unless `personal` is set.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

from django.apps import apps

from legation.acts.state import Thing
from legation.line.node import Node

LONGEST_TITLE: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing to find. See `models.Document` for what the fields are.

    head: what it is called (numbers, names); body: everything else that was written. Both are
    kept as words only, in the spellings of `spelling`.
    """

    key: str
    kind: str
    title: str
    page: str
    arg: str
    said: str = ""
    party: str = ""
    posts: str = ""
    writer: str = ""
    ours_only: bool = False
    personal: bool = False
    head: str = ""
    body: str = ""


@cache
def _rooms() -> tuple[ModuleType, ...]:
    names = [f"{app.name}.search" for app in apps.get_app_configs() if "legation" in app.name]
    return tuple(import_module(name) for name in names if find_spec(name) is not None)


def documents(node: Node, things: Iterable[Thing]) -> Iterator[Document]:
    """Yield what the rooms would have found of these things."""
    things = list(things)
    for room in _rooms():
        if things and hasattr(room, "documents"):
            yield from room.documents(node, things)


def own(node: Node) -> Iterator[Document]:
    """Yield what the rooms would have found of their rows that are ours alone."""
    for room in _rooms():
        if hasattr(room, "own"):
            yield from room.own(node)
