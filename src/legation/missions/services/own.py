"""Every write of what an officer knows: note it, strike it, state it one field at a time.

1. What is noted has the form that the field's act demands, whoever may state it.
2. A later note of an officer, of the same field from the same day, takes the earlier one's place.
3. Nothing is erased: what is struck keeps its row, with who struck it and why.
4. What is stated leaves as one draft; it stays here until the record says the same.
5. What no act has (`fields.NEVER_STATED`), and what the other side states, is never drafted.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Final

from django.db import transaction

from legation.acts.base import Act, not_entitled
from legation.acts.catalogue import act_types
from legation.acts.codec import Record, fields_of, read_with
from legation.acts.statements import Stated
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.missions.fields import place_of
from legation.missions.models import OwnStatement
from legation.missions.queries.own import OwnView, drafted, own_statements, stated
from legation.missions.services.own_checks import check_identity, check_known
from legation.missions.services.registers import rehearse_acts
from legation.officers import services as officers
from legation.officers.models import Draft, Officer
from legation.officers.permissions import DRAFT, require
from legation.officers.services.audit import note_down
from legation.officers.services.lookup import find_officer
from legation.officers.wording import DraftedAct
from legation.record.canon import Json

LONGEST_WHY: Final = 300


def note_own(
    node: Node,
    *,
    thing: str,
    sending: str,
    receiving: str,
    field: str,
    statement: Mapping[str, Json],
    origin: str,
    ref: str = "",
    dossier: str = "",
    by: Officer | str,
    at: datetime,
) -> int:
    """Keep one statement as ours only (rules 1 and 2); return the number of its row.

    Raises Refusal for a wrong thing, field or value, what contradicts the rest (`own_checks`),
    "suspended" or "role".
    """
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        place = place_of(thing, field)
        made = read_with(place.shape, dict(statement), f"{thing} {field}")
        assert isinstance(made, Stated)
        check_identity(node, thing, sending, receiving)
        check_known(node, thing, sending=sending, field=field, said=made, on=at.date())
        row = OwnStatement(
            thing=thing,
            prefix=thing.partition("/")[0],
            sending=sending,
            receiving=receiving,
            field=field,
            statement=place.shape.write(made),
            origin=origin,
            ref=ref,
            dossier=dossier,
            entered_by=officer.username,
            entered_at=at,
        )
        _replace(node, row, officer, at)
        row.save(using=node.alias)
        note_down(node, what="own.noted", by=officer, at=at, about=thing, detail={"field": field})
    return int(row.pk)


def note_all(
    node: Node,
    *,
    thing: str,
    sending: str,
    receiving: str,
    statements: Mapping[str, Mapping[str, Json]],
    by: Officer | str,
    at: datetime,
) -> dict[str, Refusal]:
    """Keep several fields of a thing, as an officer noted them, or none; return what was refused.

    statements: field -> statement. Raises Refusal "suspended" or "role".
    """
    require(find_officer(node, by), DRAFT)
    wrong: dict[str, Refusal] = {}
    with writing(node.alias):
        for field, statement in statements.items():
            try:
                note_own(
                    node,
                    thing=thing,
                    sending=sending,
                    receiving=receiving,
                    field=field,
                    statement=statement,
                    origin="officer",
                    by=by,
                    at=at,
                )
            except Refusal as refusal:
                wrong[field] = refusal
        if wrong:
            transaction.set_rollback(True, using=node.alias)
    return wrong


def strike_own(
    node: Node, *, ids: Iterable[int], why: str = "", by: Officer | str, at: datetime
) -> int:
    """Take back what we kept (rule 3); return how many. Raises Refusal "unknown-own", "role"."""
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        found = _found(node, ids)
        rows = OwnStatement.objects.using(node.alias).filter(pk__in=[one.number for one in found])
        rows.update(struck_at=at, struck_by=officer.username, struck_why=why[:LONGEST_WHY])
        for one in found:
            detail = {"field": one.field}
            note_down(node, what="own.struck", by=officer, at=at, about=one.thing, detail=detail)
    return len(found)


def state_own(node: Node, *, ids: Iterable[int], by: Officer | str, at: datetime) -> Draft:
    """Draft one list of acts that state just these fields (rules 4 and 5), for a second officer.

    Raises Refusal "unknown-own", "never-stated", "not-entitled", "already-stated", and what the
    rehearsal finds.
    """
    with transaction.atomic(using=node.alias):
        found = _found(node, ids)
        for one in found:
            _check_ours(node, one)
        things = {one.thing for one in found}
        told = stated(node, things) | drafted(node, things)
        acts = acts_of([one for one in found if one.said not in told])
        if not acts:
            raise _already(found)
        row = officers.draft(node, acts=acts, title=_title(acts), by=by, at=at)
        rehearse_acts(node, acts, at)
    return row


def acts_of(rows: Sequence[OwnView]) -> list[DraftedAct]:
    """Return the acts that state these, by thing; a field's further days in acts of their own."""
    things: dict[str, dict[str, list[OwnView]]] = {}
    for one in rows:
        things.setdefault(one.thing, {}).setdefault(one.field, []).append(one)
    acts = []
    for name, fields in things.items():
        for several in zip_longest(*(_in_order(each) for each in fields.values())):
            now = [one for one in several if one is not None]
            told: dict[str, Json] = {one.field: dict(one.raw) for one in now}
            body: dict[str, Json] = {
                "sending": now[0].sending,
                "receiving": now[0].receiving,
                "fields": told,
            }
            acts.append(stating(name, body))
    return acts


