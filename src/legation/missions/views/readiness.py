"""The board: which posts can operate, on any day, as both sides hold it or as we know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_GET

from legation.line.queries.book import party_names
from legation.missions.addresses import list_address
from legation.missions.queries import shown
from legation.missions.queries.board import help_most
from legation.missions.queries.chronicle import facts_told
from legation.missions.queries.shown import BuildingView
from legation.missions.queries.snapshot import facts as facts_of
from legation.missions.queries.thresholds import ThresholdView, thresholds
from legation.missions.readiness.essentials import BANDS, BY_ID, ESSENTIALS, Essential
from legation.missions.readiness.messages import Message
from legation.missions.readiness.thresholds import Threshold
from legation.missions.readiness.verdict import Cause, Cell
from legation.missions.sheets.paper import board_pdf
from legation.missions.sheets.told import told
from legation.missions.showing import rows
from legation.missions.showing.asked import Asked
from legation.missions.showing.drawn import drawn_map
from legation.missions.showing.marks import CELLS
from legation.missions.showing.rows import Group, Row
from legation.missions.showing.years import strip_of
from legation.missions.views.looking import (
    Looked,
    Way,
    address_of,
    around,
    compared,
    in_sight,
    look,
    with_mark,
)
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest, needs

MOST_CAUSES: Final = 8
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A cell with the name of its essential."""

    label: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShown:
    """A list that one side drew up, with its premises."""

    title: str
    href: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EssentialShown:
    """One essential of one post. spans: how many rows it takes."""

    essential: Essential
    cell: Cell
    spans: int


@require_GET
@needs(READ)
def readiness(request: DeskRequest) -> HttpResponse:
    """Show all posts of both sides on one day, sentences first."""
    seen, own = look(request), request.node.party
    address = address_of("missions:readiness")
    groups = _chosen(rows.groups_of(seen.board, own), seen.asked, own)
    why = rows.worth_reading(groups)
    context = {
        **around(seen, address),
        "groups": groups,
        "counts": rows.counts_of(groups),
        "whose": _whose(seen.asked),
        "why": why,
        "causes": [] if why is None else _causes(why),
        "lists": _lists(seen),
        "map": drawn_map(seen.facts, seen.board),
        "left_off": _left_off(seen),
        "sheet_query": with_mark(seen.asked.query(own=None, of=None)),
        "compare_query": with_mark(compared(seen.asked, seen.asked.on - ONE_DAY, seen.asked.on)),
        "own_page": reverse("missions:own"),
        **({} if seen.board.verdicts else _first_steps(seen, facts_told(request.node))),
    }
    return render(request, "missions/readiness.html", context, status=_status(seen))


def _first_steps(seen: Looked, told: int) -> dict[str, Any]:
    """Return what a board without a post points to: the chronicle, and what can be stated first."""
    firsts = (
        ("post", gettext("A post"), gettext("its type, its city, and whether it is open")),
        ("premises", gettext("Premises"), gettext("their use, and the title to them")),
        ("channel", gettext("A payment channel"), gettext("its bank, and whether it works")),
    )
    return {
        "facts_told": told if seen.asked.own else 0,
        "firsts": [
            (reverse("missions:own_new", args=[prefix]), word, about)
            for prefix, word, about in firsts
        ],
    }


def _status(seen: Looked) -> int:
    return 400 if seen.refused else 200


def _chosen(groups: tuple[Group, ...], asked: Asked, own: str) -> tuple[Group, ...]:
    if asked.of == "both":
        return groups
    return tuple(one for one in groups if (one.sending == own) == (asked.of == "ours"))


def _whose(asked: Asked) -> list[Way]:
    address = address_of("missions:readiness")
    ways = (
        ("both", gettext("Both sides")),
        ("ours", gettext("Ours")),
        ("theirs", gettext("Theirs")),
    )
    return [
        (address(asked.query(of=None if name == "both" else name)), word, asked.of == name)
        for name, word in ways
    ]


def _causes(row: Row) -> list[tuple[Labelled, Cause]]:
    """Return what stands in a post's way, what it cannot do without first."""
    found = [
        (Labelled(label=BY_ID[cell.essential].label, cell=cell), cause)
        for cell in row.verdict.cells.values()
        for cause in cell.causes
    ]
    return found[:MOST_CAUSES]


def _lists(seen: Looked) -> list[ListShown]:
    found = shown.listed(seen.facts, seen.asked.on)
    return [
        ListShown(
            title=gettext("On the list “%(name)s” of %(party)s") % {"name": name, "party": party},
            href=list_address(name),
            rows=tuple(_building(view) for view in views),
        )
        for (party, name), views in found.items()
    ]


def _building(view: BuildingView) -> dict[str, Any]:
    key = view.id.partition("/")[2]
    href = reverse("missions:building", args=[key]) if view.stated else ""
    return {"name": view.name, "place": view.place, "axes": view.axes, "href": href}


