"""A whole life on paper: no peer, no line; and what happens when a peer comes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.acts.names import day_in_words
from legation.errors import Refusal
from legation.line import queries as line
from legation.line.databases import forget
from legation.line.node import Node
from legation.line.services.counterpart import name_counterpart
from legation.line.services.deliveries import Handed
from legation.line.services.rebuilding import rebuild
from legation.missions import dossier
from legation.missions import queries as missions
from legation.notices import forms, queries, services
from legation.notices.paper import services as paper
from legation.notices.queries.alone import ours_alone
from legation.notices.restating.services import restate
from legation.officers import services as officers
from legation.officers.wording import DraftedAct
from legation.record.canon import Json, decode
from legation.seeds import read_seed
from notices.alone import Clock, Paper, a_node
from notices.conftest import a_note, an_access


def code_of(refused: Any) -> str:
    return str(refused.value.code)


def test_a_note_lives_its_whole_life_on_paper(alone: Paper) -> None:
    note = alone.sends()
    shown = alone.page(note)
    assert shown.line.number == "US-MFA/2026/P-001"
    assert shown.line.state == "released"
    assert shown.line.move == "RU"
    assert shown.line.waiting_since is None
    alone.hands_over(note)
    alone.passes(days=3)
    shown = alone.page(note)
    assert shown.line.state == "received"
    assert shown.line.days in (2, 3)
    alone.types_reply(note)
    shown = alone.page(note)
    assert shown.line.state == "answered"
    assert shown.line.move == ""
    assert shown.lines[0].now.code == "answered"
    assert shown.paper.replies[0].number == "№ 1234/дд"
    draft = services.draft_close(alone.node, notice=note, data={}, by="Ada", at=alone.clock())
    alone.leaves(draft)
    assert alone.page(note).line.state == "closed"
    assert line.verify_record(alone.node).faults == []
    rebuild(alone.node)
    assert alone.page(note).line.state == "closed"
    assert line.verify_record(alone.node).faults == []


def test_a_notice_of_another_kind_and_the_whole_dossier_leave_on_paper(alone: Paper) -> None:
    loaded = dossier.load(alone.node, read_seed("us-ru"), by="Ada", at=alone.clock())
    assert loaded.draft is not None
    alone.leaves(loaded.draft)
    assert any(post.id == "post/US-MOW" for post in missions.posts(alone.node))
    again = dossier.load(alone.node, read_seed("us-ru"), by="Ada", at=alone.clock())
    assert again.draft is None, "what was stated on paper is stated"
    note = alone.sends("premises.access", post="US-MOW", **an_access(premises="premises/P10"))
    assert alone.page(note).line.number == "US-MOW/2026/P-001"
    assert line.verify_record(alone.node).faults == []


def test_a_note_is_withdrawn_on_paper(alone: Paper) -> None:
    note = alone.sends()
    draft = services.draft_withdraw(alone.node, notice=note, data={}, by="Ada", at=alone.clock())
    alone.leaves(draft)
    assert alone.page(note).line.state == "withdrawn"


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2026-11-24", "future"),
        ("2026-11-22", "before-release"),
        ("2026-11", "day"),
        ("2026-02-30", "day"),
        ("yesterday", "day"),
    ],
)
def test_a_delivery_is_not_recorded_on(alone: Paper, on: str, code: str) -> None:
    note = alone.sends()
    with pytest.raises(Refusal) as refused:
        alone.hands_over(note, on)
    assert code_of(refused) == code
    assert alone.page(note).paper.deliveries == ()


def test_a_second_delivery_is_refused_and_a_mistyped_one_corrected(alone: Paper) -> None:
    note = alone.sends()
    first = alone.hands_over(note)
    with pytest.raises(Refusal) as refused:
        alone.hands_over(note)
    assert code_of(refused) == "delivered"
    handed = Handed(on="2026-11-23", place="Registry", by_whom="Second Secretary")
    paper.deliver(
        alone.node,
        notice=note,
        handed=handed,
        by="Bela",
        at=alone.clock(),
        corrects=first.id,
        why="the wrong secretary",
    )
    shown = alone.page(note).paper
    assert shown.delivery.by_whom == "Second Secretary"
    assert [each.by_whom for each in shown.deliveries] == ["Third Secretary", "Second Secretary"]
    assert line.verify_record(alone.node).faults == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": "2026-12-24"}, "future"),
        ({"on": "2026-11-20"}, "before-release"),
        ({"number": ""}, "missing-field"),
        ({"on": ""}, "missing-field"),
        ({"answer": "granted"}, "choice"),
        ({"reply": None, "nonsense": "x"}, "unknown-field"),
    ],
)
def test_a_reply_is_not_typed_in_with(alone: Paper, changes: dict[str, Any], code: str) -> None:
    note = alone.sends()
    alone.passes(days=3)
    with pytest.raises(Refusal) as refused:
        alone.types_reply(note, **changes)
    codes = {refused.value.code, *(each.code for each in refused.value.others)}
    assert code in codes
    assert alone.page(note).line.state == "released"


def test_a_mistyped_reply_is_corrected_with_its_history(alone: Paper) -> None:
    note = alone.sends()
    alone.passes(days=3)
    alone.types_reply(note)
    (reply,) = alone.page(note).paper.replies
    alone.types_reply(note, number="№ 1235/дд", corrects=reply.n, why="one digit")
    first, second = alone.page(note).paper.replies
    assert (first.number, first.replaced) == ("№ 1234/дд", True)
    assert (second.number, second.replaced, second.why) == ("№ 1235/дд", False, "one digit")
    assert line.verify_record(alone.node).faults == []


def test_a_note_of_theirs_is_typed_in_and_answered_on_paper(alone: Paper) -> None:
    data = {
        **a_note(message="Посольство имеет честь сообщить следующее."),
        "post": "RU-WAS",
        "paper": {
            "number": "№ 88-н",
            "on": "2026-11-20",
            "received_on": "2026-11-21",
            "place": "Department of State",
            "by_whom": "Attaché",
        },
    }
    theirs = paper.enter_note(alone.node, kind="note", data=data, by="Ada", at=alone.clock())
    shown = alone.page(theirs.on)
    assert (shown.line.by, shown.line.number, shown.line.move) == ("RU", "№ 88-н", "US")
    assert shown.line.state == "received"
    assert queries.waits(alone.node).to_answer_count == 1
    draft = services.draft_answer(
        alone.node,
        notice=theirs.on,
        data={"lines": [{"line": 1, "answer": "answered", "reply": "It is noted."}]},
        by="Ada",
        at=alone.clock(),
    )
    alone.leaves(draft)
    assert alone.page(theirs.on).line.state == "answered"
    assert line.verify_record(alone.node).faults == []


def test_without_a_counterpart_nobody_is_written_to_until_one_is_named(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        clock = Clock()
        desk = Paper(a_node(tmp_path / "us", None, clock), clock)
        with pytest.raises(Refusal) as refused:
            desk.sends()
        assert code_of(refused) == "no-peer"
        for wrong in ("US", "XQ", ""):
            with pytest.raises(Refusal) as refused:
                name_counterpart(desk.node, wrong)
            assert code_of(refused) == "party"
        assert name_counterpart(desk.node, "TR") == "Türkiye"
        assert name_counterpart(desk.node, "ru") == "Russian Federation"
        assert "text_ru" in forms.notice_form(desk.node, "note").fields
        desk.sends()
        with pytest.raises(Refusal) as refused:
            name_counterpart(desk.node, "TR")
        assert code_of(refused) == "has-book"
        forget("alone")


# --- a peer comes

lone, templates, pair = nodes.lone, nodes.templates, nodes.pair


@pytest.fixture
def joined(
    templates: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Paper, nodes.Pair, str]]:
    """XA worked on paper; then XB's node came, and both were introduced."""
    with django_db_blocker.unblock():
        clock = nodes.Clock()
        a = nodes.open_copy(templates / "lone", tmp_path / "one", clock)
        desk = Paper(a, clock)  # type: ignore[arg-type]  # a clock that goes on by seconds too
        note = desk.sends()
        desk.hands_over(note)
        b = nodes.make_node(tmp_path / "other", "XB", "XA")
        b = replace(b, clock=clock)
        nodes.introduce(a, b)
        yield desk, nodes.Pair(a, b), note
        for alias in ("one", "other"):
            forget(alias)


