"""The index says what the rows say: kept in the same transaction, and made anew by the doctor."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from legation.line.queries.book import each_thing
from legation.line.services.effects import Row
from legation.line.services.rebuilding import rebuild
from legation.missions.models import ChronicleEntry
from legation.missions.search import of_facts
from legation.officers import services as officers
from legation.search import effects, queries, services
from legation.search.models import Document
from notices.conftest import Desks, a_note, an_access

MOST_QUERIES = 2


def titles(node: Any, text: str) -> list[str]:
    return [hit.title for hit in queries.find(node, text).rows]


def test_a_notice_is_found_on_both_nodes_by_title_number_form_and_text(desks: Desks) -> None:
    desks.a.sends("premises.access", **an_access(post="post/US-MOW"))
    desks.b.sends("note", **a_note(subject="A gate", message="Забор посольства перенесён."))
    desks.sync()
    for side in (desks.a, desks.b):
        for typed in ("norwich", "NORW house", "us-mow/2026/001", "roof"):
            assert titles(side.node, typed) == ["Norwich House"], typed
        for typed in ("забор", "ПОСОЛЬСТВ перенесен", "posol'stva", "Zabor perenesen"):
            assert titles(side.node, typed) == ["A gate"], typed


def test_an_answer_s_words_find_the_notice(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    desks.sync()
    assert titles(desks.a.node, "hedgehog") == []
    desks.b.answers(note, "answered", reply="A hedgehog lived there.")
    desks.sync()
    assert titles(desks.a.node, "hedgehogs") == []
    assert titles(desks.a.node, "hedgeh") == ["A fence"]


def test_a_draft_is_found_until_it_has_left_and_never_by_the_other_side(desks: Desks) -> None:
    node = desks.a.node
    draft = desks.a.drafts("note", **a_note(subject="Zeppelin", message="Over the park."))
    assert [(hit.key, hit.ours_only) for hit in queries.find(node, "zeppel").rows] == [
        (draft.id, True)
    ]
    desks.a.leaves(draft)
    desks.sync()
    for side in (desks.a, desks.b):
        assert [hit.key.partition("/")[0] for hit in queries.find(side.node, "zeppel").rows] == [
            "notice"
        ]


def test_a_discarded_draft_is_found_no_longer(desks: Desks) -> None:
    draft = desks.a.drafts("note", **a_note(subject="Zeppelin"))
    officers.discard(desks.a.node, draft_id=draft.id, by="Ada", at=desks.a.now())
    assert titles(desks.a.node, "zeppelin") == []


def kept(node: Any) -> list[Row]:
    return sorted(effects.rows(node), key=lambda row: row[:2])


def test_the_doctor_makes_the_same_index_anew(desks: Desks) -> None:
    desks.a.sends("note", **a_note())
    desks.b.sends("premises.access", **an_access())
    desks.sync()
    desks.a.drafts("note", **a_note(subject="Zeppelin"))
    before = kept(desks.a.node)
    assert len(before) >= 3
    with connections[desks.a.node.alias].cursor() as cursor:
        cursor.execute("UPDATE search_words SET head = 'nonsense'")
    assert kept(desks.a.node) != before
    rebuild(desks.a.node)
    assert kept(desks.a.node) == before
    assert titles(desks.a.node, "zeppelin fence moved") == ["Note: Zeppelin"]


def test_to_find_takes_two_questions_however_many_there_are(desks: Desks) -> None:
    for count in (1, 12):
        for number in range(count):
            desks.a.sends("note", **a_note(subject=f"Fence {number}"))
        with CaptureQueriesContext(connections[desks.a.node.alias]) as asked:
            assert queries.find(desks.a.node, "fence", most=5).rows
        assert len(asked) <= MOST_QUERIES
    assert queries.find(desks.a.node, "fence", most=5).more


@pytest.mark.parametrize("typed", ['"', "a OR", "NEAR(", "head:x", "*", "'", "(", "x y -z", "ʹ"])
def test_signs_are_not_read_as_orders(desks: Desks, typed: str) -> None:
    queries.find(desks.a.node, typed)


def test_what_is_called_so_comes_before_what_only_says_so(desks: Desks) -> None:
    desks.a.sends("note", **a_note(subject="Gate", message="One."))
    desks.a.sends("note", **a_note(subject="Fence", message="The gate stays."))
    assert titles(desks.a.node, "gate") == ["Gate", "Fence"]
    assert Document.objects.using(desks.a.node.alias).filter(key__startswith="notice/").count() == 2


def test_a_thing_as_it_was_made_gives_the_words_of_the_thing_as_it_is_kept(desks: Desks) -> None:
    """The doctor compares what a fold wrote with what the stored things say."""
    desks.a.sends("premises.access", **an_access(purpose="Zebra. Apple."))
    desks.b.sends("note", **a_note(message="Второй. Первый."))
    desks.sync()
    for side in (desks.a, desks.b):
        wanted = sorted(effects.expected(side.node, each_thing(side.node)), key=lambda r: r[:2])
        assert kept(side.node) == wanted


def test_a_dossier_s_facts_are_found_by_any_word_as_ours_only(desks: Desks) -> None:
    row = ChronicleEntry(section="facts", key="F1", content={"title": "Дача закрыта", "n": 1})
    services.put(desks.a.node, of_facts([row]))
    (hit,) = queries.find(desks.a.node, "dacha zakryta").rows
    assert (hit.page, hit.arg, hit.ours_only) == ("missions:fact", "F1", True)
