"""Keys, what a node reads, and runs of a log: effect is a place in the log, never a time."""

import base64
from dataclasses import replace

import pytest

from legation.acts.catalogue import NewerRecord, catalogue
from legation.acts.kinds.party import PartyState, party_of
from legation.acts.state import decode_thing, encode_thing
from legation.record import canon
from legation.record.canon import Json
from legation.record.keys import KeysDocument, OfficerKey, raw_public, sign_keys
from world import Body, Node, World, a_note, a_request, key_of, keys_document


@pytest.fixture
def world() -> World:
    return World()


BOTH = ("Ada", "Bela")


def next_document(world: World, **changes: object) -> KeysDocument:
    """Return XA's next keys document: a new log key, and what else is changed."""
    held = party(world).documents[-1].parsed
    document = replace(
        held,
        seq=held.seq + 1,
        prev=held.digest(),
        log=raw_public(key_of(f"XA log {held.seq + 1}")),
    )
    return sign_keys(replace(document, **changes), key_of("XA root"))  # type: ignore[arg-type] # a test's


def party(world: World) -> PartyState:
    return party_of(world.b.folded.state, "XA")


def rotates(world: World, document: KeysDocument, signed_by: tuple[str, ...] = BOTH) -> str | None:
    body: Body = {"document": canon.decode(document.encode())}
    return world.a.code(world.a.acts("key.rotated", body=body, signed_by=signed_by))


def test_whatever_a_document_says_its_party_is_read_back(world: World) -> None:
    """A root may sign a name that no introduction would take: it must not break our store."""
    assert rotates(world, next_document(world, name="")) is None
    assert decode_thing(encode_thing(party(world))) == party(world)


def suspends(node: Node, key: bytes, *signed_by: str) -> str | None:
    return node.code(node.acts("key.suspended", body={"key": key.hex()}, signed_by=signed_by))


def test_new_keys_take_the_old_officers_threshold(world: World) -> None:
    assert rotates(world, next_document(world), ()) == "officers"
    assert rotates(world, next_document(world), ("Ada",)) == "officers"
    assert rotates(world, next_document(world), ("Ada", "Ada")) == "officers"
    assert rotates(world, next_document(world)) is None
    assert len(party(world).documents) == 2
    assert party(world).documents[1].index == 3
    assert world.a.state == world.b.state


def test_a_document_that_does_not_follow_the_last_is_without_effect(world: World) -> None:
    assert rotates(world, replace(next_document(world), seq=5)) == "signature"
    assert rotates(world, next_document(world, seq=5)) == "keys-chain"
    assert rotates(world, next_document(world, prev="0" * 64)) == "keys-chain"
    assert rotates(world, keys_document("XA", "Exland", BOTH)) == "keys-chain"
    assert len(party(world).documents) == 1


def test_whoever_left_the_document_signs_no_more_and_who_came_does(world: World) -> None:
    eve = OfficerKey("Eve", "custodian", "ed25519", raw_public(key_of("XA Eve")))
    held = party(world).documents[0].parsed
    kept = tuple(each for each in held.officers if each.name != "Bela")
    assert rotates(world, next_document(world, officers=(*kept, eve))) is None
    assert rotates(world, next_document(world), BOTH) == "officers"
    assert rotates(world, next_document(world), ("Ada", "Eve")) is None


def test_one_custodian_suspends_a_key_and_the_next_document_ends_it(world: World) -> None:
    bela = raw_public(key_of("XA Bela"))
    assert suspends(world.a, bela) == "officers"
    assert suspends(world.a, bela, "Ada") is None
    assert rotates(world, next_document(world)) == "officers", "Bela's signature counts no more"
    assert suspends(world.a, raw_public(key_of("XA log")), "Bela") == "officers"
    held = party(world).documents[0].parsed
    eve = OfficerKey("Eve", "custodian", "ed25519", raw_public(key_of("XA Eve")))
    assert rotates(world, next_document(world, officers=(*held.officers, eve)), BOTH) == "officers"
    assert world.a.state == world.b.state


def test_only_a_key_of_the_document_is_suspended(world: World) -> None:
    stranger = raw_public(key_of("a stranger"))
    assert suspends(world.a, stranger, "Ada") == "unknown-key"
    assert suspends(world.a, raw_public(key_of("XA log")), "Ada") is None
    assert party(world).history().suspended_at(2) == {raw_public(key_of("XA log"))}


def test_a_rotation_changes_which_keys_can_be_suspended(world: World) -> None:
    assert rotates(world, next_document(world)) is None
    assert suspends(world.a, raw_public(key_of("XA log")), "Ada") == "unknown-key"
    assert suspends(world.a, raw_public(key_of("XA log 1")), "Ada") is None


def test_only_a_custodian_suspends(world: World) -> None:
    eve = OfficerKey("Eve", "clerk", "ed25519", raw_public(key_of("XA Eve")))
    held = party(world).documents[0].parsed
    assert rotates(world, next_document(world, officers=(*held.officers, eve))) is None
    assert suspends(world.a, raw_public(key_of("XA Bela")), "Eve") == "officers"
    assert suspends(world.a, raw_public(key_of("XA Bela")), "Ada") is None


