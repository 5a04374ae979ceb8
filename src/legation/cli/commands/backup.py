"""`legation backup` and `legation restore`: one file with all that a node is."""

import argparse
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from legation.cli.node import home_of, load_django
from legation.cli.output import Result, table, working
from legation.cli.parsing import Family
from legation.cli.words import _
from legation.errors import N_, Refusal

if TYPE_CHECKING:
    from legation.line.node import Node

PLACE = 86
ROOT_SHOWN = 16
SUFFIX = ".backup"


def register(top: Family) -> None:
    """Add `backup` and `restore`."""
    backup = top.command(
        "backup",
        back_up,
        about=_("write database, keys and files into one file, while the node runs"),
        examples=[
            "legation -n us backup /media/safe",
            "legation -n us backup /media/safe/us-monday.backup",
        ],
    )
    backup.add_argument("out", metavar="OUT", help=_("a new file, or a folder to make it in"))
    backup.add_argument(
        "--with-root",
        action="store_true",
        help=_("the party's root key too, if it still lies in the node's folder"),
    )
    restore = top.command(
        "restore",
        bring_back,
        about=_("make a node of a backup; its log then goes on in a new term"),
        examples=["legation restore /media/safe/us-monday.backup us"],
    )
    restore.add_argument("file", metavar="FILE", help=_("the backup"))
    restore.add_argument("dir", metavar="DIR", help=_("a folder that is empty or not there yet"))
    restore.add_argument(
        "--fence", metavar="PATH", help=_("a file outside DIR (else DIR.fence beside it)")
    )


def back_up(args: argparse.Namespace) -> Result:
    """Write a backup, and say what is in it and what is not."""
    home = home_of(args)
    load_django(home)
    from legation.line import backups
    from legation.line.node import about_node, utc_now

    at = utc_now()
    out = Path(args.out)
    if out.is_dir():
        name = f"{about_node(home)['party']}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"
        out /= name
    elif out.suffix != SUFFIX:
        raise Refusal(
            "no-folder",
            thing=N_("The place {path}"),
            rule=N_("it is no folder that exists, and a backup's own name ends in {suffix}."),
            remedy=N_("Make the folder or connect its disk, or name the file."),
            path=str(out),
            suffix=SUFFIX,
        )
    with working(_("Backing up")) as progress:
        made = backups.back_up(
            home, out.absolute(), at=at, with_root=args.with_root, tell=progress.at
        )
    has_root = any(name.startswith("root/") for name in made.files)
    lines = [
        _("{files:,} files, {bytes:,} bytes, written to {path} and read back.").format(
            files=len(made.files), bytes=out.stat().st_size, path=out
        ),
        _logs(made.logs),
        _(
            "It holds the node's private keys and the officers' tokens, unencrypted: keep it as"
            " safe as the node."
        ),
        _("The party's root key is in it: keep it apart from the node.")
        if has_root
        else _("The party's root key is not in it; it belongs on a medium of its own."),
    ]
    data = {
        "file": out.absolute(),
        "taken_at": made.taken_at,
        "files": len(made.files),
        "bytes": out.stat().st_size,
        "logs": _as_data(made.logs),
        "root_key": has_root,
    }
    return Result(text="\n".join(filter(None, lines)), data=data)


def _opened(home: Path) -> "Node":
    """Open what was restored; a backup of an earlier release is brought up to this program."""
    from legation.line.databases import migrate
    from legation.line.node import open_node
    from legation.line.services.rebuilding import project_anew

    try:
        return open_node(home)
    except Refusal as refusal:
        if refusal.code != "older-database":
            raise
    migrate(home)
    node = open_node(home)
    project_anew(node)
    return node


def _logs(logs: dict[str, tuple[int, str]]) -> str:
    names = {"own": _("our log"), "peer": _("mirror of theirs")}
    rows = [(names.get(side, side), size, root[:ROOT_SHOWN]) for side, (size, root) in logs.items()]
    return table(("", _("ENTRIES"), _("ROOT")), rows) if rows else ""


def _as_data(logs: dict[str, tuple[int, str]]) -> dict[str, dict[str, object]]:
    return {side: {"size": size, "root": root} for side, (size, root) in logs.items()}


def bring_back(args: argparse.Namespace) -> Result:
    """Make a node of a backup, and say what happens next."""
    home = Path(args.dir)
    load_django(home)
    from legation.line import backups
    from legation.line.node import utc_now
    from legation.line.services.restoring import begin_anew

    fence = Path(args.fence) if args.fence else None
    with working(_("Restoring")) as progress:
        told = backups.restore(Path(args.file), home, fence=fence, tell=progress.at)
        node = _opened(home)
        has_log = begin_anew(node, at=utc_now())
    lines = [
        _("Node of {name} ({party}) restored to {path}, as of {at}.").format(
            name=told.name, party=told.party, path=home, at=told.taken_at
        ),
        _logs(told.logs),
    ]
    if has_log:
        lines += [
            _("Its log goes on in a new term: it may have signed what it no longer knows."),
            _("1. Start it (`legation serve`) and let it reach the other side: it takes back what"
              " they hold of its log, and signs nothing until then."),
            _("2. Two custodians open the term: `legation -n DIR line resume --as A --as B`."),
            _("3. See `legation -n DIR status`: “same” on both sides. What nobody else held is"
              " reported lost by its number. Never start the old node again."),
        ]  # fmt: skip
    else:
        lines.append(_("It has no peer yet: it goes on as it was. Never start the old node again."))
    data = {
        "dir": home.absolute(),
        "taken_at": told.taken_at,
        "logs": _as_data(told.logs),
        "new_term": has_log,
        "fence": node.fence,
    }
    return Result(text="\n".join(filter(None, lines)), data=data)
