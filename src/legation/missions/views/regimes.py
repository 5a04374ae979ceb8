"""Declare a rule under which the other side's staff may move."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from legation.acts.codec import Place, fields_of
from legation.acts.kinds.regime import RegimeDeclared
from legation.line.queries.book import counterpart
from legation.missions.services import regimes
from legation.notices.fields import Asked, Entry, Part, parts_of
from legation.notices.forms import ActForm, around_of
from legation.notices.paper.views import asks_first
from legation.officers.permissions import DRAFT
from legation.officers.requests import DeskRequest, needs
from legation.ui.templatetags.parts import label

NAME = "name"
KNOWN = ("by", "applies_to")
"""What the desk knows without asking."""


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def declare(request: DeskRequest) -> HttpResponse:
    """Ask for the terms of a rule, and draft its declaration."""
    node = request.node
    if counterpart(node) is None:
        return redirect(asks_first(request))
    form = _form(request)
    if request.method == "POST":
        draft = form.drafts(
            lambda data: regimes.declare_regime(
                node, name=str(data.pop(NAME, "")), data=data, by=request.user, at=node.clock()
            )
        )
        if draft is not None:
            return redirect("officers:draft", draft.id.partition("/")[2])
    status = 400 if form.errors else 200
    return render(request, "missions/regime_new.html", {"form": form}, status=status)


def _named(entries: Iterable[Entry], place: Place) -> Iterator[Entry]:
    """Yield what asks for a field; its parts say whose parts they are, and go with it unasked."""
    for entry in entries:
        if isinstance(entry, Part) and entry.name != place.key:
            entry.field.label = f"{gettext(label(place.key))}: {entry.field.label}"
            entry.field.required = place.required
        yield entry


def _form(request: DeskRequest) -> ActForm:
    around, _languages = around_of(request.node)
    hint = gettext("That of a rule which this one changes, or a new one.")
    name = Asked(label=gettext("Name of the rule"), help_text=hint)
    parts = [
        Part(name=NAME, field=name, read=lambda raw: str(raw or "").strip() or None),
        *(
            part
            for place in fields_of(RegimeDeclared)
            if place.key not in KNOWN
            for part in _named(parts_of(place, around), place)
        ),
    ]
    data = request.POST if request.method == "POST" else None
    begun = {NAME: regimes.free_name(request.node), "subject": "movement"}
    return ActForm(parts, data=data, initial=begun, apart="regime")
