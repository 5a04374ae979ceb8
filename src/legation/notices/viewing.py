"""Pages of the files beside a notice, for the officers who see it: what acts name, and scans."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from legation.acts.codec import from_json
from legation.acts.files import FileRef
from legation.acts.kinds.notice_state import NoticeState
from legation.errors import Refusal
from legation.line.queries.book import deliveries
from legation.notices.pdf.making import in_sight
from legation.officers import uploads, viewing
from legation.officers.permissions import DRAFT, READ
from legation.officers.queries.attached import scans
from legation.officers.requests import DeskRequest, needs, say_refused
from legation.officers.services.scans import drop_scan, keep_scan
from legation.officers.sight import sight_of
from legation.officers.uploads import Capped
from legation.officers.viewing import Back


def _seen(request: DeskRequest, key: str) -> NoticeState:
    return in_sight(request.node, f"notice/{key}", sight_of(request.user))


def _ref(request: DeskRequest, key: str, root: str) -> tuple[FileRef, NoticeState]:
    """Return a file of a notice in sight, and the notice."""
    thing = _seen(request, key)
    ours = tuple(each.ref for each in scans(request.node, thing.id))
    stamped = tuple(
        from_json(FileRef, each.scan, "scan")
        for each in deliveries(request.node, thing.id)
        if each.scan
    )
    return viewing.chosen((*thing.all_files(), *ours, *stamped), root), thing


@require_GET
@needs(READ)
def look(request: DeskRequest, key: str, root: str) -> HttpResponse:
    """Show a file beside a notice."""
    ref, thing = _ref(request, key, root)
    back = Back(address=f"/notices/{key}/", title=thing.number)
    return viewing.shown(request, ref, back, ours_only=ref not in thing.all_files())


@require_GET
@needs(READ)
def page(request: DeskRequest, key: str, root: str, number: int) -> HttpResponse:
    """Answer with a page of a file as a picture."""
    return viewing.picture(request, _ref(request, key, root)[0], number)


@require_GET
@needs(READ)
def save(request: DeskRequest, key: str, root: str) -> HttpResponseBase:
    """Hand a file out as it came, to be saved."""
    return viewing.copy(request, _ref(request, key, root)[0])


@csrf_exempt
def add(request: HttpRequest, key: str) -> HttpResponseBase:
    """Keep a scan beside a notice. The bound is set first; then the form's secret is checked."""
    return _add(request, key, uploads.prepare(request))


@csrf_protect
@require_POST
@needs(DRAFT)
def _add(request: DeskRequest, key: str, handler: Capped) -> HttpResponse:
    node, thing = request.node, _seen(request, key)
    try:
        for each in uploads.sent(request, handler, "file"):
            keep_scan(
                node,
                thing=thing.id,
                what=request.POST.get("what", ""),
                data=each.read(),
                name=each.name or "",
                by=request.user,
                at=node.clock(),
            )
            messages.success(request, _("Kept here. It is ours only and never leaves."))
    except Refusal as refusal:
        say_refused(request, refusal)
    return redirect("notices:page", key)


@require_POST
@needs(DRAFT)
def remove(request: DeskRequest, key: str, root: str) -> HttpResponse:
    """Take a scan away from a notice."""
    thing = _seen(request, key)
    try:
        drop_scan(request.node, thing=thing.id, root=root, by=request.user, at=request.node.clock())
    except Refusal as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("Taken away."))
    return redirect("notices:page", key)
