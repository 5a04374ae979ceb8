"""Who asked, when a proxy stands before the desk: its word counts, and nobody else's.

1. `X-Forwarded-Proto` and `X-Forwarded-For` count only from an address of LEGATION_PROXIES;
   from any other they are struck out before anything reads them.
2. Of `X-Forwarded-For` the last address counts that is no such proxy: what stands before it the
   stranger wrote himself.
"""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

FORWARDED: Final = (
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class BelieveProxies:
    """Takes the client's address from a proxy of ours, and from nobody else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set REMOTE_ADDR to who asked, and strike out what nobody may say."""
        proxies: frozenset[str] = settings.PROXIES
        told = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        proto = request.META.get("HTTP_X_FORWARDED_PROTO")
        sender = str(request.META.get("REMOTE_ADDR", ""))
        for name in FORWARDED:
            request.META.pop(name, None)
        if sender in proxies:
            request.META["REMOTE_ADDR"] = client(told, proxies) or sender
            if proto in {"http", "https"}:
                request.META["HTTP_X_FORWARDED_PROTO"] = proto
        return self.get_response(request)


def client(told: str, proxies: frozenset[str]) -> str:
    """Return the last address in `told` that is no proxy of ours; "" where there is none."""
    for word in reversed(told.split(",")):
        try:
            address = str(ip_address(word.strip()))
        except ValueError:
            return ""
        if address not in proxies:
            return address
    return ""
