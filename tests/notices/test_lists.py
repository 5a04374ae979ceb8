"""Lists, filters and counts: right, and the same number of queries however many notices."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from legation.notices import queries
from legation.notices.queries import Filters, NoticeList
from line.acts import a_note as a_raw_note
from notices.conftest import Desks, a_note, an_access


@pytest.fixture
def some(desks: Desks) -> Desks:
    """Two of ours and two of theirs, one of each answered; one of ours from a post."""
    fence = desks.a.sends("note", **a_note())
    desks.a.sends("premises.access", **an_access(post="post/US-MOW"))
    desks.b.sends("note", **a_note(subject="A gate", message="Забор посольства перенесён."))
    gate = desks.b.sends("premises.access", **an_access(premises="premises/P10", name="A dacha"))
    desks.sync()
    desks.b.answers(fence, "answered", reply="Yes.")
    desks.a.answers(gate, "refused")
    desks.sync()
    return desks


def _titles(shown: NoticeList) -> set[str]:
    return {row.title for row in shown.rows}


FILTERS: dict[str, tuple[Filters, set[str]]] = {
    "none": (Filters(), {"A fence", "Norwich House", "A gate", "A dacha"}),
    "a state": (Filters(state="answered"), {"A fence", "A dacha"}),
    "ours": (Filters(by="ours"), {"A fence", "Norwich House"}),
    "theirs": (Filters(by="theirs"), {"A gate", "A dacha"}),
    "our move": (Filters(move="ours"), {"A gate"}),
    "their move": (Filters(move="theirs"), {"Norwich House"}),
    "a kind": (Filters(kind="note"), {"A fence", "A gate"}),
    "a post": (Filters(post="post/US-MOW"), {"Norwich House"}),
    "words in any case": (Filters(text="NORWICH"), {"Norwich House"}),
    "words in Cyrillic, in any case": (Filters(text="ЗАБОР посольства"), {"A gate"}),
    "words of the form": (Filters(text="roof"), {"Norwich House", "A dacha"}),
    "a number": (Filters(text="us-mow/2026/001"), {"Norwich House"}),
    "two at once": (Filters(by="ours", state="answered"), {"A fence"}),
    "two that exclude each other": (Filters(by="theirs", post="post/US-MOW"), set()),
}


@pytest.mark.parametrize("case", FILTERS)
def test_a_filter_lets_through_what_it_says(some: Desks, case: str) -> None:
    filters, titles = FILTERS[case]
    shown = queries.notices(some.a.node, filters)
    assert _titles(shown) == titles
    assert shown.total == len(titles)


def test_each_filter_s_count_is_what_its_link_shows(some: Desks) -> None:
    for start in (Filters(), Filters(by="ours"), Filters(text="roof"), Filters(move="theirs")):
        for name, choices in queries.notices(some.a.node, start).facets.items():
            for choice in choices:
                linked = Filters.read(dict(_pairs(choice.link)))
                assert getattr(linked, name) == choice.value
                assert queries.notices(some.a.node, linked).total == choice.count, choice.link


def _pairs(query: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl  # noqa: PLC0415

    return parse_qsl(query)


def test_both_sides_see_the_same_notices_each_from_its_own_side(some: Desks) -> None:
    ours, theirs = (queries.notices(desk.node) for desk in (some.a, some.b))
    assert {row.id: (row.by, row.state, row.move) for row in ours.rows} == {
        row.id: (row.by, row.state, row.move) for row in theirs.rows
    }
    here = queries.notices(some.a.node, Filters(by="ours")).rows
    there = queries.notices(some.b.node, Filters(by="theirs")).rows
    assert [row.id for row in here] == [row.id for row in there]


def test_pages_hold_every_notice_once_newest_first(desks: Desks) -> None:
    desks.pair.a.append(*(a_raw_note(n=n) for n in range(1, 8)))
    desks.tick(60)
    desks.pair.a.append(*(a_raw_note(n=n) for n in range(8, 13)))
    seen: list[str] = []
    for page in (1, 2, 3):
        shown = queries.notices(desks.a.node, page=page, size=5)
        assert (shown.page, shown.pages, shown.total) == (page, 3, 12)
        assert bool(shown.before) == (page > 1)
        assert bool(shown.after) == (page < 3)
        seen += [row.id for row in shown.rows]
    assert len(seen) == len(set(seen)) == 12
    assert {int(name[-2:], 16) for name in seen[:5]} == {8, 9, 10, 11, 12}


def _asked(desks: Desks, read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connections[desks.pair.a.alias]) as asked:
        read()
    return len(asked)


def test_no_list_count_or_page_asks_more_queries_when_there_are_more_notices(
    desks: Desks,
) -> None:
    node = desks.a.node
    note = desks.a.sends("note", **a_note())
    desks.sync()
    desks.b.answers(note, "noted")
    desks.sync()
    reads: dict[str, tuple[Callable[[], Any], int]] = {
        "list": (lambda: queries.notices(node), 2),
        "search": (lambda: queries.notices(node, Filters(text="fence", by="ours")), 2),
        "last page": (lambda: queries.notices(node, page=10_000), 2),
        "waits": (lambda: queries.waits(node), 4),
        "counts": (lambda: queries.counts(node), 1),
        "page": (lambda: queries.page(node, note), 6),
        "paper": (lambda: queries.print_view(node, note), 6),
        "arrived": (lambda: queries.arrived(node, since=node.clock()), 3),
        "about": (lambda: queries.about(node, "premises/P2"), 1),
    }
    few = {name: _asked(desks, read) for name, (read, _most) in reads.items()}
    desks.pair.a.append(*(a_raw_note(n=n) for n in range(1, 300)))
    desks.pair.b.append(*(a_raw_note("RU", n=n) for n in range(1, 300)))
    desks.sync()
    many = {name: _asked(desks, read) for name, (read, _most) in reads.items()}
    assert many == few
    assert all(many[name] <= most for name, (_read, most) in reads.items()), many
