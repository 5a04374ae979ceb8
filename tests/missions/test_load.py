"""Each node loads its own side of one dossier; both boards then say the same."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from legation.errors import Refusal
from legation.line import queries as line
from legation.line.services import Change
from legation.missions import dossier, effects, queries, services
from legation.missions.known import facts_of
from legation.missions.models import OwnStatement
from legation.missions.queries.board import board
from legation.missions.queries.snapshot import facts
from legation.missions.readiness.judge import judge_all
from legation.missions.readiness.verdict import Board
from legation.officers import queries as officers
from legation.officers import services as drafts
from legation.seeds import read_seed
from missions.test_history import a_dossier, lines_of
from notices.conftest import Desk, Desks


def _load(desk: Desk, data: bytes) -> dossier.Loaded:
    return dossier.load(desk.node, data, by="Ada", at=desk.now())


def _leaves(desk: Desk, loaded: dossier.Loaded) -> int:
    assert loaded.draft is not None
    drafts.clear(desk.node, draft_id=loaded.draft.id, by="Bela", at=desk.now())
    return len(drafts.release(desk.node, draft_id=loaded.draft.id, by="Bela", at=desk.now()))


@pytest.fixture
def loaded(desks: Desks) -> Desks:
    """Both nodes hold all that the dossier of the program lets each side state."""
    for desk in (desks.a, desks.b):
        done = _load(desk, read_seed("us-ru"))
        assert _leaves(desk, done) == done.acts
    desks.sync()
    return desks


def test_both_nodes_hold_ten_posts_eleven_premises_and_the_movement_rules(loaded: Desks) -> None:
    assert loaded.a.side.state() == loaded.b.side.state()
    for desk in (loaded.a, loaded.b):
        desk.side.verify()
        assert len(queries.posts(desk.node)) == 10
        assert len(queries.premises(desk.node)) == 11
        assert [(rule.id, rule.by, rule.applies_to) for rule in queries.regimes(desk.node)] == [
            ("regime/RU2", "RU", "US"),
            ("regime/RU3", "RU", "US"),
            ("regime/RU1", "US", "RU"),
            ("regime/RU2", "US", "RU"),
        ]


def test_no_act_of_a_dossier_is_without_effect(loaded: Desks) -> None:
    for desk in (loaded.a, loaded.b):
        for side in ("own", "peer"):
            assert not [entry for entry in line.entries(desk.node, side) if entry.void]


def test_no_act_need_come_first_each_node_loads_alone(desks: Desks) -> None:
    _leaves(desks.b, _load(desks.b, read_seed("us-ru")))
    desks.sync()
    _leaves(desks.a, _load(desks.a, read_seed("us-ru")))
    desks.sync()
    assert desks.a.side.state() == desks.b.side.state()
    assert len(queries.premises(desks.a.node)) == 11


def test_the_three_axes_stand_apart_each_by_its_author(loaded: Desks) -> None:
    for desk in (loaded.a, loaded.b):
        title, status, access = queries.premises_page(desk.node, "premises/P1").axes
        assert (title.author, title.value) == ("RU", "own")
        assert (status.author, status.value) == ("US", "revoked")
        assert (access.author, access.value) == ("US", "denied")
        assert access.now is not None
        assert access.now.from_ == "2016-12-30"
        assert any("Reuters" in source for source in access.now.sources)


def test_what_the_sources_do_not_say_is_not_stated(loaded: Desks) -> None:
    page = queries.premises_page(loaded.a.node, "premises/P9")
    assert page["title"].stated
    assert not page["status"].stated
    assert not page["access"].stated
    assert page["access"].author == "US"


def test_a_history_is_read_for_a_day(loaded: Desks) -> None:
    node = loaded.b.node
    now = queries.premises_page(node, "premises/P6")["access"]
    assert (now.value, [old.value for old in now.earlier]) == ("entered_by_host", ["denied"])
    then = queries.premises_page(node, "premises/P6", on=date(2018, 4, 24))["access"]
    assert then.value == "denied"
    before = queries.premises_page(node, "premises/P6", on=date(2018, 4, 1))["access"]
    assert not before.stated
    assert [rule.now is None for rule in queries.regimes(node, on=date(2022, 1, 1))] == [
        True, False, False, True,
    ]  # fmt: skip


def test_a_post_is_closed_by_whom_and_since_when(loaded: Desks) -> None:
    post = queries.post(loaded.a.node, "post/RU-SFO")
    status = post["status"].now
    assert status is not None
    assert (status.value, status.by, status.from_) == ("closed", "US", "2017-09-02")
    assert queries.post(loaded.a.node, "post/US-LED")["consent"].value == "withdrawn"


def test_loading_again_drafts_nothing_and_says_so(loaded: Desks) -> None:
    for desk in (loaded.a, loaded.b):
        again = _load(desk, read_seed("us-ru"))
        assert again.draft is None
        assert again.acts == 0
        assert again.already > 10
        assert len(queries.chronicle(desk.node, "facts")) == 71


def test_loading_again_while_the_draft_waits_drafts_nothing(desks: Desks) -> None:
    first = _load(desks.a, read_seed("us-ru"))
    assert first.draft is not None
    assert _load(desks.a, read_seed("us-ru")).draft is None
    assert len(officers.drafts(desks.a.node)) == 1


def test_loading_a_newer_edition_drafts_only_what_is_new(loaded: Desks) -> None:
    data = read_seed("us-ru").replace(
        b'"city": "Vladivostok"', b'"city": "Vladivostok", "district": "Far East"'
    )
    done = _load(loaded.a, data)
    assert done.draft is not None
    (act,) = officers.draft(loaded.a.node, done.draft.id).acts
    assert act.on == "post/US-VVO"
    assert set(act.fields["fields"]) == {"district"}  # type: ignore[arg-type]


def test_a_corrected_value_is_drafted_and_takes_the_earlier_one_s_place(loaded: Desks) -> None:
    data = read_seed("us-ru").replace(b'"city": "Moscow"', b'"city": "Moskva"')
    done = _load(loaded.a, data)
    assert done.acts == 1
    _leaves(loaded.a, done)
    loaded.sync()
    assert queries.post(loaded.b.node, "post/US-MOW")["city"].value == "Moskva"


def test_a_dossier_with_a_fault_changes_nothing_and_every_fault_is_told(desks: Desks) -> None:
    data = read_seed("us-ru").replace(b'"city": "Moscow"', b'"town": "Moscow"', 1)
    data = data.replace(b'"sources": ["haaretz-2018"', b'"sources": ["nobody"', 1)
    with pytest.raises(Refusal) as refused:
        _load(desks.a, data)
    assert refused.value.code == "dossier"
    assert {other.code for other in refused.value.others} == {"unknown-key", "reference"}
    assert officers.drafts(desks.a.node) == ()
    assert queries.chronicle(desks.a.node, "facts") == ()


def test_the_dossier_of_another_pair_is_refused(desks: Desks) -> None:
    with pytest.raises(Refusal) as refused:
        _load(desks.a, lines_of(a_dossier()))
    assert refused.value.code == "other-parties"


def test_who_may_not_draft_may_not_load(desks: Desks) -> None:
    drafts.add_officer(desks.a.node, name="Carla", roles=["auditor"], at=desks.a.now())
    with pytest.raises(Refusal) as refused:
        dossier.load(desks.a.node, read_seed("us-ru"), by="Carla", at=desks.a.now())
    assert refused.value.code == "role"
    assert queries.chronicle(desks.a.node, "facts") == ()


def test_the_chronicle_stays_at_home(loaded: Desks) -> None:
    (first, *_) = queries.chronicle(loaded.a.node, "facts")
    title = str(first.content["title"]).encode()
    assert title not in loaded.a.side.state()
    for side in ("own", "peer"):
        entries = line.entries(loaded.b.node, side)
        assert not any(title in str(entry).encode() for entry in entries)


def test_a_contest_stands_beside_the_statement_on_both_nodes_and_erases_nothing(
    loaded: Desks,
) -> None:
    draft = services.contest(
        loaded.b.node,
        thing="premises/P1",
        field="status",
        view={"value": "recognised", "basis": "VCDR 22, 45"},
        words="The status was never lost.",
        by="Ada",
        at=loaded.b.now(),
    )
    loaded.b.leaves(draft)
    loaded.sync()
    for desk in (loaded.a, loaded.b):
        field = queries.premises_page(desk.node, "premises/P1")["status"]
        assert (field.author, field.value) == ("US", "revoked")
        (contest,) = field.contests
        assert (contest.by, contest.words) == ("RU", "The status was never lost.")
        assert contest.view is not None
        assert (contest.view.value, contest.view.basis) == ("recognised", "VCDR 22, 45")
        assert [one.id for one in queries.contests(desk.node)] == [contest.id]
        listed = {view.id: view.contested for view in queries.premises(desk.node)}
        assert listed["premises/P1"] == 1
        desk.side.verify()


CANNOT = {
    "a field that the other side has not stated": ("premises/P9", "status", "unknown-subject"),
    "a field of our own": ("premises/P1", "title", "unknown-subject"),
    "a field that is not there": ("premises/P1", "colour", "schema"),
    "a thing that is not there": ("premises/P99", "status", "unknown-subject"),
}


@pytest.mark.parametrize("case", CANNOT)
def test_what_cannot_be_contested_is_refused_at_drafting(loaded: Desks, case: str) -> None:
    thing, field, code = CANNOT[case]
    with pytest.raises(Refusal) as refused:
        services.contest(
            loaded.b.node, thing=thing, field=field, words="No.", by="Ada", at=loaded.b.now()
        )
    assert refused.value.code == code
    assert officers.drafts(loaded.b.node, state="drafted") == ()


def test_a_field_is_stated_by_its_author_only(loaded: Desks) -> None:
    pair = {"thing": "premises/P9", "sending": "RU", "receiving": "US"}
    loaded.a.leaves(
        services.state_fields(
            loaded.a.node, **pair, fields={"access": {"value": "full"}}, by="Ada", at=loaded.a.now()
        )
    )
    loaded.sync()
    assert queries.premises_page(loaded.b.node, "premises/P9")["access"].value == "full"
    with pytest.raises(Refusal) as refused:
        services.state_fields(
            loaded.b.node, **pair, fields={"access": {"value": "full"}}, by="Ada", at=loaded.b.now()
        )
    assert refused.value.code == "not-entitled"
    assert refused.value.values["field"] == "access"


def test_a_regime_is_declared_by_the_state_that_applies_it(loaded: Desks) -> None:
    draft = services.declare_regime(
        loaded.b.node,
        regime="regime/RU3",
        terms={"applies_to": "US", "mode": "notification", "hours": 48, "from": "2026-12"},
        by="Ada",
        at=loaded.b.now(),
    )
    loaded.b.leaves(draft)
    loaded.sync()
    (rule,) = [one for one in queries.regimes(loaded.a.node) if one.id == "regime/RU3"]
    assert rule.now is not None
    assert (rule.now.mode, rule.now.hours) == ("notification", 48)
    assert len(rule.all_terms) == 2


def test_rows_are_what_the_state_says_and_can_be_dropped_and_made_anew(loaded: Desks) -> None:
    node = loaded.a.node
    before = list(effects.rows(node))
    things = line.things(node)
    assert sorted(before, key=repr) == sorted(effects.expected(node, things), key=repr)
    effects.clear(node)
    assert list(effects.rows(node)) == []
    effects.project(node, [Change(thing.id, None, thing) for thing in things])
    assert list(effects.rows(node)) == before
    effects.project(node, [Change(thing.id, thing, None) for thing in things])
    assert list(effects.rows(node)) == []


def test_no_page_asks_more_queries_for_more_premises(loaded: Desks) -> None:
    with CaptureQueriesContext(connections[loaded.a.side.alias]) as asked:
        queries.premises(loaded.a.node)
        queries.posts(loaded.a.node)
        queries.regimes(loaded.a.node)
        queries.premises_page(loaded.a.node, "premises/P1")
    assert len(asked) == 8


# --- What a dossier tells is known at once, before anything is stated


def a_board(desk: Desk, **how: Any) -> Board:
    return board(desk.node, date(2025, 4, 10), **how)


def own_rows(desk: Desk) -> list[tuple[str, str, object]]:
    rows = OwnStatement.objects.using(desk.node.alias).filter(struck_at=None)
    return sorted((row.thing, row.field, row.statement["value"]) for row in rows)


def test_a_dossier_s_own_board_is_there_at_once_and_ours_only(desks: Desks) -> None:
    _load(desks.a, read_seed("us-ru"))
    found = dossier.check(read_seed("us-ru")).dossier
    assert found is not None
    of_file = judge_all(facts_of(found), date(2025, 4, 10))
    for made, wanted in zip(a_board(desks.a).verdicts, of_file.verdicts, strict=True):
        assert (made.post, made.standing) == (wanted.post, wanted.standing)
        assert {key: cell.state for key, cell in made.cells.items()} == {
            key: cell.state for key, cell in wanted.cells.items()
        }
        assert made.ours
    assert a_board(desks.a, own=False).verdicts == ()
    assert a_board(desks.b).verdicts == ()


def test_loading_again_knows_nothing_new_and_keeps_what_an_officer_struck(desks: Desks) -> None:
    first = _load(desks.a, read_seed("us-ru"))
    assert first.known == len(own_rows(desks.a)) > 100
    city = OwnStatement.objects.using(desks.a.node.alias).filter(thing="post/US-VVO", field="city")
    services.strike_own(desks.a.node, ids=[city.get().pk], by="Ada", at=desks.a.now())
    before = own_rows(desks.a)
    assert _load(desks.a, read_seed("us-ru")).known == 0
    assert own_rows(desks.a) == before


def test_a_newer_edition_takes_its_own_rows_place_and_no_others(desks: Desks) -> None:
    _load(desks.a, read_seed("us-ru"))
    mine = {"thing": "post/US-VVO", "sending": "US", "receiving": "RU"}
    services.note_own(
        desks.a.node,
        **mine,
        field="district",
        statement={"value": "Far East"},
        origin="officer",
        by="Ada",
        at=desks.a.now(),
    )
    newer = read_seed("us-ru").replace(b'"city": "Vladivostok"', b'"city": "Vladivostok City"')
    assert _load(desks.a, newer).known == 1
    told = [(field, value) for thing, field, value in own_rows(desks.a) if thing == mine["thing"]]
    assert ("city", "Vladivostok City") in told
    assert ("city", "Vladivostok") not in told
    assert ("district", "Far East") in told
    assert _load(desks.a, read_seed("us-ru")).known == 1
    assert ("post/US-VVO", "city", "Vladivostok") in own_rows(desks.a)


def test_rules_of_both_sides_are_known_until_they_are_declared(desks: Desks) -> None:
    done = _load(desks.a, read_seed("us-ru"))
    rules = facts(desks.a.node).rules
    assert [(rule.id, rule.by, rule.ground.kind) for rule in rules] == [
        ("regime/RU1", "US", "own"),
        ("regime/RU2", "RU", "own"),
        ("regime/RU2", "US", "own"),
        ("regime/RU3", "RU", "own"),
    ]
    _leaves(desks.a, done)
    kinds = {(rule.by, rule.ground.kind) for rule in facts(desks.a.node).rules}
    assert kinds == {("US", "act"), ("RU", "own")}
    assert len(facts(desks.a.node).rules) == 4
    fewer = json.loads(read_seed("us-ru"))
    fewer["regimes"] = fewer["regimes"][:1]
    for fact in fewer["facts"]:
        fact.pop("effects", None)
    _load(desks.a, lines_of(fewer))
    assert {rule.by for rule in facts(desks.a.node).rules} == {"US"}


def test_facts_that_contradict_each_other_are_both_kept(desks: Desks) -> None:
    told = json.loads(read_seed("us-ru"))
    fact = {**told["facts"][0], "date": "2025-01-02", "persons": [], "effects": []}
    for number, value in enumerate(("open", "suspended")):
        effect = {"on": "post/US-VVO", "field": "status", "value": value}
        told["facts"].append({**fact, "id": f"F-{number}", "effects": [effect]})
    _load(desks.a, lines_of(told))
    status = facts(desks.a.node).subjects["post/US-VVO"].now("status", date(2025, 4, 10))
    assert status.disputed
    assert {ground.ref for ground in status.grounds} == {"F-0", "F-1"}
