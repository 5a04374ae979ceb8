"""The page on which a file of a notice is erased: why, who has done so, and what remains."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from legation.acts.kinds.notice_state import NoticeState
from legation.errors import Refusal
from legation.notices import services
from legation.notices.pdf.making import in_sight
from legation.notices.queries.erasures import erasure
from legation.officers.permissions import DRAFT, READ, require
from legation.officers.requests import DeskRequest, needs, sentences
from legation.officers.sight import sight_of

LONGEST: Final = 1_000
"""Characters of a ground that are read at all; the act itself takes fewer, and says so."""


@require_http_methods(["GET", "POST"])
@needs(READ)
def erase(request: DeskRequest, key: str, root: str) -> HttpResponse:
    """Show who erased a file; draft our own word that we do, with its ground."""
    thing = in_sight(request.node, f"notice/{key}", sight_of(request.user))
    refused: list[str] = []
    if request.method == "POST":
        require(request.user, DRAFT)
        try:
            return _drafted(request, thing, root)
        except Refusal as refusal:
            refused = sentences(refusal)
    context = {
        "key": key,
        "number": thing.number,
        "file": erasure(request.node, thing, root),
        "ground": request.POST.get("ground", "")[:LONGEST],
        "refused": refused,
    }
    return render(request, "notices/erase.html", context, status=400 if refused else 200)


def _drafted(request: DeskRequest, thing: NoticeState, root: str) -> HttpResponse:
    draft = services.draft_erasure(
        request.node,
        notice=thing.id,
        root=root,
        ground=" ".join(request.POST.get("ground", "")[:LONGEST].split()),
        by=request.user,
        at=request.node.clock(),
    )
    return redirect("officers:draft", draft.id.partition("/")[2])
