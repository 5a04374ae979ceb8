"""The audit's page, and its export: for the auditor and the key custodians."""

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from legation.officers import queries, services
from legation.officers.permissions import AUDIT
from legation.officers.queries.trail import AuditFilters
from legation.officers.requests import DeskRequest, needs
from legation.officers.templatetags.deeds import DEEDS, deed

LONGEST_ID = 16


@require_GET
@needs(AUDIT)
def audit(request: DeskRequest) -> HttpResponse:
    """Show who did what; every filter stands in the address."""
    filters = AuditFilters.read(request.GET.dict())
    before = request.GET.get("before", "")
    below = int(before) if before.isdecimal() and len(before) < LONGEST_ID else None
    context = {
        "page": queries.audit_page(request.node, filters, before=below),
        "filters": filters,
        "officers": queries.officers(request.node),
        "deeds": sorted(((what, deed(what)) for what in DEEDS), key=lambda each: each[1]),
    }
    return render(request, "officers/audit.html", context)


@require_GET
@needs(AUDIT)
def audit_export(request: DeskRequest) -> HttpResponseBase:
    """Hand out the chosen rows as CSV; that they were handed out is in the audit too."""
    filters = AuditFilters.read(request.GET.dict())
    node = request.node
    lines = queries.audit_csv(node, filters)
    first = next(lines)  # refuses a bad day before anything is sent
    services.note_down(node, what="audit.exported", by=request.user, at=node.clock())
    answer = StreamingHttpResponse([first, *lines], content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-OURS-ONLY-{node.party}.csv"'
    return answer
