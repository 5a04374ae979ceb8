"""What happened to notices lately, on both sides: for the officer who comes in in the morning."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import BigIntegerField, F, Q, Subquery

from legation.line.models import Entry, Log, Side
from legation.line.node import Node
from legation.line.queries import book as reading
from legation.notices.effects import instant
from legation.notices.queries.lists import NoticeLine, by_ids
from legation.officers.sight import EVERYTHING, Sight

WINDOW: Final = 300
"""Entries of each log that are looked at, newest first: what is older is no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One act about a notice. what: released, answered, answer_changed, withdrawn or closed.

    by: its author. at: when it came here, or when we wrote it.
    """

    what: str
    by: str
    ours: bool
    at: datetime
    index: int
    notice: NoticeLine


def arrived(
    node: Node,
    *,
    since: datetime,
    ours: bool = True,
    most: int = 50,
    sight: Sight = EVERYTHING,
) -> tuple[Arrival, ...]:
    """Return what came in, and with `ours` what left, since an instant, newest first, in sight."""
    found: list[tuple[datetime, str, str, str, int]] = []
    sides = (Side.PEER, Side.OWN) if ours else (Side.PEER,)
    recent = reduce(or_, (_newest(node, side) for side in sides))
    rows = Entry.objects.using(node.alias).filter(recent, type__startswith="notice.", void="")
    columns = rows.values_list("side", "index", "type", "on", "at", "received_at")
    for side, index, name, on, at, received_at in columns:
        when = received_at or instant(at)
        if when >= since:
            found.append((when, side, name, on, index))
    for party, name, on, index, when in reading.since(node, since, most=WINDOW):
        side = Side.OWN if party == node.party else Side.PEER
        if name.startswith("notice.") and side in sides:
            found.append((when, side, name, on, index))
    found.sort(key=lambda one: (one[0], one[1], one[4]), reverse=True)
    lines = by_ids(node, {on for _, _, _, on, _ in found}, sight=sight)
    shown = [each for each in found if each[3] in lines]
    return tuple(
        Arrival(
            what=name.removeprefix("notice."),
            by=_author(node, side, lines[on]),
            ours=side == Side.OWN,
            at=when,
            index=index,
            notice=lines[on],
        )
        for when, side, name, on, index in shown[:most]
    )


def _newest(node: Node, side: str) -> Q:
    """Return the newest entries of a log, by their place: one walk along an index."""
    log = Log.objects.using(node.alias).filter(side=side)
    first = log.annotate(first=F("size") - WINDOW).values("first")
    return Q(side=side, index__gte=Subquery(first[:1], output_field=BigIntegerField()))


def _author(node: Node, side: str, line: NoticeLine) -> str:
    if side == Side.OWN:
        return node.party
    return line.addressee if line.ours else line.by
