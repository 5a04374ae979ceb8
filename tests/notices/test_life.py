"""A notice's life, seen from both desks: what happened, who waits, what is refused and why."""

from datetime import timedelta
from typing import Any

import pytest

from legation.errors import Refusal
from legation.notices import queries, services
from legation.notices.queries import Filters, NoticePage
from notices.conftest import Desks, a_note, an_access


def test_a_note_crosses_is_answered_and_closed_and_both_lists_say_the_same(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    (mine,) = queries.notices(desks.a.node).rows
    assert (mine.state, mine.ours, mine.move) == ("released", True, "RU")
    assert mine.waiting_since is None
    desks.sync()
    (mine,), (theirs,) = (queries.notices(desk.node).rows for desk in (desks.a, desks.b))
    assert mine.received_at == theirs.received_at is not None
    assert (mine.state, theirs.state) == ("received", "received")
    assert (mine.number, mine.ours, theirs.ours) == (theirs.number, True, False)
    desks.b.answers(note, "noted")
    desks.sync()
    (mine,) = queries.notices(desks.a.node).rows
    assert (mine.state, mine.said, mine.move) == ("received", {"noted": 1}, "RU")
    desks.b.answers(note, "answered", reply="It was moved back.")
    desks.sync()
    (mine,) = queries.notices(desks.a.node).rows
    assert (mine.state, mine.open_lines, mine.move) == ("answered", 0, "")
    desks.a.closes(note)
    desks.sync()
    assert [queries.counts(desk.node)["closed"] for desk in (desks.a, desks.b)] == [1, 1]
    for side in desks.pair.both():
        side.verify()


def _steps(page: NoticePage) -> list[tuple[str, str, str]]:
    return [(step.what, step.done, step.by) for step in page.chain]


def test_the_chain_tells_what_happened_and_what_is_still_to_come(desks: Desks) -> None:
    note = desks.a.sends("premises.access", **an_access())
    mine = queries.page(desks.a.node, note)
    assert _steps(mine) == [
        ("drafted", "yes", "US"),
        ("cleared", "yes", "US"),
        ("released", "yes", "US"),
        ("received", "no", "RU"),
        ("answered", "no", "RU"),
    ]
    desks.sync()
    desks.b.answers(note, "held")
    desks.sync()
    mine, theirs = (queries.page(desk.node, note) for desk in (desks.a, desks.b))
    assert _steps(mine)[3:] == [("received", "yes", "RU"), ("answered", "part", "RU")]
    assert _steps(theirs) == _steps(mine)[2:]
    desks.b.answers(note, "refused", reason="The building is closed.")
    desks.sync()
    mine = queries.page(desks.a.node, note)
    assert _steps(mine)[-1] == ("answered", "yes", "RU")
    assert [answer.code for answer in mine.lines[0].answers] == ["held", "refused"]
    assert "cannot be granted" in mine.lines[0].answers[1].texts[1].text


def test_who_drafted_and_cleared_is_ours_only_and_never_on_their_page_or_on_paper(
    desks: Desks,
) -> None:
    note = desks.a.sends("note", **a_note())
    desks.sync()
    desks.b.answers(note, "noted")
    desks.sync()
    mine, theirs = (queries.page(desk.node, note) for desk in (desks.a, desks.b))
    assert mine.ours is not None
    assert (mine.ours.drafted_by, mine.ours.cleared_by) == ("Ada", "Bela")
    assert theirs.ours is None
    assert mine.lines[0].answers[0].ours is None
    assert theirs.lines[0].answers[0].ours is not None
    assert all(step.private for step in mine.chain if step.what in {"drafted", "cleared"})
    for paper in (queries.print_view(desk.node, note) for desk in (desks.a, desks.b)):
        assert not {"Ada", "Bela"} & set(paper.text.replace(".", " ").replace(",", " ").split())


def test_an_answer_of_theirs_is_not_taken_for_our_act_at_the_same_place(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    for sealed in desks.pair.a.sends():
        desks.pair.b.takes(sealed)
    assert desks.b.answers(note, "noted").index == queries.page(desks.a.node, note).entry
    desks.sync()
    (answer,) = queries.page(desks.a.node, note).lines[0].answers
    assert answer.ours is None


def test_waiting_counts_from_the_receipt_else_from_the_release_and_says_which(
    desks: Desks,
) -> None:
    note = desks.a.sends("note", **a_note())
    desks.tick(timedelta(days=3, hours=2).total_seconds())
    (mine,) = queries.waits(desks.a.node).we_wait
    assert (mine.days, mine.waits_by_receipt, mine.waiting_since) == (3, False, None)
    desks.sync()
    desks.tick(timedelta(days=2, hours=1).total_seconds())
    (mine,) = queries.waits(desks.a.node).we_wait
    (theirs,) = queries.waits(desks.b.node).to_answer
    assert (mine.days, mine.waits_by_receipt) == (2, True) == (theirs.days, theirs.waits_by_receipt)
    assert queries.waits(desks.a.node).to_answer_count == 0
    desks.b.answers(note, "answered", reply="Noted with thanks.")
    desks.sync()
    assert queries.waits(desks.a.node).we_wait == ()
    assert queries.waits(desks.b.node).to_answer_count == 0


def test_what_came_in_and_what_left_since_an_instant(desks: Desks) -> None:
    desks.a.sends("note", **a_note())
    desks.sync()
    since = desks.a.now()
    desks.tick(60)
    note = desks.b.sends("note", **a_note(subject="A gate"))
    desks.sync()
    desks.a.answers(note, "noted")
    events = queries.arrived(desks.a.node, since=since)
    assert [(event.what, event.by, event.notice.title) for event in events] == [
        ("answered", "US", "A gate"),
        ("released", "RU", "A gate"),
    ]
    assert [e.what for e in queries.arrived(desks.a.node, since=since, ours=False)] == ["released"]


def test_a_note_refers_to_earlier_ones_by_number_and_is_found_from_both_ends(desks: Desks) -> None:
    first = desks.a.sends("note", **a_note())
    number = queries.page(desks.a.node, first).line.number
    second = desks.a.sends("note", **a_note(refers=[number]))
    assert [row.id for row in queries.page(desks.a.node, second).refers] == [first]
    assert [row.id for row in queries.page(desks.a.node, first).referred_by] == [second]


def test_notices_about_a_building_are_found_from_it(desks: Desks) -> None:
    note = desks.a.sends("premises.access", **an_access())
    desks.sync()
    for desk in (desks.a, desks.b):
        assert [row.id for row in queries.about(desk.node, "premises/P2")] == [note]


def test_paper_shows_number_and_date_filled_in_and_one_language(desks: Desks) -> None:
    note = desks.a.sends("premises.access", **an_access())
    paper = queries.print_view(desks.a.node, note)
    assert paper.lang == "en"
    assert paper.others == ("ru",)
    assert paper.text.startswith("No. US-MFA/2026/001")
    assert paper.text.endswith("23 November 2026")
    assert "{" not in paper.text
    assert queries.print_view(desks.a.node, note, lang="ru").text.endswith("23 ноября 2026 года")
    with pytest.raises(Refusal, match="en, ru"):
        queries.print_view(desks.a.node, note, lang="tr")


def test_what_an_officer_wrote_in_braces_stays_as_written_on_paper(desks: Desks) -> None:
    text = "No. {number}\n\nSee {number} and {subject}.\n\n{date}"
    note = desks.a.sends("note", **a_note(texts=[{"lang": "en", "role": "original", "text": text}]))
    assert "{subject}" in queries.print_view(desks.a.node, note).text


def test_an_answer_that_crossed_a_withdrawal_stands_and_both_pages_agree(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    desks.sync()
    desks.b.answers(note, "answered", reply="It was moved back.")
    desks.a.withdraws(note)
    desks.sync()
    pages = [queries.page(desk.node, note) for desk in (desks.a, desks.b)]
    assert [page.line.state for page in pages] == ["withdrawn", "withdrawn"]
    assert [page.lines[0].open for page in pages] == [False, False]
    assert all(not page.may for page in pages)
    for side in desks.pair.both():
        side.verify()


def test_a_draft_about_a_notice_shows_on_its_page_until_it_leaves(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    draft = services.draft_withdraw(desks.a.node, notice=note, data={}, by="Ada", at=desks.a.now())
    (waiting,) = queries.page(desks.a.node, note).drafts
    assert (waiting.id, waiting.state, waiting.drafted_by) == (draft.id, "drafted", "Ada")
    desks.a.leaves(draft)
    assert queries.page(desks.a.node, note).drafts == ()


def test_a_change_of_mind_is_its_own_act(desks: Desks) -> None:
    note = desks.a.sends("premises.access", **an_access())
    desks.sync()
    desks.b.answers(note, "refused")
    assert queries.page(desks.b.node, note).may == {"change"}
    data: Any = {"lines": [{"line": 1, "answer": "refused", "reason": "Works on the roof."}]}
    desks.b.leaves(
        services.draft_changed_answer(
            desks.b.node, notice=note, data=data, by="Ada", at=desks.b.now()
        )
    )
    desks.sync()
    line = queries.page(desks.a.node, note).lines[0]
    assert [(answer.changed, answer.final) for answer in line.answers] == [
        (False, True),
        (True, True),
    ]


def _a_final_answer(desks: Desks) -> str:
    note = desks.a.sends("premises.access", **an_access())
    desks.sync()
    desks.b.answers(note, "refused")
    desks.sync()
    return note


def _answer(desk: Any, note: str, **line: Any) -> None:
    data: Any = {"lines": [{"line": 1, **line}]}
    services.draft_answer(desk.node, notice=note, data=data, by="Ada", at=desk.now())


def test_a_second_final_answer_is_refused_at_drafting(desks: Desks) -> None:
    note = _a_final_answer(desks)
    with pytest.raises(Refusal) as refused:
        _answer(desks.b, note, answer="refused")
    assert refused.value.code == "already-final"


def test_an_answer_for_a_line_that_is_not_there_is_refused(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    desks.sync()
    with pytest.raises(Refusal) as refused:
        _answer(desks.b, note, line=2, answer="noted")
    assert refused.value.code == "no-line"


REFUSED: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "an unknown kind": ("treaty", {}, "kind", ""),
    "an unknown field": ("note", a_note(colour="red"), "unknown-field", "colour"),
    "a missing field": ("note", {"subject": "A fence"}, "missing-field", "message"),
    "text over the limit": ("note", a_note(subject="x" * 201), "too-long", "subject"),
    "a time without a zone": (
        "premises.access", an_access(**{"from": "2026-12-01T10:00"}), "instant", "from",
    ),
    "a day that does not exist": (
        "premises.access", an_access(until="2026-02-30T10:00Z"), "instant", "until",
    ),
    "a day to answer by that does not exist": (
        "note", a_note(asked_by="2026-02-30"), "day", "asked_by",
    ),
    "writing turned round": (
        "note", a_note(subject="A \u202efence"), "hidden-character", "subject",
    ),
    "a character of no width": (
        "note", a_note(message="A\u200bfence"), "hidden-character", "message",
    ),
    "a post of the other side": ("note", a_note(post="post/RU-MFA"), "not-entitled", "post"),
    "a notice that is not there": (
        "note", a_note(refers=["notice/US-0000000000000000"]), "unknown-subject", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_leave_is_refused_with_its_field_and_nothing_is_kept(
    desks: Desks, case: str
) -> None:
    kind, data, code, field = REFUSED[case]
    with pytest.raises(Refusal) as refused:
        desks.a.drafts(kind, **data)
    assert refused.value.code == code, str(refused.value)
    assert str(refused.value.values.get("field", "")) == field
    told = refused.value.as_dict()
    assert told["thing"]
    assert told["rule"]
    assert told["remedy"]
    assert queries.notices(desks.a.node).total == 0


@pytest.mark.parametrize("deed", ["draft_withdraw", "draft_close"])
def test_only_who_sent_a_notice_withdraws_or_closes_it(desks: Desks, deed: str) -> None:
    note = desks.a.sends("note", **a_note())
    desks.sync()
    with pytest.raises(Refusal) as refused:
        getattr(services, deed)(desks.b.node, notice=note, data={}, by="Ada", at=desks.b.now())
    assert refused.value.code == "not-entitled"


def test_nobody_answers_their_own_notice(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    with pytest.raises(Refusal) as refused:
        _answer(desks.a, note, answer="noted")
    assert refused.value.code == "not-entitled"


def test_what_is_closed_or_withdrawn_cannot_be_closed_again(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    desks.a.withdraws(note)
    for deed in (desks.a.withdraws, desks.a.closes):
        with pytest.raises(Refusal) as refused:
            deed(note)
        assert refused.value.code in {"withdrawn", "closed"}


def test_an_unknown_notice_is_named(desks: Desks) -> None:
    with pytest.raises(Refusal) as refused:
        queries.page(desks.a.node, "notice/US-0000000000000000")
    assert refused.value.code == "unknown-subject"


def test_a_filter_that_nothing_fits_shows_nothing_and_breaks_nothing(desks: Desks) -> None:
    desks.a.sends("note", **a_note())
    for filters in (Filters(state="lost"), Filters(kind="x"), Filters(post="%"), Filters(text="%")):
        shown = queries.notices(desks.a.node, filters, page=7)
        assert (shown.rows, shown.total, shown.page, shown.pages) == ((), 0, 1, 1)
