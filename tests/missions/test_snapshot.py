"""What a board is judged from: both sides' words, what is ours only, and how fresh it is."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import nodes
from legation.line import backups
from legation.line import services as line
from legation.line.databases import forget
from legation.line.node import Node, open_node
from legation.line.services.rebuilding import rebuild
from legation.missions import dossier, services
from legation.missions.queries.snapshot import facts
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.judge import judge_all
from legation.missions.readiness.ledger import ledger
from legation.missions.snapshots.queries.memory import Memory
from legation.notices import services as notices
from legation.notices.paper import services as paper
from legation.officers import services as officers
from legation.officers.models import Draft
from line.acts import a_post
from missions.test_history import a_dossier, lines_of
from nodes import Pair
from notices.alone import Paper
from notices.conftest import Json, alone

__all__ = ["alone", "pair", "templates"]
pair, templates = nodes.pair, nodes.templates
DAY = date(2026, 11, 24)
POST = {"thing": "post/XA-CAP", "sending": "XA", "receiving": "XB"}


def anew(node: Node, *, own: bool = True) -> Facts:
    """Return the facts as somebody reads them who remembers nothing."""
    return Memory().facts(node, own=own)


def judged(found: Facts) -> list[Any]:
    """Return what is judged of facts on some days: it rests on how they are arranged."""
    days = (date(2020, 1, 1), DAY, date(2027, 3, 1))
    return [each(found, on) for on in days for each in (judge_all, ledger)]


def leaves(node: Node, draft: Draft, by: str = "Bela") -> None:
    officers.clear(node, draft_id=draft.id, by=by, at=node.clock())
    officers.release(node, draft_id=draft.id, by=by, at=node.clock())


def states(node: Node, by: tuple[str, str] = ("Ada", "Bela"), **fields: Any) -> None:
    told = {name: {"value": value} for name, value in fields.items()}
    draft = services.state_fields(node, **POST, fields=told, by=by[0], at=node.clock())
    leaves(node, draft, by[1])


def knows(node: Node, field: str, value: Any, **more: Any) -> int:
    return services.note_own(
        node,
        **POST,
        field=field,
        statement={"value": value, **more},
        origin="officer",
        by="Ada",
        at=node.clock(),
    )


def test_both_nodes_read_the_same_of_the_same_logs(pair: Pair) -> None:
    states(pair.a, city="Bexton", status="open")
    states(pair.b, by=("Cem", "Dana"), consent="given")
    pair.sync()
    assert facts(pair.a, own=False) == facts(pair.b, own=False)
    assert [(log.party, log.size > 0) for log in facts(pair.a).logs] == [("XA", True), ("XB", True)]
    subject = facts(pair.b).subjects["post/XA-CAP"]
    assert subject.value("consent", DAY) == "given"
    told = subject.now("city", DAY)
    assert (told.author, told.value, told.ours) == ("XA", "Bexton", False)
    assert [ground.ref.partition(":")[0] for ground in told.grounds] == ["XA"]


def test_what_is_shared_holds_nothing_that_is_ours_only(pair: Pair) -> None:
    states(pair.a, city="Bexton")
    pair.sync()
    knows(pair.a, "city", "Old Bexton", until="1999")
    knows(pair.a, "coordinates", {"lat": "1.5", "lon": "2.5"})
    found = facts(pair.a)
    assert found.subjects["post/XA-CAP"].value("coordinates", DAY) == {"lat": "1.5", "lon": "2.5"}
    assert found.subjects["post/XA-CAP"].value("city", date(1998, 1, 1)) == "Bexton"
    assert found.shared() == facts(pair.a, own=False) == facts(pair.b, own=False)
    assert "2.5" not in repr(facts(pair.a, own=False))


def test_a_contest_stands_beside_the_statement(pair: Pair) -> None:
    states(pair.a, status="open")
    pair.sync()
    draft = services.contest(
        pair.b,
        thing="post/XA-CAP",
        field="status",
        words="It was closed.",
        view={"value": "closed", "from": "2026-01"},
        by="Cem",
        at=pair.b.clock(),
    )
    facts(pair.b)
    leaves(pair.b, draft, "Dana")
    pair.sync()
    assert facts(pair.a, own=False) == facts(pair.b, own=False)
    told = facts(pair.a).subjects["post/XA-CAP"].now("status", DAY)
    assert (told.value, [view.value for view in told.contested]) == ("open", ["closed"])
    assert not facts(pair.a).subjects["post/XA-CAP"].now("status", date(2025, 1, 1)).contested


def _releases(pair: Pair) -> None:
    states(pair.a, city="Cexton")


def _receives(pair: Pair) -> None:
    states(pair.b, by=("Cem", "Dana"), consent="withdrawn")
    pair.sync()


def _notes(pair: Pair) -> None:
    knows(pair.a, "needed", 12)


def _strikes(pair: Pair) -> None:
    number = knows(pair.a, "district", "North")
    assert facts(pair.a).subjects["post/XA-CAP"].value("district", DAY) == "North"
    services.strike_own(pair.a, ids=[number], by="Ada", at=pair.a.clock())
    assert facts(pair.a).subjects["post/XA-CAP"].value("district", DAY) is None


def _declares(pair: Pair) -> None:
    terms = {"applies_to": "XB", "mode": "permission", "from": "2026"}
    draft = services.declare_regime(
        pair.a, regime="regime/R1", terms=terms, by="Ada", at=pair.a.clock()
    )
    leaves(pair.a, draft)


def _sends(pair: Pair) -> None:
    data = {"post": "post/XA-CAP", "subject": "A fence", "message": "It was moved."}
    draft = notices.draft_notice(pair.a, kind="note", data=data, by="Ada", at=pair.a.clock())
    leaves(pair.a, draft)
    (asked,) = facts(pair.a).requests
    assert (asked.by, asked.waiting(DAY), asked.ours) == ("XA", 1, False)
    pair.sync()
    answer: Json = {"lines": [{"line": 1, "answer": "noted"}]}
    draft = notices.draft_answer(pair.b, notice=asked.id, data=answer, by="Cem", at=pair.b.clock())
    leaves(pair.b, draft, "Dana")
    pair.sync()
    assert facts(pair.a).requests[0].lines[0].answer == "noted"


def _rebuilds(pair: Pair) -> None:
    rebuild(pair.a)


def _loads(pair: Pair) -> None:
    told = lines_of(a_dossier())
    dossier.load(pair.a, told, by="Ada", at=pair.a.clock())
    assert facts(pair.a) == anew(pair.a)
    newer = told.replace(b"embassy", b"consulate").replace(b"regime/M1", b"regime/M2")
    dossier.load(pair.a, newer, by="Ada", at=pair.a.clock())


CHANGES: dict[str, Callable[[Pair], None]] = {
    "a release": _releases,
    "what the other side sends": _receives,
    "a note of our own": _notes,
    "a note that is struck": _strikes,
    "a regime": _declares,
    "a notice and its answer": _sends,
    "a dossier, and a newer edition of it": _loads,
    "rows made anew": _rebuilds,
}


STAYS = {"rows made anew", "a note that is struck"}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_remembered_is_fresh_after(pair: Pair, change: str) -> None:
    states(pair.a, city="Bexton", status="open")
    pair.sync()
    before = facts(pair.a)
    for own in (True, False):
        judged(facts(pair.a, own=own))
    CHANGES[change](pair)
    for own in (True, False):
        assert facts(pair.a, own=own) == anew(pair.a, own=own)
        assert judged(facts(pair.a, own=own)) == judged(anew(pair.a, own=own))
    assert (facts(pair.a) == before) == (change in STAYS)


def test_what_is_remembered_is_the_same_object_until_something_changes(pair: Pair) -> None:
    states(pair.a, city="Bexton")
    assert facts(pair.a) is facts(pair.a)
    assert facts(pair.a) is not facts(pair.b)
    pair.sync()
    line.append(pair.a, [a_post("XA-NEW", "XA", "XB", city="Dexton")], at=pair.a.clock())
    kept = facts(pair.a).subjects["post/XA-CAP"]
    line.append(pair.a, [a_post("XA-NEW", "XA", "XB", city="Exton")], at=pair.a.clock())
    assert facts(pair.a).subjects["post/XA-CAP"] is kept


def test_after_a_restore_nothing_of_what_was_lost_is_remembered(pair: Pair, tmp_path: Path) -> None:
    states(pair.a, city="Bexton")
    knows(pair.a, "needed", 12)
    backups.back_up(pair.a.home, tmp_path / "kept.tar.gz", at=pair.a.clock())
    states(pair.a, city="Lost")
    knows(pair.a, "needed", 99)
    assert facts(pair.a).subjects["post/XA-CAP"].value("city", DAY) == "Lost"
    forget("a")
    shutil.rmtree(pair.a.home)
    (packed,) = tmp_path.glob("kept*")
    backups.restore(packed, pair.a.home)
    node = replace(open_node(pair.a.home, alias="a"), clock=pair.a.clock)
    found = facts(node)
    assert found == anew(node)
    assert found.subjects["post/XA-CAP"].value("city", DAY) == "Bexton"
    assert found.subjects["post/XA-CAP"].value("needed", DAY) == 12


def test_two_nodes_under_one_alias_are_never_taken_for_each_other(pair: Pair) -> None:
    states(pair.a, city="Bexton")
    assert facts(pair.a).subjects
    forget("a")
    forget("b")
    other = open_node(pair.b.home, alias="a")
    assert facts(other) == anew(other)
    assert facts(other).subjects == {}
    forget("a")
    open_node(pair.a.home, alias="a")
    open_node(pair.b.home, alias="b")
    assert facts(pair.a).subjects


# --- On paper beside the record


def test_an_answer_that_came_on_paper_is_on_our_board_alone(pair: Pair) -> None:
    data = {"post": "post/XA-CAP", "subject": "A fence", "message": "It was moved."}
    draft = notices.draft_notice(pair.a, kind="note", data=data, by="Ada", at=pair.a.clock())
    leaves(pair.a, draft)
    pair.sync()
    (asked,) = facts(pair.b).requests
    reply: Json = {"paper": {"number": "12/3", "on": "2026-11-23"}, "answer": "noted"}
    paper.enter_reply(pair.a, notice=asked.id, data=reply, by="Ada", at=pair.a.clock())
    (ours,) = facts(pair.a).requests
    assert (ours.ours, ours.lines[0].answer, ours.held) == (True, "noted", asked)
    assert facts(pair.a) == anew(pair.a)
    assert facts(pair.a, own=False).requests == facts(pair.b, own=False).requests == (asked,)
    assert facts(pair.a).shared() == facts(pair.a, own=False)


# --- Alone, on paper


def test_what_leaves_on_paper_is_said_and_ours_only(alone: Paper) -> None:
    node = alone.node
    post = {"thing": "post/US-MOW", "sending": "US", "receiving": "RU"}
    known = {"value": "Moskva"}
    services.note_own(
        node, **post, field="city", statement=known, origin="officer", by="Ada", at=alone.clock()
    )
    assert facts(node).subjects["post/US-MOW"].value("city", DAY) == "Moskva"
    told: Json = {"city": {"value": "Moscow"}}
    alone.leaves(services.state_fields(node, **post, fields=told, by="Ada", at=alone.clock()))
    found = facts(node).subjects["post/US-MOW"].now("city", DAY)
    assert (found.value, found.ours, found.disputed) == ("Moscow", True, False)
    assert [ground.kind for ground in found.grounds] == ["paper"]
    assert (facts(node).parties, facts(node).logs) == (("RU", "US"), ())
    assert facts(node) == anew(node)
    assert facts(node, own=False) == facts(node).shared()
    assert facts(node, own=False).subjects == {}


def test_a_notice_on_paper_waits_and_is_ours_only(alone: Paper) -> None:
    sent = alone.sends()
    (asked,) = facts(alone.node).requests
    assert (asked.id, asked.ours, asked.waiting(DAY)) == (sent, True, 1)
    alone.passes(days=3)
    alone.types_reply(sent)
    (asked,) = facts(alone.node).requests
    assert (asked.lines[0].answer, asked.waiting(date(2026, 11, 26))) == ("answered", 0)
    assert facts(alone.node) == anew(alone.node)
    assert facts(alone.node, own=False).requests == ()
