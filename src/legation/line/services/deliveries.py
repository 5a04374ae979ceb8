"""Deliveries on paper: recorded, and corrected by another record that leaves the first in sight.

1. A delivery is not before the release, and not in the future, by either capital's day.
2. A day alone is kept as a day; clocks run from its noon where the paper was handed over.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from legation.acts.values import Day, Instant
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.models import Delivery
from legation.line.node import Node
from legation.line.queries.book import overlay
from legation.line.services import effects
from legation.line.services.effects import Change
from legation.record.canon import Json
from legation.ui.clocks import Clock, clock_of

NOON: Final = timedelta(hours=12)
LONGEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What an officer says of a delivery. on: "2026-11-23", or an instant with its zone."""

    on: str
    place: str
    by_whom: str
    stamp: str = ""
    scan: dict[str, Json] | None = None


def instant_of(on: str, clock: Clock) -> tuple[datetime, date]:
    """Return the instant that clocks run from, and the day. Raises Refusal "day"."""
    if "T" in on:
        at = Instant(on).utc
        return at, clock.local(at).date()
    day = Day(on)
    if len(day) != 10:
        raise Refusal(
            "day",
            thing=N_("“{text}”"),
            rule=N_("a delivery has its whole day, as 2026-11-23."),
            remedy=N_("Give year, month and day."),
            text=on[:80],
            field="on",
        )
    start = datetime(day.first.year, day.first.month, day.first.day, tzinfo=clock.tz)
    return start + NOON, day.first


def deliver(
    node: Node,
    name: str,
    handed: Handed,
    *,
    of: str,
    to: str,
    released_at: datetime,
    by: str,
    at: datetime,
    corrects: int | None = None,
    why: str = "",
) -> Delivery:
    """Record that a notice of party `of` was handed over on paper to party `to`.

    corrects: id of the record that was mistyped. Raises Refusal "day", "instant", "future",
    "before-release", "missing-field", "too-long", "delivered" already, "unknown-entry".
    """
    clock = clock_of(to)
    when, day = instant_of(handed.on.strip(), clock)
    said = _checked(handed)
    clocks = (clock, clock_of(node.party), clock_of(of))
    if day > max(each.local(at).date() for each in clocks):
        raise _day("future", N_("a delivery that is recorded is not in the future."), handed.on)
    if day < min(each.local(released_at).date() for each in clocks):
        rule = N_("nothing is handed over before it is released.")
        raise _day("before-release", rule, handed.on)
    with writing(node.alias):
        rows = Delivery.objects.using(node.alias).filter(thing=name, replaced_by=None)
        _check_first(rows.values_list("id", flat=True).first(), corrects)
        row = rows.create(
            thing=name,
            on=handed.on.strip(),
            # Noon of the day of release may lie before it.
            at=min(max(when, released_at), at),
            scan=handed.scan or {},
            entered_by=by,
            entered_at=at,
            why=why,
            **said,
        )
        if corrects is not None:
            Delivery.objects.using(node.alias).filter(id=corrects).update(replaced_by=row.id)
        thing = overlay(node).get(name)
        effects.tell(node, [Change(name, thing, thing)])
    return row


def _checked(handed: Handed) -> dict[str, str]:
    said = {"place": handed.place, "by_whom": handed.by_whom, "stamp": handed.stamp}
    for key, text in said.items():
        said[key] = " ".join(text.split())
        missing = not said[key] and key != "stamp"
        if missing or len(said[key]) > LONGEST:
            raise Refusal(
                "missing-field" if missing else "too-long",
                thing=N_("A delivery, field “{field}”"),
                rule=N_("it says in 1 to {most} characters where, and by whom."),
                remedy=N_("Fill it in."),
                field=key,
                most=LONGEST,
            )
    return said


def _check_first(held: int | None, corrects: int | None) -> None:
    if held == corrects:
        return
    raise Refusal(
        "delivered" if corrects is None else "unknown-entry",
        thing=N_("Delivery of this notice"),
        rule=N_("it is recorded already.")
        if corrects is None
        else N_("the record to correct is not the one that counts."),
        remedy=N_("Look at the notice as it stands, and correct what is recorded there."),
    )


def _day(code: str, rule: str, on: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("A delivery on {on}"),
        rule=rule,
        remedy=N_("Correct the date."),
        on=on[:40],
        field="on",
    )
