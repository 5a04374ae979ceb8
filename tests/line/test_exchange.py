"""What one side says arrives on the other, once, in order, and both fold it alike."""

import pytest

from legation.acts.kinds.notice_state import NoticeState
from legation.errors import Refusal
from legation.line import queries, services
from legation.record.ed25519 import raw_public
from legation.record.note import ED25519, VerifierKey, parse_checkpoint, parse_note
from legation.record.proof import check_shown, parse_proof
from line.acts import a_note, a_post, an_answer
from line.harness import Pair, flipped


def test_what_one_side_states_stands_on_both_sides_alike(pair: Pair) -> None:
    pair.a.append(a_post(city="Moscow"))
    pair.b.append(a_post("RU-WAS", "RU", "US", city="Washington"))
    pair.sync()
    assert pair.a.state() == pair.b.state()
    assert b"Moscow" in pair.a.state()
    assert b"Washington" in pair.a.state()
    for node in pair.both():
        node.verify()
        assert node.status().verdict == "same"


def test_a_note_crosses_is_answered_and_both_nodes_hold_the_same_bytes(pair: Pair) -> None:
    note = a_note()
    sent = pair.a.append(note)[0]
    pair.sync()
    pair.b.append(an_answer(note, sent.leaf, "answered", reply="Granted."))
    pair.sync()
    assert pair.a.state() == pair.b.state()
    standing = queries.thing(pair.a.node, note.on)
    assert isinstance(standing, NoticeState)
    assert standing.standing == "answered"
    assert queries.receipt_of(pair.a.node, note.on) is not None
    assert pair.a.status().notices == {"answered": 1}


def test_numbers_run_per_post_and_year_without_gaps(pair: Pair) -> None:
    numbers = [entered.number for entered in pair.a.append(a_note(n=1), a_note(n=2))]
    numbers += [entered.number for entered in pair.a.append(a_note(n=3))]
    assert numbers == [f"US-MFA/2026/{n:03}" for n in (1, 2, 3)]


def test_both_sides_cosign_what_the_other_holds_and_nobody_cosigns_unseen(pair: Pair) -> None:
    pair.a.append(a_note())
    pair.sync()
    for node in pair.both():
        status = node.status()
        assert status.agreed == {"own": status.own.size, "mirror": status.mirror.size}


def test_an_exchange_of_heartbeats_appends_nothing_for_ever(pair: Pair) -> None:
    pair.a.append(a_note())
    pair.sync()
    sizes = [node.status().own.size for node in pair.both()]
    pair.sync(rounds=5)
    assert [node.status().own.size for node in pair.both()] == sizes == [1, 1]


def test_an_own_act_that_would_be_without_effect_is_refused_and_nothing_is_written(
    pair: Pair,
) -> None:
    with pytest.raises(Refusal) as refused:
        pair.a.append(a_note(n=1), a_note(n=1))
    assert refused.value.code == "duplicate"
    assert pair.a.status().own.size == 0
    pair.a.verify()


def test_a_backlog_crosses_in_bundles_of_64(pair: Pair) -> None:
    pair.a.append(*(a_note(n=n) for n in range(1, 201)))
    results = pair.a.sends_to(pair.b)
    assert [result.new for result in results] == [64, 64, 64, 8]
    pair.sync()
    assert pair.a.state() == pair.b.state()
    assert pair.b.status().own.size == 1, "one record.seen for all of them"
    for node in pair.both():
        node.verify()


def test_acts_that_cross_on_the_way_stand_in_one_order_on_both_sides(pair: Pair) -> None:
    for n in range(1, 6):
        pair.a.append(a_note("US", n))
        pair.b.append(a_note("RU", n), a_note("RU", 100 + n))
    from_a, from_b = pair.a.sends(), pair.b.sends()
    for sealed in from_a:
        pair.b.takes(sealed)
    for sealed in from_b:
        pair.a.takes(sealed)
    assert pair.a.state() == pair.b.state()
    pair.sync()
    assert pair.a.state() == pair.b.state()
    for node in pair.both():
        node.verify()


