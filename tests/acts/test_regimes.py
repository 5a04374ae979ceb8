"""Which rule holds on a day, which overlap, and what is left of a quota."""

from datetime import date
from typing import Any

import pytest

from legation.acts.kinds.notice_state import NoticeState
from legation.acts.kinds.regime import Quota, Regime
from legation.acts.regimes import Left, in_force, left_of, overlaps, period, regimes_of, rules
from legation.record.canon import Json
from world import ADraft, Body, Node, World, a_note

TRAVELLER: Body = {"name": "Elif", "function": "Attaché"}


def declares(node: Node, name: str, **terms: Json) -> str | None:
    other = node.world.parties.other(node.party).party
    body: Body = {"by": node.party, "applies_to": other, **terms}
    return node.code(node.acts("regime.declared", on=f"regime/{name}", body=body))


def a_journey(day: str = "2026-12-05", **changes: Any) -> ADraft:
    data: Body = {
        "leaves": f"{day}T09:00+03:00",
        "returns": f"{day}T20:00+03:00",
        "route": ["Zedburg", "Tver"],
        "by_what": "Car",
        "purpose": "To see a school.",
        "travellers": [TRAVELLER],
        "mode": "notification",
    }
    return ADraft("movement", {**data, **changes})


def held(world: World) -> list[Regime]:
    return regimes_of(world.a.folded.state)


def test_of_several_rules_the_one_that_began_last_holds_and_the_overlap_is_told() -> None:
    world = World()
    declares(world.b, "R1", mode="notification", until="2026-06-10", **{"from": "1992"})
    declares(world.b, "R2", mode="permission", **{"from": "2026-06-01"})
    declares(world.b, "R3", mode="closed", subject="hiring")
    declares(world.a, "R4", mode="free")
    found = rules(held(world), "XA", "movement")
    assert [rule.regime for rule in found] == ["regime/R1", "regime/R2"]
    days = {"1991-12-31": None, "2026-05-31": "R1", "2026-06-05": "R2", "2030-01-01": "R2"}
    for day, name in days.items():
        rule = in_force(found, date.fromisoformat(day))
        assert (rule and rule.regime) == (name and f"regime/{name}")
    (one,) = overlaps(found)
    assert (one.first, one.last) == (date(2026, 6, 1), date(2026, 6, 10))
    assert overlaps(found[:1]) == ()


