"""Pages of who comes in: getting back in, sessions, expulsion."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from legation.errors import Refusal
from legation.officers import queries, services
from legation.officers.audit_pages import audit, audit_export
from legation.officers.forms import ApproveForm, ExpelForm, PasswordForm, RecoveryForm
from legation.officers.permissions import EXPEL, RECOVER
from legation.officers.requests import DeskRequest, needs, say_refused

__all__ = [
    "approve",
    "audit",
    "audit_export",
    "end_others",
    "end_session",
    "expel",
    "password",
    "recovery",
]


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def recovery(request: DeskRequest) -> HttpResponse:
    """Let an officer back in with the two halves of a code, under a new password."""
    if request.method == "POST":
        flooded = ratelimit.consume_or_429(request, action="recovery", app="allauth.account")
        if flooded:
            return cast("HttpResponse", flooded)
    form = RecoveryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.recover(
                request.node,
                name=told["name"],
                halves=(told["first"], told["second"]),
                password=told["password"],
                at=request.node.clock(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your new password counts. Sign in with it."))
            return redirect("account_login")
    status = 400 if form.errors else 200
    return render(request, "officers/recovery.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@needs(RECOVER)
def approve(request: DeskRequest) -> HttpResponse:
    """Approve that another officer gets back in; show this officer's half of the code, once."""
    form = ApproveForm(request.POST if request.method == "POST" else None)
    approved = None
    if form.is_valid():
        try:
            approved = services.approve_recovery(
                request.node,
                name=form.cleaned_data["name"],
                by=request.user,
                at=request.node.clock(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"form": form, "approved": approved, "open": queries.recoveries(request.node)}
    status = 400 if form.errors else 200
    return render(request, "officers/approve.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(EXPEL)
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # no stubs
def expel(request: DeskRequest, name: str) -> HttpResponse:
    """Expel an officer: say what ends, ask once, do it."""
    officer = queries.officer(request.node, name)
    form = ExpelForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"officer": officer, "form": form}
        return render(request, "officers/expel.html", context, status=400 if form.errors else 200)
    try:
        done = services.expel_officer(
            request.node,
            name=officer.name,
            by=request.user,
            at=request.node.clock(),
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("desk:officers")
    messages.success(request, _said(done))
    if done.key_refusal is not None:
        messages.error(request, _("Their signing key is not stopped yet."))
        say_refused(request, done.key_refusal)
    return redirect("desk:officers")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # no stubs
def password(request: DeskRequest) -> HttpResponse:
    """Let an officer choose another password; every other browser of theirs is signed out."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.change_password(
                request.node,
                officer=request.user,
                password=form.cleaned_data["password"],
                at=request.node.clock(),
                except_key=request.session.session_key or "",
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            request.user.refresh_from_db()
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your new password counts. Other browsers are signed out."))
            return redirect("desk:me")
    status = 400 if form.errors else 200
    return render(request, "officers/password.html", {"form": form}, status=status)


def _said(done: services.Expelled) -> str:
    said = [
        _("%(name)s is expelled: every way in is shut.") % {"name": done.name},
        ngettext("%(n)d session ended.", "%(n)d sessions ended.", done.sessions)
        % {"n": done.sessions},
    ]
    if done.uncleared:
        said.append(
            ngettext(
                "%(n)d draft must be cleared again.",
                "%(n)d drafts must be cleared again.",
                len(done.uncleared),
            )
            % {"n": len(done.uncleared)}
        )
    if done.key == "stopped":
        said.append(_("Their signing key is stopped in the record."))
    return " ".join(said)


@require_POST
def end_session(request: DeskRequest, session: int) -> HttpResponse:
    """End one of the officer's own sessions."""
    services.end_session(
        request.node,
        officer=request.user,
        session=session,
        by=request.user,
        at=request.node.clock(),
    )
    messages.success(request, _("That session has ended."))
    return redirect("desk:me")


@require_POST
def end_others(request: DeskRequest) -> HttpResponse:
    """End all of the officer's sessions but this one."""
    count = services.end_sessions(
        request.node,
        officer=request.user,
        by=request.user,
        at=request.node.clock(),
        except_key=request.session.session_key or "",
    )
    said = ngettext("%(n)d other session ended.", "%(n)d other sessions ended.", count)
    messages.success(request, said % {"n": count})
    return redirect("desk:me")
