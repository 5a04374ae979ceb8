"""Find: a few typed characters, and what they name or what holds them."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from legation.desk.queries.find import found, meant
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest, needs

LONGEST_SEARCH: Final = 80


@require_GET
@needs(READ)
def find(request: DeskRequest) -> HttpResponse:
    """Go to what a number, an id or a code of 12 characters names; else list what fits.

    While the officer types, the page asks for the rows alone, and goes nowhere by itself.
    """
    words = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    typing = request.headers.get("HX-Request")
    address = "" if typing else meant(request.node, words, request.user)
    if address:
        return redirect(address)
    context = {"words": words, "result": found(request.node, words, request.user)}
    return render(request, "desk/find_rows.html" if typing else "desk/find.html", context)
