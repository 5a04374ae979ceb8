"""Lists of notices: pages of them, what comes due, and who waits for whom, all by sight.

Each function asks a number of queries that does not depend on how many notices there are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import attrgetter, or_
from typing import Any, Final

from django.db.models import Q

from legation.acts.catalogue import catalogue
from legation.acts.notices import NoticeKind
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.notices import effects
from legation.notices.lines import title_in_words
from legation.notices.models import Notice, NoticeLink, State
from legation.notices.queries.facets import (
    OURS,
    SOON,
    THEIRS,
    Facets,
    Filters,
    facets,
    fits,
    groups,
    where,
    within,
)
from legation.officers.sight import EVERYTHING, Sight

PAGE: Final = 25
MOST_PAGES: Final = 10_000
LAST: Final = timedelta(seconds=1)
"""A deadline of days is the midnight after its last day."""
ON_TODAY: Final = {
    Filters(move=OURS): "waits_from",
    Filters(move=THEIRS): "waits_from",
    Filters(due="soon"): "due_at",
}
"""The lists of the first page, and what each is sorted by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One notice in a list.

    by, addressee: the parties. kind_title: an untranslated message. title: its own, or the
    kind's where it has none.
    state: released, received, answered, withdrawn or closed. said: answer -> number of lines.
    move: the party whose answer is awaited, or "". waits_from: since when, or None;
    waits_by_receipt: counted from the receipt, else from the release. days: whole days since.
    due_at: when the time is over, or None; due_binding: by a clock that both accepted; overdue:
    and by that clock it is over. clock: what runs, "30 working_days", or "". ours_only: it is on
    paper and in no record.
    """

    id: str
    by: str
    addressee: str
    ours: bool
    kind: str
    kind_title: str
    title: str
    number: str
    reference: str
    post: str
    to: str
    at: datetime
    received_at: datetime | None
    state: str
    lines: int
    open_lines: int
    said: Mapping[str, int]
    asked_by: str
    move: str
    waits_from: datetime | None
    waits_by_receipt: bool
    days: int | None
    due_at: datetime | None
    due_binding: bool
    overdue: bool
    clock: str
    ours_only: bool

    @property
    def due_day(self) -> date | None:
        """The last day of what is due, in UTC, as both nodes count; None where nothing is."""
        return None if self.due_at is None else (self.due_at - LAST).date()

    @property
    def due_by_hour(self) -> bool:
        """Whether what runs is counted in hours, so that the day alone would say too little."""
        return self.clock.endswith("hours")

    @property
    def key(self) -> str:
        """What stands after "notice/", for addresses of pages."""
        return self.id.partition("/")[2]

    @property
    def waiting_since(self) -> datetime | None:
        """When the other side received what it has not answered; None before its receipt."""
        return self.waits_from if self.waits_by_receipt else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """One page of a list. total: notices that the filters let through; page: from 1."""

    rows: tuple[NoticeLine, ...]
    filters: Filters
    facets: Facets
    total: int
    page: int
    pages: int

    @property
    def before(self) -> str:
        """The query of the page before this, "" where there is none."""
        return self._link(self.page - 1)

    @property
    def after(self) -> str:
        """The query of the next page, "" where there is none."""
        return self._link(self.page + 1)

    def _link(self, page: int) -> str:
        if not 1 <= page <= self.pages:
            return ""
        return "&".join(filter(None, (self.filters.link(), f"page={page}")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Who waits for whom, longest first; what comes due, soonest first.

    The counts are of all, the lists of the first few. kept: counts of filters that were given.
    """

    to_answer: tuple[NoticeLine, ...]
    to_answer_count: int
    we_wait: tuple[NoticeLine, ...]
    we_wait_count: int
    due: tuple[NoticeLine, ...]
    due_count: int
    overdue_count: int
    kept: tuple[int, ...]


def kind_of(code: str, version: int) -> type[NoticeKind]:
    """Return the class of a kind that is in the record."""
    return catalogue().notice(code, version)


def line_of(row: Notice, node: Node, now: datetime) -> NoticeLine:
    """Return a row as lists show it."""
    kind = kind_of(row.kind, row.version)
    waited = None if row.waits_from is None else max((now - row.waits_from).days, 0)
    return NoticeLine(
        id=row.id,
        by=row.by,
        addressee=row.addressee,
        ours=row.by == node.party,
        kind=row.kind,
        kind_title=kind.title,
        title=title_in_words(kind, row.title) or kind.title,
        number=row.number,
        reference=row.reference,
        post=row.post,
        to=row.to,
        at=row.at,
        received_at=row.received_at,
        state=row.state,
        lines=row.lines,
        open_lines=row.open_lines,
        said=row.said,
        asked_by=row.asked_by,
        move=row.move,
        waits_from=row.waits_from,
        waits_by_receipt=row.waits_from is not None and row.received_at is not None,
        days=waited,
        due_at=row.due_at,
        due_binding=row.due_binding,
        overdue=row.due_binding and row.due_at is not None and row.due_at <= now,
        clock=row.clock,
        ours_only=row.ours_only,
    )


