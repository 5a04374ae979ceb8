"""Pages of our own chronicle. Ours only: it never crosses, and nothing is fetched to show it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_bidi, gettext
from django.views.decorators.http import require_GET, require_POST

from legation.errors import N_, Refusal
from legation.missions import queries, services
from legation.missions.chronicle import drawing, filters
from legation.missions.chronicle.entries import CONFIDENCE, Discrepancy, Fact
from legation.missions.chronicle.kinds import SHAPES, word_of
from legation.missions.chronicle.reading import Story
from legation.missions.queries import Named
from legation.notices.queries import find_id
from legation.officers.permissions import DRAFT, READ
from legation.officers.requests import DeskRequest, needs, say_refused
from legation.officers.services import note_down
from legation.officers.sight import sight_of
from legation.ui.marks import party_marks

PER_PAGE: Final = 100
SECTIONS: Final = {
    "rounds": (N_("Rounds"), "rounds"),
    "matters": (N_("Matters"), "matters"),
    "discrepancies": (N_("Where sources differ"), "discrepancies"),
    "questions": (N_("Open questions"), "questions"),
    "rules": (N_("Rules"), "rules"),
    "persons": (N_("Persons named"), "persons"),
    "sources": (N_("Sources"), "sources"),
}
"""Name in the address -> its title, and the part of the story that it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One field of the form: its name, label, and what may be chosen."""

    name: str
    label: str
    any: str
    options: tuple[tuple[filters.Option, str], ...]


@needs(READ)
@require_GET
def chronicle(request: DeskRequest) -> HttpResponse:
    """Show the facts that fit, drawn and in words; the form works without a script."""
    told = _told(request)
    wanted, wrong = filters.read_filters(request.GET.dict())
    fit = filters.chosen(told.facts, wanted, told.holders)
    page, pages = _page(request.GET.get("page", ""), len(fit))
    context = {
        **_around(request, told.story, "facts"),
        "wanted": wanted,
        "wrong": [one.sentence(gettext) for one in wrong],
        "choices": _choices(told, wanted),
        "years": sorted({fact.year for fact in told.facts}),
        "total": len(fit),
        "facts": fit[(page - 1) * PER_PAGE : page * PER_PAGE],
        "page": page,
        "pages": pages,
        "drawing": _drawing(request, told, fit, wanted),
    }
    return render(request, "missions/chronicle.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The chronicle, with what officers tied to it, and the registers that it names."""

    story: Story
    facts: tuple[Fact, ...]
    named: dict[str, Named]
    holders: dict[str, str]

    def name_of(self, thing: str) -> str:
        """Return what a post or premises is called: its id where the record does not hold it."""
        found = self.named.get(thing)
        return found.name if found else thing.partition("/")[2]


def _told(request: DeskRequest) -> Told:
    story = queries.story(request.node)
    named, holders = queries.named(request.node)
    tied = queries.links(request.node)
    facts = tuple(
        replace(fact, things=tuple(dict.fromkeys((*fact.things, *tied[fact.key]))))
        if fact.key in tied
        else fact
        for fact in story.facts
    )
    return Told(story=story, facts=facts, named=named, holders=holders)


def _page(asked: str, total: int) -> tuple[int, int]:
    pages = max(1, -(-total // PER_PAGE))
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(wanted, 1), pages), pages


def _choices(told: Told, wanted: filters.Filters) -> list[Choice]:
    words: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
        (
            "matter",
            gettext("Matter"),
            gettext("All matters"),
            lambda code: told.story.matter_titles.get(code, word_of(code)),
        ),
        ("thing", gettext("Post or premises"), gettext("All of them"), told.name_of),
        ("kind", gettext("Kind"), gettext("All kinds"), lambda kind: gettext(word_of(kind))),
        (
            "confidence",
            gettext("Confidence"),
            gettext("Any"),
            lambda name: gettext(CONFIDENCE.get(name, name)),
        ),
    )
    return [
        Choice(
            name=name,
            label=label,
            any=everything,
            options=tuple(
                (option, word(option.value))
                for option in filters.options(told.facts, wanted, told.holders, name)
            ),
        )
        for name, label, everything, word in words
    ]


def _lanes(request: DeskRequest, facts: Iterable[Fact]) -> dict[str, str]:
    """Return which party has which lane: as their chips' hues, so both desks draw alike."""
    sides = {fact.actor for fact in facts} | {fact.target for fact in facts}
    codes = {code for code in sides if code.isupper()} | {request.node.party}
    return {code: mark.hue for code, mark in party_marks((code, code) for code in codes).items()}


def _drawing(
    request: DeskRequest, told: Told, fit: tuple[Fact, ...], wanted: filters.Filters
) -> dict[str, Any] | None:
    lanes = _lanes(request, told.story.facts)
    rounds = () if wanted else told.story.rounds
    marks = drawing.marks_of(fit, rounds, lanes)
    window = drawing.window_of(request.GET.get("zoom", ""), drawing.marks_of(told.facts, (), lanes))
    if window is None:
        return None
    return {
        "it": drawing.draw(marks, window, right_to_left=get_language_bidi()),
        "lanes": {hue: code for code, hue in lanes.items()},
        "shapes": SHAPES,
        "query": wanted.link,
    }


