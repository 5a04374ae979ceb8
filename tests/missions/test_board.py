"""The board of a desk: alike on both nodes; what one side keeps to itself colours its own."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

import nodes
from legation.errors import Refusal
from legation.line import services as line
from legation.line.node import Node
from legation.missions import services
from legation.missions.queries.board import board, compare, help_most, shared_bytes
from legation.missions.queries.snapshot import facts
from legation.missions.services.thresholds import accept_threshold, set_own_threshold
from legation.notices import services as notices
from legation.record import canon
from line.acts import a_post
from missions.test_snapshot import anew, knows, leaves, states
from nodes import Pair
from notices.conftest import Json

__all__ = ["pair", "templates"]
pair, templates = nodes.pair, nodes.templates
LATER = date(2027, 3, 10)
ACCESS = {
    "post": "post/XA-CAP",
    "premises": "premises/P1",
    "name": "The residence",
    "purpose": "To see the state of the roof.",
    "from": "2026-12-01T10:00-05:00",
    "until": "2026-12-01T12:00-05:00",
    "visitors": 3,
}


@pytest.fixture
def stated(pair: Pair) -> Pair:
    """XA's open post and its premises, stated by both sides; XA asks to be let in."""
    states(pair.a, city="Bexton", status="open", type="embassy")
    states(pair.b, by=("Cem", "Dana"), consent="given")
    premises = {"thing": "premises/P1", "sending": "XA", "receiving": "XB"}
    told: Json = {"post": {"value": "post/XA-CAP"}, "use": {"value": "chancery"}}
    leaves(
        pair.a, services.state_fields(pair.a, **premises, fields=told, by="Ada", at=pair.a.clock())
    )
    pair.sync()
    return pair


def asks(node: Node, kind: str = "premises.access", **data: Any) -> str:
    given = {**ACCESS, **data}
    draft = notices.draft_notice(node, kind=kind, data=given, by="Ada", at=node.clock())
    leaves(node, draft)
    return str(draft.acts.get().on)


def test_both_nodes_give_the_same_bytes_before_and_after_an_answer(stated: Pair) -> None:
    notice = asks(stated.a)
    stated.sync()
    before = [shared_bytes(node, LATER) for node in (stated.a, stated.b)]
    assert before[0] == before[1]
    answer: Json = {"lines": [{"line": 1, "answer": "refused", "reason": "security"}]}
    draft = notices.draft_answer(
        stated.b, notice=notice, data=answer, by="Cem", at=stated.b.clock()
    )
    leaves(stated.b, draft, "Dana")
    assert shared_bytes(stated.b, LATER) != before[0]
    assert shared_bytes(stated.a, LATER) == before[0]
    stated.sync()
    after = [shared_bytes(node, LATER) for node in (stated.a, stated.b)]
    assert after[0] == after[1] != before[0]
    cells = [json.loads(each)["posts"][0]["cells"] for each in (before[0], after[0])]
    assert cells[0] != cells[1]


def test_the_shared_board_names_the_sizes_and_roots_of_both_logs(stated: Pair) -> None:
    told = json.loads(shared_bytes(stated.a, LATER))
    assert [(each["party"], len(each["root"])) for each in told["logs"]] == [("XA", 64), ("XB", 64)]
    assert [each["size"] for each in told["logs"]] == [each.size for each in facts(stated.b).logs]
    assert canon.encode_large(told) == shared_bytes(stated.a, LATER)


def test_what_one_side_keeps_to_itself_changes_its_own_board_alone(stated: Pair) -> None:
    before = shared_bytes(stated.b, LATER)
    knows(stated.a, "head", "Ada Axe")
    strict: Mapping[str, int] = {"lease_ends": 400}
    ours = board(stated.a, LATER, thresholds=strict)
    assert ours.thresholds["lease_ends"] == 400
    assert ours.verdict("post/XA-CAP").ours  # type: ignore[union-attr]
    assert ours != board(stated.a, LATER, own=False)
    assert shared_bytes(stated.a, LATER) == shared_bytes(stated.b, LATER) == before


