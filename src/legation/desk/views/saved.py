"""An officer's own filters: kept from the list of notices, named anew, given up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from legation.desk.services import saved
from legation.errors import Refusal
from legation.officers.permissions import DRAFT
from legation.officers.requests import DeskRequest, needs, say_refused


@require_POST
@needs(DRAFT)
def keep(request: DeskRequest) -> HttpResponse:
    """Keep the choice that the list shows under a name."""
    query = request.POST.get("query", "")[:800]
    try:
        saved.save_filter(
            request.node,
            name=request.POST.get("name", ""),
            query=query,
            by=request.user,
            at=request.node.clock(),
        )
    except Refusal as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("Kept. It stands here and on Today, for you alone."))
    return _list(query)


@require_POST
@needs(DRAFT)
def rename(request: DeskRequest, number: str) -> HttpResponse:
    """Give a kept filter another name."""
    try:
        saved.rename_filter(
            request.node, number=int(number), name=request.POST.get("name", ""), by=request.user
        )
    except Refusal as refusal:
        say_refused(request, refusal)
    return _list("")


@require_POST
@needs(DRAFT)
def delete(request: DeskRequest, number: str) -> HttpResponse:
    """Give up a kept filter."""
    try:
        saved.delete_filter(request.node, number=int(number), by=request.user)
    except Refusal as refusal:
        say_refused(request, refusal)
    return _list("")


def _list(query: str) -> HttpResponse:
    return redirect(reverse("notices:list") + (f"?{query}" if query else ""))
