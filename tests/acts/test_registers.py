"""Registers: each field has one author side; contested views stand side by side."""

from datetime import date, timedelta

import pytest

from legation.acts.registers import Calendar, Contest, Post, Premises, Regime
from legation.acts.state import Thing
from legation.acts.statements import MAX_STATEMENTS
from legation.record.canon import Json
from world import Body, World

MOSCOW = {"sending": "XA", "receiving": "XB"}


@pytest.fixture
def world() -> World:
    return World()


def of(world: World, name: str) -> Thing:
    found = world.b.folded.state.get(name)
    assert found is not None
    return found


def premises(world: World) -> Premises:
    found = of(world, "premises/P1")
    assert isinstance(found, Premises)
    return found


def test_no_act_need_come_first_and_each_side_states_its_own_fields(world: World) -> None:
    world.b.states("premises/P1", **MOSCOW, access={"value": "denied", "from": "2016-12-30"})
    world.a.states("premises/P1", **MOSCOW, name={"value": "Pioneer Point"}, title={"value": "own"})
    assert world.a.void == {}
    found = premises(world)
    assert (found.sending, found.receiving) == ("XA", "XB")
    assert {party: set(fields) for party, fields in found.stated.items()} == {
        "XA": {"name", "title"},
        "XB": {"access"},
    }
    assert world.a.state == world.b.state


@pytest.mark.parametrize(
    ("side", "field", "value"),
    [
        pytest.param("a", "access", "full", id="the sending state does not state access"),
        pytest.param("a", "status", "recognised", id="nor status"),
        pytest.param("b", "title", "disputed", id="the receiving state does not state title"),
        pytest.param("b", "lists", ["six"], id="nor lists"),
    ],
)
def test_a_field_of_the_other_side_is_not_entitled_on_both_alike(
    world: World, side: str, field: str, value: str
) -> None:
    node = {"a": world.a, "b": world.b}[side]
    fields: Body = {field: {"value": value}}
    index = node.states("premises/P1", sending="XA", receiving="XB", **fields)
    assert node.code(index) == "not-entitled"
    assert world.a.state == world.b.state
    assert world.a.folded.state.get("premises/P1") is None


def test_one_field_of_the_wrong_side_leaves_the_whole_act_without_effect(world: World) -> None:
    index = world.a.states(
        "premises/P1", **MOSCOW, name={"value": "House"}, access={"value": "full"}
    )
    assert world.a.code(index) == "not-entitled"
    assert world.b.folded.state.get("premises/P1") is None


def test_the_other_side_s_posts_are_mirrored_alike(world: World) -> None:
    world.a.states("post/XA-MOW", **MOSCOW, city={"value": "Zedburg"}, status={"value": "open"})
    world.b.states("post/XA-MOW", **MOSCOW, consent={"value": "given"})
    world.b.states("post/XB-WAS", sending="XB", receiving="XA", status={"value": "open"})
    world.a.states("post/XB-WAS", sending="XB", receiving="XA", status_seen={"value": "closed"})
    assert world.a.void == {}
    post = of(world, "post/XB-WAS")
    assert isinstance(post, Post)
    assert post.author("status") == "XB"
    assert post.author("status_seen") == "XA"


@pytest.mark.parametrize(
    ("name", "sending", "receiving", "code"),
    [
        pytest.param("post/XA-MOW", "XB", "XA", "identity", id="a post is its id's state's"),
        pytest.param("post/XA-MOW", "XA", "XA", "identity", id="two states are two"),
        pytest.param("post/XA-MOW", "XA", "FR", "identity", id="a state not of this record"),
        pytest.param("premises/P1", "FR", "XB", "identity", id="premises of another state"),
        pytest.param("regime/P1", "XA", "XB", "subject", id="another kind of thing"),
        pytest.param("nothing", "XA", "XB", "subject", id="no thing at all"),
    ],
)
def test_a_thing_is_named_and_owned_as_the_record_knows_states(
    world: World, name: str, sending: str, receiving: str, code: str
) -> None:
    kind = "post.stated" if name.startswith("post") else "premises.stated"
    fields: Body = {"name": {"value": "X"}}
    body: Body = {"sending": sending, "receiving": receiving, "fields": fields}
    assert world.a.code(world.a.acts(kind, on=name, body=body)) == code


def test_a_side_keeps_to_the_states_it_named_before(world: World) -> None:
    world.a.states("premises/P1", **MOSCOW, name={"value": "House"})
    index = world.a.states("premises/P1", sending="XB", receiving="XA", access={"value": "full"})
    assert world.a.code(index) == "identity"


def test_sides_that_name_each_other_s_premises_their_own_both_stand(world: World) -> None:
    world.a.states("premises/P1", **MOSCOW, title={"value": "own"})
    world.b.states("premises/P1", sending="XB", receiving="XA", title={"value": "own"})
    assert world.a.void == {}
    found = premises(world)
    assert {view.party: view.sending for view in found.views} == {"XA": "XA", "XB": "XB"}


