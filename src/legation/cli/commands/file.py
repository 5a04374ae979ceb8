"""`legation file`: the files beside a notice, and the word that one was destroyed."""

import argparse

from legation.cli.node import open_named
from legation.cli.output import Result, table
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _

PLACE = 52


def register(top: Family) -> None:
    """Add the family `file`."""
    family = top.family("file", about=_("files beside notices: which there are, and erasing one"))
    listing = family.command(
        "list",
        list_all,
        about=_("the files of a notice and of its answers, and who said that one is erased"),
        examples=["legation -n us file list US-MOW/2026/002"],
    )
    listing.add_argument("notice", metavar="ID")
    erase = family.command(
        "erase",
        erase_one,
        about=_("make a draft that says we destroyed a file; releasing it destroys it here"),
        examples=[
            'legation -n us file erase US-MOW/2026/002 5165f7b8… --ground "Asked for." --as Ada'
        ],
    )
    erase.add_argument("notice", metavar="ID")
    erase.add_argument("root", metavar="ROOT")
    erase.add_argument("--ground", metavar="WORDS", required=True, help=_("why, in words"))
    erase.set_defaults(json=True)
    add_officer(erase)


def list_all(args: argparse.Namespace) -> Result:
    """Show the files of a notice."""
    node = open_named(args)
    from legation.acts.kinds.notice_state import NoticeState
    from legation.line.queries import thing
    from legation.notices.queries import find_id

    found = thing(node, find_id(node, args.notice))
    assert isinstance(found, NoticeState)
    rows = [
        (
            ref.root,
            ref.size,
            ref.type,
            ref.name or (_("person {number}").format(number=ref.person) if ref.person else "-"),
            " ".join(each.by for each in found.erased if each.root == ref.root) or "-",
        )
        for ref in found.all_files()
    ]
    heads = (_("ROOT"), _("BYTES"), _("TYPE"), _("NAME"), _("ERASED BY"))
    data = {"files": list(found.all_files()), "erased": list(found.erased)}
    return Result(text=table(heads, rows), data=data)


def erase_one(args: argparse.Namespace) -> Result:
    """Make a draft of our word that a file was destroyed."""
    node = open_named(args)
    from legation.notices import services
    from legation.officers import queries
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    row = services.draft_erasure(
        node, notice=args.notice, root=args.root, ground=args.ground, by=by, at=node.clock()
    )
    line = queries.draft(node, row.id).line
    return Result(data={"draft": line.id, "hash": line.hash})
