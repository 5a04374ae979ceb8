"""`legation payments`: how each post is paid and pays, and for how long the cash lasts."""

import argparse
from typing import TYPE_CHECKING, Any

from legation.cli.asked import add_day, asked_of
from legation.cli.output import Result, table
from legation.cli.parsing import Family
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.missions.readiness.payments import Channel, Sum

PLACE = 47


def register(top: Family) -> None:
    """Add the command `payments`."""
    payments = top.command(
        "payments",
        show,
        about=_("the channels of payment, their licences, and how long the cash lasts"),
        examples=["legation -n us payments --at 2025-04-10"],
    )
    add_day(payments)


def show(args: argparse.Namespace) -> Result:
    """Show the channels of both sides on a day."""
    asked = asked_of(args)
    from legation.missions.readiness.payments import channels

    found = channels(asked.facts(), asked.on)
    heads = (
        _("CHANNEL"),
        _("POST"),
        _("STATE"),
        _("LAST PAYMENT THAT ARRIVED"),
        _("LICENCE"),
        _("ENDS IN DAYS"),
        _("CASH LASTS DAYS"),
    )
    mark = _("What both sides hold") if asked.shared else _("Ours only")
    shown = table(heads, [_row(each) for each in found]) if found else _("None is known yet.")
    data = {
        "on": asked.on,
        "shared": asked.shared,
        "channels": [_data(each) for each in found],
    }
    return Result(text=f"{asked.on.isoformat()}. {mark}\n\n{shown}", data=data)


def _row(channel: "Channel") -> tuple[str, ...]:
    from legation.missions import naming

    licence = channel.licence
    post = channel.told["post"].value
    return (
        channel.id.partition("/")[2],
        str(post).partition("/")[2] if isinstance(post, str) else "-",
        _(naming.value_name("state", channel.state)) if channel.state else "-",
        _sum(channel.last_success),
        "-" if licence is None else licence.name or licence.id,
        "-" if licence is None or licence.days_left is None else str(licence.days_left),
        "-" if channel.runway is None else str(channel.runway.left),
    )


def _sum(found: "Sum | None") -> str:
    if found is None:
        return "-"
    from legation.acts.money import major

    return f"{major(found.amount, found.currency)} {found.currency} {found.day}".rstrip()


def _data(channel: "Channel") -> dict[str, Any]:
    licence, runway = channel.licence, channel.runway
    return {
        "id": channel.id,
        "sending": channel.sending,
        "fields": {name: [each.value for each in told.said] for name, told in channel.told.items()},
        "last_success": channel.last_success,
        "days_since": channel.days_since,
        "licence": None
        if licence is None
        else {"id": licence.id, "expires": licence.expires, "days_left": licence.days_left},
        "runway": None if runway is None else {"days": runway.days, "left": runway.left},
    }
