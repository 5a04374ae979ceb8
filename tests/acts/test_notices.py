"""The life of a notice: released, answered, changed, withdrawn, closed; and who may do what."""

import pytest

from legation.acts.drafting import draft_notice
from legation.acts.fold import next_number
from legation.acts.kinds.notice import MAX_ANSWERS
from world import GRANTED, REPLY, Body, World, a_note, a_request


@pytest.fixture
def world() -> World:
    return World()


def test_a_note_is_released_answered_and_closed(world: World) -> None:
    note = world.a.sends(a_note(subject="Roof"))
    assert world.b.notice(note).standing == "released"
    assert world.b.notice(note).title == "Roof"
    world.b.answers(note, "noted")
    assert world.a.notice(note).standing == "interim"
    world.b.answers(note, "answered", **REPLY)
    assert world.a.notice(note).standing == "answered"
    assert not world.a.notice(note).waits
    world.a.closes(note)
    assert world.b.notice(note).standing == "closed"
    assert world.a.void == {}
    assert world.a.state == world.b.state


def test_interim_answers_may_repeat_before_the_final_one(world: World) -> None:
    request = world.a.sends(a_request())
    world.b.answers(request, "held")
    world.b.answers(request, "held", reason="The owner is away.")
    world.b.grants(request)
    answers = [each.answer for each in world.a.notice(request).lines[0].answers]
    assert answers == ["held", "held", "granted"]


def test_a_line_takes_so_many_answers_and_no_more(world: World) -> None:
    request = world.a.sends(a_request())
    for _ in range(MAX_ANSWERS):
        world.b.answers(request, "held")
    assert world.b.code(world.b.answers(request, "held")) == "too-many"
    assert len(world.a.notice(request).lines[0].answers) == MAX_ANSWERS
    assert world.b.code(world.b.grants(request)) is None, "the final one has room"
    change = world.b.answers(request, "refused", "notice.answer_changed")
    assert world.b.code(change) == "too-many"
    assert world.a.state == world.b.state


def test_a_second_final_answer_is_kept_and_marked_without_effect(world: World) -> None:
    request = world.a.sends(a_request())
    world.b.answers(request, "refused")
    second = world.b.grants(request)
    assert world.b.code(second) == "already-final"
    assert world.a.notice(request).answer == "refused"
    assert world.a.state == world.b.state


def test_an_interim_answer_after_the_final_one_is_without_effect(world: World) -> None:
    request = world.a.sends(a_request())
    world.b.grants(request)
    assert world.b.code(world.b.answers(request, "held")) == "already-final"


def test_a_change_of_mind_keeps_what_was_said_before(world: World) -> None:
    request = world.a.sends(a_request())
    world.b.grants(request)
    world.b.answers(request, "refused", "notice.answer_changed", reason="Works in the street.")
    line = world.a.notice(request).lines[0]
    assert [(each.answer, each.changed) for each in line.answers] == [
        ("granted", False),
        ("refused", True),
    ]
    assert world.a.notice(request).answer == "refused"
    assert line.final is not None
    assert line.final.answer == "granted"


@pytest.mark.parametrize(
    ("before", "answer", "code"),
    [
        pytest.param("held", "refused", "not-answered", id="no final answer yet to change"),
        pytest.param("granted", "held", "interim", id="a final answer does not become interim"),
    ],
)
def test_only_a_final_answer_is_changed_and_to_a_final_one(
    world: World, before: str, answer: str, code: str
) -> None:
    request = world.a.sends(a_request())
    world.b.answers(request, before, **(GRANTED if before == "granted" else {}))
    assert world.b.code(world.b.answers(request, answer, "notice.answer_changed")) == code


def test_the_other_side_answers_and_the_sender_withdraws_and_closes(world: World) -> None:
    note = world.a.sends(a_note())
    assert world.a.code(world.a.answers(note, "noted")) == "not-entitled"
    assert world.a.code(world.a.answers(note, "noted", "notice.answer_changed")) == "not-entitled"
    assert world.b.code(world.b.withdraws(note)) == "not-entitled"
    assert world.b.code(world.b.closes(note)) == "not-entitled"
    assert world.a.state == world.b.state
    assert world.a.notice(note).standing == "released"


def test_what_has_ended_is_neither_withdrawn_nor_closed_again(world: World) -> None:
    note = world.a.sends(a_note())
    world.a.withdraws(note)
    assert world.a.code(world.a.withdraws(note)) == "withdrawn"
    assert world.a.code(world.a.closes(note)) == "withdrawn"
    other = world.a.sends(a_note())
    world.a.closes(other)
    assert world.a.code(world.a.closes(other)) == "closed"
    assert world.a.code(world.a.withdraws(other)) == "closed"
    assert world.b.code(world.b.answers(other, "noted")) == "closed"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        pytest.param([{"line": 2, "answer": "refused"}], "no-line", id="a line that is not there"),
        pytest.param([{"line": 0, "answer": "refused"}], "no-line", id="lines begin at 1"),
        pytest.param([{"line": 1, "answer": "maybe"}], "schema", id="no answer of this kind"),
        pytest.param([{"line": 1, "answer": "granted"}], "schema", id="granted says when"),
        pytest.param([{"line": 1}], "schema", id="no answer at all"),
        pytest.param([{"line": True, "answer": "refused"}], "schema", id="a truth is no line"),
        pytest.param(["refused"], "schema", id="a word is no line"),
        pytest.param([], "schema", id="no line at all"),
        pytest.param([{"line": 1, "answer": "refused"}] * 2, "duplicate", id="one line twice"),
        pytest.param(
            [
                {
                    "line": 1,
                    "answer": "granted",
                    "from": "2026-12-02T10:00Z",
                    "until": "2026-12-01T10:00Z",
                    "escorted": True,
                }
            ],
            "schema",
            id="granted until before it begins",
        ),
    ],
)
def test_an_answer_that_cannot_be_leaves_the_notice_as_it_was(
    world: World, lines: list[object], code: str
) -> None:
    request = world.a.sends(a_request())
    index = world.b.answers_lines(request, lines)  # type: ignore[arg-type] # wrong on purpose
    assert world.b.code(index) == code
    assert world.a.notice(request).lines[0].answers == ()
    assert world.a.state == world.b.state


