"""`legation verify`: an outsider's check of an export, by the one-file verifier."""

import argparse

from legation.cli.output import Result, working
from legation.cli.parsing import Family
from legation.cli.words import _

PLACE = 90


def register(top: Family) -> None:
    """Add `verify`."""
    verify = top.command(
        "verify",
        run,
        about=_("check an export without trusting either side; needs no node"),
        examples=[
            "legation verify export.zip",
            "legation verify export --root US:FINGERPRINT --root RU:FINGERPRINT",
        ],
    )
    verify.add_argument("out", metavar="OUT", help=_("an export: a folder or a .zip"))
    verify.add_argument(
        "--root",
        dest="roots",
        metavar="PARTY:FP",
        action="append",
        default=[],
        help=_("a party's root fingerprint, 64 hex, as given to you by hand"),
    )


def run(args: argparse.Namespace) -> Result:
    """Hand the command to the one-file verifier, which prints its own findings."""
    from legation.record import verify

    words = [args.out, *(f"--root={root}" for root in args.roots)]
    with working(_("Checking the export")):
        code = verify.main([*words, "--json"] if args.json else words)
    return Result(raw=b"", code=code)
