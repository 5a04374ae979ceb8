"""Numbers that the chronicle tells as a whole: in our own ledger, and in none that leaves."""

from datetime import date

import pytest

import nodes
from legation.missions.models import ChronicleEntry
from legation.missions.queries.snapshot import facts
from legation.missions.readiness.ledger import ledger
from nodes import Pair

pair, templates = nodes.pair, nodes.templates
FACT = {
    "title": "Sixty persons expelled",
    "date": "2018-03-26",
    "actor": "XA",
    "target": "XB",
    "quantities": [
        {"what": "expelled", "value": 60, "unit": "persons"},
        {"what": "hours to leave", "value": 72, "unit": "hours"},
    ],
}


def tells(pair: Pair, **changes: object) -> None:
    ChronicleEntry.objects.using(pair.a.alias).create(
        section="facts",
        key=f"F{ChronicleEntry.objects.using(pair.a.alias).count()}",
        on="2018-03-26",
        content={**FACT, **changes},
        dossier="made up",
        loaded_by="Ada",
        loaded_at=pair.a.clock(),
    )


def told(pair: Pair, by: str, *, own: bool = True) -> int | None:
    row = ledger(facts(pair.a, own=own), date(2025, 4, 10)).row("removed")
    assert row is not None
    figure = row.half(by).figure("told")
    return None if figure is None else figure.value


def test_expulsions_that_facts_number_are_added_up(pair: Pair) -> None:
    tells(pair)
    assert told(pair, "XA") == 60
    tells(pair, date="2021-04", quantities=[{"what": "expelled", "value": 10, "unit": "persons"}])
    assert (told(pair, "XA"), told(pair, "XB")) == (70, None)


def test_what_our_chronicle_numbers_is_in_no_ledger_of_what_both_hold(pair: Pair) -> None:
    tells(pair)
    assert told(pair, "XA", own=False) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": "both"},
        {"target": "-"},
        {"target": "XA"},
        {"quantities": [{"what": "to stop work", "value": 755, "unit": "staff"}]},
        {"quantities": [{"what": "expelled", "value": 75, "unit": "percent"}]},
        {"quantities": [{"what": "expelled", "value": "some", "unit": "persons"}]},
        {"quantities": []},
    ],
    ids=[
        "done by both",
        "borne by nobody who is named",
        "done to itself",
        "staff who stopped work were not expelled",
        "no number of persons",
        "no number at all",
        "no quantity",
    ],
)
def test_a_fact_that_numbers_no_expulsion_adds_nothing(
    pair: Pair, changes: dict[str, object]
) -> None:
    tells(pair, **changes)
    assert told(pair, "XA") is None
