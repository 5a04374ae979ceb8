"""`legation status`: what both sides hold, which carriers live, what waits."""

import argparse
from typing import TYPE_CHECKING, Final

from legation.cli.node import open_named
from legation.cli.output import Result, table, when
from legation.cli.parsing import Family
from legation.cli.words import _
from legation.errors import N_

if TYPE_CHECKING:
    from legation.line.queries.status import Status

PLACE = 40
ROOT_SHOWN: Final = 16

VERDICTS: Final = {
    "fork": N_("Two histories of one log were signed. That log is frozen; see the evidence."),
    "own-short": N_("The other side has shown entries of ours that we lack: a backup came back."),
    "silent": N_("Nothing heard on any carrier for three heartbeats."),
    "behind": N_("Heard, and one side does not hold all of the other's entries yet."),
    "same": N_("Both sides hold the same entries."),
    "alone": N_("No peer is confirmed yet; everything else works."),
}


def register(top: Family) -> None:
    """Add `status`."""
    top.command(
        "status",
        run,
        about=_("do both sides hold the same, and is the other side there"),
        examples=["legation -n us status", "legation -n us status --json"],
    )


def run(args: argparse.Namespace) -> Result:
    """Show how the line does now."""
    node = open_named(args)
    from legation.line.queries.status import status

    found = status(node)
    return Result(text=_told(found), data=found.as_json())


def _told(found: "Status") -> str:
    lines = [
        _("{name} ({party}), record {record} with {peer}").format(
            name=found.name,
            party=found.party,
            record=found.record or "-",
            peer=found.peer or "-",
        ),
        f"{found.verdict}: {_(VERDICTS[found.verdict])}",
    ]
    if not found.peer:
        return "\n".join(lines)
    rows = [
        (name, log.size, found.agreed[key], log.root[:ROOT_SHOWN], log.state)
        for name, key, log in (
            (_("our log"), "own", found.own),
            (_("mirror of theirs"), "mirror", found.mirror),
        )
    ]
    lines += ["", table(("", _("ENTRIES"), _("AGREED"), _("ROOT"), _("STATE")), rows)]
    lines.append(
        _("{queue} of ours not acknowledged, {missing} of theirs not here yet").format(
            queue=found.queue, missing=found.missing
        )
    )
    beats = [
        (carrier.name, when(carrier.last_heard), when(carrier.last_echoed), carrier.error or "-")
        for carrier in found.carriers
    ]
    lines += ["", table((_("CARRIER"), _("HEARD"), _("ECHOED"), _("LAST FAULT")), beats)]
    lines.append(
        _("files: {here} here, {missing} still to come, {asked} parts asked of us").format(
            **found.files
        )
    )
    for name, counts in (
        (_("notices"), found.notices),
        (_("refused"), found.refused),
        (_("evidence"), found.evidence),
    ):
        if counts:
            told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
            lines.append(f"{name}: {told}")
    return "\n".join(lines)
