"""Pages of the drafts. What a draft says is shown byte for byte before anybody clears it."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from legation.acts.places import is_paper
from legation.errors import Refusal
from legation.officers import queries, services
from legation.officers.permissions import CLEAR, READ
from legation.officers.queries.attached import attached
from legation.officers.requests import DeskRequest, needs, say_refused
from legation.officers.services.attaching import carries
from legation.officers.sight import sight_of

DONE_SHOWN: Final = 20


@require_GET
@needs(READ)
def drafts(request: DeskRequest) -> HttpResponse:
    """List what waits for a second officer, what waits for release, and what was done."""
    sight = sight_of(request.user)
    rows = queries.open_rows(request.node, sight=sight)
    return render(
        request,
        "officers/drafts.html",
        {
            "to_clear": [row for row in rows if row.state == "drafted"],
            "to_release": [row for row in rows if row.state == "cleared"],
            "released": queries.released_rows(request.node, most=DONE_SHOWN, sight=sight),
        },
    )


@require_GET
@needs(READ)
def draft(request: DeskRequest, key: str) -> HttpResponse:
    """Show one draft: what will leave, what stays, how far it is, and what this officer may do."""
    page = queries.draft(request.node, f"draft/{key}", sight=sight_of(request.user))
    may = queries.may_with(page.line, by=request.user)
    wrote = request.user.username in page.line.authors
    return render(
        request,
        "officers/draft.html",
        {
            "page": page,
            "draft": page.line,
            "may": may,
            "wrote": wrote,
            "has_clearing_role": request.user.has_perm(CLEAR),
            "key": key,
            "byte_count": sum(len(act.head) + len(act.body) for act in page.acts),
            "files": attached(page),
            "takes_files": "edit" in may and carries(request.node, page.line.types),
        },
    )


@require_POST
@needs(READ)
def clear(request: DeskRequest, key: str) -> HttpResponse:
    """Clear exactly the bytes that the page showed."""
    shown = request.POST.get("hash", "")
    return _step(
        request,
        key,
        lambda draft_id: services.clear(
            request.node, draft_id=draft_id, by=request.user, at=request.node.clock(), hash=shown
        ),
        _("Cleared. It can be released now."),
    )


@require_POST
@needs(READ)
def release(request: DeskRequest, key: str) -> HttpResponse:
    """Release a cleared draft into our own log; it leaves by itself from there."""
    node = request.node
    try:
        entered = services.release(node, draft_id=f"draft/{key}", by=request.user, at=node.clock())
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("officers:draft", key)
    if is_paper(entered[0].index):
        messages.success(request, _("Released on paper. Hand it over, then record the delivery."))
        return redirect(_after_release(request, key))
    said = ngettext(
        "Released: entry %(first)d of our record.",
        "Released: %(count)d entries of our record, from entry %(first)d.",
        len(entered),
    ) % {"count": len(entered), "first": entered[0].index + 1}
    messages.success(request, said)
    return redirect(_after_release(request, key))


@require_POST
@needs(READ)
def discard(request: DeskRequest, key: str) -> HttpResponse:
    """Give a draft up."""
    return _step(
        request,
        key,
        lambda draft_id: services.discard(
            request.node, draft_id=draft_id, by=request.user, at=request.node.clock()
        ),
        _("Discarded. Nothing of it leaves."),
    )


def _step(
    request: DeskRequest, key: str, step: Callable[[str], object], done: str
) -> HttpResponseRedirect:
    try:
        step(f"draft/{key}")
    except Refusal as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, done)
    return redirect("officers:draft", key)


def _after_release(request: DeskRequest, key: str) -> str:
    """Return the address of what the released draft is about: a notice, else the draft."""
    on = queries.draft(request.node, f"draft/{key}").line.on
    if len(on) == 1 and on[0].startswith("notice/"):
        return f"/notices/{on[0].removeprefix('notice/')}/"
    return f"/drafts/{key}/"
