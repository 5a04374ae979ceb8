"""`legation post`: one post, what is said of it, and whether it can operate."""

import argparse
from typing import TYPE_CHECKING

from legation.cli.asked import Asked, add_day, asked_of
from legation.cli.boards import causes_text, filled
from legation.cli.output import Result, table
from legation.cli.parsing import Family
from legation.cli.registers import told_of, words_of
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.missions.readiness.facts import Facts, Subject
    from legation.missions.readiness.verdict import Verdict

PLACE = 44


def register(top: Family) -> None:
    """Add the family `post`."""
    family = top.family("post", about=_("embassies and consulates of both sides"))
    show = family.command(
        "show",
        show_one,
        about=_("one post: what is said of it, and whether it can operate"),
        examples=["legation -n us post show US-MOW --at 2025-04-10"],
    )
    show.add_argument("post", metavar="ID")
    add_day(show)


def show_one(args: argparse.Namespace) -> Result:
    """Show one post on a day."""
    asked = asked_of(args)
    from legation.missions.readiness.judge import judge
    from legation.missions.readiness.writing import verdict_json

    facts = asked.facts()
    name = args.post if args.post.startswith("post/") else f"post/{args.post}"
    verdict = judge(name, facts, asked.on)
    post = facts.subjects[name]
    data = {**verdict_json(verdict), "fields": told_of(post, asked.on), "shared": asked.shared}
    return Result(text=_text(asked, facts, post, verdict), data=data)


def _text(asked: Asked, facts: "Facts", post: "Subject", verdict: "Verdict") -> str:
    from legation.missions import naming
    from legation.missions.readiness.essentials import ESSENTIALS
    from legation.missions.sheets.told import post_told

    told = post_told(verdict, _)
    mark = _("What both sides hold") if asked.shared else _("Ours only")
    parts = [f"{told.name} ({told.kind or post.id}), {asked.on.isoformat()}. {mark}"]
    parts.append(filled(told.line))
    if told.cells:
        cells = [
            (_(each.label), cell.word, cell.reason)
            for each, cell in zip(ESSENTIALS, told.cells, strict=True)
        ]
        parts.append(table((_("ESSENTIAL"), _("STATE"), _("REASON")), cells))
    if told.causes:
        parts.append(causes_text(told.causes))
    del facts
    rows = [
        (_(naming.field_name(each["field"], "post")), each["author"], words_of(each), each["from"])
        for each in told_of(post, asked.on)
    ]
    parts.append(table((_("FIELD"), _("TO BE STATED BY"), _("VALUE"), _("FROM")), rows))
    return "\n\n".join(parts)
