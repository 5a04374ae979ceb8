"""Pages of any register: its list, and one thing, as each side states it and as we know it."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from legation.missions import naming, queries
from legation.missions.addresses import register_address
from legation.missions.fields import registers, stateable
from legation.missions.queries import WholePost
from legation.missions.sides import sides_of
from legation.missions.staff import names_of
from legation.notices.queries.alone import restatable
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest, needs


@require_GET
@needs(READ)
def register(request: DeskRequest, prefix: str) -> HttpResponse:
    """List what is stated or known of one register, a post's alone where one is chosen."""
    page = request.GET.get("page", "1")
    found = queries.listed(
        request.node,
        prefix,
        on=request.node.clock().date(),
        post=request.GET.get("post", "")[:80],
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
    context = {
        "prefix": prefix,
        "list": found,
        "chosen": request.GET.get("post", "")[:80],
        "columns": columns_of(prefix),
        "names": names_of(request, found.rows),
        **around(request),
    }
    return render(request, "missions/register.html", context)


@require_GET
@needs(READ)
def thing(request: DeskRequest, prefix: str, key: str) -> HttpResponse:
    """Show one thing: what each side states of it, and what only we know."""
    view = queries.thing(request.node, f"{prefix}/{key}", on=request.node.clock().date())
    context = {
        "view": view,
        "sides": sides_of(view),
        "names": names_of(request, [view]),
        "restatable": restatable(request.node, [view.id]),
        **around(request),
    }
    return render(request, "missions/thing.html", context)


def columns_of(prefix: str) -> tuple[str, ...]:
    """Return the fields that a register's list shows."""
    first = tuple(place.key for place in stateable(prefix))
    wanted = naming.LISTED.get(prefix, first[:4])
    return tuple(key for key in wanted if key in first)


def around(request: DeskRequest) -> dict[str, Any]:
    """Return what every page of a register shows beside the register itself."""
    menu = [(prefix, register_address(prefix)) for prefix in registers()]
    here = request.path
    return {"menu": [(prefix, href, href == here) for prefix, href in menu]}


def whole(request: DeskRequest, post: str) -> WholePost:
    """Return all that a post's page shows of the registers. Raises Refusal "unknown-subject"."""
    on = request.node.clock().date()
    return queries.post_whole(request.node, post, on=on, most=MOST)


MOST: Final = 12
"""Things of another register that a post's page shows before it leads to the whole list."""
