"""`legation line`: carry entries now; open a new term after a restore."""

import argparse
from pathlib import Path
from typing import Any

from legation.cli.node import open_named
from legation.cli.output import Result, tell, working
from legation.cli.parsing import Family
from legation.cli.words import _

PLACE = 65


def register(top: Family) -> None:
    """Add the family `line`."""
    family = top.family("line", about=_("the line to the other side"))
    sync = family.command(
        "sync",
        sync_now,
        about=_("send what they lack, take what we lack, now"),
        examples=[
            "legation -n us line sync",
            "legation -n us line sync --carrier folder --path /media/stick",
        ],
    )
    sync.add_argument("--carrier", choices=("https", "folder"), help=_("only this one"))
    sync.add_argument("--path", metavar="P", help=_("the folder: a stick or a shared drive"))
    resume = family.command(
        "resume",
        resume_log,
        about=_("two custodians sign that our log goes on after a restore"),
        examples=["legation -n us line resume --as Bela --as Edda"],
    )
    resume.add_argument(
        "--as",
        dest="officers",
        metavar="CUSTODIAN",
        action="append",
        required=True,
        help=_("a key custodian whose key signs; give it for each"),
    )


def sync_now(args: argparse.Namespace) -> Result:
    """Carry entries both ways once."""
    node = open_named(args)
    from legation.line.loop import sync_once

    path = Path(args.path) if args.path else None
    carrier = args.carrier or ("folder" if path is not None else None)
    with working(_("Carrying entries")) as progress:
        done: dict[str, Any] = sync_once(node, carrier=carrier, path=path, progress=progress.at)
    return Result(text=_told(done), data=done)


def _told(done: dict[str, Any]) -> str:
    lines = [
        _("By {carriers}: bundles left {left}, taken {taken}; new entries {new}.").format(
            left=done["left"],
            carriers=", ".join(done["carriers"]),
            taken=done["taken"],
            new=done["new"],
        ),
        _("They hold {have} of our {size} entries, we hold {theirs} of their {announced}.").format(
            size=done["own"]["size"],
            have=done["own"]["have"],
            announced=max(done["mirror"]["announced"], done["mirror"]["size"]),
            theirs=done["mirror"]["size"],
        ),
    ]
    for refused in done["refused"]:
        tell(refused["sentence"])
    for name, refused in done["failed"].items():
        tell(f"{name}: {refused['sentence']}")
    return "\n".join(lines)


def resume_log(args: argparse.Namespace) -> Result:
    """Sign the act that opens a new term."""
    node = open_named(args)
    from legation.officers.services import officer_by_token, resume_log

    by = [officer_by_token(node, name) for name in args.officers]
    resume_log(node, by=by, at=node.clock())
    return Result(
        text=_(
            "Signed by {names}. Our log goes on under its new term once the other side has"
            " accepted it; drafts wait until then."
        ).format(names=", ".join(officer.username for officer in by)),
        data={"signed_by": [officer.username for officer in by]},
    )