def test_an_answer_names_the_leaf_of_the_release(world: World) -> None:
    note = world.a.sends(a_note())
    body: Body = {"lines": [{"line": 1, "answer": "noted"}]}
    for leaf, code in ((b"", "other-act"), (b"\1" * 32, "other-act")):
        index = world.b.acts("notice.answered", on=note, body=body, re=leaf)
        assert world.b.code(index) == code
    assert world.a.code(world.a.acts("notice.closed", on=note, re=b"\1" * 32)) == "other-act"
    assert world.a.code(world.a.acts("notice.closed", on=note)) is None


def test_what_was_never_released_is_not_answered(world: World) -> None:
    index = world.b.answers("notice/XA-0123456789abcdef", "noted")
    assert world.b.code(index) == "unknown-subject"
    assert world.b.code(world.b.answers("post/XA-MOW", "noted")) == "subject"
    assert world.b.code(world.b.answers("nonsense", "noted")) == "subject"


def test_numbers_run_per_post_and_year_without_gaps(world: World) -> None:
    for _ in range(2):
        world.a.sends(a_note())
    world.a.sends(a_note(post="post/XA-MFA"))
    assert next_number(world.b.folded.state, "XA-MIS", 2026) == "XA-MIS/2026/003"
    assert next_number(world.b.folded.state, "post/XA-MFA", 2026) == "XA-MFA/2026/002"
    assert next_number(world.b.folded.state, "XA-MIS", 2027) == "XA-MIS/2027/001"


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("XA-MIS/2026/003", id="a gap"),
        pytest.param("XA-MIS/2026/001", id="a number given before"),
        pytest.param("XA-MIS/2026/2", id="another form"),
        pytest.param("XA-OTH/2026/002", id="another post's number"),
        pytest.param("XA-MIS/２０２６/002", id="digits of another script"),
        pytest.param("7", id="no form at all"),
    ],
)
def test_another_number_than_the_next_is_without_effect(world: World, number: str) -> None:
    world.a.sends(a_note())
    note = world.a.sends(a_note(), number=number)
    assert world.b.void == {("XA", 1): "number"}
    world.a.sends(a_note())
    assert world.b.void == {("XA", 1): "number"}, "the next one takes number 002"
    assert world.b.folded.state.get(note) is None


def test_an_id_is_used_once(world: World) -> None:
    note = world.a.sends(a_note())
    world.a.sends(a_note(subject="Another"), on=note)
    assert world.b.void == {("XA", 1): "duplicate"}
    assert world.b.notice(note).title == "Roof of the chancery"


def test_a_side_sends_from_its_own_posts_under_its_own_ids(world: World) -> None:
    world.a.sends(a_note(post="post/XB-MFA"), number="XB-MFA/2026/001")
    world.a.sends(a_note(), on="notice/XB-0123456789abcdef")
    world.a.sends(a_note(), on="notice/P1")
    world.a.sends(a_note(to="post/XA-MFA"))
    assert world.b.void == {
        ("XA", 0): "not-entitled",
        ("XA", 1): "not-entitled",
        ("XA", 2): "not-entitled",
        ("XA", 3): "addressee",
    }
    assert world.a.state == world.b.state


def test_access_is_asked_for_by_the_state_whose_premises_they_are(world: World) -> None:
    world.a.states("premises/P1", sending="XB", receiving="XA", access={"value": "denied"})
    world.a.sends(a_request())
    assert world.b.void == {("XA", 1): "not-entitled"}
    world.b.sends(a_request())
    assert world.b.void == {("XA", 1): "not-entitled"}


def test_access_is_not_asked_for_to_premises_seen_to_be_the_other_side_s(world: World) -> None:
    world.cut()
    world.a.states("premises/P1", sending="XA", receiving="XB", name={"value": "House"})
    world.b.sends(a_request())
    world.mend()
    assert world.a.void == {}, "XB had not seen whose they are"
    world.b.sends(a_request())
    assert world.a.void == {("XB", 1): "not-entitled"}
    world.a.sends(a_request())
    assert world.a.void == {("XB", 1): "not-entitled"}
    assert world.a.state == world.b.state


def test_the_state_tells_what_a_notice_is_about(world: World) -> None:
    request = world.a.sends(a_request(asked_by="2026-12-20", reference="12/34"))
    notice = world.b.notice(request)
    assert notice.about == ("premises/P1",)
    assert (notice.asked_by, notice.reference) == ("2026-12-20", "12/34")
    assert notice.number == "XA-MIS/2026/001"
    assert bytes.fromhex(notice.leaf) == world.b.leaf_of(request)


def test_a_notice_needs_a_text_of_its_own(world: World) -> None:
    courtesy = [{"lang": "en", "role": "courtesy", "text": "A translation of nothing."}]
    twice = [{"lang": "en", "role": "original", "text": text} for text in ("One.", "Other.")]
    for texts in (courtesy, twice, []):
        body = draft_notice("note", {"post": "XA-MIS", **a_note().data}, world.parties)
        body["texts"] = texts  # type: ignore[assignment] # JSON all the same
        index = world.a.acts(
            "notice.released",
            on=world.a.new_id("notice"),
            body=body,
            number="XA-MIS/2026/001",
        )
        assert world.a.code(index) == "schema"
