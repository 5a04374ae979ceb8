"""The rows are what the folded state and the logs say, however they came to be."""

import random
from collections.abc import Iterator

import pytest

from legation.line import queries as line
from legation.line.services import Change
from legation.notices import effects, queries
from legation.notices.models import Notice
from line.acts import a_note as a_raw_note
from line.acts import an_answer
from notices.conftest import Desks, a_note, an_access


def _same(desks: Desks) -> None:
    for desk in (desks.a, desks.b):
        assert list(effects.rows(desk.node)), "nothing to compare"
        held = sorted(effects.rows(desk.node), key=repr)
        must = sorted(effects.expected(desk.node, line.things(desk.node)), key=repr)
        assert held == must


def test_rows_follow_the_state_through_a_whole_life(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    _check_a(desks)
    desks.sync()
    _same(desks)
    access = desks.b.sends("premises.access", **an_access(premises="premises/P10", refers=[note]))
    desks.sync()
    desks.a.answers(access, "held")
    desks.b.answers(note, "answered", reply="Yes.")
    desks.b.withdraws(access)
    desks.sync()
    _same(desks)


def _check_a(desks: Desks) -> None:
    held = list(effects.rows(desks.a.node))
    assert held == list(effects.expected(desks.a.node, line.things(desks.a.node)))


def test_rows_dropped_and_made_anew_are_the_same_rows(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    desks.sync()
    desks.b.answers(note, "noted")
    desks.sync()
    desks.a.sends("note", **a_note(subject="Not yet received"))
    before = list(effects.rows(desks.a.node))
    things = line.things(desks.a.node)
    effects.clear(desks.a.node)
    assert list(effects.rows(desks.a.node)) == []
    effects.project(desks.a.node, [Change(thing.id, None, thing) for thing in things])
    assert list(effects.rows(desks.a.node)) == before


def test_a_row_changed_behind_the_program_is_found(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    Notice.objects.using(desks.a.node.alias).filter(id=note).update(state="answered")
    report = line.verify_record(desks.a.node)
    assert not report.ok
    assert any("notices_notice" in str(fault) and note in str(fault) for fault in report.faults)


def _orders() -> Iterator[tuple[str, ...]]:
    chance = random.Random(5)
    for _ in range(6):
        steps = ["a sends", "b sends", "a to b", "b to a", "b answers", "a withdraws"] * 2
        chance.shuffle(steps)
        yield tuple(steps)


@pytest.mark.parametrize("steps", list(_orders()), ids=lambda steps: " ".join(s[0] for s in steps))
def test_rows_follow_the_state_when_acts_cross(desks: Desks, steps: tuple[str, ...]) -> None:
    a, b = desks.pair.a, desks.pair.b
    note = a_raw_note(n=99)
    leaf = a.append(note)[0].leaf
    desks.sync()
    for number, step in enumerate(steps, 1):
        desks.tick(5)
        if step == "a sends":
            a.append(a_raw_note(n=number))
        elif step == "b sends":
            b.append(a_raw_note("RU", n=number))
        elif step == "a to b":
            a.sends_to(b)
        elif step == "b to a":
            b.sends_to(a)
        elif step == "b answers" and queries.page(b.node, note.on).line.state == "received":
            b.append(an_answer(note, leaf))
        elif step == "a withdraws" and queries.page(a.node, note.on).line.state == "received":
            desks.a.withdraws(note.on)
        _same(desks)
    desks.sync()
    _same(desks)
    assert a.state() == b.state()
