"""Who may send what: a post on their soil writes as the sending state, as far as it is stated."""

from typing import Any

import pytest

from legation.errors import Refusal
from legation.officers import services as officers
from legation.officers.wording import DraftedAct
from notices.alone import Paper
from notices.test_kinds_at_work import a_member

A_POST: Any = {"sending": "US", "receiving": "RU", "fields": {"type": {"value": "embassy"}}}
LEAVE: Any = {"ground": "persona_non_grata", "leave_by": "2026-12-20", "persons": [a_member(1)]}


def stated(alone: Paper) -> None:
    act = DraftedAct(type="post.stated", on="post/US-MOW", body=A_POST)
    alone.leaves(officers.draft(alone.node, acts=[act], title="x", by="Ada", at=alone.clock()))


def test_an_embassy_of_ours_sends_nobody_away_and_the_ministry_does(alone: Paper) -> None:
    stated(alone)
    with pytest.raises(Refusal, match="only the receiving state sends this") as refused:
        alone.sends("not.acceptable", **LEAVE, post="US-MOW")
    assert refused.value.values["field"] == "post"
    alone.sends("not.acceptable", **LEAVE, post="US-MFA")


def test_what_is_not_certain_is_not_refused(alone: Paper) -> None:
    alone.sends("not.acceptable", **LEAVE, post="US-MOW")
    stated(alone)
    for post in ("US-MOW", "US-MFA"):
        alone.sends("visa.staff", persons=[a_member(2)], post=post)


@pytest.mark.parametrize("field", ["post", "to"])
def test_a_post_that_its_side_never_stated_takes_no_number(alone: Paper, field: str) -> None:
    alone.sends("visa.staff", persons=[a_member(1)], post="US-XXX")  # Nothing is stated yet.
    stated(alone)
    named = {"post": "US-MFA", field: "US-XXX"}
    with pytest.raises(Refusal, match="stated no such post; it has US-MFA, US-MOW") as refused:
        alone.sends("visa.staff", persons=[a_member(2)], **named)
    assert refused.value.code == "unknown-post"
    assert refused.value.values["field"] == field
    alone.sends("visa.staff", persons=[a_member(2)], post="US-MOW", to="RU-ANY")
    alone.sends("visa.staff", persons=[a_member(2)], post="US-MOW", to="RU-MFA")
