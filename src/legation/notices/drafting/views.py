"""Pages on which a draft is changed, two changes are joined, and templates are kept. Ours only."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.errors import Refusal
from legation.line.node import Node
from legation.notices import answering, forms
from legation.notices.drafting import queries, saving, services
from legation.notices.drafting.reopening import (
    ANSWERED,
    CHANGED,
    CLOSED,
    RELEASED,
    Reopened,
    reopen,
)
from legation.notices.drafting.saving import Kept, Saving
from legation.notices.forms import ActForm
from legation.notices.persons import persons_drafted
from legation.notices.writing import stepped_form
from legation.officers.permissions import DRAFT, READ
from legation.officers.queries import draft as drafted
from legation.officers.requests import DeskRequest, needs, say_refused, sentences
from legation.officers.services import Officer
from legation.officers.sight import sight_of
from legation.record.canon import Json

WHY: Final = {
    "edited-since": "edited",
    "cleared-since": "cleared",
    "not-open": "gone",
}


def form_of(
    request: DeskRequest,
    opened: Reopened,
    data: Mapping[str, Any] | None,
    filled: Mapping[str, Json] | None = None,
) -> ActForm:
    """Return the form that made a draft, filled with it or with `filled`."""
    node, shown = request.node, opened.data if filled is None else filled
    if opened.type == RELEASED:
        return forms.notice_form(node, opened.kind, data=data, filled=shown)
    if opened.type in {ANSWERED, CHANGED}:
        return answering.answer_sheet(node, opened.about, data=data, filled=shown)
    plain = forms.close_form if opened.type == CLOSED else forms.withdraw_form
    return plain(data=data, filled=shown)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def edit(request: DeskRequest, key: str) -> HttpResponse:
    """Open a draft, change it, save it. What two wrote at once is kept and shown to both."""
    node, at = request.node, request.node.clock()
    try:
        opened = reopen(node, f"draft/{key}", by=request.user, at=at)
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("officers:drafts")
    if request.method == "GET":
        if opened.state not in saving.OPEN:
            messages.error(request, _("It is no longer open: nothing of it can be changed."))
            return redirect("officers:draft", key)
        services.note_opening(node, draft_id=opened.id, by=request.user.username, at=at)
        return _page(request, opened, form_of(request, opened, None))
    drawn = stepped_form(request, lambda data: form_of(request, opened, _bound(data)), opened.kind)
    if drawn is not None:
        return _page(request, opened, drawn)
    return _save(request, opened)


def _bound(data: QueryDict | None) -> QueryDict:
    return QueryDict() if data is None else data


def _save(request: DeskRequest, opened: Reopened) -> HttpResponse:
    node, posted = request.node, request.POST
    drawn = form_of(request, opened, posted)
    try:
        asked = Saving(
            data=drawn.as_data(),
            began=posted.get("began", "")[:64],
            uncleared=posted.get("uncleared") != "0",
            words=_number(posted.get("words")),
            theirs=posted.getlist("theirs")[:200],
            translated=tuple(posted.getlist("translated")[:10]),
        )
        saving.save(node, opened.id, asked, by=request.user, at=node.clock())
    except Kept as kept:
        return redirect("notices:join", kept.words)
    except Refusal as refusal:
        drawn.refuse(refusal)
        return _page(request, opened, drawn, status=400)
    messages.success(request, _("Saved. It waits for a second officer."))
    return redirect("officers:draft", opened.id.partition("/")[2])


@require_GET
@needs(READ)
def persons(request: DeskRequest, key: str) -> HttpResponse:
    """Show whom a draft names, to who clears it as to who wrote it; the look is written down."""
    node, at = request.node, request.node.clock()
    page = drafted(node, f"draft/{key}", sight=sight_of(request.user))
    found = [
        each
        for act in page.acts
        for each in persons_drafted(node, page.line.id, act.fields, by=request.user, at=at)
    ]
    return render(request, "drafting/persons.html", {"key": key, "page": page, "persons": found})


def _page(
    request: DeskRequest,
    opened: Reopened,
    form: ActForm,
    *,
    status: int = 200,
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    node, name = request.node, request.user.username
    posted = request.POST if request.method == "POST" else {}
    context = {
        "opened": opened,
        "key": opened.id.partition("/")[2],
        "form": form,
        "steps": bool(opened.kind),
        "sheet": isinstance(form, answering.AnswerSheet),
        "began": posted.get("began", opened.hash),
        "uncleared": posted.get("uncleared", "0" if opened.state == "cleared" else "1"),
        "words": posted.get("words", ""),
        "others": queries.others_in(node, draft_id=opened.id, by=name, at=node.clock()),
        "kept": queries.words(node, draft_id=opened.id, by=name),
        "stale": queries.stale(node, opened.id),
        **(more or {}),
    }
    return render(request, "drafting/edit.html", context, status=status)


@require_GET
@needs(DRAFT)
def join(request: DeskRequest, words: int) -> HttpResponse:
    """Show kept words beside the draft as it is now, joined where they do not touch."""
    node, at = request.node, request.node.clock()
    found = _mine(request, words)
    if found is None:
        return redirect("officers:drafts")
    opened = reopen(node, found.draft, by=request.user, at=at)
    if opened.state not in saving.OPEN:
        form = form_of(request, opened, None, found.data)
        context = {"opened": opened, "words": found, "form": form}
        return render(request, "drafting/gone.html", context)
    merged = saving.join(node, opened, found, by=request.user, at=at)
    more = {
        "words": found.id,
        "why": WHY.get(found.why, "edited"),
        "merged": merged,
        "began": opened.hash,
        "uncleared": "0" if opened.state == "cleared" else "1",
    }
    return _page(request, opened, form_of(request, opened, None, merged.data), more=more)


def _mine(request: DeskRequest, words: int) -> queries.WordsView | None:
    mine = queries.words_of(request.node, by=request.user.username)
    return next((each for each in mine if each.id == words), None)


@require_POST
@needs(DRAFT)
def drop(request: DeskRequest, words: int) -> HttpResponse:
    """Let go of one's own kept words."""
    services.drop_words(request.node, words=words, by=request.user.username)
    messages.success(request, _("Dropped. The draft stays as the others left it."))
    return redirect("officers:drafts")


