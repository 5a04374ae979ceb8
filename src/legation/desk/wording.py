"""Words for what the line counts by code."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext

from legation.acts.places import is_paper
from legation.desk.queries.health import LineView
from legation.desk.shell import carrier_name, said_beats
from legation.errors import N_, Refusal
from legation.notices.queries import Arrival
from legation.officers.requests import sentences
from legation.ui.templatetags.parts import label, length

# What comes from outside and is not taken. A code without an entry shows as its own words.
REFUSED: Final = {
    "size": N_("A bundle or an act that is too large"),
    "sealed": N_("A bundle that is not sealed to us, or was changed on its way"),
    "address": N_("A bundle for another node or another record"),
    "signature": N_("A signature that does not fit"),
    "signer": N_("A signature by an unknown key"),
    "term": N_("A bundle of an old run of their log"),
    "gap": N_("Entries that do not join on; asked for again"),
    "stale": N_("Entries that were here already"),
    "root": N_("Entries that their own checkpoint does not cover"),
    "opening": N_("An act that does not fit its leaf"),
    "text": N_("Bytes that are not text"),
    "not-canonical": N_("Text that is not written in the one canonical way"),
    "depth": N_("Values nested too deep"),
    "schema": N_("An unknown or missing field"),
    "fork": N_("A second history of a log: it is stopped, and both are kept"),
    "inconsistent": N_("A checkpoint that does not continue the one before"),
    "backwards": N_("A checkpoint older than one we hold"),
    "folder-link": N_("A link or something else in the folder that is no plain file"),
    "torn": N_("A torn file in the folder"),
    "pin": N_("A connection with a key that is not the pinned one"),
}
# What happened to a notice: an icon, what is said when we did it, and when they did.
EVENTS: Final = {
    "released": ("send", N_("was released."), N_("arrived.")),
    "answered": ("pencil", N_("was answered by us."), N_("was answered by them.")),
    "answer_changed": ("pencil", N_("has a new answer of ours."), N_("has a new answer.")),
    "withdrawn": ("circle-minus", N_("was withdrawn."), N_("was withdrawn by them.")),
    "closed": ("lock", N_("was closed."), N_("was closed by them.")),
}
EVIDENCE: Final = {
    "fork": N_("Their log has two histories, both signed. It is stopped; call them."),
    "own-fork": N_("They hold another history of our log, signed with our key."),
    "own-short": N_("They hold more of our log than this node does: it was restored."),
    "seen": N_("They claim to have seen what we never wrote."),
}


def line(view: LineView) -> dict[str, Any]:
    """Return the line's view with words for its carriers, refusals and evidence."""
    return {
        "queue": view.queue,
        "queued": view.queued,
        "have": view.have,
        "have_at": view.have_at,
        "missing": view.missing,
        "clocks": "" if view.ahead is None else said_apart(view.ahead),
        "carriers": [
            {
                **asdict(carrier),
                "title": carrier_name(carrier.name),
                "beats_said": said_beats(carrier.beats),
            }
            for carrier in view.carriers
        ],
        "refused": [{**asdict(row), "said": words_of(REFUSED, row.code)} for row in view.refused],
        "evidence": [
            {**asdict(row), "said": words_of(EVIDENCE, row.kind)} for row in view.evidence
        ],
    }


def said_apart(ahead: timedelta) -> str:
    """Say that the other side's clock differs from ours, and by how much at least."""
    span = length(abs(ahead).total_seconds())
    if ahead > timedelta(0):
        return gettext("By the newest entries their clock is ahead of ours: %(span)s or more.") % {
            "span": span
        }
    return gettext("By the newest entries their clock is behind ours: %(span)s or more.") % {
        "span": span
    }


def shown_event(event: Arrival) -> dict[str, Any]:
    """Return an arrival with its words."""
    drawn, ours, theirs = EVENTS.get(event.what, ("file-text", event.what, event.what))
    return {
        "at": event.at,
        "icon": drawn,
        "by": event.notice.by,
        "key": event.notice.key,
        "title": event.notice.title,
        "number": event.notice.number,
        "ours_only": event.notice.ours_only or is_paper(event.index),
        "said": gettext(ours if event.ours else theirs),
    }


def words_of(table: dict[str, str], code: str) -> str:
    """Return the words of a code, or the code itself as words."""
    known = table.get(code)
    return gettext(known) if known else label(code.replace("-", " "))


def said(refusal: Refusal) -> list[str]:
    """Return a refusal's sentences in the officer's language."""
    return sentences(refusal)
