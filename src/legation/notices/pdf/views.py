"""Notices and drafts as PDF, for the officers who see them."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from legation.errors import N_, Refusal
from legation.notices.pdf.compose import to_pdf
from legation.notices.pdf.making import in_sight, sheet_of, sheet_of_draft
from legation.notices.pdf.persons import reader
from legation.notices.pdf.sheet import Sheet
from legation.officers import queries as officers
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest, needs
from legation.officers.sight import sight_of


@require_GET
@needs(READ)
def note(request: DeskRequest, key: str) -> HttpResponse:
    """Answer with a note as PDF/A. ?lang=ru: that language alone. ?act=peer-7: that answer."""
    node, notice = request.node, f"notice/{key}"
    in_sight(node, notice, sight_of(request.user))
    sheet = sheet_of(
        node,
        notice,
        act=request.GET.get("act", "")[:30],
        lang=request.GET.get("lang", "")[:10],
        persons=reader(node, by=request.user, about=notice, at=node.clock()),
    )
    return _as_pdf(sheet, sheet.number or key)


@require_GET
@needs(READ)
def draft(request: DeskRequest, key: str) -> HttpResponse:
    """Answer with the first act of a draft that has a text, marked as a draft on every page."""
    node, draft_id = request.node, f"draft/{key}"
    page = officers.draft(node, draft_id, sight=sight_of(request.user))
    for act in page.acts:
        if act.fields.get("texts"):
            sheet = sheet_of_draft(
                node,
                on=act.on,
                body=act.fields,
                at=page.line.drafted_at,
                lang=request.GET.get("lang", "")[:10],
                persons=reader(node, by=request.user, about=draft_id, at=node.clock()),
            )
            return _as_pdf(sheet, f"draft-{key}")
    raise Refusal(
        "unknown-text",
        thing=N_("Draft {draft}"),
        rule=N_("none of its acts has a text to print."),
        remedy=N_("Read it on its page."),
        draft=key,
    )


def _as_pdf(sheet: Sheet, name: str) -> HttpResponse:
    answer = HttpResponse(to_pdf(sheet), content_type="application/pdf")
    plain = "".join(char if char.isalnum() and char.isascii() else "-" for char in name)
    answer["Content-Disposition"] = f'inline; filename="{plain[:80]}.pdf"'
    return answer
