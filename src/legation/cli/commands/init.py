"""`legation init`: make a node."""

import argparse
import os
import re
import sys
from getpass import getpass
from pathlib import Path
from typing import Final

from legation.cli.node import load_django
from legation.cli.output import Result, tell, working
from legation.cli.parsing import Family
from legation.cli.words import _
from legation.errors import N_, Refusal

PLACE = 10
CODE: Final = re.compile(r"[A-Z]{2,3}")
LONGEST_NAME: Final = 200


def register(top: Family) -> None:
    """Add `init`."""
    init = top.command(
        "init",
        run,
        about=_("make a node in a new folder: keys, database, fence"),
        examples=[
            'legation init us --party US --name "United States of America" --peer RU \\',
            "    --line-url https://node.state.example:9001/line",
        ],
    )
    init.add_argument("dir", metavar="DIR", help=_("a folder that is empty or not there yet"))
    init.add_argument("--party", metavar="CODE", required=True, help=_("two or three letters"))
    init.add_argument("--name", metavar="TEXT", required=True, help=_("the party's full name"))
    init.add_argument("--peer", metavar="CODE", help=_("the party it will be introduced to"))
    init.add_argument("--line-url", metavar="URL", help=_("https://… where the peer reaches us"))
    init.add_argument(
        "--fence", metavar="PATH", help=_("a file outside DIR (else DIR.fence beside it)")
    )


def run(args: argparse.Namespace) -> Result:
    """Make the node, and say where its secrets lie."""
    load_django()
    from legation.line.keyfiles import PASSPHRASE_FILE
    from legation.line.node import init_node, open_node, utc_now

    home = Path(args.dir)
    _check(args)
    with working(_("Making keys and database")):
        init_node(
            home,
            party=args.party,
            name=args.name,
            peer=args.peer,
            line_url=args.line_url,
            fence=Path(args.fence) if args.fence else None,
            passphrase=_passphrase(),
            now=utc_now(),
        )
    node = open_node(home)
    from legation.line.documents import newest

    left = home / PASSPHRASE_FILE
    lines = [
        _("Node of {name} ({party}) made in {path}.").format(
            name=node.name, party=node.party, path=home
        ),
        _("Root fingerprint, to be given to the other side by note verbale: {fp}").format(
            fp=newest(home).fingerprint
        ),
    ]
    if left.is_file():
        tell(
            _(
                "The root key's passphrase was made for you and lies in {path}."
                " Move it and root/root.key to another medium: the node runs without them."
            ).format(path=left)
        )
    return Result(
        text="\n".join(lines),
        data={
            "party": node.party,
            "name": node.name,
            "dir": home.resolve(),
            "root": newest(home).fingerprint,
            "fence": node.fence,
            "passphrase_file": left if left.is_file() else None,
        },
    )


def _check(args: argparse.Namespace) -> None:
    """Refuse what would stand wrongly in the keys document and the introduction for good."""
    from legation.line.addresses import parse_line_url

    for code in (args.party, args.peer):
        if code is not None and not CODE.fullmatch(code):
            raise Refusal(
                "party",
                thing=N_("Party {party}"),
                rule=N_("a party's code is two or three capital letters A-Z."),
                remedy=N_("Write it like US, RU or TUR."),
                party=code[:20],
            )
    if args.party == args.peer:
        raise Refusal(
            "party",
            thing=N_("Party {party}"),
            rule=N_("a record has two parties, and the peer is the other one."),
            remedy=N_("Name the other party with --peer, or leave it out."),
            party=args.party,
        )
    if not args.name.strip() or len(args.name) > LONGEST_NAME or not args.name.isprintable():
        raise Refusal(
            "name",
            thing=N_("Name of party {party}"),
            rule=N_("it is one line of 1 to {most} characters."),
            remedy=N_("Give the full name with --name."),
            party=args.party,
            most=LONGEST_NAME,
        )
    if args.line_url:
        try:
            parse_line_url(args.line_url)
        except Refusal as refusal:
            raise Refusal(
                refusal.code,
                thing=refusal.thing,
                rule=refusal.rule,
                remedy=N_("Give such an address with --line-url, or leave it out."),
                url=args.line_url[:200],
            ) from refusal


def _passphrase() -> str | None:
    """Ask for the root key's passphrase where somebody can answer; else None."""
    if os.environ.get("LEGATION_PASSPHRASE") or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    first = getpass(_("Passphrase for the party's root key (empty: make one): "))
    if first and getpass(_("The same again: ")) != first:
        raise Refusal(
            "passphrase",
            thing=N_("Passphrase"),
            rule=N_("both times it is the same."),
            remedy=N_("Type it again; no node was made."),
        )
    return first or None
