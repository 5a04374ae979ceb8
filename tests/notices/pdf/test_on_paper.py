"""What leaves on paper alone: its sheet says so, and claims no entry of any record."""

from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.line.node import Node
from legation.notices import services
from legation.notices.paper.services import enter_reply
from legation.notices.pdf.compose import to_pdf
from legation.notices.pdf.making import sheet_of
from legation.officers import services as officers
from legation.record.canon import Json
from notices.conftest import a_note
from notices.pdf.test_making import words

lone = nodes.lone


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    with django_db_blocker.unblock():
        nodes.make_templates(folder)
    return folder


def leaves(node: Node) -> str:
    data = {"post": "XA-MFA", **a_note()}
    draft = services.draft_notice(node, kind="note", data=data, by="Ada", at=node.clock())
    officers.clear(node, draft_id=draft.id, by="Bela", at=node.clock())
    return officers.release(node, draft_id=draft.id, by="Bela", at=node.clock())[0].on


def test_a_note_on_paper_names_its_own_series_and_no_entry(lone: Node) -> None:
    sheet = sheet_of(lone, leaves(lone))
    said = words(to_pdf(sheet))
    assert (sheet.standing, sheet.leaf, sheet.entry, sheet.code) == ("paper", None, None, "")
    assert "XA-MFA/2026/P-001" in said
    assert "in no record shared with the other side" in said
    assert "entry" not in said
    assert "hash" not in said


def test_a_reply_typed_in_is_printed_as_a_transcript(lone: Node) -> None:
    note = leaves(lone)
    on = f"{lone.clock():%Y-%m-%d}"
    texts: Json = [{"lang": "en", "role": "original", "text": "It was moved back."}]
    reply: dict[str, Json] = {
        "paper": {"number": "№ 12/дд", "on": on},
        "answer": "answered",
        "reply": "Yes.",
        "texts": texts,
    }
    enter_reply(lone, notice=note, data=reply, by="Ada", at=lone.clock())
    sheet = sheet_of(lone, note, act="book-1")
    said = words(to_pdf(sheet))
    assert sheet.standing == "transcript"
    assert "№ 12/дд" in said
    assert "Not the document itself" in said
    assert "two officers" not in said
    assert "It was moved back." in said
