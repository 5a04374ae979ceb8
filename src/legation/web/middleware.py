"""What happens around every page: the node at hand, compression, refusals as a page."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.translation import gettext

from legation.acts.catalogue import NewerRecord
from legation.errors import Refusal
from legation.line.databases import newer_record
from legation.line.queries.once import for_one_page
from legation.web.errors import trouble
from legation.web.nodes import served

GetResponse = Callable[[HttpRequest], HttpResponseBase]
LARGEST_FORM: Final = 16 * 1024 * 1024
"""Bytes of a request that brings no file."""
WORDS: Final = ("text/", "application/javascript", "application/json", "image/svg")


class CompressWords(GZipMiddleware):
    """Compresses text, script and drawings; fonts, proofs and archives go as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress what consists of words."""
        if not response.headers.get("Content-Type", "").startswith(WORDS):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


class BoundBodies:
    """Lets a request be as large as a file only where files are added; else as a form or bundle.

    The port itself takes no more than the largest (`cli.serving.MAX_REQUEST`).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse a large body before any of it is read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_FORM and not _takes_files(request):
            return HttpResponse(status=413)
        return self.get_response(request)


def _takes_files(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path.endswith("/files/")


class OpenNode:
    """Gives every request its node: `request.node`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Attach the node, and send a live part whose session ended to the sign-in page."""
        node = served()
        asks = request.method in ("GET", "HEAD")
        request.node = for_one_page(node) if asks else node  # type: ignore[attr-defined]  # see officers.requests
        response = self.get_response(request)
        # What was read here stays in no cache, and is not there to go back to after signing out.
        response.headers.setdefault("Cache-Control", "no-store")
        if request.headers.get("HX-Request") and 300 <= response.status_code < 400:
            # A part that asks every few seconds must not swap the sign-in page into itself.
            moved = HttpResponse(status=204)
            moved["HX-Refresh"] = "true"
            return moved
        return response


class AnswerRefusals:
    """Turns a refusal that no view has answered into a page that says it in a sentence."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; only `process_exception` has work."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponseBase | None:
        """Answer a refusal: 403 for a role, 404 for what is not here, 500, 503."""
        if isinstance(fault, NewerRecord):
            fault = newer_record(fault)
        if not isinstance(fault, Refusal):
            return None
        sentences = [one.sentence(gettext) for one in (fault, *fault.others)]
        return trouble(request, status_of(fault.code), sentences)


def status_of(code: str) -> int:
    """Return the HTTP status of a refusal's code."""
    if code in {"role", "suspended", "drafter", "sight"}:
        return 403
    if code == "kind" or code.startswith(("unknown-", "no-such")):
        return 404
    if code == "newer-record":
        return 503
    if code == "damaged-row":
        return 500
    return 400