def test_nothing_is_not_a_statement(world: World) -> None:
    assert world.a.code(world.a.states("premises/P1", **MOSCOW)) == "empty"


def test_a_later_statement_from_the_same_day_takes_the_earlier_one_s_place(world: World) -> None:
    for value in ("denied", "escorted"):
        world.b.states("premises/P1", **MOSCOW, access={"value": value, "from": "2016-12-30"})
    world.b.states("premises/P1", **MOSCOW, access={"value": "full", "until": "2016-12-29"})
    stated = premises(world).stated["XB"]["access"]
    assert [each.value for each in stated] == ["escorted", "full"]


@pytest.mark.parametrize(
    ("on", "value"),
    [
        pytest.param(date(2015, 1, 1), "full", id="before it was closed"),
        pytest.param(date(2016, 12, 30), "denied", id="the day it was closed"),
        pytest.param(date(2020, 1, 1), "escorted", id="after it was eased"),
        pytest.param(None, "escorted", id="no day: the newest"),
    ],
)
def test_what_holds_on_a_day_is_the_last_that_had_begun(
    world: World, on: date | None, value: str
) -> None:
    world.b.states("premises/P1", **MOSCOW, access={"value": "escorted", "from": "2018"})
    world.b.states("premises/P1", **MOSCOW, access={"value": "full", "until": "2016-12-29"})
    world.b.states("premises/P1", **MOSCOW, access={"value": "denied", "from": "2016-12-30"})
    found = premises(world).now("access", on)
    assert found is not None
    assert found.value == value


def test_a_year_lasts_to_its_end(world: World) -> None:
    index = world.b.states(
        "premises/P1", **MOSCOW, access={"value": "denied", "from": "2018-06", "until": "2018"}
    )
    assert world.b.code(index) is None, "the end may be any day of 2018"
    for day, value in ((date(2018, 12, 31), "denied"), (date(2019, 1, 1), None)):
        found = premises(world).now("access", day)
        assert (found and found.value) == value


def test_statements_that_cross_stand_in_one_order_on_both_nodes(world: World) -> None:
    world.cut()
    for _ in range(2):
        world.b.states("premises/P1", **MOSCOW, access={"value": "denied"})
        world.a.states("premises/P1", **MOSCOW, name={"value": "House"})
        declares(world, "b")
        declares(world, "a", by="XA", applies_to="XB")
        assert world.a.state != world.b.state
        world.sync()
        assert world.a.state == world.b.state
    world.mend()
    world.a.states("premises/P1", **MOSCOW, name={"value": "Villa"})
    assert [view.party for view in premises(world).views] == ["XA", "XB"]
    regime = of(world, "regime/R1")
    assert isinstance(regime, Regime)
    assert [declared.by for declared in regime.declared] == ["XA", "XB"]
    assert regime.first("mode", "XB") == 1


def test_nothing_holds_before_the_first_statement_begins(world: World) -> None:
    world.b.states("premises/P1", **MOSCOW, access={"value": "denied", "from": "2016-12-30"})
    assert premises(world).now("access", date(2016, 12, 29)) is None
    assert premises(world).now("status") is None
    assert premises(world).now("name") is None


def test_a_statement_does_not_end_before_it_begins(world: World) -> None:
    index = world.b.states(
        "premises/P1", **MOSCOW, access={"value": "full", "from": "2018", "until": "2017-12"}
    )
    assert world.b.code(index) == "schema"


def test_contested_views_stand_side_by_side_and_erase_nothing(world: World) -> None:
    world.a.states("premises/P1", **MOSCOW, lists={"value": ["six"]}, owner={"value": "XA"})
    before = premises(world)
    world.b.contests("premises/P1", "lists", words="There is no such list.")
    world.b.contests("premises/P1", "owner", view={"value": "A landlord", "basis": "Deed of 1990"})
    assert world.a.void == {}
    assert premises(world) == before
    contests = [each for each in world.a.folded.state.things() if isinstance(each, Contest)]
    assert {(each.by, each.field, each.view is None) for each in contests} == {
        ("XB", "lists", True),
        ("XB", "owner", False),
    }
    assert world.a.state == world.b.state


@pytest.mark.parametrize(
    ("side", "about", "view", "code"),
    [
        pytest.param("a", ("premises/P1", "name"), None, "unknown-subject", id="one's own field"),
        pytest.param("b", ("premises/P1", "rooms"), None, "unknown-subject", id="nothing stated"),
        pytest.param("b", ("premises/P9", "name"), None, "unknown-subject", id="no such premises"),
        pytest.param("b", ("premises/P1", "colour"), None, "schema", id="no such field"),
        pytest.param("b", ("notice/P1", "name"), None, "schema", id="nothing to contest in a note"),
        pytest.param("b", ("premises/P1", "name"), "House", "schema", id="a view without form"),
        pytest.param("b", ("premises/P1", "name"), {"value": 1}, "schema", id="a view of no text"),
    ],
)
def test_only_what_the_other_side_states_is_contested(
    world: World, side: str, about: tuple[str, str], view: object, code: str
) -> None:
    world.a.states("premises/P1", **MOSCOW, name={"value": "House"})
    node = {"a": world.a, "b": world.b}[side]
    more: Body = {} if view is None else {"view": view}  # type: ignore[dict-item] # JSON
    assert node.code(node.contests(*about, **more)) == code


