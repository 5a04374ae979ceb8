"""Forms are drawn from declarations; what is refused comes back to the field it names."""

from typing import Any

import pytest
from django.http import QueryDict

from legation.acts.catalogue import notice_kinds
from legation.acts.codec import fields_of
from legation.notices import answering, forms, queries, services
from notices.conftest import Desks, a_note, an_access


def posted(**fields: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


ACCESS = {
    "post": "post/US-MFA",
    "premises": "premises/P2",
    "name": "Norwich House",
    "purpose": "To see the roof.\r\nAnd the cellar.",
    "from_0": "2026-12-01T10:00",
    "from_1": "America/New_York",
    "until_0": "2026-12-01T12:00",
    "until_1": "America/New_York",
    "visitors": "3",
    "vehicles": "",
}


@pytest.mark.parametrize("kind", sorted({code for code, _ in notice_kinds()}))
def test_a_form_has_every_field_that_the_kind_declares(desks: Desks, kind: str) -> None:
    form = forms.notice_form(desks.a.node, kind)
    declared = [place.key for place in fields_of(notice_kinds()[kind, 1])]
    drawn = dict.fromkeys(entry.name.partition("__")[0] for entry in form.entries)
    assert [name for name in drawn if name in declared] == declared
    for name in ("post", "to", "asked_by", "refers", "reference", "text_en", "text_ru"):
        assert name in form.fields
    assert "<" in form.as_p()
    for bound in form:
        assert bound.label
        assert bound.help_text is not None


def test_a_form_says_what_a_program_would_write(desks: Desks) -> None:
    form = forms.notice_form(desks.a.node, "premises.access", data=posted(**ACCESS))
    assert form.as_data() == {
        "post": "post/US-MFA",
        "premises": "premises/P2",
        "name": "Norwich House",
        "purpose": "To see the roof.\nAnd the cellar.",
        "from": "2026-12-01T10:00-05:00",
        "until": "2026-12-01T12:00-05:00",
        "visitors": 3,
    }


@pytest.mark.parametrize(
    ("desk", "typed_in", "place"),
    [
        ("a", {}, "Europe/Moscow"),
        ("b", {}, "America/New_York"),
        ("a", {"theirs": True}, "America/New_York"),
    ],
)
def test_what_a_sending_state_asks_for_is_timed_by_the_receiving_state_s_clock(
    desks: Desks, desk: str, typed_in: dict[str, Any], place: str
) -> None:
    node = getattr(desks, desk).node
    form = forms.notice_form(node, "premises.access", **typed_in)
    assert form.fields["from"].widget.widgets[1].choices[0][0] == place


def _draft(desks: Desks, form: forms.ActForm, kind: str) -> Any:
    return form.drafts(
        lambda data: services.draft_notice(
            desks.a.node, kind=kind, data=data, by="Ada", at=desks.a.now()
        )
    )


def test_a_filled_form_becomes_a_draft_and_the_note_is_made_from_it(desks: Desks) -> None:
    form = forms.notice_form(desks.a.node, "premises.access", data=posted(**ACCESS))
    draft = _draft(desks, form, "premises.access")
    assert draft is not None
    notice = desks.a.leaves(draft).on
    page = queries.page(desks.a.node, notice)
    assert [text.lang for text in page.texts] == ["en", "ru"]
    assert "Norwich House" in page.texts[0].text


WRONG = {
    "an hour that does not exist": ({"from_0": "2026-12-01T25:00"}, "from"),
    "a day that does not exist": ({"until_0": "2026-02-30T10:00"}, "until"),
    "no zone": ({"from_1": ""}, "from"),
    "an end before the beginning": ({"until_0": "2026-12-01T09:00"}, "until"),
    "a number in words": ({"visitors": "three"}, "visitors"),
    "a number too large": ({"visitors": "501"}, "visitors"),
    "text over the limit": ({"name": "x" * 201}, "name"),
    "a character that turns the writing": ({"name": "Nor\u202ewich"}, "name"),
    "a character of no width": ({"purpose": "To see\u200b it."}, "purpose"),
    "an empty field": ({"purpose": ""}, "purpose"),
    "no premises": ({"premises": ""}, "premises"),
    "a thing of another kind": ({"premises": "post/US-MOW"}, "premises"),
    "a post of the other side": ({"post": "post/RU-MFA"}, "post"),
    "a day to answer by that does not exist": ({"asked_by": "2026-02-30"}, "asked_by"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_comes_back_to_its_field(desks: Desks, case: str) -> None:
    changes, field = WRONG[case]
    form = forms.notice_form(desks.a.node, "premises.access", data=posted(**{**ACCESS, **changes}))
    assert _draft(desks, form, "premises.access") is None
    assert field in form.errors, form.errors
    assert all(form.errors[field])
    assert "<" in form.as_p()


def test_all_that_is_wrong_comes_back_at_once(desks: Desks) -> None:
    data = posted(**{**ACCESS, "visitors": "0", "name": "", "asked_by": "soon"})
    form = forms.notice_form(desks.a.node, "premises.access", data=data)
    assert _draft(desks, form, "premises.access") is None
    assert set(form.errors) == {"visitors", "name", "asked_by"}


def test_own_words_take_the_place_of_the_made_text_and_the_first_is_the_original(
    desks: Desks,
) -> None:
    data = posted(
        **{"post": "post/US-MFA", **a_note()}, text_en="In our words.", text_ru="Словами."
    )
    form = forms.notice_form(desks.a.node, "note", data=data)
    page = queries.page(desks.a.node, desks.a.leaves(_draft(desks, form, "note")).on)
    assert [(text.lang, text.role, text.text) for text in page.texts] == [
        ("en", "original", "In our words."),
        ("ru", "courtesy", "Словами."),
    ]


def test_each_allowed_answer_has_a_form_of_its_own(desks: Desks) -> None:
    notice = desks.a.sends("premises.access", **an_access())
    desks.sync()
    drawn = answering.answer_forms(desks.b.node, notice)
    assert [each.code for each in drawn] == ["granted", "refused", "held"]
    assert [each.final for each in drawn] == [True, True, False]
    ids = [bound.id_for_label for each in drawn for bound in each.form]
    named = [name for name in ids if name]
    assert len(named) == len(set(named))


def test_an_answer_s_form_becomes_a_draft(desks: Desks) -> None:
    notice = desks.a.sends("premises.access", **an_access())
    desks.sync()
    data = posted(
        answer="granted",
        from_0="2026-12-01T10:00",
        from_1="Europe/Moscow",
        until_0="2026-12-01T12:00",
        until_1="Europe/Moscow",
        escorted="true",
        words="By the gate.",
    )
    chosen = answering.answer_form(desks.b.node, notice, data=data)
    assert chosen.code == "granted"
    draft = chosen.form.drafts(
        lambda data: services.draft_answer(
            desks.b.node, notice=notice, data=data, by="Ada", at=desks.b.now()
        )
    )
    assert draft is not None, chosen.form.errors
    desks.b.leaves(draft)
    (line,) = queries.page(desks.b.node, notice).lines
    assert line.now is not None
    assert (line.now.code, line.open) == ("granted", False)
    assert {field.key: field.value for field in line.now.fields} == {
        "from": "2026-12-01T10:00+03:00",
        "until": "2026-12-01T12:00+03:00",
        "escorted": True,
    }


def test_yes_and_no_are_asked_for_and_not_assumed(desks: Desks) -> None:
    notice = desks.a.sends("premises.access", **an_access())
    desks.sync()
    chosen = answering.answer_form(desks.b.node, notice, data=posted(answer="granted"))
    assert (
        chosen.form.drafts(
            lambda data: services.draft_answer(
                desks.b.node, notice=notice, data=data, by="Ada", at=desks.b.now()
            )
        )
        is None
    )
    assert {"from", "until", "escorted"} <= set(chosen.form.errors)


def test_a_declaration_s_words_become_the_fields_hints() -> None:
    told = forms.described(notice_kinds()["premises.access", 1])
    assert told["visitors"] == "How many persons."
    assert told["from"] == told["until"]
