"""The reciprocity ledger: what each side does to the other on a day, and the acts behind it."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from legation.missions.queries.board import ledger_of
from legation.missions.readiness.figures import Figure, Item, Ledger
from legation.missions.readiness.ledger_writing import ledger_json, ledger_table
from legation.missions.sheets.ledger_paper import ledger_pdf
from legation.missions.showing import ledgers
from legation.missions.views.looking import Read, address_of, around_day, in_sight, read
from legation.notices.queries import ids_in_sight
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest, needs
from legation.officers.sheets.writing import to_csv
from legation.officers.sight import sight_of
from legation.record.canon import encode_large

PER_PAGE: Final = 100


@require_GET
@needs(READ)
def ledger(request: DeskRequest) -> HttpResponse:
    """Show what they do to us and what we do to them, each number with its acts."""
    seen, found = _counted(request)
    view = ledgers.view_of(found, _other(request, found))
    context = {
        **around_day(seen, address_of("missions:ledger")),
        "view": view,
        "ways": _ways(found, _other(request, found)),
        **_names(request, seen, ledgers.shown_items(view)),
    }
    return render(request, "missions/ledger.html", context)


@require_GET
@needs(READ)
def behind(request: DeskRequest, measure: str, by: str, code: str) -> HttpResponse:
    """Show all acts behind one number, page by page."""
    seen, found = _counted(request)
    row = found.row(measure)
    figure = _figure(found, measure, by, code)
    page = request.GET.get("page", "")
    pages = max(1, -(-len(figure.items) // PER_PAGE))
    here = min(max(int(page) if page.isdecimal() and len(page) < 6 else 1, 1), pages)
    items = tuple(figure.items[(here - 1) * PER_PAGE : here * PER_PAGE])
    context = {
        **around_day(seen, address_of("missions:ledger_behind", measure, by, code)),
        "row": row,
        "figure": figure,
        "items": items,
        "by": by,
        "to": next(party for party in found.parties if party != by),
        "page": here,
        "pages": pages,
        **_names(request, seen, items),
    }
    return render(request, "missions/ledger_behind.html", context)


@require_GET
@needs(READ)
def sheet(request: DeskRequest) -> HttpResponse:
    """Show the ledger of what both sides hold, to be printed: nothing in it is ours only."""
    seen, found = _counted(request, shared=True)
    view = ledgers.view_of(found, found.parties[0])
    context = {**around_day(seen, address_of("missions:ledger_sheet")), "view": view}
    context["ways"] = _ways(found, found.parties[0])
    return render(request, "missions/ledger_sheet.html", context)


@require_GET
@needs(READ)
def pdf(request: DeskRequest) -> HttpResponse:
    """Answer with the same sheet as PDF/A: the same bytes on both nodes, language by language."""
    _, found = _counted(request, shared=True)
    return _file(ledger_pdf(found), "application/pdf", f"ledger-{found.on}.pdf", how="inline")


@require_GET
@needs(READ)
def as_json(request: DeskRequest) -> HttpResponse:
    """Answer with what both sides hold as canonical JSON: the same bytes on both nodes."""
    _, found = _counted(request, shared=True)
    data = encode_large(ledger_json(found))
    return _file(data, "application/json", f"ledger-{found.on}.json")


@require_GET
@needs(READ)
def as_csv(request: DeskRequest) -> HttpResponse:
    """Answer with what both sides hold as a table, a line for each number."""
    _, found = _counted(request, shared=True)
    data = to_csv(*ledger_table(found, gettext))
    return _file(data, "text/csv; charset=utf-8", f"ledger-{found.on}.csv")


def _counted(request: DeskRequest, *, shared: bool = False) -> tuple[Read, Ledger]:
    """Return the ledger of the day that is asked for. shared: whatever the address says.

    It counts the notices of every post, and names those that this officer sees.
    """
    seen, sight = read(request, shared=shared), sight_of(request.user)
    asked = seen.asked
    found = ledger_of(request.node, asked.on, recorded=asked.recorded, own=asked.own)
    if not sight.everything:
        found = ledgers.veiled(found, ids_in_sight(request.node, sight))
    return seen, found


def _ways(found: Ledger, first: str) -> list[tuple[str, str]]:
    """Return who does and who bears, column by column. first: who does in the first."""
    one, two = sorted(found.parties, key=lambda code: code != first)
    return [(one, two), (two, one)]


def _other(request: DeskRequest, found: Ledger) -> str:
    return next((code for code in found.parties if code != request.node.party), "")


def _figure(found: Ledger, measure: str, by: str, code: str) -> Figure:
    row = found.row(measure)
    if row is None or by not in found.parties:
        raise Http404
    figure = row.half(by).figure(code)
    if figure is None:
        raise Http404
    return figure


def _names(
    request: DeskRequest, seen: Read, items: tuple[Item, ...] | list[Item]
) -> dict[str, Any]:
    grounds = [ground for item in items for ground in item.grounds]
    return {
        "names": ledgers.names_of(seen.facts, items, seen.asked.on),
        "notices_in_sight": in_sight(request, grounds),
    }


def _file(data: bytes, kind: str, name: str, how: str = "attachment") -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    return answer
