"""One story with every type of act, as vectors: whoever folds these logs must get this state."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from legation.acts.catalogue import catalogue
from legation.acts.codec import to_json
from legation.acts.files import ref_of
from legation.acts.fold import fold_all, genesis
from legation.acts.introduction import open_introduction, sign
from legation.acts.kinds.party import party_of
from legation.acts.parties import Parties
from legation.record import canon
from legation.record.act import decode_opening, parse_head
from legation.record.keys import raw_public, sign_keys
from spoken import FIRST_RELEASE
from world import GRANTED, REPLY, Body, World, a_note, a_request, dump_of, key_of

GOLDEN = Path(__file__).parent.parent / "golden"
SECOND_STORY = (
    "notice.released/2",
    "notice.answered/2",
    "notice.answer_changed/2",
    "clock.accepted/1",
    "file.erased/1",
)
THIRD_STORY = (
    "post.stated/2",
    "premises.stated/2",
    "slot.stated/1",
    "person.stated/1",
    "limit.stated/1",
    "channel.stated/1",
    "licence.stated/1",
    "service.stated/1",
    "exchange.stated/1",
    "threshold.accepted/1",
)


def a_story() -> World:
    """Return a world in which everything that the first release knows happened once.

    Some of it crossed on the way. Its bytes are those that the first release wrote.
    """
    world = World(speaks=lambda _, spoken: [each for each in spoken if each in FIRST_RELEASE])
    a, b = world.a, world.b
    mine = {"sending": "XA", "receiving": "XB"}
    a.states("post/XA-MOW", **mine, type={"value": "embassy"}, city={"value": "Zedburg"})
    b.states("post/XA-MOW", **mine, consent={"value": "given", "from": "1933"})
    a.states("premises/P1", **mine, name={"value": "Дача"}, lists={"value": ["six"]})
    b.states("premises/P1", **mine, access={"value": "denied", "from": "2016-12-30", "by": "XB"})
    a.states("premises/P1", **mine, access={"value": "full"})
    b.contests("premises/P1", "lists", words="There is no such list.")
    regime: Body = {"by": "XB", "applies_to": "XA", "mode": "notification", "radius_miles": 25}
    b.acts("regime.declared", on="regime/R1", body=regime)
    days: Body = {"year": 2026, "days": [{"day": "2026-07-04", "name": "Independence Day"}]}
    a.acts("calendar.declared", on="calendar/XA-2026", body=days)
    request = a.sends(a_request(post="post/XA-MOW", asked_by="2026-12-20"))
    b.sees()
    b.answers(request, "held")
    world.cut()
    note = a.sends(a_note(post="post/XA-MOW"))
    crossed = b.sends(a_note(post="post/XB-MFA", refers=[request]))
    a.closes(request)
    b.answers_lines(request, [{"line": 1, "answer": "granted", **GRANTED}])
    world.mend()
    b.answers(request, "refused")
    b.answers(note, "answered", **REPLY)
    b.answers(note, "answered", "notice.answer_changed", reply="The permit is withdrawn.")
    a.withdraws(note)
    b.withdraws(crossed)
    held = party_of(a.folded.state, "XA").documents[0].parsed
    renewed = replace(held, seq=1, prev=held.digest(), log=raw_public(key_of("XA log 1")))
    document = canon.decode(sign_keys(renewed, key_of("XA root")).encode())
    a.acts("key.rotated", body={"document": document}, signed_by=("Ada",))
    a.acts("key.rotated", body={"document": document}, signed_by=("Ada", "Bela"))
    b.acts("key.suspended", body={"key": raw_public(key_of("XB line")).hex()}, signed_by=("Dana",))
    resumed: Body = {
        "origin": f"XB/{world.parties.record}/{'b' * 16}",
        "size": len(b.log),
        "root": "0" * 64,
        "lost": [7],
    }
    b.acts("log.resumed", body=resumed, signed_by=("Cem", "Dana"))
    b.acts("record.speaks", body={"types": ["new.kind/1"]})
    a.acts("no.such")
    a.acts("record.seen", body=b"not JSON")
    return world


def a_second_story() -> World:
    """Return a world of what came after the first release: files, clocks, erasure."""
    spoken = (*FIRST_RELEASE, *SECOND_STORY)
    world = World(speaks=lambda _, all_of: [each for each in all_of if each in spoken])
    a, b = world.a, world.b
    plan, scan = (
        to_json(ref_of(data, media_type="application/pdf", name=name))
        for data, name in ((b"a plan", "plan.pdf"), (b"a scan", "scan.pdf"))
    )
    clock: Body = {"kind": "note", "amount": 10, "unit": "working_days"}
    for node in (a, b):
        node.acts("clock.accepted", on="clock/note", body=clock)
    a.acts("clock.accepted", on="clock/note", body=clock)
    note = a.sends(a_note(post="post/XA-MOW"), files=[plan])
    b.answers_lines(note, [{"line": 1, "answer": "noted"}], files=[scan])
    b.answers_lines(note, [{"line": 1, "answer": "answered", **REPLY}])
    b.answers_lines(
        note,
        [{"line": 1, "answer": "answered", "reply": "It is withdrawn."}],
        "notice.answer_changed",
        files=[plan],
    )
    a.acts("file.erased", on=note, body={"root": plan["root"], "ground": "It was the wrong plan."})
    b.acts("file.erased", on=note, body={"root": plan["root"], "ground": "The other side did."})
    b.acts("file.erased", on=note, body={"root": "0" * 64, "ground": "Nobody named it."})
    return world


def a_third_story() -> World:
    """Return a world of the registers that a board is judged from."""
    spoken = (*FIRST_RELEASE, *SECOND_STORY, *THIRD_STORY)
    world = World(speaks=lambda _, all_of: [each for each in all_of if each in spoken])
    a, b = world.a, world.b
    mine = {"sending": "XA", "receiving": "XB"}
    a.states("post/XA-MOW", **mine, in_place={"value": 20}, counted={"value": "All staff"})
    b.states("post/XA-MOW", **mine, agrement={"value": "pending", "from": "2026-11-01"})
    a.states("premises/P1", **mine, utilities={"value": "cut"}, lease_end={"value": "2027"})
    serving: Body = {"value": "filled", "from": "2026-01-01"}
    seat: Body = {"value": "person/XA-1", "from": "2026-01-01"}
    a.states("slot/XA-MOW-1", **mine, post={"value": "post/XA-MOW"}, state=serving, person=seat)
    a.states("slot/XA-MOW-2", **mine, state=serving, person=seat)
    a.states("person/XA-1", **mine, category={"value": "diplomatic"})
    b.states("person/XA-1", **mine, visa={"value": "granted"})
    cap: Body = {"value": 80}
    b.states("limit/XB-1", **mine, number=cap)
    b.states("limit/XB-1", **mine, number=cap, counted={"value": "All but drivers"})
    paid: Body = {"day": "2026-10-01", "amount": 1250000, "currency": "USD"}
    a.states("channel/XA-1", **mine, last_success={"value": paid})
    b.states("channel/XA-1", **mine, licence={"value": "licence/XB-GL13"})
    b.states("licence/XB-GL13", **mine, expires={"value": "2027-01-08"})
    a.states("service/XA-MOW-visas", **mine, state={"value": "suspended", "from": "2023"})
    a.states("exchange/XA-1", **mine, name={"value": "Stage and school"})
    world.cut()
    for node in (a, b):
        body: Body = {"name": "days_of_money", "value": 30}
        node.acts("threshold.accepted", on="threshold/days_of_money", body=body)
    world.mend()
    return world


STORIES = {
    "acts/story.json": a_story,
    "acts/story-2.json": a_second_story,
    "acts/story-3.json": a_third_story,
}


def test_the_stories_have_every_type_of_act() -> None:
    told = {
        (head.type, head.v)
        for world in (each() for each in STORIES.values())
        for head in (parse_head(each.head) for each in (*world.a.log, *world.b.log))
    }
    assert set(catalogue().acts) <= told


def test_what_is_without_effect_in_a_story_is_so_on_purpose() -> None:
    assert sorted(a_second_story().a.void.values()) == ["duplicate", "unknown-subject"]
    assert sorted(a_third_story().a.void.values()) == ["not-counted", "two-slots"]
    world = a_story()
    assert sorted(world.a.void.values()) == [
        "already-final",
        "closed",
        "not-canonical",
        "not-entitled",
        "not-spoken",
        "officers",
    ]


@pytest.mark.golden
@pytest.mark.parametrize("name", STORIES)
def test_a_story_s_bytes_never_change(name: str, golden: Callable[[str, bytes], None]) -> None:
    world = STORIES[name]()
    parties = world.parties
    signed = [
        sign(side.introduction, key_of(f"{side.party} log")) for side in (parties.a, parties.b)
    ]
    vector = {
        "introductions": [b64encode(file).decode() for file in signed],
        "logs": [[b64encode(each.encode()).decode() for each in log] for log in world.a.logs],
        "order": world.a.folded.order.items,
        "settled": world.a.folded.settled,
        "state": world.a.state.decode(),
    }
    golden(name, json.dumps(vector, indent=1).encode() + b"\n")


@pytest.mark.parametrize("name", STORIES)
def test_whoever_folds_the_vectors_gets_their_state(name: str) -> None:
    vector = json.loads((GOLDEN / name).read_bytes())
    files = [b64decode(each) for each in vector["introductions"]]
    parties = Parties.of(*(open_introduction(file) for file in files))
    a, b = ([decode_opening(b64decode(each)) for each in log] for log in vector["logs"])
    folded = fold_all(genesis(parties), a, b, parties)
    assert dump_of(parties, folded, a, b).decode() == vector["state"]
    assert [list(item) for item in folded.order.items] == vector["order"]
    assert folded.settled == vector["settled"]
