"""`legation counterpart`: which state the other party is, before any introduction."""

import argparse

from legation.cli.node import open_named
from legation.cli.output import Result
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _

PLACE = 15


def register(top: Family) -> None:
    """Add `counterpart`."""
    command = top.command(
        "counterpart",
        name_it,
        about=_("name the other state, to work with it on paper"),
        examples=["legation -n us counterpart RU --as Ada"],
    )
    command.add_argument("code", metavar="CODE", help=_("two or three letters of ISO 3166"))
    command.add_argument("--name", metavar="TEXT", default="", help=_("its name, else the usual"))
    add_officer(command)


def name_it(args: argparse.Namespace) -> Result:
    """Name the other state."""
    node = open_named(args)
    from legation.line.services.counterpart import name_counterpart
    from legation.officers.permissions import DRAFT, require
    from legation.officers.services import note_down, officer_by_token

    by = officer_by_token(node, args.officer)
    require(by, DRAFT)
    name = name_counterpart(node, args.code, name=args.name)
    note_down(node, what="counterpart.named", by=by, at=node.clock(), about=args.code.upper())
    return Result(
        text=_("This node works with {name} ({code}).").format(name=name, code=args.code.upper()),
        data={"code": args.code.upper(), "name": name},
    )
