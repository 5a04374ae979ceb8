"""What facts are arranged into is taken over from earlier ones, and never more than still holds."""

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.missions.readiness.facts import Facts
from legation.missions.readiness.judge import judge_all
from legation.missions.readiness.ledger import ledger
from missions.readiness.made import ON, World, a_world

DAYS = (date(2025, 1, 1), ON, date(2025, 6, 1))


def before() -> World:
    """Two posts with premises and slots, a person, and notices about them."""
    world = a_world(head_rank="charge")
    world.says("post/XA-TWO", type="consulate", city="Zed", status="open")
    world.says("premises/P1", post="post/XA-MIS", use="chancery")
    world.says("slot/XA-1", post="post/XA-MIS", state="filled")
    world.says("slot/XA-2", post="post/XA-MIS", state="vacant", why_empty="visa_refused")
    world.says("person/XA-9", slot="slot/XA-2", state="nominated")
    world.asks("XA-1", "entry_visas", date(2024, 12, 1), about=("person/XA-9",))
    world.asks("XA-2", "premises", date(2025, 1, 9), about=("premises/P1",), answered=(ON,))
    world.asks("XA-3", "entry_visas", date(2025, 2, 1), post="post/XA-TWO")
    for place, one in enumerate(world.requests):
        world.requests[place] = replace(one, measure="visas")
    return world


def judged(facts: Facts) -> list[object]:
    return [each(facts, on) for on in DAYS for each in (judge_all, ledger)]


def _moves_the_slot(world: World) -> None:
    world.says("slot/XA-2", post="post/XA-TWO", since="2025-05")


def _closes_a_post(world: World) -> None:
    world.says("post/XA-TWO", status="closed", since="2025-03-01", by="XB")


def _adds_a_post(world: World) -> None:
    world.says("post/XB-NEW", sending="XB", type="embassy", city="Axe", status="open")


def _moves_the_building(world: World) -> None:
    world.says("premises/P1", post="post/XA-TWO", since="2025")


def _forgets_a_post(world: World) -> None:
    del world.subjects["post/XA-TWO"]


def _answers(world: World) -> None:
    one = world.requests[0]
    world.requests[0] = replace(
        one, lines=tuple(replace(each, final=True, on=ON) for each in one.lines)
    )


def _asks_again(world: World) -> None:
    world.asks("XA-0", "entry_visas", date(2024, 12, 1))
    world.requests[-1] = replace(world.requests[-1], measure="access")


def _forgets_a_notice(world: World) -> None:
    del world.requests[1]


def _loses_the_person(world: World) -> None:
    world.says("person/XA-9", slot="slot/XA-1", since="2025")


CHANGES = (
    _moves_the_slot,
    _closes_a_post,
    _adds_a_post,
    _moves_the_building,
    _forgets_a_post,
    _answers,
    _asks_again,
    _forgets_a_notice,
    _loses_the_person,
)


def differing(one: Facts, other: Facts) -> set[str]:
    things = {
        name
        for name in {*one.subjects, *other.subjects}
        if one.subjects.get(name) != other.subjects.get(name)
    }
    asked = [{each.id: each for each in facts.requests} for facts in (one, other)]
    notices = {name for name in {*asked[0], *asked[1]} if asked[0].get(name) != asked[1].get(name)}
    return things | notices


@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3, unique=True))
def test_judged_on_what_was_taken_over_as_on_what_is_arranged_anew(changes: list[object]) -> None:
    world = before()
    facts = world.facts
    judged(facts)
    for change in changes:
        change(world)  # type: ignore[operator] # one of the above
        now, anew = world.facts, deepcopy(world).facts
        now.take_over(facts, differing(facts, now))
        assert judged(now) == judged(anew)
        facts = now


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__.strip("_"))
def test_each_change_changes_something(change: object) -> None:
    world = before()
    facts = world.facts
    change(world)  # type: ignore[operator] # one of the above
    assert differing(facts, world.facts)
