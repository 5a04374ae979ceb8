"""The audit as the auditor reads it: who did what, when, to which thing. Ours only.

No row holds a value of a person's data: looks at it name the file (`services.looks`).
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import QuerySet

from legation.acts.kinds.notice_state import NoticeState
from legation.errors import N_, Refusal
from legation.line.models import BookEntry, Entry
from legation.line.node import Node
from legation.line.queries.book import overlay
from legation.officers.models import AuditRow
from legation.record.canon import encode
from legation.ui.clocks import clock_of

PAGE: Final = 50
MOST_EXPORTED: Final = 100_000
# What a spreadsheet would take for a formula, at the start of a cell.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilters:
    """Which rows: "" leaves a filter out. day: YYYY-MM-DD on the clock of our capital."""

    by: str = ""
    what: str = ""
    about: str = ""
    day: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "AuditFilters":
        """Read filters from an address."""
        return cls(**{each.name: query.get(each.name, "")[:120].strip() for each in fields(cls)})

    def link(self, **changes: str) -> str:
        """Return the query of an address with these filters and changes."""
        told = {each.name: getattr(self, each.name) for each in fields(self)} | changes
        return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One row. detail: small values, as names and text. number: of the notice it is about."""

    id: int
    at: datetime
    by: str
    what: str
    about: str
    detail: Mapping[str, object]
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """One page, newest first. older: the query of the next, "" at the end."""

    rows: tuple[AuditEntry, ...]
    filters: AuditFilters
    total: int
    older: str


def audit_page(node: Node, filters: AuditFilters, *, before: int | None = None) -> AuditPage:
    """Return one page of the audit: three reads. before: only rows with a smaller id.

    Raises Refusal "day".
    """
    found = _chosen(node, filters)
    rows = found if before is None else found.filter(pk__lt=before)
    shown = _numbered(node, [_entry(row) for row in rows[: PAGE + 1]])
    more = len(shown) > PAGE
    older = filters.link(before=str(shown[PAGE - 1].id)) if more else ""
    return AuditPage(rows=shown[:PAGE], filters=filters, total=found.count(), older=older)


def _numbered(node: Node, rows: Sequence[AuditEntry]) -> tuple[AuditEntry, ...]:
    """Return rows with the numbers by which people know the notices that they are about."""
    ids = {row.about for row in rows if row.about.startswith(f"{NoticeState.prefix}/")}
    if not ids:
        return tuple(rows)
    known = overlay(node, sorted(ids))
    numbers = {name: getattr(known.get(name), "number", "") for name in ids}
    return tuple(replace(row, number=numbers.get(row.about, "")) for row in rows)


def audit_csv(node: Node, filters: AuditFilters) -> Iterator[str]:
    """Yield the chosen rows as lines of CSV, newest first; no cell is a formula.

    Raises Refusal "day".
    """
    rows = _chosen(node, filters)[:MOST_EXPORTED]
    yield csv_line(["at", "by", "what", "about", "detail"])
    for row in rows.iterator(chunk_size=1000):
        detail = encode(row.detail).decode() if row.detail else ""
        yield csv_line([f"{row.at:%Y-%m-%dT%H:%M:%SZ}", row.by, row.what, row.about, detail])


def csv_line(cells: list[str]) -> str:
    """Return one line of CSV, with an apostrophe before what a spreadsheet would compute."""
    out = io.StringIO()
    csv.writer(out).writerow(
        [f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell for cell in cells]
    )
    return out.getvalue()


def _chosen(node: Node, filters: AuditFilters) -> QuerySet[AuditRow]:
    rows = AuditRow.objects.using(node.alias).order_by("-id")
    if filters.by:
        rows = rows.filter(by=filters.by)
    if filters.what:
        rows = rows.filter(what=filters.what)
    if filters.about:
        rows = rows.filter(about__in=[filters.about, *_of_number(node, filters.about)])
    if filters.day:
        begins, ends = _span(node, filters.day)
        rows = rows.filter(at__gte=begins, at__lt=ends)
    return rows


def _of_number(node: Node, number: str) -> list[str]:
    """Return the ids of what bears this number, in the record and on paper."""
    found: list[str] = []
    for rows in (Entry.objects, BookEntry.objects):
        found += rows.using(node.alias).filter(number=number).values_list("on", flat=True)
    return found


def _span(node: Node, day: str) -> tuple[datetime, datetime]:
    """Return when a day begins and ends on the clock of our capital."""
    try:
        found = date.fromisoformat(day)
        local = clock_of(node.party).local(datetime.combine(found, time(12), tzinfo=UTC))
        begins = datetime.combine(found, time(0), tzinfo=local.tzinfo).astimezone(UTC)
        return begins, begins + timedelta(days=1)  # of the calendar's last day there is no end
    except (ValueError, OverflowError) as fault:
        raise Refusal(
            "day",
            thing=N_("Day {day}"),
            rule=N_("a day is written as 2026-11-23."),
            remedy=N_("Choose it from the calendar of the field, or leave it out."),
            day=day[:20],
        ) from fault


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        id=row.pk, at=row.at, by=row.by, what=row.what, about=row.about, detail=row.detail
    )
