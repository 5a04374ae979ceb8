"""Remembers in which browsers an officer is signed in, and when each was seen."""

from collections.abc import Callable
from contextlib import suppress
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
"""In the session: its own key and the last minute it was seen; no query is needed to know them."""


class RememberSession:
    """Keeps the list of sessions on the officer's own page. Reads nothing of what is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note the browser, at most once a minute; a live part that asks by itself counts not."""
        if request.user.is_authenticated and not request.headers.get("HX-Request"):
            # A node whose disk is full is still read; the list goes on afterwards.
            with suppress(Refusal):
                self._note(cast("DeskRequest", request))
        return self.get_response(request)

    def _note(self, request: "DeskRequest") -> None:
        session, now = request.session, request.node.clock()
        minute = f"{now:%Y-%m-%dT%H:%M}"
        known = session.get(MARK) or [None, None]
        if known == [session.session_key, minute]:
            return
        if known[0] != session.session_key:
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
        else:
            services.session_seen(request.node, key=session.session_key or "", at=now)
        session[MARK] = [session.session_key, minute]


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # allauth's answer to a request without an address
        return ""
