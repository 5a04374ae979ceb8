"""Restating: what was on paper, said again in the record, by those who choose to.

1. Each thing is chosen by an officer and cleared by another, as anything that leaves.
2. A notice takes a new number of the record; its number on paper stands as its reference.
3. What came on paper from them is theirs to restate. Deliveries and replies never cross.
4. Its id in the record follows from the entry on paper: said twice, it is refused as any id that
   is taken, however many drafts of it were open.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from legation.errors import N_, Refusal
from legation.line.models import BookEntry, Entry
from legation.line.node import Node
from legation.line.queries.book import BookView, view_of
from legation.line.queries.state import record_id
from legation.line.services.append import NewAct
from legation.line.services.rehearsal import rehearse
from legation.notices.queries.alone import RELEASED, is_restated, unsaid
from legation.notices.services import is_drafted
from legation.officers import services as officers
from legation.officers.models import Draft, Officer
from legation.officers.wording import DraftedAct
from legation.record.canon import Json

LONGEST_REFERENCE = 80


def restate(
    node: Node, *, things: Sequence[str], title: str, by: Officer | str, at: datetime
) -> Draft:
    """Draft what is on paper of these things anew, for the record.

    Raises Refusal "no-peer", "nothing", "unknown-subject", "not-entitled" for theirs,
    "restated" already, "drafted" to be so, and what the rehearsal finds.
    """
    if not record_id(node):
        raise _refusal("no-peer", N_("there is no record yet to say it in."), name=title)
    if not things:
        raise _refusal("nothing", N_("nothing was chosen."), name=title)
    acts = [act for name in dict.fromkeys(things) for act in _acts(node, name)]
    with transaction.atomic(using=node.alias):
        row = officers.draft(node, acts=acts, title=title, by=by, at=at)
        rehearse(node, [_as_new(act) for act in acts], at=at)
    return row


def _acts(node: Node, name: str) -> list[DraftedAct]:
    rows = BookEntry.objects.using(node.alias).filter(on=name, replaced_by=None)
    said = [view_of(row) for row in rows.order_by("place")]
    if not said:
        raise _refusal("unknown-subject", N_("nothing of it is on paper."), name=name)
    released = next((each for each in said if each.type == RELEASED), None)
    if released is not None:
        return [_released(node, released)]
    ours = unsaid(node, name, said)
    if not ours:
        theirs = all(each.party != node.party for each in said)
        raise _theirs(name) if theirs else _said(name)
    return [
        DraftedAct(type=each.type, version=each.version, on=each.on, body=each.body, re=each.re)
        for each in ours
    ]


def _released(node: Node, released: BookView) -> DraftedAct:
    if released.party != node.party:
        raise _theirs(released.number)
    if is_restated(node, released):
        raise _said(released.number)
    name = _id_of(node, released)
    if is_drafted(node, on=name):
        raise _refusal("drafted", N_("a draft that says it is open already."), name=released.number)
    body: dict[str, Json] = {**released.body, "reference": released.number[:LONGEST_REFERENCE]}
    refers = body.pop("refers", None)
    shared = _shared(node, refers if isinstance(refers, list) else [])
    if shared:
        body["refers"] = shared
    return DraftedAct(
        type=released.type,
        version=released.version,
        on=name,
        body=body,
        numbered_post=str(body["post"]),
    )


def _id_of(node: Node, released: BookView) -> str:
    """Return the id in the record of a notice on paper: it tells nothing of that one."""
    drawn = hashlib.sha256(b"legation/restated/v1\n" + released.leaf).hexdigest()
    return f"notice/{node.party}-{drawn[:16]}"


def _shared(node: Node, names: list[Json]) -> list[Json]:
    """Return those of the notices referred to that stand in the record."""
    wanted = [str(name) for name in names]
    rows = Entry.objects.using(node.alias).filter(on__in=wanted, type=RELEASED, void="")
    there = set(rows.values_list("on", flat=True))
    return [name for name in wanted if name in there]


def _as_new(act: DraftedAct) -> NewAct:
    return NewAct(
        type=act.type,
        version=act.version,
        on=act.on,
        body=act.body,
        re=act.re,
        numbered_post=act.numbered_post,
    )


def _theirs(name: str) -> Refusal:
    return _refusal("not-entitled", N_("it came from them, and is theirs to restate."), name=name)


def _said(name: str) -> Refusal:
    return _refusal("restated", N_("the record says it already."), name=name)


def _refusal(code: str, rule: str, *, name: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("Restating {name}"),
        rule=rule,
        remedy=N_("Choose from what is ours alone."),
        name=name[:120],
    )
