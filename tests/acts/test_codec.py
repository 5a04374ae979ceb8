"""From dataclass to JSON and back: by hints alone, all faults at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import pytest
from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import given
from hypothesis import strategies as st

from legation.acts.codec import (
    from_body,
    from_json,
    has_personal,
    json_schema,
    split,
    to_body,
    to_json,
)
from legation.acts.values import (
    Day,
    Id,
    JsonValue,
    Matches,
    Money,
    Of,
    Personal,
    PersonRef,
)
from legation.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    word: Annotated[str, MinLen(1), MaxLen(5)]
    day: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    name: Annotated[str, MaxLen(10)]
    from_: Day
    count: Annotated[int, Ge(0), Le(9)] = 3
    sure: bool = False
    mode: Literal["one", "two"] = "one"
    inner: Inner | None = None
    many: Annotated[tuple[Inner, ...], MaxLen(2)] = ()
    post: Annotated[Id, Of("post")] | None = None
    code: Annotated[str, Matches("[a-z]+", "small letters only.")] | None = None
    cost: Money | None = None
    table: Mapping[str, int] | None = None
    raw: JsonValue = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: Annotated[str, Personal, MaxLen(80)]
    rank: Annotated[str, MaxLen(20)]
    person: PersonRef = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    head: Person
    guests: tuple[Person, ...] = ()


WHOLE = {
    "name": "x",
    "from": "2021-06",
    "count": 4,
    "sure": True,
    "mode": "two",
    "inner": {"word": "a", "day": "2021"},
    "many": [{"word": "b"}],
    "post": "post/US-MOW",
    "code": "abc",
    "cost": {"minor": -5, "currency": "USD"},
    "table": [{"key": "A", "value": 1}, {"key": "b", "value": 2}],
    "raw": {"any": [1, "thing"]},
}


def faults(cls: type[object], value: object) -> dict[str, str]:
    """Return field -> code of every fault."""
    with pytest.raises(Refusal) as caught:
        from_json(cls, value, "Form")
    found = (caught.value, *caught.value.others)
    assert all(each.sentence() for each in found)
    return {str(each.values["field"]): each.code for each in found}


def test_what_is_written_is_read_back() -> None:
    assert to_json(from_json(Outer, WHOLE, "Form")) == WHOLE
    assert to_body(from_body(Outer, WHOLE, "Form")) == WHOLE


def test_what_is_none_or_an_empty_default_is_left_out() -> None:
    written = to_json(from_json(Outer, {"name": "", "from": "2021"}, "Form"))
    assert written == {"name": "", "from": "2021", "count": 3, "sure": False, "mode": "one"}


def test_values_are_of_their_own_types_and_written_plain() -> None:
    made = from_json(Outer, WHOLE, "Form")
    assert isinstance(made.from_, Day)
    assert isinstance(made.post, Id)
    assert type(to_json(made)["from"]) is str


def test_all_faults_are_told_at_once_each_with_its_field() -> None:
    value = {
        **WHOLE,
        "name": "far too long a name",
        "count": 10,
        "sure": 1,
        "mode": "three",
        "inner": {"word": "", "day": "2021-13"},
        "many": [{"word": "b"}, {"wort": "c", "word": "d"}],
        "post": "premises/P1",
        "code": "ABC",
        "cost": {"minor": 1.5, "currency": "usd"},
        "other": 1,
    }
    del value["from"]
    assert faults(Outer, value) == {
        "name": "too-long",
        "from": "missing-field",
        "count": "range",
        "sure": "wrong-type",
        "mode": "choice",
        "inner.word": "too-short",
        "inner.day": "day",
        "many.2.wort": "unknown-field",
        "post": "id",
        "code": "form",
        "cost.minor": "wrong-type",
        "cost.currency": "currency",
        "other": "unknown-field",
    }


@pytest.mark.parametrize(
    ("value", "field", "code"),
    [
        pytest.param([], "", "wrong-type", id="a list is no form"),
        pytest.param({**WHOLE, "inner": None}, "inner", "wrong-type", id="null is never written"),
        pytest.param({**WHOLE, "count": True}, "count", "wrong-type", id="true is no number"),
        pytest.param({**WHOLE, "many": [{"word": "a"}] * 3}, "many", "entries", id="three of two"),
        pytest.param({**WHOLE, "many": {}}, "many", "wrong-type", id="an object is no list"),
        pytest.param(
            {**WHOLE, "table": [{"key": "b", "value": 1}, {"key": "a", "value": 1}]},
            "table",
            "order",
            id="a table is sorted",
        ),
        pytest.param(
            {**WHOLE, "table": [{"key": "b", "value": 1}] * 2}, "table", "order", id="keys differ"
        ),
        pytest.param({**WHOLE, "table": [{"key": "b"}]}, "table", "wrong-type", id="half a pair"),
        pytest.param({**WHOLE, "name": "a\u202eb"}, "name", "hidden-character", id="bidi override"),
    ],
)
def test_a_fault_names_its_field(value: object, field: str, code: str) -> None:
    assert faults(Outer, value) == {field: code}


def test_a_hidden_character_is_named_with_its_place() -> None:
    with pytest.raises(Refusal, match="U\\+200B ZERO WIDTH SPACE at place 2") as caught:
        from_json(Outer, {**WHOLE, "name": "a\u200bb"}, "Note 47")
    assert str(caught.value).startswith("Note 47, field “name”: ")


def test_a_hidden_character_does_not_make_void_what_was_released() -> None:
    assert from_body(Outer, {**WHOLE, "name": "a\u200db"}, "Form").name == "a\u200db"


def test_personal_fields_stand_beside_and_a_number_in_their_place() -> None:
    ada = {"name": "Ada", "rank": "counsellor"}
    form = from_json(Party, {"head": ada, "guests": [{"name": "Bela", "rank": "x"}]}, "Form")
    public, aside = split(form, ["0" * 15 + "1", "0" * 15 + "2"])
    assert public == {
        "head": {"rank": "counsellor", "person": "0" * 15 + "1"},
        "guests": [{"rank": "x", "person": "0" * 15 + "2"}],
    }
    assert aside == {"0" * 15 + "1": {"name": "Ada"}, "0" * 15 + "2": {"name": "Bela"}}
    assert to_body(from_body(Party, public, "Form")) == public
    assert from_body(Party, public, "Form").head.name == ""


def test_a_released_form_neither_holds_a_name_nor_lacks_the_number() -> None:
    with pytest.raises(Refusal) as caught:
        from_body(Party, {"head": {"name": "Ada", "rank": "x"}}, "Form")
    assert caught.value.code == "schema"
    assert {each.values["field"] for each in (caught.value, *caught.value.others)} == {
        "head.name",
        "head.person",
    }


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param([], id="none drawn"),
        pytest.param(["0" * 16] * 2, id="one number for two persons"),
        pytest.param(["x" * 16] * 2, id="no hexadecimal digits"),
    ],
)
def test_each_person_needs_a_number_of_its_own(numbers: list[str]) -> None:
    ada = Person(name="Ada", rank="x")
    with pytest.raises(ValueError, match="number"):
        split(Party(head=ada, guests=(ada,)), numbers)


def test_a_class_with_personal_fields_and_no_place_for_the_number_is_refused_at_once() -> None:
    @dataclass(frozen=True)
    class Wrong:
        name: Annotated[str, Personal]

    with pytest.raises(TypeError, match="PersonRef"):
        json_schema(Wrong)


def test_who_asks_learns_whether_a_form_is_about_persons() -> None:
    assert has_personal(Party)
    assert not has_personal(Outer)


def test_a_hint_that_is_not_known_is_refused_when_the_class_is_compiled() -> None:
    @dataclass(frozen=True)
    class Wrong:
        number: complex

    with pytest.raises(TypeError, match="complex"):
        json_schema(Wrong)


def test_the_schema_says_the_same_as_the_reader() -> None:
    schema = json_schema(Outer, "A form")
    assert schema["title"] == "A form"
    assert schema["required"] == ["name", "from"]
    assert schema["additionalProperties"] is False
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert properties["name"] == {"type": "string", "maxLength": 10}
    assert properties["count"] == {"type": "integer", "minimum": 0, "maximum": 9}
    assert properties["mode"] == {"type": "string", "enum": ["one", "two"]}
    assert json.dumps(schema)


def test_the_schema_marks_what_is_personal() -> None:
    schema = json.dumps(json_schema(Party))
    assert schema.count("x-personal") == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*WHOLE, "word", "day", "x"]), inner, max_size=6)
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_is_given_is_read_or_refused(value: object) -> None:
    try:
        made = from_json(Outer, value, "Form")
    except Refusal as refusal:
        assert all(str(each) for each in (refusal, *refusal.others))
    else:
        assert from_json(Outer, to_json(made), "Form") == made


@given(st.sampled_from(sorted(WHOLE)), JSON)
def test_one_field_changed_at_will_is_read_or_refused(field: str, value: object) -> None:
    try:
        made = from_json(Outer, {**WHOLE, field: value}, "Form")
    except Refusal as refusal:
        assert str(refusal.values["field"]).startswith(field)
    else:
        assert from_json(Outer, to_json(made), "Form") == made
