"""What only we know: noted by the rules of the act, stated one field at a time, never by itself."""

from datetime import date
from typing import Any

import pytest

from legation.errors import Refusal
from legation.missions import queries, services
from legation.missions.models import OwnStatement
from legation.officers import services as drafts
from legation.record.canon import decode
from notices.conftest import Desk, Desks

POST = "post/US-MOW"


def notes(desk: Desk, thing: str, field: str, value: Any, **more: Any) -> int:
    """Note a field of a thing of ours (US sends), as an officer does."""
    sending, receiving = more.pop("of", ("US", "RU"))
    return services.note_own(
        desk.node,
        thing=thing,
        sending=sending,
        receiving=receiving,
        field=field,
        statement={"value": value, **{key.rstrip("_"): each for key, each in more.items()}},
        origin="officer",
        by="Ada",
        at=desk.now(),
    )


def states(desk: Desk, *ids: int) -> Any:
    return services.state_own(desk.node, ids=ids, by="Ada", at=desk.now())


def left(desk: Desk) -> dict[str, set[str]]:
    """Return what our side could state still: thing -> fields."""
    return {group.thing: {row.field for row in group.rows} for group in queries.unstated(desk.node)}


def test_which_states_these_desks_are(desks: Desks) -> None:
    assert (desks.a.party, desks.b.party) == ("US", "RU")


def test_nothing_that_we_note_crosses_until_it_is_stated(desks: Desks) -> None:
    city = notes(desks.a, POST, "city", "Moscow")
    notes(desks.a, POST, "needed", 210)
    desks.sync()
    assert queries.posts(desks.a.node) == queries.posts(desks.b.node) == ()
    draft = states(desks.a, city)
    desks.sync()
    assert queries.posts(desks.b.node) == ()
    drafts.clear(desks.a.node, draft_id=draft.id, by="Bela", at=desks.a.now())
    drafts.release(desks.a.node, draft_id=draft.id, by="Bela", at=desks.a.now())
    desks.sync()
    for desk in (desks.a, desks.b):
        post = queries.post(desk.node, POST)
        assert post["city"].value == "Moscow"
        assert [field.key for field in post.fields.values() if field.stated] == ["city"]
    assert not OwnStatement.objects.using(desks.b.node.alias).exists()


def test_stating_one_field_leaves_the_others_ours(desks: Desks) -> None:
    ids = {key: notes(desks.a, POST, key, value) for key, value in (
        ("city", "Moscow"), ("name", "Embassy Moscow"), ("status", "open"))}  # fmt: skip
    desks.a.leaves(states(desks.a, ids["name"]))
    assert left(desks.a) == {POST: {"city", "status"}}
    assert [row.field for row in queries.own_statements(desks.a.node)] == list(ids)


def test_one_draft_states_what_was_chosen_of_several_things(desks: Desks) -> None:
    other = "post/US-LED"
    ids = [
        notes(desks.a, POST, "city", "Moscow"),
        notes(desks.a, POST, "status", "suspended", from_="2020", until="2021"),
        notes(desks.a, POST, "status", "open", from_="2022"),
        notes(desks.a, other, "city", "St Petersburg"),
    ]
    draft = states(desks.a, *ids)
    bodies = [(act.on, decode(bytes(act.body))["fields"]) for act in draft.acts.all()]
    assert [(on, sorted(fields)) for on, fields in bodies if isinstance(fields, dict)] == [
        (POST, ["city", "status"]),
        (POST, ["status"]),
        (other, ["city"]),
    ]
    desks.a.leaves(draft)
    assert queries.post(desks.a.node, POST, on=date(2020, 6, 1))["status"].value == "suspended"
    assert left(desks.a) == {}


def test_what_waits_in_a_draft_is_told_and_not_drafted_again(desks: Desks) -> None:
    city = notes(desks.a, POST, "city", "Moscow")
    states(desks.a, city)
    assert [group.waiting for group in queries.unstated(desks.a.node)] == [{city}]
    with pytest.raises(Refusal, match="waits in a draft"):
        states(desks.a, city)


def test_an_officer_s_later_note_takes_the_place_of_the_earlier_from_that_day(desks: Desks) -> None:
    notes(desks.a, POST, "needed", 200, from_="2024")
    notes(desks.a, POST, "needed", 180, from_="2025")
    notes(desks.a, POST, "needed", 210, from_="2024")
    found = queries.own_statements(desks.a.node, thing=POST)
    assert [(row.statement.value, row.statement.from_) for row in found] == [
        (180, "2025"),
        (210, "2024"),
    ]
    assert OwnStatement.objects.using(desks.a.node.alias).count() == 3


def test_what_is_struck_is_there_no_longer_and_its_row_says_who_struck_it(desks: Desks) -> None:
    number = notes(desks.a, POST, "city", "Moscow")
    services.strike_own(desks.a.node, ids=[number], why="A slip.", by="Ada", at=desks.a.now())
    assert queries.own_statements(desks.a.node) == ()
    row = OwnStatement.objects.using(desks.a.node.alias).get(pk=number)
    assert (row.struck_by, row.struck_why) == ("Ada", "A slip.")
    with pytest.raises(Refusal, match="struck or replaced meanwhile"):
        states(desks.a, number)


