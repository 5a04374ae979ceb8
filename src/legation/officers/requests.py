"""What a page is given: the node and the officer; and who may open it."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from legation.errors import Refusal
from legation.line.node import Node
from legation.officers.permissions import require
from legation.officers.services import Officer

if TYPE_CHECKING:
    from legation.officers.models import Officer

View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request by an officer who has signed in, at the desk of one node."""

    node: Node
    user: "Officer"


def needs(permission: str) -> Callable[[View], View]:
    """Open a page only to officers whose roles give `permission`; others read why not."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def sentences(refusal: Refusal) -> list[str]:
    """Return what a refusal says, and what was found wrong besides, in the officer's language."""
    return [one.sentence(gettext) for one in (refusal, *refusal.others)]


def say_refused(request: HttpRequest, refusal: Refusal) -> None:
    """Show a refusal on the page that comes next."""
    for sentence in sentences(refusal):
        messages.error(request, sentence)
