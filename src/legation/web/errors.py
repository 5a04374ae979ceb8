"""Error pages in the look of the desk: what happened, and what to do."""

from collections.abc import Sequence

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def heading_of(status: int) -> str:
    """Return the heading of an error page."""
    return {
        403: _("Not for this role"),
        404: _("Not here"),
        429: _("Too many attempts"),
        500: _("The node could not do this"),
    }.get(status, _("This cannot be done"))


def trouble(request: HttpRequest, status: int, sentences: Sequence[str]) -> HttpResponse:
    """Answer with a page of sentences."""
    context = {"heading": heading_of(status), "sentences": sentences}
    return render(request, "ui/trouble.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be read as a request, and what names a desk that is not here."""
    if isinstance(exception, DisallowedHost):
        said = _(
            "This desk does not go by the name in the address. Whoever keeps the node writes the"
            " name into LEGATION_HOSTS and starts it again."
        )
    else:
        said = _("The browser sent something that this page cannot read. Go back and try again.")
    return trouble(request, 400, [said])


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what the officer's role does not give."""
    said = str(exception or "")
    return trouble(
        request,
        403,
        [said or _("Your role does not give you this page. Ask an officer who has the role.")],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer an address that leads nowhere."""
    return trouble(
        request,
        404,
        [
            _(
                "This address leads nowhere on this node. It may be an entry that has not"
                " arrived yet."
            )
        ],
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer a flood of attempts to sign in."""
    return trouble(
        request,
        429,
        [_("There were too many attempts to sign in. Wait five minutes, then try again.")],
    )


def no_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form that does not come from one of our own pages."""
    return trouble(
        request,
        403,
        [
            _(
                "This form did not come from a page of this desk, or the page was open for too"
                " long. Nothing was changed. Open the page again and repeat what you did."
            )
        ],
    )