@pytest.mark.parametrize(
    ("per", "day", "first", "last"),
    [
        ("day", "2026-12-05", "2026-12-05", "2026-12-05"),
        ("week", "2026-12-06", "2026-11-30", "2026-12-06"),
        ("month", "2028-02-10", "2028-02-01", "2028-02-29"),
        ("month", "2026-12-31", "2026-12-01", "2026-12-31"),
        ("quarter", "2026-12-05", "2026-10-01", "2026-12-31"),
        ("quarter", "2026-05-05", "2026-04-01", "2026-06-30"),
        ("year", "2026-05-05", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_period_of_a_quota_that_holds_a_day(per: str, day: str, first: str, last: str) -> None:
    quota = Quota(count=1, per=per)  # type: ignore[arg-type] # one of the words
    told = [each.isoformat() for each in period(quota, date.fromisoformat(day))]
    assert told == [first, last]


def left(world: World, count: int, per: str = "month", day: str = "2026-12-05") -> Left:
    state = world.b.folded.state
    notices = [thing for thing in state.things() if isinstance(thing, NoticeState)]
    quota = Quota(count=count, per=per)  # type: ignore[arg-type] # one of the words
    return left_of(quota, date.fromisoformat(day), notices, state, "XA")


def test_what_was_withdrawn_or_refused_uses_nothing_and_less_than_used_is_told() -> None:
    world = World()
    declares(world.b, "R1", mode="permission")
    asked: dict[str, Any] = {"mode": "permission", "regime": "regime/R1"}
    notes = [world.a.sends(a_journey(**asked)) for _ in range(4)]
    world.a.sends(a_journey("2027-01-05", **asked))
    world.a.sends(a_journey())
    assert world.a.void == {}
    world.a.withdraws(notes[0])
    world.b.answers(notes[1], "refused")
    world.b.answers(notes[2], "granted")
    assert (left(world, 3).spent, left(world, 3).left, left(world, 3).over) == (2, 1, 0)
    assert (left(world, 1).spent, left(world, 1).left, left(world, 1).over) == (2, 0, 1)
    assert left(world, 3).used == (notes[2], notes[3])
    assert left(world, 3, "year").spent == 2


@pytest.mark.parametrize(
    ("regime", "mode"),
    [
        pytest.param("regime/R1", "notification", id="ended before the day"),
        pytest.param("regime/R2", "notification", id="another mode"),
        pytest.param("regime/R3", "permission", id="closed"),
        pytest.param("regime/R9", "permission", id="declared by nobody"),
    ],
)
def test_a_journey_names_the_rule_that_holds_on_its_day(regime: str, mode: str) -> None:
    world = World()
    declares(world.b, "R1", mode="notification", until="2026-12-04")
    declares(world.b, "R2", mode="permission", **{"from": "2026-12-05"})
    declares(world.b, "R3", mode="closed")
    declares(world.a, "R9", mode="permission")
    note = world.a.sends(a_journey(regime=regime, mode=mode))
    assert world.a.folded.state.get(note) is None
    assert list(world.a.void.values()) == ["regime"]
    assert world.a.state == world.b.state


@pytest.mark.parametrize("author", ["a", "b"])
def test_a_rule_that_crossed_on_the_way_was_not_seen(author: str) -> None:
    """Whichever log comes first in the order: what counts is what the author had seen."""
    world = World()
    one, other = (world.a, world.b) if author == "a" else (world.b, world.a)
    world.cut()
    declares(other, "R1", mode="permission")
    post = f"post/{one.party}-MIS"
    blind = one.sends(a_journey(post=post, regime="regime/R1", mode="permission"))
    plain = one.sends(a_journey(post=post), number=f"{one.party}-MIS/2026/001")
    world.mend()
    assert other.folded.state.get(blind) is None
    assert other.notice(plain).asks is None
    assert world.a.state == world.b.state


@pytest.mark.parametrize("author", ["a", "b"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_rule_declared_anew_on_the_way_undoes_no_journey_sent_under_the_one_before(
    author: str, times: int
) -> None:
    """Nor the notices after it, whose numbers would then not follow."""
    world = World()
    one, other = (world.a, world.b) if author == "a" else (world.b, world.a)
    world.cut()
    declares(other, "R1", mode="notification", **{"from": "2020"})
    world.sync()
    post = f"post/{one.party}-MIS"
    sent = [one.sends(a_journey(post=post, regime="regime/R1"))]
    sent += [one.sends(a_note(post=post)) for _ in range(2)]
    for radius in range(times):
        declares(other, "R1", mode="permission", radius_miles=radius, **{"from": "2020"})
    world.mend()
    assert world.a.void == world.b.void == {}
    assert [one.notice(name).number[-3:] for name in sent] == ["001", "002", "003"]
    late = a_journey(post=post, regime="regime/R1")
    assert one.folded.state.get(one.sends(late)) is None, "what was seen since counts"
    assert world.a.state == world.b.state


def test_a_regime_keeps_no_history_before_its_author_reads_journeys() -> None:
    """So a record from before there were any folds to the same bytes as ever."""

    def old(_: str, spoken: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in spoken if not each.startswith("movement/"))

    for world, kept in ((World(speaks=old), 0), (World(), 1)):
        for mode in ("notification", "permission"):
            declares(world.b, "R1", mode=mode)
        (regime,) = held(world)
        assert [len(each.earlier) for each in regime.declared] == [kept]


def test_an_answer_that_the_mode_does_not_allow_is_without_effect() -> None:
    world = World()
    note = world.a.sends(a_journey())
    index = world.b.answers(note, "granted")
    assert world.b.code(index) == "not-allowed"
    assert world.b.code(world.b.answers(note, "noted")) is None
    assert world.a.state == world.b.state
