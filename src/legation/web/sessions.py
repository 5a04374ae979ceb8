"""Remembers in which browsers an officer is signed in, and when each was seen."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from legation.errors import Refusal
from legation.officers import services
from legation.officers.adapters import way_in
from legation.officers.browsers import browser_of, place_of, system_of

if TYPE_CHECKING:
    from legation.officers.requests import DeskRequest

MARK: Final = "desk"
"""In the session: its own key, so that no query is needed to know that it is listed."""


class RememberSession:
    """Keeps the list of sessions on the officer's own page. Reads nothing of what is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._minute = ""
        self._noted: set[str] = set()
        # Keys of the sessions noted in this minute, in this process: the session's own row is not
        # written for it, so that it ends 12 hours after the officer came in or did something.

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note the browser, at most once a minute; a live part that asks by itself counts not."""
        if request.user.is_authenticated and not request.headers.get("HX-Request"):
            # A node whose disk is full is still read; the list goes on afterwards.
            with suppress(Refusal):
                self._note(cast("DeskRequest", request))
        return self.get_response(request)

    def _note(self, request: "DeskRequest") -> None:
        session, now = request.session, request.node.clock()
        key, minute = session.session_key or "", f"{now:%Y-%m-%dT%H:%M}"
        known = key and session.get(MARK, [""])[0] == key
        if known and minute == self._minute and key in self._noted:
            return
        if not (known and services.session_seen(request.node, key=key, at=now)):
            self._begin(request, key, now)
        if minute != self._minute:
            self._minute, self._noted = minute, set()
        self._noted.add(key)

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
        request.session[MARK] = [key]


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # allauth's answer to a request without an address
        return ""
