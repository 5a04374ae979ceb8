"""A list that one side draws up of its buildings, such as "the six", and the other may contest."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from legation.errors import N_, Refusal
from legation.missions import queries, services
from legation.missions.queries import RegisterView
from legation.missions.views.things import around
from legation.officers.permissions import DRAFT, READ, require
from legation.officers.requests import DeskRequest, needs, say_refused


@require_http_methods(["GET", "POST"])
@needs(READ)
def listed(request: DeskRequest, name: str) -> HttpResponse:
    """Show the buildings of a list on three axes, each side's view; note one more as ours only."""
    views = queries.things(request.node, "premises", on=request.node.clock().date())
    rows = [view for view in views if name in queries.lists_of(view)]
    if request.method == "POST":
        return _added(request, name, views)
    if not rows:
        raise Refusal(
            "unknown-subject",
            thing=N_("{name}"),
            rule=N_("neither side has stated anything of it."),
            remedy=N_("Choose one from the list, or state it."),
            name=name[:80],
        )
    author = rows[0].sending
    context = {
        "name": name,
        "author": author,
        "rows": rows,
        "held": [view for view in rows if _is_stated(view, name)],
        "contests": [(view, contest) for view in rows for contest in view["lists"].contests],
        "others": [view for view in views if view.sending == author and view not in rows],
        **around(request),
    }
    return render(request, "missions/list.html", context)


def _is_stated(view: RegisterView, name: str) -> bool:
    value = view["lists"].value
    return isinstance(value, list) and name in value


def _added(request: DeskRequest, name: str, views: tuple[RegisterView, ...]) -> HttpResponse:
    """Note a building as one of the list's; the list stays its author's to state."""
    require(request.user, DRAFT)
    chosen = request.POST.get("building", "")
    try:
        view = next((each for each in views if each.id == chosen), None) or queries.thing(
            request.node, chosen[:80]
        )
        services.note_own(
            request.node,
            thing=view.id,
            sending=view.sending,
            receiving=view.receiving,
            field="lists",
            statement={"value": [*dict.fromkeys([*queries.lists_of(view), name])]},
            origin="officer",
            by=request.user,
            at=request.node.clock(),
        )
        messages.success(request, gettext("Noted. It stays ours only until it is stated."))
    except Refusal as refusal:
        say_refused(request, refusal)
    return redirect("missions:list", name)
