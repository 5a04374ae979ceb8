"""`legation premises`: buildings and plots of both sides, on three axes."""

import argparse
from typing import Final

from legation.cli.asked import add_day, asked_of
from legation.cli.output import Result
from legation.cli.parsing import Family
from legation.cli.registers import register_table
from legation.cli.words import _

PLACE = 46
FIELDS: Final = ("post", "name", "title", "status", "access")


def register(top: Family) -> None:
    """Add the family `premises`."""
    family = top.family("premises", about=_("buildings and plots of both sides"))
    listed = family.command(
        "list",
        list_all,
        about=_("all premises with title, status and access on a day"),
        examples=["legation -n us premises list --at 2018-04-24"],
    )
    add_day(listed)


def list_all(args: argparse.Namespace) -> Result:
    """Show all premises on a day."""
    asked = asked_of(args)
    text, data = register_table(asked.facts(), "premises", FIELDS, asked.on)
    return Result(text=text, data={"on": asked.on, "shared": asked.shared, "premises": data})
