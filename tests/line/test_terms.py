"""After a restore: what may have been signed and is not known any more is never signed anew."""

from contextlib import suppress
from dataclasses import replace

import pytest

from legation.errors import Refusal
from legation.line import queries
from legation.line.models import Evidence
from legation.line.services import keep_term, resume
from legation.record.act import decode_opening
from legation.record.note import parse_checkpoint, parse_note
from legation.record.signatures import encode_sigs, parse_sigs
from line.acts import a_note, a_post
from line.harness import Crash, Pair, TestNode, new_pair


def _recover(pair: Pair, node: TestNode, other: TestNode, rounds: int = 6) -> None:
    """Exchange heartbeats until what the other holds is back."""
    for _ in range(rounds):
        pair.clock.tick(60)
        for sealed in node.sends():
            other.takes(sealed)
            node.takes(other.replies())


def _lines_up(pair: Pair) -> None:
    pair.sync()
    assert pair.a.state() == pair.b.state()
    for node in pair.both():
        node.verify()
        assert node.status().verdict == "same"
        assert node.status().own.state == "open"


def test_a_node_whose_fence_matches_goes_on_in_its_term(pair: Pair) -> None:
    pair.a.append(a_note())
    pair.a.sends()
    assert not keep_term(pair.a.node, at=pair.clock())


def test_a_node_restored_to_what_had_left_goes_on_in_its_term(pair: Pair) -> None:
    pair.a.append(a_note())
    pair.sync()
    backup = pair.a.backup()
    pair.a.restore(backup)
    assert not keep_term(pair.a.node, at=pair.clock())


def test_a_restored_node_takes_back_what_the_peer_holds_and_opens_a_new_term(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2), a_note(n=3))
    pair.b.append(a_note("RU", 9))
    pair.sync()
    held = pair.b.status().mirror
    pair.a.restore(backup)

    with pytest.raises(Refusal) as refused:
        pair.a.append(a_note(n=4))
    assert refused.value.code == "resuming"
    assert keep_term(pair.a.node, at=pair.clock())
    with pytest.raises(Refusal) as refused:
        pair.a.resumes()
    assert refused.value.code == "not-recovered"

    _recover(pair, pair.a, pair.b)
    assert pair.a.status().own == type(held)(
        size=held.size, root=held.root, term=pair.a.status().own.term, state="resuming"
    )
    pair.a.resumes()
    _recover(pair, pair.a, pair.b, rounds=3)
    pair.a.append(a_note(n=4))
    _lines_up(pair)
    assert pair.a.status().own.term != held.term
    assert pair.b.status().mirror.term == pair.a.status().own.term
    entry = queries.entry(pair.b.node, "peer", held.size)
    assert (entry.type, entry.void) == ("log.resumed", "")


def test_what_nobody_else_held_is_reported_lost_by_number(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2), a_note(n=3))
    pair.a.sends()  # left this node, never arrived
    pair.a.restore(backup)
    keep_term(pair.a.node, at=pair.clock())
    _recover(pair, pair.a, pair.b)
    pair.a.resumes()
    _recover(pair, pair.a, pair.b)
    _lines_up(pair)
    opening = queries.entry(pair.b.node, "peer", 1).opening
    assert b'"lost":[1,2]' in opening


def test_a_restored_node_signs_nothing_before_the_peer_knows_its_term(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2))
    pair.sync()
    pair.a.restore(backup)
    before = pair.a.node.fence.read_bytes()
    checkpoint = queries.checkpoint(pair.a.node, "own")
    for _ in range(3):
        pair.clock.tick(60)
        pair.a.sends()
    assert queries.checkpoint(pair.a.node, "own") == checkpoint
    assert pair.a.node.fence.read_bytes() != before  # it says: nothing left under the new term
    assert b'"size":0' in pair.a.node.fence.read_bytes()


def test_a_new_term_without_the_officers_is_refused(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2))
    pair.sync()
    pair.a.restore(backup)
    _recover(pair, pair.a, pair.b)
    with pytest.raises(Refusal) as refused:
        resume(pair.a.node, sign=pair.a.sign("US-1"), at=pair.clock())
    assert refused.value.code == "officers"


