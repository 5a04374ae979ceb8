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

LONGEST: Final = timedelta(seconds=settings.SESSION_COOKIE_AGE)
MARK: Final = "desk_since"
"""In the session: its own key, and when it began: so no query is needed to know its place."""


class RememberSession:
    """Keeps the list of sessions on the officer's own page. Reads nothing of what is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._minute = ""
        self._noted: set[str] = set()
        # Keys of the sessions noted in this minute, in this process: the session's own row is not
        # written for it.

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note the browser, at most once a minute; sign out who signed in long ago."""
        if request.user.is_authenticated:
            # A node whose disk is full is still read; the list goes on afterwards.
            with suppress(Refusal):
                self._note(cast("DeskRequest", request))
        return self.get_response(request)

    def _note(self, request: "DeskRequest") -> None:
        key, now = request.session.session_key or "", request.node.clock()
        begun = _begun(request.session.get(MARK), key)
        known = begun is not None
        # One that began in days to come was begun by a clock that ran ahead: it would never end.
        if begun is not None and abs(now - begun) > LONGEST:
            self._end(request)
        elif not known:
            self._begin(request, key, now)
            request.session[MARK] = [key, now.isoformat()]
        elif not request.headers.get("HX-Request") and not self._was_noted(key, now):
            if not services.session_seen(request.node, key=key, at=now):
                self._begin(request, key, now)
            self._noted.add(key)

    def _was_noted(self, key: str, now: datetime) -> bool:
        minute = f"{now:%Y-%m-%dT%H:%M}"
        if minute != self._minute:
            self._minute, self._noted = minute, set()
        return key in self._noted

    def _begin(self, request: "DeskRequest", key: str, at: datetime) -> None:
        agent = request.headers.get("User-Agent", "")
        services.begin_session(
            request.node,
            officer=request.user,
            key=key,
            way=way_in(request),
            place=place_of(_address(request)),
            browser=browser_of(agent),
            system=system_of(agent),
            at=at,
        )

    def _end(self, request: "DeskRequest") -> None:
        key = request.session.session_key or ""
        logout(request)  # first: where nothing can be written, nobody stays in
        services.session_over(request.node, key=key, at=request.node.clock())


def _begun(mark: object, key: str) -> datetime | None:
    """Return when the session of this key began, None where its mark does not say so."""
    if not isinstance(mark, list) or len(mark) != 2 or mark[0] != key:
        return None
    try:
        found = datetime.fromisoformat(str(mark[1]))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None  # an earlier version kept a minute here


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # allauth's answer to a request without an address
        return ""
