"""Pages of notices: the list, one notice with all that happened to it, drafting, paper."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from legation.acts.catalogue import newest_kind, notice_kinds
from legation.errors import Refusal
from legation.line.queries.book import overlay
from legation.notices import queries
from legation.notices.answering import asked
from legation.notices.deeds import Deed, Deeds, deeds_of
from legation.notices.naming import called
from legation.notices.persons import numbered
from legation.notices.printing import filled, further_papers
from legation.notices.queries import Facets, Filters, NoticePage
from legation.notices.queries.attached import persons_unconfirmed
from legation.officers.permissions import DRAFT, READ
from legation.officers.requests import DeskRequest, needs, sentences
from legation.officers.sight import sight_of

FACETS: Final = (
    ("state", _("State")),
    ("by", _("Whose notice")),
    ("move", _("Whose move")),
    ("kind", _("Kind")),
    ("post", _("Post")),
    ("due", _("Due")),
)
BY_NAME: Final = frozenset({"kind", "post"})


@require_GET
@needs(READ)
def notices(request: DeskRequest) -> HttpResponse:
    """List notices; every filter is a link that can be sent to a colleague."""
    page = request.GET.get("page", "1")
    shown = queries.notices(
        request.node,
        Filters.read(request.GET.dict()),
        sight=sight_of(request.user),
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )
    posts = [choice.value for choice in shown.facets["post"]]
    names = called(overlay(request.node, posts), posts)
    return render(
        request, "notices/list.html", {"list": shown, "facets": shown_facets(shown.facets, names)}
    )


def shown_facets(facets: Facets, names: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the filters that can choose anything, with their words. names: of posts, by id."""
    return [
        {
            "name": name,
            "label": label,
            "choices": _in_order(
                name,
                [
                    {
                        "label": names.get(choice.value) or gettext(choice.label),
                        "count": choice.count,
                        "chosen": choice.chosen,
                        "link": choice.link,
                    }
                    for choice in facets[name]
                ],
            ),
        }
        for name, label in FACETS
        if len(facets.get(name, ())) > 2 or any(each.chosen for each in facets.get(name, ())[1:])
    ]


def _in_order(name: str, choices: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return choices as they are read: names by their letters, what follows one another as is."""
    if name not in BY_NAME:
        return choices
    every, *others = choices
    return [every, *sorted(others, key=lambda each: str(each["label"]).casefold())]


@require_GET
@needs(READ)
def page(request: DeskRequest, key: str) -> HttpResponse:
    """Show a notice: the chain of what happened, answers, texts, whose move, the proof."""
    shown = queries.page(request.node, f"notice/{key}", sight=sight_of(request.user))
    if request.headers.get("HX-Request"):
        return render(request, "notices/page_live.html", page_context(shown))
    return _whole_page(request, shown, deeds_of(request.node, shown, request.user))


def page_context(shown: NoticePage) -> dict[str, object]:
    """Return what a notice's page is drawn from; its texts with number and date filled in."""
    return {"page": replace(shown, texts=filled(shown)), "other": shown.line.addressee}


def _whole_page(
    request: DeskRequest, shown: NoticePage, deeds: list[Deed], status: int = 200
) -> HttpResponse:
    node, thing = request.node, asked(request.node, shown.line.id)
    context = {
        **page_context(shown),
        "deeds": deeds,
        "person_count": numbered(thing),
        "persons_erased": persons_unconfirmed(node, thing, addressee=shown.line.addressee),
    }
    return render(request, "notices/page.html", context, status=status)


@require_GET
@needs(READ)
def printed(request: DeskRequest, key: str) -> HttpResponse:
    """Show a notice as a sheet of paper: all its languages or one; nothing that is ours only."""
    lang = request.GET.get("lang", "")[:10]
    shown = queries.page(request.node, f"notice/{key}", sight=sight_of(request.user))
    if lang:
        queries.print_view(request.node, shown.line.id, lang=lang)  # refuses one it is not in
    texts = filled(shown)
    context = {
        "line": shown.line,
        "texts": [text for text in texts if lang in ("", text.lang)],
        "languages": [text.lang for text in texts] if len(texts) > 1 else [],
        "lang": lang,
        "leaf": shown.leaf,
        "entry": shown.entry,
        "transcript": shown.paper.whole and not shown.line.ours,
        "further": further_papers(shown),
    }
    return render(request, "notices/print.html", context)


@require_GET
@needs(DRAFT)
def kinds(request: DeskRequest) -> HttpResponse:
    """Choose what to draft."""
    return render(request, "notices/kinds.html", {"kinds": all_declared()})


def all_declared() -> list[dict[str, object]]:
    """Return what every kind says of itself, by the names that the officer reads."""
    found = [declared(code) for code in {code for code, _version in notice_kinds()}]
    return sorted(found, key=lambda kind: gettext(str(kind["title"])).casefold())


def declared(code: str) -> dict[str, object]:
    """Return what the newest version of a kind says of itself. Raises Refusal "kind"."""
    cls = newest_kind(code)
    return {
        "code": cls.code,
        "title": cls.title,
        "articles": cls.articles,
        "silence": cls.silence,
    }


@require_POST
@needs(DRAFT)
def answer(request: DeskRequest, key: str) -> HttpResponse:
    """Draft an answer to their notice, or a change of mind after a final one."""
    return _deed(request, key, "answer")


@require_POST
@needs(DRAFT)
def withdraw(request: DeskRequest, key: str) -> HttpResponse:
    """Draft the withdrawal of our notice."""
    return _deed(request, key, "withdraw")


@require_POST
@needs(DRAFT)
def close(request: DeskRequest, key: str) -> HttpResponse:
    """Draft the closing of our notice."""
    return _deed(request, key, "close")


def _deed(request: DeskRequest, key: str, name: str) -> HttpResponse:
    """Make the draft, or show the notice again with what was typed and what is wrong."""
    shown = queries.page(request.node, f"notice/{key}", sight=sight_of(request.user))
    deeds = Deeds(request.node, shown, request.user)
    try:
        draft = deeds.draft(name, request.POST)
    except Refusal as refusal:
        context = {**page_context(shown), "deeds": deeds.all(), "refused": sentences(refusal)}
        return render(request, "notices/page.html", context, status=400)
    if draft is None:
        return _whole_page(request, shown, deeds.all(), status=400)
    return redirect("officers:draft", draft.id.partition("/")[2])
