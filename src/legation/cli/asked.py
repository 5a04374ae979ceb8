"""What commands about boards share: a day, a cut of the record, only what both hold, a file."""

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from legation.cli.node import open_named
from legation.cli.output import Result
from legation.cli.words import _
from legation.errors import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from legation.line.node import Node
    from legation.missions.readiness.facts import Facts


@dataclass(frozen=True, slots=True)
class Asked:
    """A node and what is asked of it. recorded: the cut of the record, None for now.

    shared: only what both sides hold.
    """

    node: "Node"
    on: date
    recorded: "Mapping[str, int] | None"
    shared: bool

    def facts(self) -> "Facts":
        """Return what is judged. Raises Refusal "no-peer", "cut"."""
        from legation.missions.queries.snapshot import facts

        return facts(self.node, as_recorded=self.recorded, own=not self.shared)


def asked_of(args: argparse.Namespace) -> Asked:
    """Open the node and read what is asked.

    Raises Refusal "day", "recorded", "no-peer" where both sides hold nothing, and as opening.
    """
    node = open_named(args)
    on, recorded = day_of(node, args.at), recorded_of(node, args.as_recorded)
    if args.shared:
        from legation.line.queries.state import record_id
        from legation.line.services.rows import no_peer

        if not record_id(node):
            raise no_peer()
    return Asked(node, on, recorded, args.shared)


def add_day(parser: argparse.ArgumentParser) -> None:
    """Let the parser take `--at`, `--as-recorded` and `--shared`."""
    parser.add_argument("--at", metavar="DATE", help=_("on another day than today, as 2025-04-10"))
    parser.add_argument(
        "--as-recorded",
        metavar="US:n,RU:m",
        help=_("as it was known with so many entries of each log"),
    )
    parser.add_argument(
        "--shared",
        action="store_true",
        help=_("only what both sides hold: the same bytes on both nodes for the same logs"),
    )


def day_of(node: "Node", text: str | None) -> date:
    """Return the day that is asked for, today where none is. Raises Refusal "day"."""
    from legation.missions.showing.asked import read_day

    today = node.clock().date()
    return today if text is None else read_day(text, today)


def recorded_of(node: "Node", text: str | None) -> "Mapping[str, int] | None":
    """Return the cut that is asked for, None where none is. Raises Refusal "recorded"."""
    if text is None:
        return None
    from legation.line.queries.book import codes
    from legation.missions.showing.asked import read_sizes

    return read_sizes(text, codes(node))


def written(out: str, data: bytes) -> Result:
    """Write a new file for its owner's eyes. Raises Refusal "file-exists", "no-folder"."""
    from legation.officers.files import write_private

    path = Path(out).absolute()
    if not path.parent.is_dir():
        raise Refusal(
            "no-folder",
            thing=N_("File {path}"),
            rule=N_("it is written into a folder that is there."),
            remedy=N_("Make the folder first, or choose another."),
            path=out,
        )
    if path.exists():
        raise Refusal(
            "file-exists",
            thing=N_("File {path}"),
            rule=N_("a sheet is never written over another file."),
            remedy=N_("Give another name with -o, or move that file away."),
            path=out,
        )
    write_private(path, data)
    said = _("Written: {path}, {size} bytes.").format(path=out, size=len(data))
    return Result(text=said, data={"file": out, "bytes": len(data)})