def stating(thing: str, body: dict[str, Json]) -> DraftedAct:
    """Return the act that states fields of a thing: of the first version that has them all."""
    name = f"{thing.partition('/')[0]}.stated"
    fields = body["fields"]
    assert isinstance(fields, dict)
    return DraftedAct(type=name, version=version_of(name, fields), on=thing, body=body)


def version_of(name: str, fields: Iterable[str]) -> int:
    """Return the first version of a type of act that has all of these fields, else the newest."""
    wanted = set(fields)
    known = {version: cls for (each, version), cls in act_types().items() if each == name}
    fit = [version for version, cls in known.items() if wanted <= _fields_in(cls)]
    return min(fit) if fit else max(known, default=1)


def _fields_in(cls: type[Act]) -> set[str]:
    return {
        inner.key
        for place in fields_of(cls)
        if place.key == "fields" and isinstance(place.shape, Record)
        for inner in place.shape.places
    }


def _in_order(rows: Iterable[OwnView]) -> list[OwnView]:
    return sorted(rows, key=lambda one: (str(one.raw.get("from", "")), one.number))


def _title(acts: Sequence[DraftedAct]) -> str:
    told: dict[str, list[str]] = {}
    for act in acts:
        fields = act.body["fields"]
        assert isinstance(fields, dict)
        told.setdefault(act.on, []).extend(fields)
    return "; ".join(f"{name}: {', '.join(sorted(set(said)))}" for name, said in told.items())


def _replace(node: Node, row: OwnStatement, officer: Officer, at: datetime) -> None:
    """Strike what an officer noted of the same field from the same day (rule 2)."""
    rows = OwnStatement.objects.using(node.alias).filter(
        thing=row.thing, field=row.field, origin=row.origin, ref=row.ref, struck_at=None
    )
    begins = row.statement.get("from")
    gone = [one.pk for one in rows if one.statement.get("from") == begins]
    rows.filter(pk__in=gone).update(struck_at=at, struck_by=officer.username, struck_why="replaced")


def _found(node: Node, ids: Iterable[int]) -> tuple[OwnView, ...]:
    wanted = list(dict.fromkeys(ids))
    found = own_statements(node, numbers=wanted) if wanted else ()
    if not wanted or len(found) != len(wanted):
        raise Refusal(
            "unknown-own",
            thing=N_("What we know"),
            rule=N_("nothing is chosen, or it was struck or replaced meanwhile."),
            remedy=N_("Choose from the list as it is now."),
        )
    return found


def _check_ours(node: Node, one: OwnView) -> None:
    if one.never:
        raise Refusal(
            "never-stated",
            thing=N_("{name}, field “{field}”"),
            rule=N_("it stays ours alone; no act has such a field."),
            remedy=N_("Leave it out."),
            name=one.thing,
            field=one.field,
        )
    if one.author != node.party:
        raise not_entitled(
            N_("{name}, field “{field}”"),
            N_("this field is stated by the {side} state."),
            name=one.thing,
            field=one.field,
            side=one.side,
        )


def _already(found: Sequence[OwnView]) -> Refusal:
    return Refusal(
        "already-stated",
        thing=N_("{name}"),
        rule=N_("it is stated already, or waits in a draft."),
        remedy=N_("Look at the drafts, or choose something else."),
        name=", ".join(dict.fromkeys(one.thing for one in found))[:200],
    )
