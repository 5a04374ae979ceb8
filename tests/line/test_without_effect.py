"""An act at fault inside its signed leaf is mirrored, and without effect on both nodes alike.

Else one bad act would block the line for ever.
"""

from dataclasses import replace

import pytest

from legation.line import queries
from legation.line.databases import writing
from legation.line.services import NewAct, folding
from legation.line.services.append import opening_for
from legation.line.services.rows import load
from legation.record.act import Opening
from legation.record.merkle import Frontier
from line.acts import a_note, a_post
from line.harness import Pair, TestNode


def writes_unchecked(node: TestNode, opening: Opening) -> None:
    """Write an opening into a node's own log as a program would that checks nothing."""
    with writing(node.alias):
        facts = load(node.node)
        arrived = folding.arrival(opening.encode())
        rows = folding.entry_rows(facts, "own", [arrived], received_at=None)
        edge = Frontier.decode(bytes(facts.own.frontier)).append(arrived.leaf)
        folding.enter(facts, "own", rows, edge)
        facts.save()


def an_opening(node: TestNode, act: NewAct, **changes: bytes) -> Opening:
    facts = load(node.node)
    return replace(opening_for(facts, act, number="", at=node.clock()), **changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"head": b"\xff\xfe"}, "text", id="a head that is no text"),
        pytest.param({"head": b""}, "not-canonical", id="no head"),
        pytest.param({"head": b'{"v":1}'}, "schema", id="a head that lacks fields"),
        pytest.param({"head": b"[" * 40}, "depth", id="a head too deep"),
        pytest.param({"body": b"{ }"}, "not-canonical", id="a body with a space"),
        pytest.param({"body": b'{"a":1.5}'}, "not-canonical", id="a body with a fraction"),
        pytest.param({"body": b"\x00"}, "text", id="a body with a control character"),
        pytest.param({"body": b"{}"}, "schema", id="a body that lacks fields"),
    ],
)
def test_what_cannot_be_read_is_kept_and_says_why(
    pair: Pair, changes: dict[str, bytes], code: str
) -> None:
    writes_unchecked(pair.a, an_opening(pair.a, a_post(), **changes))
    pair.a.append(a_note(n=1))
    pair.sync()
    assert queries.entry(pair.a.node, "own", 0).void == code
    assert queries.entry(pair.b.node, "peer", 0).void == code
    assert pair.a.state() == pair.b.state()
    for node in pair.both():
        node.verify()
        assert node.status().verdict == "same"


@pytest.mark.parametrize("year", [b"0001", b"9999"])
def test_a_clock_at_the_ends_of_the_calendar_stops_nobody(pair: Pair, year: bytes) -> None:
    """A day later, or east of Greenwich, there is no such day: nothing could be shown or due."""
    unsigned = an_opening(pair.a, a_note(n=1))
    head = unsigned.head.replace(b'{"at":"2026', b'{"at":"' + year)
    writes_unchecked(pair.a, replace(unsigned, head=head))
    pair.sync()
    assert queries.entry(pair.a.node, "own", 0).void == "schema"
    assert queries.entry(pair.b.node, "peer", 0).void == "schema"
    assert pair.b.status().verdict == "same"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        pytest.param(a_post("RU-WAS", "RU", "US"), "not-entitled", id="by the wrong side"),
        pytest.param(NewAct(type="made.up", body={}), "not-spoken", id="of an unknown type"),
        pytest.param(
            NewAct(type="notice.closed", on="notice/US-00", body={}), None, id="on nothing"
        ),
        pytest.param(a_note(n=1), "number", id="with a number out of turn"),
    ],
)
def test_what_does_not_apply_is_kept_and_says_why(
    pair: Pair, act: NewAct, code: str | None
) -> None:
    writes_unchecked(pair.a, an_opening(pair.a, act))
    pair.sync()
    found = queries.entry(pair.b.node, "peer", 0).void
    assert found
    assert code in (None, found)
    assert queries.entry(pair.a.node, "own", 0).void == found
    assert pair.a.state() == pair.b.state()
    for node in pair.both():
        node.verify()


def test_one_without_effect_in_the_middle_does_not_hold_up_what_follows(pair: Pair) -> None:
    for n in range(1, 40):
        pair.a.append(a_note(n=n))
        writes_unchecked(pair.a, an_opening(pair.a, a_post("RU-WAS", "RU", "US")))
        pair.b.append(a_note("RU", n))
    pair.sync()
    assert pair.a.state() == pair.b.state()
    assert pair.a.state().count(b'"code":"not-entitled"') == 39
