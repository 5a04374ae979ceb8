"""The line of contact, and the introduction that it begins with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from legation.desk import wording
from legation.desk.queries import health
from legation.desk.queries.introduction import introduction as how_far
from legation.errors import Refusal
from legation.line import services
from legation.line.queries.book import counterpart
from legation.officers import services as officers
from legation.officers.permissions import CONFIRM, HEALTH
from legation.officers.requests import DeskRequest, needs, say_refused

LARGEST_FILE = 65_536


@require_GET
@needs(HEALTH)
def line(request: DeskRequest) -> HttpResponse:
    """Show carriers, heartbeats, what they have not acknowledged, what was refused."""
    part = request.headers.get("HX-Request")
    template = "desk/line_live.html" if part else "desk/line.html"
    return render(request, template, {"line": wording.line(health.line(request.node))})


@require_GET
@needs(HEALTH)
def introduction(request: DeskRequest) -> HttpResponse:
    """Show the twelve words to read out, and how far the introduction is."""
    return render(request, "desk/introduction.html", _introduction(request))


def _introduction(request: DeskRequest) -> dict[str, object]:
    try:
        own = services.kept_introduction(request.node)
    except Refusal:
        own = b""
    may_make = not own and request.user.has_perm(CONFIRM)
    named = counterpart(request.node) is not None
    return {"view": how_far(request.node, own), "may_make": may_make, "named": named}


@require_GET
@needs(HEALTH)
def introduction_file(request: DeskRequest) -> HttpResponse:
    """Hand out our signed introduction, as it is kept for the peer that this node is for."""
    return _a_file(request, services.kept_introduction(request.node))


@require_POST
@needs(CONFIRM)
def introduction_make(request: DeskRequest) -> HttpResponse:
    """Sign our introduction: for the peer named at `init`, or handed out at once for another."""
    data = services.own_introduction(request.node, peer=_code(request.POST.get("peer", "")))
    try:
        kept = services.kept_introduction(request.node)
    except Refusal:
        kept = b""
    return redirect("desk:introduction") if data == kept else _a_file(request, data)


def _code(typed: str) -> str | None:
    return typed.strip().upper()[:3] or None


def _a_file(request: DeskRequest, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="introduction-{request.node.party}.json"'
    return answer


@require_POST
@needs(CONFIRM)
def introduction_import(request: DeskRequest) -> HttpResponse:
    """Take their introduction file; it counts once two officers have confirmed it."""
    sent = request.FILES.get("file")
    data = sent.read(LARGEST_FILE + 1) if sent else b""
    try:
        services.import_introduction(request.node, data, at=request.node.clock())
    except Refusal as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("Taken. Now two officers compare the words by telephone."))
    return redirect("desk:introduction")


@require_POST
@needs(CONFIRM)
def introduction_confirm(request: DeskRequest) -> HttpResponse:
    """Compare the words that were read to this officer with those of the file."""
    said = request.POST.get("words", "")[:400]
    try:
        made = officers.confirm_peer(
            request.node, said=said, by=request.user, at=request.node.clock()
        )
    except Refusal as refusal:
        context = {**_introduction(request), "said": said, "refused": wording.said(refusal)}
        return render(request, "desk/introduction.html", context, status=400)
    done = _("Confirmed. The record exists.") if made else _("Confirmed. One more officer, please.")
    messages.success(request, done)
    return redirect("desk:introduction")
