"""Beside the board: what would help most, two days compared, the years, the map as a drawing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from legation.acts.catalogue import newest_kind
from legation.errors import Refusal
from legation.missions import queries
from legation.missions.queries import shown
from legation.missions.queries.board import board as board_of
from legation.missions.queries.board import help_most
from legation.missions.readiness.comparing import differences
from legation.missions.readiness.messages import Message
from legation.missions.readiness.verdict import Board, Help
from legation.missions.showing import days, rows
from legation.missions.showing.asked import read_day
from legation.missions.showing.drawn import drawn_map, marked_ours
from legation.missions.showing.rows import Counts
from legation.missions.showing.years import drawn_years, strip_of
from legation.missions.views.looking import (
    THEN,
    Looked,
    address_of,
    around,
    compared,
    knowledge,
    look,
    records,
    today_of,
)
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest, needs, sentences

FEW: Final = 6
MOST: Final = 100
MOST_CHANGES: Final = 3
JUDGED_AGAIN: Final = 360
"""Posts judged again, at most, to find the last day on which the board changed."""
ONE_DAY: Final = timedelta(days=1)
SVG: Final = "image/svg+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Something that would help, as it is shown. names: of posts that could operate again."""

    help: Help
    names: str
    matter: str
    draft_href: str
    draft_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What the board showed otherwise from a day on. more: changes that are not told here."""

    on: date
    messages: tuple[Message, ...]
    more: int
    href: str


@require_GET
@needs(READ)
def helping(request: DeskRequest) -> HttpResponse:
    """Show what would help most: as a page, or as a part that the board asks for."""
    seen = look(request)
    part = bool(request.headers.get("HX-Request"))
    asked = seen.asked
    found = help_most(request.node, asked.on, recorded=asked.recorded, own=asked.own)
    titles = queries.story(request.node).matter_titles if found else {}
    most = FEW if part else MOST
    verdicts = seen.board.verdicts
    ours = frozenset(each.post for each in verdicts if each.sending == request.node.party)
    names = {each.post: each.name for each in verdicts}
    context = {
        **around(seen, address_of("missions:readiness_help")),
        "ranked": [_ranked(each, names, titles, ours) for each in found[:most]],
        "ranked_more": max(len(found) - most, 0) if part else 0,
        "names": names,
    }
    template = "missions/readiness_ranked.html" if part else "missions/readiness_help.html"
    return render(request, template, context, status=400 if seen.refused else 200)


def _ranked(
    each: Help, names: Mapping[str, str], titles: Mapping[str, str], ours: frozenset[str]
) -> Ranked:
    # What a post needs is asked for by its own state: there is nothing for us to draft for theirs.
    asks_for_ours = any(post in ours for post, _essential in (*each.cells, *each.eases))
    about = [("about", thing) for thing in each.about]
    href = title = ""
    if each.draft and asks_for_ours:
        href = f"{reverse('notices:new', args=[each.draft])}?{urlencode(about)}"
        title = gettext(newest_kind(each.draft).title)
    return Ranked(
        help=each,
        names=", ".join(names.get(post, post) for post in each.posts),
        matter=titles.get(each.matter, ""),
        draft_href=href,
        draft_title=title,
    )


@require_GET
@needs(READ)
def changed(request: DeskRequest) -> HttpResponse:
    """Say what changed last on the board up to a day: the part that the board asks for."""
    seen = look(request)
    context = {**around(seen, address_of("missions:readiness")), "changed": _changed(request, seen)}
    return render(request, "missions/readiness_changed.html", context)


def _changed(request: DeskRequest, seen: Looked) -> Changed | None:
    """Return the last change of the board up to the day, as far back as is looked for."""
    changes = days.change_days(seen.facts)
    board, day = seen.board, seen.asked.on + ONE_DAY
    found: tuple[Message, ...] = ()
    for _ in range(max(JUDGED_AGAIN // max(len(board.verdicts), 1), 1)):
        earlier = days.before(changes, day)
        if earlier is None or found:
            break
        day = earlier
        former = _board(request, seen, day - ONE_DAY)
        found, board = differences(former, board), former
    if day > seen.asked.on:
        return None
    return Changed(
        on=day,
        messages=found[:MOST_CHANGES],
        more=max(len(found) - MOST_CHANGES, 0),
        href=address_of("missions:readiness_compare")(compared(seen.asked, day - ONE_DAY, day)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One of two boards that are compared."""

    on: date
    href: str
    counts: Counts


