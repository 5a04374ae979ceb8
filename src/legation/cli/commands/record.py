"""`legation record`: verify it, print its folded state, export it."""

import argparse
import re
from pathlib import Path
from typing import Final

from legation.cli.checking import as_data, told
from legation.cli.node import open_named
from legation.cli.output import Result, working
from legation.cli.parsing import Family
from legation.cli.words import _
from legation.errors import N_, Refusal

PLACE = 80
CUT: Final = re.compile(r"([A-Z]{2,3}):([0-9]{1,15})")


def register(top: Family) -> None:
    """Add the family `record`."""
    family = top.family("record", about=_("the record that both sides hold"))
    family.command(
        "verify",
        verify_all,
        about=_("compute every leaf, root and state again, and compare every row with it"),
        examples=["legation -n us record verify"],
    )
    state = family.command(
        "state",
        print_state,
        about=_("the folded state as bytes, the same on both nodes for the same logs"),
        examples=[
            "legation -n us record state | sha256sum",
            "legation -n us record state --at US:12,RU:9",
        ],
    )
    state.add_argument(
        "--at", metavar="US:n,RU:m", help=_("as it was with so many entries of each log")
    )
    export = family.command(
        "export",
        export_all,
        about=_("write the record, or one log's tiles, for somebody else to check"),
        examples=[
            "legation -n us record export record.zip",
            "legation -n us record export --tiles tiles --log peer",
        ],
    )
    export.add_argument("out", metavar="OUT", help=_("a new folder, or a new .zip"))
    export.add_argument(
        "--tiles", action="store_true", help=_("one log as C2SP tiles; nothing of its content")
    )
    export.add_argument("--log", choices=("own", "peer"), default=None, help=_("with --tiles"))
    export.add_argument(
        "--with-openings", action="store_true", help=_("with --tiles: what the acts say, too")
    )
    export.set_defaults(parser=export)


def verify_all(args: argparse.Namespace) -> Result:
    """Compute everything that follows from the entries again."""
    node = open_named(args)
    from legation.line.queries.verify import verify_record

    with working(_("Checking the record")):
        report = verify_record(node)
    return Result(text=told(report), data=as_data(report), code=0 if report.ok else 1)


def print_state(args: argparse.Namespace) -> Result:
    """Print the state's bytes, exactly."""
    cut = _cut(args.at) if args.at is not None else None
    node = open_named(args)
    from legation.line.queries.state import state_bytes

    with working(_("Folding")):
        return Result(raw=state_bytes(node, cut))


def _cut(text: str) -> dict[str, int]:
    found = [CUT.fullmatch(part) for part in text.split(",")]
    sizes = {match[1]: int(match[2]) for match in found if match is not None}
    if len(sizes) != len(found):
        raise Refusal(
            "cut",
            thing=N_("Cut “{text}”"),
            rule=N_("it names a party and a number of entries, for one log or for both."),
            remedy=N_("Write it like US:12,RU:9."),
            text=text[:80],
        )
    return sizes


def export_all(args: argparse.Namespace) -> Result:
    """Write an export."""
    if not args.tiles and (args.log or args.with_openings):
        args.parser.error(_("--log and --with-openings go with --tiles"))
    node = open_named(args)
    from legation.line.export import export_record, export_tiles

    out = Path(args.out).absolute()
    with working(_("Writing")) as progress:
        if args.tiles:
            done = export_tiles(
                node,
                out,
                log=args.log or "own",
                with_openings=args.with_openings,
                progress=progress.at,
            )
        else:
            done = export_record(node, out, at=node.clock(), progress=progress.at)
    told = _("{path}: {files} files, {size:,} bytes.").format(
        path=done.path, files=done.files, size=done.size
    )
    content = (
        _("It holds what the acts say. Whoever has it can read all of it.")
        if done.content
        else _("It holds commitments only. Nobody can read from it what the acts say.")
    )
    return Result(text=f"{told}\n{content}", data=done)
