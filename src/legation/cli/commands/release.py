"""`legation clear`, `release` and `draft …`: the one way out, for a draft of anything."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from legation.cli.node import open_named
from legation.cli.output import Result, table, when
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.officers.queries import DraftPage

PLACE = 60


def register(top: Family) -> None:
    """Add `clear`, `release` and the family `draft`."""
    clear = top.command(
        "clear",
        clear_one,
        about=_("clear a draft's exact bytes, as a second officer"),
        examples=[
            "legation -n us draft show draft/US-3f0c…",
            "legation -n us clear draft/US-3f0c… --hash 9a41… --as Bela",
        ],
    )
    clear.add_argument("draft", metavar="DRAFT")
    clear.add_argument(
        "--hash", metavar="HEX", help=_("refuse unless the draft is still the one with this hash")
    )
    add_officer(clear)
    release = top.command(
        "release",
        release_one,
        about=_("put a cleared draft into our log; it leaves by itself"),
        examples=["legation -n us release draft/US-3f0c… --as Ada"],
    )
    release.add_argument("draft", metavar="DRAFT")
    release.add_argument(
        "--sign",
        dest="custodians",
        metavar="CUSTODIAN",
        action="append",
        default=[],
        help=_("a key custodian who signs, for acts that bind; give it for each"),
    )
    add_officer(release)
    family = top.family("draft", about=_("what waits to be cleared or released; ours only"))
    listing = family.command(
        "list",
        list_all,
        about=_("drafts, newest first"),
        examples=["legation -n us draft list --state drafted"],
    )
    listing.add_argument(
        "--state", choices=("drafted", "cleared", "released", "discarded"), help=_("only these")
    )
    show = family.command(
        "show",
        show_one,
        about=_("a draft, with the exact bytes that will leave"),
        examples=["legation -n us draft show draft/US-3f0c…"],
    )
    show.add_argument("draft", metavar="DRAFT")
    attach = family.command(
        "attach",
        attach_one,
        about=_("put a file beside a draft: PDF, PNG, JPEG, text; says what was taken out"),
        examples=["legation -n us draft attach draft/US-3f0c… annex.pdf --as Ada"],
    )
    attach.add_argument("draft", metavar="DRAFT")
    attach.add_argument("file", metavar="FILE")
    add_officer(attach)
    discard = family.command(
        "discard",
        discard_one,
        about=_("give up a draft"),
        examples=["legation -n us draft discard draft/US-3f0c… --as Ada"],
    )
    discard.add_argument("draft", metavar="DRAFT")
    add_officer(discard)


def clear_one(args: argparse.Namespace) -> Result:
    """Clear a draft."""
    node = open_named(args)
    from legation.officers import queries, services

    by = services.officer_by_token(node, args.officer)
    services.clear(node, draft_id=args.draft, by=by, at=node.clock(), hash=args.hash)
    line = queries.draft(node, args.draft).line
    return Result(
        text=_("{draft} is cleared by {name}: {hash}").format(
            draft=line.id, name=line.cleared_by, hash=line.hash
        ),
        data={"draft": line.id, "hash": line.hash, "state": line.state, "by": line.cleared_by},
    )


def release_one(args: argparse.Namespace) -> Result:
    """Release a draft."""
    node = open_named(args)
    from legation.acts.places import is_paper
    from legation.officers import services

    by = services.officer_by_token(node, args.officer)
    custodians = [services.officer_by_token(node, name) for name in args.custodians]
    entered = services.release(
        node, draft_id=args.draft, by=by, at=node.clock(), custodians=custodians
    )
    on_paper = any(is_paper(entry.index) for entry in entered)
    told = (
        _("{draft} is released on paper; hand it over, then record the delivery:")
        if on_paper
        else _("{draft} is released, as these entries of our log:")
    )
    rows = [
        (
            "-" if on_paper else entry.index,
            entry.type,
            entry.on or "-",
            entry.number or "-",
        )
        for entry in entered
    ]
    return Result(
        text=told.format(draft=args.draft)
        + "\n"
        + table((_("INDEX"), _("ACT"), _("ABOUT"), _("NUMBER")), rows),
        data={
            "draft": args.draft,
            "entries": [
                {
                    "index": entry.index,
                    "type": entry.type,
                    "on": entry.on,
                    "number": entry.number,
                    "leaf": entry.leaf,
                }
                for entry in entered
            ],
        },
    )


def list_all(args: argparse.Namespace) -> Result:
    """Show the drafts."""
    node = open_named(args)
    from legation.officers import queries

    found = queries.drafts(node, state=args.state)
    rows = [
        (line.id, line.state, line.drafted_by, line.cleared_by or "-", line.acts, line.title)
        for line in found
    ]
    heads = (_("DRAFT"), _("STATE"), _("DRAFTED"), _("CLEARED"), _("ACTS"), _("TITLE"))
    return Result(text=table(heads, rows), data={"drafts": found})


def show_one(args: argparse.Namespace) -> Result:
    """Show a draft and what will leave."""
    node = open_named(args)
    from legation.officers import queries

    page = queries.draft(node, args.draft)
    data = {
        "draft": page.line.id,
        "hash": page.line.hash,
        "line": page.line,
        "acts": [
            {
                "n": act.n,
                "type": act.type,
                "on": act.on,
                "re": act.re,
                "head": act.head.decode("utf-8"),
                "body": act.body.decode("utf-8"),
                "index": act.index,
            }
            for act in page.acts
        ],
        "preview": page.preview,
        "history": page.history,
    }
    return Result(text=_shown(page), data=data)


def _shown(page: "DraftPage") -> str:
    line = page.line
    lines = [
        f"{line.id}  {line.state}  {line.title}",
        _("hash {hash}").format(hash=line.hash),
        *(f"{when(row.at)}  {row.by or '-'}  {row.what}" for row in page.history),
        "",
        _("What leaves, byte for byte (seen, at and number are set at release):"),
    ]
    for act in page.acts:
        lines += [
            "",
            act.head.decode("utf-8"),
            act.body.decode("utf-8"),
        ]
    return "\n".join(lines)


def attach_one(args: argparse.Namespace) -> Result:
    """Put a file beside a draft, and say what was taken out of it."""
    node = open_named(args)
    from legation.officers.intake import read_bounded
    from legation.officers.services import officer_by_token
    from legation.officers.services.attaching import attach, told_of

    path = Path(args.file)
    taken = attach(
        node,
        draft_id=args.draft,
        data=read_bounded(path),
        name=path.name,
        by=officer_by_token(node, args.officer),
        at=node.clock(),
    )
    lines = [
        _("{name}: {size:,} bytes, came with {was:,}.").format(
            name=taken.name, size=len(taken.data), was=taken.was
        ),
        *(_("Taken out: {what}").format(what=_(each.word)) for each in taken.removed),
        *(_(each.word) for each in taken.warnings),
    ]
    return Result(text="\n".join(lines), data={"draft": args.draft, **told_of(taken)})


def discard_one(args: argparse.Namespace) -> Result:
    """Give up a draft."""
    node = open_named(args)
    from legation.officers import services

    by = services.officer_by_token(node, args.officer)
    row = services.discard(node, draft_id=args.draft, by=by, at=node.clock())
    return Result(
        text=_("{draft} is discarded.").format(draft=row.id),
        data={"draft": row.id, "state": row.state},
    )