def test_a_bundle_of_the_old_term_that_was_under_way_is_refused(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2))
    (under_way,) = pair.a.sends()
    pair.a.restore(backup)
    keep_term(pair.a.node, at=pair.clock())
    _recover(pair, pair.a, pair.b)
    pair.a.resumes()
    _recover(pair, pair.a, pair.b)
    with pytest.raises(Refusal) as refused:
        pair.b.takes(under_way)
    assert refused.value.code == "term"
    _lines_up(pair)


def test_a_lost_fence_counts_as_a_restore(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    pair.a.node.fence.unlink()
    assert keep_term(pair.a.node, at=pair.clock())
    assert not keep_term(pair.a.node, at=pair.clock())
    _recover(pair, pair.a, pair.b)
    pair.a.resumes()
    _recover(pair, pair.a, pair.b)
    _lines_up(pair)


def test_a_machine_rolled_back_whole_is_shown_its_own_signature_and_stops(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup, fence = pair.a.backup(), pair.a.node.fence.read_bytes()
    pair.a.append(a_note(n=2), a_note(n=3))
    pair.sync()
    pair.a.restore(backup, fence=fence)
    pair.clock.tick(60)
    assert "own-short" in pair.a.takes(pair.b.replies()).alarms
    assert pair.a.status().verdict == "own-short"
    assert pair.a.status().own.state == "resuming"
    _recover(pair, pair.a, pair.b)
    pair.a.resumes()
    _recover(pair, pair.a, pair.b)
    _lines_up(pair)


def test_a_machine_rolled_back_whole_that_writes_other_entries_ends_in_a_fork(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup, fence = pair.a.backup(), pair.a.node.fence.read_bytes()
    pair.a.append(a_note(n=2))
    pair.sync()
    pair.a.restore(backup, fence=fence)
    pair.a.append(a_note(n=3))
    pair.clock.tick(60)
    before = pair.b.state()
    (sealed,) = pair.a.sends()
    assert pair.b.takes(sealed).fork
    assert pair.b.status().verdict == "fork"
    assert pair.b.state() == before
    kept = Evidence.objects.using(pair.b.alias).get()
    assert kept.first != kept.second
    assert kept.first.split("\n")[0] == kept.second.split("\n")[0], "one origin"
    assert "fork" in pair.a.takes(pair.b.replies()).alarms
    assert pair.a.status().verdict == "fork"
    with pytest.raises(Refusal) as refused:
        pair.a.append(a_note(n=4))
    assert refused.value.code == "frozen"
    pair.b.append(a_post("RU-WAS", "RU", "US"))  # their own log goes on


def test_both_sides_restored_go_on_with_the_longest_copies(pair: Pair) -> None:
    pair.a.append(a_note("US", 1))
    pair.b.append(a_note("RU", 1))
    pair.sync()
    old_a = pair.a.backup()
    pair.a.append(a_note("US", 2))
    pair.b.append(a_note("RU", 2))
    pair.sync()
    old_b = pair.b.backup()
    pair.a.append(a_note("US", 3))
    pair.b.append(a_note("RU", 3))
    pair.sync()
    pair.a.restore(old_a)
    pair.b.restore(old_b)
    for node in pair.both():
        assert keep_term(node.node, at=pair.clock())
    for _ in range(3):
        _recover(pair, pair.a, pair.b, rounds=2)
        _recover(pair, pair.b, pair.a, rounds=2)
        for node in pair.both():
            # Who took back what names entries of the other goes on after the other.
            with suppress(Refusal):
                node.resumes()
    _lines_up(pair)
    assert b"Subject 2" in pair.a.state()


def test_a_peer_restored_to_before_our_new_term_learns_it_again(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup_a, backup_b = pair.a.backup(), pair.b.backup()
    pair.a.append(a_note(n=2))
    pair.sync()
    pair.a.restore(backup_a)
    _recover(pair, pair.a, pair.b)
    pair.a.resumes()
    _recover(pair, pair.a, pair.b)
    _lines_up(pair)
    pair.b.append(a_note("RU", 5))
    pair.sync()
    pair.b.restore(backup_b)
    for _ in range(4):
        _recover(pair, pair.b, pair.a)
    pair.b.resumes()
    for _ in range(4):
        _recover(pair, pair.b, pair.a)
    _lines_up(pair)


@pytest.mark.parametrize(
    "step", ["term begun", "term committed", "term fenced", "received", "received committed"]
)
def test_a_crash_while_resuming_leaves_a_node_that_resumes(databases: None, step: str) -> None:
    pair = new_pair()
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2))
    pair.sync()
    pair.a.restore(backup)
    for _ in range(20):
        try:
            pair.a.crash_at(step)
            _recover(pair, pair.a, pair.b, rounds=2)
            status = pair.a.status().own
            if status.state == "open":
                break
            pair.a.resumes()
        except Crash:
            pair.a.steps.at = ""
            _recover(pair, pair.a, pair.b, rounds=1)
    if pair.a.status().own.state != "open":
        pair.a.steps.at = ""
        _recover(pair, pair.a, pair.b)
        if pair.a.status().own.state != "open":
            pair.a.resumes()
        _recover(pair, pair.a, pair.b)
    pair.a.steps.at = ""
    _lines_up(pair)


def test_a_term_that_nobody_opened_is_refused(pair: Pair) -> None:
    """Somebody with the line key alone opens no term."""
    pair.a.append(a_note(n=1))
    (sealed,) = pair.a.sends()
    forged = pair.a.rewritten(sealed, term="00" * 8)
    with pytest.raises(Refusal) as refused:
        pair.b.takes(forged)
    assert refused.value.code == "term"
    assert pair.b.takes(sealed).new == 1


@pytest.mark.parametrize(
    ("officers", "term", "code"),
    [
        pytest.param(1, None, "officers", id="by one custodian alone"),
        pytest.param(0, None, "officers", id="by nobody"),
        pytest.param(2, "00" * 8, "resume", id="by both, for another term"),
    ],
)
def test_a_term_opened_otherwise_is_refused_by_the_other_side(
    pair: Pair, officers: int, term: str | None, code: str
) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2))
    pair.sync()
    pair.a.restore(backup)
    _recover(pair, pair.a, pair.b)
    pair.a.resumes()
    pair.clock.tick(60)
    (sealed,) = pair.a.sends()
    bundle = pair.b.opened(sealed)
    opening = decode_opening(bundle.resumed)
    fewer = replace(opening, sigs=encode_sigs(parse_sigs(opening.sigs)[:officers])).encode()
    changed = pair.a.rewritten(sealed, resumed=fewer, term=term or bundle.term)
    with pytest.raises(Refusal) as refused:
        pair.b.takes(changed)
    assert refused.value.code == code
    pair.b.takes(sealed)
    assert pair.b.status().mirror.term == bundle.term


