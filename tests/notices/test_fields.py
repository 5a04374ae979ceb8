"""A field for every shape that a declaration can have: what is typed becomes the JSON it means."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Ge, Le, MaxLen, MinLen
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from acts.made_up_kinds.delegation import Delegation
from legation.acts.codec import fields_of, from_json
from legation.acts.values import Day, Instant, Money, Party, PremisesId
from legation.errors import Refusal
from legation.notices.fields import Around, parts_of
from legation.notices.forms import ActForm

AROUND = Around(things={"premises": [("premises/V1", "Villa (V1)")]}, parties=("US", "RU"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """One of each. amount: how much. days: on which."""

    line: Annotated[str, MinLen(1), MaxLen(80)]
    words: Annotated[str, MaxLen(5_000)] | None = None
    number: Annotated[int, Ge(-5), Le(5)] = 0
    sure: bool
    one: Literal["first_class", "second"] | None = None
    day: Day | None = None
    at: Instant | None = None
    place: PremisesId | None = None
    who: Party | None = None
    amount: Money | None = None
    names: Annotated[tuple[Annotated[str, MaxLen(20)], ...], MaxLen(3)] = ()
    days: Annotated[tuple[Day, ...], MaxLen(3)] = ()
    some: Annotated[tuple[Literal["a", "b"], ...], MaxLen(2)] = ()


def a_form(cls: type[object], **typed: Any) -> ActForm:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return ActForm(
        [part for place in fields_of(cls) for part in parts_of(place, AROUND)], data=data
    )


TYPED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a line": ({"line": "  A fence "}, {"line": "A fence"}),
    "paragraphs": ({"words": "One.\r\n\r\nTwo."}, {"words": "One.\n\nTwo."}),
    "nothing": ({"words": "", "number": "", "day": ""}, {}),
    "a number": ({"number": "-3"}, {"number": -3}),
    "no number": ({"number": "a few"}, {"number": "a few"}),
    "yes": ({"sure": "true"}, {"sure": True}),
    "no": ({"sure": "false"}, {"sure": False}),
    "a choice": ({"one": "second"}, {"one": "second"}),
    "a day": ({"day": "2026-12-01"}, {"day": "2026-12-01"}),
    "a time in winter": (
        {"at_0": "2026-12-01T10:00", "at_1": "America/New_York"},
        {"at": "2026-12-01T10:00-05:00"},
    ),
    "a time in summer": (
        {"at_0": "2026-07-01T10:00", "at_1": "America/New_York"},
        {"at": "2026-07-01T10:00-04:00"},
    ),
    "a time with seconds": (
        {"at_0": "2026-12-01T10:00:30", "at_1": "Europe/Moscow"},
        {"at": "2026-12-01T10:00+03:00"},
    ),
    "a time in UTC": (
        {"at_0": "2026-12-01T10:00", "at_1": "UTC"}, {"at": "2026-12-01T10:00+00:00"},
    ),
    "a time in no zone": ({"at_0": "2026-12-01T10:00", "at_1": ""}, {"at": "2026-12-01T10:00"}),
    "a thing": ({"place": "premises/V1"}, {"place": "premises/V1"}),
    "an object": (
        {"amount__minor": "12.50", "amount__currency": "USD"},
        {"amount": {"minor": 1250, "currency": "USD"}},
    ),
    "half an object": ({"amount__currency": "USD"}, {"amount": {"currency": "USD"}}),
    "several lines": ({"names": "Anna\r\n\r\nBoris\n"}, {"names": ["Anna", "Boris"]}),
    "several days": ({"days": "2026\n2027-02"}, {"days": ["2026", "2027-02"]}),
    "several choices": ({"some": ["a", "b"]}, {"some": ["a", "b"]}),
}  # fmt: skip


@pytest.mark.parametrize("case", TYPED)
def test_what_is_typed_becomes_the_json_it_means(case: str) -> None:
    typed, data = TYPED[case]
    form = a_form(Everything, **typed)
    assert form.as_data() == data
    assert form.as_p()


def test_a_filled_form_is_what_the_declaration_reads() -> None:
    typed: dict[str, Any] = {"line": "A fence", "sure": "false"}
    for each, _data in TYPED.values():
        typed = {**each, **typed}
    typed |= {"number": "3", "at_1": "UTC", "amount__minor": "0.01", "amount__currency": "USD"}
    made = from_json(Everything, a_form(Everything, **typed).as_data(), "form")
    assert made.amount == Money(minor=1, currency="USD")  # type: ignore[arg-type]


def test_a_kind_with_personal_fields_and_lists_of_objects_has_a_form_too() -> None:
    form = a_form(
        Delegation,
        contact="Anna",
        day="2026-12-01",
        members__1__name="Boris",
        members__1__rank="Attaché",
    )
    assert form.as_data()["members"] == [{"name": "Boris", "rank": "Attaché"}]
    from_json(Delegation, form.as_data(), "form")


def test_an_amount_without_a_currency_is_refused_at_the_currency() -> None:
    with pytest.raises(Refusal) as refused:
        a_form(Everything, line="A", amount__minor="12.50").as_data()
    assert refused.value.values["field"] == "amount.currency"


def test_a_refusal_of_an_inner_field_comes_back_to_it() -> None:
    form = a_form(Everything, line="A", sure="true", amount__minor="1", amount__currency="dollars")
    with pytest.raises(Refusal) as refused:
        from_json(Everything, form.as_data(), "form")
    form.refuse(refused.value)
    assert set(form.errors) == {"amount__currency"}


@given(
    typed=st.dictionaries(
        st.sampled_from(
            ["line", "words", "number", "sure", "one", "day", "at_0", "at_1", "place", "names",
             "amount__minor", "some", "who"]
        ),
        st.text(max_size=12) | st.sampled_from(["\0", "9" * 400, "[" * 50, "2026-13-01T99:99"]),
    )
)  # fmt: skip
def test_whatever_is_typed_is_read_or_refused_and_the_form_is_shown_again(
    typed: dict[str, str],
) -> None:
    form = a_form(Everything, **typed)
    try:
        from_json(Everything, form.as_data(), "form")
    except Refusal as refusal:
        form.refuse(refusal)
        assert form.errors
    assert form.as_p()
