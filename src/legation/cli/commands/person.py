"""`legation person`: the persons list of our own missions."""

import argparse
from pathlib import Path
from typing import Final

from legation.cli.asked import add_day, asked_of
from legation.cli.inputs import read_input
from legation.cli.node import open_named
from legation.cli.output import Result, table
from legation.cli.parsing import Family
from legation.cli.registers import register_table
from legation.cli.words import _

PLACE = 45
FIELDS: Final = ("slot", "category", "function", "state", "visa", "accreditation")


def register(top: Family) -> None:
    """Add the family `person`."""
    family = top.family("person", about=_("the members of our own missions; ours only"))
    bring = family.command(
        "import",
        bring_in,
        about=_("take a list in CSV or XLSX, whole or not at all"),
        examples=[
            "legation -n us person import staff.xlsx --as Ada --dry-run",
            "legation -n us person import staff.csv --as Ada --update",
        ],
    )
    bring.add_argument("file", metavar="FILE", help=_("CSV or XLSX; the first row has the titles"))
    bring.add_argument("--as", dest="officer", metavar="NAME", required=True)
    bring.add_argument("--update", action="store_true", help=_("change those in the list already"))
    bring.add_argument("--dry-run", action="store_true", help=_("check it, take nothing"))
    listed = family.command(
        "list",
        list_all,
        about=_(
            "members of staff as stated, by number; with --as our own list, and the look noted"
        ),
        examples=[
            "legation -n us person list --at 2025-04-10",
            "legation -n us person list --as Ada",
        ],
    )
    listed.add_argument(
        "--as", dest="officer", metavar="NAME", help=_("our own list, as they see it")
    )
    add_day(listed)


def bring_in(args: argparse.Namespace) -> Result:
    """Import a list, or say all that is wrong with it, by row."""
    node = open_named(args)
    from legation.missions.persons.queries import on_its_way
    from legation.missions.persons.services import begin_import, check_piece, drop, take
    from legation.officers.services import officer_by_token
    from legation.officers.sheets.sheet import MOST_BYTES

    officer = officer_by_token(node, args.officer)
    path = Path(args.file)
    number = begin_import(
        node,
        data=read_input(args.file, limit=MOST_BYTES),
        name=path.name,
        update=args.update,
        by=officer,
        at=node.clock(),
    )
    while not check_piece(node, number=number, by=officer):
        pass
    found = on_its_way(node, number, officer.username)
    if found.faults:
        drop(node, number=number, by=officer)
        first, *others = found.faults
        first.others = tuple(others)
        raise first
    notes = [
        _("Row {row}: “{word}” has letters that look alike: {odd}.").format(row=r, word=w, odd=o)
        for r, w, o in found.notes
    ]
    if args.dry_run:
        drop(node, number=number, by=officer)
        said = _("{rows} rows checked; nothing is wrong. Nothing was taken.").format(
            rows=found.rows
        )
        return Result(text="\n".join([*notes, said]), data={"rows": found.rows, "taken": False})
    new, changed = take(node, number=number, by=officer, at=node.clock())
    said = _("{new} persons added, {changed} changed.").format(new=new, changed=changed)
    return Result(text="\n".join([*notes, said]), data={"new": new, "changed": changed})


def list_all(args: argparse.Namespace) -> Result:
    """Show the persons in an officer's sight; without an officer those of the registers."""
    if args.officer is None:
        asked = asked_of(args)
        text, data = register_table(asked.facts(), "person", FIELDS, asked.on)
        return Result(text=text, data={"on": asked.on, "shared": asked.shared, "persons": data})
    node = open_named(args)
    from legation.missions.persons import queries
    from legation.officers.services import note_looks, officer_by_token
    from legation.officers.sight import sight_of

    officer = officer_by_token(node, args.officer)
    found = queries.all_of(node, sight_of(officer))
    note_looks(
        node,
        by=officer,
        about="persons",
        roots=[row.id for row in found],
        at=node.clock(),
        how="list",
    )
    keys = ("name", "function", "post", "nationality")
    rows = [tuple(row.values[key] or "-" for key in keys) for row in found]
    header = (_("NAME"), _("FUNCTION"), _("POST"), _("NATIONALITY"))
    return Result(text=table(header, rows), data={"persons": [row.values for row in found]})
