"""Kinds that state fields of registers, on two real desks: filled in, sent, answered, alike."""

from typing import Any

from legation.acts.kinds.notice_state import NoticeState
from legation.acts.statements import Register
from legation.line.queries.standing import Current
from legation.notices import queries
from legation.officers import services as officers
from legation.officers.wording import DraftedAct
from notices.conftest import Desk, Desks, Json

PAYMENT = {
    "post_concerned": "post/US-MOW", "bank": "A bank", "purpose": "rent", "outcome": "blocked",
    "facts": "It is held.", "request": "A licence.",
}  # fmt: skip


def states(desk: Desk, post: str, receiving: str, **fields: Any) -> None:
    told = {name: {"value": value} for name, value in fields.items()}
    body: Json = {"sending": desk.party, "receiving": receiving, "fields": told}
    act = DraftedAct(type="post.stated", on=post, body=body)
    desk.leaves(officers.draft(desk.node, acts=[act], title=post, by="Ada", at=desk.now()))


def told(desks: Desks, thing: str, party: str) -> Json:
    """Return what a party states of a thing last, held alike by both nodes."""
    found = []
    for desk in (desks.a, desks.b):
        register = Current(desk.node.alias).get(thing)
        assert isinstance(register, Register)
        stated = register.stated.get(party, {})
        found.append({name: several[-1].value for name, several in stated.items()})
    assert found[0] == found[1]
    return found[0]


def test_a_draft_knows_as_which_state_it_is_written_and_what_the_post_is_called(
    desks: Desks,
) -> None:
    states(desks.a, "post/US-MOW", "RU", city="Moscow", type="embassy")
    states(desks.b, "post/RU-HOU", "US", name="Consulate General in Houston")
    desks.sync()
    closing = desks.a.sends(
        "post.consent", post_concerned="post/RU-HOU", step="close", effective="2026-12-31"
    )
    cap = desks.b.sends(
        "size.limit", post_concerned="post/US-MOW", at_most=455, counted="All staff",
        local_staff="counted", effective="2026-12-31",
    )  # fmt: skip
    desks.sync()
    pages = [queries.page(desks.b.node, each) for each in (closing, cap)]
    assert "consent to “Consulate General in Houston” is withdrawn" in pages[0].texts[0].text
    assert "численность персонала учреждения «Moscow»" in pages[1].texts[0].text
    assert "lives by consent" in pages[0].kind.silence
    limited = Current(desks.a.node.alias).get(cap)
    assert isinstance(limited, NoticeState)
    assert limited.asked_by == "2026-12-31"
    assert told(desks, "post/RU-HOU", "US") == {"consent": "withdrawn"}
    desks.b.answers(closing, "agreed")
    desks.sync()
    assert told(desks, "post/RU-HOU", "RU")["status"] == "closed"


def test_each_of_them_leaves_and_is_answered(desks: Desks) -> None:
    sent = [
        desks.a.sends("agrement", post_concerned="post/US-MOW", name="Jane Lovelace"),
        desks.a.sends("payment.facilitation", **PAYMENT),
        desks.a.sends("bag", post_concerned="post/US-MOW", packages=2, place="Sheremetyevo",
                      crosses="2026-12-01T10:00+03:00", couriers=[{"name": "Ned Lovelace"}]),
        desks.a.sends("protection.request", post_concerned="post/US-MOW", protects=["persons"],
                      place="The gate", threat="A crowd.", request="Guards.",
                      **{"from": "2026-12-01T18:00+03:00"}),
        desks.a.sends("custody", post_concerned="post/US-VVO", name="Vladivostok",
                      custodian="Embassy Moscow", entrusts=["archives"], effective="2026-12-31"),
    ]  # fmt: skip
    desks.sync()
    licence = {"name": "Licence 7", "begins": "2026-12-01", "expires": "2027-12-01"}
    said: list[tuple[str, Json]] = [
        ("given", {}), ("licence_named", licence), ("noted", {}),
        ("measures", {"measures": "Guards."}), ("agreed", {}),
    ]  # fmt: skip
    for note, (answer, fields) in zip(sent, said, strict=True):
        desks.b.answers(note, answer, **fields)
    desks.sync()
    assert told(desks, "post/US-MOW", "US") == {"nominated": True}
    assert told(desks, "post/US-MOW", "RU") == {"agrement": "given", "protection_given": "full"}
    assert told(desks, "post/US-VVO", "US") == {"custody": "Embassy Moscow"}
    assert told(desks, "post/US-VVO", "RU") == {"custody_agreed": "agreed"}
    made = f"licence/RU-{sent[1].rpartition('-')[2]}"
    assert told(desks, made, "RU") == {
        "name": "Licence 7", "state": "in_force", "expires": "2027-12-01",
    }  # fmt: skip
    for desk in (desks.a, desks.b):
        assert b"Lovelace" not in desk.side.state()
        assert {queries.page(desk.node, each).line.state for each in sent} == {"answered"}
        assert all("Lovelace" not in queries.page(desk.node, each).line.title for each in sent)
