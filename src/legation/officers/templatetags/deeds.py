"""What the audit writes down, in words: `{% load deeds %}`."""

from collections.abc import Iterable
from typing import Final

from django import template
from django.utils.translation import gettext

from legation.errors import N_
from legation.officers.queries import ActPreview, AuditLine
from legation.officers.said import Said, said
from legation.ui.templatetags.parts import label

register = template.Library()

DEEDS: Final = {
    "draft.drafted": N_("Drafted"),
    "draft.edited": N_("Edited; it must be cleared again"),
    "draft.cleared": N_("Cleared"),
    "draft.released": N_("Released"),
    "draft.discarded": N_("Discarded"),
    "draft.uncleared": N_("Uncleared: who had cleared it was expelled"),
    "file.taken": N_("File added"),
    "file.removed": N_("File taken away"),
    "scan.added": N_("Scan kept"),
    "scan.removed": N_("Scan taken away"),
    "sign-in": N_("Signed in"),
    "sign-in.failed": N_("Sign-in failed"),
    "session.ended": N_("Session ended"),
    "sessions.ended": N_("Sessions ended"),
    "passkey.added": N_("Passkey added"),
    "passkey.removed": N_("Passkey removed"),
    "recovery.first": N_("Return of an officer approved first"),
    "recovery.second": N_("Return of an officer approved second"),
    "recovery.given-up": N_("Return of an officer given up"),
    "recovery.used": N_("Officer came back with a code"),
    "recovery.failed": N_("Code to come back failed"),
    "officer.added": N_("Officer added"),
    "officer.password": N_("Password changed"),
    "officer.suspended": N_("Officer suspended"),
    "officer.expelled": N_("Officer expelled"),
    "key.suspended": N_("Signing key stopped"),
    "person.seen": N_("Person's data looked at"),
    "own.noted": N_("Noted as ours only"),
    "own.struck": N_("Struck what was ours only"),
    "threshold.own": N_("Number of our own board set"),
    "audit.exported": N_("Audit exported"),
    "peer.confirmed": N_("Peer confirmed"),
    "log.resumed": N_("Log resumed"),
}


@register.filter
def deed(what: str) -> str:
    """Return the words of an audit row's `what`."""
    known = DEEDS.get(what)
    return gettext(known) if known else label(what.replace(".", " ").replace("-", " "))


@register.simple_tag(takes_context=True)
def act_said(context: template.Context, act: ActPreview) -> Said:
    """Return what an act says, in words."""
    return said(context["request"].node, act)


@register.filter
def collapsed(history: Iterable[AuditLine]) -> list[AuditLine]:
    """Return rows without those that repeat the one before: same officer, deed and thing.

    The newest of a run stands for it, with its time. The audit keeps every row.
    """
    out: list[AuditLine] = []
    for row in history:
        if out and (out[-1].by, out[-1].what, out[-1].about) == (row.by, row.what, row.about):
            out.pop()
        out.append(row)
    return out
