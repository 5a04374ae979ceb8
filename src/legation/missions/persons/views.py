"""Pages of the persons list. Ours only: every look is written down before anything is shown."""

from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.errors import Refusal
from legation.missions.persons import queries, services
from legation.missions.persons.columns import COLUMNS, LANGS, titles
from legation.missions.persons.forms import PersonForm
from legation.notices.choosing import own_posts
from legation.officers.permissions import DRAFT
from legation.officers.requests import DeskRequest, needs, say_refused
from legation.officers.services import note_look, note_looks
from legation.officers.sheets.writing import to_csv, to_xlsx
from legation.officers.sight import sight_of

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST: Final = "persons"


def _lang() -> str:
    return (get_language() or "en")[:2]


def _named(values: dict[str, str]) -> list[tuple[str, str]]:
    place = LANGS.get(_lang(), 0)
    return [(column.titles[place], values.get(column.key, "")) for column in COLUMNS]


@require_GET
@needs(DRAFT)
def persons(request: DeskRequest) -> HttpResponse:
    """List the persons in the officer's sight."""
    words, page = request.GET.get("q", "")[:80], request.GET.get("page", "1")
    found = queries.persons(
        request.node,
        sight_of(request.user),
        words=words,
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )
    _look(request, LIST, [row.id for row in found.rows], "list")
    return render(request, "persons/list.html", {"list": found, "q": words})


@require_GET
@needs(DRAFT)
def person(request: DeskRequest, key: str) -> HttpResponse:
    """Show one person."""
    found = queries.person(request.node, sight_of(request.user), f"person/{key}")
    _look(request, found.id, [""], "page")
    context = {"person": found, "facts": _named(found.values)}
    return render(request, "persons/person.html", context)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def new(request: DeskRequest) -> HttpResponse:
    """Add a person."""
    posted = request.POST if request.method == "POST" else None
    form = PersonForm(posted, posts=own_posts(request.node))
    if request.method == "POST":
        try:
            made = services.add(
                request.node, given=form.given(), by=request.user, at=request.node.clock()
            )
            return redirect("persons:person", made.partition("/")[2])
        except Refusal as refusal:
            form.refuse(refusal)
    return render(request, "persons/edit.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def edit(request: DeskRequest, key: str) -> HttpResponse:
    """Change what is kept of a person."""
    found = queries.person(request.node, sight_of(request.user), f"person/{key}")
    _look(request, found.id, [""], "page")
    posted = request.POST if request.method == "POST" else None
    form = PersonForm(posted, posts=own_posts(request.node), initial=found.values)
    if request.method == "POST":
        try:
            services.change(
                request.node,
                person=found.id,
                given=form.given(),
                by=request.user,
                at=request.node.clock(),
            )
            return redirect("persons:person", key)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"form": form, "person": found}
    return render(request, "persons/edit.html", context, status=400 if form.errors else 200)


@require_POST
@needs(DRAFT)
def remove(request: DeskRequest, key: str) -> HttpResponse:
    """Delete a person from the list."""
    services.remove(request.node, person=f"person/{key}", by=request.user, at=request.node.clock())
    messages.success(request, gettext("Deleted from the list."))
    return redirect("persons:list")


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def bring(request: DeskRequest) -> HttpResponse:
    """Read a list from a file; what is wrong with it is told at once, by row."""
    refused: tuple[Refusal, ...] = ()
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            number = services.begin_import(
                request.node,
                data=b"" if file is None else file.read(),
                name="" if file is None else file.name or "",
                update=request.POST.get("update") == "on",
                by=request.user,
                at=request.node.clock(),
            )
            return redirect("persons:import", number)
        except Refusal as refusal:
            refused = (refusal, *refusal.others)
    context = {"faults": [told(each) for each in refused], "titles": titles(_lang())}
    return render(request, "persons/bring.html", context, status=400 if refused else 200)


def told(refusal: Refusal) -> dict[str, str]:
    """Return a fault in the officer's language, with its row and column."""
    words = refusal.as_dict(gettext)
    values = refusal.values
    return {
        "row": str(values.get("row") or ""),
        "column": str(values.get("column") or ""),
        "rule": str(words["rule"]),
        "remedy": str(words["remedy"]),
    }


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def coming(request: DeskRequest, number: int) -> HttpResponse:
    """Check a list piece by piece, show how far it is and what it would do, and take it."""
    node, by = request.node, request.user
    found = queries.on_its_way(node, number, by.username)
    if request.method == "POST":
        return _take(request, number)
    if not found.done:
        services.check_piece(node, number=number, by=by)
        found = queries.on_its_way(node, number, by.username)
    first = [
        (line, [cells.get(column.key, "") for column in COLUMNS]) for line, cells in found.first
    ]
    context = {
        "list": found,
        "titles": titles(_lang()),
        "first": first,
        "faults": [told(each) for each in found.faults],
        "new": found.rows - found.known,
    }
    answer = render(request, "persons/coming.html", context)
    if not found.done:
        # The next piece: browsers go on by themselves, with script or without.
        answer["Refresh"] = "0"
    return answer


def _take(request: DeskRequest, number: int) -> HttpResponse:
    node = request.node
    try:
        if request.POST.get("do") == "drop":
            services.drop(node, number=number, by=request.user.username)
            messages.success(request, gettext("Dropped. The list is as it was."))
        else:
            new_ones, changed = services.take(node, number=number, by=request.user, at=node.clock())
            said = ngettext("%(n)d person added", "%(n)d persons added", new_ones) % {"n": new_ones}
            more = ngettext("%(n)d changed.", "%(n)d changed.", changed) % {"n": changed}
            messages.success(request, f"{said}, {more}")
    except Refusal as refusal:
        say_refused(request, refusal)
        return redirect("persons:import", number)
    return redirect("persons:list")


@require_GET
@needs(DRAFT)
def blank(request: DeskRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """Give out an empty list with the titles that are known."""
    answer = HttpResponse(to_csv(titles(_lang()), []), content_type=CSV)
    answer["Content-Disposition"] = 'attachment; filename="persons-template.csv"'
    return answer


@require_GET
@needs(DRAFT)
def export(request: DeskRequest, form: str) -> HttpResponse:
    """Give out the persons in sight; each of them is noted as looked at."""
    rows = queries.all_of(request.node, sight_of(request.user))
    _look(request, LIST, [row.id for row in rows], "export")
    lines = [[row.values[column.key] for column in COLUMNS] for row in rows]
    name = f"persons-OURS-ONLY-{_day(request.node.clock())}.{form}"
    if form == "csv":
        answer = HttpResponse(
            to_csv(titles(_lang()), lines), content_type="text/csv; charset=utf-8"
        )
    elif form == "xlsx":
        data = to_xlsx(titles(_lang()), lines, title=gettext("Ours only"))
        answer = HttpResponse(data, content_type=XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _look(request: DeskRequest, about: str, persons: list[str], how: str) -> None:
    """Write the look down; who may not look is refused here."""
    node, at = request.node, request.node.clock()
    if not persons:
        return
    if len(persons) == 1:
        note_look(node, by=request.user, about=about, root=persons[0], at=at, how=how)
    else:
        note_looks(node, by=request.user, about=about, roots=persons, at=at, how=how)