def test_when_a_peer_comes_nothing_crosses_by_itself(
    joined: tuple[Paper, nodes.Pair, str],
) -> None:
    desk, pair, note = joined
    pair.sync()
    assert queries.notices(pair.b).total == 0
    assert desk.page(note).paper.whole
    assert line.verify_record(pair.a).faults == []


def test_what_is_restated_crosses_under_a_new_number_and_names_the_paper_one(
    joined: tuple[Paper, nodes.Pair, str],
) -> None:
    desk, pair, note = joined
    (item,) = ours_alone(pair.a)
    assert (item.id, item.may, item.restated) == (note, True, False)
    draft = restate(pair.a, things=[note], title="Restated", by="Ada", at=desk.clock())
    (entered,) = desk.leaves(draft)
    pair.sync()
    there = queries.page(pair.b, entered.on)
    assert there.line.reference == "XA-MFA/2026/P-001"
    assert there.line.number == "XA-MFA/2026/001"
    shown = desk.page(note).paper
    assert shown.restated is not None
    assert shown.restated.id == entered.on
    back = desk.page(entered.on).paper.restates
    assert back is not None
    assert back.id == note
    (item,) = ours_alone(pair.a)
    assert item.restated
    with pytest.raises(Refusal) as refused:
        restate(pair.a, things=[note], title="Again", by="Ada", at=desk.clock())
    assert code_of(refused) == "restated"


