"""The fold: what can be wrong with an act, and that both nodes fold the same logs alike."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from acts.deeds import busy_world
from legation.acts.fold import fold, genesis, had_seen, place, seen_claim
from legation.acts.state import State, Thing, decode_thing, encode_thing
from legation.errors import Refusal
from legation.record import canon
from world import Body, Node, World, a_note


@pytest.fixture
def world() -> World:
    return World()


def released(world: World, **changes: object) -> Body:
    """Return the body of a released note, changed."""
    world.cut()
    node = Node(world, "XA", ("Ada", "Bela"))
    node.sends(a_note())
    body = canon.decode(node.log[0].body)
    body.update(cast("Body", changes))
    return body


# --- What can be wrong with an act


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(b"", "not-canonical", id="no body"),
        pytest.param(b"[]", "not-canonical", id="a list for a body"),
        pytest.param(b'{"a":1}', "schema", id="a field that the type does not have"),
        pytest.param(b'{ "a":1}', "not-canonical", id="a needless space"),
        pytest.param(b'{"a":1.0}', "not-canonical", id="a fraction"),
        pytest.param(b'{"a":"\xff"}', "text", id="no UTF-8"),
        pytest.param('{"a":"\u202e"}'.encode(), "text", id="a bidirectional override"),
        pytest.param(b'{"a":' * 17 + b"1" + b"}" * 17, "depth", id="too deep"),
    ],
)
def test_a_body_that_cannot_be_read_is_without_effect(world: World, body: bytes, code: str) -> None:
    index = world.a.acts("record.seen", body=body)
    assert world.a.code(index) == code
    assert world.a.state == world.b.state


def falsify_head(node: Node, data: bytes) -> int:
    """Write an act whose head is these bytes."""
    node.acts("record.seen")
    return node.writes(replace(node.log.pop(), head=data))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda head: b"", "not-canonical", id="no head"),
        pytest.param(lambda head: head[:-1], "not-canonical", id="a head cut short"),
        pytest.param(lambda head: head.replace(b'"v":1', b'"v":0'), "schema", id="version 0"),
        pytest.param(
            lambda head: head.replace(b'"party":"XA"', b'"party":"XB"'),
            "other-party",
            id="the other side's name",
        ),
        pytest.param(
            lambda head: head.replace(b'"record":"', b'"record":"0')[:-1] + b"}",
            "schema",
            id="a record's id too long",
        ),
    ],
)
def test_a_head_that_cannot_be_is_without_effect(
    world: World, change: Callable[[bytes], bytes], code: str
) -> None:
    world.a.acts("record.seen")
    data = change(world.a.log.pop().head)
    assert world.a.code(falsify_head(world.a, data)) == code
    assert world.a.state == world.b.state


def test_an_act_of_another_record_is_without_effect(world: World) -> None:
    assert world.a.code(world.a.acts("record.seen", record="0" * 16)) == "other-record"
    assert world.a.code(world.a.acts("record.seen", party="XB")) == "other-party"


def test_a_head_that_cannot_be_read_has_seen_nothing(world: World) -> None:
    world.b.sees()
    index = falsify_head(world.a, b"{}")
    assert seen_claim(world.a.log[index]) == 0
    assert seen_claim(world.b.log[0]) == 0
    world.a.sees()
    assert seen_claim(world.a.log[-1]) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"kind": "no.such"}, id="a kind that nobody reads"),
        pytest.param({"kind_version": 2}, id="a version that nobody reads"),
    ],
)
def test_a_kind_not_spoken_is_without_effect(world: World, change: Body) -> None:
    body = released(world, **change)
    index = world.a.acts(
        "notice.released", on=world.a.new_id("notice"), body=body, number="XA-MIS/2026/001"
    )
    assert world.a.code(index) == "not-spoken"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"fields": {}}, id="an empty form"),
        pytest.param({"fields": {"subject": "x" * 201}}, id="text over the limit"),
        pytest.param({"fields": None}, id="no form"),
        pytest.param({"post": "premises/P1"}, id="a post that is no post"),
        pytest.param({"asked_by": "tomorrow"}, id="a day that is no day"),
        pytest.param({"extra": 1}, id="a field that is not known"),
        pytest.param({"texts": [{"lang": "en", "role": "original"}]}, id="a text without text"),
    ],
)
def test_a_notice_with_a_wrong_form_is_without_effect(world: World, change: Body) -> None:
    index = world.a.acts(
        "notice.released",
        on=world.a.new_id("notice"),
        body=released(world, **change),
        number="XA-MIS/2026/001",
    )
    assert world.a.code(index) == "schema"


def test_what_an_act_put_before_its_fault_is_taken_back() -> None:
    world = World("acts.made_up_kinds")
    world.a.sends(a_note())
    before = {thing.id: encode_thing(thing) for thing in world.a.folded.state.things()}
    assert world.a.code(world.a.acts("test.greedy")) == "greedy"
    assert {thing.id: encode_thing(thing) for thing in world.a.folded.state.things()} == before
    world.a.sends(a_note())
    assert list(world.b.void.values()) == ["greedy"]


def test_undo_gives_back_what_stood_in_the_same_layer() -> None:
    world = World()
    world.a.sends(a_note())
    state = world.a.folded.state
    number = state.get("number/XA-MIS-2026")
    assert number is not None
    state.begin()
    state.put(replace(number, id="number/XA-NEW-2026"))
    state.put(replace(number, last=6))  # type: ignore[call-arg] # a Number
    state.put(replace(number, last=7))  # type: ignore[call-arg] # a Number
    state.undo()
    assert state.get("number/XA-MIS-2026") is number
    assert state.get("number/XA-NEW-2026") is None


def test_an_act_had_seen_what_stood_before_it_and_what_its_log_had_seen(world: World) -> None:
    world.b.sees()
    for _ in range(2):
        world.a.sees()
    act = place(world.parties, world.parties.side("XA"), world.a.log)[1]
    assert [had_seen(act, "XA", index) for index in range(3)] == [True, False, False]
    assert [had_seen(act, "XB", index) for index in range(2)] == [True, False]


# --- The state as a builder


def test_a_layer_never_writes_its_base() -> None:
    world = World()
    base = genesis(world.parties)
    before = dict(base.changed)
    note = world.a.sends(a_note())
    layer = base.layer()
    assert fold(layer, place(world.parties, world.parties.side("XA"), world.a.log)[0]) is None
    assert layer.get(note) is not None
    assert base.get(note) is None
    assert base.changed == before
    assert {thing.id for thing in layer.things()} > {thing.id for thing in base.things()}


def test_a_base_that_decodes_on_demand_gives_the_same_state() -> None:
    world = World()
    note = world.a.sends(a_note())
    stored = {thing.id: encode_thing(thing) for thing in world.a.folded.state.things()}

    class Store(dict[str, Thing]):
        def get(self, key: str, default: object = None) -> Thing | None:  # type: ignore[override]
            del default
            return decode_thing(stored[key]) if key in stored else None

    world.b.answers(note, "noted")
    state = State(Store(), world.parties)
    side = world.parties.side("XB")
    assert fold(state, place(world.parties, side, world.b.log)[0]) is None
    for name, thing in state.changed.items():
        found = world.a.folded.state.get(name)
        assert found is not None
        assert encode_thing(found) == encode_thing(thing)


def test_every_thing_is_read_back_as_it_was_written() -> None:
    world = busy_world(7, 60)
    for thing in world.a.folded.state.things():
        data = encode_thing(thing)
        assert decode_thing(data) == thing
        assert encode_thing(decode_thing(data)) == data


def test_a_thing_of_no_register_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        decode_thing(b'{"id":"ghost/1"}')
    assert caught.value.code == "thing"


def test_the_dump_is_sorted_and_canonical() -> None:
    world = busy_world(3, 40)
    value = canon.decode(world.a.state, limit=10_000_000)
    things = cast("list[Body]", value["things"])
    assert [each["id"] for each in things] == sorted(str(each["id"]) for each in things)
    assert set(value) == {"record", "logs", "things", "without_effect", "receipts"}