def test_numbers_that_we_keep_are_on_our_board_without_being_asked_for(stated: Pair) -> None:
    before = shared_bytes(stated.a, LATER)
    assert board(stated.a, LATER).thresholds == board(stated.a, LATER, own=False).thresholds
    set_own_threshold(stated.a, name="lease_ends", value=400, by="Ada", at=stated.a.clock())
    assert board(stated.a, LATER).thresholds["lease_ends"] == 400
    assert board(stated.b, LATER).thresholds["lease_ends"] != 400
    assert shared_bytes(stated.a, LATER) == before == shared_bytes(stated.b, LATER)


def test_what_would_help_and_what_differs_are_told_of_what_the_board_shows(stated: Pair) -> None:
    asks(stated.a)
    stated.sync()
    helps = help_most(stated.a, LATER, own=False)
    assert helps == help_most(stated.b, LATER, own=False)
    assert helps is help_most(stated.a, LATER, own=False)
    assert ("post/XA-CAP", "premises") in {cell for each in helps for cell in each.cells}
    before = date(2026, 11, 1)
    told = [message.said() for message in compare(stated.a, before, LATER, own=False)]
    assert any("Premises" in each for each in told), told
    assert compare(stated.a, LATER, LATER) == ()


def test_a_board_as_it_was_known_is_that_of_then(stated: Pair) -> None:
    sizes = {each.party: each.size for each in facts(stated.a).logs}
    knows(stated.a, "needed", 7)
    then = facts(stated.a)
    shared = shared_bytes(stated.b, LATER)
    states(stated.a, city="Cexton")
    knows(stated.a, "needed", 9)
    stated.sync()
    assert facts(stated.a) != then
    assert facts(stated.a, as_recorded=sizes) == then
    assert facts(stated.a, as_recorded=sizes).subjects["post/XA-CAP"].value("needed", LATER) == 7
    for node in (stated.a, stated.b):
        assert shared_bytes(node, LATER, recorded=sizes) == shared != shared_bytes(node, LATER)
    everything = {each.party: each.size for each in facts(stated.a).logs}
    assert facts(stated.a, as_recorded=everything) is facts(stated.a)
    nothing = facts(stated.a, as_recorded={"XA": 0, "XB": 0})
    assert (nothing.subjects, [log.size for log in nothing.logs]) == ({}, [0, 0])


@pytest.mark.parametrize(
    "cut", [{"XA": 10_000}, {"XA": -1}, {"XC": 1}], ids=["too long", "negative", "no party"]
)
def test_a_cut_that_is_not_there_is_refused(pair: Pair, cut: dict[str, int]) -> None:
    with pytest.raises(Refusal) as refused:
        facts(pair.a, as_recorded=cut)
    assert refused.value.code == "cut"


def test_every_cut_reads_as_it_was_read_then(pair: Pair) -> None:
    """Each cut of a record with acts that crossed on the way, against what was read at the time."""
    seen = []
    for n in range(4):
        for node in (pair.a, pair.b):
            act = a_post(
                f"{node.party}-CAP", node.party, "XB" if node is pair.a else "XA", city=f"C{n}"
            )
            line.append(node, [act], at=node.clock())
        if n % 2:
            pair.sync()
            found = anew(pair.a, own=False)
            seen.append(({log.party: log.size for log in found.logs}, found))
    for sizes, found in seen:
        assert facts(pair.b, as_recorded=sizes, own=False) == found


def test_a_number_that_both_accept_counts_on_both_boards(stated: Pair) -> None:
    for node, by in ((stated.a, ("Ada", "Bela")), (stated.b, ("Cem", "Dana"))):
        draft = accept_threshold(node, name="lease_ends", value=200, by=by[0], at=node.clock())
        leaves(node, draft, by[1])
        assert board(node, LATER, own=False).thresholds["lease_ends"] != 200
    stated.sync()
    for node in (stated.a, stated.b):
        assert board(node, LATER, own=False).thresholds["lease_ends"] == 200
        assert facts(node) == anew(node)
    assert shared_bytes(stated.a, LATER) == shared_bytes(stated.b, LATER)
