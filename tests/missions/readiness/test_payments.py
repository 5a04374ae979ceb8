"""Channels, their licences and the cash: what is known, what follows, and what a payment meets."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as tried
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.paying import Payment, would_meet
from legation.missions.readiness.payments import Channel, Runway, channels, licences
from missions.readiness.made_ledgers import DAY, facts, rule, thing

CASH = {"value": {"amount": 450_00, "currency": "USD", "day": "2025-04-01"}, "own": True}
SPENT = {"value": {"amount": 0, "currency": "USD", "day": "2025-04-01"}, "own": True}
NEED = {"value": {"amount": 100_00, "currency": "USD"}, "own": True}


def a_channel(**changes: Any) -> Any:
    told = {
        "currency": "USD",
        "purpose": "all",
        "state": "works",
        "licence": "licence/US-53A",
        **changes,
    }
    return thing("channel/RU-1", "RU", "US", **told)


def a_licence(**changes: Any) -> Any:
    told = {"state": {"value": "in_force", "from_": "2024-11-21"}, "name": "GL 53A", **changes}
    return thing("licence/US-53A", "RU", "US", **told)


def one(*things: Any, on: date = DAY) -> Channel:
    (found,) = channels(facts(*things), on)
    return found


def meets(*things: Any, on: date = DAY, **changes: Any) -> list[tuple[str, str]]:
    payment = Payment(
        **{
            "channel": "channel/RU-1",
            "amount": 10_00,
            "currency": "USD",
            "purpose": "salaries",
            "day": DAY,
            **changes,
        }
    )
    return [(each.weight, each.code) for each in would_meet(facts(*things), on, payment)]


def test_rejected_money_came_back_and_blocked_money_is_held() -> None:
    told = {state: str(one(a_channel(state=state)).meaning) for state in ("rejected", "blocked")}
    assert "came back" in told["rejected"]
    assert "held" in told["blocked"]
    assert one(a_channel(state=None)).meaning is None


@pytest.mark.parametrize(
    ("expires", "left"),
    [("2025-04-10", 0), ("2025-04-09", -1), ("2025-05", 51), (None, None)],
    ids=["its last day", "the day after", "a month: its last day counts", "no end is stated"],
)
def test_days_are_counted_to_a_licence_s_last_day(expires: str | None, left: int | None) -> None:
    found = one(a_channel(), a_licence(expires=expires)).licence
    assert found is not None
    assert found.days_left == left


def test_a_licence_that_nobody_told_of_is_named_and_nothing_more() -> None:
    found = one(a_channel()).licence
    assert found is not None
    assert (found.id, found.thing, found.days_left) == ("licence/US-53A", None, None)
    assert licences(facts(a_channel()), DAY) == ()


def test_the_last_success_is_told_with_the_days_since() -> None:
    paid = {"day": "2025-04-02", "amount": 5, "currency": "USD"}
    found = one(a_channel(last_success=paid))
    assert (found.last_success is not None, found.days_since) == (True, 8)
    assert one(a_channel()).days_since is None


@pytest.mark.parametrize(
    ("cash", "need", "runway"),
    [
        (CASH, NEED, Runway(months=4, days=15, left=126, ends=date(2025, 8, 14))),
        (SPENT, NEED, Runway(months=0, days=0, left=-9, ends=date(2025, 4, 1))),
        (CASH, None, None),
        (None, NEED, None),
        (CASH, {"value": {"amount": 1, "currency": "RUB"}, "own": True}, None),
        (CASH, {"value": {"amount": 0, "currency": "USD"}, "own": True}, None),
    ],
    ids=[
        "four and a half months",
        "nothing is left",
        "the need is not known",
        "the cash is not known",
        "in two currencies nothing is converted",
        "no need at all divides nothing",
    ],
)
def test_cash_lasts_by_the_monthly_need(cash: Any, need: Any, runway: Runway | None) -> None:
    found = one(a_channel(cash=cash, monthly_need=need))
    assert found.runway == runway
    assert (found.why_none is None) == (runway is not None)


@tried(cash=st.integers(0, 2**53 - 1), need=st.integers(1, 2**53 - 1))
def test_a_runway_is_whole_and_never_promises_a_day_too_many(cash: int, need: int) -> None:
    found = one(
        a_channel(
            cash={"value": {"amount": cash, "currency": "USD", "day": "2025-04-10"}, "own": True},
            monthly_need={"value": {"amount": need, "currency": "USD"}, "own": True},
        )
    ).runway
    assert found is not None
    total = found.months * 30 + found.days
    assert total * need <= cash * 30 < (total + 1) * need
    assert found.left == total


def test_what_is_ours_only_is_not_in_what_both_hold() -> None:
    given = facts(a_channel(cash=CASH, monthly_need=NEED))
    (whole,), (shared,) = channels(given, DAY), channels(given.shared(), DAY)
    assert whole.runway is not None
    assert (shared.runway, shared.cash, shared.monthly_need, shared.why_none) == (None,) * 4
    assert shared.state == "works"


def test_a_payment_that_nothing_is_known_against_meets_nothing() -> None:
    assert meets(a_channel(), a_licence(expires="2026-01-01")) == []


@pytest.mark.parametrize(
    ("things", "changes", "met"),
    [
        ((a_channel(state="rejected"), a_licence()), {}, [("stops", "channel-rejected")]),
        ((a_channel(state="blocked"), a_licence()), {}, [("stops", "channel-blocked")]),
        ((a_channel(state="slow"), a_licence()), {}, [("risk", "channel-slow")]),
        ((a_channel(state=None), a_licence()), {}, [("unknown", "state-unknown")]),
        ((a_channel(), a_licence()), {"currency": "RUB"}, [("stops", "currency-differs")]),
        ((a_channel(currency=None), a_licence()), {}, [("unknown", "currency-unknown")]),
        ((a_channel(purpose="rent"), a_licence()), {}, [("stops", "purpose-differs")]),
        ((a_channel(purpose="rent"), a_licence()), {"purpose": "rent"}, []),
        ((a_channel(licence=None), a_licence()), {}, [("unknown", "licence-unknown")]),
        ((a_channel(),), {}, [("unknown", "licence-unstated")]),
        ((a_channel(), a_licence(state="revoked")), {}, [("stops", "licence-ended")]),
        ((a_channel(), a_licence(expires="2025-04-09")), {}, [("stops", "licence-over")]),
        ((a_channel(), a_licence(expires="2025-04-10")), {}, [("risk", "licence-ends")]),
        (
            (a_channel(), a_licence(expires="2025-05-20")),
            {"day": date(2025, 5, 21)},
            [("stops", "licence-over")],
        ),
        (
            (a_channel(), a_licence(conditions=["No blocked bank", "No debit"])),
            {},
            [("check", "condition"), ("check", "condition")],
        ),
        ((a_channel(), a_licence(covers="Salaries")), {}, [("check", "licence-covers")]),
        (
            (a_channel(cash=CASH), a_licence()),
            {"amount": 451_00},
            [("stops", "cash")],
        ),
        ((a_channel(cash=CASH), a_licence()), {"amount": 450_00}, []),
        (
            (a_channel(), a_licence(), rule("US1", "US", "RU", subject="banking", mode="closed")),
            {},
            [("stops", "rule-closed")],
        ),
        (
            (a_channel(), a_licence(), rule("RU1", "RU", "US", subject="banking", mode="closed")),
            {},
            [],
        ),
        (
            (a_channel(), a_licence(), rule("US1", "US", "RU", mode="permission")),
            {},
            [],
        ),
    ],
    ids=[
        "the channel rejects",
        "the channel is blocked",
        "the channel is slow",
        "whether it works is not stated",
        "another currency",
        "its currency is not stated",
        "it is for something else",
        "it is for just this",
        "no licence is named",
        "of the licence nothing is stated",
        "the licence is revoked",
        "the licence ended the day before",
        "it is the licence's last day",
        "the licence ends between today and then",
        "each condition is to be checked",
        "what the licence covers is to be checked",
        "less cash than that",
        "just enough cash",
        "a rule of the receiving state bars it",
        "a rule of one's own state does not",
        "a rule about something else does not",
    ],
)
def test_what_a_payment_runs_into(
    things: tuple[Any, ...], changes: dict[str, Any], met: list[tuple[str, str]]
) -> None:
    assert meets(*things, **changes) == met


def test_what_stops_a_payment_comes_first() -> None:
    found = meets(
        a_channel(state="slow", currency=None, purpose="rent"),
        a_licence(conditions=["No blocked bank"]),
    )
    assert [weight for weight, _ in found] == ["stops", "unknown", "check", "risk"]


def test_a_day_that_has_passed_is_answered_as_such() -> None:
    assert meets(a_channel(), a_licence(), on=date(2025, 4, 11)) == [("risk", "passed")]


@pytest.mark.parametrize("name", ["channel/RU-9", "licence/US-53A", ""])
def test_a_channel_that_nobody_told_of_is_refused(name: str) -> None:
    given: Facts = facts(a_channel(), a_licence())
    payment = Payment(channel=name, amount=1, currency="USD", purpose="rent", day=DAY)
    with pytest.raises(Refusal) as refused:
        would_meet(given, DAY, payment)
    assert refused.value.code == "unknown-subject"


def test_an_obstacle_names_what_it_rests_on_and_whether_it_is_ours() -> None:
    given = facts(a_channel(state="rejected", cash=CASH), a_licence(conditions=["No debit"]))
    payment = Payment(
        channel="channel/RU-1", amount=500_00, currency="USD", purpose="rent", day=DAY
    )
    found = {each.code: each for each in would_meet(given, DAY, payment)}
    assert found["channel-rejected"].grounds[0].ref.startswith("RU:")
    assert found["cash"].ours
    assert not found["channel-rejected"].ours
    assert found["condition"].words == "No debit"
    assert found["condition"].subject == "licence/US-53A"


def test_a_payment_that_went_through_later_and_later_cash_say_nothing_of_a_day_before() -> None:
    success = {"day": "2025-04", "amount": 1_00, "currency": "USD"}
    made = a_channel(last_success={"value": success}, cash=CASH, monthly_need=NEED)
    early = one(made, on=date(2025, 3, 31))
    assert (early.last_success, early.days_since, early.cash, early.runway) == (None,) * 4
    later = one(made, on=date(2025, 4, 1))
    assert later.last_success is not None
    assert later.cash is not None
