"""`/healthz`: for a watchman or a proxy; needs no sign-in and tells nothing but this."""

from threading import Lock
from time import monotonic
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from legation.desk.queries.ready import Ready, ready
from legation.line.node import Node

SECONDS: Final = 2.0
_lock: Final = Lock()
known: Final[dict[str, tuple[float, Ready]]] = {}


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the node can do its work, 503 when it cannot; asked often, it looks once.

    To look may take as long as the database is locked. Strangers who ask meanwhile are told what
    was found last, or they would hold every thread of the desk.
    """
    node: Node = request.node  # type: ignore[attr-defined]  # see officers.requests
    at, found = known.get(str(node.home), (0.0, None))
    if (found is None or monotonic() - at > SECONDS) and _lock.acquire(blocking=found is None):
        try:
            at, found = known.get(str(node.home), (0.0, None))
            if found is None or monotonic() - at > SECONDS:
                found = ready(node)
                known[str(node.home)] = monotonic(), found
        finally:
            _lock.release()
    assert found is not None
    told = {"status": found.status, "reasons": list(found.reasons)}
    return JsonResponse(told, status=200 if found.ok else 503)
