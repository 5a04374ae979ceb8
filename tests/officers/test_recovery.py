"""An officer comes back by two others, and by no one alone."""

from datetime import timedelta

import pytest

from legation.errors import Refusal
from legation.line.node import Node
from legation.officers import queries, services
from legation.officers.models import Officer

NEW = "a sentence that I remember"


def approve(node: Node, by: str, name: str = "Ada") -> services.Approved:
    return services.approve_recovery(node, name=name, by=by, at=node.clock())


def code_of_approval(node: Node, by: str, name: str = "Ada") -> str:
    with pytest.raises(Refusal) as refused:
        approve(node, by, name)
    return refused.value.code


def comes_back(node: Node, *halves: str, name: str = "Ada", password: str = NEW) -> str:
    """Try to come back; return the refusal's code, or "" when it worked."""
    first, second = halves
    try:
        services.recover(
            node, name=name, halves=(first, second), password=password, at=node.clock()
        )
    except Refusal as refusal:
        return refusal.code
    return ""


def ada(node: Node) -> Officer:
    return Officer.objects.using(node.alias).get(username="Ada")


def test_two_others_let_an_officer_back_in(lone: Node) -> None:
    first, second = approve(lone, "Bela"), approve(lone, "Edda")
    assert (first.second, second.second) == (False, True)
    assert comes_back(lone, first.half, second.half) == ""
    assert ada(lone).check_password(NEW)


def test_the_halves_count_in_either_order_and_however_they_are_typed(lone: Node) -> None:
    first, second = approve(lone, "Bela").half, approve(lone, "Edda").half
    assert comes_back(lone, f" {second.upper()}", first.replace("-", " ")) == ""


@pytest.mark.parametrize(
    ("by", "name", "code"),
    [
        ("Ada", "Bela", "role"),
        ("Finn", "Ada", "role"),
        ("Gil", "Ada", "role"),
        ("Bela", "Bela", "own-recovery"),
        ("Bela", "Nobody", "unknown-officer"),
    ],
    ids=["an officer", "the auditor", "the administrator", "oneself", "a stranger"],
)
def test_who_may_not_approve(lone: Node, by: str, name: str, code: str) -> None:
    assert code_of_approval(lone, by, name) == code


def test_one_officer_does_not_approve_twice(lone: Node) -> None:
    approve(lone, "Bela")
    assert code_of_approval(lone, "Bela") == "same-officer"


def test_one_half_opens_nothing(lone: Node) -> None:
    first = approve(lone, "Bela").half
    assert comes_back(lone, first, first) == "recovery"
    approve(lone, "Edda")
    assert comes_back(lone, first, first) == "recovery"
    assert comes_back(lone, first, "aaaa-aaaa") == "recovery"
    assert not ada(lone).check_password(NEW)


def test_a_code_works_once(lone: Node) -> None:
    halves = approve(lone, "Bela").half, approve(lone, "Edda").half
    assert comes_back(lone, *halves) == ""
    assert comes_back(lone, *halves, password="another long sentence") == "recovery"
    assert ada(lone).check_password(NEW)


def test_a_code_is_out_of_date_after_a_quarter_of_an_hour(lone: Node) -> None:
    halves = approve(lone, "Bela").half, approve(lone, "Edda").half
    lone.clock.now += timedelta(minutes=16)  # type: ignore[attr-defined] # the tests' own clock
    assert comes_back(lone, *halves) == "recovery"


def test_an_approval_that_nobody_joined_lapses_within_the_hour(lone: Node) -> None:
    approve(lone, "Bela")
    lone.clock.now += timedelta(minutes=61)  # type: ignore[attr-defined] # the tests' own clock
    assert not approve(lone, "Edda").second


def test_five_wrong_tries_end_a_code(lone: Node) -> None:
    halves = approve(lone, "Bela").half, approve(lone, "Edda").half
    for _ in range(5):
        assert comes_back(lone, halves[0], "aaaa-aaaa") == "recovery"
    assert comes_back(lone, *halves) == "recovery"


def test_a_new_approval_kills_the_code_before_it(lone: Node) -> None:
    old = approve(lone, "Bela").half, approve(lone, "Edda").half
    approve(lone, "Bela")
    assert comes_back(lone, *old) == "recovery"


def test_a_short_password_is_refused_and_the_code_still_works(lone: Node) -> None:
    halves = approve(lone, "Bela").half, approve(lone, "Edda").half
    assert comes_back(lone, *halves, password="short") == "weak-password"
    assert comes_back(lone, *halves) == ""


def test_a_suspended_officer_is_not_let_back_in(lone: Node) -> None:
    halves = approve(lone, "Bela").half, approve(lone, "Edda").half
    services.suspend_officer(lone, name="Ada", at=lone.clock())
    assert comes_back(lone, *halves) == "recovery"
    assert code_of_approval(lone, "Bela") == "suspended"


@pytest.mark.parametrize("gone", ["Bela", "Edda"])
@pytest.mark.parametrize("how", ["suspended", "expelled"])
def test_a_code_of_an_approver_who_was_put_out_opens_nothing(
    lone: Node, gone: str, how: str
) -> None:
    halves = approve(lone, "Bela").half, approve(lone, "Edda").half
    put_out(lone, gone, how)
    assert comes_back(lone, *halves) == "recovery"
    assert not ada(lone).check_password(NEW)


@pytest.mark.parametrize("how", ["suspended", "expelled"])
def test_nobody_joins_the_approval_of_an_officer_who_was_put_out(lone: Node, how: str) -> None:
    half = approve(lone, "Bela").half
    put_out(lone, "Bela", how)
    told = approve(lone, "Edda")
    assert not told.second
    assert comes_back(lone, half, told.half) == "recovery"


def put_out(node: Node, name: str, how: str) -> None:
    if how == "suspended":
        services.suspend_officer(node, name=name, by="Gil", at=node.clock())
    else:
        by = "Edda" if name == "Bela" else "Bela"
        services.expel_officer(node, name=name, by=by, at=node.clock())


def test_a_code_given_up_opens_nothing(lone: Node) -> None:
    halves = approve(lone, "Bela").half, approve(lone, "Edda").half
    services.give_up_recovery(lone, name="Ada", by="Bela", at=lone.clock())
    assert comes_back(lone, *halves) == "recovery"
    assert queries.recoveries(lone) == ()


def test_every_step_is_in_the_audit_and_the_code_nowhere(lone: Node) -> None:
    halves = approve(lone, "Bela").half, approve(lone, "Edda").half
    comes_back(lone, "aaaa-aaaa", "aaaa-aaaa")
    comes_back(lone, *halves)
    lines = queries.audit(lone, about="Ada")[1:]  # after "officer.added"
    assert [(line.what, line.by) for line in lines] == [
        ("recovery.first", "Bela"),
        ("recovery.second", "Edda"),
        ("recovery.failed", ""),
        ("sessions.ended", "Ada"),
        ("recovery.used", "Ada"),
    ]
    kept = (lone.home / "db.sqlite3").read_bytes() + (lone.home / "db.sqlite3-wal").read_bytes()
    for half in halves:
        assert half.encode() not in kept
        assert half.replace("-", "").encode() not in kept
