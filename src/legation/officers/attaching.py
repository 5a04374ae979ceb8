"""Pages of the files beside a draft: added, looked at, taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from legation.acts.files import FileRef
from legation.errors import Refusal
from legation.officers import uploads, viewing
from legation.officers.permissions import DRAFT, READ
from legation.officers.queries import draft as drafted
from legation.officers.queries.attached import attached
from legation.officers.requests import DeskRequest, needs, say_refused
from legation.officers.services.attaching import attach, detach
from legation.officers.sight import sight_of
from legation.officers.uploads import Capped
from legation.officers.viewing import Back


@csrf_exempt
def add(request: HttpRequest, key: str) -> HttpResponseBase:
    """Take files into a draft. The bound is set first; then the form's secret is checked."""
    return _add(request, key, uploads.prepare(request))


@csrf_protect
@require_POST
@needs(DRAFT)
def _add(request: DeskRequest, key: str, handler: Capped) -> HttpResponse:
    node, count = request.node, 0
    try:
        for each in uploads.sent(request, handler, "file"):
            attach(
                node,
                draft_id=f"draft/{key}",
                data=each.read(),
                name=each.name or "",
                by=request.user,
                at=node.clock(),
            )
            count += 1
    except Refusal as refusal:
        say_refused(request, refusal)
    if count:
        said = ngettext(
            "%(count)d file added. What was taken out of it stands beside it.",
            "%(count)d files added. What was taken out of each stands beside it.",
            count,
        ) % {"count": count}
        messages.success(request, said)
    return redirect("officers:draft", key)


@require_POST
@needs(DRAFT)
def remove(request: DeskRequest, key: str, root: str) -> HttpResponse:
    """Take a file away from a draft."""
    try:
        detach(
            request.node,
            draft_id=f"draft/{key}",
            root=root,
            by=request.user,
            at=request.node.clock(),
        )
    except Refusal as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("Taken away. The draft must be cleared without it."))
    return redirect("officers:draft", key)


@require_GET
@needs(READ)
def look(request: DeskRequest, key: str, root: str) -> HttpResponse:
    """Show a file of a draft."""
    line = drafted(request.node, f"draft/{key}", sight=sight_of(request.user)).line
    return viewing.shown(
        request, _ref(request, key, root), Back(address=f"/drafts/{key}/", title=line.title)
    )


@require_GET
@needs(READ)
def page(request: DeskRequest, key: str, root: str, number: int) -> HttpResponse:
    """Answer with a page of a draft's file as a picture."""
    return viewing.picture(request, _ref(request, key, root), number)


@require_GET
@needs(READ)
def save(request: DeskRequest, key: str, root: str) -> HttpResponseBase:
    """Hand a file of a draft out, as it would leave."""
    return viewing.copy(request, _ref(request, key, root))


def _ref(request: DeskRequest, key: str, root: str) -> FileRef:
    found = attached(drafted(request.node, f"draft/{key}", sight=sight_of(request.user)))
    return viewing.chosen(tuple(each.ref for each in found), root)
