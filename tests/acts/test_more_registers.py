"""The registers of a board: what cannot stand beside what the same side said before."""

from typing import Any

import pytest

from legation.acts.bodies import stating_version
from legation.acts.codec import from_json
from legation.acts.kinds.channel import ChannelFields
from legation.acts.kinds.licence import LicenceFields
from legation.acts.kinds.person import PersonFields
from legation.acts.kinds.slot import Seat, SlotFields
from legation.acts.registers import Threshold
from legation.errors import Refusal
from legation.record.canon import Json
from spoken import FIRST_RELEASE
from world import Body, Node, World

MINE = {"sending": "XA", "receiving": "XB"}
GOOD: list[tuple[str, str, Body]] = [
    ("a", "post/XA-MOW", {"head_rank": {"value": "charge"}}),
    ("b", "post/XA-MOW", {"agrement": {"value": "given"}}),
    ("a", "premises/P1", {"utilities": {"value": "partly"}}),
    ("a", "slot/XA-MOW-1", {"category": {"value": "service"}}),
    ("a", "person/XA-1", {"dependants": {"value": 2}}),
    ("b", "person/XA-1", {"acceptable": {"value": "persona_non_grata"}}),
    ("b", "limit/XB-1", {"number": {"value": 80}, "counted": {"value": "All"}}),
    ("a", "channel/XA-1", {"currency": {"value": "USD"}}),
    ("b", "channel/XA-1", {"licence": {"value": "licence/XB-1"}}),
    ("b", "licence/XB-1", {"conditions": {"value": ["To one bank."]}}),
    ("a", "service/XA-MOW-visas", {"handled": {"value": 12}}),
    ("a", "exchange/XA-1", {"kind": {"value": "academic"}}),
]


@pytest.fixture
def world() -> World:
    return World()


def states(node: Node, thing: str, fields: Body) -> str | None:
    told: Any = {**MINE, **fields}
    return node.code(node.states(thing, **told))


