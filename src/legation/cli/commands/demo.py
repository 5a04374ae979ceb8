"""`legation demo`: two nodes on this machine, to try by hand; or to check as a whole."""

import argparse
import os
from pathlib import Path

from legation.cli.node import load_django
from legation.cli.output import Result
from legation.cli.parsing import Family
from legation.cli.words import _

PLACE = 5


def register(top: Family) -> None:
    """Add `demo`."""
    demo = top.command(
        "demo",
        run,
        about=_("two ministries on this machine, introduced, to try everything"),
        examples=[
            "legation demo",
            "legation demo --alone",
            "legation demo --dir /tmp/demo --check --json",
        ],
    )
    demo.add_argument("--dir", metavar="D", help=_("where it lives (./demo, or ./demo-alone)"))
    demo.add_argument(
        "--check",
        action="store_true",
        help=_("play the whole story without a browser, print one verdict, stop"),
    )
    demo.add_argument(
        "--alone",
        action="store_true",
        help=_("one ministry with nobody at the other end: everything on paper"),
    )
    demo.add_argument(
        "--party", choices=("US", "RU"), default="US", help=_("with --alone: which side (US)")
    )


def run(args: argparse.Namespace) -> Result:
    """Make or open the demonstration; then check it, or serve it until Ctrl-C."""
    alone: bool = args.alone and not args.check
    folder = Path(args.dir or ("demo-alone" if alone else "demo")).absolute()
    os.environ.pop("LEGATION_NODE", None)  # it works on its own two nodes, never on another
    load_django()
    if args.check:
        from legation.cli.demo.story import check

        return check(folder)
    if alone:
        from legation.cli.demo.alone import play_alone

        return play_alone(folder, args.party, as_json=args.json)
    from legation.cli.demo.playing import play

    return play(folder, as_json=args.json)
