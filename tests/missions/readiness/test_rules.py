"""What a cell says beside its state: who is silent, what it rests on, what would lift it."""

from datetime import date

import pytest

from legation.acts.notices import Spending
from legation.missions.readiness.judge import judge
from missions.readiness.changes import (
    BLOCKED,
    DISPUTED,
    IN_ORDER,
    POST,
    STRAINED,
    UNKNOWN,
    Change,
    cell,
    post,
    thing,
)
from missions.readiness.made import ON, World, a_world, in_order


def test_everything_else_stays_in_order() -> None:
    world = in_order().says(POST, head_rank="charge", since="2025-02-01")
    verdict = judge(POST, world.facts, ON)
    states = {name: each.state for name, each in verdict.cells.items()}
    assert states.pop("representation") == STRAINED
    assert set(states.values()) == {IN_ORDER}


KNOWN_ONLY: list[tuple[str, str, Change]] = [
    ("a receiving state that says it protects", "protection", post(protection_given="full")),
    ("a custodian nobody agreed to", "continuity", post(custody="XC")),
    ("some in place, of how many is not told", "people", post(in_place=5)),
    ("a head in words only", "representation", post(head_status="chargé since June")),
    (
        "status recognised, access not told",
        "premises",
        thing("premises/A1", use="chancery", status="recognised"),
    ),
    ("a residence with access", "premises", thing("premises/A1", use="residence", access="full")),
    ("premises of unknown use", "premises", thing("premises/A1", access="full")),
    ("a channel with a bank alone", "money", thing("channel/XA-1", bank="First Bank")),
    (
        "a service of which only the kind is told",
        "citizen_services",
        thing("service/XA-1", kind="visas"),
    ),
    (
        "the rule of another state",
        "movement",
        lambda world: world.rule("regime/A1", "free", by="XA"),
    ),
    (
        "a visa asked for by another post",
        "entry_visas",
        lambda world: world.says("post/XA-FAR", type="consulate").asks(
            "XA-1", "entry_visas", date(2025, 1, 1), post="post/XA-FAR"
        ),
    ),
]


@pytest.mark.parametrize(
    ("essential", "change"),
    [pytest.param(*case[1:], id=f"{case[1]}: {case[0]}") for case in KNOWN_ONLY],
)
def test_what_does_not_decide_leaves_a_cell_unknown(essential: str, change: Change) -> None:
    found = cell(change(a_world()), essential)
    assert found.state == UNKNOWN
    assert found.silent != ()


def test_a_head_stated_by_name_is_in_office_until_newer_words() -> None:
    world = a_world().says(POST, head="A. Person", since="2023-01")
    assert cell(world, "representation").state == IN_ORDER
    world.says(POST, head_status="no ambassador (chargé)", since="2025-03")
    assert cell(world, "representation").state == UNKNOWN
    assert cell(world, "representation", date(2025, 2, 1)).state == IN_ORDER
    world.says(POST, head="B. Person", since="2025-03")
    assert cell(world, "representation").state == UNKNOWN


def test_facts_that_contradict_each_other_are_both_kept_and_chosen_by_nobody() -> None:
    world = in_order()
    world.says("premises/A9", own=True, use="office", post=POST)
    world.says("premises/A9", own=True, since="2025-03-01", access="denied")
    world.says("premises/A9", own=True, since="2025-03-01", access="full")
    found = cell(world, "premises")
    assert found.state == DISPUTED
    assert len([each for each in found.grounds if each.kind == "fact"]) == 2
    assert cell(world, "premises", date(2025, 2, 1)).state == IN_ORDER


@pytest.mark.parametrize(
    ("essential", "said"),
    [
        ("representation", [{"head_rank": "vacant"}, {"head_rank": "ambassador"}]),
        ("people", [{"in_place": 1}, {"in_place": 9}]),
        ("communications", [{"communications": "cut"}, {"communications": "works"}]),
        ("protection", [{"protection_given": "full"}, {"protection_given": "withdrawn"}]),
        ("continuity", [{"custody": "XC"}, {"custody": "XD"}]),
    ],
)
def test_any_field_that_decides_can_be_disputed(
    essential: str, said: list[dict[str, str | int]]
) -> None:
    world = a_world().says(POST, established=10)
    for fields in said:
        world.tell(POST, dict(fields), own=True, since="2025-03-01")
    assert cell(world, essential).state == DISPUTED


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"in_place": 0}, BLOCKED),
        ({"in_place": 0, "established": 0}, UNKNOWN),
        ({"in_place": 5, "established": 0}, UNKNOWN),
        ({"established": 10}, UNKNOWN),
    ],
)
def test_nobody_in_place_is_too_few_of_any_number_but_none(
    said: dict[str, int], state: str
) -> None:
    assert cell(a_world().tell(POST, dict(said)), "people").state == state


