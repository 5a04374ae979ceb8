"""Clocks and calendars: until when answers are due, and on which days nobody counts."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from legation.desk.queries.clocks import year_of
from legation.errors import Refusal
from legation.notices import calendars
from legation.officers.permissions import DRAFT, READ
from legation.officers.requests import DeskRequest, needs, say_refused
from legation.officers.services import Draft

FIRST: Final = 2000
LAST: Final = 2100


@require_GET
@needs(READ)
def clocks(request: DeskRequest) -> HttpResponse:
    """Show the clock of each kind as both sides have it, and a year of both calendars."""
    node = request.node
    now = node.clock().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else now
    year = min(max(year, FIRST), LAST)
    context = {
        "clocks": calendars.clocks(node),
        "calendar": year_of(node, year),
        "years": range(now - 1, now + 3),
    }
    return render(request, "desk/clocks.html", context)


@require_POST
@needs(DRAFT)
def accept(request: DeskRequest) -> HttpResponse:
    """Draft our acceptance of a clock; it counts once it is released, and theirs says the same."""
    amount = request.POST.get("amount", "")
    try:
        draft = calendars.draft_clock(
            request.node,
            kind=request.POST.get("kind", "")[:60],
            amount=int(amount) if amount.isdecimal() and len(amount) < 6 else 0,
            unit=request.POST.get("unit", "")[:20],
            by=request.user,
            at=request.node.clock(),
        )
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("desk:clocks")
    return _to_draft(request, draft)


@require_POST
@needs(DRAFT)
def declare(request: DeskRequest) -> HttpResponse:
    """Draft our calendar of a year from the public holidays; an officer reads it before it goes."""
    year = request.POST.get("year", "")
    try:
        draft = calendars.draft_calendar(
            request.node,
            year=int(year) if year.isdecimal() and len(year) == 4 else 0,
            by=request.user,
            at=request.node.clock(),
        )
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("desk:clocks")
    return _to_draft(request, draft)


def _to_draft(request: DeskRequest, draft: Draft) -> HttpResponse:
    messages.success(request, _("Drafted. A second officer clears it; then it can be released."))
    return redirect("officers:draft", draft.id.partition("/")[2])