def notices(
    node: Node,
    filters: Filters | None = None,
    *,
    page: int = 1,
    size: int = PAGE,
    sight: Sight = EVERYTHING,
) -> NoticeList:
    """Return one page of the notices in sight, with every filter's counts: two queries.

    Newest first; where `due` is chosen, what is due first comes first.
    """
    filters = filters or Filters()
    now = node.clock()
    found = within(node, sight, filters.text)
    sorts = groups(found, now)
    total = sum(count for sort, count in sorts.items() if fits(sort, filters, node.party))
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages, MOST_PAGES)
    order = ("due_at", "id") if filters.due else ("-at", "id")
    chosen = found.filter(where(filters, node.party, now)).order_by(*order)
    rows = chosen[(page - 1) * size : page * size] if total else ()
    return NoticeList(
        rows=tuple(line_of(row, node, now) for row in rows),
        filters=filters,
        facets=facets(sorts, filters, node.party),
        total=total,
        page=page,
        pages=pages,
    )


def counts_of(
    node: Node, filters: Iterable[Filters], *, sight: Sight = EVERYTHING
) -> tuple[int, ...]:
    """Return how many notices in sight each of these lets through.

    One query for all that ask for no words, and one for each other.
    """
    now, wanted = node.clock(), list(filters)
    plain = groups(within(node, sight), now) if any(not each.text for each in wanted) else {}
    return tuple(
        within(node, sight, each.text).filter(where(each, node.party, now)).count()
        if each.text
        else sum(count for sort, count in plain.items() if fits(sort, each, node.party))
        for each in wanted
    )


def waits(
    node: Node,
    *,
    most: int = 10,
    sight: Sight = EVERYTHING,
    kept: Sequence[Filters] = (),
) -> Waits:
    """Return what waits for an answer, longest first, and what comes due, soonest first.

    kept: filters to be counted too. Each count is that of the list which its filter opens.
    Two queries, and one for each kept filter that asks for words.
    """
    now, rows = node.clock(), within(node, sight)
    counts = counts_of(node, (*ON_TODAY, Filters(due="over"), *kept), sight=sight)
    parts = [
        rows.filter(where(filters, node.party, now)).order_by(order, "id")[:most]
        for filters, order in ON_TODAY.items()
    ]
    wanted = reduce(or_, (Q(pk__in=part.values("pk")) for part in parts))
    found = [line_of(row, node, now) for row in rows.filter(wanted)]
    ours = [line for line in found if line.move == node.party]
    theirs = [line for line in found if line.move not in ("", node.party)]
    due = [line for line in found if line.due_at and now < line.due_at <= now + SOON]
    return Waits(
        to_answer=_first(ours, attrgetter("waits_from", "id"), most),
        to_answer_count=counts[0],
        we_wait=_first(theirs, attrgetter("waits_from", "id"), most),
        we_wait_count=counts[1],
        due=_first(due, attrgetter("due_at", "id"), most),
        due_count=counts[2],
        overdue_count=counts[3],
        kept=counts[4:],
    )


def _first(
    lines: Iterable[NoticeLine], order: Callable[[NoticeLine], Any], most: int
) -> tuple[NoticeLine, ...]:
    return tuple(sorted(lines, key=order)[:most])


def counts(node: Node) -> dict[str, int]:
    """Return how many notices stand where, every state named."""
    found = effects.counts(node)
    return {state.value: found.get(state.value, 0) for state in State}


def about(node: Node, thing: str, *, sight: Sight = EVERYTHING) -> tuple[NoticeLine, ...]:
    """Return the notices that are about a thing, newest first, at most 100."""
    links = NoticeLink.objects.using(node.alias).filter(role="about", target=thing)
    rows = within(node, sight).filter(id__in=links.values("notice_id"))
    now = node.clock()
    return tuple(line_of(row, node, now) for row in rows.order_by("-at", "id")[:100])


def by_ids(node: Node, ids: Iterable[str], *, sight: Sight = EVERYTHING) -> dict[str, NoticeLine]:
    """Return notices by id, those that are here and in sight."""
    now = node.clock()
    rows = within(node, sight).filter(id__in=list(ids))
    return {row.id: line_of(row, node, now) for row in rows}


def ids_in_sight(node: Node, sight: Sight) -> frozenset[str]:
    """Return the ids of all notices in sight."""
    return frozenset(within(node, sight).values_list("id", flat=True))


def find_id(node: Node, name: str, *, sight: Sight = EVERYTHING) -> str:
    """Return the id of a notice by its id, what follows "notice/", or its number.

    Raises Refusal "unknown-subject", or "ambiguous" where a number was given twice.
    """
    name = name.strip()
    wanted = {name, f"notice/{name}"}
    rows = within(node, sight)
    found = list(rows.filter(id__in=wanted).values_list("id", flat=True)[:1])
    found = found or list(rows.filter(number=name).values_list("id", flat=True)[:2])
    if len(found) == 1:
        return found[0]
    raise Refusal(
        "ambiguous" if found else "unknown-subject",
        thing=N_("Notice {name}"),
        rule=N_("more than one has this number.")
        if found
        else N_("the record holds no such notice."),
        remedy=N_("Choose it from the list of notices."),
        name=name[:80],
    )
