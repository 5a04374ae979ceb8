"""Begin with the history one knows: check a dossier, and make of it what our side may state.

What is wrong and what is drafted is told by `history`, purely. `load` drafts, for a second officer
to clear, the acts that our side is entitled to state, and keeps the rest as our own chronicle; it
can be run again at any time and drafts only what is new. docs/dossier.md describes the file.
"""

from datetime import datetime

from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.missions import history, services
from legation.missions.currencies import check_currency
from legation.missions.declared import declared
from legation.missions.history import Dossier, Report, acts_for, chronicle
from legation.missions.known import known
from legation.missions.services import Loaded
from legation.officers.services import Officer

__all__ = ["Dossier", "Loaded", "Report", "acts_for", "check", "chronicle", "load"]


def check(data: bytes) -> Report:
    """Say everything that is wrong with a dossier, by line; raises nothing. No node is needed."""
    return history.check(data, currency=check_currency)


def load(node: Node, data: bytes, by: Officer | str, at: datetime) -> Loaded:
    """Draft what our side may state and has not stated the same; keep the rest as chronicle.

    by: the drafting officer. Returns what was drafted (None: everything is stated or waits in a
    draft already). Raises Refusal "dossier" with all faults in `others`, "other-parties" when
    the dossier is not about this node's party and its peer, and what drafting refuses.
    """
    report = check(data)
    if report.dossier is None:
        raise _faulty(report)
    dossier = report.dossier
    return services.load_dossier(
        node,
        title=dossier.title,
        parties=tuple(dossier.parties),
        acts=acts_for(dossier, node.party),
        entries=[*chronicle(dossier), *declared(dossier)],
        known=known(dossier),
        by=by,
        at=at,
    )


def _faulty(report: Report) -> Refusal:
    return Refusal(
        "dossier",
        thing=N_("The dossier"),
        rule=N_("{count} faults were found, the first on line {line}: {first}"),
        remedy=N_("Correct them; `legation dossier check FILE` lists them all."),
        others=tuple(problem.refusal for problem in report.errors),
        count=len(report.errors) + report.more,
        line=report.errors[0].line,
        first=report.errors[0].refusal,
    )
