"""What waits for this officer: drafts to clear and release, notices to answer; holidays ahead."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Final

from legation.line.node import Node
from legation.notices.due import calendars_of
from legation.notices.models import Notice
from legation.officers.permissions import CLEAR, DRAFT
from legation.officers.queries import DraftRow, open_rows
from legation.officers.sight import notice_filter, sight_of

if TYPE_CHECKING:
    from legation.officers.models import Officer

MOST_DRAFTS: Final = 500
AHEAD: Final = 21
"""Days ahead whose holidays are told: as far as what is coming due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits, by whose move.

    clear: for this officer; release: for any who may; mine: what this officer wrote, and waits
    for a second one. to_answer: how many notices of theirs wait for us.
    """

    clear: tuple[DraftRow, ...]
    release: tuple[DraftRow, ...]
    mine: tuple[DraftRow, ...]
    to_answer: int


def waiting(node: Node, officer: "Officer", *, to_answer: int | None = None) -> Waiting:
    """Return what waits; two reads, whatever there is. to_answer: where it was counted before."""
    sight = sight_of(officer)
    drafts = open_rows(node, most=MOST_DRAFTS, sight=sight)
    may_clear, may_release = officer.has_perm(CLEAR), officer.has_perm(DRAFT)
    if to_answer is None:
        seen = Notice.objects.using(node.alias).filter(notice_filter(sight))
        to_answer = seen.filter(move=node.party).count()
    return Waiting(
        clear=tuple(
            row
            for row in drafts
            if may_clear and row.state == "drafted" and officer.username not in row.authors
        ),
        release=tuple(row for row in drafts if may_release and row.state == "cleared"),
        mine=tuple(
            row for row in drafts if row.state == "drafted" and officer.username in row.authors
        ),
        to_answer=to_answer,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day on which a party's offices are closed, as its calendar names it."""

    day: date
    party: str
    name: str


def holidays(node: Node, parties: tuple[str, ...]) -> tuple[Holiday, ...]:
    """Return the holidays of these states in the weeks ahead, by day: one read."""
    today = node.clock().astimezone(UTC).date()
    known = calendars_of(node, range(today.year - 1, today.year + 3), parties, paper=True)
    days = (today + timedelta(days=ahead) for ahead in range(AHEAD + 1))
    return tuple(
        Holiday(day=day, party=each.party, name=each.name)
        for day in days
        for each in known.closed(day)
        if each.why == "holiday"
    )
