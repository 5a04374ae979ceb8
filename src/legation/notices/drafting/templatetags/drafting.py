"""What a draft's own page shows of the officers in it and its translations. Ours only."""

from django import template

from legation.acts.files import files_of
from legation.line.node import Node
from legation.notices.drafting import queries
from legation.notices.drafting.reopening import FORMS, persons_alike
from legation.officers.queries import DraftPage
from legation.officers.sight import sight_of
from legation.ui.alike import Alike, look_alikes

register = template.Library()


@register.inclusion_tag("drafting/beside.html", takes_context=True)
def beside_draft(context: template.Context) -> dict[str, object]:
    """Show who else has the draft open, words kept aside, and translations out of date."""
    request, page = context["request"], context["page"]
    node, name = request.node, request.user.username
    open_now = page.line.state in {"drafted", "cleared"}
    form = len(page.acts) == 1 and page.acts[0].type in FORMS
    return {
        "key": context["key"],
        "now": context["now"],
        "home_clock": context["home_clock"],
        "csrf_token": context["csrf_token"],
        "may_edit": open_now and form and "edit" in context["may"],
        "has_kind": bool(form and page.acts[0].fields.get("kind")),
        "may_draft": context["may_draft"],
        "person_count": sum(
            ref.person is not None for act in page.acts for ref in files_of(act.fields)
        ),
        "others": queries.others_in(node, draft_id=page.line.id, by=name, at=node.clock())
        if open_now
        else (),
        "kept": queries.words(node, draft_id=page.line.id, by=name),
        "alike": _alike(node, page, names=sight_of(request.user).personal) if open_now else (),
        "stale": queries.stale(node, page.line.id) if open_now and _translated(page) else (),
    }


def _alike(node: Node, page: DraftPage, *, names: bool) -> tuple[Alike, ...]:
    """Return the letters to warn of: in what leaves, and in the persons' data beside it.

    names: look into the persons' data too. Of those the letters alone are told, never a word:
    this page shows nobody's name, so opening it is no look at a person.
    """
    found: tuple[Alike, ...] = ()
    for act in page.acts:
        found += look_alikes(act.fields)
        if names:
            found += persons_alike(node, act.fields)
    return found


def _translated(page: DraftPage) -> bool:
    """Tell whether an act has more than one text: one alone is no translation."""
    texts = [act.fields.get("texts") for act in page.acts]
    return any(isinstance(each, list) and len(each) > 1 for each in texts)
