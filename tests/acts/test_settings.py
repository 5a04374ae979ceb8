"""What a notice states in registers: in whose name, from which act, and what cannot stand."""

from collections.abc import Mapping

import pytest

from legation.acts import settings
from legation.acts.kinds.post import Post
from legation.acts.kinds.premises import Premises
from legation.acts.notices import NoticeKind, Setting
from legation.acts.registers import NoticeState
from legation.acts.state import Placed, State
from legation.acts.statements import Register, Statement
from legation.errors import Refusal
from legation.record.act import Opening
from legation.record.canon import Json
from spoken import FIRST_RELEASE
from world import ADraft, Body, Node, World, a_request

MINE = {"sending": "XA", "receiving": "XB"}


@pytest.fixture
def world() -> World:
    return World("acts.made_up_kinds")


def a_handover(**changes: Json) -> ADraft:
    data: Body = {"premises": "premises/P1", "owner": "post/XA-MOW", "languages": ["en"]}
    return ADraft("handover", {**data, **changes})


def told(node: Node, thing: str, party: str, field: str) -> list[Statement]:
    register = node.folded.state.find(Register, thing)
    if register is None or register.view(party) is None:
        return []
    return list(register.stated[party].get(field, ()))


def values(node: Node, thing: str, party: str, field: str) -> list[Json]:
    return [each.value for each in told(node, thing, party, field)]


def test_a_release_states_in_its_sender_s_name_from_its_own_day(world: World) -> None:
    world.a.sends(a_handover(remark="Freshly painted"))
    found = world.b.folded.state.find(Premises, "premises/P1")
    assert found is not None
    assert (found.sending, found.receiving) == ("XA", "XB")
    (post,) = told(world.b, "premises/P1", "XA", "post")
    assert (post.value, post.from_, post.index) == ("post/XA-MOW", "2026-11-23", 0)
    assert values(world.b, "premises/P1", "XA", "condition") == ["Freshly painted"]
    assert world.a.state == world.b.state


def test_a_final_answer_states_in_its_author_s_name_and_an_interim_one_nothing(
    world: World,
) -> None:
    note = world.a.sends(a_handover())
    world.b.answers(note, "weighed")
    assert world.a.folded.state.get("post/XA-MOW") is None
    at = world.b.answers(note, "agreed", custody="The ministry")
    (consent,) = told(world.a, "post/XA-MOW", "XB", "consent")
    assert (consent.value, consent.from_, consent.index) == ("given", "2026-11-23", at)
    assert values(world.a, "premises/P1", "XB", "custody") == ["The ministry"]
    assert world.a.void == {}
    assert world.a.state == world.b.state


def test_a_change_of_mind_states_again(world: World) -> None:
    note = world.a.sends(a_handover())
    world.b.answers(note, "agreed")
    world.b.answers(note, "declined", "notice.answer_changed")
    assert values(world.a, "post/XA-MOW", "XB", "consent") == ["refused"]
    assert world.a.state == world.b.state


def test_an_answer_without_effect_states_nothing(world: World) -> None:
    note = world.a.sends(a_handover())
    world.b.answers(note, "agreed")
    at = world.b.answers(note, "declined")
    assert world.b.code(at) == "already-final"
    assert values(world.a, "post/XA-MOW", "XB", "consent") == ["given"]


def test_an_answer_that_crossed_a_withdrawal_states_all_the_same(world: World) -> None:
    note = world.a.sends(a_handover())
    world.cut()
    world.a.withdraws(note)
    world.b.answers(note, "agreed")
    world.mend()
    assert world.a.void == {}
    assert values(world.a, "post/XA-MOW", "XB", "consent") == ["given"]
    assert world.a.state == world.b.state


def test_what_cannot_stand_leaves_the_whole_act_without_effect(world: World) -> None:
    """A post of the other side: neither notice, nor number, nor any field is left of it."""
    note = world.a.sends(a_handover(owner="post/XB-WAS"))
    answer = world.b.answers(note, "agreed", custody="The ministry")
    assert world.b.code(answer) == "identity"
    held = world.a.folded.state.find(NoticeState, note)
    assert held is not None
    assert held.standing == "released"
    assert values(world.a, "premises/P1", "XB", "custody") == []
    assert world.a.state == world.b.state


def test_premises_that_the_sender_had_seen_to_be_theirs_are_not_its_to_state(world: World) -> None:
    world.b.states("premises/P1", sending="XB", receiving="XA", name={"value": "Villa"})
    world.a.sends(a_handover())
    assert world.a.code(0) == "not-entitled"
    world.a.states("premises/P1", **MINE, name={"value": "House"})
    world.a.sends(a_handover())
    assert world.a.code(2) is None, "what the side itself stated decides"
    assert world.a.state == world.b.state


