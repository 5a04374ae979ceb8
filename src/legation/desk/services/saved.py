"""Filters that an officer keeps under a name: kept, named anew, given up.

1. They are the officer's own: nobody else sees, changes or counts them.
2. A name stands once; to keep another choice under it is to change what it chooses.
3. Who writes nothing keeps none: an auditor reads.
4. An officer keeps twelve at most: each is counted whenever the list is opened.
"""

from datetime import datetime
from typing import Final

from legation.desk.models import SavedFilter
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.notices.queries import Filters
from legation.officers.permissions import DRAFT, require
from legation.officers.services import Officer

MOST: Final = 12
LONGEST_NAME: Final = 60


def save_filter(node: Node, *, name: str, query: str, by: Officer, at: datetime) -> None:
    """Keep a choice of notices under a name.

    query: of the list's address. Raises Refusal "no-name", "no-filter", "too-many", "suspended",
    "role".
    """
    require(by, DRAFT)
    name, kept = _named(name), Filters.of(query).link()
    if not kept:
        raise _refusal("no-filter", N_("it chooses every notice."), N_("Choose a filter first."))
    with writing(node.alias):
        rows = SavedFilter.objects.using(node.alias).filter(officer=by.username)
        if not rows.filter(name=name).update(query=kept):
            if rows.count() >= MOST:
                rule = N_("an officer keeps twelve.")
                raise _refusal("too-many", rule, N_("Delete one that you no longer use."))
            rows.create(officer=by.username, name=name, query=kept, made_at=at)


def rename_filter(node: Node, *, number: int, name: str, by: Officer) -> None:
    """Give a kept filter another name.

    Raises Refusal "no-name", "name-taken", "unknown-filter", "suspended", "role".
    """
    require(by, DRAFT)
    name = _named(name)
    with writing(node.alias):
        rows = SavedFilter.objects.using(node.alias).filter(officer=by.username)
        if rows.filter(name=name).exclude(id=number).exists():
            rule = N_("another filter of yours has this name.")
            raise _refusal("name-taken", rule, N_("Choose another name."))
        if not rows.filter(id=number).update(name=name):
            raise _unknown()


def delete_filter(node: Node, *, number: int, by: Officer) -> None:
    """Give up a kept filter; the notices stay. Raises Refusal "unknown-filter", "role" …."""
    require(by, DRAFT)
    with writing(node.alias):
        rows = SavedFilter.objects.using(node.alias).filter(officer=by.username, id=number)
        if not rows.delete()[0]:
            raise _unknown()


def _named(name: str) -> str:
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name or not name.isprintable():
        raise _refusal("no-name", N_("it has no name."), N_("Write a short name for it."))
    return name


def _unknown() -> Refusal:
    rule = N_("you keep no such filter.")
    return _refusal("unknown-filter", rule, N_("Choose one from the list of notices."))


def _refusal(code: str, rule: str, remedy: str) -> Refusal:
    return Refusal(code, thing=N_("Saved filter"), rule=rule, remedy=remedy)