def test_what_is_given_back_must_be_what_our_own_key_has_signed(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2), a_note(n=3))
    pair.sync()
    pair.a.restore(backup)
    pair.clock.tick(60)
    pair.b.takes(pair.a.sends()[0])
    sealed = pair.b.replies()
    second, third = pair.a.opened(sealed).own_entries
    for forged in ((third, second), (third,), (second, second)):
        with pytest.raises(Refusal) as refused:
            pair.a.takes(pair.b.rewritten(sealed, own_entries=forged))
        assert refused.value.code in {"inconsistent", "fork", "held"}
    assert pair.a.status().own.size == 1
    assert pair.a.takes(sealed).own == 2


def test_what_we_signed_and_lost_before_our_term_is_no_fork_of_it(pair: Pair) -> None:
    """A peer that kept a checkpoint of entries that it never gave back cannot freeze us."""
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2), a_note(n=3))
    [lost] = pair.a.sends()
    shown = pair.b.opened(lost).checkpoint
    kept = parse_checkpoint(parse_note(shown.encode()).text)
    pair.a.restore(backup)
    pair.sync()
    pair.a.resumes()
    pair.sync()
    pair.a.append(*(a_note(n=n) for n in range(10, 14)))
    pair.sync()
    [bundle] = pair.b.sends()
    note = pair.b.rewritten(bundle, have=kept.root, held=shown)
    pair.a.takes(note)
    assert pair.a.status().own.state == "open"