def swapped(value: Json) -> Json:
    """Return a value with the two parties in each other's place."""
    if isinstance(value, str):
        return value.replace("XA", "?").replace("XB", "XA").replace("?", "XB")
    if isinstance(value, dict):
        return {key: swapped(inner) for key, inner in value.items()}
    return [swapped(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("side", "thing", "fields"), GOOD)
def test_its_author_states_it_the_other_does_not_and_the_parties_may_be_swapped(
    side: str, thing: str, fields: Body
) -> None:
    world = World()
    one, other = {"a": (world.a, world.b), "b": (world.b, world.a)}[side]
    assert states(one, thing, fields) is None
    assert states(other, thing, fields) == "not-entitled"
    turned, told = str(swapped(thing)), swapped(dict(fields))
    assert isinstance(told, dict)
    index = other.states(turned, sending="XB", receiving="XA", **told)
    assert other.code(index) is None
    assert world.a.state == world.b.state


@pytest.mark.parametrize(("side", "thing", "fields"), GOOD)
def test_it_is_named_by_its_own_state(side: str, thing: str, fields: Body) -> None:
    world = World()
    if thing.startswith("premises/"):
        return
    wrong = str(swapped(thing))
    assert states({"a": world.a, "b": world.b}[side], wrong, fields) == "identity"


@pytest.mark.parametrize(
    ("thing", "fields"),
    [
        pytest.param("slot/XA-1", {"post": {"value": "post/XB-WAS"}}, id="their post"),
        pytest.param("service/XA-1", {"post": {"value": "post/XB-WAS"}}, id="their post's service"),
        pytest.param("person/XA-1", {"slot": {"value": "slot/XB-1"}}, id="their slot"),
    ],
)
def test_a_thing_of_the_wrong_state_is_not_named(world: World, thing: str, fields: Body) -> None:
    assert states(world.a, thing, fields) == "other-owner"


def test_a_licence_for_a_channel_is_one_of_its_author_s(world: World) -> None:
    licence: Body = {"licence": {"value": "licence/XA-1"}}
    assert states(world.b, "channel/XA-1", licence) == "other-owner"


def in_slot(person: str, begin: str, **more: Json) -> Body:
    state: Body = {"value": "filled", "from": begin}
    return {"state": state, "person": {"value": person, "from": begin, **more}}


def test_a_person_is_not_in_two_slots_at_one_time(world: World) -> None:
    assert states(world.a, "slot/XA-1", in_slot("person/XA-P", "2026-01-01")) is None
    assert states(world.a, "slot/XA-2", in_slot("person/XA-P", "2026-06-01")) == "two-slots"
    assert states(world.a, "slot/XA-2", in_slot("person/XA-Q", "2026-06-01")) is None
    empty: Body = {"state": {"value": "vacant", "from": "2026-06-01"}}
    assert states(world.a, "slot/XA-1", empty) is None
    assert states(world.a, "slot/XA-3", in_slot("person/XA-P", "2026-06-01")) is None
    before = in_slot("person/XA-P", "2026-05-31", until="2026-05-31")
    assert states(world.a, "slot/XA-4", before) == "two-slots"
    seat = world.b.folded.state.find(Seat, "seat/XA-P")
    assert seat is not None
    assert [(each.slot, each.until) for each in seat.held] == [
        ("slot/XA-1", "2026-05-31"),
        ("slot/XA-3", None),
    ]
    assert world.a.state == world.b.state


def test_who_left_a_slot_is_free_and_a_corrected_word_frees_whom_it_named(world: World) -> None:
    states(world.a, "slot/XA-1", in_slot("person/XA-P", "2026-01-01"))
    states(world.a, "slot/XA-1", in_slot("person/XA-Q", "2026-01-01"))
    assert states(world.a, "slot/XA-2", in_slot("person/XA-P", "2026-03-01")) is None
    assert states(world.a, "slot/XA-3", in_slot("person/XA-Q", "2026-03-01")) == "two-slots"


def test_a_slot_vacant_since_ever_holds_nobody(world: World) -> None:
    assert states(world.a, "slot/XA-1", {"person": {"value": "person/XA-P"}}) is None
    assert states(world.a, "slot/XA-2", {"person": {"value": "person/XA-P"}}) == "two-slots"
    assert states(world.a, "slot/XA-1", {"state": {"value": "vacant"}}) is None
    assert states(world.a, "slot/XA-2", {"person": {"value": "person/XA-P"}}) is None


def test_a_slot_is_not_in_a_post_that_its_own_side_closed_by_then(world: World) -> None:
    world.a.states("post/XA-LED", **MINE, status={"value": "closed", "from": "2018-03-31"})
    place: Body = {"value": "post/XA-LED", "from": "2010", "until": "2018-03-30"}
    assert states(world.a, "slot/XA-1", {"post": place}) is None
    late: Body = {"value": "post/XA-LED", "from": "2018-03-31"}
    assert states(world.a, "slot/XA-2", {"post": late}) == "closed-post"
    assert states(world.a, "slot/XA-2", {"post": {"value": "post/XA-LED"}}) == "closed-post"
    assert states(world.a, "slot/XA-1", {"post": late}) == "closed-post"


def test_what_the_other_side_says_of_the_post_closes_nothing(world: World) -> None:
    world.b.states("post/XA-LED", **MINE, status_seen={"value": "closed", "from": "2018"})
    assert states(world.a, "slot/XA-2", {"post": {"value": "post/XA-LED"}}) is None


def test_a_cap_says_what_it_counts_now_or_before(world: World) -> None:
    assert states(world.b, "limit/XB-1", {"number": {"value": 80}}) == "not-counted"
    assert states(world.b, "limit/XB-1", {"counted": {"value": "All but drivers"}}) is None
    assert states(world.b, "limit/XB-1", {"number": {"value": 80}}) is None


def test_a_licence_does_not_end_before_the_day_it_was_in_force(world: World) -> None:
    states(world.b, "licence/XB-1", {"state": {"value": "in_force", "from": "2025-01-08"}})
    assert states(world.b, "licence/XB-1", {"expires": {"value": "2024-12-31"}}) == "span"
    assert states(world.b, "licence/XB-1", {"expires": {"value": "2025-01"}}) is None


@pytest.mark.parametrize(
    ("cls", "value", "code", "field"),
    [
        pytest.param(
            LicenceFields,
            {"state": {"value": "in_force", "from": "2025"}, "expires": {"value": "2024-12-31"}},
            "span",
            "expires.value",
            id="a licence that ends before it begins",
        ),
        pytest.param(
            PersonFields,
            {"arrival": {"value": "2025-02"}, "departure": {"value": "2025-01"}},
            "span",
            "departure.value",
            id="somebody who leaves before they come",
        ),
        pytest.param(
            ChannelFields,
            {"last_success": {"value": {"day": "2025", "amount": 1}}},
            "missing-field",
            "last_success.value.currency",
            id="money without a currency",
        ),
        pytest.param(
            ChannelFields,
            {"last_success": {"value": {"day": "2025", "amount": 1.5, "currency": "USD"}}},
            "wrong-type",
            "last_success.value.amount",
            id="a fraction of a cent",
        ),
        pytest.param(
            SlotFields,
            {"state": {"value": "vacant"}, "person": {"value": "person/XA-1"}},
            "vacant",
            "person",
            id="a vacant slot with somebody in it",
        ),
        pytest.param(
            SlotFields,
            {"state": {"value": "filled"}, "why_empty": {"value": "hiring_ban"}},
            "filled",
            "why_empty",
            id="a filled slot with a reason to be empty",
        ),
        pytest.param(
            SlotFields,
            {"state": {"value": "filled"}, "person": {"value": "none"}},
            "filled",
            "person",
            id="a filled slot with nobody in it",
        ),
    ],
)
def test_fields_that_contradict_each_other_are_refused_in_words(
    cls: type[object], value: Json, code: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        from_json(cls, value, "Form")
    assert refused.value.code == code
    assert refused.value.values["field"] == field
    if code == "missing-field":
        assert "currency" in refused.value.rule


def test_a_threshold_is_in_force_once_both_accept_the_same(world: World) -> None:
    def accepts(node: Node, value: int) -> str | None:
        body: Body = {"name": "days_of_money", "value": value}
        return node.code(node.acts("threshold.accepted", on="threshold/days_of_money", body=body))

    def in_force() -> int | None:
        found = world.b.folded.state.find(Threshold, "threshold/days_of_money")
        assert found is not None
        return found.in_force(("XA", "XB"))

    assert accepts(world.a, 30) is None
    assert in_force() is None
    assert accepts(world.b, 30) is None
    assert in_force() == 30
    assert accepts(world.b, 30) == "duplicate"
    assert accepts(world.b, 14) is None
    assert in_force() is None
    body: Body = {"name": "days_of_money", "value": 1}
    other = world.a.acts("threshold.accepted", on="threshold/other", body=body)
    assert world.a.code(other) == "subject"


@pytest.mark.parametrize(
    ("prefix", "fields", "version"),
    [
        pytest.param("post", ["city", "consent"], 1, id="what version 1 has"),
        pytest.param("post", ["city", "head_rank"], 2, id="one field of version 2"),
        pytest.param("premises", ["utilities"], 2, id="premises"),
        pytest.param("post", ["colour"], 2, id="a field that none has"),
        pytest.param("slot", ["post"], 1, id="a register of one version"),
        pytest.param("nothing", ["post"], 1, id="no register"),
    ],
)
def test_a_statement_is_of_the_lowest_version_that_has_its_fields(
    prefix: str, fields: list[str], version: int
) -> None:
    assert stating_version(prefix, fields) == version


def test_a_node_of_an_older_version_is_not_told_what_it_does_not_read() -> None:
    world = World(speaks=lambda _, known: [each for each in known if each in FIRST_RELEASE])
    assert states(world.a, "post/XA-MOW", {"head_rank": {"value": "charge"}}) == "not-spoken"
    assert states(world.a, "post/XA-MOW", {"city": {"value": "Zedburg"}}) is None
