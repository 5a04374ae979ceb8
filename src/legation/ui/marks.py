"""Marks that carry a state by colour, shape and word together, and the chips of parties.

A word that is not in the table gets a plain mark with its own word, so that a new kind of
notice or a new answer needs no entry here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """tone: ok, strained, blocked, closed, unknown or info. icon: a name of the sprite."""

    tone: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMark:
    """A party's chip. hue: "a" or "b"; never red or green, and never a judgement."""

    code: str
    name: str
    hue: str


PLAIN: Final = Mark(tone="info", icon="point", word="")

MARKS: Final[Mapping[str, Mark]] = {
    # the life of a notice and of a draft
    "drafted": Mark(tone="strained", icon="pencil", word=N_("Drafted")),
    "cleared": Mark(tone="info", icon="rubber-stamp", word=N_("Cleared")),
    "released": Mark(tone="info", icon="send", word=N_("Released")),
    "received": Mark(tone="info", icon="mail", word=N_("Received")),
    "answered": Mark(tone="ok", icon="circle-check", word=N_("Answered")),
    "closed": Mark(tone="closed", icon="lock", word=N_("Closed")),
    "withdrawn": Mark(tone="closed", icon="circle-minus", word=N_("Withdrawn")),
    "discarded": Mark(tone="closed", icon="circle-minus", word=N_("Discarded")),
    "overdue": Mark(tone="blocked", icon="alert-triangle", word=N_("Overdue")),
    "without-effect": Mark(tone="blocked", icon="ban", word=N_("Without effect")),
    # answers that many kinds share
    "granted": Mark(tone="ok", icon="circle-check", word=N_("Granted")),
    "agreed": Mark(tone="ok", icon="circle-check", word=N_("Agreed")),
    "refused": Mark(tone="blocked", icon="ban", word=N_("Refused")),
    "held": Mark(tone="strained", icon="hourglass", word=N_("Held")),
    "noted": Mark(tone="info", icon="check", word=N_("Noted")),
    "no-answer": Mark(tone="unknown", icon="circle-dashed", word=N_("No answer")),
    # posts, premises, rules
    "open": Mark(tone="ok", icon="circle-check", word=N_("Open")),
    "planned": Mark(tone="info", icon="calendar-event", word=N_("Planned")),
    "suspended": Mark(tone="closed", icon="circle-minus", word=N_("Suspended")),
    "given": Mark(tone="ok", icon="circle-check", word=N_("Given")),
    "pending": Mark(tone="strained", icon="hourglass", word=N_("Pending")),
    "disputed": Mark(tone="strained", icon="alert-triangle", word=N_("Disputed")),
    "expropriated": Mark(tone="blocked", icon="ban", word=N_("Expropriated")),
    "own": Mark(tone="info", icon="building", word=N_("Own")),
    "lease": Mark(tone="info", icon="building", word=N_("Lease")),
    "host_land_own_building": Mark(
        tone="info", icon="building", word=N_("Own building on land of the host")
    ),
    "recognised": Mark(tone="ok", icon="circle-check", word=N_("Recognised")),
    "revoked": Mark(tone="strained", icon="circle-minus", word=N_("Revoked")),
    "never": Mark(tone="closed", icon="circle-minus", word=N_("Never recognised")),
    "full": Mark(tone="ok", icon="circle-check", word=N_("Full")),
    "escorted": Mark(tone="strained", icon="eye", word=N_("Escorted")),
    "on_request": Mark(tone="strained", icon="hourglass", word=N_("On request")),
    "denied": Mark(tone="blocked", icon="lock", word=N_("Denied")),
    "entered_by_host": Mark(
        tone="blocked", icon="lock-open", word=N_("Entered by the receiving state")
    ),
    "notification": Mark(tone="ok", icon="send", word=N_("By notification")),
    "permission": Mark(tone="strained", icon="hourglass", word=N_("By permission")),
    "free": Mark(tone="ok", icon="circle-check", word=N_("Free")),
    "not-stated": Mark(tone="unknown", icon="circle-dashed", word=N_("Not stated")),
    "unknown": Mark(tone="unknown", icon="circle-dashed", word=N_("Unknown")),
    # the line
    "same": Mark(tone="ok", icon="heartbeat", word=N_("Line of contact is open")),
    "behind": Mark(tone="strained", icon="hourglass", word=N_("Line of contact is behind")),
    "silent": Mark(tone="blocked", icon="plug-connected-x", word=N_("Line of contact is silent")),
    "fork": Mark(tone="blocked", icon="alert-triangle", word=N_("Two histories: line stopped")),
    "own-short": Mark(
        tone="blocked", icon="alert-triangle", word=N_("They hold more of our log than we do")
    ),
    "alone": Mark(tone="unknown", icon="circle-dashed", word=N_("No peer is confirmed")),
}


def mark_of(name: str) -> Mark:
    """Return the mark of a state's name, or a plain one with the name as its word."""
    known = MARKS.get(name)
    if known is not None:
        return known
    word = name.replace("_", " ").replace("-", " ").strip()
    return Mark(tone=PLAIN.tone, icon=PLAIN.icon, word=word[:1].upper() + word[1:])


def party_marks(parties: Iterable[tuple[str, str]]) -> dict[str, PartyMark]:
    """Return the chips of `(code, name)` pairs: both desks give a party the same hue."""
    named = sorted(dict(parties).items(), reverse=True)
    return {
        code: PartyMark(code=code, name=name, hue="ab"[place % 2])
        for place, (code, name) in enumerate(named)
    }
