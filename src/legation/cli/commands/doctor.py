"""`legation doctor`: is this node in order; and `upgrade`, after a new version."""

import argparse
import shutil
from typing import TYPE_CHECKING, Any, Final

from legation.cli.checking import as_data, told
from legation.cli.node import home_of, load_django, open_named
from legation.cli.output import Result, working
from legation.cli.parsing import Family
from legation.cli.words import _
from legation.errors import Refusal

if TYPE_CHECKING:
    from legation.line.node import Node

PLACE = 85
LEAST_FREE: Final = 256 * 1024 * 1024
SECRETS: Final = ("keys/*.key", "root/*", "officers/*", "secret.txt")


def register(top: Family) -> None:
    """Add `doctor` and `upgrade`."""
    doctor = top.command(
        "doctor",
        run,
        about=_("check database, record, rows, files; make projections anew"),
        examples=["legation -n us doctor", "legation -n us doctor --rebuild"],
    )
    doctor.add_argument(
        "--rebuild",
        action="store_true",
        help=_("drop and make again all that follows from the logs; the logs stay"),
    )
    top.command(
        "upgrade",
        upgrade,
        about=_("bring the database up to this version of the program"),
        examples=["legation -n us upgrade"],
    )


def run(args: argparse.Namespace) -> Result:
    """Check everything, after making projections anew if asked to."""
    node = open_named(args)
    from legation.line.queries.filecheck import check_files
    from legation.line.queries.report import Report
    from legation.line.queries.verify import verify_record

    with working(_("Examining the node")):
        rebuilt, again = _rebuild(node) if args.rebuild else (None, 0)
        warnings = _warnings(node)
        report = Report()
        try:
            report = verify_record(node)
        except Refusal as refusal:
            if refusal.code != "no-peer":
                raise
            warnings.append(refusal.sentence(_))
            check_files(node, report)
        for what in _integrity(node):
            report.note("database", node.home / "db.sqlite3", what)
    lines = [told(report), *(_("Note: {what}").format(what=what) for what in warnings)]
    if rebuilt is not None:
        lines.insert(0, _("{rows:,} projected rows made anew.").format(rows=rebuilt))
    if again:
        lines.insert(1, _("{files:,} files are asked for again.").format(files=again))
    return Result(
        text="\n".join(lines),
        data={**as_data(report), "warnings": warnings, "rebuilt": rebuilt, "asked_again": again},
        code=0 if report.ok else 1,
    )


def _rebuild(node: "Node") -> tuple[int, int]:
    """Make anew what follows from the logs; return how many rows, and files asked for again."""
    from legation.line.services.files import repair
    from legation.line.services.rebuilding import rebuild

    return rebuild(node), repair(node, at=node.clock())


def _integrity(node: "Node") -> list[str]:
    """Return what SQLite finds wrong with its file."""
    from django.db import connections

    with connections[node.alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        found: list[tuple[Any]] = cursor.fetchall()
    return [str(row[0]) for row in found if row[0] != "ok"]


def _warnings(node: "Node") -> list[str]:
    """Return what is not wrong yet: open files, secrets left here, little room."""
    secrets = [path for pattern in SECRETS for path in sorted(node.home.glob(pattern))]
    found = [
        _("others can read {path}: run chmod 600 on it").format(path=path)
        for path in secrets
        if path.is_file() and path.stat().st_mode & 0o077
    ]
    if (node.home / "root").is_dir() and any((node.home / "root").iterdir()):
        found.append(
            _("the root key lies in {path}: move it to another medium").format(
                path=node.home / "root"
            )
        )
    if not node.fence.is_file():
        found.append(
            _(
                "no fence lies at {path}: put it back if it lies elsewhere; without it the node"
                " begins a new term of its log"
            ).format(path=node.fence)
        )
    free = shutil.disk_usage(node.home).free
    if free < LEAST_FREE:
        found.append(_("only {free:,} bytes are free on this disk").format(free=free))
    return found


def upgrade(args: argparse.Namespace) -> Result:
    """Bring the database up to this program."""
    home = home_of(args)
    load_django(home)
    from legation.line.databases import migrate

    with working(_("Bringing the database up to date")):
        migrate(home)
        from legation.line.services.rebuilding import project_anew

        project_anew(open_named(args))
    return Result(text=_("The database is up to date."), data={"ok": True})