def test_slots_that_are_disputed_make_people_disputed_where_it_hangs_on_them() -> None:
    world = a_world().says("slot/XA-1", post=POST)
    for value in ("filled", "vacant"):
        world.says("slot/XA-1", own=True, since="2025-03-01", state=value)
    assert cell(world, "people").state == DISPUTED


def test_what_is_disputed_goes_before_what_strains_and_after_what_blocks() -> None:
    world = a_world(protection_given="reduced")
    for value in ("adequate", "lacking"):
        world.says(POST, own=True, since="2025-03-01", protection=value)
    assert cell(world, "protection").state == DISPUTED
    world.says(POST, protection_given="withdrawn", since="2025-03-01")
    assert cell(world, "protection").state == BLOCKED


def test_a_vacancy_rests_on_the_slots_that_are_vacant_on_the_day() -> None:
    world = a_world()
    world.says("slot/XA-1", post=POST).says("slot/XA-1", state="vacant", since="2025-01-01")
    world.says("slot/XA-2", post=POST).says("slot/XA-2", state="vacant", since="2025-01-01")
    world.says("slot/XA-2", state="filled", since="2025-04-10")
    (cause,) = cell(world, "people").causes
    assert [each.ref for each in cause.grounds] == ["XA:5"]
    (cause,) = cell(world, "people", date(2025, 4, 9)).causes
    assert [each.ref for each in cause.grounds] == ["XA:5", "XA:7"]
    world.says("slot/XA-1", state="vacant", since="2025-04-01")
    (cause,) = cell(world, "people").causes
    assert [each.ref for each in cause.grounds] == ["XA:9"]
    (cause,) = cell(world, "people", date(2025, 1, 1)).causes
    assert [each.ref for each in cause.grounds] == ["XA:5", "XA:7"]


def test_what_a_state_declared_of_a_rule_goes_before_what_we_know_of_it() -> None:
    world = a_world().rule("regime/B1", "permission", since="2021")
    world.rule("regime/B1", "free", since="2025", own=True)
    assert cell(world, "movement").state == STRAINED
    world.rule("regime/B2", "free", since="2025", own=True)
    assert cell(world, "movement").state == IN_ORDER


def test_what_an_author_states_goes_before_what_contradicts_itself_among_what_we_know() -> None:
    world = a_world(communications="works")
    for value in ("cut", "limited"):
        world.says(POST, own=True, since="2025-03-01", communications=value)
    assert cell(world, "communications").state == IN_ORDER


def test_two_rules_that_began_together_and_differ_are_disputed() -> None:
    world = (
        a_world().rule("regime/B1", "free", since="2025").rule("regime/B2", "closed", since="2025")
    )
    assert cell(world, "movement").state == DISPUTED


def test_a_cell_names_who_is_silent_though_we_know_it_ourselves() -> None:
    world = a_world().says(POST, own=True, communications="cut")
    found = cell(world, "communications")
    assert (found.state, found.ours, found.silent) == (BLOCKED, True, ("XA",))
    assert judge(POST, world.facts.shared(), ON).cells["communications"].state == UNKNOWN


def test_a_view_of_the_other_side_stands_beside_and_decides_nothing() -> None:
    world = in_order().contests("premises/A1", "access", "denied")
    found = cell(world, "premises")
    assert (found.state, found.contested) == (IN_ORDER, True)


def test_a_cause_says_what_would_lift_it_and_whose_move_that_is() -> None:
    world = in_order().rule("regime/B2", "permission", since="2021-06-10")
    (cause,) = cell(world, "movement").causes
    assert (cause.key, cause.lift, cause.move) == ("regime/B2.mode", "regime/B2", ("XB",))
    assert (cause.matter, cause.article, cause.since) == ("movement", "VCDR 26", date(2021, 6, 10))
    assert str(cause.what) == "Journeys only by permission since 2021-06-10"
    assert str(cause.remedy) == "Notification in place of permission"


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({}, ("XA",)),
        ({"nominated": True}, ("XB",)),
        ({"agrement": "pending"}, ("XB",)),
        ({"agrement": "given"}, ("XA",)),
        ({"agrement": "declined", "nominated": True}, ("XA",)),
    ],
)
def test_whose_move_a_vacancy_is_hangs_on_the_agrement(
    fields: dict[str, str | bool], move: tuple[str, ...]
) -> None:
    world = a_world(head_rank="vacant").tell(POST, dict(fields))
    (cause,) = cell(world, "representation").causes
    assert cause.move == move