def _left_off(seen: Looked) -> list[tuple[str, Message]]:
    """Return the posts that are not judged on the day, by what people call them, and why."""
    found = []
    for post, why in sorted(seen.board.left_off.items()):
        one = seen.facts.subjects[post]
        city = one.value("city", seen.asked.on) if one.said.get("city") else None
        found.append((city if isinstance(city, str) else post.partition("/")[2], why))
    return found


@require_GET
@needs(READ)
def post(request: DeskRequest, key: str) -> HttpResponse:
    """Show one post: each essential with what stands, what lifts it and whose move it is."""
    seen = look(request)
    verdict = seen.board.verdict(f"post/{key}")
    if verdict is None:
        return _absent(request, seen, key)
    grounds = [*verdict.grounds, *(one for cell in verdict.cells.values() for one in cell.grounds)]
    grounds += [one for cause in verdict.causes for one in cause.grounds]
    row = rows.row_of(verdict)
    context = {
        **around(seen, address_of("missions:readiness_post", key)),
        "verdict": verdict,
        "row": row,
        "essentials": _essentials(verdict.cells.values()),
        "premises": _premises(seen, verdict.post),
        "registered": shown.is_stated(seen.facts, verdict.post),
        "notices_in_sight": in_sight(request, grounds),
        "strip": strip_of(seen.ground, verdict.post, row.name, seen.board),
    }
    return render(request, "missions/readiness_post.html", context, status=_status(seen))


def _absent(request: DeskRequest, seen: Looked, key: str) -> HttpResponse:
    """Say why a post is not on the board that is asked for. 404 for what we know of on no board."""
    name = f"post/{key}"
    every = facts_of(request.node)
    if name not in every.subjects:
        raise Http404(key)
    context = {
        **around(seen, address_of("missions:readiness_post", key)),
        "name": shown.name_of(seen.facts, name, seen.asked.on),
        "why": seen.board.left_off.get(name),
    }
    return render(request, "missions/readiness_absent.html", context, status=_status(seen))


def _premises(seen: Looked, post_id: str) -> list[dict[str, Any]]:
    return [_building(one) for one in shown.buildings(seen.facts, seen.asked.on, post=post_id)]


def _essentials(cells: Iterable[Cell]) -> list[EssentialShown]:
    return [
        EssentialShown(essential=BY_ID[cell.essential], cell=cell, spans=max(len(cell.causes), 1))
        for cell in cells
    ]


@require_GET
@needs(READ)
def sheet(request: DeskRequest) -> HttpResponse:
    """Show the board of what both sides hold, to be printed: nothing in it is ours only."""
    seen = look(request, shared=True)
    groups = rows.groups_of(seen.board, request.node.party)
    context = {
        **around(seen, address_of("missions:readiness_sheet")),
        "groups": groups,
        "counts": rows.counts_of(groups),
        "whole_reasons": True,
    }
    return render(request, "missions/readiness_sheet.html", context, status=_status(seen))


@require_GET
@needs(READ)
def sheet_pdf(request: DeskRequest) -> HttpResponse:
    """Hand out the same sheet as a document: the same bytes for the same board."""
    seen = look(request, shared=True)
    helps = help_most(request.node, seen.asked.on, recorded=seen.asked.recorded, own=False)
    names = party_names(request.node)
    told_now = told(seen.board, helps, translate=gettext, shared=True, names=names)
    data = board_pdf(told_now, on=seen.asked.on, lang=get_language() or "en")
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="board-{seen.asked.on}.pdf"'
    return answer


@require_GET
@needs(READ)
def how(request: DeskRequest) -> HttpResponse:
    """Show by which questions, articles and numbers a post is judged."""
    numbers = thresholds(request.node)
    context = {
        "banded": [
            (word, [one for one in ESSENTIALS if one.band == name]) for name, word in BANDS.items()
        ],
        "thresholds": [_threshold(one) for one in numbers],
        "has_own": any(one.own is not None for one in numbers),
        "legend": tuple(CELLS),
    }
    return render(request, "missions/readiness_how.html", context)


def _threshold(one: ThresholdView) -> dict[str, object]:
    return {
        "words": one.threshold.words,
        "about": gettext(one.essential) if one.essential else "",
        "value": _in_unit(one.threshold, one.threshold.value),
        "agreed": None if one.agreed is None else _in_unit(one.threshold, one.agreed),
        "own": _in_unit(one.threshold, one.own) if one.own is not None and one.counts else "",
    }


def _in_unit(one: Threshold, value: int) -> str:
    if one.unit == "percent":
        return gettext("%(n)d of 100") % {"n": value}
    return ngettext("%(n)d day", "%(n)d days", value) % {"n": value}
