"""`legation notice`: draft, answer, withdraw, close; list, show; kinds and their schemas."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from legation.cli import paper as on_paper
from legation.cli.inputs import read_json
from legation.cli.node import open_named
from legation.cli.output import Result, plain, table, when
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _, language

if TYPE_CHECKING:
    from legation.line.node import Node
    from legation.notices.queries import NoticePage
    from legation.officers.models import Draft

PLACE = 50
MOST: Final = 1_000
LONGEST_NUMBER: Final = 10


def register(top: Family) -> None:
    """Add the family `notice`."""
    family = top.family("notice", about=_("notes to the other side and from it"))
    draft = family.command(
        "draft",
        draft_one,
        about=_("make a draft of a notice; prints its id and hash"),
        examples=[
            "legation -n us notice schema premises.access",
            "legation -n us notice draft premises.access --json note.json --as Ada",
        ],
        reads_json=True,
    )
    draft.add_argument("kind", metavar="KIND")
    add_officer(draft)
    for name, about, example in (
        ("answer", _("make a draft of an answer to their notice"), "answer.json"),
        ("withdraw", _("make a draft of a withdrawal of our notice"), "-"),
        ("close", _("make a draft that closes our notice"), "-"),
        ("change", _("make a draft of another answer than our final one"), "answer.json"),
    ):
        command = family.command(
            name,
            act_on_one,
            about=about,
            examples=[f"legation -n us notice {name} notice/RU-3f0c… --json {example} --as Ada"],
            reads_json=True,
        )
        command.add_argument("notice", metavar="ID")
        command.set_defaults(deed=name)
        add_officer(command)
    on_paper.add_to(family)
    listing = family.command(
        "list",
        list_all,
        about=_("notices both ways, newest first"),
        examples=["legation -n us notice list --state received"],
    )
    listing.add_argument("--state", metavar="STATE", default="", help=_("only these"))
    listing.add_argument("--kind", metavar="KIND", default="", help=_("only these"))
    listing.add_argument(
        "--most", metavar="N", type=_most, default=MOST, help=_("so many of the newest (1000)")
    )
    show = family.command(
        "show",
        show_one,
        about=_("a notice and all that happened to it"),
        examples=["legation -n us notice show US-MOW/2026/001"],
    )
    show.add_argument("notice", metavar="ID")
    paper = family.command(
        "print",
        print_one,
        about=_("write a notice as a PDF/A file, for paper and for the archive"),
        examples=["legation -n us notice print US-MOW/2026/001 -o note.pdf --lang ru"],
    )
    paper.add_argument("notice", metavar="ID")
    paper.add_argument("-o", "--out", metavar="FILE", required=True, help=_("a new file"))
    paper.add_argument("--lang", metavar="LANG", default="", help=_("this language alone"))
    paper.add_argument(
        "--as",
        dest="officer",
        metavar="OFFICER",
        help=_("who prints it; without a name, what is personal stays out"),
    )
    family.command(
        "kinds",
        list_kinds,
        about=_("the kinds of notice this program can draft"),
        examples=["legation notice kinds"],
    )
    schema = family.command(
        "schema",
        show_schema,
        about=_("a kind's fields as a JSON schema"),
        examples=["legation notice schema note"],
    )
    schema.add_argument("kind", metavar="KIND")
    schema.set_defaults(json=True)


def _most(text: str) -> int:
    most = int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else 0
    if most < 1:
        raise argparse.ArgumentTypeError(_("so many are a whole number from 1, of a few digits"))
    return most


def _drafted(node: "Node", row: "Draft") -> Result:
    from legation.officers import queries

    line = queries.draft(node, row.id).line
    return Result(data={"draft": line.id, "hash": line.hash})


def draft_one(args: argparse.Namespace) -> Result:
    """Make a draft of a notice."""
    data = read_json(args.input)
    node = open_named(args)
    from legation.notices import services
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    return _drafted(
        node, services.draft_notice(node, kind=args.kind, data=data, by=by, at=node.clock())
    )


def act_on_one(args: argparse.Namespace) -> Result:
    """Make a draft of an answer, a withdrawal or a closing."""
    data = read_json(args.input)
    node = open_named(args)
    from legation.notices import services
    from legation.officers.services import officer_by_token

    by = officer_by_token(node, args.officer)
    deeds = {
        "answer": services.draft_answer,
        "withdraw": services.draft_withdraw,
        "close": services.draft_close,
        "change": services.draft_changed_answer,
    }
    row = deeds[args.deed](node, notice=args.notice, data=data, by=by, at=node.clock())
    return _drafted(node, row)


def list_all(args: argparse.Namespace) -> Result:
    """Show the notices, newest first."""
    node = open_named(args)
    from legation.notices.queries import Filters, notices

    found = notices(node, Filters(state=args.state, kind=args.kind), size=args.most)
    rows = [
        (line.number, line.by, line.state, line.days if line.move else "-", line.kind, line.title)
        for line in found.rows
    ]
    heads = (_("NUMBER"), _("BY"), _("STATE"), _("WAITS"), _("KIND"), _("TITLE"))
    return Result(text=table(heads, rows), data={"total": found.total, "notices": list(found.rows)})


def show_one(args: argparse.Namespace) -> Result:
    """Show one notice, by its id or its number."""
    node = open_named(args)
    from django.utils.translation import override

    from legation.cli.deadlines import until_when
    from legation.notices.queries import find_id, page

    with override(language()):
        found = page(node, find_id(node, args.notice))
    until = until_when(found, node.clock())
    data = plain(found)
    data["clock"]["says"] = until
    line = data.pop("line")
    line["line_count"] = line.pop("lines")
    kind = data.pop("kind")
    return Result(text=_shown(found, until), data={**line, **data, "about_kind": kind})


def _shown(page: "NoticePage", until: list[str]) -> str:
    line = page.line
    lines = [
        f"{line.id}  {line.number}  {line.state}",
        f"{_(page.kind.title)}: {line.title}",
        *(["", *until] if until else []),
        "",
        *(
            f"{when(step.at) if step.at else _('not yet')}  {step.what}  {step.by}"
            for step in page.chain
        ),
        "",
        *(f"{field.key}: {_said(field.said)}" for field in page.fields),
    ]
    for answered in page.lines:
        for answer in answered.answers:
            told = ", ".join(f"{field.key}: {_said(field.said)}" for field in answer.fields)
            lines.append(
                _("line {line}, {when}: {answer} {told}").format(
                    line=answered.line, when=when(answer.at), answer=_(answer.title), told=told
                )
            )
    for text in page.texts:
        lines += ["", f"[{text.lang}, {text.role}]", text.text]
    return "\n".join(lines)


def _said(value: object) -> str:
    """Return a value of a form in one line: an entry of a list after the other, numbered."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_said(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(f"{place}. {_said(each)}" for place, each in enumerate(value, start=1))
    return str(value)


