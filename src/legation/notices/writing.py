"""Pages where a notice or its answers are written: rows come and go by a button, without script."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from legation.errors import N_, Refusal
from legation.line.queries.book import counterpart
from legation.notices import answering, forms, lists, made, queries, rows, services
from legation.notices.drafting import queries as queries_beside
from legation.notices.drafting.reopening import nameless
from legation.notices.paper.views import asks_first
from legation.notices.persons import names_of_lines, persons_of
from legation.notices.views import declared
from legation.officers.permissions import DRAFT, READ
from legation.officers.requests import DeskRequest, needs
from legation.officers.sight import sight_of
from legation.record.canon import Json

TEXTS: Final = "texts"
MOST_ABOUT: Final = 20
"""Things that an address may name for the form to begin with."""
_ROWS: Final = re.compile(r"(pick|take|bring) ([a-z][a-z0-9_]*)")


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def new(request: DeskRequest, code: str) -> HttpResponse:
    """Fill in the form that the kind declares; what is wrong is said, and what was typed stays."""
    node = request.node
    if counterpart(node) is None:
        return redirect(asks_first(request))
    filled = _begun_from(request, code)
    about = request.GET.getlist("about")[:MOST_ABOUT]
    pairs = queries.pairs_for(node, code, sight=sight_of(request.user))

    def form(data: QueryDict | None) -> forms.ActForm:
        return forms.notice_form(
            node,
            code,
            data=data,
            post=request.user.post,
            filled=filled,
            about=about,
            pairs=pairs,
        )

    drawn = stepped_form(request, form, code)
    if drawn is None:
        drawn = form(request.POST)
        draft = drawn.drafts(
            lambda data: services.draft_notice(
                node, kind=code, data=data, by=request.user, at=node.clock()
            )
        )
        if draft is not None:
            return redirect("officers:draft", draft.id.partition("/")[2])
    context = {
        "kind": declared(code),
        "form": drawn,
        "steps": True,
        "templates": queries_beside.templates(node, kind=code),
    }
    return render(request, "notices/new.html", context, status=400 if drawn.errors else 200)


def _begun_from(request: DeskRequest, code: str) -> dict[str, Json] | None:
    """Return what the form is filled with at first: a template, or one's own words kept aside."""
    number = request.GET.get("template", "")
    if number.isdecimal() and len(number) < 12:
        found = queries_beside.template(request.node, int(number))
        return found.data if found.kind == code else None
    words = request.GET.get("words", "")
    mine = queries_beside.words_of(request.node, by=request.user.username)
    kept = next((each for each in mine if str(each.id) == words), None)
    data = None if kept is None else nameless({**kept.data})
    return data if isinstance(data, dict) else None


def stepped_form(
    request: DeskRequest, form: Callable[[QueryDict | None], forms.ActForm], kind: str
) -> forms.ActForm | None:
    """Return the form to show when nothing is to be kept yet: at first, or after a button.

    None when the form was sent to be kept.
    """
    if request.method != "POST":
        return form(None)
    changed = rows.stepped(request.POST)
    if changed is not None:
        return form(changed)
    found = _ROWS.fullmatch(rows.step_of(request.POST))
    if found is not None:
        return _with_rows(request, form, found[1], found[2])
    if rows.step_of(request.POST) == TEXTS and kind:
        return _with_made_texts(request, form, kind)
    return None


def _with_rows(
    request: DeskRequest,
    form: Callable[[QueryDict | None], forms.ActForm],
    step: str,
    name: str,
) -> forms.ActForm:
    """Fill rows from the list that a room keeps or from a file; or show whom to choose from."""
    drawn = form(request.POST)
    group, room = drawn.groups.get(name), lists.source()
    if group is None or room is None or not group.personal:
        return drawn
    node, officer = request.node, request.user
    if step == "pick":
        words = request.POST.get(f"{name}__find", "")[:80]
        choices = room.choices(node, officer, words, node.clock())
        drawn.picking = forms.Picking(name=name, words=words, choices=tuple(choices))
        return drawn
    try:
        if step == "take":
            ids = request.POST.getlist(f"{name}__chosen")[: group.most]
            given = room.rows(node, officer, ids, "draft", node.clock())
            filling = lists.filled(group, given)
        else:
            file = request.FILES.get(f"{name}__file")
            filling = lists.from_file(group, b"" if file is None else file.read())
        return form(rows.with_rows(request.POST, group, filling))
    except Refusal as refusal:
        drawn.picking = forms.Picking(name=name, faults=tuple(lists.told(refusal)))
        return drawn


def _with_made_texts(
    request: DeskRequest, form: Callable[[QueryDict | None], forms.ActForm], kind: str
) -> forms.ActForm:
    """Fill the texts in as the kind's formulae make them, for the officer to go on from."""
    drawn = form(request.POST)
    try:
        data = drawn.as_data()
        data.pop("texts", None)
        texts = made.made_texts(request.node, kind=kind, data=data)
    except Refusal as refusal:
        drawn.refuse(refusal)
        return drawn
    changed = request.POST.copy()
    for lang, text in texts.items():
        changed[f"text_{lang}"] = text
    return form(changed)


@require_GET
@needs(READ)
def persons(request: DeskRequest, key: str) -> HttpResponse:
    """Show whom a notice is about, with the answer to each; the look is written down first."""
    node, notice = request.node, f"notice/{key}"
    page = queries.page(node, notice, sight=sight_of(request.user))
    thing = answering.asked(node, notice)
    found = persons_of(node, thing, by=request.user, at=node.clock())
    answers = {each.line: each.now for each in page.lines}
    told = [{"person": each, "answer": answers.get(each.line)} for each in found]
    return render(request, "notices/persons.html", {"page": page, "persons": told})


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def sheet(request: DeskRequest, key: str) -> HttpResponse:
    """Answer each line, all alike, or some now and the others later, on one page."""
    node, notice = request.node, f"notice/{key}"
    page = queries.page(node, notice, sight=sight_of(request.user))
    data = request.POST if request.method == "POST" else None
    drawn = answering.answer_sheet(node, notice, data=data)
    thing = answering.asked(node, notice)
    if sight_of(request.user).personal:
        drawn.people = names_of_lines(node, thing, by=request.user, at=node.clock())
    first = "answer" in page.may
    begun = f"{'answer' if first else 'change'} {drawn.numbers}"
    if data is not None and data.get("begun", begun) != begun:
        drawn.refuse(_answered_since(page.line.number))
    elif data is not None and not rows.step_of(data):
        make: Any = services.draft_answer if first else services.draft_changed_answer
        draft = drawn.drafts(
            lambda said: make(node, notice=notice, data=said, by=request.user, at=node.clock())
        )
        if draft is not None:
            return redirect("officers:draft", draft.id.partition("/")[2])
    context = {"page": page, "form": drawn, "begun": begun}
    return render(request, "notices/sheet.html", context, status=400 if drawn.errors else 200)


def _answered_since(number: str) -> Refusal:
    return Refusal(
        "answered-since",
        thing=N_("Notice {name}"),
        rule=N_("lines of it were answered since you opened this page; nothing is kept yet."),
        remedy=N_("Look at the lines as they are now, and keep the answers once more."),
        name=number,
    )