def test_articles_are_those_of_the_convention_for_the_post() -> None:
    world = in_order()
    assert "VCDR 26" in cell(world, "movement").articles
    world.says(POST, type="consulate_general", since="2025-01-01")
    assert cell(world, "movement").articles == ("VCCR 34", "VCCR 6")
    untold = World().says(POST, status="open")
    assert cell(untold, "movement").articles == ("VCDR 26", "VCDR 25", "VCCR 34", "VCCR 6")


def test_an_office_is_led_by_the_head_of_its_mission() -> None:
    world = in_order().says(POST, type="office", since="2025-01-01")
    verdict = judge(POST, world.facts, ON)
    assert verdict.cells["representation"].state == "not_applicable"
    assert verdict.standing == "operates"


@pytest.mark.parametrize(
    ("essential", "things", "fields"),
    [
        ("money", ("channel/XA-1", "channel/XA-2"), {"state": "closed"}),
        ("citizen_services", ("service/XA-1", "service/XA-2"), {"state": "moved"}),
        ("premises", ("premises/A1", "premises/A2"), {"use": "office", "access": "denied"}),
    ],
)
def test_of_two_that_block_each_lifted_leaves_a_strain_and_both_leave_nothing(
    essential: str, things: tuple[str, str], fields: dict[str, str]
) -> None:
    world = a_world()
    for name in things:
        world.tell(name, {"post": POST, **fields})
    facts, (one, other) = world.facts, things
    states = [
        judge(POST, facts, ON, lifted=frozenset(lifted)).cells[essential].state
        for lifted in ((), (one,), (other,), things)
    ]
    assert states == [BLOCKED, STRAINED, STRAINED, IN_ORDER]


def test_an_office_left_of_one_s_own_will_does_not_help_one_that_is_denied() -> None:
    world = a_world().says("premises/A1", post=POST, use="chancery", access="denied")
    world.says("premises/A2", post=POST, use="office", closed="2024", by="XA")
    assert cell(world, "premises").state == BLOCKED


def test_money_held_and_money_sent_back_are_told_apart() -> None:
    world = a_world()
    world.says("channel/XA-1", post=POST, state="blocked", bank="First Bank")
    world.says("channel/XA-2", post=POST, state="rejected", bank="Second Bank")
    said = [str(cause.what) for cause in cell(world, "money").causes]
    assert said == ["First Bank: Blocked: money is held", "Second Bank: Rejected: money came back"]


@pytest.mark.parametrize(
    ("number", "state"), [(0, IN_ORDER), (1, IN_ORDER), (2, STRAINED), (3, STRAINED)]
)
def test_a_quota_strains_once_nothing_is_left_of_it(number: int, state: str) -> None:
    world = a_world().rule("regime/B1", "notification", quota=(2, "month"))
    for each in range(number):
        spends = Spending(regime="regime/B1", day=date(2025, 4, 20))
        world.asks(f"XA-{each}", "", date(2025, 4, 1), spends=spends)
    assert cell(world, "movement").state == state
    assert cell(world, "movement", date(2025, 5, 1)).state == IN_ORDER


@pytest.mark.parametrize(
    "gone",
    [
        {"grants": False, "answered": (date(2025, 4, 2),)},
        {"withdrawn": True, "ended": date(2025, 4, 2)},
        {"spends": Spending(regime="regime/B9", day=date(2025, 4, 20))},
        {"by": "XB"},
    ],
)
def test_what_was_refused_or_withdrawn_or_is_another_s_takes_nothing_of_a_quota(
    gone: dict[str, object],
) -> None:
    world = a_world().rule("regime/B1", "notification", quota=(1, "month"))
    asked = {"spends": Spending(regime="regime/B1", day=date(2025, 4, 20)), **gone}
    world.asks("XA-1", "", date(2025, 4, 1), **asked)  # type: ignore[arg-type] # as in a table
    assert cell(world, "movement").state == IN_ORDER
