"""Sentences that several rules say. Few and plain: each is translated once."""

from collections.abc import Iterable
from typing import Final

from legation.errors import N_
from legation.missions.readiness.facts import Told
from legation.missions.readiness.messages import Message


def word(code: str, text: str, short: str = "") -> Message:
    """Return a sentence or word without places. short: its text where there is little room."""
    return Message(code=code, text=text, short=short)


CONTRADICTED: Final = word(
    "contradicted", N_("What is said of it contradicts itself"), N_("Contradictory")
)
LIFTED: Final = word("lifted", N_("Lifted"))
NOTHING_KNOWN: Final = word("nothing-known", N_("Nothing is known of it"))
_SINCE: Final = N_("{what} since {day}")
_SINCE_YEAR: Final = N_("{what} since {year}")
_NOT_STATED: Final = N_("Not stated by {parties}")
_WAITING: Final = N_("Requests waiting: {count}, the oldest for {days} days")
_WAITING_SHORT: Final = N_("Waiting: {count}, up to {days} days")


def not_stated(parties: Iterable[str]) -> Message:
    """Say that these parties state nothing."""
    named = ", ".join(sorted(parties))
    if not named:
        return NOTHING_KNOWN
    return Message(code="not-stated", text=_NOT_STATED, values={"parties": named})


def since(what: Message, told: Told) -> Message:
    """Say something, and since when, as far as that is told."""
    day = next((each.from_ for each in told.said if each.from_ is not None), None)
    return what if day is None else since_day(what, day.text)


def since_day(what: Message, day: str) -> Message:
    """Say something, and since when."""
    values, parts = {"day": day}, {"what": (what,)}
    return Message(code="since", text=_SINCE, short=_SINCE_YEAR, values=values, parts=parts)


def waiting(count: int, days: int) -> Message:
    """Say how many notices wait, and how long the oldest does."""
    values = {"count": count, "days": days}
    return Message(code="waiting", text=_WAITING, short=_WAITING_SHORT, values=values)


ANSWERED: Final = word("answered", N_("The requests are answered"))
