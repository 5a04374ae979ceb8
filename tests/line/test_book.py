"""The book: what is on paper means what it would mean in the record, and never enters a log."""

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.acts.book import fold_book, ground
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.places import BOOK
from legation.errors import Refusal
from legation.line import queries as line
from legation.line import services
from legation.line.filestore import FileStore
from legation.line.models import BookEntry, BookThing, Log
from legation.line.node import Node
from legation.line.queries import book as reading
from legation.line.services import NewAct, booked, files
from legation.line.services import book as writing
from legation.line.services.book import Typed
from legation.line.services.rebuilding import rebuild
from line.acts import a_note, an_answer


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    with django_db_blocker.unblock():
        nodes.make_templates(folder)
    return folder


lone, pair = nodes.lone, nodes.pair


def leaves_on_paper(node: Node, n: int = 1) -> services.Entered:
    return writing.enter(node, [a_note("XA", n=n)], by="Ada", at=node.clock())[0]


def typed_answer(node: Node, note: services.Entered, **changes: Any) -> Typed:
    given = an_answer(a_note("XA"), note.leaf, "answered", reply="It was.")
    told: dict[str, Any] = {
        "type": given.type,
        "on": note.on,
        "body": given.body,
        "re": note.leaf,
        "number": "№ 1234/дд",
        "at": node.clock(),
        **changes,
    }
    return Typed(**told)


def a_notice(node: Node, name: str) -> NoticeState:
    found = reading.thing(node, name)
    assert isinstance(found, NoticeState)
    return found


def test_a_note_on_paper_takes_the_next_number_of_its_own_series(lone: Node) -> None:
    numbers = [leaves_on_paper(lone, n).number for n in (1, 2, 3)]
    assert [number.rpartition("/")[2] for number in numbers] == ["P-001", "P-002", "P-003"]
    assert not Log.objects.using("lone").exists()


def test_the_number_of_paper_is_no_number_of_the_record(pair: nodes.Pair) -> None:
    on_paper = writing.enter(pair.a, [a_note("XA")], by="Ada", at=pair.a.clock())[0]
    in_log = services.append(pair.a, [a_note("XA", n=2)], at=pair.a.clock())[0]
    assert on_paper.number.endswith("/P-001")
    assert in_log.number.endswith("/001")


def test_a_typed_reply_answers_the_note(lone: Node) -> None:
    note = leaves_on_paper(lone)
    writing.type_in(lone, typed_answer(lone, note), by="Ada", at=lone.clock())
    assert a_notice(lone, note.on).standing == "answered"


def test_a_second_final_reply_is_refused(lone: Node) -> None:
    note = leaves_on_paper(lone)
    writing.type_in(lone, typed_answer(lone, note), by="Ada", at=lone.clock())
    with pytest.raises(Refusal) as refused:
        writing.type_in(lone, typed_answer(lone, note), by="Ada", at=lone.clock())
    assert refused.value.code == "already-final"
    assert BookEntry.objects.using("lone").count() == 2


def test_what_was_mistyped_is_corrected_and_stays_as_history(lone: Node) -> None:
    note = leaves_on_paper(lone)
    first = writing.type_in(lone, typed_answer(lone, note), by="Ada", at=lone.clock())
    again = typed_answer(lone, note, number="№ 1235/дд")
    writing.correct(lone, first.index - BOOK, again, why="a digit", by="Bela", at=lone.clock())
    numbers = [(row.number, row.replaced_by) for row in reading.entries(lone, note.on)]
    assert numbers[1:] == [("№ 1234/дд", 2), ("№ 1235/дд", None)]
    assert a_notice(lone, note.on).standing == "answered"
    assert line.verify_record(lone).faults == []


def test_what_left_is_not_corrected(lone: Node) -> None:
    note = leaves_on_paper(lone)
    with pytest.raises(Refusal) as refused:
        writing.correct(lone, 0, typed_answer(lone, note), why="a digit", by="Ada", at=lone.clock())
    assert refused.value.code == "not-typed"


def test_an_answer_in_the_record_counts_and_the_one_on_paper_stands_beside_it(
    pair: nodes.Pair,
) -> None:
    note = services.append(pair.a, [a_note("XA")], at=pair.a.clock())[0]
    pair.sync()
    writing.type_in(pair.a, typed_answer(pair.a, note), by="Ada", at=pair.a.clock())
    assert a_notice(pair.a, note.on).standing == "answered"
    shared = line.thing(pair.a, note.on)
    assert isinstance(shared, NoticeState)
    assert shared.standing == "released"
    answer = an_answer(a_note("XA"), note.leaf, "answered", reply="It was.")
    services.append(pair.b, [answer], at=pair.b.clock())
    pair.sync()
    counting = a_notice(pair.a, note.on).line(1).final
    assert counting is not None
    assert counting.index < BOOK
    (entry,) = reading.entries(pair.a, note.on)
    assert entry.void == "already-final"
    assert line.state_bytes(pair.a) == line.state_bytes(pair.b)
    assert line.verify_record(pair.a).faults == []


