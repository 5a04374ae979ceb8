"""`legation introduce`: two nodes come to know each other by a file and twelve words."""

import argparse
from pathlib import Path

from legation.cli.inputs import LARGEST_INTRODUCTION, read_input
from legation.cli.node import open_named
from legation.cli.output import Result, tell
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _

PLACE = 30
CUSTODIANS_NEEDED = 2


def register(top: Family) -> None:
    """Add the family `introduce`."""
    family = top.family("introduce", about=_("get to know the other side's node"))
    export = family.command(
        "export",
        export_file,
        about=_("write our signed introduction for the other side"),
        examples=["legation -n us introduce export us.introduction"],
    )
    export.add_argument("file", metavar="FILE")
    export.add_argument("--peer", metavar="CODE", help=_("whom it is for, if `init` did not say"))
    take = family.command(
        "import",
        import_file,
        about=_("take the other side's introduction; shows its twelve words"),
        examples=["legation -n us introduce import ru.introduction"],
    )
    take.add_argument("file", metavar="FILE|-")
    confirm = family.command(
        "confirm",
        confirm_words,
        about=_("say the twelve words that the other side read out from its own file"),
        examples=[
            "legation -n us introduce confirm --words abandon ability … zoo --as Ada",
            "legation -n us introduce confirm --words abandon ability … zoo --as Bela",
        ],
    )
    confirm.add_argument(
        "--words", metavar="WORD", nargs="+", required=True, help=_("the twelve words, in order")
    )
    add_officer(confirm)


def export_file(args: argparse.Namespace) -> Result:
    """Write our introduction, and show its words."""
    node = open_named(args)
    from legation.acts.introduction import open_introduction, words
    from legation.line.files import PUBLIC, write_durably
    from legation.line.services import own_introduction

    file = own_introduction(node, peer=args.peer)
    introduction = open_introduction(file)
    write_durably(Path(args.file).absolute(), file, mode=PUBLIC)
    if len(introduction.document.custodians) < CUSTODIANS_NEEDED:
        tell(
            _(
                "Warning: fewer than two key custodians are named in it. Without two, a node"
                " restored from a backup cannot go on. Add them now and export again."
            )
        )
    return Result(
        text="\n".join(
            (
                _("Introduction of {party} for {peer} written to {path}.").format(
                    party=introduction.party, peer=introduction.peer, path=args.file
                ),
                _("Root fingerprint: {fp}").format(fp=introduction.root),
                _("Read these twelve words to the other side, over another way than the file:"),
                "  " + " ".join(words(file)),
            )
        ),
        data={
            "file": Path(args.file).absolute(),
            "party": introduction.party,
            "peer": introduction.peer,
            "root": introduction.root,
            "words": words(file),
        },
    )


def import_file(args: argparse.Namespace) -> Result:
    """Take their introduction, and show its words."""
    file = read_input(args.file, limit=LARGEST_INTRODUCTION)
    node = open_named(args)
    from legation.acts.introduction import words
    from legation.line.services import import_introduction

    theirs = import_introduction(node, file, at=node.clock())
    return Result(
        text="\n".join(
            (
                _("Introduction of {name} ({party}) taken; it does not count yet.").format(
                    name=theirs.name, party=theirs.party
                ),
                _("Root fingerprint it claims: {fp}").format(fp=theirs.root),
                _("Twelve words of the file that came here:"),
                "  " + " ".join(words(file)),
                _(
                    "Have the other side read theirs out. Two officers then each run"
                    " `legation introduce confirm --words … --as NAME` with what they heard."
                ),
            )
        ),
        data={
            "party": theirs.party,
            "name": theirs.name,
            "root": theirs.root,
            "words": words(file),
        },
    )


def confirm_words(args: argparse.Namespace) -> Result:
    """Confirm the peer as one of two officers."""
    node = open_named(args)
    from legation.officers.queries import record_of
    from legation.officers.services import confirm_peer, officer_by_token

    by = officer_by_token(node, args.officer)
    confirmed = confirm_peer(node, said=" ".join(args.words), by=by, at=node.clock())
    text = (
        _("The peer is confirmed; record {record} begins.").format(record=record_of(node))
        if confirmed
        else _("Noted. A second officer must confirm the same words.")
    )
    return Result(
        text=text, data={"confirmed": confirmed, "by": by.username, "record": record_of(node)}
    )
