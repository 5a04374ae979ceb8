"""Names of staff, for officers whose sight allows it; each look is written down first."""

from collections.abc import Iterable, Mapping, Sequence

from legation.missions.persons.queries import chosen
from legation.missions.queries import RegisterView
from legation.officers.requests import DeskRequest
from legation.officers.services import note_looks
from legation.officers.sight import sight_of

LIST = "staff"


def names_of(request: DeskRequest, views: Iterable[RegisterView]) -> Mapping[str, str]:
    """Return person -> name, of those whom these things are or name, from our persons list.

    What is shown is noted as looked at; who may not look gets no name, and no look is noted.
    """
    return names_of_persons(request, {each for view in views for each in _persons(view)})


def names_of_persons(request: DeskRequest, ids: Iterable[str]) -> Mapping[str, str]:
    """Return person -> name of these, as `names_of`."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = chosen(request.node, sight_of(request.user), wanted)
    note_names(request, [person.id for person in found])
    return {person.id: person.values["name"] for person in found}


def note_names(request: DeskRequest, persons: Sequence[str]) -> None:
    """Write down that the officer is shown these names."""
    if persons:
        node, at = request.node, request.node.clock()
        note_looks(node, by=request.user, about=LIST, roots=persons, at=at, how="list")


def _persons(view: RegisterView) -> list[str]:
    held = view.fields.get("person")
    known = [] if held is None else [held.value, *(one.statement.value for one in held.own)]
    named = [view.id, *known]
    return [each for each in named if isinstance(each, str) and each.startswith("person/")]
