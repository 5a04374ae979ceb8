"""What is about persons travels beside the act, and the fold never reads it."""

import pytest

from acts.made_up_kinds.delegation import Delegation
from legation.acts.codec import from_body
from legation.acts.drafting import draft, draft_answer, draft_notice
from legation.record import canon
from legation.record.canon import Json
from world import ADraft, Body, World

KINDS = "acts.made_up_kinds"
NUMBERS = ["00000000000000aa", "00000000000000bb", "00000000000000cc"]
MEMBERS: list[Json] = [
    {"name": "Elif Lovelace", "passport": "AB123", "rank": "counsellor"},
    {"name": "Farid Bartók", "rank": "attaché"},
]
DATA: Body = {
    "post": "XA-MIS",
    "contact": "Gül Karaca",
    "day": "2026-12-01",
    "members": MEMBERS,
}
SECRETS = ("Elif", "Lovelace", "AB123", "Farid", "Bartók", "Gül", "Karaca")


@pytest.fixture
def world() -> World:
    return World(KINDS)


def drafted(world: World, **changes: Json) -> tuple[Body, dict[str, Body]]:
    made = draft(
        "delegation",
        {**DATA, **changes},
        world.parties,
        numbers=NUMBERS,
        catalogue=world.catalogue,
    )
    return made.body, made.personal


def releases(world: World) -> str:
    note = world.a.new_id("notice")
    body, _ = drafted(world, languages=["en", "ru", "tr"])
    world.a.acts("notice.released", on=note, body=body, number="XA-MIS/2026/001")
    return note


def test_no_personal_value_stands_in_the_body_or_its_texts(world: World) -> None:
    body, personal = drafted(world, languages=["en", "ru", "tr"])
    data = canon.encode(body).decode()
    assert not [word for word in SECRETS if word in data]
    assert personal == {
        NUMBERS[0]: {"contact": "Gül Karaca"},
        NUMBERS[1]: {"name": "Elif Lovelace", "passport": "AB123"},
        NUMBERS[2]: {"name": "Farid Bartók"},
    }


def test_the_text_names_persons_by_the_places_that_print_fills_in(world: World) -> None:
    body, _ = drafted(world, languages=["en"])
    assert "under {p1.contact} on 1 December 2026" in str(body["texts"])
    assert "{p2.name}, {p2.passport}, counsellor; {p3.name}, attaché" in str(body["texts"])


def test_a_kind_with_persons_has_a_whole_life_without_their_names(world: World) -> None:
    note = releases(world)
    assert world.a.void == {}
    notice = world.b.notice(note)
    assert len(notice.lines) == 2
    assert notice.title == "2026-12-01"
    world.b.answers_lines(
        note,
        [
            {"line": 1, "answer": "admitted", "until": "2026-12-31"},
            {"line": 2, "answer": "held"},
        ],
    )
    assert world.a.notice(note).standing == "interim"
    world.b.answers_lines(note, [{"line": 2, "answer": "declined"}])
    assert world.a.notice(note).answered
    world.b.answers_lines(
        note, [{"line": 2, "answer": "admitted", "until": "2026-12-05"}], "notice.answer_changed"
    )
    assert world.a.notice(note).line(2).current is not None
    world.a.closes(note)
    assert world.a.void == {}
    assert world.a.state == world.b.state
    data = world.a.state.decode()
    assert not [word for word in SECRETS if word in data]


def test_a_notice_is_withdrawn_while_one_line_has_no_final_answer(world: World) -> None:
    note = releases(world)
    world.b.answers_lines(note, [{"line": 1, "answer": "declined"}])
    assert world.a.code(world.a.withdraws(note)) is None
    assert world.b.code(world.b.answers_lines(note, [{"line": 2, "answer": "declined"}])) == (
        "withdrawn"
    )
    assert world.a.notice(note).standing == "withdrawn"


def test_one_wrong_line_leaves_all_lines_of_its_act_unanswered(world: World) -> None:
    note = releases(world)
    lines: list[Json] = [{"line": 1, "answer": "declined"}, {"line": 3, "answer": "declined"}]
    assert world.b.code(world.b.answers_lines(note, lines)) == "no-line"
    assert world.a.notice(note).lines[0].answers == ()


def test_the_fold_is_the_same_with_and_without_the_personal_values(world: World) -> None:
    """There is nothing to take away: the form that the fold reads has no names in it."""
    body, _ = drafted(world)
    form = from_body(Delegation, body["fields"], "delegation")
    assert (form.contact, form.person) == ("", NUMBERS[0])


def test_a_body_that_holds_a_name_is_without_effect_on_both(world: World) -> None:
    body, _ = drafted(world)
    fields = body["fields"]
    assert isinstance(fields, dict)
    fields["contact"] = "Gül Karaca"
    index = world.a.acts(
        "notice.released", on=world.a.new_id("notice"), body=body, number="XA-MIS/2026/001"
    )
    assert world.a.code(index) == "schema"
    assert world.a.state == world.b.state


def test_who_draws_no_numbers_cannot_draft_about_persons(world: World) -> None:
    with pytest.raises(ValueError, match="number"):
        draft_notice("delegation", DATA, world.parties, catalogue=world.catalogue)


def test_a_kind_that_tests_bring_is_sent_like_any_other() -> None:
    world = World(KINDS)
    note = world.a.sends(ADraft("delegation", {k: v for k, v in DATA.items() if k != "post"}))
    notice = world.b.notice(note)
    assert [each.person for each in notice.files] == list(world.a.persons)
    assert [len(fields) for fields in world.a.persons.values()] == [1, 2, 1]
    assert world.a.state == world.b.state
    assert not any(secret.encode() in world.b.state for secret in SECRETS)


def test_an_answer_without_formulae_is_sent_without_a_text(world: World) -> None:
    note = releases(world)
    answered = draft_answer(
        world.b.notice(note),
        {"lines": [{"line": 2, "answer": "declined"}]},
        world.parties,
        catalogue=world.catalogue,
    )
    assert answered == {"lines": [{"line": 2, "answer": "declined"}]}