def test_a_statement_not_seen_yet_cannot_be_contested(world: World) -> None:
    world.cut()
    world.a.states("premises/P1", **MOSCOW, name={"value": "House"})
    index = world.b.contests("premises/P1", "name")
    world.mend()
    assert world.a.void == {("XB", index): "unknown-subject"}


def test_a_contest_has_an_id_of_its_own_made_by_its_side(world: World) -> None:
    world.a.states("premises/P1", **MOSCOW, name={"value": "House"})
    body: Body = {"thing": "premises/P1", "field": "name", "words": "No."}
    for name, code in (
        ("contest/XB-0123456789abcdef", None),
        ("contest/XB-0123456789abcdef", "duplicate"),
        ("contest/XA-0123456789abcdef", "not-entitled"),
        ("contest/P1", "not-entitled"),
    ):
        assert world.b.code(world.b.acts("statement.contested", on=name, body=body)) == code


RULE: Body = {
    "by": "XB",
    "applies_to": "XA",
    "mode": "notification",
    "radius_miles": 25,
    "hours": 24,
    "from": "1992",
    "until": "2021-06-10",
}


def declares(world: World, side: str, **changes: object) -> str | None:
    node = {"a": world.a, "b": world.b}[side]
    body: Body = {**RULE, **changes}  # type: ignore[dict-item] # JSON
    return node.code(node.acts("regime.declared", on="regime/R1", body=body))


def test_a_regime_is_declared_by_the_state_that_applies_it(world: World) -> None:
    assert declares(world, "a") == "not-entitled"
    assert declares(world, "b", applies_to="XB") == "identity"
    assert declares(world, "b") is None
    assert declares(world, "b", applies_to="XB") == "identity"
    assert declares(world, "b", until="1991") == "schema"
    assert declares(world, "b", radius_miles=-1) == "schema"
    regime = of(world, "regime/R1")
    assert isinstance(regime, Regime)
    assert [each.radius_miles for each in regime.declared[0].terms] == [25]
    assert world.a.state == world.b.state


def test_a_regime_both_ways_stands_under_one_id_and_keeps_its_history(world: World) -> None:
    declares(world, "b")
    declares(world, "b", mode="permission", **{"from": "2021-06", "until": "2025"})
    declares(world, "a", by="XA", applies_to="XB")
    declares(world, "b", hours=48)
    regime = of(world, "regime/R1")
    assert isinstance(regime, Regime)
    mine = regime.by("XB")
    assert mine is not None
    assert [(each.mode, each.hours) for each in mine.terms] == [
        ("permission", 24),
        ("notification", 48),
    ]
    assert world.a.void == {}


def test_a_field_and_a_regime_keep_so_many_days_and_no_more(world: World) -> None:
    world.cut()
    for day in range(MAX_STATEMENTS + 1):
        since = (date(1990, 1, 1) + timedelta(days=day)).isoformat()
        declares(world, "b", **{"from": since})
        access: Json = {"value": "denied", "from": since}
        world.b.states("premises/P1", **MOSCOW, access=access)
    assert list(world.b.void.values()) == ["too-many"] * 2
    world.b.states("premises/P1", **MOSCOW, access={"value": "full", "from": "1990-01-01"})
    assert len(world.b.void) == 2, "a day that is there can be stated anew"


def test_a_regime_is_contested_field_by_field(world: World) -> None:
    declares(world, "b")
    assert world.a.code(world.a.contests("regime/R1", "radius_miles", view=40)) is None
    assert world.a.code(world.a.contests("regime/R1", "radius_miles", view="40 km")) == "schema"
    assert world.b.code(world.b.contests("regime/R1", "mode")) == "unknown-subject"


def test_a_state_declares_its_own_calendar(world: World) -> None:
    days: Body = {"year": 2026, "days": [{"day": "2026-07-04", "name": "Independence Day"}]}
    cases: list[tuple[str, Body, str | None]] = [
        ("calendar/XA-2026", days, None),
        ("calendar/XA-2026", {**days, "weekend": ["fri", "sat"]}, None),
        ("calendar/XA-2027", days, "not-entitled"),
        ("calendar/XB-2026", days, "not-entitled"),
        ("calendar/XA-2025", {"year": 2025}, None),
        ("calendar/XA-2026", {"year": 2025}, "not-entitled"),
        ("calendar/XA-2026", {**days, "days": [{"day": "2027-01-01", "name": "X"}]}, "schema"),
        ("calendar/XA-2026", {**days, "worked": ["2026-11"]}, "schema"),
    ]
    for name, body, code in cases:
        assert world.a.code(world.a.acts("calendar.declared", on=name, body=body)) == code
    calendar = of(world, "calendar/XA-2026")
    assert isinstance(calendar, Calendar)
    assert calendar.declared.weekend == ("fri", "sat")
