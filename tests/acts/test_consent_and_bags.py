"""Consent to posts, and bags: what is said of a post by each side, and what silence means."""

import pytest

from acts.samples import A_BAG, A_POST, LED, MOW, Told, alike, form, sends
from legation.acts.statements import Register
from world import Body, World


@pytest.fixture
def world() -> World:
    return World()


ASKED = [
    # who writes, step, answer: what the sending and the receiving state say of the post then
    ("a", "open", None, ({}, {})),
    ("a", "open", "agreed", ({}, {"consent": "given", "consent_district": "Zedport"})),
    ("a", "open", "refused", ({}, {"consent": "refused"})),
    ("a", "open", "held", ({}, {})),
    ("a", "reopen", "agreed", ({}, {"consent": "given", "consent_district": "Zedport"})),
    ("a", "district", "agreed", ({}, {"consent_district": "Zedport"})),
    ("a", "district", "refused", ({}, {})),
    ("a", "close", None, ({"status": "closed"}, {})),
    ("a", "close", "noted", ({"status": "closed"}, {})),
    ("a", "suspend", "noted", ({"status": "suspended"}, {})),
    ("b", "open", None, ({}, {"consent": "given", "consent_district": "Zedport"})),
    ("b", "close", None, ({}, {"consent": "withdrawn"})),
    ("b", "close", "noted", ({}, {"consent": "withdrawn"})),
    ("b", "close", "agreed", ({"status": "closed"}, {"consent": "withdrawn"})),
    ("b", "suspend", None, ({}, {})),
    ("b", "suspend", "agreed", ({"status": "suspended"}, {})),
    ("b", "suspend", "refused", ({}, {})),
    ("b", "district", "agreed", ({"district": "Zedport"}, {"consent_district": "Zedport"})),
]


@pytest.mark.parametrize(("by", "step", "answer", "stated"), ASKED)
def test_what_is_said_of_a_post_and_what_is_answered(
    world: World, by: str, step: str, answer: str | None, stated: tuple[Told, Told]
) -> None:
    writer, other = (world.a, world.b) if by == "a" else (world.b, world.a)
    data: Body = {**A_POST, "written_as": "sending" if by == "a" else "receiving", "step": step}
    data["district" if step in ("open", "reopen", "district") else "effective"] = (
        "Zedport" if step in ("open", "reopen", "district") else "2026-12-31"
    )
    note = sends(writer, "post.consent", data)
    if answer is not None:
        other.answers(note, answer)
    assert (alike(world, LED, "XA"), alike(world, LED, "XB")) == stated


def test_a_post_closed_as_they_asked_is_closed_by_their_measure_from_the_day_they_named(
    world: World,
) -> None:
    why = "In answer to the closing of ours."
    data: Body = {**A_POST, "written_as": "receiving", "step": "close", "effective": "2026-12-31"}
    world.a.answers(sends(world.b, "post.consent", {**data, "reason": why}), "agreed")
    register = world.b.folded.state.find(Register, LED)
    assert register is not None
    (closed,) = register.stated["XA"]["status"]
    assert (closed.by, closed.from_) == ("XB", "2026-12-31")
    (withdrawn,) = register.stated["XB"]["consent"]
    assert (withdrawn.by, withdrawn.from_) == ("XB", "2026-12-31")
    assert withdrawn.note == why
    assert closed.note is None, "nobody's reason is put into the other's mouth"


def test_a_change_of_mind_takes_the_place_of_the_consent(world: World) -> None:
    data: Body = {**A_POST, "written_as": "sending", "step": "open", "effective": "2027-03-01"}
    note = sends(world.a, "post.consent", data)
    world.b.answers(note, "agreed", district="The town alone")
    assert alike(world, LED, "XB")["consent_district"] == "The town alone"
    world.b.answers(note, "refused", "notice.answer_changed")
    register = world.a.folded.state.find(Register, LED)
    assert register is not None
    assert [each.value for each in register.stated["XB"]["consent"]] == ["refused"]


@pytest.mark.parametrize(("side", "post"), [("sending", "post/XB-WAS"), ("receiving", MOW)])
def test_one_writes_of_a_post_as_the_state_that_one_is(world: World, side: str, post: str) -> None:
    data: Body = {**A_POST, "written_as": side, "step": "open", "post_concerned": post}
    sends(world.a, "post.consent", data)
    assert world.a.code(0) == "not-entitled"
    assert world.a.folded.state.get(post) is None


def test_silence_to_a_request_is_not_silence_to_a_notification(world: World) -> None:
    def silent(side: str, step: str) -> str:
        day = {"district": "Z"} if step == "district" else {"effective": "2027"}
        return form(world, "post.consent", A_POST, written_as=side, step=step, **day).silent()

    asked = {silent("sending", each) for each in ("open", "reopen", "district")}
    assert asked == {silent("receiving", "suspend")}
    assert "waits" in asked.pop()
    assert silent("sending", "close") == silent("receiving", "open")
    assert "lives by consent" in silent("receiving", "close")


@pytest.mark.parametrize(
    ("post_type", "articles"),
    [
        (None, ("VCDR 2", "VCDR 12", "VCCR 4")),
        ("consulate", ("VCCR 4",)),
        ("embassy", ("VCDR 2",)),
        ("office", ("VCDR 12",)),
    ],
)
def test_consent_rests_on_the_article_about_such_posts(
    world: World, post_type: str | None, articles: tuple[str, ...]
) -> None:
    named = {} if post_type is None else {"post_type": post_type}
    made = form(world, "post.consent", A_POST, written_as="sending", step="open", **named)
    assert made.rests_on() == articles


def test_a_bag_is_announced_and_nothing_more_is_said(world: World) -> None:
    note = sends(world.a, "bag", A_BAG)
    world.b.answers(note, "noted")
    prefixes = {thing.id.partition("/")[0] for thing in world.a.folded.state.things()}
    assert prefixes == {"party", "notice", "number"}
    assert b"John Doe" not in world.b.state
    bag, consular = (form(world, "bag", A_BAG, bag=each) for each in ("diplomatic", "consular"))
    assert (bag.rests_on(), consular.rests_on()) == (("VCDR 27",), ("VCCR 35",))
    assert "neither opened nor held" in bag.silent()
    assert "may be asked to be opened" in consular.silent()
    assert "courier {p1.name}" in bag.said("en")["told"]
    unaccompanied = form(world, "bag", A_BAG, couriers=[], carried_by="unaccompanied")
    assert "without a courier" in unaccompanied.said("en")["told"]
