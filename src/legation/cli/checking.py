"""What `record verify` and `doctor` say about what they recomputed."""

from typing import TYPE_CHECKING, Any, Final

from legation.cli.output import table
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.line.queries.report import Report

FAULTS_SHOWN: Final = 50


def told(report: "Report") -> str:
    """Return a report in words: what differs, or how much was recomputed and fits."""
    counts = ", ".join(f"{count:,} {what}" for what, count in report.checked.items())
    if report.ok:
        return _("Everything fits: {counts}.").format(counts=counts)
    rows = [(fault.table, fault.row, fault.what) for fault in report.faults[:FAULTS_SHOWN]]
    more = len(report.faults) - len(rows)
    lines = [
        _("These rows are not what the entries say they must be:"),
        table((_("TABLE"), _("ROW"), _("WHAT DIFFERS")), rows),
    ]
    if more:
        lines.append(_("and {more} more").format(more=more))
    lines.append(
        _(
            "`legation doctor --rebuild` makes state and projections anew from the logs;"
            " it never changes a log."
        )
    )
    return "\n".join(lines)


def as_data(report: "Report") -> dict[str, Any]:
    """Return a report for programs."""
    return {"ok": report.ok, "checked": report.checked, "faults": report.faults}