@require_POST
@needs(DRAFT)
def translated(request: DeskRequest, key: str) -> HttpResponse:
    """Note that a courtesy translation was put in order, or holds as it is."""
    node = request.node
    try:
        seen = drafted(node, f"draft/{key}", sight=sight_of(request.user))
        services.mark_translated(
            node,
            draft_id=seen.line.id,
            lang=request.POST.get("lang", ""),
            by=request.user.username,
            at=node.clock(),
        )
    except Refusal as refusal:
        say_refused(request, refusal)
    return redirect("officers:draft", key)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def templates(request: DeskRequest) -> HttpResponse:
    """List the ministry's own templates; keep a draft as one."""
    node, refused = request.node, []
    key = (request.POST if request.method == "POST" else request.GET).get("draft", "")[:60]
    opened = None
    try:
        if key:
            opened = reopen(node, f"draft/{key}", by=request.user, at=node.clock())
        if request.method == "POST" and opened is not None:
            services.save_template(
                node,
                kind=opened.kind,
                title=request.POST.get("title", ""),
                data=_to_keep(node, opened, request.user),
                by=request.user.username,
                at=node.clock(),
            )
            messages.success(request, _("Kept as a template."))
            return redirect("notices:templates")
    except Refusal as refusal:
        refused = sentences(refusal)
    context = {
        "templates": queries.templates(node),
        "opened": opened if opened is not None and opened.kind else None,
        "key": key,
        "refused": refused,
    }
    return render(request, "drafting/templates.html", context, status=400 if refused else 200)


NOT_KEPT: Final = frozenset({"asked_by", "refers", "reference", "lines"})


def _to_keep(node: Node, opened: Reopened, by: Officer) -> dict[str, Json]:
    """Return what a template keeps: no persons, no days of this one note, no references."""
    plain = forms.impersonal(opened.kind, opened.data)
    if saving.are_made(node, opened, opened.data, by=by):
        plain.pop("texts", None)
    return {key: value for key, value in plain.items() if key not in NOT_KEPT}


@require_POST
@needs(DRAFT)
def drop_template(request: DeskRequest, template: int) -> HttpResponse:
    """Delete a template."""
    services.drop_template(request.node, template=template)
    messages.success(request, _("Deleted."))
    return redirect("notices:templates")


def _number(raw: object) -> int:
    text = str(raw or "")
    return int(text) if text.isdecimal() and len(text) < 12 else 0
