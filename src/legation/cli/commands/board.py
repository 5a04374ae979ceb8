"""`legation board`: which posts can operate, on any day, as text, JSON, a drawing or a sheet."""

import argparse
from typing import TYPE_CHECKING, Final

from legation.cli.asked import Asked, add_day, asked_of, written
from legation.cli.boards import board_text
from legation.cli.output import Result, printable, working
from legation.cli.parsing import Family
from legation.cli.words import _, language

if TYPE_CHECKING:
    from collections.abc import Callable

    from legation.missions.sheets.told import BoardTold

PLACE = 42
FORMS: Final = ("text", "json", "svg", "pdf")


def register(top: Family) -> None:
    """Add the command `board`."""
    board = top.command(
        "board",
        show,
        about=_("which posts can operate, and what stands in their way"),
        examples=[
            "legation -n us board",
            "legation -n us board --at 2025-04-10 --pdf -o board.pdf",
            "legation -n us board --as-recorded US:12,RU:9",
            "legation -n us board --shared --json | sha256sum",
        ],
    )
    add_day(board)
    form = board.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help=_("as text (what is shown anyway)"))
    form.add_argument("--svg", action="store_true", help=_("as a drawing"))
    form.add_argument("--pdf", action="store_true", help=_("as a sheet of paper"))
    board.add_argument("-o", dest="out", metavar="FILE", help=_("write it as a new file"))
    board.set_defaults(parser=board)


def show(args: argparse.Namespace) -> Result:
    """Show the board, or write it as a file."""
    form = next((name for name in FORMS[1:] if getattr(args, name)), FORMS[0])
    if args.json and (args.text or args.svg or args.pdf):
        args.parser.error(_("choose one of --text, --json, --svg, --pdf"))
    if args.pdf and args.out is None:
        args.parser.error(_("--pdf goes with -o FILE"))
    asked = asked_of(args)
    with working(_("Judging")):
        data = FORM[form](asked)
    return Result(raw=data) if args.out is None else written(args.out, data)


def _as_json(asked: Asked) -> bytes:
    from legation.missions.queries.board import board, shared_bytes
    from legation.missions.readiness.writing import board_json
    from legation.record import canon

    if asked.shared:
        return shared_bytes(asked.node, asked.on, recorded=asked.recorded) + b"\n"
    told = board_json(board(asked.node, asked.on, recorded=asked.recorded))
    return canon.encode_large({**told, "ours_only": True}) + b"\n"


def _told(asked: Asked) -> "BoardTold":
    from legation.line.queries.book import party_names
    from legation.missions.queries.board import board, help_most
    from legation.missions.sheets.told import told

    own = not asked.shared
    of = board(asked.node, asked.on, recorded=asked.recorded, own=own)
    helps = help_most(asked.node, asked.on, recorded=asked.recorded, own=own)
    names = party_names(asked.node)
    first = asked.node.party
    return told(of, helps, translate=_, shared=asked.shared, names=names, first=first)


def _as_text(asked: Asked) -> bytes:
    return f"{printable(board_text(_told(asked)))}\n".encode("utf-8", "backslashreplace")


def _as_drawing(asked: Asked) -> bytes:
    from legation.missions.drawing.board import board_svg

    return board_svg(_told(asked)).encode()


def _as_paper(asked: Asked) -> bytes:
    from legation.missions.sheets.paper import board_pdf

    return board_pdf(_told(asked), on=asked.on, lang=language())


FORM: "Final[dict[str, Callable[[Asked], bytes]]]" = {
    "text": _as_text,
    "json": _as_json,
    "svg": _as_drawing,
    "pdf": _as_paper,
}
