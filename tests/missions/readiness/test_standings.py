"""Verdicts: open or not, since when and by whom; and what a board leaves off."""

from datetime import date

import pytest

from legation.errors import Refusal
from legation.missions.readiness.judge import judge, judge_all
from legation.missions.readiness.thresholds import DEFAULTS, in_force
from legation.missions.readiness.verdict import Verdict
from legation.missions.readiness.years import strip
from missions.readiness.made import ON, World, a_world, in_order

POST = "post/XA-MIS"


def verdict(world: World, on: date = ON) -> Verdict:
    return judge(POST, world.facts, on)


def test_a_post_closed_by_the_receiving_state_stands_apart() -> None:
    world = World().says(POST, type="embassy", status="closed", since="2018-03-31", by="XB")
    found = verdict(world)
    assert (found.standing, found.by, found.since) == ("closed", "XB", "2018-03-31")
    assert str(found.sentence) == "Closed by XB since 2018-03-31"
    assert found.cells == {}


@pytest.mark.parametrize(
    ("agreed", "says"),
    [
        ("agreed", "Closed by XB since 2018-03-31; in the care of Thirdland"),
        (
            "pending",
            "Closed by XB since 2018-03-31; Thirdland is named as custodian and not yet agreed",
        ),
        (None, "Closed by XB since 2018-03-31; Thirdland is named as custodian"),
    ],
)
def test_a_closed_post_says_in_whose_care_it_is(agreed: str | None, says: str) -> None:
    world = World().says(POST, type="embassy", status="closed", since="2018-03-31", by="XB")
    world.says(POST, custody="Thirdland", since="2018-04", until="2018-05")
    if agreed:
        world.says(POST, custody_agreed=agreed, since="2018-04", until="2018-05")
    assert str(verdict(world, date(2018, 4, 2)).sentence) == says
    assert str(verdict(world, date(2018, 6, 2)).sentence) == "Closed by XB since 2018-03-31"


def test_two_posts_in_one_city_are_told_apart_by_name() -> None:
    world = in_order().says(POST, type="embassy", city="Wye")
    section = world.says("post/XA-INT", type="interests_section", status="open", city="Wye")
    board = judge_all(section.facts, ON)
    assert [each.name for each in board.verdicts] == ["Wye (XA-INT)", "Wye (XA-MIS)"]


def test_consent_withdrawn_closes_a_post_whatever_its_own_state_says() -> None:
    found = verdict(in_order().says(POST, consent="withdrawn", since="2018-03"))
    assert (found.standing, found.by, found.since) == ("closed", "XB", "2018-03")


def test_a_post_withdrawn_and_then_closed_is_closed_since_its_closing() -> None:
    world = in_order().says(POST, consent="withdrawn", since="2018-03-29")
    found = verdict(world.says(POST, status="closed", since="2018-03-31", by="XB"))
    assert (found.standing, found.by, found.since) == ("closed", "XB", "2018-03-31")


def test_what_the_receiving_state_sees_counts_where_the_sending_state_is_silent() -> None:
    world = World().says(POST, type="consulate", status_seen="suspended", since="2021", by="XA")
    found = verdict(world)
    assert (found.standing, found.by) == ("suspended", "XA")
    assert verdict(world.says(POST, status="open", since="2022")).standing == "unknown"


@pytest.mark.parametrize("name", ["planned", "suspended", "closed"])
def test_a_post_that_is_not_open_says_so_without_more_than_is_known(name: str) -> None:
    found = verdict(World().says(POST, type="embassy", status=name))
    assert (found.standing, found.by, found.since) == (name, "", "")
    assert str(found.sentence) == name.capitalize()


def test_a_post_of_which_nobody_says_whether_it_is_open_does_not_operate() -> None:
    world = in_order()
    world.subjects[POST] = World().says(POST, city="Wye").subjects[POST]
    found = verdict(world)
    assert found.standing == "unknown"
    assert str(found.sentence) == "Whether it is open is not stated by XA"


def test_a_post_not_said_to_be_open_is_not_said_to_operate_under_strain_either() -> None:
    world = World().says(POST, type="embassy", city="Wye", head_rank="charge")
    assert verdict(world).standing == "unknown"
    assert str(verdict(world).sentence) == "Whether it is open is not stated by XA"
    world.says(POST, communications="cut")
    assert verdict(world).standing == "cannot"
    assert str(verdict(world).sentence) == "Cannot operate: Communications"


def test_a_post_that_is_planned_stays_so_while_consent_is_refused() -> None:
    world = World().says(POST, type="consulate", status="planned", consent="refused")
    assert verdict(world).standing == "planned"


def test_a_status_that_contradicts_itself_is_not_known() -> None:
    world = World().says(POST, type="embassy")
    for value in ("open", "closed"):
        world.says(POST, own=True, since="2025", status=value)
    found = verdict(world)
    assert (found.standing, found.sentence.code) == ("unknown", "status-disputed")
    assert len(found.grounds) == 2


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({"head_rank": "vacant"}, "cannot"),
        ({"in_place": 0}, "cannot"),
        ({"communications": "cut"}, "cannot"),
        ({"archives": "entered"}, "strained"),
        ({"protection": "lacking"}, "strained"),
        ({"head_rank": "charge"}, "strained"),
        ({"communications": "works"}, "operates"),
    ],
)
def test_what_is_vital_decides_whether_a_post_can_operate(
    changes: dict[str, str | int], standing: str
) -> None:
    found = verdict(in_order().tell(POST, dict(changes), since="2025-02"))
    assert found.standing == standing


