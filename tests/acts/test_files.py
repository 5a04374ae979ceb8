"""Files beside an act: their root, what an act says of them, and their erasure."""

import pytest

from legation.acts.codec import from_body, to_json
from legation.acts.files import (
    CHUNK,
    PERSON_FILE,
    chunks_of,
    files_of,
    person_file,
    read_person,
    ref_of,
    root_of_file,
)
from legation.acts.kinds.notice_with_files import NoticeAnsweredWithFiles
from legation.errors import Refusal
from legation.record.canon import Json
from legation.record.merkle import leaf_hash, node_hash
from world import REPLY, Body, World, a_note

PLAN = to_json(ref_of(b"a plan", media_type="application/pdf", name="plan.pdf"))
SCAN = to_json(ref_of(b"a scan", media_type="image/png"))


def test_a_file_s_root_is_that_of_the_tree_over_its_chunks() -> None:
    data = bytes(CHUNK) + b"the rest"
    first, rest = (leaf_hash(chunk) for chunk in chunks_of(data))
    assert ref_of(data, media_type="application/pdf").root == node_hash(first, rest).hex()
    assert root_of_file([first, rest]) == node_hash(first, rest).hex()
    assert ref_of(b"x", media_type="text/plain").root == leaf_hash(b"x").hex()


def test_a_person_s_file_is_read_back_and_its_root_cannot_be_guessed_from_the_name() -> None:
    fields: Body = {"name": "Elif Lovelace"}
    one, other = (person_file(salt * 32, fields) for salt in (b"\1", b"\2"))
    assert read_person(one) == read_person(other) == fields
    kinds = [ref_of(data, media_type=PERSON_FILE, person="0" * 16) for data in (one, other)]
    assert kinds[0].root != kinds[1].root
    with pytest.raises(ValueError, match="32 random bytes"):
        person_file(b"few", fields)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(bytes(32), "size", id="nothing behind the random bytes"),
        pytest.param(bytes(70_000), "size", id="far too much"),
        pytest.param(bytes(32) + b'{"name": "x"}', "not-canonical", id="another form"),
        pytest.param(bytes(32) + b'["x"]', "not-canonical", id="no object"),
    ],
)
def test_a_person_s_file_of_theirs_that_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_person(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([], id="none, which is version 1"),
        pytest.param([PLAN, PLAN], id="one twice"),
        pytest.param([{**PLAN, "size": 0}], id="an empty one"),
        pytest.param([{**PLAN, "size": 26_214_401}], id="one beyond 25 MiB"),
        pytest.param([{**PLAN, "type": "a b"}], id="no media type"),
        pytest.param(
            [{**PLAN, "person": "a" * 16}, {**SCAN, "person": "a" * 16}], id="two about one person"
        ),
        pytest.param([{**PLAN, "root": f"{number:064x}"} for number in range(121)], id="too many"),
    ],
)
def test_files_that_an_act_cannot_name(files: list[Json]) -> None:
    with pytest.raises(Refusal) as refused:
        from_body(NoticeAnsweredWithFiles, {"lines": [{}], "files": files}, "Answer")
    assert refused.value.code == "schema"


def test_files_are_found_in_any_body_and_nothing_else_is_taken_for_them() -> None:
    assert [each.name for each in files_of({"any": 1, "files": [PLAN]})] == ["plan.pdf"]
    assert files_of({"any": 1}) == ()
    with pytest.raises(Refusal):
        files_of({"files": ["plan.pdf"]})


def test_a_notice_keeps_which_files_came_with_it_and_with_which_answer() -> None:
    world = World()
    note = world.a.sends(a_note(), files=[PLAN])
    index = world.b.answers_lines(note, [{"line": 1, "answer": "noted"}], files=[SCAN])
    world.b.answers_lines(note, [{"line": 1, "answer": "answered", **REPLY}], files=[PLAN])
    notice = world.a.notice(note)
    assert [each.root for each in notice.files] == [PLAN["root"]]
    assert [each.root for each in notice.files_of_answer(index)] == [SCAN["root"]]
    assert [each.root for each in notice.all_files()] == [PLAN["root"], SCAN["root"]]
    assert world.a.void == {}
    assert world.a.state == world.b.state


def test_a_node_that_does_not_know_files_still_gets_notes_without_any() -> None:
    world = World(speaks=lambda _, known: [each for each in known if not each.endswith("/2")])
    plain = world.a.sends(a_note())
    with_plan = world.a.sends(a_note(), files=[PLAN])
    assert world.a.code(0) is None
    assert world.a.code(1) == "not-spoken"
    assert world.b.notice(plain).files == ()
    assert world.a.folded.state.get(with_plan) is None


def _erases(world: World, party: str, note: str, root: Json) -> str | None:
    node = world.a if party == "XA" else world.b
    return node.code(node.acts("file.erased", on=note, body={"root": root, "ground": "A slip."}))


def test_each_side_says_for_itself_that_it_erased_a_file() -> None:
    world = World()
    note = world.a.sends(a_note(), files=[PLAN])
    root = str(PLAN["root"])
    assert _erases(world, "XA", note, root) is None
    notice = world.b.notice(note)
    assert notice.erased_by(root, "XB") is None, "not confirmed"
    assert _erases(world, "XB", note, root) is None
    told = [world.a.notice(note).erased_by(root, party) for party in ("XA", "XB")]
    assert [each is not None and each.ground for each in told] == ["A slip.", "A slip."]
    assert _erases(world, "XA", note, root) == "duplicate"
    assert _erases(world, "XA", note, SCAN["root"]) == "unknown-subject"
    assert world.a.state == world.b.state


def test_nobody_erases_what_they_had_not_seen_named() -> None:
    world = World()
    note = world.a.sends(a_note())
    world.cut()
    world.b.answers_lines(note, [{"line": 1, "answer": "noted"}], files=[SCAN])
    assert _erases(world, "XA", note, SCAN["root"]) == "unknown-subject"
    world.mend()
    assert world.a.code(1) == "unknown-subject", "it stays so when their answer comes"
    assert _erases(world, "XA", note, SCAN["root"]) is None
    assert world.a.state == world.b.state
