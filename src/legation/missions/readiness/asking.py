"""Which kind of notice would ask for a cause to be lifted, found by what the kinds declare."""

from typing import Final

from legation.acts.catalogue import notice_kinds
from legation.missions.readiness.verdict import Cause

ANY_SUBJECT: Final = "note"
"""The kind for what no other kind asks for; it is no kind's business which one that is."""
ASKED_FOR: Final = frozenset({"representation", "premises", "money", "protection", "continuity"})
"""Essentials whose kinds ask for the very thing that is missing; others report, or wait."""


def draft_for(cause: Cause, *, sending: str) -> str:
    """Return the code of the kind by which a post's own state would ask; "" for its own deed."""
    if cause.move == (sending,) and cause.essential != "representation":
        return ""
    if cause.essential not in ASKED_FOR:
        return ANY_SUBJECT
    kinds = sorted(
        code
        for (code, _), kind in notice_kinds().items()
        if kind.essential == cause.essential and kind.sent_by == "sending"
    )
    return kinds[0] if kinds else ANY_SUBJECT