def test_a_vital_essential_not_known_is_told_only_where_nothing_strains() -> None:
    world = a_world(head_rank="ambassador", in_place=9, established=10, communications="works")
    assert str(verdict(world).sentence) == "Whether it can operate is not known: Premises"
    world.rule("regime/B1", "permission")
    assert verdict(world).standing == "strained"
    assert str(verdict(world).sentence) == "Operates under strain: Movement"


# --- The day


@pytest.mark.parametrize("stated", [{"opened": "1999-05"}, {"opened": "1999-05 (as a consulate)"}])
def test_before_a_post_was_opened_it_is_left_off_and_why_is_said(stated: dict[str, str]) -> None:
    world = in_order().tell(POST, dict(stated))
    board = judge_all(world.facts, date(1999, 4, 30))
    assert board.verdicts == ()
    assert str(board.left_off[POST]) == "Not on the board before 1999-05, when it was opened."
    with pytest.raises(Refusal) as refused:
        judge(POST, world.facts, date(1999, 4, 30))
    assert refused.value.code == "not-on-the-board"


def test_a_post_stated_to_be_open_from_a_day_is_not_on_the_board_before() -> None:
    world = World().says(POST, type="embassy").says(POST, status="open", since="2023-06-06")
    assert POST in judge_all(world.facts, date(2023, 6, 5)).left_off
    assert judge_all(world.facts, date(2023, 6, 6)).left_off == {}


def test_before_a_day_from_which_a_post_is_closed_nothing_is_guessed() -> None:
    world = World().says(POST, type="embassy").says(POST, status="closed", since="2018", by="XB")
    assert verdict(world, date(2017, 1, 1)).standing == "unknown"


def test_a_mission_to_an_organisation_is_left_off_and_why_is_said() -> None:
    world = in_order()
    world.says("post/XA-UN", type="permanent_mission", accredited_to="United Nations")
    world.says("post/XA-MIN", type="ministry")
    board = judge_all(world.facts, ON)
    assert [each.post for each in board.verdicts] == [POST]
    assert str(board.left_off["post/XA-UN"]) == (
        "Accredited to United Nations, not between these two parties."
    )
    assert "post/XA-MIN" in board.left_off


def test_the_first_and_the_last_of_all_days_can_be_asked_for() -> None:
    facts = in_order().asks("XA-9", "entry_visas", date(2025, 1, 1)).facts
    for on in (date.min, date.max):
        assert judge_all(facts, on).on == on
        assert strip(POST, facts, on, on)[0].first == on


def test_what_is_no_post_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        judge("post/XA-NONE", in_order().facts, ON)
    assert refused.value.code == "not-on-the-board"


def test_why_a_post_is_not_on_the_board_is_a_sentence_before_its_remedy() -> None:
    world = in_order().says("post/XA-UN", type="permanent_mission", accredited_to="United Nations")
    with pytest.raises(Refusal) as refused:
        judge("post/XA-UN", world.facts, ON)
    assert "these two parties. Choose a post from the board" in str(refused.value)


def test_a_post_that_is_shut_says_why_in_the_words_of_those_who_stated_it() -> None:
    world = World().says(POST, type="consulate", consent="withdrawn", since="2018-03-29")
    world.noted(POST, "consent", note="to stop work\nwithin two days")
    world.says(POST, status="closed", since="2018-03-31", by="XB")
    world.noted(POST, "status", basis="Order 7", note="the flag was lowered")
    world.says(POST, status_seen="open").noted(POST, "status_seen", note="opened in 1972")
    found = verdict(world)
    assert [str(each) for each in found.why] == [
        "Consent withdrawn by XB since 2018-03-29: to stop work within two days",
        "XA: “Order 7; the flag was lowered”",
    ]
    assert {each.party for each in found.grounds} == {"XA", "XB"}


def test_why_a_post_is_shut_is_quoted_of_nobody_where_only_we_note_it_and_never_shared() -> None:
    world = World().says(POST, status="suspended", since="2021", by="XA")
    world.says(POST, consent="withdrawn", own=True).noted(POST, "consent", note="Whispered")
    ours, shared = judge(POST, world.facts, ON), judge(POST, world.facts.shared(), ON)
    assert [str(each) for each in ours.why] == ["Consent withdrawn by XB: Whispered"]
    assert (ours.ours, shared.ours, shared.why) == (True, False, ())


def test_nothing_is_made_up_where_nobody_says_why_and_long_words_are_cut() -> None:
    world = World().says(POST, status="closed", by="XB")
    assert verdict(world).why == ()
    world.noted(POST, "status", note="word " * 200)
    (said,) = verdict(world).why
    assert len(str(said)) < 220
    assert str(said).endswith("word…”")


# --- Thresholds


def test_what_both_agreed_takes_the_place_of_a_default() -> None:
    assert in_force({}) == DEFAULTS
    assert in_force({"visa_strained": 100})["visa_strained"] == 100


@pytest.mark.parametrize(
    ("name", "agreed", "own", "counts"),
    [
        ("visa_strained", 60, 30, 30),
        ("visa_strained", 60, 90, 60),
        ("staff_in_order", 80, 90, 90),
        ("staff_in_order", 80, 70, 80),
        ("licence_ends", 30, 60, 60),
        ("licence_ends", 30, 10, 30),
    ],
)
def test_our_own_number_counts_only_where_it_is_stricter(
    name: str, agreed: int, own: int, counts: int
) -> None:
    assert in_force({name: agreed}, {name: own})[name] == counts


def test_numbers_agreed_change_the_board_and_stand_on_it() -> None:
    world = in_order().says(POST, in_place=7, since="2025-02")
    assert verdict(world).standing == "strained"
    world.thresholds["staff_in_order"] = 70
    assert verdict(world).standing == "operates"
    assert judge_all(world.facts, ON).thresholds["staff_in_order"] == 70
