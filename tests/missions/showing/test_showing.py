"""What a board is asked for and how its rows and days are laid out, without a desk."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from django.utils import translation

from legation.errors import Refusal
from legation.missions.readiness.messages import Message
from legation.missions.readiness.verdict import Board, Cell, CellState, Standing, Verdict
from legation.missions.showing.asked import Asked, read_asked, read_day, read_sizes
from legation.missions.showing.days import after, before
from legation.missions.showing.rows import counts_of, groups_of, worth_reading
from legation.missions.templatetags.readiness import breakable
from legation.ui.templatetags.articles import treaties
from legation.ui.templatetags.parts import partial_day

TODAY = date(2026, 11, 1)
PARTIES = ("XA", "XB")
SAID = Message(code="said", text="Said")


def a_cell(state: CellState = "in_order", *silent: str) -> Cell:
    return Cell(essential="money", state=state, reason=SAID, silent=silent)


def a_verdict(post: str, standing: Standing = "operates", **cells: Cell) -> Verdict:
    sending = post.partition("/")[2][:2]
    return Verdict(
        post=post,
        sending=sending,
        receiving="XB" if sending == "XA" else "XA",
        type="embassy",
        city="",
        standing=standing,
        sentence=SAID,
        cells=cells,
    )


def a_board(*verdicts: Verdict) -> Board:
    return Board(on=TODAY, parties=PARTIES, verdicts=verdicts, thresholds={})


@pytest.mark.parametrize(
    "asked",
    [
        Asked(on=TODAY),
        Asked(on=date(2025, 4, 10), dated=True),
        Asked(on=TODAY, own=False, of="theirs"),
        Asked(on=date(2018, 3, 31), dated=True, recorded={"XA": 3, "XB": 0}, of="ours"),
    ],
)
def test_what_is_asked_for_stands_in_the_address_whole(asked: Asked) -> None:
    assert read_asked(dict(parse_qsl(asked.query())), TODAY, PARTIES) == asked
    assert dict(parse_qsl(asked.query())) == dict(asked.hidden())


def test_what_cannot_be_read_is_left_out_and_told() -> None:
    asked = read_asked({"at": "soon", "recorded": "XZ:1", "of": "all"}, TODAY, PARTIES)
    assert (asked.on, asked.recorded, asked.of) == (TODAY, None, "both")
    assert [each.code for each in asked.wrong] == ["day", "recorded"]


@pytest.mark.parametrize("text", ["2025-4-1", "20250410", "1499-12-31", "2037-01-01", "", "٢٠٢٥"])
def test_a_day_has_one_form_and_lies_within_what_one_may_ask(text: str) -> None:
    with pytest.raises(Refusal):
        read_day(text, TODAY)


@pytest.mark.parametrize("text", ["XA", "XA:-1", "XA:1;XB:1", "XA:1,XA:2", "XA:9999999999999"])
def test_the_record_as_it_was_is_named_by_sizes(text: str) -> None:
    with pytest.raises(Refusal):
        read_sizes(text, PARTIES)


def test_one_s_own_posts_stand_on_top_on_either_desk() -> None:
    board = a_board(
        a_verdict("post/XA-1", "closed"), a_verdict("post/XA-2"), a_verdict("post/XB-1")
    )
    ours, theirs = groups_of(board, "XA"), groups_of(board, "XB")
    assert [group.sending for group in ours] == ["XA", "XB"]
    assert theirs == ours[::-1]
    assert [row.key for row in ours[0].rows] == ["XA-2", "XA-1"]


def test_closed_posts_have_no_unknown_cells_and_count_among_all() -> None:
    board = a_board(
        a_verdict("post/XA-1", "closed", money=a_cell("unknown", "XA")),
        a_verdict("post/XA-2", "strained", money=a_cell("unknown", "XA", "XB")),
        a_verdict("post/XB-1", "unknown", money=a_cell("not_applicable")),
    )
    counts = counts_of(groups_of(board, "XA"))
    assert (counts.posts, counts.operating) == (3, 1)
    assert (counts.cells, counts.unknown) == (1, 1)
    assert counts.silent == {"XA": 1, "XB": 1}


def test_without_a_cause_no_post_is_told_of_at_length() -> None:
    assert worth_reading(groups_of(a_board(a_verdict("post/XA-1")), "XA")) is None


def test_the_way_leads_from_one_change_to_the_next_and_ends() -> None:
    days = (date(2017, 1, 1), date(2018, 1, 1))
    assert before(days, date(2018, 1, 1)) == date(2017, 1, 1)
    assert before(days, date(2018, 1, 2)) == date(2018, 1, 1)
    assert before(days, date(2017, 1, 1)) is None
    assert after(days, date(2017, 1, 1)) == date(2018, 1, 1)
    assert after(days, date(2018, 1, 1)) is None


def test_a_word_that_breaks_is_the_same_word() -> None:
    for word in ("Communications", "Коммуникации", "Continuity and reciprocity", "money"):
        assert breakable(word).replace("\u00ad", "") == word
    assert breakable("money") == "money"
    assert "\u00ad" in breakable("Communications")


def test_a_treaty_is_named_once() -> None:
    assert treaties(("VCDR 7", "VCDR 9", "VCCR 19")) == "VCDR 7, 9; VCCR 19"
    with translation.override("ru"):
        assert treaties(("VCDR 7", "VCDR 9", "ARSIWA 49")) == "ВКДС 7, 9; ARSIWA 49"


def test_a_month_in_russian_is_declined_after_since_and_not_by_itself() -> None:
    with translation.override("ru"):
        assert (partial_day("2016-06"), partial_day("2016-06", "within")) == (
            "Июнь 2016",
            "июня 2016",
        )
        assert partial_day("2016-06-06") == "6 июня 2016"