def _named_by_the_line(request: DeskRequest) -> dict[str, str]:
    """Return our own name as the node has it; a dossier may call us otherwise."""
    return {request.node.party: request.node.name}


def _around(request: DeskRequest, story: Story, here: str) -> dict[str, Any]:
    """Return what every page of the chronicle needs: its own menu, with true counts."""
    menu = [("facts", gettext("Facts"), len(story.facts))]
    menu += [
        (name, gettext(title), len(getattr(story, part)))
        for name, (title, part) in SECTIONS.items()
    ]
    return {
        "story": story,
        "parties": party_marks({**story.parties, **_named_by_the_line(request)}.items()),
        "menu": [(name, title, count, name == here) for name, title, count in menu if count],
        "matter_titles": story.matter_titles,
        "may_link": request.user.has_perm(DRAFT),
    }


@needs(READ)
@require_GET
def section(request: DeskRequest, name: str) -> HttpResponse:
    """Show rounds, matters, differing sources, questions, rules, persons or sources."""
    if name not in SECTIONS:
        raise Http404
    story = queries.story(request.node)
    title, part = SECTIONS[name]
    context = {
        **_around(request, story, name),
        "title": gettext(title),
        "rows": getattr(story, part),
        "part": f"missions/chronicle_{name}.html",
    }
    return render(request, "missions/chronicle_section.html", context)


@needs(READ)
@require_GET
def fact(request: DeskRequest, key: str) -> HttpResponse:
    """Show one fact with everything that sources say of it, and what it is tied to."""
    told = _told(request)
    found = next((one for one in told.facts if one.key == key), None)
    if found is None:
        raise _no_fact(key)
    lanes = _lanes(request, told.facts)
    parties = sorted(lanes, key=lambda code: lanes[code])
    tied = queries.links_of(request.node, found, sight_of(request.user))
    context = {
        **_around(request, told.story, "facts"),
        "fact": found,
        "sides": [(code, found.said_by(code)) for code in parties],
        "agreed": found.said_by("both"),
        "differing": told.story.differing.get(key, ()),
        "rounds": [one for one in told.story.rounds if key in one.facts],
        "tied": tied,
        "things": _things(told, found, tied),
        "offered": [one for thing, one in told.named.items() if thing not in found.things],
    }
    return render(request, "missions/fact.html", context)


def _things(
    told: Told, found: Fact, tied: queries.FactLinks
) -> list[tuple[str, Named | None, int, str]]:
    """Return the posts and premises of a fact: id, page, and the officer's tie, if one made it."""
    made = {one.thing: one for one in tied.things}
    return [
        (
            thing,
            told.named.get(thing),
            made[thing].link if thing in made else 0,
            made[thing].linked_by if thing in made else "",
        )
        for thing in found.things
    ]


def _no_fact(key: str) -> Refusal:
    return Refusal(
        "unknown-fact",
        thing=N_("Fact {fact}"),
        rule=N_("our chronicle tells no such fact."),
        remedy=N_("Choose it in the chronicle, or load the dossier that tells it."),
        fact=key[:80],
    )


@needs(DRAFT)
@require_POST
def link(request: DeskRequest, key: str) -> HttpResponse:
    """Tie a fact to a post, premises or a notice by its number."""
    by, at = request.user, request.node.clock()
    number = request.POST.get("notice", "").strip()[:200]
    try:
        sight = sight_of(request.user)
        named = find_id(request.node, number, sight=sight) if number else ""
        to = named or request.POST.get("thing", "")[:80]
        services.link(request.node, fact=key, to=to, by=by, at=at)
        messages.success(request, gettext("It is linked. Nothing was drafted and nothing sent."))
    except Refusal as refusal:
        say_refused(request, refusal)
    return redirect("missions:fact", key)


@needs(DRAFT)
@require_POST
def unlink(request: DeskRequest, number: int) -> HttpResponse:
    """Take an officer's tie away."""
    by, at = request.user, request.node.clock()
    key = services.unlink(request.node, link=number, by=by, at=at)
    messages.success(request, gettext("The link was taken away; the audit keeps that it was."))
    return redirect("missions:fact", key)


@needs(READ)
@require_POST
def sheet(request: DeskRequest) -> HttpResponse:
    """Show the chronicle as a sheet for our own paper, marked as ours; who asked is kept."""
    told = _told(request)
    wanted, _wrong = filters.read_filters(request.POST.dict())
    fit = filters.chosen(told.facts, wanted, told.holders)
    at = request.node.clock()
    detail = {"facts": len(fit), "filters": wanted.link[:200]}
    note_down(request.node, what="chronicle.printed", by=request.user, at=at, detail=detail)
    differing: list[Discrepancy] = [
        one for one in told.story.discrepancies if not wanted or _touches(one, fit)
    ]
    context = {
        **_around(request, told.story, "facts"),
        "facts": fit,
        "differing": differing,
        "drawing": _drawing(request, told, fit, wanted),
        "at": at,
    }
    return render(request, "missions/chronicle_sheet.html", context)


def _touches(one: Discrepancy, facts: Iterable[Fact]) -> bool:
    keys = {fact.key for fact in facts}
    return any(key in keys for key in one.facts)
