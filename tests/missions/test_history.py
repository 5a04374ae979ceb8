"""A dossier's faults are told by line; each side states its own fields and no others."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.acts.catalogue import act_types
from legation.acts.codec import from_json
from legation.missions import fields
from legation.missions.history import Dossier, acts_for, check, chronicle
from legation.missions.sections import REGISTERS, Section
from legation.officers.wording import DraftedAct
from legation.record import canon

DOCS = Path(__file__).resolve().parents[2] / "docs" / "dossier.md"

Json = dict[str, Any]


def a_dossier(**changes: Any) -> Json:
    made: Json = {
        "dossier": 1,
        "title": "Exaland – Wyeland",
        "parties": [{"code": "XA", "name": "Exaland"}, {"code": "XB", "name": "Wyeland"}],
        "posts": [
            {
                "id": "post/XA-WYE",
                "sending": "XA",
                "receiving": "XB",
                "type": "embassy",
                "city": "Wye",
                "status": [
                    {"value": "open", "from": "1999", "until": "2020-02-28"},
                    {"value": "closed", "from": "2020-02-28", "by": "XB"},
                ],
                "consent": {"value": "withdrawn", "from": "2020-02", "sources": ["gazette"]},
                "sources": ["wire"],
            }
        ],
        "premises": [
            {
                "id": "premises/V1",
                "sending": "XA",
                "receiving": "XB",
                "name": "Villa",
                "other_names": ["The house", "Summer house"],
                "title": "own",
                "post": "post/XA-WYE",
                "access": "denied",
                "sources": ["wire"],
            }
        ],
        "regimes": [
            {
                "id": "regime/M1",
                "by": "XB",
                "applies_to": "XA",
                "mode": "permission",
                "from": "2020",
                "sources": ["wire"],
            }
        ],
        "facts": [
            {
                "id": "F1",
                "date": "2020-03-01",
                "kind": "property_access_denied",
                "title": "The villa is entered",
                "sources": ["wire", "gazette"],
                "effects": [{"on": "premises/V1", "field": "access", "value": "entered_by_host"}],
            }
        ],
        "open_questions": ["Who holds the keys?"],
        "sources": {
            "wire": {
                "publisher": "A wire",
                "kind": "wire",
                "date": "2020",
                "url": "https://a.example",
            },
            "gazette": {"publisher": "Gazette", "kind": "legal"},
        },
    }
    return {**made, **changes}


def lines_of(dossier: Json) -> bytes:
    return json.dumps(dossier, indent=1, ensure_ascii=False).encode()


def line_with(data: bytes, words: str) -> int:
    return next(n for n, one in enumerate(data.decode().split("\n"), 1) if words in one)


def read(dossier: Json) -> Dossier:
    report = check(lines_of(dossier))
    assert not report.errors, [str(problem.refusal) for problem in report.errors]
    assert report.dossier is not None
    return report.dossier


Change = Callable[[Json], None]


def put(*path: str | int, value: Any) -> Change:
    def change(dossier: Json) -> None:
        where: Any = dossier
        for step in path[:-1]:
            where = where[step]
        where[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    def change(dossier: Json) -> None:
        where: Any = dossier
        for step in path[:-1]:
            where = where[step]
        del where[path[-1]]

    return change


WRONG: dict[str, tuple[Change, str, str, str]] = {
    "an unknown key of a post": (
        put("posts", 0, "citty", value="Wye"), "unknown-key", "posts[1].citty", "citty",
    ),
    "an unknown key of the file": (
        put("postz", value=[]), "unknown-key", "postz", "postz",
    ),
    "an unknown key of a statement": (
        put("posts", 0, "consent", "sinze", value="2020"),
        "unknown-field", "posts[1].consent.sinze", "sinze",
    ),
    "an unknown key of a regime": (
        put("regimes", 0, "radius", value=25), "unknown-key", "regimes[1].radius", "radius",
    ),
    "an unknown key of a fact": (
        put("facts", 0, "happened", value="x"), "unknown-key", "facts[1].happened", "happened",
    ),
    "a source that is not declared": (
        put("facts", 0, "sources", value=["nowhere"]),
        "reference", "facts[1].sources[1]", "nowhere",
    ),
    "a statement's source that is not declared": (
        put("posts", 0, "consent", "sources", value=["elsewhere"]),
        "reference", "posts[1].consent.sources[1]", "elsewhere",
    ),
    "an effect on a thing that is not declared": (
        put("facts", 0, "effects", 0, "on", value="premises/V9"),
        "reference", "facts[1].effects[1].on", "V9",
    ),
    "an effect on a field that is not there": (
        put("facts", 0, "effects", 0, "field", value="entry"),
        "choice", "facts[1].effects[1].field", '"entry"',
    ),
    "an effect with another field's value": (
        put("facts", 0, "effects", 0, "value", value="lost"),
        "choice", "facts[1].effects[1].value", "lost",
    ),
    "a post of premises that is not declared": (
        put("premises", 0, "post", value="post/XA-ZZZ"),
        "reference", "premises[1].post", "XA-ZZZ",
    ),
    "a day that does not exist": (
        put("facts", 0, "date", value="2021-02-30"), "day", "facts[1].date", "2021-02-30",
    ),
    "a day of a statement that does not exist": (
        put("posts", 0, "consent", "from", value="2021-13"),
        "day", "posts[1].consent.from", "2021-13",
    ),
    "an end before the start": (
        put("posts", 0, "status", 0, "until", value="1998"),
        "span", "posts[1].status[1].until", "1998",
    ),
    "a regime that ends before it begins": (
        put("regimes", 0, "until", value="2019-12-31"),
        "order", "regimes[1].until", "2019-12-31",
    ),
    "two statements from one day": (
        put("posts", 0, "status", 1, "from", value="1999"),
        "same-day", "posts[1].status[2]", '"value": "closed"',
    ),
    "a value outside the choices": (
        put("premises", 0, "title", value="stolen"), "choice", "premises[1].title", "stolen",
    ),
    "text where a list stands": (
        put("premises", 0, "other_names", value="The house"),
        "wrong-type", "premises[1].other_names", "The house",
    ),
    "a number where text stands": (
        put("facts", 0, "title", value=7), "type", "facts[1].title", '"title": 7',
    ),
    "an id of another list": (
        put("posts", 0, "id", value="premises/V2"), "id", "posts[1].id", "premises/V2",
    ),
    "a party that is not of this file": (
        put("regimes", 0, "by", value="XC"), "choice", "regimes[1].by", "XC",
    ),
    "one state on both sides": (
        put("premises", 0, "receiving", value="XA"),
        "identity", "premises[1].receiving", '"receiving": "XA"',
    ),
    "a missing key": (drop("facts", 0, "title"), "missing-key", "facts[1]", '"id": "F1"'),
    "one party only": (
        put("parties", value=[{"code": "XA", "name": "Exaland"}] * 2),
        "parties", "parties", '"parties"',
    ),
    "a version to come": (put("dossier", value=2), "version", "dossier", '"dossier": 2'),
    "a character that prints as nothing": (
        put("facts", 0, "title", value="The\u200bvilla"),
        "hidden-character", "facts[1].title", 'villa"',
    ),
    "a character that turns the writing": (
        put("premises", 0, "name", value="Vil\u202ela"),
        "hidden-character", "premises[1].name", "Vil",
    ),
    "text over the limit": (
        put("premises", 0, "name", value="V" * 201), "too-long", "premises[1].name", "VVVV",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_each_fault_is_told_with_its_line_rule_and_remedy(case: str) -> None:
    change, code, path, words = WRONG[case]
    dossier = a_dossier()
    change(dossier)
    data = lines_of(dossier)
    report = check(data)
    told = {(each.refusal.code, each.path): each for each in report.errors}
    assert (code, path) in told, [(each.refusal.code, each.path) for each in report.errors]
    found = told[code, path]
    expected = line_with(data, words)
    assert abs(found.line - expected) <= (code in {"missing-key", "same-day", "parties"})
    sentence = found.refusal.as_dict()
    assert str(found.line) in sentence["thing"]
    assert sentence["rule"]
    assert sentence["remedy"]
    assert report.dossier is None


def test_all_faults_are_told_at_once() -> None:
    dossier = a_dossier()
    for change, *_ in (WRONG["an unknown key of a post"], WRONG["a day that does not exist"]):
        change(dossier)
    dossier["facts"].append(copy.deepcopy(dossier["facts"][0]))
    codes = [problem.refusal.code for problem in check(lines_of(dossier)).errors]
    assert {"unknown-key", "day", "duplicate-id"} <= set(codes)


def test_an_id_stands_once_but_both_sides_may_declare_one_regime() -> None:
    dossier = a_dossier()
    theirs = {**dossier["regimes"][0], "by": "XA", "applies_to": "XB"}
    dossier["regimes"].append(theirs)
    assert check(lines_of(dossier)).ok
    dossier["regimes"].append(theirs)
    (problem,) = check(lines_of(dossier)).errors
    assert problem.refusal.code == "duplicate-id"


@given(data=st.binary(max_size=300))
def test_any_bytes_are_checked_without_an_exception(data: bytes) -> None:
    assert not check(data).ok


@given(
    where=st.sampled_from(["posts", "premises", "regimes", "facts", "sources", "parties", "title"]),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "value", "from", "by", "effects", "on"]), inner
            )
        ),
        max_leaves=8,
    ),
)
def test_a_value_of_any_form_in_any_place_is_checked_without_an_exception(
    where: str, value: Any
) -> None:
    for place in (value, [value], {"id": value}, [{"id": value, "sending": "XA"}]):
        check(lines_of(a_dossier(**{where: place})))


def _fields(act: DraftedAct) -> set[str]:
    fields = act.body.get("fields", {})
    assert isinstance(fields, dict)
    return set(fields)


def test_each_side_states_its_own_fields_and_a_history_in_several_acts() -> None:
    dossier = read(a_dossier())
    told = {
        party: [(act.type, act.on, _fields(act)) for act in acts_for(dossier, party)]
        for party in ("XA", "XB")
    }
    assert told["XA"] == [
        ("post.stated", "post/XA-WYE", {"type", "city", "status"}),
        ("post.stated", "post/XA-WYE", {"status"}),
        ("premises.stated", "premises/V1", {"name", "other_names", "title", "post"}),
    ]
    assert acts_for(dossier, "XC") == []
    assert told["XB"] == [
        ("post.stated", "post/XA-WYE", {"consent"}),
        ("premises.stated", "premises/V1", {"access"}),
        ("premises.stated", "premises/V1", {"access"}),
        ("regime.declared", "regime/M1", set()),
    ]


def test_every_act_has_the_form_of_its_type_and_says_where_it_is_from() -> None:
    dossier = read(a_dossier())
    for party in ("XA", "XB"):
        for act in acts_for(dossier, party):
            from_json(act_types()[act.type, act.version], act.body, act.on)
            canon.encode(act.body)
    access = acts_for(dossier, "XB")[2].body["fields"]["access"]  # type: ignore[index,call-overload]
    assert access == {
        "value": "entered_by_host",
        "from": "2020-03-01",
        "sources": ["A wire, 2020, https://a.example", "Gazette"],
    }


def test_the_parties_of_a_dossier_are_treated_alike() -> None:
    swap = {"XA": "XB", "XB": "XA"}

    def swapped(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: swapped(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [swapped(inner) for inner in value]
        if isinstance(value, str):
            return "".join(
                swap.get(part, part)
                for part in value.replace("XA", "\0XA\0").replace("XB", "\0XB\0").split("\0")
            )
        return value

    here, there = read(a_dossier()), read(swapped(a_dossier()))
    for party in ("XA", "XB"):
        ours = [(act.type, swapped(act.on), swapped(act.body)) for act in acts_for(here, party)]
        theirs = [(act.type, act.on, act.body) for act in acts_for(there, swap[party])]
        assert ours == theirs


def test_what_no_act_states_is_kept_as_chronicle() -> None:
    kept = {(one.section, one.key) for one in chronicle(read(a_dossier()))}
    assert kept == {
        ("facts", "F1"),
        ("parties", "XA"),
        ("parties", "XB"),
        ("open_questions", "1"),
        ("sources", "wire"),
        ("sources", "gazette"),
    }


def test_every_field_of_a_register_has_an_author_side() -> None:
    for section in REGISTERS:
        for place in section.places:
            assert fields.side_of(f"{section.prefix}/X", place.key) in {"sending", "receiving"}


def test_the_example_in_the_documentation_is_a_dossier_without_a_fault() -> None:
    text = DOCS.read_text(encoding="utf-8")
    example = text.split("```json\n")[1].split("```")[0]
    report = check(example.encode())
    assert not report.errors
    assert report.dossier is not None
    told = {party: {act.on for act in acts_for(report.dossier, party)} for party in ("XA", "XB")}
    assert told["XA"] == {"post/XA-WYE", "post/XA-ZED", "premises/V1", "premises/C1"}
    assert told["XB"] == {"post/XA-WYE", "premises/V1", "premises/C1", "regime/M1"}


@pytest.mark.parametrize("section", REGISTERS, ids=lambda section: section.name)
def test_the_documentation_names_every_field_that_can_be_stated(section: Section) -> None:
    text = DOCS.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| `{section.name}` |"))
    columns = dict(zip(("sending", "receiving", "own"), row.split("|")[3:6], strict=True))
    named = {side: set(re.findall(r"`(\w+)`", words)) for side, words in columns.items()}
    for side in ("sending", "receiving"):
        assert named[side] == {
            place.key
            for place in section.places
            if fields.side_of(f"{section.prefix}/X", place.key) == side
        }
    assert named["own"] == {place.key for place in section.own}
