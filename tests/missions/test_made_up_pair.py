"""The examples of docs/dossier.md together: a pair that nobody knows, with a true board."""

import json
from datetime import date
from typing import Any

from legation.missions import dossier
from legation.missions.known import facts_of
from legation.missions.readiness.essentials import ESSENTIALS
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.judge import judge, judge_all
from legation.missions.readiness.ledger import ledger
from legation.missions.sections import REGISTERS
from missions.test_dossier_docs import EXAMPLES

ON = date(2021, 4, 15)


def together() -> dict[str, Any]:
    """Return one dossier of all examples: a part takes the place of the same part before it."""
    whole: dict[str, Any] = {}
    for example in EXAMPLES:
        whole |= json.loads(example)
    return whole


def facts() -> Facts:
    report = dossier.check(json.dumps(together()).encode())
    assert [str(each.refusal) for each in report.errors] == []
    assert report.dossier is not None
    return facts_of(report.dossier)


def test_every_register_is_filled_by_the_examples() -> None:
    assert [one.name for one in REGISTERS if not facts().of(one.prefix)] == []


def test_a_stranger_s_dossier_makes_a_true_board_with_no_other_code() -> None:
    verdict = judge("post/XA-ZED", facts(), ON)
    assert {name: (cell.state, str(cell.reason)) for name, cell in verdict.cells.items()} == {
        "representation": ("strained", "Chargé d’affaires since 2021-03-01"),
        "people": ("strained", "30 of 40 in place since 2021"),
        "premises": ("in_order", "Full access"),
        "communications": ("in_order", "Lines and bag work"),
        "entry_visas": (
            "strained",
            "The length of visas is limited: no longer than three years since 2021-01",
        ),
        "money": ("strained", "First Bank of Zed: Payments are slow since 2021-02"),
        "movement": ("strained", "Journeys only by permission since 2020-03"),
        "citizen_services": ("blocked", "Visas: Services are moved elsewhere since 2021-03"),
        "archives": ("in_order", "Archives are safe since 2021"),
        "protection": ("in_order", "Protection is adequate since 2021"),
        "continuity": ("strained", "A custodian is named and not yet agreed since 2021"),
    }
    assert set(verdict.cells) == {each.id for each in ESSENTIALS}
    assert verdict.standing == "strained"
    (closed,) = [each for each in judge_all(facts(), ON).verdicts if each.post == "post/XA-WYE"]
    assert (closed.standing, closed.by, closed.since) == ("closed", "XB", "2020-02-28")


def test_before_a_post_was_opened_it_is_on_no_board() -> None:
    board = judge_all(facts(), date(1950, 12, 31))
    assert "post/XA-ZED" in board.left_off
    assert judge_all(facts(), date(1951, 1, 1)).verdict("post/XA-ZED") is not None


def test_what_is_told_as_a_number_counts_in_the_ledger() -> None:
    row = ledger(facts(), ON).row("removed")
    assert row is not None
    figure = row.half("XB").figure("told")
    assert figure is not None
    assert figure.value == 2