def test_an_officer_of_the_other_side_binds_nobody(world: World) -> None:
    body: Body = {"key": raw_public(key_of("XA log")).hex()}
    index = world.b.acts("key.suspended", body=body, signed_by=("Cem",))
    assert world.b.code(index) == "unknown-key", "XB's own document does not name that key"
    index = world.a.acts("key.suspended", body=body, signed_by=("Cem",))
    assert world.a.code(index) == "officers"


def resumes(world: World, signed_by: tuple[str, ...] = BOTH, **changes: object) -> str | None:
    record = world.parties.record
    body: Body = {"origin": f"XA/{record}/{'1' * 16}", "size": 0, "root": "0" * 64}
    body.update(changes)  # type: ignore[arg-type] # JSON
    return world.a.code(world.a.acts("log.resumed", body=body, signed_by=signed_by))


def test_a_log_goes_on_under_a_new_origin_with_the_officers_threshold(world: World) -> None:
    assert resumes(world, ("Ada",)) == "officers"
    assert resumes(world, origin=f"XB/{world.parties.record}/{'1' * 16}") == "origin"
    assert resumes(world, origin=f"XA/{'0' * 16}/{'1' * 16}") == "origin"
    assert resumes(world, size=99) == "backwards"
    assert resumes(world, lost=[3, 4]) is None
    assert resumes(world) == "origin", "each run has a term of its own"
    assert [run.lost for run in party(world).runs] == [(3, 4)]


def test_a_type_counts_once_its_author_had_seen_that_it_is_read() -> None:
    """XB's node is older: it learns `premises.access` later."""

    def speaks(name: str, spoken: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in spoken if name == "XA" or each != "premises.access/1")

    world = World(speaks=speaks)
    world.a.sends(a_request())
    assert world.a.void == {("XA", 0): "not-spoken"}
    world.cut()
    world.b.acts("record.speaks", body={"types": ["premises.access/1"]})
    world.a.sends(a_request())
    world.mend()
    assert world.b.void == {("XA", 0): "not-spoken", ("XA", 1): "not-spoken"}
    world.a.sends(a_request())
    assert world.b.void == {("XA", 0): "not-spoken", ("XA", 1): "not-spoken"}
    assert world.a.state == world.b.state
    world.b.sends(a_request())
    assert ("XB", 1) not in world.b.void, "XA read it from the first day"


def test_what_was_spoken_once_stays_spoken_from_there_on() -> None:
    world = World(speaks=lambda _, spoken: tuple(each for each in spoken if each != "note/1"))
    world.b.acts("record.speaks", body={"types": ["note/1"]})
    world.a.sends(a_note())
    world.cut()
    world.b.acts("record.speaks", body={"types": ["note/1"]})
    for _ in range(3):  # The last comes after what it had not seen, in the order of both logs.
        world.a.sends(a_note())
    world.mend()
    assert world.b.void == {}


def test_a_node_tells_of_so_many_types_and_no_more(world: World) -> None:
    for part in range(9):
        types: list[Json] = [f"made.up_{part}/{version}" for version in range(1, 501)]
        index = world.b.acts("record.speaks", body={"types": types})
        assert world.b.code(index) == ("too-many" if part >= 7 else None)


@pytest.mark.parametrize("version", [2, 9999])
def test_a_version_not_spoken_is_without_effect(world: World, version: int) -> None:
    index = world.a.acts("record.seen", version=version)
    assert world.a.code(index) == "not-spoken"


@pytest.mark.parametrize(
    "name", ["keys.stop", "log.frozen", "log.affirmed", "instrument.signed", "no.such"]
)
def test_a_type_that_is_reserved_or_unknown_is_without_effect(world: World, name: str) -> None:
    assert world.a.code(world.a.acts(name)) == "not-spoken"


def test_a_program_older_than_its_own_log_does_not_fold_on() -> None:
    """It once said that it reads a kind; calling its acts void now would split the record."""
    older = World(speaks=lambda _, spoken: (*spoken, "delegation/1", "made.up/1"))
    older.a.acts("made.up")
    with pytest.raises(NewerRecord, match=r"made\.up/1"):
        _ = older.a.state
    newer = World("acts.made_up_kinds")
    body = canon.encode({"lines": []})
    newer.a.acts("notice.answered", body=body)
    assert newer.a.void == {("XA", 0): "schema"}


def test_a_body_that_carries_no_document_is_without_effect(world: World) -> None:
    documents: list[Json] = [{}, "x", {"keys": {}, "sig": base64.b64encode(b"x").decode()}]
    for document in documents:
        body: Body = {"document": document}
        index = world.a.acts("key.rotated", body=body, signed_by=BOTH)
        assert world.a.code(index) == "schema"


def test_the_product_speaks_what_it_can_read() -> None:
    spoken = catalogue().spoken
    assert {"record.seen/1", "notice.released/1", "note/1", "premises.access/1"} <= {*spoken}
    assert list(spoken) == sorted(spoken)
