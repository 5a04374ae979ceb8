"""Declare a rule for the other side's staff: what holds on a day is what was declared for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext

from legation.acts.codec import from_json, to_json
from legation.acts.kinds.regime import RegimeDeclared
from legation.line.databases import writing
from legation.line.node import Node
from legation.line.queries.book import parties, things
from legation.missions.services.registers import rehearse_acts
from legation.officers import services as officers
from legation.officers.models import Draft, Officer
from legation.officers.wording import DraftedAct
from legation.record.canon import Json

PREFIX: Final = "regime"


def declare_regime(
    node: Node, *, name: str, data: Mapping[str, Json], by: Officer | str, at: datetime
) -> Draft:
    """Draft the declaration of a rule of ours. name: "RU-1", a rule's own or a new one.

    data: as `regime.declared`, without `by` and `applies_to`. Raises Refusal with every fault, and
    what the rehearsal finds.
    """
    other = parties(node).other(node.party).party
    on = f"{PREFIX}/{name.removeprefix(f'{PREFIX}/')}"
    told: dict[str, Json] = {**data, "by": node.party, "applies_to": other}
    body = to_json(from_json(RegimeDeclared, told, on))
    act = DraftedAct(type=RegimeDeclared.type, on=on, body=body)
    title = f"{gettext(RegimeDeclared.title)}: {name}"
    with writing(node.alias):
        row = officers.draft(node, acts=[act], title=title, by=by, at=at)
        rehearse_acts(node, [act], at)
    return row


def free_name(node: Node) -> str:
    """Return a name that no rule has yet: "RU-3"."""
    taken = {each.id.partition("/")[2] for each in things(node, PREFIX)}
    number = next(n for n in range(1, len(taken) + 2) if f"{node.party}-{n}" not in taken)
    return f"{node.party}-{number}"
