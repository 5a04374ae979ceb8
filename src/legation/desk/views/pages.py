"""Who I am, the officers of this node, help."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from legation.officers import queries as officers_queries
from legation.officers.permissions import ALLOWED, AUDIT, EXPEL, HEALTH, PEOPLE, RECOVER
from legation.officers.requests import DeskRequest, needs


@require_GET
@needs(HEALTH)
def band(request: DeskRequest) -> HttpResponse:
    """Show the line band and the tabs' counts, for the page that asks every few seconds."""
    return render(request, "ui/round.html")


@require_GET
def me(request: DeskRequest) -> HttpResponse:
    """Show the officer's name, roles, passkeys, sessions, and the way out."""
    node, officer = request.node, request.user
    keys = officers_queries.passkeys(node, officer)
    key = request.session.session_key or ""
    context = {
        "may": [name for name in ALLOWED if officer.has_perm(name)],
        "passkeys": keys,
        "nudge": not keys and officer.has_role("clearing", "custodian"),
        "sessions": officers_queries.sessions(node, officer, key=key),
        "may_recover": officer.has_perm(RECOVER),
        "may_audit": officer.has_perm(AUDIT),
    }
    return render(request, "desk/me.html", context)


@require_GET
def keyboard(request: DeskRequest) -> HttpResponse:
    """Show which keys do what."""
    return render(request, "desk/keyboard.html")


@require_GET
@needs(PEOPLE)
def officers(request: DeskRequest) -> HttpResponse:
    """List the officers, for the administrator, the auditor and the key custodians."""
    context = {
        "officers": officers_queries.officers(request.node),
        "may_expel": request.user.has_perm(EXPEL),
        "may_audit": request.user.has_perm(AUDIT),
        "may_recover": request.user.has_perm(RECOVER),
    }
    return render(request, "desk/officers.html", context)
