"""Where an officer is signed in: begun, seen, ended. Every request finds out at once.

1. A session is known by Django's key. To end it is to delete Django's row: the next request of
   that browser is a stranger's.
2. Written down: which browser, from how far away, since when, seen when. Never what it read.
3. "Seen" is kept to the minute, so that reading a page is not a write each time.
"""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.sessions.models import Session

from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.officers.models import DeskSession, Officer
from legation.officers.services.audit import note_down

KEPT: Final = timedelta(days=30)
"""How long a session that ended is remembered."""


def begin_session(
    node: Node,
    *,
    officer: Officer,
    key: str,
    way: str,
    place: str,
    browser: str,
    system: str,
    at: datetime,
) -> None:
    """Remember a browser in which the officer has signed in. What is long over is forgotten."""
    with writing(node.alias):
        rows = DeskSession.objects.using(node.alias)
        rows.filter(officer_id=officer.pk, seen_at__lt=at - KEPT).delete()
        rows.update_or_create(
            key=key,
            defaults={
                "officer_id": officer.pk,
                "way": way,
                "place": place,
                "browser": browser,
                "system": system,
                "since": at,
                "seen_at": at,
                "ended_at": None,
            },
        )


def session_seen(node: Node, *, key: str, at: datetime) -> bool:
    """Remember that a browser asked for something; tell whether its session is listed.

    It is not where a clock that ran ahead had made it look long over.
    """
    with writing(node.alias):
        return bool(DeskSession.objects.using(node.alias).filter(key=key).update(seen_at=at))


def session_over(node: Node, *, key: str, at: datetime) -> None:
    """Remember that a browser signed out by itself."""
    with writing(node.alias):
        rows = DeskSession.objects.using(node.alias).filter(key=key, ended_at=None)
        rows.update(ended_at=at)


def end_session(
    node: Node, *, officer: Officer, session: int, by: Officer | str | None, at: datetime
) -> None:
    """End one session of the officer. Raises Refusal "unknown-session"."""
    with writing(node.alias):
        rows = DeskSession.objects.using(node.alias).filter(officer_id=officer.pk, ended_at=None)
        row = rows.filter(pk=session).first()
        if row is None:
            raise Refusal(
                "unknown-session",
                thing=N_("Session"),
                rule=N_("no session of yours with this mark is open."),
                remedy=N_("See your page: it lists those that are."),
            )
        _end(node, [row], at)
        note_down(node, what="session.ended", by=by, at=at, about=officer.username)


def end_sessions(
    node: Node, *, officer: Officer, by: Officer | str | None, at: datetime, except_key: str = ""
) -> int:
    """End all sessions of the officer, except the one of `except_key`; return how many."""
    with writing(node.alias):
        rows = DeskSession.objects.using(node.alias).filter(officer_id=officer.pk, ended_at=None)
        ended = list(rows.exclude(key=except_key))
        _end(node, ended, at)
        note_down(
            node,
            what="sessions.ended",
            by=by,
            at=at,
            about=officer.username,
            detail={"count": len(ended)},
        )
    return len(ended)


def _end(node: Node, rows: list[DeskSession], at: datetime) -> None:
    keys = [row.key for row in rows]
    Session.objects.using(node.alias).filter(session_key__in=keys).delete()
    DeskSession.objects.using(node.alias).filter(key__in=keys).update(ended_at=at)
