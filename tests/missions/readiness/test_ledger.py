"""The reciprocity ledger: counted alike, nothing unknown taken for nought, nothing mirrored that
may not be."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from legation.missions.readiness.facts import Facts, Ground, Said
from legation.missions.readiness.figures import Figure, Row
from legation.missions.readiness.ledger import ledger
from legation.missions.readiness.ledger_writing import ledger_json, ledger_table
from legation.record.canon import encode_large
from missions.readiness.made_ledgers import (
    DAY,
    exchanged,
    facts,
    request,
    rule,
    tally,
    thing,
)


def row(given: Facts, measure: str, on: date = DAY) -> Row:
    found = ledger(given, on).row(measure)
    assert found is not None
    return found


def figure(given: Facts, measure: str, by: str, code: str, on: date = DAY) -> Figure:
    found = row(given, measure, on).half(by).figure(code)
    assert found is not None
    return found


def many() -> Facts:
    """Return something of everything, unlike on the two sides."""
    return facts(
        request("1", "US", "visas", "..+-"),
        request("2", "RU", "visas", ".", released=date(2024, 1, 1)),
        request("3", "RU", "removed", "+."),
        request("4", "US", "handover", "..-"),
        rule("RU1", "RU", "US", radius_miles=25, hours=48, quota=(4, "month")),
        rule("US1", "US", "RU", radius_miles=25),
        rule("RU2", "RU", "US", subject="visa_length", mode="permission"),
        thing("premises/RU-1", "RU", "US", access="denied", status="revoked"),
        thing("premises/RU-2", "RU", "US", access="entered_by_host", status=None),
        thing("premises/US-1", "US", "RU", access="escorted", status=None),
        thing("limit/RU-1", "US", "RU", kind="size", number=455, state="in_force", counted="all"),
        thing("channel/RU-1", "RU", "US", state="rejected"),
        thing("channel/US-1", "US", "RU", state="works"),
        thing(
            "post/RU-SEA", "RU", "US", status={"value": "closed", "by": "US", "from_": "2018-04"}
        ),
        thing("post/US-LED", "US", "RU", status={"value": "closed", "by": "RU"}),
        thing("post/US-YEK", "US", "RU", status={"value": "suspended", "by": "US"}),
        thing("slot/US-1", "US", "RU", state="vacant", why_empty="visa_pending"),
        tally("US", "RU", 60),
        tally("RU", "US", 60, "2018-03-29"),
    )


def test_exchanging_the_parties_exchanges_the_halves_and_nothing_else() -> None:
    """Nothing is counted otherwise for one side: the code that comes first gains nothing."""
    given = many()
    once = ledger_json(ledger(given, DAY))
    swapped = ledger_json(ledger(exchanged(given), DAY))
    expected = exchanged(once)
    for each in expected["rows"]:
        each["halves"].reverse()
    for several in (expected["parties"], expected["logs"]):
        several.reverse()
    assert swapped == expected


def test_a_ledger_of_nothing_has_no_number_in_it() -> None:
    for each in ledger(facts(), DAY).rows:
        assert each.answering == "unknown", each.measure
        assert [one.value for half in each.halves for one in half.figures if one.value == 0] == []


@pytest.mark.parametrize(
    ("given", "value", "unstated"),
    [
        ((), None, 0),
        ((thing("premises/RU-1", "RU", "US", access=None),), None, 1),
        ((thing("premises/RU-1", "RU", "US", access="full"),), 0, 0),
        (
            (
                thing("premises/RU-1", "RU", "US", access="denied"),
                thing("premises/RU-2", "RU", "US", access=None),
            ),
            1,
            1,
        ),
    ],
    ids=[
        "nothing is known of premises: no number",
        "nothing is stated of one: no number",
        "access to it is full: nought, and that is known",
        "one is denied, of another nothing is stated",
    ],
)
def test_unknown_is_not_nought(given: Any, value: int | None, unstated: int) -> None:
    found = figure(facts(*given), "access", "US", "denied")
    assert (found.value, found.unstated) == (value, unstated)


def test_every_number_is_the_sum_of_what_stands_behind_it() -> None:
    for each in ledger(many(), DAY).rows:
        for half in each.halves:
            for one in half.figures:
                if one.value is not None and one.unit != "days":
                    assert one.value == sum(item.share for item in one.items), one.code


def test_a_number_opens_exactly_its_own_acts() -> None:
    denied = figure(many(), "access", "US", "denied")
    assert [(item.thing, item.grounds) for item in denied.items] == [
        ("premises/RU-1", (Ground(kind="act", party="US", ref="US:1"),))
    ]
    waiting = figure(many(), "visas", "RU", "waiting")
    assert [(item.thing, item.share) for item in waiting.items] == [("notice/1", 2)]
    oldest = figure(many(), "visas", "US", "oldest")
    assert (oldest.value, oldest.items[0].thing) == (465, "notice/2")


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2025, 2, 28), (None, None, None)),
        (date(2025, 3, 1), (4, 0, 0)),
        (date(2025, 4, 1), (2, 1, 1)),
    ],
    ids=["before it was released", "before it was answered", "on the day of the answer"],
)
def test_a_notice_counts_as_it_stood_on_the_day(day: date, counts: tuple[int | None, ...]) -> None:
    given = facts(request("1", "US", "visas", "..+-"))
    found = [
        figure(given, "visas", "RU", code, day).value
        for code in ("waiting", "granted", "not_granted")
    ]
    assert tuple(found) == counts


def test_who_removes_persons_is_who_sends_the_notice() -> None:
    given = facts(request("1", "RU", "removed", "+.."))
    assert figure(given, "removed", "RU", "persons").value == 3
    assert figure(given, "removed", "RU", "left").value == 1
    assert figure(given, "removed", "US", "persons").value is None


def test_staff_count_as_the_receiving_state_states_of_them_and_the_rest_do_not() -> None:
    given = facts(
        thing("person/RU-1", "RU", "US", acceptable="persona_non_grata", visa="expired"),
        thing("person/RU-2", "RU", "US", acceptable="accepted"),
        thing("person/RU-3", "RU", "US", visa="requested"),
        thing("person/US-1", "US", "RU", state="in_post"),
    )
    removed = figure(given, "removed", "US", "staff_removed")
    assert (removed.value, removed.unstated, removed.items[0].thing) == (1, 0, "person/RU-1")
    assert figure(given, "visas", "US", "staff_waiting").value == 1
    assert figure(given, "visas", "US", "staff_without").value == 1
    assert figure(given, "removed", "RU", "staff_removed").value is None


def test_a_notice_taken_back_removes_nobody() -> None:
    gone = {"withdrawn": True, "ended": date(2025, 3, 5)}
    given = facts(request("1", "RU", "removed", "..", **gone), request("2", "RU", "removed", "."))
    assert figure(given, "removed", "RU", "persons").value == 1
    assert figure(given, "removed", "RU", "persons", date(2025, 3, 4)).value == 3


A_LIMIT = {"kind": "size", "number": 455, "state": "in_force", "counted": "all staff"}


@pytest.mark.parametrize(
    ("given", "answering", "differs"),
    [
        (
            (rule("RU1", "RU", "US", radius_miles=25), rule("US9", "US", "RU", radius_miles=25)),
            "mirror",
            (),
        ),
        (
            (rule("RU1", "RU", "US", radius_miles=25), rule("US9", "US", "RU", radius_miles=50)),
            "not_mirror",
            ("radius_miles",),
        ),
        (
            (rule("RU1", "RU", "US"), rule("US9", "US", "RU", mode="permission", hours=48)),
            "not_mirror",
            ("mode", "hours"),
        ),
        ((rule("RU1", "RU", "US"),), "unknown", ()),
        (
            (
                rule("RU1", "RU", "US"),
                rule("US9", "US", "RU", from_="2020"),
            ),
            "mirror",
            (),
        ),
    ],
    ids=[
        "the same rule both ways",
        "another radius",
        "another mode and other hours",
        "one side has declared none",
        "begun in other years",
    ],
)
def test_rules_are_a_mirror_if_their_terms_are_the_same(
    given: Any, answering: str, differs: tuple[str, ...]
) -> None:
    found = row(facts(*given), "movement")
    assert (found.answering, found.differs) == (answering, differs)


@pytest.mark.parametrize(
    ("other", "answering", "differs"),
    [
        (A_LIMIT, "mirror", ()),
        ({**A_LIMIT, "counted": "local staff apart"}, "not_mirror", ("counted",)),
        ({**A_LIMIT, "number": 300}, "not_mirror", ("number",)),
        ({**A_LIMIT, "state": "lifted"}, "not_mirror", ("in_force",)),
        ({**A_LIMIT, "state": None}, "unknown", ()),
        ({**A_LIMIT, "effective": "2025-05-01"}, "not_mirror", ("in_force",)),
    ],
    ids=[
        "the same number of the same",
        "the same number of something else",
        "another number",
        "lifted",
        "whether it is in force is not stated",
        "not yet in force",
    ],
)
def test_what_is_counted_is_part_of_a_limit(
    other: dict[str, Any], answering: str, differs: tuple[str, ...]
) -> None:
    given = facts(
        thing("limit/RU-1", "US", "RU", **A_LIMIT), thing("limit/US-1", "RU", "US", **other)
    )
    found = row(given, "size")
    assert (found.answering, found.differs) == (answering, differs)


def test_a_limit_says_what_it_counts_in_its_author_s_words() -> None:
    given = facts(thing("limit/RU-1", "US", "RU", **A_LIMIT))
    cap = figure(given, "size", "RU", "cap_1")
    assert (cap.value, cap.own_words) == (455, "all staff")
    silent = facts(thing("limit/RU-1", "US", "RU", **{**A_LIMIT, "counted": None}))
    assert figure(silent, "size", "RU", "cap_1").counted == "What is counted is not stated."


@pytest.mark.parametrize(
    "done",
    [
        thing("premises/RU-2", "RU", "US", access="entered_by_host"),
        thing("post/RU-EMB", "RU", "US", archives="entered"),
        request("1", "RU", "detained", "."),
    ],
    ids=["premises entered", "archives entered", "a person detained"],
)
def test_what_is_inviolable_is_never_answered_in_kind(done: Any) -> None:
    mirrored = facts(
        done,
        thing("premises/US-2", "US", "RU", access="entered_by_host"),
        thing("post/US-EMB", "US", "RU", archives="entered"),
    )
    assert row(mirrored, "inviolable").answering == "never"
    assert row(facts(done), "inviolable").answering == "never"


def test_entering_is_not_counted_as_a_limit_on_access() -> None:
    given = facts(thing("premises/RU-2", "RU", "US", access="entered_by_host"))
    assert figure(given, "access", "US", "denied").value == 0


def test_a_mirror_is_not_claimed_of_what_is_half_stated() -> None:
    denied = [
        thing("premises/RU-1", "RU", "US", access="denied"),
        thing("premises/US-1", "US", "RU", access="denied"),
    ]
    assert row(facts(*denied), "access").answering == "mirror"
    silent = thing("premises/US-2", "US", "RU", access=None)
    assert row(facts(*denied, silent), "access").answering == "unknown"


def test_a_field_that_contradicts_itself_is_disputed_and_in_no_number() -> None:
    one = thing("premises/RU-1", "RU", "US", access={"value": "denied", "own": True})
    other = replace(one.said["access"][0], value="full", index=9)
    both = replace(one, said={"access": (*one.said["access"], other)})
    found = figure(facts(both), "access", "US", "denied")
    assert (found.value, found.disputed, found.items) == (0, 1, ())


def test_posts_are_closed_by_whoever_is_stated_to_have_closed_them() -> None:
    posts = row(many(), "posts").half("RU")
    counted = {each.code: each.value for each in posts.figures}
    assert (counted["closed"], counted["suspended"], counted["own"]) == (1, 0, 1)
    third = facts(thing("post/US-LED", "US", "RU", status={"value": "closed", "by": "KW"}))
    row_of_third = {one.code: one.value for one in row(third, "posts").half("RU").figures}
    assert (row_of_third["closed"], row_of_third["third"]) == (0, 1)
    unsaid = facts(thing("post/US-LED", "US", "RU", status="closed"))
    found = {each.code: each.value for each in row(unsaid, "posts").half("RU").figures}
    assert (found["closed"], found["unsaid"]) == (0, 1)


def test_a_measure_that_nobody_thought_of_gets_a_row() -> None:
    found = row(many(), "handover")
    assert found.label == "Handover"
    assert found.half("RU").figure("waiting") is not None
    assert row(many(), "regime_visa_length").half("RU").figures[0].value == 1


def test_only_what_both_hold_gives_a_ledger_without_ours() -> None:
    own = thing("premises/RU-1", "RU", "US", access={"value": "denied", "own": True})
    on_paper = request("9", "US", "visas", "...", ours=True)
    given = facts(own, on_paper, tally("US", "RU", 60), request("1", "US", "visas", "."))
    whole = json.dumps(ledger_json(ledger(given, DAY)))
    shared = json.dumps(ledger_json(ledger(given.shared(), DAY)))
    assert '"ours": true' in whole
    for word in ('"ours"', "notice/9", "premises/RU-1", "F2018"):
        assert word not in shared
    assert figure(given.shared(), "visas", "RU", "waiting").value == 1


def test_what_is_told_as_a_whole_counts_once_its_day_has_come() -> None:
    given = many()
    assert figure(given, "removed", "US", "told").value == 60
    assert row(given, "removed", date(2018, 3, 27)).half("US").figure("told") is not None
    assert row(given, "removed", date(2018, 3, 27)).half("RU").figure("told") is None


def test_the_same_facts_in_another_order_give_the_same_bytes() -> None:
    """Two nodes read two logs in their own order."""
    given = many()
    turned = replace(
        given,
        subjects=dict(reversed(list(given.subjects.items()))),
        rules=given.rules[::-1],
        requests=given.requests[::-1],
        tallies=given.tallies[::-1],
    )
    assert encode_large(ledger_json(ledger(given, DAY))) == encode_large(
        ledger_json(ledger(turned, DAY))
    )


def test_the_other_side_s_view_stands_beside_what_is_counted() -> None:
    one = thing("premises/RU-1", "RU", "US", access="denied")
    view = Said(value="full", party="RU", ground=Ground(kind="act", party="RU", ref="RU:7"))
    found = figure(facts(replace(one, contested={"access": (view,)})), "access", "US", "denied")
    assert found.value == 1
    assert found.items[0].contested
    assert Ground(kind="act", party="RU", ref="RU:7") in found.items[0].grounds


def test_a_table_has_a_line_for_each_figure_and_says_what_is_not_stated() -> None:
    header, lines = ledger_table(ledger(many(), DAY))
    assert {len(line) for line in lines} == {len(header)}
    visas = [line for line in lines if line[0] == "Visas" and line[3] == "Waiting"]
    assert [line[4] for line in visas] == ["2", "1"]
    bag = next(line for line in lines if line[0] == "Communications and the bag")
    assert bag[4] == "Not stated"
