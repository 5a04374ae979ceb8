"""docs/dossier-us-ru.md says which fact changes which cell: held against the judge, row by row."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from legation.missions import dossier
from legation.missions.history import Dossier
from legation.missions.known import facts_of
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.judge import judge
from legation.missions.readiness.ledger import ledger
from legation.missions.readiness.verdict import Verdict
from legation.seeds import read_seed

DOCS: Final = Path(__file__).resolve().parents[2] / "docs" / "dossier-us-ru.md"
HEADS: Final = {
    "cells": "| fact | from | sets |",
    "numbers": "| fact | persons | by |",
    "nothing": "| fact | why |",
}


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of one of the tables."""
    lines = DOCS.read_text("utf-8").splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith(HEADS[name])) + 2
    out = []
    for line in lines[begin:]:
        if not line.startswith("|"):
            break
        out.append(tuple(each.strip() for each in line.strip("|").split(" | ")))
    return tuple(out)


@cache
def seed() -> Dossier:
    report = dossier.check(read_seed("us-ru"))
    assert report.dossier is not None
    return report.dossier


@cache
def whole() -> Facts:
    return facts_of(seed())


def sets(words: str) -> tuple[str, str, str]:
    """Return thing, field and value of a row."""
    thing, _, rest = words.removeprefix("`").partition("` ")
    field, _, value = rest.partition(": ")
    return thing, field, value


def written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def without(fact: str, words: str, on: date) -> Facts:
    """Return all facts but what one of them set."""
    thing, field, value = sets(words)
    subject = whole().subjects[thing]
    kept = tuple(
        each
        for each in subject.said[field]
        if (each.ground.ref, written(each.value)) != (fact, value)
        or (each.from_ is not None and each.from_.first != on)
    )
    assert len(kept) == len(subject.said[field]) - 1, (fact, words)
    less = replace(subject, said={**subject.said, field: kept})
    return replace(whole(), subjects={**whole().subjects, thing: less})


def shown(verdict: Verdict, essential: str) -> tuple[str, str]:
    if essential == "status":
        return verdict.standing, str(verdict.sentence)
    cell = verdict.cells[essential]
    return cell.state, str(cell.reason)


def test_every_effect_of_the_dossier_has_its_rows_and_no_other_is_there() -> None:
    named = {(row[0], *sets(row[2])) for row in rows("cells")}
    facts: list[Any] = seed().entries("facts")
    effects = {
        (fact["id"], effect["on"], effect["field"], written(effect["value"]))
        for fact in facts
        for effect in fact.get("effects", [])
    }
    declared = {(row[0], *sets(row[2])) for row in rows("cells") if "`regime/" in row[2]}
    assert named - declared == effects


def test_every_fact_stands_in_one_of_the_tables() -> None:
    told = {row[0] for name in HEADS for row in rows(name)}
    assert told == {str(fact["id"]) for fact in seed().entries("facts")}
    setting = {row[0] for name in ("cells", "numbers") for row in rows(name)}
    assert not setting & {row[0] for row in rows("nothing")}


ON_BOARD: Final = [row for row in rows("cells") if row[3] not in ("ledger", "page")]


@pytest.mark.parametrize("row", ON_BOARD, ids=lambda row: f"{row[0]} {row[2]}")
def test_the_cell_says_so_and_without_the_fact_it_does_not(row: tuple[str, ...]) -> None:
    fact, day, words, posts, essential, state, reason = row
    on = date.fromisoformat(day)
    less = None if "`regime/" in words else without(fact, words, on)
    for post in posts.split():
        verdict = judge(f"post/{post}", whole(), on)
        assert shown(verdict, essential) == (state, reason)
        if less is None:
            continue
        other = judge(f"post/{post}", less, on)
        if essential == "status":
            assert other != verdict
        else:
            assert other.cells.get(essential) != verdict.cells[essential]


@pytest.mark.parametrize(
    "row",
    [row for row in rows("cells") if row[3] == "ledger"],
    ids=lambda row: f"{row[0]} {row[2]}",
)
def test_the_ledger_says_so_and_without_the_fact_it_does_not(row: tuple[str, ...]) -> None:
    on = date.fromisoformat(row[1])
    with_it, without_it = (
        ledger(facts, on).row(row[4]) for facts in (whole(), without(row[0], row[2], on))
    )
    assert with_it is not None
    assert with_it != without_it


def test_the_numbers_are_those_that_the_ledger_adds_up() -> None:
    told = [(one.ground.ref, str(one.number), one.by, one.to) for one in whole().tallies]
    assert [tuple(row) for row in rows("numbers")] == told