def test_what_the_other_side_states_is_known_and_never_ours_to_state(desks: Desks) -> None:
    theirs = notes(desks.a, POST, "consent", "given")
    never = notes(desks.a, POST, "coordinates", {"lat": "55.7558", "lon": "37.6173"})
    assert left(desks.a) == {}
    notes(desks.a, POST, "city", "Moscow")
    assert left(desks.a) == {POST: {"city"}}
    with pytest.raises(Refusal, match="stated by the receiving state"):
        states(desks.a, theirs)
    with pytest.raises(Refusal, match="no act has such a field"):
        states(desks.a, never)


@pytest.mark.parametrize(
    ("field", "statement", "said"),
    [
        pytest.param("coordinates", {"value": {"lat": "91", "lon": "0"}}, "outside the world",
                     id="a place north of the pole"),
        pytest.param("coordinates", {"value": {"lat": "0", "lon": "-180.5"}}, "outside the world",
                     id="a place west of the date line"),
        pytest.param("coordinates", {"value": {"lat": "north", "lon": "0"}}, "a decimal number",
                     id="a place in words"),
        pytest.param("needed", {"value": -1}, "at least 0", id="fewer than nobody"),
        pytest.param("status", {"value": "shut"}, "this is one of", id="a state that is none"),
        pytest.param("status", {"value": "open", "from": "2021-02-30"}, "day that exists",
                     id="a day that does not exist"),
        pytest.param("status", {"value": "open", "from": "2021", "until": "2020"},
                     "ends before it begins", id="an end before the beginning"),
        pytest.param("mood", {"value": "good"}, "no field “mood”", id="a field that is not there"),
        pytest.param("city", {"from": "2020"}, "must be there", id="a statement of nothing"),
        pytest.param("city", {"value": "Mos\u202ecow"}, "prints as nothing or misleads",
                     id="a name with a hidden sign"),
        pytest.param("head", {"value": "A", "from": "1990"}, "is before post/US-MOW existed",
                     id="a head before there was a post"),
    ],
)  # fmt: skip
def test_a_wrong_note_is_refused_in_a_sentence(
    desks: Desks, field: str, statement: dict[str, Any], said: str
) -> None:
    notes(desks.a, POST, "opened", "3 March 1994, as 1994-03-03 in the protocol")
    with pytest.raises(Refusal) as refusal:
        services.note_own(
            desks.a.node,
            thing=POST,
            sending="US",
            receiving="RU",
            field=field,
            statement=statement,
            origin="officer",
            by="Ada",
            at=desks.a.now(),
        )
    assert said in str(refusal.value)
    assert len(queries.own_statements(desks.a.node)) == 1


@pytest.mark.parametrize(
    ("thing", "of", "said"),
    [
        pytest.param("post/US-MOW", ("RU", "US"), "stay as first named", id="another state's"),
        pytest.param("premises/P1", ("US", "FR"), "the record's two", id="a third state's"),
        pytest.param("castle/US-1", ("US", "RU"), "nothing can be stated", id="no register"),
        pytest.param("premises/../P1", ("US", "RU"), "the record's two", id="no id"),
    ],
)
def test_a_thing_is_of_the_two_states_of_this_record(
    desks: Desks, thing: str, of: tuple[str, str], said: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        notes(desks.a, thing, "name", "A house", of=of)
    assert said in str(refusal.value)


def test_a_thing_stays_of_the_states_that_were_named_first(desks: Desks) -> None:
    notes(desks.a, "premises/P1", "name", "A house")
    with pytest.raises(Refusal, match="stay as first named"):
        notes(desks.a, "premises/P1", "name", "A house", of=("RU", "US"))


def test_a_list_names_its_own_side_s_buildings(desks: Desks) -> None:
    notes(desks.a, "premises/P1", "lists", ["six"], of=("RU", "US"))
    notes(desks.a, "premises/P2", "lists", ["six"], of=("RU", "US"))
    with pytest.raises(Refusal, match="The list “six”: it is the other party’s"):
        notes(desks.a, "premises/Q1", "lists", ["dachas", "six"])


def test_premises_belong_to_a_post_of_their_own_side(desks: Desks) -> None:
    with pytest.raises(Refusal, match="it is the other party’s"):
        notes(desks.a, "premises/Q1", "post", "post/RU-WAS")


def test_an_auditor_notes_strikes_and_states_nothing(desks: Desks) -> None:
    drafts.add_officer(desks.a.node, name="Finn", roles=["auditor"], at=desks.a.now())
    number = notes(desks.a, POST, "city", "Moscow")
    node, at = desks.a.node, desks.a.now()
    for attempt in (
        lambda: services.strike_own(node, ids=[number], by="Finn", at=at),
        lambda: services.state_own(node, ids=[number], by="Finn", at=at),
    ):
        with pytest.raises(Refusal, match="takes one of the roles"):
            attempt()


def test_a_long_list_of_what_to_state_is_read_page_by_page(desks: Desks) -> None:
    for number in range(45):
        notes(desks.a, f"premises/P{number:02}", "name", f"House {number}")
    first = queries.unstated(desks.a.node)
    rest = queries.unstated(desks.a.node, after=first[-1].thing)
    things = [group.thing for group in (*first, *rest)]
    assert len(first) == 40
    assert things == [f"premises/P{number:02}" for number in range(45)]
