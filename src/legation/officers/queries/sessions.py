"""Where an officer is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from legation.errors import N_
from legation.line.node import Node
from legation.officers.models import DeskSession, Officer

PLACES: Final = {
    "machine": N_("this machine"),
    "network": N_("the own network"),
    "outside": N_("elsewhere"),
}
WAYS: Final = {"password": N_("by password"), "passkey": N_("by passkey")}
MOST_SESSIONS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One browser. place, way: untranslated messages. here: the one that asks."""

    id: int
    browser: str
    system: str
    place: str
    way: str
    since: datetime
    seen_at: datetime
    here: bool


def sessions(node: Node, officer: Officer, *, key: str = "") -> tuple[SessionLine, ...]:
    """Return the officer's open sessions, newest first. key: of the browser that asks."""
    oldest = node.clock() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = DeskSession.objects.using(node.alias).filter(
        officer_id=officer.pk, ended_at=None, seen_at__gte=oldest
    )
    return tuple(
        SessionLine(
            id=row.pk,
            browser=row.browser,
            system=row.system,
            place=PLACES.get(row.place, ""),
            way=WAYS.get(row.way, ""),
            since=row.since,
            seen_at=row.seen_at,
            here=row.key == key,
        )
        for row in rows[:MOST_SESSIONS]
    )
