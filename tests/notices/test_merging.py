"""Two changes of one form: joined where they do not touch, and no word of either is ever lost."""

from hypothesis import given
from hypothesis import strategies as st

from legation.notices.drafting.merging import join3, merge, take
from legation.record.canon import Json
from legation.ui.differences import changed_paragraphs, changed_words

BASE = ["a", "b", "c", "d", "e"]

JOINED = {
    "one each": (["A", "b", "c", "d", "e"], ["a", "b", "c", "d", "E"], ["A", "b", "c", "d", "E"]),
    "one added": (["a", "b", "c", "d", "e", "f"], ["A", "b", "c", "d", "e"], ["A", *"bcdef"]),
    "one taken away": (["a", "c", "d", "e"], ["a", "b", "c", "d", "E"], ["a", "c", "d", "E"]),
    "the same twice": (["A", "b", "c", "d", "e"], ["A", "b", "c", "d", "e"], ["A", *"bcde"]),
    "the same place": (["A", "b", "c", "d", "e"], ["Z", "b", "c", "d", "e"], None),
    "beside one another": (["A", "b", "c", "d", "e"], ["a", "B", "c", "d", "e"], None),
    "both added at the end": ([*BASE, "f"], [*BASE, "g"], None),
}


def test_pieces_are_joined_where_a_piece_that_neither_changed_stands_between() -> None:
    for case, (mine, theirs, joined) in JOINED.items():
        assert join3(BASE, mine, theirs) == joined, case
        assert join3(BASE, theirs, mine) == joined, case


def test_rows_that_both_added_stand_one_after_the_other() -> None:
    assert join3(BASE, [*BASE, "f"], [*BASE, "g"], both_added=True) == [*BASE, "f", "g"]
    assert join3([], ["f"], ["g"], both_added=True) == ["f", "g"]


words = st.lists(st.sampled_from("abcdefgh"), max_size=7)


@given(words, words, words)
def test_what_is_joined_holds_every_new_piece_of_both(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    joined = join3(base, mine, theirs)
    assert joined is None or (set(mine) | set(theirs)) - set(base) <= set(joined)
    assert join3(base, mine, base) == mine
    assert join3(base, base, theirs) == theirs


values = st.one_of(
    st.text("ab\n", max_size=8), st.integers(0, 2), st.lists(st.text("ab"), max_size=3)
)
forms = st.dictionaries(st.sampled_from(["one", "two", "three"]), values)


@given(forms, forms, forms)
def test_what_is_not_joined_is_told_with_both_values(
    base: dict[str, Json], mine: dict[str, Json], theirs: dict[str, Json]
) -> None:
    merged = merge(base, mine, theirs)
    told = {conflict.name: conflict for conflict in merged.conflicts}
    for name in {*mine, *theirs}:
        value = merged.data.get(name)
        if name in told:
            assert (told[name].mine, told[name].theirs) == (mine.get(name), theirs.get(name))
            assert value == mine.get(name)
        elif name not in merged.joined:
            assert value in (mine.get(name), theirs.get(name))
    taken = take(merged.data, theirs, list(told))
    assert all(taken.get(name) == theirs.get(name) for name in told)


def test_texts_are_joined_each_by_its_language() -> None:
    def said(en: str, ru: str) -> dict[str, Json]:
        return {
            "texts": [
                {"lang": "en", "role": "original", "text": en},
                {"lang": "ru", "role": "courtesy", "text": ru},
            ]
        }

    merged = merge(said("One.", "Раз."), said("One!", "Раз."), said("One.", "Раз!"))
    assert merged.data == said("One!", "Раз!")
    assert merged.conflicts == ()


@given(st.text("ab \n.", max_size=30), st.text("ab \n.", max_size=30))
def test_a_difference_gives_both_texts_back(before: str, now: str) -> None:
    pieces = list(changed_words(before, now))
    assert "".join(piece.text for piece in pieces if piece.how != "new") == before
    assert "".join(piece.text for piece in pieces if piece.how != "gone") == now
    assert bool(changed_paragraphs(before, now)) == (before != now)
