"""Days, instants, ids, parties: what is a value and what is not."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.acts.catalogue import act_types, newest_kind, notice_kinds, spoken
from legation.acts.text import HIDDEN, check_text, find_hidden
from legation.acts.values import (
    Currency,
    Day,
    Hash,
    Id,
    Instant,
    Language,
    Party,
    Written,
    made_by,
)
from legation.errors import Refusal
from legation.record import canon


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2021-06-10", date(2021, 6, 10), date(2021, 6, 10)),
    ],
)
def test_a_partial_day_knows_what_it_may_mean(text: str, first: date, last: date) -> None:
    assert (Day(text).first, Day(text).last) == (first, last)
    assert type(Day(text).text) is str


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-12-01T10:00+03:00", datetime(2026, 12, 1, 7, tzinfo=UTC)),
        ("2026-12-01T10:00:30Z", datetime(2026, 12, 1, 10, 0, 30, tzinfo=UTC)),
        ("2026-01-01T00:00-05:30", datetime(2026, 1, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_is_one_moment_in_both_capitals(text: str, utc: datetime) -> None:
    assert Instant(text).utc == utc


def test_two_instants_compare_in_time_and_not_as_text() -> None:
    moscow, washington = Instant("2026-12-01T10:00+03:00"), Instant("2026-12-01T03:00-05:00")
    assert moscow.before(washington)
    assert not washington.before(moscow)
    assert Instant("2026-12-01T10:00Z").before(Instant("2026-12-01T10:00:01Z"))
    assert not moscow.before(moscow)


@pytest.mark.parametrize(
    ("cls", "text"),
    [
        pytest.param(Day, "2021-02-29", id="no such day"),
        pytest.param(Day, "2021-13", id="no such month"),
        pytest.param(Day, "10.06.2021", id="another way of writing days"),
        pytest.param(Day, "0999", id="before states wrote notes"),
        pytest.param(Day, "２０２１", id="digits of another script"),
        pytest.param(Day, "2021-06-10\n", id="a line end behind it"),
        pytest.param(Instant, "2026-12-01T10:00", id="no zone"),
        pytest.param(Instant, "2026-12-01 10:00Z", id="no T"),
        pytest.param(Instant, "2026-12-01T24:00Z", id="interpreters differ about 24:00"),
        pytest.param(Instant, "2026-02-30T10:00Z", id="no such day of an instant"),
        pytest.param(Instant, "2026-12-01T10:00+15:00", id="no such offset"),
        pytest.param(Instant, "2026-12-01", id="a day is no instant"),
        pytest.param(Party, "us", id="small letters"),
        pytest.param(Party, "USSR", id="four letters"),
        pytest.param(Party, "УС", id="letters that look alike"),
        pytest.param(Id, "post/us-mow", id="an id in small letters"),
        pytest.param(Id, "US-MOW", id="no kind"),
        pytest.param(Id, "post/", id="no name"),
        pytest.param(Id, "post/A/B", id="two strokes"),
        pytest.param(Id, "post/" + "A" * 65, id="too long a name"),
        pytest.param(Hash, "0" * 63, id="a hash cut short"),
        pytest.param(Hash, "A" * 64, id="a hash in capitals"),
        pytest.param(Currency, "Usd", id="a currency in small letters"),
        pytest.param(Language, "EN", id="a language in capitals"),
    ],
)
def test_what_is_no_value_is_refused_with_a_sentence(cls: type[Written], text: str) -> None:
    with pytest.raises(Refusal) as caught:
        cls(text)
    assert caught.value.code == cls.code
    assert text[:80] in str(caught.value)


def test_an_id_made_in_the_desk_tells_whose_desk() -> None:
    assert made_by("notice/US-0123456789abcdef") == "US"
    assert made_by("post/US-MOW") is None
    assert Id("post/US-MOW").kind == "post"
    assert Id("post/US-MOW").name == "US-MOW"


@pytest.mark.parametrize("cls", [Day, Instant, Party, Id, Hash])
@given(text=st.text(max_size=30) | st.from_regex(r"[12]\d{3}(-\d\d){0,2}(T\d\d:\d\dZ)?"))
def test_any_text_is_a_value_or_refused(cls: type[Written], text: str) -> None:
    try:
        made = cls(text)
    except Refusal as refusal:
        assert refusal.code == cls.code
    else:
        assert made == text
        assert canon.encode({"value": made.text})


@given(st.from_regex(Day.pattern, fullmatch=True))
def test_a_day_that_is_read_has_a_first_and_a_last(text: str) -> None:
    try:
        day = Day(text)
    except Refusal:
        assert len(text) == 10
    else:
        assert day.first <= day.last


@given(
    st.from_regex(Instant.pattern, fullmatch=True), st.from_regex(Instant.pattern, fullmatch=True)
)
def test_instants_are_ordered_as_their_moments(one: str, other: str) -> None:
    try:
        first, second = Instant(one), Instant(other)
    except Refusal:
        return
    assert first.before(second) == (first.utc < second.utc)


@pytest.mark.parametrize("point", sorted(HIDDEN), ids=lambda point: f"U+{point:04X}")
def test_a_character_that_hides_or_misleads_is_named(point: int) -> None:
    with pytest.raises(Refusal) as caught:
        check_text(f"note {chr(point)}text", "Draft 3")
    assert f"U+{point:04X} {HIDDEN[point]} at place 6" in str(caught.value)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\t", "U+0009 TAB"),
        ("\x01", "U+0001 CONTROL CHARACTER"),
        ("\x85", "U+0085 CONTROL CHARACTER"),
        ("\ufe0f", "U+FE0F VARIATION SELECTOR"),
        ("\U000e0041", "U+E0041 TAG"),
        ("\U000e0101", "U+E0101 VARIATION SELECTOR"),
        ("\ud800", "U+D800 LONE SURROGATE"),
        ("\ufffe", "U+FFFE NONCHARACTER"),
        ("\U0010ffff", "U+10FFFF NONCHARACTER"),
    ],
)
def test_other_characters_that_may_not_stand_are_named_by_their_sort(
    character: str, name: str
) -> None:
    assert find_hidden(f"ab{character}") == (3, name)


def test_the_lists_that_nodes_exchange_are_those_of_the_catalogue() -> None:
    assert set(spoken()) == {
        f"{name}/{version}" for name, version in (*act_types(), *notice_kinds())
    }
    assert newest_kind("note").code == "note"


def test_text_in_any_script_passes() -> None:
    for text in (
        "Ada",
        "Посольство «А»",
        "Büyükelçiliği",
        "سفارة",
        "大使館",
        "e\u0301",
        "a\nb",
        "😀",
    ):
        assert find_hidden(text) is None


@given(st.text(st.characters(exclude_categories=())))
def test_what_the_record_refuses_is_refused_at_drafting_too(text: str) -> None:
    if find_hidden(text) is None:
        assert canon.is_plain_text(text)