def test_what_the_other_states_later_takes_nothing_back(world: World) -> None:
    world.cut()
    world.b.states("premises/P1", sending="XB", receiving="XA", name={"value": "Villa"})
    world.a.sends(a_handover())
    world.mend()
    assert world.a.void == {}
    assert values(world.b, "premises/P1", "XA", "post") == ["post/XA-MOW"]
    assert world.a.state == world.b.state


def test_kinds_that_state_nothing_leave_no_trace() -> None:
    world = World(speaks=lambda _, known: [each for each in known if each in FIRST_RELEASE])
    note = world.a.sends(a_request())
    world.b.grants(note)
    names = {thing.id.partition("/")[0] for thing in world.a.folded.state.things()}
    assert names == {"notice", "number", "party"}


def at_of(node: Node) -> Placed:
    """Return a place after all that both sides wrote."""
    index = node.acts("record.seen")
    opening: Opening = node.log[index]
    return Placed(node.party, index, len(node.mirror), opening, b"", node.world.parties.record)


def put(node: Node, *several: Setting, on: str = "") -> State:
    state = node.folded.state.layer()
    placed = at_of(node)
    placed.head = type(placed.head)(1, "", "", "", (0, b""), on, "", "2026-11-23T09:00:00Z")
    settings.put(state, placed, several)
    return state


@pytest.mark.parametrize(
    ("on", "field", "statement", "code"),
    [
        pytest.param("post/XA-MOW", "colour", {"value": "red"}, "schema", id="no such field"),
        pytest.param("post/XA-MOW", "status", {"value": "gone"}, "schema", id="no such value"),
        pytest.param("post/XA-MOW", "status", {}, "schema", id="no value"),
        pytest.param(
            "post/XA-MOW",
            "status",
            {"value": "open", "from": "2021", "until": "2020"},
            "schema",
            id="an end before the beginning",
        ),
        pytest.param("regime/R1", "mode", {"value": "free"}, "schema", id="no register"),
        pytest.param("nothing", "mode", {"value": "free"}, "schema", id="no thing"),
        pytest.param("post/XB-WAS", "status", {"value": "open"}, "identity", id="their post"),
        pytest.param("post/XA-MOW", "consent", {"value": "given"}, "identity", id="their field"),
    ],
)
def test_a_setting_that_cannot_stand_says_why(
    world: World, on: str, field: str, statement: Mapping[str, Json], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        put(world.a, Setting(on, field, statement))
    assert refused.value.code == code
    assert str(refused.value)


def test_a_field_twice_is_two_statements_and_fields_of_one_thing_are_one(world: World) -> None:
    state = put(
        world.a,
        Setting("post/XA-MOW", "status", {"value": "open", "until": "2021"}),
        Setting("post/XA-MOW", "city", {"value": "Zedburg"}),
        Setting("post/XA-MOW", "status", {"value": "closed", "from": "2022"}),
    )
    post = state.find(Post, "post/XA-MOW")
    assert post is not None
    assert [each.value for each in post.stated["XA"]["status"]] == ["open", "closed"]


def test_fields_of_both_sides_are_not_one_author_s(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        put(
            world.a,
            Setting("premises/P1", "title", {"value": "own"}),
            Setting("premises/P1", "access", {"value": "full"}),
        )
    assert refused.value.code == "schema"


def test_a_new_thing_is_named_after_its_notice_and_a_measure_after_the_state_that_took_it(
    world: World,
) -> None:
    state = put(
        world.a,
        Setting("post/", "status", {"value": "closed", "by": "receiving"}),
        Setting("premises/P1", "post", {"value": "post/", "by": "sending"}),
        Setting("premises/P1", "name", {"value": "nothing/"}),
        on="notice/XA-00000000000000ab",
    )
    post = state.find(Post, "post/XA-00000000000000ab")
    premises = state.find(Premises, "premises/P1")
    assert post is not None
    assert premises is not None
    assert post.stated["XA"]["status"][0].by == "XB"
    assert premises.stated["XA"]["post"][0].value == post.id
    assert premises.stated["XA"]["post"][0].by == "XA"
    assert premises.stated["XA"]["name"][0].value == "nothing/"


def test_the_default_of_every_kind_is_to_state_nothing(world: World) -> None:
    assert NoticeKind().states("2026-11-23") == ()
    assert NoticeKind().answer_states(1, "granted", {}, "2026-11-23") == ()
    assert world.catalogue.notices["note", 1].states is NoticeKind.states