def test_a_gap_is_answered_with_what_is_held(pair: Pair) -> None:
    pair.a.append(*(a_note(n=n) for n in range(1, 150)))
    first, second, third = pair.a.sends()
    assert pair.b.takes(second).gap
    assert pair.b.takes(third).gap
    assert pair.b.takes(first).new == 64
    assert pair.b.status().mirror.size == 64
    pair.clock.tick(60)
    pair.a.takes(pair.b.replies())
    assert pair.a.status().queue == 149 - 64
    pair.sync()
    assert pair.a.state() == pair.b.state()


def test_a_bundle_that_comes_again_has_no_effect(pair: Pair) -> None:
    pair.a.append(a_note())
    (sealed,) = pair.a.sends()
    assert pair.b.takes(sealed).new == 1
    before = pair.b.state()
    again = pair.b.takes(sealed)
    assert (again.new, again.stale) == (0, True)
    assert pair.b.state() == before


def test_every_single_changed_bit_is_refused_and_changes_nothing(pair: Pair) -> None:
    pair.a.append(a_note())
    (sealed,) = pair.a.sends()
    before = pair.b.state()
    for bit in range(0, len(sealed) * 8, 509):
        with pytest.raises(Refusal):
            pair.b.takes(flipped(sealed, bit))
    assert pair.b.state() == before
    assert sum(pair.b.status().refused.values()) > 50
    assert pair.b.takes(sealed).new == 1


def test_a_bundle_sent_back_to_its_author_is_refused(pair: Pair) -> None:
    (sealed,) = pair.a.sends()
    with pytest.raises(Refusal) as refused:
        pair.a.takes(sealed)
    assert refused.value.code == "sealed"


def test_nothing_is_cosigned_before_our_own_log_has_seen_it(pair: Pair) -> None:
    pair.a.append(*(a_note(n=n) for n in range(1, 100)))
    first, second = pair.a.sends()
    pair.b.takes(first)
    reply = pair.a.opened(pair.b.replies())
    assert (reply.have.size, reply.cosigned, reply.entries) == (64, "", ()), "not at the end yet"
    pair.b.takes(second)
    reply = pair.a.opened(pair.b.replies())
    assert reply.have.size == 99
    assert len(reply.entries) == 1, "record.seen"
    assert "\n99\n" in reply.cosigned


def test_the_fence_is_on_the_disk_before_a_bundle_leaves(pair: Pair) -> None:
    pair.a.append(a_note())
    leaving = services.each_outgoing(pair.a.node, carrier="https", at=pair.clock())
    before = pair.a.node.fence.read_bytes()
    next(leaving)
    after = pair.a.node.fence.read_bytes()
    assert before != after
    assert pair.a.status().own.root.encode() in after


def test_the_state_at_a_cut_is_the_same_on_both_sides(pair: Pair) -> None:
    for n in range(1, 4):
        pair.a.append(a_note("US", n))
        pair.b.append(a_note("RU", n))
        pair.sync(rounds=1)
    cut = {"US": 3, "RU": 2}
    states = [queries.state_bytes(node.node, at=cut) for node in pair.both()]
    assert states[0] == states[1] != pair.a.state()
    with pytest.raises(Refusal) as refused:
        queries.state_bytes(pair.a.node, at={"US": 999})
    assert refused.value.code == "cut"


def test_the_proof_of_an_act_holds_against_the_checkpoint(pair: Pair) -> None:
    pair.a.append(*(a_note(n=n) for n in range(1, 300)))
    with pytest.raises(Refusal) as refused:
        queries.proof(pair.a.node, "own", 3)
    assert refused.value.code == "not-signed"
    pair.sync()
    key = pair.a.node.keys.log
    for node, side in ((pair.a, "own"), (pair.b, "peer")):
        for index in (0, 3, 255, 256, 298):
            proof = parse_proof(queries.proof(node.node, side, index))
            origin = parse_checkpoint(parse_note(proof.checkpoint).text).origin
            log_key = VerifierKey.of(origin, ED25519, raw_public(key))
            assert check_shown(proof, log_key)[0].encode() == proof.extra
