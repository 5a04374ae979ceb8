"""Pages of the registers, as both sides state them. Nothing is concluded from silence."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from legation.missions import queries
from legation.missions.queries import RegisterView
from legation.missions.sides import sides_of
from legation.missions.staff import names_of
from legation.missions.views.things import around, columns_of, whole
from legation.notices.queries.alone import restatable
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest, needs


def by_sending(views: Iterable[RegisterView]) -> list[tuple[str, list[RegisterView]]]:
    """Group registers by the state whose posts or premises they are."""
    return [(sending, list(rows)) for sending, rows in groupby(views, lambda view: view.sending)]


def today(request: DeskRequest) -> date:
    """Return the day for which a register's page tells what holds."""
    return request.node.clock().date()


@require_GET
@needs(READ)
def posts(request: DeskRequest) -> HttpResponse:
    """List posts of both sides, and the rules under which their staff move."""
    regimes = queries.regimes(request.node)
    context = {
        "groups": by_sending(queries.things(request.node, "post", on=today(request))),
        **around(request),
        "regimes": regimes,
        "overlaps": queries.regime_overlaps(request.node),
        "restatable": restatable(request.node, [rule.id for rule in regimes]),
    }
    return render(request, "missions/posts.html", context)


@require_GET
@needs(READ)
def post(request: DeskRequest, key: str) -> HttpResponse:
    """Show one post: what each side states of it, and its premises."""
    found = whole(request, f"post/{key}")
    view, parts = found.view, [(part, columns_of(part.prefix)) for part in found.parts]
    regimes = [
        rule
        for rule in queries.regimes(request.node)
        if (rule.by, rule.applies_to) == (view.receiving, view.sending)
    ]
    context = {
        "view": view,
        "sides": sides_of(view),
        "names": names_of(request, [view, *(row for part, _ in parts for row in part.rows)]),
        **around(request),
        "premises": found.premises,
        "parts": parts,
        "regimes": regimes,
        "restatable": restatable(request.node, [view.id, *(rule.id for rule in regimes)]),
        **_history(request, view.id),
    }
    return render(request, "missions/post.html", context)


@require_GET
@needs(READ)
def premises(request: DeskRequest) -> HttpResponse:
    """List premises of both sides on three axes, kept apart: title, status, access."""
    views = queries.things(request.node, "premises", on=today(request))
    lists = sorted({name for view in views for name in queries.lists_of(view)})
    chosen = request.GET.get("list", "")
    kept = [view for view in views if not chosen or chosen in queries.lists_of(view)]
    context = {
        "groups": by_sending(kept),
        "lists": lists,
        "chosen": chosen,
        "all": len(views),
        **around(request),
    }
    return render(request, "missions/premises.html", context)


@require_GET
@needs(READ)
def building(request: DeskRequest, key: str) -> HttpResponse:
    """Show one building or plot: three axes, then what each side states."""
    view = queries.thing(request.node, f"premises/{key}", on=today(request))
    context = {
        "view": view,
        "sides": sides_of(view),
        "names": names_of(request, [view]),
        **around(request),
        "restatable": restatable(request.node, [view.id]),
        **_history(request, view.id),
    }
    return render(request, "missions/building.html", context)


def _history(request: DeskRequest, thing: str) -> dict[str, Any]:
    """Return what our own chronicle tells of a post or premises, and where its sources differ."""
    story = queries.story(request.node)
    differing = [one for one in story.discrepancies if thing in one.things]
    return {
        "story": story,
        "matter_titles": story.matter_titles,
        "history": queries.about(request.node, thing, story.facts),
        "differing": differing,
    }
