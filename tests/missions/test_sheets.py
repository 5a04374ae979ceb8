"""A board as it leaves the desk: in words, as a drawing, on paper; the shared one alike twice."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import gettext, override

from legation.cli.boards import board_text
from legation.missions.drawing.board import board_svg
from legation.missions.history import check
from legation.missions.known import facts_of
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.helping import what_would_help
from legation.missions.readiness.judge import judge_all
from legation.missions.sheets.paper import board_pdf
from legation.missions.sheets.told import BoardTold, told
from legation.seeds import read_seed

DAY = date(2025, 4, 10)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def known() -> Facts:
    found = check(read_seed("us-ru")).dossier
    assert found is not None
    return facts_of(found)


def in_words(facts: Facts, *, shared: bool = False) -> BoardTold:
    board = judge_all(facts, DAY)
    helps = what_would_help(facts, DAY, board=board)
    return told(board, helps, translate=str, shared=shared)


def test_every_post_is_told_with_its_verdict_and_every_cell_with_its_state(known: Facts) -> None:
    found = in_words(known)
    posts = [post for _, several in found.groups for post in several]
    board = judge_all(known, DAY)
    assert len(posts) == len(board.verdicts) >= 9
    by_name = {post.name: post for post in posts}
    for verdict in board.verdicts:
        post = by_name[verdict.city]
        assert post.sentence == verdict.sentence.said()
        assert [cell.state for cell in post.cells] == [c.state for c in verdict.cells.values()]
    assert sum(count for _, count in found.bands) == len(found.columns) == 11
    assert {state for state, _ in found.legend} >= {
        cell.state for post in posts for cell in post.cells
    }


def test_a_board_that_is_ours_says_so_and_a_shared_one_names_its_logs(known: Facts) -> None:
    assert in_words(known).about == ("Ours only",)
    assert in_words(known.shared(), shared=True).groups == ()


def test_what_would_help_names_the_posts_that_it_helps(known: Facts) -> None:
    assert in_words(known).helps[0] == (
        "The limit is raised or lifted, on both sides alike (RU, US)."
        " Visas and entry: Houston, New York, Washington, Moscow. Days waited: 1591"
    )


def test_parties_are_named_and_our_posts_stand_first_on_our_own_copy_alone(known: Facts) -> None:
    board, names = judge_all(known, DAY), {"US": "United States", "RU": "Russia"}

    def titles(*, shared: bool) -> list[str]:
        found = told(board, translate=str, shared=shared, names=names, first="US")
        return [title for title, _ in found.groups]

    by_code = [
        "Posts: Russia; receiving state: United States",
        "Posts: United States; receiving state: Russia",
    ]
    assert titles(shared=False) == by_code[::-1]
    assert titles(shared=True) == by_code


def test_why_a_post_is_shut_is_told_in_text_drawing_and_on_paper(known: Facts) -> None:
    found = in_words(known)
    post = next(p for _, several in found.groups for p in several if p.name == "St Petersburg")
    assert post.line == (
        "Closed by RU since 2018-03-31. Consent withdrawn by RU since 2018-03-29:"
        " the consulate was to stop work within two days."
    )
    assert post.line in board_svg(found)
    assert post.line in " ".join(board_text(found).split())
    without = replace(
        found,
        groups=tuple(
            (title, tuple(replace(each, why="") for each in posts)) for title, posts in found.groups
        ),
    )
    pages = [board_pdf(each, on=DAY, lang="en") for each in (found, without)]
    assert pages[0] != pages[1]


@pytest.mark.parametrize("lang", ["en", "ru", "tr"])
def test_what_stands_in_a_cell_is_short_in_every_language(known: Facts, lang: str) -> None:
    with override(lang):
        for day in (DAY, date(2022, 9, 4), date(2018, 1, 1)):
            for verdict in judge_all(known, day).verdicts:
                for cell in verdict.cells.values():
                    brief = cell.reason.briefly(gettext)
                    assert len(brief) <= 36, brief
                    assert "{" not in brief
                    assert not re.search(r"\d{4}-\d\d", brief)


def test_the_drawing_is_whole_and_its_words_are_text(known: Facts) -> None:
    found = in_words(known)
    drawn = board_svg(found)
    tree = ET.fromstring(drawn)  # noqa: S314 - our own
    words = {each.text for each in tree.iter(f"{SVG}text")}
    assert {"Which posts can operate?", "2025-04-10", "Ours only", "Moscow"} <= words
    assert not [each for each in tree.iter() if each.tag in (f"{SVG}script", f"{SVG}image")]
    assert "style=" not in drawn
    assert board_svg(in_words(known)) == drawn


def test_what_stands_in_a_name_is_never_markup(known: Facts) -> None:
    board = in_words(known)
    title, posts = board.groups[0]
    odd = replace(posts[0], name="<b>&\"'#[x]")
    drawn = board_svg(replace(board, groups=((title, (odd,)),)))
    assert "<b>" not in drawn
    ET.fromstring(drawn)  # noqa: S314 - our own
    assert board_pdf(replace(board, groups=((title, (odd,)),)), on=DAY, lang="en")


def test_the_sheet_is_one_page_and_the_same_bytes_each_time(known: Facts) -> None:
    found = in_words(known)
    made = board_pdf(found, on=DAY, lang="en")
    assert made.startswith(b"%PDF-1.7")
    assert re.findall(rb"/Count (\d+)", made) == [b"1"]
    assert board_pdf(in_words(known), on=DAY, lang="en") == made
