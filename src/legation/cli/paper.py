"""What `legation notice` does about paper: deliver, reply, came, restate."""

import argparse

from legation.cli.inputs import read_json
from legation.cli.node import open_named
from legation.cli.output import Result
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _


def add_to(family: Family) -> None:
    """Add what is done on paper to the family `notice`."""
    deliver = family.command(
        "deliver",
        deliver_one,
        about=_("record that a notice was handed over on paper; ours only"),
        examples=[
            "legation -n us notice deliver NUMBER --on 2026-11-23 --place MFA --by Ann --as Ada"
        ],
    )
    deliver.add_argument("notice", metavar="NUMBER", help=_("its number, or its id"))
    deliver.add_argument("--on", metavar="DATE", required=True, help=_("the day, as 2026-11-23"))
    deliver.add_argument("--place", metavar="TEXT", required=True, help=_("where"))
    deliver.add_argument("--by", metavar="NAME", required=True, help=_("who took it there"))
    deliver.add_argument("--stamp", metavar="TEXT", default="", help=_("the registry’s stamp"))
    add_officer(deliver)
    reply = family.command(
        "reply",
        reply_to_one,
        about=_("type in their reply on paper, as the answer to our notice; ours only"),
        examples=["legation -n us notice reply US-MOW/2026/P-001 --json reply.json --as Ada"],
        reads_json=True,
    )
    reply.add_argument("notice", metavar="NUMBER", help=_("its number, or its id"))
    _add_correction(reply)
    came = family.command(
        "came",
        came_one,
        about=_("type in a note of theirs that came on paper; ours only"),
        examples=["legation -n us notice came note --json theirs.json --as Ada"],
        reads_json=True,
    )
    came.add_argument("kind", metavar="KIND")
    _add_correction(came)
    restate = family.command(
        "restate",
        restate_some,
        about=_("draft for the record what was on paper; prints the draft's id"),
        examples=["legation -n us notice restate US-MOW/2026/P-001 --as Ada"],
    )
    restate.add_argument("things", metavar="NUMBER", nargs="+", help=_("numbers, or ids of things"))
    add_officer(restate)


def _add_correction(parser: argparse.ArgumentParser) -> None:
    add_officer(parser)
    parser.add_argument(
        "--corrects", metavar="N", type=int, help=_("entry of the book that was mistyped")
    )
    parser.add_argument("--why", metavar="TEXT", default="", help=_("what was mistyped"))


def deliver_one(args: argparse.Namespace) -> Result:
    """Record a delivery."""
    node = open_named(args)
    from legation.line.services.deliveries import Handed
    from legation.notices.paper import services
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    handed = Handed(on=args.on, place=args.place, by_whom=args.by, stamp=args.stamp)
    row = services.deliver(node, notice=args.notice, handed=handed, by=by, at=node.clock())
    return Result(
        text=_("{notice} was handed over on {on}. That stays with us.").format(
            notice=args.notice, on=row.on
        ),
        data={"notice": row.thing, "on": row.on, "delivery": row.id},
    )


def reply_to_one(args: argparse.Namespace) -> Result:
    """Type in their reply."""
    data = read_json(args.input)
    node = open_named(args)
    from legation.notices.paper import services
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    entered = services.enter_reply(
        node,
        notice=args.notice,
        data=data,
        by=by,
        at=node.clock(),
        corrects=args.corrects,
        why=args.why,
    )
    return _entered(entered.on, entered.number, entered.index)


def came_one(args: argparse.Namespace) -> Result:
    """Type in a note of theirs."""
    data = read_json(args.input)
    node = open_named(args)
    from legation.notices.paper import services
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    entered = services.enter_note(
        node,
        kind=args.kind,
        data=data,
        by=by,
        at=node.clock(),
        corrects=args.corrects,
        why=args.why,
    )
    return _entered(entered.on, entered.number, entered.index)


def _entered(on: str, number: str, index: int) -> Result:
    from legation.acts.places import BOOK

    return Result(data={"notice": on, "number": number, "entry": index - BOOK})


def restate_some(args: argparse.Namespace) -> Result:
    """Draft for the record what was on paper."""
    node = open_named(args)
    from legation.errors import Refusal
    from legation.notices.queries import find_id
    from legation.notices.restating.services import restate
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    things = []
    for name in args.things:
        try:
            things.append(find_id(node, name))
        except Refusal:
            things.append(name)
    title = _("Restated from paper")
    row = restate(node, things=things, title=title, by=by, at=node.clock())
    return Result(
        text=_("{draft} waits for a second officer.").format(draft=row.id), data={"draft": row.id}
    )
