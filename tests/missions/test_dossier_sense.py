"""What is wrong with a dossier only when its parts are held against each other, all by line."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from legation.missions.currencies import check_currency
from legation.missions.history import acts_for, check
from legation.missions.known import facts_of, known
from missions.test_history import a_dossier, lines_of

Json = dict[str, Any]
BOTH = {"sending": "XA", "receiving": "XB"}


def a_whole(**changes: Any) -> Json:
    """Return a dossier with something in every register that can be wrong."""
    base = a_dossier()
    base["posts"][0] |= {"opened": "1999", "status": [{"value": "open", "from": "1999"}]}
    base["posts"].append(
        {"id": "post/XB-ECK", "sending": "XB", "receiving": "XA", "type": "embassy"}
    )
    base |= {
        "slots": [
            {"id": "slot/XA-1", **BOTH, "post": "post/XA-WYE", "function": "Consul",
             "state": {"value": "filled", "from": "2001"},
             "person": {"value": "person/XA-7", "from": "2001"}},
            {"id": "slot/XA-2", **BOTH, "post": "post/XA-WYE", "function": "Attaché",
             "state": {"value": "vacant", "from": "2001"}},
        ],
        "staff": [{"id": "person/XA-7", **BOTH, "category": "consular"}],
        "limits": [{"id": "limit/XB-1", **BOTH, "kind": "size", "number": 40,
                    "counted": "all staff", "state": "in_force"}],
        "licences": [{"id": "licence/XB-9", **BOTH,
                      "state": {"value": "in_force", "from": "2020-01-01"},
                      "expires": "2021-01-01"}],
        "channels": [{"id": "channel/XA-1", **BOTH, "post": "post/XA-WYE", "bank": "First",
                      "licence": "licence/XB-9",
                      "last_success": {"day": "2020-02-01", "amount": 1250, "currency": "EUR"},
                      "cash": {"amount": 99, "currency": "EUR", "day": "2020-02-01"}}],
        "services": [{"id": "service/XA-1", **BOTH, "post": "post/XA-WYE", "kind": "visas",
                      "state": "running"}],
    }  # fmt: skip
    return {**base, **changes}


Change = Callable[[Json], None]


def put(*path: str | int, value: Any) -> Change:
    def change(dossier: Json) -> None:
        where: Any = dossier
        for step in path[:-1]:
            where = where[step]
        where[path[-1]] = value

    return change


def add(name: str, entry: Json) -> Change:
    return lambda dossier: dossier[name].append(entry)


CLOSED = [{"value": "open", "from": "1999"}, {"value": "closed", "from": "2020-02-28"}]
WRONG: dict[str, tuple[Change, str, str, str]] = {
    "a person on two slots, as the slots say": (
        put("slots", 1, value={"id": "slot/XA-2", **BOTH, "post": "post/XA-WYE",
                               "person": {"value": "person/XA-7", "from": "2002"}}),
        "two-slots", "slots[2].person", '"from": "2002"',
    ),
    "a person on two slots, as slot and person say": (
        put("staff", 0, "slot", value="slot/XA-2"), "two-slots", "staff[1].slot", '"slot": ',
    ),
    "a person who is not declared": (
        put("slots", 0, "person", "value", value="person/XA-8"),
        "reference", "slots[1].person", "person/XA-8",
    ),
    "a slot in a closed post": (
        put("posts", 0, "status", value=CLOSED),
        "closed-post", "slots[1].state", '"value": "filled"',
    ),
    "a licence that ends before it begins": (
        put("licences", 0, "expires", value="2019-12-31"),
        "order", "licences[1].expires", "2019-12-31",
    ),
    "money without a currency": (
        put("channels", 0, "last_success", value={"day": "2020", "amount": 12}),
        "missing-field", "channels[1].last_success.currency", '"last_success"',
    ),
    "money in a currency that there is not": (
        put("channels", 0, "cash", "currency", value="EUX"),
        "unknown-currency", "channels[1].cash.currency", "EUX",
    ),
    "a list with another party's building": (
        add("premises", {"id": "premises/B9", "sending": "XB", "receiving": "XA",
                         "lists": ["our houses"]}),
        "list", "premises[2].lists", "our houses",
    ),
    "a date before the post was there": (
        put("posts", 0, "head_rank", value={"value": "ambassador", "from": "1998-12"}),
        "before-post", "posts[1].head_rank", '"ambassador"',
    ),
    "a fact that does something before the post was there": (
        put("facts", 0, "effects",
            value=[{"on": "service/XA-1", "field": "state", "value": "suspended", "from": "1990"}]),
        "before-post", "facts[1].effects[1]", '"suspended"',
    ),
    "a latitude outside the world": (
        put("posts", 0, "coordinates", value={"lat": "95.5", "lon": "37.6"}),
        "outside-the-world", "posts[1].coordinates.lat", "95.5",
    ),
    "a post that is not declared": (
        put("channels", 0, "post", value="post/XA-NIL"),
        "reference", "channels[1].post", "post/XA-NIL",
    ),
    "a channel at the other side's post": (
        put("channels", 0, "post", value="post/XB-ECK"),
        "other-owner", "channels[1].post", "post/XB-ECK",
    ),
    "a post named by the wrong state": (
        put("posts", 1, "id", value="post/XA-ECK"), "owner", "posts[2].id", "post/XA-ECK",
    ),
    "a cap that does not say what is counted": (
        put("limits", 0, value={"id": "limit/XB-1", **BOTH, "number": 40}),
        "not-counted", "limits[1].number", '"number": 40',
    ),
    "a city of blanks": (
        put("posts", 0, "city", value=" "), "empty", "posts[1].city", '"city"',
    ),
    "a party named twice": (
        lambda dossier: dossier["parties"].append(dossier["parties"][0]),
        "parties", "parties", '"parties"',
    ),
    "somebody in a vacant slot": (
        put("slots", 0, "state", "value", value="vacant"), "vacant", "slots[1]", "slot/XA-1",
    ),
}  # fmt: skip


def prepared() -> Json:
    whole = a_whole()
    whole["premises"][0]["lists"] = ["our houses"]
    return whole


def test_the_whole_to_begin_with_is_without_a_fault() -> None:
    assert [str(one.refusal) for one in check(lines_of(prepared())).errors] == []


@pytest.mark.parametrize("case", WRONG)
def test_each_fault_is_told_with_its_line_rule_and_remedy(case: str) -> None:
    change, code, path, words = WRONG[case]
    dossier = prepared()
    change(dossier)
    data = lines_of(dossier)
    report = check(data, currency=check_currency)
    told = {(each.refusal.code, each.path): each for each in report.errors}
    assert (code, path) in told, [(each.refusal.code, each.path) for each in report.errors]
    found = told[code, path]
    assert words in "\n".join(data.decode().split("\n")[found.line - 1 :][:8])
    said = found.refusal.as_dict()
    assert str(found.line) in said["thing"]
    assert said["rule"]
    assert said["remedy"]
    assert report.dossier is None


def test_all_of_them_are_told_at_once() -> None:
    together = [
        "a person on two slots, as slot and person say",
        "a licence that ends before it begins",
        "money without a currency",
        "a list with another party's building",
        "a date before the post was there",
        "a latitude outside the world",
        "a cap that does not say what is counted",
    ]
    dossier = prepared()
    for case in together:
        WRONG[case][0](dossier)
    codes = {each.refusal.code for each in check(lines_of(dossier)).errors}
    assert {WRONG[case][1] for case in together} <= codes


def test_fractions_of_a_cent_are_told_how_to_write_money() -> None:
    data = lines_of(prepared()).replace(b'"amount": 1250', b'"amount": 12.505')
    (fault,) = check(data).errors
    assert fault.path == "channels[1].last_success.amount"
    assert "cents" in fault.refusal.as_dict()["remedy"]


def test_a_consul_who_moved_sat_on_one_slot_at_a_time() -> None:
    dossier = prepared()
    dossier["slots"][0]["state"] = [
        {"value": "filled", "from": "2001"},
        {"value": "vacant", "from": "2005"},
    ]
    dossier["slots"][1]["state"] = {"value": "filled", "from": "2005"}
    dossier["slots"][1]["person"] = {"value": "person/XA-7", "from": "2005"}
    assert [str(one.refusal) for one in check(lines_of(dossier)).errors] == []


def test_a_slot_that_ended_with_its_post_is_no_fault() -> None:
    dossier = prepared()
    dossier["posts"][0]["status"] = CLOSED
    for slot in dossier["slots"]:
        slot["state"]["until"] = "2020-02-27"
    assert [str(one.refusal) for one in check(lines_of(dossier)).errors] == []


def test_consent_comes_before_the_post_and_buildings_are_older() -> None:
    dossier = prepared()
    dossier["posts"][0]["consent"] = {"value": "given", "from": "1998"}
    dossier["premises"][0]["title"] = {"value": "own", "from": "1920"}
    assert check(lines_of(dossier)).ok


def _contradicting() -> Json:
    dossier = prepared()
    other = json.loads(json.dumps(dossier["facts"][0]))
    other |= {"id": "F2", "effects": [{**other["effects"][0], "value": "escorted"}]}
    dossier["facts"].append(other)
    return dossier


def test_facts_that_contradict_each_other_are_both_kept_and_told_as_a_note() -> None:
    data = lines_of(_contradicting())
    report = check(data)
    assert report.ok
    (note,) = report.notes
    assert (note.refusal.code, note.path) == ("disputed", "facts[2].effects[1]")
    assert "disputed" in str(note.refusal)
    assert report.dossier is not None
    said = [
        (each.ref, each.statement["value"])
        for each in known(report.dossier)
        if each.thing == "premises/V1" and each.ref
    ]
    assert said == [("F1", "entered_by_host"), ("F2", "escorted")]


def test_what_facts_contradict_each_other_about_is_drafted_by_nobody_and_disputed() -> None:
    report = check(lines_of(_contradicting()))
    assert report.dossier is not None
    bodies: list[Any] = [act.body for act in acts_for(report.dossier, "XB")]
    stated = [body.get("fields", {}).get("access") for body in bodies]
    drafted = [said["value"] for said in stated if said is not None]
    assert drafted == ["denied"]
    villa = facts_of(report.dossier).subjects["premises/V1"]
    assert villa.now("access", date(2020, 3, 1)).disputed
    assert villa.value("access", date(2020, 2, 29)) == "denied"


def test_what_is_read_together_is_stated_together() -> None:
    """A slot that was filled, then vacant: no act says both, or the first would be refused."""
    dossier = prepared()
    dossier["slots"][0]["state"] = [
        {"value": "filled", "from": "2001"},
        {"value": "vacant", "from": "2005"},
    ]
    dossier["slots"][0]["why_empty"] = {"value": "visa_refused", "from": "2005"}
    report = check(lines_of(dossier))
    assert [str(one.refusal) for one in report.errors] == []
    assert report.dossier is not None
    acts = [act for act in acts_for(report.dossier, "XA") if act.on == "slot/XA-1"]
    told = [act.body["fields"] for act in acts]
    assert [set(each) & {"state", "why_empty", "person"} for each in told] == [  # type: ignore[arg-type]
        {"state", "person"},
        {"state", "why_empty"},
    ]
