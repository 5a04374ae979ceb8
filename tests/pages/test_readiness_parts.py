"""Cells, marks and sentences of a board as a page draws them, from verdicts made by hand."""

import re
from dataclasses import replace

import pytest
from django.template import Context, Template
from django.utils.translation import override

from legation.missions.readiness.facts import Ground
from legation.missions.readiness.messages import Message
from legation.missions.readiness.verdict import Cause, Cell, CellState, Verdict
from legation.missions.readiness.words import since_day, word
from legation.missions.showing.marks import CELLS, STANDINGS
from legation.missions.showing.rows import columns, row_of
from legation.missions.templatetags.readiness import ground, said

OWN = type("Own", (), {"code": "XA"})


def drawn(cell: Cell, **context: bool) -> str:
    verdict = Verdict(
        post="post/XA-1",
        sending="XA",
        receiving="XB",
        type="embassy",
        city="Bex",
        standing="strained",
        sentence=cell.reason,
        cells={"money": cell},
    )
    template = Template("{% load readiness %}{% cells row columns 'at=2025-04-10&own=0' %}")
    return template.render(Context({"row": row_of(verdict), "columns": columns(), **context}))


def a_cell(state: CellState, text: str = "Why") -> Cell:
    return Cell(essential="money", state=state, reason=Message(code="why", text=text))


@pytest.mark.parametrize("state", CELLS)
def test_a_state_is_colour_shape_and_word(state: CellState) -> None:
    html = drawn(a_cell(state))
    mark = CELLS[state]
    assert f'class="cell is-{mark.tone}"' in html
    assert f"#{mark.icon}" in html
    assert f"Money. {mark.word}: " in html


def test_no_two_states_share_a_shape() -> None:
    for table in (CELLS, STANDINGS):
        assert len({mark.icon for mark in table.values()}) == len(table)


def test_contested_and_ours_only_are_said_on_the_cell_and_only_there() -> None:
    assert "contested" in drawn(replace(a_cell("strained"), contested=True))
    assert "Ours only" in drawn(replace(a_cell("strained"), ours=True))
    plain = drawn(a_cell("strained"))
    assert "contested" not in plain
    assert "Ours only" not in plain


def test_what_a_cell_says_is_text_and_its_link_leads_to_its_essential() -> None:
    html = drawn(a_cell("blocked", "<script>&"))
    assert "<script>" not in html
    assert "&lt;script&gt;&amp;" in html
    assert 'href="/readiness/XA-1/?at=2025-04-10&amp;own=0#money"' in html
    assert html.count("<td") == len(columns())


def test_a_cell_says_its_reason_briefly_and_all_reasons_whole_in_its_title() -> None:
    slow = word("slow", "Payments are slow", "Payments slow")
    reasons = [
        Message(
            code="bank",
            text="{bank}: {what}",
            short="{what}",
            values={"bank": "A & B"},
            parts={"what": (since_day(slow, "2025-02-27"),)},
        ),
        word("closed", "Account closed"),
    ]
    causes = tuple(
        Cause(
            key=f"{n}",
            lift="",
            essential="money",
            state="strained",
            what=each,
            remedy=each,
            move=(),
        )
        for n, each in enumerate(reasons)
    )
    cell = replace(a_cell("strained"), reason=reasons[0], causes=causes)
    html = drawn(cell)
    assert "</span>Payments slow since 2025</span>" in html
    assert 'title="A &amp; B: Payments are slow since 27 February 2025. Account closed."' in html
    assert ">+1<" in html
    whole = drawn(cell, whole_reasons=True)
    assert "</span>A &amp; B: Payments are slow since 27 February 2025</span>" in whole
    assert "title" not in drawn(a_cell("unknown", "Not stated by XB"))


def test_days_and_parts_of_a_sentence_are_said_in_the_reader_s_language() -> None:
    closed = Message(code="closed", text="Closed")
    whole = Message(
        code="since",
        text="{what} by {by} since {day}",
        values={"by": "XB", "day": "2018-03-31"},
        parts={"what": (closed,)},
    )
    assert said(whole) == "Closed by XB since 31 March 2018"
    with override("ru"):
        assert "31 марта 2018" in said(whole)


@pytest.mark.parametrize(
    ("one", "address"),
    [
        (Ground(kind="act", party="XA", ref="XA:7"), "/record/own/7/"),
        (Ground(kind="act", party="XB", ref="XB:7"), "/record/peer/7/"),
        (Ground(kind="fact", party="XA", ref="F1"), "/chronicle/fact/F1/"),
        (Ground(kind="own", party="XB", ref="post/XB-1"), "/posts/XB-1/"),
        (Ground(kind="own", party="XB", ref="regime/R1"), "/posts/"),
        (Ground(kind="own", party="XB", ref="unheard/1"), ""),
        (Ground(kind="notice", party="XB", ref="notice/seen"), "/notices/seen/"),
        (Ground(kind="notice", party="XB", ref="notice/unseen"), ""),
        (Ground(kind="paper", party="XB", ref="notice/unseen"), ""),
    ],
)
def test_what_a_cell_rests_on_opens_where_it_can_be_read(one: Ground, address: str) -> None:
    context = Context({"own": OWN, "notices_in_sight": {"notice/seen"}})
    html = ground(context, one)
    assert re.findall(r'href="([^"]*)"', html) == ([address] if address else [])