@require_GET
@needs(READ)
def compare(request: DeskRequest) -> HttpResponse:
    """Say in words what the board shows otherwise on a later day."""
    seen = look(request)
    told: list[str] = list(seen.refused)
    end = _day(request, "to", seen.today, told) or seen.today
    begin = _day(request, "from", seen.today, told) or end - timedelta(days=365)
    begin, end = sorted((begin, end))
    boards = [_board(request, seen, day) for day in (begin, end)]
    address = _comparing(begin, end)
    context = {
        **around(seen, address_of("missions:readiness")),
        "refused": told,
        "begin": begin,
        "end": end,
        "sides": [_side(request, seen, board) for board in boards],
        "changes": differences(boards[0], boards[1]),
        "records": records(seen.asked, address) if seen.facts.logs else [],
        "knowledge": knowledge(seen.asked, address),
        "carried": seen.asked.hidden("at", "of"),
    }
    return render(request, "missions/readiness_compare.html", context, status=400 if told else 200)


def _day(request: DeskRequest, name: str, today: date, told: list[str]) -> date | None:
    text = request.GET.get(name, "").strip()
    try:
        return read_day(text, today) if text else None
    except Refusal as refusal:
        told += sentences(refusal)
        return None


def _is_then(request: DeskRequest) -> bool:
    return request.GET.get("recorded") == THEN


def _board(request: DeskRequest, seen: Looked, day: date) -> Board:
    """Return the board of one of the two days; as then known, each by the record of its own day."""
    recorded = shown.sizes_on(request.node, day) if _is_then(request) else seen.asked.recorded
    return board_of(request.node, day, recorded=recorded, own=seen.asked.own)


def _side(request: DeskRequest, seen: Looked, board: Board) -> Compared:
    recorded = THEN if _is_then(request) else None
    changes = {"at": board.on, **({"recorded": recorded} if recorded else {})}
    return Compared(
        on=board.on,
        href=address_of("missions:readiness")(seen.asked.query(**changes)),
        counts=rows.counts_of(rows.groups_of(board, request.node.party)),
    )


def _comparing(begin: date, end: date) -> Callable[[str], str]:
    """Return what makes the address of this page of a query: both days stay in it."""
    page = reverse("missions:readiness_compare")
    days = urlencode({"from": begin.isoformat(), "to": end.isoformat()})

    def address(query: str) -> str:
        rest = [part for part in query.split("&") if part and not part.startswith(("at=", "of="))]
        return f"{page}?{'&'.join((days, *rest))}"

    return address


@require_GET
@needs(READ)
def years(request: DeskRequest) -> HttpResponse:
    """Draw every post over the years, one strip a post."""
    seen = look(request)
    context = {
        **around(seen, address_of("missions:readiness_years")),
        "drawn": drawn_years(seen.ground, seen.board, request.node.party),
    }
    template = "missions/readiness_years.html"
    return render(request, template, context, status=400 if seen.refused else 200)


@require_GET
@needs(READ)
def post_years(request: DeskRequest, key: str) -> HttpResponse:
    """Hand out the strip of one post as a drawing of its own."""
    seen = look(request)
    if f"post/{key}" not in seen.facts.subjects:
        raise Http404(key)
    name = shown.name_of(seen.facts, f"post/{key}", seen.asked.on)
    drawn = strip_of(seen.ground, f"post/{key}", name, seen.board)
    return _as_drawing(drawn.svg, f"years-{key}", ours_only=seen.asked.own)


@require_GET
@needs(READ)
def map_drawn(request: DeskRequest) -> HttpResponse:
    """Hand out the map of posts as a drawing of its own; where they stand is ours only."""
    seen = look(request)
    drawn = drawn_map(seen.facts, seen.board)
    if drawn is None:
        raise Http404
    return _as_drawing(drawn.svg, "map", ours_only=True)


def _as_drawing(svg: str, name: str, *, ours_only: bool) -> HttpResponse:
    """Answer with a drawing, which says itself, and by its name, if it is for us alone."""
    answer = HttpResponse(marked_ours(svg) if ours_only else svg, content_type=SVG)
    name = f"{name}-OURS-ONLY" if ours_only else name
    answer["Content-Disposition"] = f'inline; filename="{name}.svg"'
    return answer


@require_GET
@needs(READ)
def in_a_line(request: DeskRequest) -> HttpResponse:
    """Say in one line how many posts operate today: the part of it that other pages ask for.

    After a restart the first look at a great record reads all of it; no other page waits for that.
    """
    n, m = shown.operating(request.node, today_of(request))
    said = ngettext("%(n)d of %(m)d post operates", "%(n)d of %(m)d posts operate", m)
    return HttpResponse(said % {"n": n, "m": m} if m else gettext("Which posts can operate?"))