def test_a_withdrawal_that_came_later_does_not_unsay_their_reply(pair: nodes.Pair) -> None:
    note = services.append(pair.a, [a_note("XA")], at=pair.a.clock())[0]
    writing.type_in(pair.a, typed_answer(pair.a, note), by="Ada", at=pair.a.clock())
    gone = NewAct(type="notice.withdrawn", on=note.on, body={}, re=note.leaf)
    services.append(pair.a, [gone], at=pair.a.clock())
    now = a_notice(pair.a, note.on)
    assert now.withdrawn is not None
    assert now.answered


def a_city(city: str) -> NewAct:
    return NewAct(
        type="post.stated",
        on="post/XA-BEX",
        body={"sending": "XA", "receiving": "XB", "fields": {"city": {"value": city}}},
    )


def city_of(node: Node) -> object:
    post: Any = reading.thing(node, "post/XA-BEX")
    return post.now("city").value


def test_what_the_record_says_later_stands_over_what_was_stated_on_paper(
    pair: nodes.Pair,
) -> None:
    writing.enter(pair.a, [a_city("Bexville")], by="Ada", at=pair.a.clock())
    assert city_of(pair.a) == "Bexville"
    assert line.thing(pair.a, "post/XA-BEX") is None
    services.append(pair.a, [a_city("New Bex")], at=pair.a.clock())
    assert city_of(pair.a) == "New Bex"
    writing.enter(pair.a, [a_city("Newest Bex")], by="Ada", at=pair.a.clock())
    assert city_of(pair.a) == "Newest Bex"
    assert line.verify_record(pair.a).faults == []


def test_rows_dropped_and_made_anew_hold_the_book_again(lone: Node) -> None:
    note = leaves_on_paper(lone)
    writing.type_in(lone, typed_answer(lone, note), by="Ada", at=lone.clock())
    before = dict(BookThing.objects.using("lone").values_list("id", "body"))
    BookThing.objects.using("lone").all().delete()
    assert not line.verify_record(lone).ok
    rebuild(lone)
    assert dict(BookThing.objects.using("lone").values_list("id", "body")) == before
    assert line.verify_record(lone).faults == []


def test_a_column_changed_behind_the_program_is_found(lone: Node) -> None:
    leaves_on_paper(lone)
    BookEntry.objects.using("lone").update(number="XA-MFA/2026/P-007")
    assert "number" in {fault.what for fault in line.verify_record(lone).faults}


def _at_chance(node: Node, seed: int) -> None:
    """Do a dozen things on paper; what is refused was nothing."""
    dice = random.Random(seed)
    notes: list[services.Entered] = []
    for step in range(14):
        at: datetime = node.clock()
        deed = dice.choice(("send", "answer", "correct", "withdraw", "state"))
        try:
            if deed == "send" or not notes:
                notes.append(leaves_on_paper(node, step + 1))
            elif deed == "answer":
                given = typed_answer(node, dice.choice(notes))
                writing.type_in(node, given, by="Ada", at=at)
            elif deed == "correct":
                row = dice.choice(list(BookEntry.objects.using(node.alias).exclude(party="XA")))
                note = next(each for each in notes if each.on == row.on)
                again = typed_answer(node, note, number=f"№ {step}")
                writing.correct(node, row.n, again, why="a digit", by="Ada", at=at)
            elif deed == "withdraw":
                note = dice.choice(notes)
                gone = NewAct(type="notice.withdrawn", on=note.on, body={}, re=note.leaf)
                writing.enter(node, [gone], by="Ada", at=at)
            else:
                writing.enter(node, [a_city(f"City {step}")], by="Ada", at=at)
        except (Refusal, IndexError):
            continue


@pytest.mark.parametrize("seed", range(5))
def test_folding_each_subject_alone_gives_what_folding_all_gives(lone: Node, seed: int) -> None:
    _at_chance(lone, seed)
    rows = BookEntry.objects.using("lone").filter(replaced_by=None).order_by("place")
    whole = dict(_folded(lone, list(rows)))
    apart: dict[str, object] = {}
    for on in sorted({row.on for row in rows}):
        apart |= dict(_folded(lone, [row for row in rows if row.on == on]))
    assert whole
    assert apart == whole
    assert line.verify_record(lone).faults == []


def _folded(node: Node, rows: list[BookEntry]) -> Iterator[tuple[str, object]]:
    state = ground({}, reading.parties(node), node.catalogue)
    leaves = booked.corrected(node)
    fold_book(state, [reading.placed(row, leaves) for row in rows])
    yield from state.changed.items()


def test_bytes_of_a_file_that_are_gone_are_told_without_a_peer_too(lone: Node) -> None:
    leaves_on_paper(lone)
    ref = files.stage(lone, b"a scan", name="scan", media_type="image/png", at=lone.clock())
    assert line.verify_record(lone).faults == []
    FileStore(lone.home).destroy(ref.root.text)
    (fault,) = line.verify_record(lone).faults
    assert (fault.row, fault.what) == (ref.root.text[:12], "its bytes are missing")
