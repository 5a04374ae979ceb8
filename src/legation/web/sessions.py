"""Remembers in which browsers an officer is signed in, and when each was seen; ends the old.

1. Every session is on the officer's list from its first request on, whatever that request says.
2. It ends `SESSION_COOKIE_AGE` after it began, however busy it was: Django itself counts from the
   last time that the session was written, and this list writes it.
3. A part of a page that asks by itself does not count as the officer being there.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from legation.errors import Refusal
from legation.officers import services
from legation.officers.adapters import way_in
from legation.officers.browsers import browser_of, place_of, system_of

if TYPE_CHECKING:
    from legation.officers.requests import DeskRequest

MARKS: Final = 3
MARK: Final = "desk"
"""In the session: its own key, the last minute it was seen, when it began; no query is needed."""


class RememberSession:
    """Keeps the list of sessions on the officer's own page. Reads nothing of what is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note the browser, at most once a minute; sign out who signed in long ago."""
        if request.user.is_authenticated:
            # A node whose disk is full is still read; the list goes on afterwards.
            with suppress(Refusal):
                self._note(cast("DeskRequest", request))
        return self.get_response(request)

    def _note(self, request: "DeskRequest") -> None:
        session, now = request.session, request.node.clock()
        minute, begun = f"{now:%Y-%m-%dT%H:%M}", now.isoformat()
        known = session.get(MARK) or []
        if len(known) == MARKS and known[0] == session.session_key:
            begun = known[2]
            if now - datetime.fromisoformat(begun) > timedelta(seconds=settings.SESSION_COOKIE_AGE):
                self._end(request)
                return
            if known[1] == minute or request.headers.get("HX-Request"):
                return
            services.session_seen(request.node, key=session.session_key or "", at=now)
        else:
            agent = request.headers.get("User-Agent", "")
            services.begin_session(
                request.node,
                officer=request.user,
                key=session.session_key or "",
                way=way_in(request),
                place=place_of(_address(request)),
                browser=browser_of(agent),
                system=system_of(agent),
                at=now,
            )
        session[MARK] = [session.session_key, minute, begun]

    def _end(self, request: "DeskRequest") -> None:
        key = request.session.session_key or ""
        logout(request)  # first: where nothing can be written, nobody stays in
        services.session_over(request.node, key=key, at=request.node.clock())


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # allauth's answer to a request without an address
        return ""
