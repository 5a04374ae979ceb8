"""Bytes from outside: any act is folded or without effect, and both nodes agree."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acts.deeds import busy_world
from legation.acts.state import decode_thing, encode_thing
from legation.errors import Refusal
from legation.record import canon
from legation.record.act import Opening
from legation.record.canon import Json
from world import World

JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=5,
)


@pytest.mark.fuzz
@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=80))
def test_any_bytes_in_an_opening_are_folded_or_without_effect(
    head: bytes, body: bytes, sigs: bytes
) -> None:
    world = World()
    salt = bytes(32)
    world.a.writes(Opening(head, body, sigs, b"", salt, salt, salt))
    assert len(world.b.void) == 1
    assert world.a.state == world.b.state


STORY = busy_world(11, 80)


def openings() -> list[tuple[str, Opening]]:
    return [(node.party, each) for node in (STORY.a, STORY.b) for each in node.log]


@pytest.mark.fuzz
@given(st.sampled_from(openings()), st.data())
def test_a_byte_changed_in_a_body_is_folded_or_without_effect(
    act: tuple[str, Opening], data: st.DataObject
) -> None:
    party, opening = act
    where = data.draw(st.integers(0, len(opening.body) - 1))
    byte = data.draw(st.integers(0, 255))
    body = opening.body[:where] + bytes([byte]) + opening.body[where + 1 :]
    _fold_one(party, replace(opening, body=body))


@pytest.mark.fuzz
@given(st.sampled_from(openings()), st.data())
def test_a_field_changed_in_a_body_is_folded_or_without_effect(
    act: tuple[str, Opening], data: st.DataObject
) -> None:
    party, opening = act
    try:
        body = canon.decode(opening.body)
    except Refusal:
        return
    inner = body
    while inner:
        key = data.draw(st.sampled_from(sorted(inner)))
        below = inner[key]
        if not isinstance(below, dict) or not below or data.draw(st.booleans()):
            inner[key] = data.draw(JSON)
            break
        inner = below
    try:
        _fold_one(party, replace(opening, body=canon.encode(body)))
    except Refusal as refusal:
        assert refusal.code in ("text", "not-canonical")


def _fold_one(party: str, opening: Opening) -> None:
    world = World("acts.made_up_kinds")
    node = {"XA": world.a, "XB": world.b}[party]
    other = {"XA": world.b, "XB": world.a}[party]
    other.log[:] = {"XA": STORY.b, "XB": STORY.a}[party].log
    node.log[:] = [*_before(party, opening), opening]
    world.sync()
    assert world.a.state == world.b.state


def _before(party: str, opening: Opening) -> Sequence[Opening]:
    log = {"XA": STORY.a, "XB": STORY.b}[party].log
    return log[: next(place for place, each in enumerate(log) if each.salt_h == opening.salt_h)]


THINGS = [encode_thing(thing) for thing in STORY.a.folded.state.things()]


@pytest.mark.fuzz
@given(st.binary(max_size=100) | st.sampled_from(THINGS), st.data())
def test_a_stored_thing_with_any_byte_changed_is_read_or_refused(
    stored: bytes, data: st.DataObject
) -> None:
    where = data.draw(st.integers(0, max(0, len(stored) - 1)))
    changed = stored[:where] + bytes([data.draw(st.integers(0, 255))]) + stored[where + 1 :]
    try:
        thing = decode_thing(changed)
    except Refusal as refusal:
        assert str(refusal)
    else:
        assert encode_thing(thing) == changed
