"""What the node's output says of itself: a line a request, and faults, without any content.

1. A line names the route, never the address: no id, title, name, search or query string.
2. An officer is a number. A stranger's address is not written down at all.
3. Of a fault the lines of the program are told, and the fault's type; never its words, which may
   quote what somebody wrote. Messages of other packages are cut to their unfilled form.
4. Each answer carries its line's id in `X-Request-Id`, so that an officer can say which it was.
"""

import logging
import secrets
import traceback
from collections.abc import Callable
from time import gmtime, perf_counter
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

LINE: Final = logging.getLogger("legation.requests")
METHODS: Final = frozenset({"GET", "HEAD", "POST"})
OURS: Final = "legation."
SECOND: Final = 1000

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class LogRequests:
    """Writes the line of every request. Outermost, so that nothing is answered without one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, then write the line."""
        name = secrets.token_hex(6)
        begun = perf_counter()
        response = self.get_response(request)
        taken = (perf_counter() - begun) * SECOND
        response.headers["X-Request-Id"] = name
        LINE.info(
            "id=%s route=%s method=%s status=%d ms=%.0f officer=%s",
            name,
            _route(request),
            request.method if request.method in METHODS else "other",
            response.status_code,
            taken,
            _officer(request),
        )
        return response


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return "static" if request.path.startswith(str(settings.STATIC_URL)) else "none"
    return match.view_name or "unnamed"


def _officer(request: HttpRequest) -> str:
    """Return the number of who signed in; nobody is asked for who was not needed."""
    user = getattr(request, "_cached_user", None)
    return str(user.pk) if user is not None and user.is_authenticated else "-"


class WithoutContent(logging.Formatter):
    """Writes a record in one line and its fault's places, and nothing of what was read."""

    converter = staticmethod(gmtime)  # UTC, whatever zone the desk shows
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = ""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and for a fault the lines of the program that led to it."""
        said = record.getMessage() if record.name == LINE.name else _unfilled(record)
        head = f"{self.formatTime(record)} {record.levelname} {record.name} {said}"
        fault = record.exc_info[1] if record.exc_info else None
        return head if fault is None else f"{head}\n{_places(fault)}"


def _unfilled(record: logging.LogRecord) -> str:
    """Return a message with its places empty; what may be filled already is not shown."""
    if record.args or record.name.startswith(OURS):
        return str(record.msg)
    return f"{record.module}.{record.funcName}"


def _places(fault: BaseException) -> str:
    """Return the type of a fault and of what caused it, with the places in the program."""
    lines: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = fault
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines.append(f"  {type(one).__module__}.{type(one).__qualname__}")
        lines += [
            f"    {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(one.__traceback__)
        ]
        one = one.__cause__ or one.__context__
    return "\n".join(lines)
