"""`legation calendar` and `legation clock`: days that count, and how long an answer may take."""

import argparse
from typing import TYPE_CHECKING

from legation.cli.inputs import read_json
from legation.cli.node import open_named
from legation.cli.output import Result, table
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.acts.notices import Clock
    from legation.line.node import Node
    from legation.officers.services import Draft

PLACE = 55


def register(top: Family) -> None:
    """Add the families `calendar` and `clock`."""
    calendar = top.family("calendar", about=_("the days on which offices are closed"))
    draft = calendar.command(
        "draft",
        draft_one,
        about=_("make a draft of our calendar of a year; prints its id and hash"),
        examples=[
            "legation -n us calendar draft 2027 --as Ada",
            "legation -n us calendar draft 2027 --days 2027.json --as Ada",
        ],
    )
    draft.add_argument("year", metavar="YEAR", type=int)
    draft.add_argument(
        "--days",
        metavar="FILE|-",
        help=_("the year as JSON, instead of those that the library of holidays knows"),
    )
    draft.set_defaults(json=True)
    add_officer(draft)
    calendar.command(
        "list",
        list_calendars,
        about=_("the calendars that both sides have declared"),
        examples=["legation -n us calendar list"],
    )
    clock = top.family("clock", about=_("how long an answer may take, as both sides accept it"))
    accept = clock.command(
        "accept",
        accept_one,
        about=_("make a draft that accepts a clock for a kind of notice"),
        examples=[
            "legation -n us clock accept premises.access --amount 30 --unit working_days --as Ada"
        ],
    )
    accept.add_argument("kind", metavar="KIND")
    accept.add_argument("--amount", metavar="N", type=int, required=True)
    accept.add_argument("--unit", choices=("hours", "days", "working_days"), required=True)
    accept.set_defaults(json=True)
    add_officer(accept)
    clock.command(
        "list",
        list_clocks,
        about=_("what each side accepts; a clock that both accept is in force"),
        examples=["legation -n us clock list"],
    )


def draft_one(args: argparse.Namespace) -> Result:
    """Make a draft of our calendar of a year."""
    data = None if args.days is None else read_json(args.days)
    node = open_named(args)
    from legation.notices import calendars
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    return _drafted(
        node, calendars.draft_calendar(node, year=args.year, data=data, by=by, at=node.clock())
    )


def accept_one(args: argparse.Namespace) -> Result:
    """Make a draft that accepts a clock."""
    node = open_named(args)
    from legation.notices import calendars
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    row = calendars.draft_clock(
        node, kind=args.kind, amount=args.amount, unit=args.unit, by=by, at=node.clock()
    )
    return _drafted(node, row)


def _drafted(node: "Node", row: "Draft") -> Result:
    from legation.officers import queries

    line = queries.draft(node, row.id).line
    return Result(data={"draft": line.id, "hash": line.hash})


def list_calendars(args: argparse.Namespace) -> Result:
    """Show the calendars that are declared."""
    node = open_named(args)
    from legation.notices.calendars import declared

    found = declared(node)
    rows = [
        (
            str(each.by),
            each.declared.year,
            " ".join(each.declared.weekend),
            len(each.declared.days),
            len(each.declared.worked),
        )
        for each in found
    ]
    heads = (_("PARTY"), _("YEAR"), _("WEEKEND"), _("CLOSED"), _("WORKED"))
    return Result(text=table(heads, rows), data={"calendars": list(found)})


def list_clocks(args: argparse.Namespace) -> Result:
    """Show the clock of every kind."""
    node = open_named(args)
    from legation.notices.calendars import clocks

    found = clocks(node)
    rows = [
        (line.kind, *(_said(each) for each in (line.asked, line.ours, line.theirs, line.in_force)))
        for line in found
    ]
    heads = (_("KIND"), _("ASKED FOR"), _("WE ACCEPT"), _("THEY ACCEPT"), _("IN FORCE"))
    return Result(text=table(heads, rows), data={"clocks": list(found)})


def _said(clock: "Clock | None") -> str:
    return "-" if clock is None else f"{clock.amount} {clock.unit}"
