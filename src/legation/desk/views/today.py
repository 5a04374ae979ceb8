"""Today: what waits for this officer, what comes due, what happened since yesterday."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from legation.desk.queries import saved
from legation.desk.queries.today import holidays
from legation.desk.shell import peer_here, waits
from legation.desk.wording import shown_event
from legation.notices import queries as notices
from legation.notices.queries import Filters
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest
from legation.officers.sight import sight_of
from legation.ui.clocks import clock_of

SHOWN: Final = 8
MOST: Final = 500
YESTERDAY: Final = timedelta(hours=24)
SECTIONS: Final = ("clear", "release", "mine", "arrived")
"""Sections that can be shown whole: what they hold has no list elsewhere."""


@require_GET
def today(request: DeskRequest) -> HttpResponse:
    """Show what waits; for the administrator, who sees no note, the line instead."""
    if not request.user.has_perm(READ):
        return redirect("desk:line")
    node, sight = request.node, sight_of(request.user)
    since = node.clock() - YESTERDAY
    events = notices.arrived(node, since=since, most=MOST, sight=sight)
    own = saved.kept(node, request.user)
    chosen = [Filters.of(row.query) for row in own]
    found = notices.waits(node, most=SHOWN, sight=sight, kept=chosen)
    peer = peer_here(request, node)
    whole = request.GET.get("all", "")
    context = {
        "waiting": waits(request, node, request.user, to_answer=found.to_answer_count),
        "notices": found,
        "saved": saved.counted(own, found.kept),
        "since": since,
        "events": [shown_event(event) for event in events[: MOST if whole == "arrived" else SHOWN]],
        "event_count": len(events),
        "whole": whole if whole in SECTIONS else "",
        "shown": {name: f":{MOST if whole == name else SHOWN}" for name in SECTIONS},
        "holidays": holidays(node, (node.party, peer.code) if peer else (node.party,)),
        "weekday": date_format(clock_of(node.party).local(node.clock()), "l"),
    }
    part = request.headers.get("HX-Request")
    return render(request, "desk/today_live.html" if part else "desk/today.html", context)
