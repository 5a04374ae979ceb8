"""State what we know: note it as ours only, strike it, or have it drafted for the other side."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.errors import Refusal
from legation.line.queries import book as desk
from legation.missions import queries, services
from legation.missions.addresses import register_address, thing_address
from legation.missions.fields import never_stated, register_of, registers, stateable
from legation.missions.forms import StatementForm, statement_form
from legation.missions.newcomers import NewThingForm, new_thing
from legation.missions.queries import OwnView
from legation.missions.queries.own import MOST_GROUPS
from legation.missions.staff import names_of_persons
from legation.missions.views.things import around
from legation.officers.permissions import DRAFT, READ
from legation.officers.requests import DeskRequest, needs, say_refused

MOST_CHOSEN: Final = 2_000
PERSON: Final = "person"
NUMBER: Final = re.compile(r"[0-9]{1,15}", re.ASCII)


@require_GET
@needs(READ)
def stating(request: DeskRequest) -> HttpResponse:
    """List what our side may state and has not, by thing; chosen ones leave as one draft."""
    groups = queries.unstated(request.node, after=request.GET.get("after", "")[:80])
    context = {
        "groups": groups,
        "names": queries.names(request.node, [group.thing for group in groups]),
        "next": groups[-1].thing if len(groups) == MOST_GROUPS else "",
        "count": sum(len(group.rows) for group in groups),
        **around(request),
    }
    return render(request, "missions/own.html", context)


@require_POST
@needs(DRAFT)
def state(request: DeskRequest) -> HttpResponse:
    """Draft what was chosen, for a second officer to clear."""
    chosen = [int(each) for each in request.POST.getlist("row") if NUMBER.fullmatch(each)]
    try:
        draft = services.state_own(
            request.node, ids=chosen[:MOST_CHOSEN], by=request.user, at=request.node.clock()
        )
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("missions:own")
    messages.success(request, gettext("Drafted. Nothing leaves before a second officer clears it."))
    return redirect("officers:draft", draft.id.partition("/")[2])


@require_POST
@needs(DRAFT)
def strike(request: DeskRequest, number: str) -> HttpResponse:
    """Take back what we noted; its row stays, with who took it back."""
    found = queries.own_statements(request.node, numbers=[int(number)])
    why = request.POST.get("why", "")
    try:
        services.strike_own(
            request.node, ids=[int(number)], why=why, by=request.user, at=request.node.clock()
        )
        messages.success(request, gettext("Struck. Who noted it and who struck it is kept."))
    except Refusal as refusal:
        say_refused(request, refusal)
    return _back(request, found[0].thing) if found else redirect("missions:own")


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def note(request: DeskRequest, prefix: str, key: str, field: str) -> HttpResponse:
    """Note one field of a thing as ours only."""
    name = f"{prefix}/{key}"
    view = queries.thing(request.node, name)
    form = statement_form(
        request.node,
        name,
        [field],
        parties=desk.codes(request.node),
        data=request.POST if request.method == "POST" else None,
        names=_persons(request, [field]),
        filled=_known(view.private, view.fields, field),
    )
    if request.method == "POST" and _noted(request, form, view.id, view.sending, view.receiving):
        messages.success(request, gettext("Noted. It stays ours only until it is stated."))
        return _back(request, name)
    context = {"view": view, "form": form, "field": field, **around(request)}
    return render(request, "missions/own_note.html", context, status=400 if form.errors else 200)


def _persons(request: DeskRequest, fields: Sequence[str]) -> Mapping[str, str]:
    """Return the names of the persons that these fields choose from, for whom may see them."""
    if PERSON not in fields or PERSON not in registers():
        return {}
    on = request.node.clock().date()
    return names_of_persons(
        request, [name for name, _ in queries.offered(request.node, PERSON, on=on)]
    )


def _known(private: Any, fields: Any, key: str) -> Any:
    """Return what an officer noted of a field last, to begin from; None where nobody did."""
    every = (*private, *fields.values())
    rows: list[OwnView] = [one for field in every if field.key == key for one in field.own]
    return next((one.raw for one in reversed(rows) if one.origin == "officer"), None)


def _noted(
    request: DeskRequest, form: StatementForm, thing: str, sending: str, receiving: str
) -> bool:
    """Note every field that was filled in, or none; tell whether all were."""
    statements = form.statements()
    if not statements and not form.errors:
        only = form.named(f"values.{form.keys[0]}") if len(form.keys) == 1 else None
        form.add_error(only, gettext("Fill in a field, or leave."))
    if form.errors:
        return False
    wrong = services.note_all(
        request.node,
        thing=thing,
        sending=sending,
        receiving=receiving,
        statements=statements,
        by=request.user,
        at=request.node.clock(),
    )
    for key, refusal in wrong.items():
        form.refuse_of(key, refusal)
    return not wrong


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def new(request: DeskRequest, prefix: str) -> HttpResponse:
    """Note a thing that is in no register yet, with what we know of it."""
    register_of(f"{prefix}/")
    posted = request.POST if request.method == "POST" else None
    naming = NewThingForm(request, prefix, posted)
    fields = [place.key for place in (*stateable(prefix), *never_stated(prefix))]
    parties = desk.codes(request.node)
    names = _persons(request, fields)
    form = statement_form(
        request.node, f"{prefix}/", fields, parties=parties, data=posted, names=names
    )
    if posted is not None:
        try:
            thing, sending, receiving = new_thing(request, prefix, naming.given())
        except Refusal as refusal:
            naming.refuse(refusal)
        else:
            if _noted(request, form, thing, sending, receiving):
                messages.success(request, gettext("Noted. It stays ours only until it is stated."))
                return _back(request, thing)
    wrong = bool(form.errors or naming.errors)
    context = {"prefix": prefix, "form": form, "naming": naming, **around(request)}
    return render(request, "missions/own_new.html", context, status=400 if wrong else 200)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def contest(request: DeskRequest, prefix: str, key: str, field: str) -> HttpResponse:
    """Draft our view beside what the other side states; neither is erased."""
    view = queries.thing(request.node, f"{prefix}/{key}")
    posted = request.POST if request.method == "POST" else None
    parties = desk.codes(request.node)
    form = statement_form(
        request.node, view.id, [field], parties=parties, data=posted, contest=True
    )
    if posted is not None:
        draft = _contested(request, form, view.id, field)
        if draft is not None:
            messages.success(
                request, gettext("Drafted. Nothing leaves before a second officer clears it.")
            )
            return redirect("officers:draft", draft)
    context = {"view": view, "form": form, "field": view[field], **around(request)}
    return render(request, "missions/own_contest.html", context, status=400 if form.errors else 200)


def _contested(request: DeskRequest, form: StatementForm, thing: str, field: str) -> str | None:
    """Return the key of the draft, or None where it is refused; the form then says why."""
    view = form.statements().get(field)
    if form.errors:
        return None
    try:
        draft = services.contest(
            request.node,
            thing=thing,
            field=field,
            words=form.words(),
            view=view,
            by=request.user,
            at=request.node.clock(),
        )
    except Refusal as refusal:
        form.refuse_of(field, refusal)
        return None
    return draft.id.partition("/")[2]


def _back(request: DeskRequest, thing: str) -> HttpResponse:
    """Lead to the page of a thing; to its register's, where nothing is known of it any longer."""
    prefix = thing.partition("/")[0]
    if prefix not in registers():
        return redirect("missions:own")
    known = queries.is_known(request.node, thing)
    return redirect(thing_address(thing) if known else register_address(prefix))
