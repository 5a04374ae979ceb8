"""Which sheet a notice, an answer or a draft makes; and that nothing of ours only is on it."""

import re

import pytest

from legation.errors import Refusal
from legation.notices import queries, services
from legation.notices.pdf.compose import to_pdf
from legation.notices.pdf.making import in_sight, sheet_of, sheet_of_draft
from legation.officers import queries as officers
from legation.officers.sight import Sight
from notices.conftest import Desks, a_note, an_access
from notices.pdf.squares import text_in
from notices.pdf.test_sheet import read


def words(data: bytes) -> str:
    """Return the words of a sheet, with those divided at the end of a line made whole."""
    return " ".join(read(data).replace("\ufffe", "").replace("\x02\n", "").split())


def test_both_nodes_print_the_same_bytes_of_a_note_that_crossed(desks: Desks) -> None:
    note = desks.a.sends("premises.access", **an_access())
    desks.sync()
    mine, theirs = (sheet_of(desk.node, note) for desk in (desks.a, desks.b))
    assert mine == theirs
    assert to_pdf(mine) == to_pdf(theirs)
    assert text_in(to_pdf(mine)) == queries.page(desks.b.node, note).leaf
    said = words(to_pdf(mine))
    assert "No. US-MFA/2026/001" in said
    assert "№ US-MFA/2026/001" in said
    assert mine.entry is not None
    assert f"entry {mine.entry + 1} of US" in said
    assert "{" not in said


def test_an_answer_is_printed_under_the_head_of_who_answers(desks: Desks) -> None:
    note = desks.a.sends("premises.access", **an_access())
    desks.sync()
    entered = desks.b.answers(note, "refused", reason="The building is closed.")
    desks.sync()
    mine = sheet_of(desks.a.node, note, act=f"peer-{entered.index}")
    theirs = sheet_of(desks.b.node, note, act=f"own-{entered.index}")
    assert to_pdf(mine) == to_pdf(theirs)
    assert mine.party == "RU"
    assert mine.letterhead[0] == theirs.letterhead[0] != mine.addressee[0]


def test_no_officer_s_name_is_on_paper(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    desks.sync()
    desks.b.answers(note, "noted")
    desks.sync()
    for desk in (desks.a, desks.b):
        data = to_pdf(sheet_of(desk.node, note))
        assert not {"Ada", "Bela"} & set(re.findall(r"\w+", words(data)))
        assert b"Ada" not in data
        assert b"Bela" not in data


def test_a_language_that_it_was_not_released_in_is_refused(desks: Desks) -> None:
    note = desks.a.sends("premises.access", **an_access())
    assert [each.lang for each in sheet_of(desks.a.node, note, lang="ru").columns] == ["ru"]
    with pytest.raises(Refusal, match="en, ru"):
        sheet_of(desks.a.node, note, lang="tr")


@pytest.mark.parametrize("act", ["own-9999", "peer-0", "nonsense", "own-"])
def test_an_act_without_a_text_is_no_sheet(desks: Desks, act: str) -> None:
    note = desks.a.sends("note", **a_note())
    with pytest.raises(Refusal, match="no such act with a text"):
        sheet_of(desks.a.node, note, act=act)


def test_a_draft_is_printed_as_one_and_has_neither_number_nor_date(desks: Desks) -> None:
    row = desks.a.drafts("premises.access", **an_access())
    page = officers.draft(desks.a.node, row.id)
    sheet = sheet_of_draft(
        desks.a.node, on=page.acts[0].on, body=page.acts[0].fields, at=page.line.drafted_at
    )
    said = words(to_pdf(sheet))
    assert "Draft. Not released, not in the record." in said
    assert "[number, set at release]" in said
    assert "[date of release]" in said
    assert "two officers" not in said
    assert not {"Ada", "Bela"} & set(re.findall(r"\w+", said))


def test_a_draft_of_an_answer_names_both_ends(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    desks.sync()
    row = services.draft_answer(
        desks.b.node,
        notice=note,
        data={"lines": [{"line": 1, "answer": "answered", "reply": "It was moved."}]},
        by="Ada",
        at=desks.b.now(),
    )
    act = officers.draft(desks.b.node, row.id).acts[0]
    sheet = sheet_of_draft(desks.b.node, on=act.on, body=act.fields, at=desks.b.now())
    released = sheet_of(desks.a.node, note)
    # Each sheet is in the language of its own original text.
    assert released.letterhead[0] == "Department of State of the United States of America"
    assert released.addressee[0] == "Embassy of the Russian Federation"
    assert sheet.letterhead[0] == "Посольство Российской Федерации"
    assert sheet.addressee[0] == "Государственный департамент Соединённых Штатов Америки"


def test_what_an_officer_does_not_see_is_not_there_to_print(desks: Desks) -> None:
    note = desks.a.sends("note", **a_note())
    nowhere = Sight(
        everything=False, posts=frozenset({"post/US-XXX"}), personal=False, content=True
    )
    with pytest.raises(Refusal, match="holds no such notice"):
        in_sight(desks.a.node, note, nowhere)
