"""Forms of the kinds that state fields of registers, and how they are sent and read back."""

from collections.abc import Mapping

from legation.acts.codec import from_json
from legation.acts.notices import NoticeKind
from legation.acts.statements import Register
from legation.record.canon import Json
from world import ADraft, Body, Node, World

Told = dict[str, Json]
MOW, LED = "post/XA-MOW", "post/XA-LED"
A_CAP: Body = {
    "at_most": 455, "counted": "All staff", "local_staff": "counted", "effective": "2026-12-31",
}  # fmt: skip
A_BAN: Body = {
    "covers": "Nationals of third States",
    "categories": ["administrative_technical"],
    "effective": "2026-12-31",
}
A_POST: Body = {"post_concerned": LED, "name": "Consulate General in Zedport"}
A_HEAD: Body = {"post_concerned": MOW, "name": "Jane Roe", "born": "1970-05-31"}
A_PAYMENT: Body = {
    "post_concerned": MOW,
    "channel": "channel/XA-1",
    "bank": "First Bank",
    "purpose": "salaries",
    "outcome": "rejected",
    "facts": "It came back.",
    "request": "By which bank?",
}
A_LICENCE: Body = {
    "name": "General Licence 53A", "licence_no": "53A", "begins": "2026-11-21",
    "expires": "2027-11-21", "conditions": ["No debit of a blocked account."],
}  # fmt: skip
A_BAG: Body = {
    "post_concerned": MOW, "packages": 3, "crosses": "2026-12-01T10:00+03:00", "place": "Zedburg",
    "couriers": [{"name": "John Doe"}],
}  # fmt: skip
A_THREAT: Body = {
    "post_concerned": MOW, "protects": ["premises", "persons"], "place": "River Street",
    "from": "2026-12-01T18:00+03:00", "threat": "A crowd.", "request": "Guards.",
}  # fmt: skip
A_KEEPER: Body = {
    **A_POST, "custodian": "Swiss Confederation", "entrusts": ["interests", "archives"],
    "effective": "2026-12-31",
}  # fmt: skip


def sends(node: Node, kind: str, data: Mapping[str, Json], **changes: Json) -> str:
    """Release a notice in three languages; return its id."""
    return node.sends(ADraft(kind, {**data, "languages": ["en", "ru", "tr"], **changes}))


def form(world: World, kind: str, data: Mapping[str, Json], **changes: Json) -> NoticeKind:
    """Return a form as an officer would have filled it in."""
    return from_json(world.catalogue.newest_kind(kind), {**data, **changes}, kind)


def told(node: Node, thing: str, party: str) -> Told:
    """Return what a party states of a thing, the last of each field, as a node has it."""
    register = node.folded.state.find(Register, thing)
    view = None if register is None else register.view(party)
    fields = {} if view is None else view.fields
    return {name: each.statements[-1].value for name, each in fields.items()}


def alike(world: World, thing: str, party: str) -> Told:
    """Return the same, held alike by both nodes."""
    assert world.a.void == {}
    assert world.a.state == world.b.state
    found = told(world.a, thing, party)
    assert found == told(world.b, thing, party)
    return found


def its_own(notice: str, prefix: str, party: str) -> str:
    """Return the id of the thing that a notice made."""
    return f"{prefix}/{party}-{notice.rpartition('-')[2]}"
