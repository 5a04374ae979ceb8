"""Real posts on real days: a dossier, with no other code, makes the board that sources tell."""

from datetime import date
from functools import cache

import pytest

from legation.missions import dossier
from legation.missions.history import acts_for
from legation.missions.known import facts_of
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.judge import judge, judge_all
from legation.missions.readiness.verdict import Board
from legation.seeds import read_seed
from missions.real_cases import CASES, Case

PAIRS = ("us-ru", "ir-sa", "in-ca")


@cache
def facts(name: str) -> Facts:
    report = dossier.check(read_seed(name))
    assert report.dossier is not None, [str(each.refusal) for each in report.errors]
    assert not report.notes
    return facts_of(report.dossier)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_board_says_what_sources_tell(case: Case) -> None:
    verdict = judge(case.post, facts(case.dossier), case.on)
    told = (verdict.standing, verdict.by, verdict.since)
    if verdict.standing in ("closed", "suspended"):
        assert told == (case.standing, case.by, case.since), str(verdict.sentence)
    else:
        assert verdict.standing == case.standing, str(verdict.sentence)
    cells = {name: verdict.cells[name].state for name in case.cells}
    assert cells == case.cells, {name: str(verdict.cells[name].reason) for name in cells}
    for name, words in case.says.items():
        assert words in str(verdict.cells[name].reason)


def _in_short(board: Board) -> dict[str, str]:
    marks = {"in_order": "+", "strained": "~", "blocked": "X", "unknown": "?", "disputed": "!"}
    return {
        verdict.post.removeprefix("post/"): " ".join(
            marks[cell.state] for cell in verdict.cells.values()
        )
        or f"{verdict.standing} by {verdict.by} since {verdict.since}"
        for verdict in board.verdicts
    }


def test_the_board_of_the_second_istanbul_round() -> None:
    """10 April 2025: 24 of 44 cells of the four open posts are unknown, and none is guessed.

    In order: head, people, premises, communications, visas, money, movement, citizen services,
    archives, protection, continuity.
    """
    board = judge_all(facts("us-ru"), date(2025, 4, 10))
    assert _in_short(board) == {
        "US-MOW": "+ ~ ~ ? ~ ~ ~ ~ ? ? ?",
        "US-SVX": "suspended by US since 2021",
        "US-VVO": "closed by US since 2021",
        "US-LED": "closed by RU since 2018-03-31",
        "RU-WAS": "+ ? ~ ? ~ ~ ~ ~ ? ? ?",
        "RU-NYC": "? ? ~ ? ~ ~ ~ ? ? ? ?",
        "RU-HOU": "? ? ? ? ~ ~ ~ ? ? ? ?",
        "RU-SFO": "closed by US since 2017-09-02",
        "RU-SEA": "closed by US since 2018-04-24",
    }
    cells = [cell.state for verdict in board.verdicts for cell in verdict.cells.values()]
    assert (len(cells), cells.count("unknown")) == (44, 24)
    assert set(board.left_off) == {"post/RU-UN"}


def test_the_board_after_the_last_fact() -> None:
    """What the dossier says still holds: only the head in Moscow has changed since that round."""
    then = judge_all(facts("us-ru"), date(2025, 4, 10))
    now = judge_all(facts("us-ru"), date(2026, 2, 1))
    before, after = _in_short(then), _in_short(now)
    assert {post for post in after if before[post] != after[post]} == {"US-MOW"}
    assert after["US-MOW"] == "~ ~ ~ ? ~ ~ ~ ~ ? ? ?"


@pytest.mark.parametrize("name", PAIRS)
def test_every_reason_of_a_cell_names_what_it_rests_on(name: str) -> None:
    for on in (date(2018, 5, 1), date(2023, 10, 20), date(2025, 4, 10)):
        for verdict in judge_all(facts(name), on).verdicts:
            for cell in verdict.cells.values():
                assert cell.state == "unknown" or cell.grounds, (verdict.post, cell.essential)


@pytest.mark.parametrize("name", PAIRS)
def test_each_side_may_draft_its_part_and_every_thing_has_its_sources(name: str) -> None:
    report = dossier.check(read_seed(name))
    assert report.dossier is not None
    for party in report.dossier.parties:
        acts = acts_for(report.dossier, party)
        assert acts
        for act in acts:
            for said in act.body.get("fields", {}).values():  # type: ignore[union-attr]
                assert said["sources"], act.on  # type: ignore[call-overload,index]
