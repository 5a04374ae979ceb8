"""The numbers that posts are judged by: agree them with the other side, or be stricter alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from legation.errors import Refusal
from legation.missions import services
from legation.missions.queries.thresholds import can_be_agreed, thresholds
from legation.officers.permissions import DRAFT, READ
from legation.officers.requests import DeskRequest, needs, say_refused


@require_GET
@needs(READ)
def numbers(request: DeskRequest) -> HttpResponse:
    """Show every number with both sides' words, what both agreed, and our own."""
    context = {
        "rows": thresholds(request.node),
        "can_be_agreed": can_be_agreed(),
    }
    return render(request, "missions/thresholds.html", context)


@require_POST
@needs(DRAFT)
def own(request: DeskRequest) -> HttpResponse:
    """Keep a stricter number for our own board, or take it away."""
    typed = request.POST.get("value", "").strip()
    try:
        services.set_own_threshold(
            request.node,
            name=request.POST.get("name", ""),
            value=_number(typed) if typed else None,
            by=request.user,
            at=request.node.clock(),
        )
        messages.success(request, gettext("Kept. It counts on our own board alone."))
    except Refusal as refusal:
        say_refused(request, refusal)
    return redirect("missions:thresholds")


@require_POST
@needs(DRAFT)
def accept(request: DeskRequest) -> HttpResponse:
    """Draft our word on a number of the shared board."""
    try:
        draft = services.accept_threshold(
            request.node,
            name=request.POST.get("name", ""),
            value=_number(request.POST.get("value", "").strip()),
            by=request.user,
            at=request.node.clock(),
        )
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("missions:thresholds")
    messages.success(request, gettext("Drafted. Nothing leaves before a second officer clears it."))
    return redirect("officers:draft", draft.id.partition("/")[2])


def _number(typed: str) -> int:
    """Return a number as typed; -1, which no range holds, for anything else."""
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 6 else -1
