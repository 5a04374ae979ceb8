"""One name in many spellings meets itself; others stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.search.queries import match
from legation.search.spelling import indexed, spellings, words_of

SAME = {
    "passport, ISO 9, Cyrillic": ("Shcherbakov", "Sherbakov", "Ŝerbakov", "Щербаков", "ЩЕРБАКОВ"),
    "kh and h": ("Khrushchev", "Hruŝëv", "Хрущёв", "Хрущев"),
    "an i at the end": ("Dmitry", "Dmitriy", "Dmitrii", "Dmitrij", "Дмитрий"),
    "ia, ya, â": ("Mariia", "Mariya", "Mariâ", "Мария"),
    "iu, yu, û": ("Iuliia", "Yulia", "Ûliâ", "Юлия"),
    "ts and c": ("Tsarev", "Carëv", "Царёв"),
    "zh": ("Zhukov", "Žukov", "Жуков"),
    "a first ye": ("Yeltsin", "Elʹcin", "Ельцин"),
    "a soft sign as an apostrophe": ("Sol’zhenitsyn", "Sol'zhenitsyn", "Сольженицын"),
    "Turkish, by letter": ("Diyarbakır", "DİYARBAKIR", "diyarbakir"),
    "Turkish, by ear": ("Şahin", "Shahin", "Шахин"),
    "a passport's ue": ("Müller", "Mueller"),
    "marks folded": ("Norwich House", "NORWICH HÖUSE"),
}


@pytest.mark.parametrize("case", SAME)
def test_each_spelling_finds_each_other(case: str) -> None:
    for one in SAME[case]:
        kept = set(indexed(one).split())
        for other in SAME[case]:
            for word in words_of(other):
                assert kept & set(spellings(word)), f"{other} does not find {one}"


APART = (("Shcherbakov", "Sherbatov"), ("Жуков", "Шуков"), ("Мария", "Марина"), ("2026", "2025"))


@pytest.mark.parametrize(("one", "other"), APART)
def test_another_name_is_not_found(one: str, other: str) -> None:
    assert not set(indexed(one).split()) & set(indexed(other).split())


def test_a_beginning_in_either_script_finds_the_name() -> None:
    kept = indexed("Щербаков").split()
    for typed in ("Щер", "щ", "Shch", "shcher", "Ŝer"):
        (word,) = words_of(typed)
        assert any(each.startswith(key) for key in spellings(word) for each in kept), typed


def test_a_number_is_only_itself() -> None:
    assert indexed("US-MOW/2026/017") == "017 2026 mow us"


@given(st.text(max_size=60))
def test_whatever_is_typed_asks_in_words_and_no_operators(typed: str) -> None:
    asked = match(typed)
    quoted = asked.split('"')[1::2]
    assert all(key.isalnum() for key in quoted)
    outside = set(" ".join(asked.split('"')[0::2]).split())
    assert outside <= {"(", "*", "OR", "*)", "AND"}


@given(st.text(max_size=60))
def test_what_is_kept_finds_itself(text: str) -> None:
    kept = set(indexed(text).split())
    assert all(set(spellings(word)) <= kept for word in words_of(text))
