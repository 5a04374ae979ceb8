"""The dossier that comes with the program is without a fault, and guesses nothing."""

import json
import re
from datetime import date
from typing import Any

import pytest

from legation.acts.catalogue import act_types
from legation.acts.codec import from_json
from legation.missions import fields
from legation.missions.history import Dossier, acts_for, check, chronicle
from legation.missions.known import facts_of
from legation.missions.sections import REGISTERS
from legation.record import canon
from legation.seeds import read_seed

TODAY = date(2025, 4, 10)


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    report = check(read_seed("us-ru"))
    assert not report.errors, [str(problem.refusal) for problem in report.errors]
    assert report.dossier is not None
    return report.dossier


def _walk(value: Any, key: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in _walk(inner, name)]
    if isinstance(value, list):
        return [found for inner in value for found in _walk(inner, key)]
    return [(key, value)]


def test_every_key_reference_and_date_is_right(dossier: Dossier) -> None:
    """`check` has said so; here a second, simpler look agrees about sources and dates."""
    raw = json.loads(read_seed("us-ru"))
    keys = set(raw.pop("sources"))
    found = _walk(raw)
    cited = {value for key, value in found if key == "sources"}
    assert cited <= keys
    assert keys <= cited
    dates = [value for key, value in found if key in {"date", "from", "until", "end_date"}]
    assert all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date) for date in dates)
    assert dossier.parties == {"US": "United States of America", "RU": "Russian Federation"}


def test_each_post_premises_and_regime_is_stated_only_by_the_side_entitled(
    dossier: Dossier,
) -> None:
    stated = {f"{section.prefix}.stated" for section in REGISTERS}
    for party in dossier.parties:
        for act in acts_for(dossier, party):
            from_json(act_types()[act.type, act.version], act.body, act.on)
            canon.encode(act.body)
            if act.type not in stated:
                assert act.body["by"] == party
                continue
            told = act.body["fields"]
            assert isinstance(told, dict)
            for name in told:
                assert act.body[fields.side_of(act.on, name)] == party, (act.on, name)


def test_ten_posts_eleven_premises_and_three_movement_rules_are_stated(dossier: Dossier) -> None:
    acts = [act for party in dossier.parties for act in acts_for(dossier, party)]
    about = {prefix: {act.on for act in acts if act.on.startswith(f"{prefix}/")} for prefix in
             ("post", "premises", "regime")}  # fmt: skip
    assert len(about["post"]) == 10
    assert len(about["premises"]) == 11
    assert about["regime"] == {"regime/RU1", "regime/RU2", "regime/RU3"}
    assert all(entry["sending"] != entry["receiving"] for entry in dossier.entries("premises"))


def test_the_six_are_a_list_that_one_party_draws_up(dossier: Dossier) -> None:
    six = {act.on for act in acts_for(dossier, "RU") if "lists" in act.body.get("fields", {})}  # type: ignore[operator]
    assert six == {f"premises/P{number}" for number in range(1, 7)}
    assert not any("lists" in act.body.get("fields", {}) for act in acts_for(dossier, "US"))  # type: ignore[operator]


def test_closed_is_not_confiscated(dossier: Dossier) -> None:
    """Title, status and access stay apart; a rented office has no revoked title."""
    premises = facts_of(dossier).subjects
    for day, status, access in ((date(2016, 12, 29), None, None), (TODAY, "revoked", "denied")):
        one = premises["premises/P1"]
        told = (one.value("title", day), one.value("status", day), one.value("access", day))
        assert told == ("own", status, access)
    rented, never_closed = premises["premises/P7"], premises["premises/P9"]
    assert (rented.value("title", TODAY), rented.value("access", TODAY)) == ("lease", "denied")
    assert rented.now("status", TODAY).silent
    assert never_closed.now("access", TODAY).silent, "where sources are silent nothing is stated"


def test_the_radius_is_in_miles_as_stated(dossier: Dossier) -> None:
    rule = next(one for one in dossier.entries("regimes") if one["id"] == "regime/RU1")
    assert (rule["radius_miles"], rule["hours"], rule["mode"]) == (25, 24, "notification")


def test_the_history_beside_the_record_is_whole(dossier: Dossier) -> None:
    count: dict[str, int] = {}
    for entry in chronicle(dossier):
        count[entry.section] = count.get(entry.section, 0) + 1
    assert count == {
        "rules": 7,
        "facts": 71,
        "rounds": 5,
        "matters": 14,
        "discrepancies": 20,
        "persons": 39,
        "open_questions": 7,
        "sources": 142,
        "parties": 2,
    }
