"""Pages of what is on paper: record a delivery, type in a reply or a note, restate, name them."""

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.acts.codec import to_json
from legation.errors import Refusal
from legation.line.queries.book import counterpart as counterpart_of
from legation.line.services.counterpart import name_counterpart
from legation.line.services.deliveries import Handed
from legation.notices import queries, rows
from legation.notices.drafting.reopening import data_of
from legation.notices.paper import forms as paper_forms
from legation.notices.paper import services as paper
from legation.notices.paper.services import unknown
from legation.notices.queries import NoticePage
from legation.notices.queries.alone import ours_alone
from legation.notices.restating.services import restate as draft_anew
from legation.notices.views import all_declared, declared
from legation.officers.permissions import DRAFT, READ
from legation.officers.requests import DeskRequest, needs, say_refused
from legation.officers.sight import sight_of
from legation.record.canon import Json

LONGEST_PATH: Final = 300


def _shown(request: DeskRequest, key: str) -> NoticePage:
    return queries.page(request.node, f"notice/{key}", sight=sight_of(request.user))


def _number(request: DeskRequest) -> int | None:
    told = request.GET.get("corrects", "")
    return int(told) if told.isdecimal() and len(told) < 12 else None


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def delivery(request: DeskRequest, key: str) -> HttpResponse:
    """Record that a notice was handed over on paper, or correct what was recorded."""
    node, page, number = request.node, _shown(request, key), _number(request)
    old = next((each for each in page.paper.deliveries if each.id == number), None)
    data = request.POST if request.method == "POST" else None
    form = paper_forms.delivery_form(
        node, to=page.line.addressee, data=data, corrects=old, scans=page.scans
    )
    if data is not None:
        said = {name: str(value) for name, value in form.as_data().items()}
        why = said.pop("why", "")
        handed = Handed(
            on=said.get("on", ""),
            place=said.get("place", ""),
            by_whom=said.get("by_whom", ""),
            stamp=said.get("stamp", ""),
            scan=_scan(page, said.get("scan", "")),
        )
        try:
            paper.deliver(
                node,
                notice=page.line.id,
                handed=handed,
                by=request.user,
                at=node.clock(),
                corrects=None if old is None else old.id,
                why=why,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Recorded. It stays with us."))
            return redirect("notices:page", key)
    context = {"page": page, "form": form, "old": old}
    return render(
        request, "notices/paper_delivery.html", context, status=400 if form.errors else 200
    )


def _scan(page: NoticePage, root: str) -> dict[str, Json] | None:
    """Return the reference of the scan that was chosen, None for none or one not kept there."""
    found = (to_json(each.ref) for each in page.scans if each.ref.root.text == root)
    return next(found, None)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def reply(request: DeskRequest, key: str) -> HttpResponse:
    """Type in their reply to our notice, or correct one that was mistyped."""
    node, page, number = request.node, _shown(request, key), _number(request)
    if "reply" not in page.paper.may:
        raise unknown(page.line.number)
    old = next((each for each in page.paper.replies if each.n == number), None)
    data = request.POST if request.method == "POST" else None
    answer = request.GET.get("answer", "")[:80] or _answer_of(old)
    form = paper_forms.reply_form(node, page.line.id, answer=answer, data=data, corrects=old)
    if data is not None and not rows.step_of(data):
        try:
            said = form.as_data()
            why = str(said.pop("why", ""))
            paper.enter_reply(
                node,
                notice=page.line.id,
                data=said,
                by=request.user,
                at=node.clock(),
                corrects=None if old is None else old.n,
                why=why,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Typed in, as their answer on paper. It stays with us."))
            return redirect("notices:page", key)
    context = {
        "page": page,
        "typed": form,
        "form": form.body,
        "old": old,
        "answer": request.POST.get("answer", "")[:80] or answer,
        "answers": paper_forms.answer_choices(node, page.line.id),
        "sheet": paper_forms.sheet_lines(form),
    }
    return render(request, "notices/paper_reply.html", context, status=400 if form.errors else 200)


def _answer_of(old: object) -> str:
    answers = getattr(old, "answers", ())
    return str(answers[0][1]) if answers else ""


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def note(request: DeskRequest, code: str) -> HttpResponse:
    """Type in a note of theirs that came on paper."""
    node = request.node
    if counterpart_of(node) is None:
        return redirect(asks_first(request))
    data = request.POST if request.method == "POST" else None
    changed = None if data is None else rows.stepped(data)
    form = paper_forms.note_form(node, code, data=changed or data)
    if data is not None and not rows.step_of(data):
        try:
            entered = paper.enter_note(
                node, kind=code, data=form.as_data(), by=request.user, at=node.clock()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Typed in, as their note on paper. It stays with us."))
            return redirect("notices:page", entered.on.partition("/")[2])
    context = {"kind": declared(code), "typed": form, "form": form.body}
    return render(request, "notices/paper_note.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def correct_note(request: DeskRequest, key: str) -> HttpResponse:
    """Type in anew a note of theirs that was mistyped; what was typed first stays, struck."""
    node, page = request.node, _shown(request, key)
    old = next((each for each in page.paper.typed if each.replaced_by is None), None)
    if old is None:
        raise unknown(page.line.number)
    data = request.POST if request.method == "POST" else None
    changed = None if data is None else rows.stepped(data)
    filled = None
    if data is None:
        filled = data_of(node, old.body, by=request.user, about=page.line.id, at=node.clock())
    code = page.kind.code
    form = paper_forms.note_form(node, code, data=changed or data, corrects=old, filled=filled)
    if data is not None and not rows.step_of(data):
        try:
            said = form.as_data()
            why = str(said.pop("why", ""))
            paper.enter_note(
                node,
                kind=code,
                data=said,
                by=request.user,
                at=node.clock(),
                corrects=old.n,
                why=why,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Corrected. What was typed first stays, struck."))
            return redirect("notices:page", key)
    context = {"kind": declared(code), "typed": form, "form": form.body, "page": page}
    return render(request, "notices/paper_note.html", context, status=400 if form.errors else 200)


@require_GET
@needs(DRAFT)
def kinds(request: DeskRequest) -> HttpResponse:
    """Choose what came on paper."""
    return render(request, "notices/paper_kinds.html", {"kinds": all_declared()})


@require_GET
@needs(READ)
def alone(request: DeskRequest) -> HttpResponse:
    """List what is ours alone, and let an officer choose what to restate."""
    items = ours_alone(request.node, sight=sight_of(request.user))
    context = {"items": items, "may": request.user.has_perm(DRAFT) and any(i.may for i in items)}
    return render(request, "notices/alone.html", context)


@require_POST
@needs(DRAFT)
def restate(request: DeskRequest) -> HttpResponse:
    """Draft what was chosen anew, for the record."""
    node = request.node
    seen = {item.id for item in ours_alone(node, sight=sight_of(request.user))}
    things = [name for name in request.POST.getlist("thing") if name in seen]
    try:
        draft = draft_anew(
            node, things=things, title=_("Restated from paper"), by=request.user, at=node.clock()
        )
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("notices:alone")
    return redirect("officers:draft", draft.id.partition("/")[2])


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def counterpart(request: DeskRequest) -> HttpResponse:
    """Ask which state the other party is, where nobody has said."""
    node = request.node
    data = request.POST if request.method == "POST" else None
    form = paper_forms.CounterpartForm(node, data=data)
    if data is not None and form.is_valid():
        try:
            name_counterpart(node, form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error("code", refusal.sentence(_))
        else:
            return redirect(_next(request))
    context = {"form": form, "known": counterpart_of(node)}
    return render(request, "notices/counterpart.html", context, status=400 if form.errors else 200)


def asks_first(request: DeskRequest) -> str:
    """Return the address of the page that asks which state the other party is."""
    return f"{reverse('notices:counterpart')}?{urlencode({'next': request.path})}"


def _next(request: DeskRequest) -> str:
    """Return where the officer was going: a page of this desk, nothing else."""
    wanted = request.GET.get("next", "")[:LONGEST_PATH]
    fits = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if fits and wanted.startswith("/") else "notices:kinds"
