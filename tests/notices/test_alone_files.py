"""Persons and files on paper: typed in, kept, erased, and spared by the daily sweep."""

from typing import Any

from legation.acts.kinds.notice_state import NoticeState
from legation.desk.services.tidying import tidy
from legation.line import queries as line
from legation.line.queries import book as reading
from legation.line.queries.files import holding
from legation.notices import services
from legation.notices.paper import forms as paper_forms
from legation.notices.paper import services as paper
from legation.notices.queries.erasures import ErasurePage, erasure
from notices.alone import Paper
from notices.test_kinds_at_work import a_member


def test_a_note_that_names_persons_goes_and_comes_on_paper(alone: Paper) -> None:
    ours = alone.sends("visa.staff", persons=[a_member(1), a_member(2)])
    assert len(alone.page(ours).lines) == 2
    data: Any = {
        "lines": [{"line": 1, "answer": "held"}, {"line": 2, "answer": "held"}],
        "paper": {"number": "№ 5", "on": "2026-11-23"},
    }
    paper.enter_reply(alone.node, notice=ours, data=data, by="Ada", at=alone.clock())
    assert alone.page(ours).line.open_lines == 2
    came: Any = {
        "post": "RU-MFA",
        "paper": {"number": "№ 6", "on": "2026-11-22"},
        "persons": [a_member(3)],
        "texts": [{"lang": "ru", "role": "original", "text": "О визах."}],
    }
    theirs = paper.enter_note(alone.node, kind="visa.staff", data=came, by="Ada", at=alone.clock())
    assert alone.page(theirs.on).line.number == "№ 6"
    assert line.verify_record(alone.node).faults == []


def test_a_reply_to_some_lines_is_corrected_in_those_lines(alone: Paper) -> None:
    """The other lines are still open; a correction of line 1 must not ask for line 2 alone."""
    note = alone.sends("visa.staff", persons=[a_member(1), a_member(2)])
    head = {"number": "№ 5", "on": "2026-11-23"}
    data: Any = {"lines": [{"line": 1, "answer": "refused"}], "paper": head}
    paper.enter_reply(alone.node, notice=note, data=data, by="Ada", at=alone.clock())
    (old,) = alone.page(note).paper.replies
    drawn = paper_forms.reply_form(alone.node, note, corrects=old)
    lines = paper_forms.sheet_lines(drawn)
    assert lines is not None
    assert [(line.number, line.choice.value()) for line in lines] == [
        (0, ""),
        (1, "refused"),
        (2, ""),
    ]
    given = {f"paper__{key}": said for key, said in head.items()}
    given |= {"why": "The other one.", "all__answer": ""}
    posted = {**given, "line1__answer": "", "line2__answer": "refused"}
    drawn = paper_forms.reply_form(alone.node, note, corrects=old, data=posted)
    again = drawn.as_data()
    why = str(again.pop("why"))
    paper.enter_reply(
        alone.node,
        notice=note,
        data=again,
        by="Ada",
        at=alone.clock(),
        corrects=old.n,
        why=why,
    )
    thing = reading.thing(alone.node, note)
    assert isinstance(thing, NoticeState)
    assert [line.final is None for line in thing.lines] == [True, False]


def test_a_person_s_data_on_paper_is_erased_with_our_word_of_it(alone: Paper) -> None:
    note = alone.sends("visa.staff", persons=[a_member(1)])

    def told() -> ErasurePage:
        thing = reading.thing(alone.node, note)
        assert isinstance(thing, NoticeState)
        return erasure(alone.node, thing, thing.files[0].root.text)

    draft = services.draft_erasure(
        alone.node, notice=note, root=told().root, ground="A slip.", by="Ada", at=alone.clock()
    )
    held = told().holding
    assert held is not None
    assert held.erased_at is None
    alone.leaves(draft)
    held = told().holding
    assert held is not None
    assert held.erased_at is not None
    assert [(word.by, word.ground) for word in told().words] == [("US", "A slip.")]


def test_the_daily_sweep_spares_what_the_book_names(alone: Paper) -> None:
    note = alone.sends("visa.staff", persons=[a_member(1)])
    thing = reading.thing(alone.node, note)
    assert isinstance(thing, NoticeState)
    root = thing.files[0].root.text
    alone.passes(days=3)
    assert tidy(alone.node, at=alone.clock())["files"] == 0
    held = holding(alone.node, root)
    assert held is not None
    assert held.complete
