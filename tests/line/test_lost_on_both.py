"""Both sides restored: an act that names what nobody holds any more is not waited for."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from legation.acts.fold import fold_all, genesis
from legation.errors import Refusal
from legation.line import queries
from legation.line.export import export_record
from legation.line.models import Entry, Evidence, Log
from legation.line.services import NewAct, keep_term
from legation.line.services.rebuilding import rebuild
from legation.line.services.rows import load
from legation.record import verify
from legation.record.act import Opening, decode_opening
from legation.record.canon import Json
from line.acts import a_note
from line.harness import START, Pair, TestNode
from line.test_without_effect import an_opening, writes_unchecked


def both_lose(pair: Pair, *, deliver: bool = True) -> list[bytes]:
    """Let B answer acts of A; then both are restored, and only A learns of what B wrote.

    Returns the bundles that A learns it from.
    """
    pair.a.append(a_note(n=1))
    pair.b.append(a_note("RU", 8))
    pair.sync()
    backups = pair.a.backup(), pair.b.backup()
    pair.a.append(*(a_note(n=2 + n) for n in range(3)))
    for sealed in pair.a.sends():
        pair.b.takes(sealed)
    pair.b.append(a_note("RU", 9))
    under_way = pair.b.sends()
    pair.clock.tick(60)
    for node, backup in zip(pair.both(), backups, strict=True):
        node.restore(backup)
        keep_term(node.node, at=pair.clock())
    for sealed in under_way if deliver else ():
        pair.a.takes(sealed)
    return under_way


def go_on(pair: Pair, rounds: int = 5) -> None:
    """Exchange, and have custodians sign wherever a node asks for it."""
    for _ in range(rounds):
        pair.sync(1)
        for node in pair.both():
            try:
                node.resumes()
            except Refusal as refused:
                assert refused.code in {"not-resuming", "not-recovered"}


def test_the_line_goes_on_and_both_hold_the_same(pair: Pair) -> None:
    both_lose(pair)
    go_on(pair)
    assert pair.a.state() == pair.b.state()
    for node in pair.both():
        node.verify()
        status = node.status()
        assert (status.verdict, status.own.state, status.mirror.state) == ("same", "open", "open")
    kept = Entry.objects.using("a").get(side="peer", index=2)
    assert (kept.void, kept.seen > kept.seen_to) == ("", True)


def test_acts_written_afterwards_are_seen_and_placed_at_once(pair: Pair) -> None:
    both_lose(pair)
    go_on(pair)
    for n in range(20, 26):  # past the number of entries that were lost
        pair.a.append(a_note(n=n))
        pair.b.append(a_note("RU", n + 20))
        pair.sync()
    for node in pair.both():
        node.verify()
        assert not Entry.objects.using(node.alias).filter(level=None).exists()
    assert pair.a.state() == pair.b.state()


def test_nothing_counts_as_received_before_it_was_written(pair: Pair) -> None:
    """The kept act names as many entries as there were: others stand at these numbers now."""
    both_lose(pair)
    go_on(pair)
    for n in range(20, 26):
        pair.a.append(a_note(n=n))
        pair.sync()
    for node in pair.both():
        receipts = json.loads(node.state())["receipts"]
        assert {each["party"] for each in receipts} == {"RU", "US"}
        for each in receipts:
            side = Log.objects.using(node.alias).exclude(party=each["party"]).get().side
            first = queries.receipt(node.node, side, each["upto"] - 1)
            assert first is not None
            assert first.at == each["at"]


def test_what_was_said_of_a_cut_before_is_said_of_it_for_ever(pair: Pair) -> None:
    both_lose(pair)
    at = {log.party: log.size for log in Log.objects.using("a").all()}
    before = queries.state_bytes(pair.a.node, at)
    go_on(pair)
    assert queries.state_bytes(pair.a.node, at) == before
    assert queries.state_bytes(pair.b.node, at) == before


def test_it_follows_from_the_logs_alone(pair: Pair) -> None:
    both_lose(pair)
    go_on(pair)
    for node in pair.both():
        before = node.state()
        Log.objects.using(node.alias).update(resumptions="", seen_to=0)
        Entry.objects.using(node.alias).update(seen_to=0)
        assert not queries.verify_record(node.node).ok
        rebuild(node.node)
        node.verify()
        assert node.state() == before
        parties = load(node.node).parties
        logs = [_openings(node, each.party) for each in (parties.a, parties.b)]
        folded = fold_all(genesis(parties), logs[0], logs[1], parties)
        assert len(folded.order.items) == sum(map(len, logs))
        assert {each.id for each in folded.state.things()} == {
            each.id for each in queries.each_thing(node.node)
        }


def _openings(node: TestNode, party: str) -> list[Opening]:
    side = Log.objects.using(node.alias).get(party=party).side
    rows = Entry.objects.using(node.alias).filter(side=side).order_by("index")
    return [decode_opening(bytes(row.opening)) for row in rows]


def test_an_outsider_finds_the_same_order(pair: Pair, tmp_path: Path) -> None:
    both_lose(pair)
    go_on(pair)
    found = []
    for node in pair.both():
        export_record(node.node, tmp_path / node.alias, at=START)
        report = verify.verify(str(tmp_path / node.alias), {})
        assert report.faults == []
        found.append(report.facts["order"])
    assert found[0] == found[1]
    assert len(found[0]) == Entry.objects.using("a").count()


def test_who_tells_of_acts_that_the_other_never_wrote_is_refused(pair: Pair) -> None:
    """Else it could say of acts to come that they name less than they do."""
    pair.a.append(a_note(n=1))
    pair.sync()
    tells_of(pair.a, 9)
    with pytest.raises(Refusal) as refused:
        pair.a.sends_to(pair.b)
    assert (refused.value.code, refused.value.values["seen"]) == ("seen", 9)
    assert Evidence.objects.using("b").filter(kind="seen").count() == 1
    assert Log.objects.using("b").get(side="peer").size == 1


def tells_of(node: TestNode, heard: int) -> None:
    body: dict[str, Json] = {"origin": "US/0/0", "size": 1, "root": "00", "heard": heard}
    unsigned = an_opening(node, NewAct(type="record.seen", body=body))
    head = unsigned.head.replace(b"record.seen", b"log.resumed")
    writes_unchecked(node, replace(unsigned, head=head))


@pytest.mark.parametrize(("beyond", "codes"), [(0, set()), (1, {"seen"}), (10**9, {"seen"})])
def test_to_a_restored_node_nobody_tells_of_more_than_it_once_signed(
    pair: Pair, beyond: int, codes: set[str]
) -> None:
    """Else its acts would never see theirs, and it would write `record.seen` without end."""
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2))
    pair.sync()
    signed = Log.objects.using("a").get(side="own").size
    pair.a.restore(backup)
    pair.clock.tick(60)
    keep_term(pair.a.node, at=pair.clock())
    pair.a.sends_to(pair.b)
    tells_of(pair.b, signed + beyond)
    found = set()
    for _ in range(3):
        pair.clock.tick(600)
        try:
            pair.b.sends_to(pair.a)
        except Refusal as refused:
            found.add(refused.code)
    assert found == codes


def test_custodians_sign_anew_when_an_act_arrives_after_they_signed(pair: Pair) -> None:
    under_way = both_lose(pair, deliver=False)
    for _ in range(3):
        pair.sync(1)
    pair.a.resumes()
    for sealed in under_way:
        pair.a.takes(sealed)
    assert not Log.objects.using("a").get(side="own").resumed
    go_on(pair)
    assert pair.a.state() == pair.b.state()
    pair.a.verify()