def print_one(args: argparse.Namespace) -> Result:
    """Write a notice as PDF/A; what is personal only for a named officer, and written down."""
    node = open_named(args)
    from legation.notices.pdf.compose import save
    from legation.notices.pdf.making import Persons, nobody, sheet_of
    from legation.notices.pdf.persons import reader
    from legation.notices.queries import find_id
    from legation.officers.services import officer_by_token

    notice = find_id(node, args.notice)
    persons: Persons = nobody
    if args.officer:
        by = officer_by_token(node, args.officer)
        persons = reader(node, by=by, about=notice, at=node.clock())
    path = Path(args.out).absolute()
    size = save(sheet_of(node, notice, lang=args.lang, persons=persons), path)
    told = _("{path}: {size:,} bytes.").format(path=path, size=size)
    return Result(text=told, data={"path": str(path), "size": size})


def list_kinds(args: argparse.Namespace) -> Result:  # noqa: ARG001 - all commands take them
    """Show the kinds of notice."""
    from legation.acts.catalogue import notice_kinds

    kinds = [
        {
            "kind": code,
            "version": version,
            "title": str(kind.title),
            "sent_by": kind.sent_by,
            "stands": kind.stands,
            "articles": list(kind.articles),
        }
        for (code, version), kind in sorted(notice_kinds().items())
    ]
    rows = [(kind["kind"], kind["version"], kind["sent_by"], kind["title"]) for kind in kinds]
    heads = (_("KIND"), _("VERSION"), _("SENT BY"), _("TITLE"))
    return Result(text=table(heads, rows), data={"kinds": kinds})


def show_schema(args: argparse.Namespace) -> Result:
    """Show a kind's JSON schema, for a draft of it and for each answer; needs no node."""
    from legation.acts.catalogue import newest_kind
    from legation.acts.codec import json_schema
    from legation.acts.drafting import draft_schema

    kind = newest_kind(args.kind)
    return Result(
        data={
            "kind": args.kind,
            "version": kind.version,
            "draft": draft_schema(args.kind),
            "answers": {
                answer.code: {"final": answer.final, "fields": json_schema(answer)}
                for answer in kind.answers
            },
        },
        text="",
    )
