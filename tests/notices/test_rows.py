"""A list inside a form is rows: read, grown and shrunk by a button, each with its own faults."""

from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from annotated_types import MaxLen, MinLen
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from acts.made_up_kinds.delegation import Delegation, Member
from legation.acts.codec import fields_of, from_json, to_json
from legation.acts.values import Day, Instant, Line80
from legation.errors import Refusal
from legation.notices import rows
from legation.notices.fields import Around, Group, entries_of
from legation.notices.forms import ActForm
from legation.notices.moments import ZonedInput

AROUND = Around(things={}, parties=("US", "RU"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One child."""

    name: Line80
    born: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One family. size: how many beds."""

    name: Line80
    size: Annotated[int, MaxLen(9)] = 1
    since: Instant | None = None
    children: Annotated[tuple[Child, ...], MaxLen(3)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house of families."""

    families: Annotated[tuple[Family, ...], MinLen(1), MaxLen(3)]


def typed(**fields: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data[name] = value
    return data


def a_form(cls: type[object], data: QueryDict | None = None, **filled: Any) -> ActForm:
    count = rows.counter(data, filled)
    entries = entries_of(cls, fields_of(cls), AROUND, count=count)
    form = ActForm(entries, data=data, filled=filled)
    form.initial.update(form.counters())
    return form


TWO = {
    "families__rows": "3",
    "families__1__name": "Lovelace",
    "families__1__size": "1",
    "families__1__children__rows": "2",
    "families__1__children__1__name": "",
    "families__1__children__2__name": "Byron",
    "families__2__name": "",
    "families__2__size": "1",
    "families__3__name": "Bartók",
    "families__3__size": "4",
}


def test_rows_become_a_list_and_those_that_say_nothing_are_left_out() -> None:
    assert a_form(House, typed(**TWO)).as_data() == {
        "families": [
            {"name": "Lovelace", "size": 1, "children": [{"name": "Byron"}]},
            {"name": "Bartók", "size": 4},
        ]
    }


def test_what_is_wrong_stands_at_the_row_and_field_where_it_was_typed() -> None:
    data = {
        **TWO,
        "families__3__name": "x" * 81,
        "families__1__children__2__born": "2026-02-30",
    }
    form = a_form(House, typed(**data))
    with pytest.raises(Refusal) as caught:
        from_json(House, form.as_data(), "a house")
    form.refuse(caught.value)
    assert set(form.errors) == {"families__3__name", "families__1__children__2__born"}


def test_a_list_too_short_says_so_at_the_list() -> None:
    form = a_form(House, typed(families__rows="1"))
    with pytest.raises(Refusal) as caught:
        from_json(House, form.as_data(), "a house")
    form.refuse(caught.value)
    assert set(form.errors) == {"families__rows"}


def test_a_row_is_added_and_another_removed_and_what_was_typed_stays() -> None:
    more = rows.stepped(typed(**TWO, _step="add families__1__children"))
    assert more is not None
    assert len(a_form(House, more).groups["families__1__children"].rows) == 3
    less = rows.stepped(typed(**TWO, _step="remove families 1"))
    assert less is not None
    assert less["families__rows"] == "2"
    assert a_form(House, less).as_data() == {"families": [{"name": "Bartók", "size": 4}]}


def test_no_more_rows_are_drawn_than_the_list_may_have() -> None:
    for told in ("4000", "99999999", "-1", "many", "٣"):
        form = a_form(House, typed(families__rows=told))
        assert len(form.groups["families"].rows) <= 3


@pytest.mark.parametrize("step", ["remove families", "remove families 9", "add nothing", "drop 1"])
def test_a_button_that_is_none_loses_nothing(step: str) -> None:
    after = rows.stepped(typed(**TWO, _step=step)) or typed(**TWO)
    assert a_form(House, after).as_data() == a_form(House, typed(**TWO)).as_data()


def test_rows_from_elsewhere_fill_those_that_say_nothing_first() -> None:
    data = typed(**TWO)
    group = a_form(House, data).groups["families"]
    after = rows.with_rows(data, group, [{"name": "Karaca", "size": "2"}])
    families = a_form(House, after).as_data()["families"]
    assert isinstance(families, list)
    assert [each["name"] for each in families if isinstance(each, dict)] == [
        "Lovelace", "Bartók", "Karaca",
    ]  # fmt: skip


names = st.text("abcçдя' -", min_size=1, max_size=12).map(str.strip).filter(bool)
children = st.builds(Child, name=names, born=st.none() | st.just(Day("2020-02-29")))
since = st.sampled_from(["2026-12-01T10:00-05:00", "2026-07-01T10:00+03:00"]).map(Instant)
families = st.builds(
    Family,
    name=names,
    size=st.integers(0, 9),
    since=st.none() | since,
    children=st.lists(children, max_size=3).map(tuple),
)


@given(st.lists(families, min_size=1, max_size=3).map(tuple))
def test_a_form_filled_from_data_gives_the_same_data_back(kept: tuple[Family, ...]) -> None:
    filled = to_json(House(families=kept))
    drawn = a_form(House, None, **filled)
    data = QueryDict(mutable=True)
    for name in drawn.fields:
        value, widget = drawn[name].value(), drawn.fields[name].widget
        if isinstance(widget, ZonedInput):
            data.update(
                {f"{name}_{n}": each or "" for n, each in enumerate(widget.decompress(value))}
            )
        else:
            data[name] = "" if value is None else str(value)
    assert a_form(House, data).as_data() == filled


def test_fields_about_persons_are_marked_and_a_person_s_number_is_kept_unseen() -> None:
    form = a_form(Delegation)
    (group,) = form.groups.values()
    assert isinstance(group, Group)
    assert group.personal
    assert form.fields["members__1__name"].personal  # type: ignore[attr-defined] # an Asked
    assert not form.fields["members__1__rank"].personal  # type: ignore[attr-defined] # as above
    assert form.fields["members__1__person"].widget.is_hidden
    assert form.fields["person"].widget.is_hidden


def test_the_page_draws_rows_with_their_buttons() -> None:
    form = a_form(Delegation, members=[{"name": "A", "rank": "B", "person": "0" * 16}, {}])
    page = render_to_string("notices/form_fields.html", {"form": form})
    assert 'value="remove members 2"' in page
    assert 'value="add members"' in page
    assert 'name="members__rows" value="2"' in page
    assert page.count('value="' + "0" * 16 + '"') == 1
    assert Member.__name__
