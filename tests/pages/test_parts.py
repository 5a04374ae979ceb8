"""The parts that pages are made of: marks, clocks, codes, and the icons they draw."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

import legation
from legation.desk.wording import EVENTS
from legation.ui.clocks import _table, clock_of
from legation.ui.codes import code_of, range_of
from legation.ui.marks import MARKS, PLAIN, mark_of, party_marks
from legation.ui.templatetags.parts import flat, length, partial_day, placed

SOURCE = Path(legation.__file__).parent
SPRITE = (SOURCE / "ui/static/legation/icons.svg").read_text(encoding="utf-8")
NAMED = [r'\{% icon "([a-z0-9-]+)"', r'\{% pill "[a-z]+" \w+ "([a-z0-9-]+)"']
NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)


def drawn() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.html"))
    found = {name for pattern in NAMED for name in re.findall(pattern, text)}
    marks = {mark.icon for mark in (*MARKS.values(), PLAIN)}
    return found | marks | {icon for icon, _, _ in EVENTS.values()} | {"circle-check", "hourglass"}


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    """After naming a new one: ops/ui/build.sh."""
    there = set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE))
    assert drawn() - there == set()


def test_a_state_has_a_tone_that_the_style_sheet_knows_and_a_word() -> None:
    sheet = (SOURCE / "ui/static/legation/css/parts.css").read_text(encoding="utf-8")
    tones = set(re.findall(r"\.is-([a-z]+) \{ --c", sheet))
    assert {mark.tone for mark in MARKS.values()} <= tones
    assert all(mark.word for mark in MARKS.values())


def test_a_state_that_no_table_knows_is_shown_by_its_own_word() -> None:
    assert mark_of("on_the_way").word == "On the way"


def test_a_party_has_the_same_hue_on_both_desks_and_never_that_of_the_other() -> None:
    ours = party_marks([("US", "United States"), ("RU", "Russian Federation")])
    theirs = party_marks([("RU", "Russian Federation"), ("US", "United States")])
    assert ours == theirs
    assert ours["US"].hue != ours["RU"].hue


def test_every_clock_keeps_a_zone_that_exists() -> None:
    assert {zone for _, zone in _table().values()} - available_timezones() == set()


@pytest.mark.parametrize(
    ("party", "place", "hour"), [("US", "Washington", 12), ("RU", "Moscow", 20), ("XA", "UTC", 17)]
)
def test_a_clock_shows_the_hour_of_its_place(party: str, place: str, hour: int) -> None:
    clock = clock_of(party)
    assert (clock.place, clock.local(NOW).hour) == (place, hour)


@given(leaf=st.binary(min_size=32, max_size=32))
def test_a_code_stands_for_the_leaf_it_was_made_of(leaf: bytes) -> None:
    between = range_of(code_of(leaf).lower())
    assert between is not None
    assert between[0] <= leaf <= between[1]
    assert code_of(between[0]) == code_of(between[1]) == code_of(leaf)


@given(text=st.text(max_size=20))
def test_what_is_no_code_is_none(text: str) -> None:
    found = range_of(text)
    assert found is None or code_of(found[0]).replace("-", "") == re.sub("[- ]", "", text).upper()


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=119), "119 seconds"),
        (timedelta(minutes=2), "2 minutes"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(days=42, hours=5), "42 days"),
        (timedelta(seconds=-5), "0 seconds"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_fitting_unit(passed: timedelta, said: str) -> None:
    assert length(passed.total_seconds()) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [("2018-04-24", "24 April 2018"), ("2021-06", "June 2021"), ("2021", "2021"), ("soon", "soon")],
)
def test_a_day_is_shown_as_far_as_it_is_known(written: str, said: str) -> None:
    assert partial_day(written) == said


def test_what_release_fills_in_is_marked_and_the_rest_stays_text() -> None:
    shown = placed("No. {number} <b>of</b> {p1.name}")
    assert "No. <mark" in shown
    assert "number, set at release" in shown
    assert ">person 1: Name</mark>" in shown
    assert "&lt;b&gt;of&lt;/b&gt;" in shown


def test_a_nested_value_is_told_row_by_row() -> None:
    told = flat({"texts": [1], "lines": [{"line": 1, "answer": "granted"}], "final": True}, "texts")
    assert told == [("Lines › Line", "1"), ("Lines › Answer", "granted"), ("Final", "yes")]


def test_a_day_is_shown_in_words_and_an_entry_of_a_list_on_a_line_of_its_own() -> None:
    people = [{"ward": "Surgery", "until": "2026-12-31"}, {"ward": "2026-02-31 <b>"}]
    template = Template(
        "{% load parts %}{% shown_value day %}|{% shown_value no_day %}|{% shown_value people %}"
    )
    shown = template.render(
        Context({"day": "2026-12-10", "no_day": "2026-02-31", "people": people})
    )
    assert shown == (
        "10 December 2026|2026-02-31|1. Ward: Surgery; Until: 31 December 2026<br>"
        "2. Ward: 2026-02-31 &lt;b&gt;"
    )


def test_an_instant_is_shown_with_the_place_whose_clock_it_is() -> None:
    template = Template(
        "{% load parts %}{% moment at %}|{% moment at 'plain' %}|{% shown_value v %}"
    )
    shown = template.render(
        Context({"at": NOW, "home_clock": clock_of("RU"), "v": "2027-01-20T10:00-05:00"})
    )
    text = re.sub(r"<[^>]+>", "", shown)
    assert text == (
        "23 November 2026, 20:45 Moscow|23 November 2026, 20:45|20 January 2027, 10:00 UTC-05:00"
    )
    assert 'title="20 January 2027, 18:00 Moscow"' in shown