def test_a_register_is_restated_in_the_version_that_it_was_stated_in_on_paper(
    lone: Node, tmp_path: Path
) -> None:
    clock = nodes.Clock()
    desk = Paper(replace(lone, clock=clock), clock)  # type: ignore[arg-type]  # as above
    fields: dict[str, Json] = {"city": {"value": "Bexville"}, "protection": {"value": "reduced"}}
    body: dict[str, Json] = {"sending": "XA", "receiving": "XB", "fields": fields}
    act = DraftedAct(type="post.stated", version=2, on="post/XA-B", body=body)
    desk.leaves(officers.draft(desk.node, acts=[act], title="B", by="Ada", at=clock()))
    other = nodes.make_node(tmp_path / "other", "XB", "XA")
    nodes.introduce(desk.node, other)
    pair = nodes.Pair(desk.node, replace(other, clock=clock))
    desk.leaves(restate(desk.node, things=["post/XA-B"], title="B", by="Ada", at=clock()))
    pair.sync()
    (there,) = missions.posts(pair.b)
    assert {"city", "protection"} == {key for key, each in there.fields.items() if each.stated}
    (item,) = ours_alone(pair.a)
    assert item.restated
    forget("other")


def test_two_officers_who_restate_one_notice_say_it_once(
    joined: tuple[Paper, nodes.Pair, str],
) -> None:
    desk, pair, note = joined
    first = restate(pair.a, things=[note], title="Restated", by="Ada", at=desk.clock())
    with pytest.raises(Refusal) as refused:
        restate(pair.a, things=[note], title="Restated too", by="Ada", at=desk.clock())
    assert code_of(refused) == "drafted"
    officers.discard(pair.a, draft_id=first.id, by="Ada", at=desk.clock())
    again = restate(pair.a, things=[note], title="Restated", by="Ada", at=desk.clock())
    acts = [(act.on, act.n) for row in (first, again) for act in row.acts.all()]
    assert acts[0] == acts[1], "so a second one would be refused by the log itself"
    desk.leaves(again)
    pair.sync()
    assert queries.notices(pair.b).total == 1


def test_a_paper_note_goes_on_on_paper_after_a_peer_came(
    joined: tuple[Paper, nodes.Pair, str],
) -> None:
    desk, pair, note = joined
    desk.passes(days=3)
    desk.types_reply(note)
    draft = services.draft_close(pair.a, notice=note, data={}, by="Ada", at=desk.clock())
    desk.leaves(draft)
    assert desk.page(note).line.state == "closed"
    pair.sync()
    assert queries.notices(pair.b).total == 0
    assert desk.sends() != note
    pair.sync()
    assert queries.notices(pair.b).total == 1
    assert line.verify_record(pair.a).faults == []


def test_with_a_silent_peer_a_notice_of_the_record_goes_on_on_paper_too(pair: nodes.Pair) -> None:
    desk = Paper(pair.a, pair.a.clock)  # type: ignore[arg-type]  # as above
    note = desk.sends()
    desk.hands_over(note)
    shown = desk.page(note)
    assert shown.line.state == "received"
    assert not shown.paper.whole
    desk.passes(days=3)
    desk.types_reply(note)
    assert desk.page(note).line.state == "answered"
    pair.sync()
    answered = services.draft_answer(
        pair.b,
        notice=note,
        data={"lines": [{"line": 1, "answer": "answered", "reply": "By the line."}]},
        by="Cem",
        at=pair.b.clock(),
    )
    officers.clear(pair.b, draft_id=answered.id, by="Dana", at=pair.b.clock())
    officers.release(pair.b, draft_id=answered.id, by="Dana", at=pair.b.clock())
    pair.sync()
    shown = desk.page(note)
    assert [each.value for each in shown.lines[0].now.fields if each.key == "reply"] == [
        "By the line."
    ]
    assert shown.paper.replies[0].void == "already-final"
    assert line.verify_record(pair.a).faults == []
    assert line.state_bytes(pair.a) == line.state_bytes(pair.b)


def test_a_note_names_those_that_it_refers_to_by_number_and_day(alone: Paper) -> None:
    def text_of(*refers: str) -> str:
        given = {"post": "US-MFA", **a_note(), "languages": ["en", "ru", "tr"], "refers": [*refers]}
        draft = services.draft_notice(
            alone.node, kind="note", data=given, by="Ada", at=alone.clock()
        )
        body: Any = decode(bytes(draft.acts.get().body))
        return " ".join(text["text"] for text in body["texts"])

    one, two = alone.sends(), alone.sends()
    first, second = (queries.page(alone.node, each).line.number for each in (one, two))
    assert "reference" not in text_of()
    named = text_of(first)
    assert f" and, with reference to note No. {first} of 23 November 2026, " in named
    assert f" и, ссылаясь на ноту № {first} от {day_in_words('2026-11-23', 'ru')}, " in named
    assert f" ve 23 Kasım 2026 tarihli ve {first} sayılı notaya atıfla " in named
    both = text_of(one, two)
    assert f"notes No. {first} of 23 November 2026 and No. {second} of 23 November 2026," in both


def test_a_reply_is_not_dated_before_the_delivery(alone: Paper) -> None:
    note = alone.sends()
    alone.passes(days=4)
    alone.hands_over(note, on="2026-11-25")
    with pytest.raises(Refusal, match="recorded for 2026-11-25") as refused:
        alone.types_reply(note, on="2026-11-24")
    assert code_of(refused) == "before-delivery"
    alone.types_reply(note, on="2026-11-25")
