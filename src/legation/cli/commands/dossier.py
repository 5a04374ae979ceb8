"""`legation dossier`: check what a desk knows already, and load our side of it."""

import argparse
from typing import TYPE_CHECKING

from legation.cli.inputs import LARGEST_DOSSIER, read_input
from legation.cli.node import load_django, open_named
from legation.cli.output import Result, working
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.missions.reader import Problem

PLACE = 70


def register(top: Family) -> None:
    """Add the family `dossier`."""
    family = top.family("dossier", about=_("the history a desk begins with, from one JSON file"))
    check = family.command(
        "check",
        check_one,
        about=_("say what is wrong with a dossier, by line"),
        examples=["legation -n us dossier check us-ru.json"],
    )
    check.add_argument("file", metavar="FILE|-")
    check.add_argument(
        "--as", dest="officer", metavar="OFFICER", help=_("may be given; not needed")
    )
    load = family.command(
        "load",
        load_one,
        about=_("make a draft of all that our side may state; prints its id and hash"),
        examples=["legation -n us dossier load us-ru.json --as Ada"],
    )
    load.add_argument("file", metavar="FILE|-")
    load.set_defaults(json=True)
    add_officer(load)


def check_one(args: argparse.Namespace) -> Result:
    """Say what is wrong with a dossier, by line; needs no node."""
    load_django()
    from legation.missions import dossier

    report = dossier.check(read_input(args.file, limit=LARGEST_DOSSIER))
    lines = [problem.refusal.sentence(_) for problem in report.errors]
    if report.more:
        lines.append(_("and {more} more").format(more=report.more))
    counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
    if not lines:
        lines = [_("Nothing is wrong with it: {counts}.").format(counts=counts)]
    lines += [note.refusal.sentence(_) for note in report.notes]
    return Result(
        text="\n".join(lines),
        data={
            "ok": report.ok,
            "counts": report.counts,
            "errors": [_as_data(problem) for problem in report.errors],
            "more": report.more,
            "notes": [_as_data(note) for note in report.notes],
        },
        code=0 if report.ok else 1,
    )


def _as_data(problem: "Problem") -> dict[str, object]:
    return {"line": problem.line, "path": problem.path, **problem.refusal.as_dict(_)}


def load_one(args: argparse.Namespace) -> Result:
    """Make a draft of our side of a dossier."""
    data = read_input(args.file, limit=LARGEST_DOSSIER)
    node = open_named(args)
    from legation.missions import dossier
    from legation.officers import queries
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    with working(_("Reading the dossier")):
        loaded = dossier.load(node, data=data, by=by.username, at=node.clock())
    line = None if loaded.draft is None else queries.draft(node, loaded.draft.id).line
    return Result(
        data={
            "draft": None if line is None else line.id,
            "hash": None if line is None else line.hash,
            "acts": loaded.acts,
            "already": loaded.already,
            "kept": loaded.kept,
            "known": loaded.known,
        }
    )
