"""Limits, agrément: what each does to registers, and what it refuses."""

import pytest

from acts.samples import (
    A_BAN,
    A_CAP,
    A_HEAD,
    LED,
    MOW,
    alike,
    form,
    its_own,
    sends,
    told,
)
from legation.acts.statements import Register
from world import Body, Node, World


@pytest.fixture
def world() -> World:
    return World()


# --- Limits


def test_a_cap_is_set_with_what_is_counted_and_another_notice_sets_another(world: World) -> None:
    first = sends(
        world.b, "size.limit", A_CAP, post_concerned=MOW, name="Embassy", rule="Each once."
    )
    second = sends(world.b, "size.limit", A_CAP, at_most=10)
    assert alike(world, its_own(first, "limit", "XB"), "XB") == {
        "kind": "size",
        "number": 455,
        "counted": "All staff",
        "local_staff": "counted",
        "post": MOW,
        "rule": "Each once.",
        "state": "in_force",
        "effective": "2026-12-31",
    }
    assert alike(world, its_own(second, "limit", "XB"), "XB")["number"] == 10
    register = world.a.folded.state.find(Register, its_own(first, "limit", "XB"))
    assert register is not None
    assert (register.sending, register.receiving) == ("XA", "XB")


def test_a_limit_is_suspended_and_lifted_by_name(world: World) -> None:
    limit = its_own(sends(world.b, "size.limit", A_CAP), "limit", "XB")
    later: Body = {"limit": limit, "effective": "2027-03-01"}
    sends(world.b, "size.limit", later, step="suspend")
    found = alike(world, limit, "XB")
    assert (found["state"], found["number"], found["effective"]) == ("suspended", 455, "2026-12-31")
    sends(world.b, "size.limit", later, step="lift", effective="2027-06-01")
    assert alike(world, limit, "XB")["state"] == "lifted"


@pytest.mark.parametrize(
    ("by", "kind", "data", "code"),
    [
        pytest.param("a", "size.limit", {**A_CAP, "post_concerned": MOW, "name": "N"},
                     "not-entitled", id="on one's own post"),
        pytest.param("a", "size.limit", {**A_CAP, "limit": "limit/XB-1"}, "not-entitled",
                     id="their limit"),
        pytest.param("b", "size.limit", {"step": "lift", "limit": "limit/XB-9",
                     "effective": "2027"}, "unknown-subject", id="none that was set"),
        pytest.param("b", "hiring.ban", {**A_BAN, "limit": "limit/XB-1"}, "unknown-subject",
                     id="a limit of another kind"),
    ],
)  # fmt: skip
def test_a_limit_that_is_not_one_s_to_set(
    world: World, by: str, kind: str, data: Body, code: str
) -> None:
    sends(world.b, "size.limit", {**A_CAP, "limit": "limit/XB-1"})
    node: Node = getattr(world, by)
    sends(node, kind, data)
    assert node.code(len(node.log) - 1) == code
    assert told(world.a, "limit/XB-1", "XB")["kind"] == "size"


def test_a_ban_says_whom_it_covers_and_rests_on_no_article_that_speaks_of_others(
    world: World,
) -> None:
    note = sends(world.b, "hiring.ban", A_BAN, exempt="Guards", rule="Law 71")
    assert alike(world, its_own(note, "limit", "XB"), "XB") == {
        "kind": "local_hire", "counted": "Nationals of third States", "exempt": "Guards",
        "rule": "Law 71", "state": "in_force", "effective": "2026-12-31",
    }  # fmt: skip
    clerks = form(world, "hiring.ban", A_BAN)
    assert clerks.rests_on() == ("VCDR 11", "VCCR 20")
    everyone = form(world, "hiring.ban", A_BAN, categories=["consular", "diplomatic"])
    assert everyone.rests_on() == ("VCDR 8", "VCCR 22")
    assert "diplomatic staff only" in everyone.said("en")["grounds"]
    assert "consular officers only" in everyone.said("en")["grounds"]
    assert "Article 8" not in clerks.said("en")["grounds"]
    for lang in ("en", "ru", "tr"):
        for step in ("set", "suspend", "lift"):
            assert form(world, "hiring.ban", A_BAN, step=step).said(lang)["told"]


# --- Heads of mission


def test_an_agrement_is_what_was_answered_and_silence_is_never_concluded(world: World) -> None:
    note = sends(world.a, "agrement", A_HEAD)
    assert alike(world, MOW, "XA") == {"nominated": True}
    assert alike(world, MOW, "XB") == {}
    kind = form(world, "agrement", A_HEAD)
    assert kind.asks() is None
    assert "none is concluded" in kind.silent()
    world.b.answers(note, "given")
    assert alike(world, MOW, "XB") == {"agrement": "given"}
    world.b.answers(note, "declined", "notice.answer_changed")
    assert alike(world, MOW, "XB") == {"agrement": "declined"}


def test_who_is_proposed_stands_in_no_title_and_no_state(world: World) -> None:
    note = sends(world.a, "agrement", A_HEAD)
    assert world.a.notice(note).title == "XA-MOW"
    assert b"Jane Roe" not in world.b.state
    assert not any(b"Jane Roe" in opening.encode() for opening in world.a.log)


def test_a_head_of_a_consulate_needs_no_agrement(world: World) -> None:
    mine = {"sending": "XA", "receiving": "XB"}
    world.a.states(LED, **mine, type={"value": "consulate_general"})
    sends(world.a, "agrement", A_HEAD, post_concerned=LED)
    sends(world.a, "agrement", A_HEAD, post_concerned="post/XB-WAS")
    assert [world.a.code(1), world.a.code(2)] == ["subject", "not-entitled"]
