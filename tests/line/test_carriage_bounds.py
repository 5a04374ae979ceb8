"""What a peer that pours in files, names any number of them, or stretches a bundle gets."""

import pytest

from legation.errors import Refusal
from legation.line import queries, services
from legation.line.core import bundle as bundles
from legation.line.core.bundle import SIGNATURE_SIZE
from legation.line.filestore import FileStore
from legation.line.queries import files as held
from legation.line.services import Intake
from legation.line.services import freight as going
from line.cargo import brings, sent, takes
from line.harness import OVERHEAD, Pair, PlainSealing


def test_a_bundle_as_long_as_freight_is_refused(pair: Pair) -> None:
    [sealed] = pair.a.sends()
    body = sealed[OVERHEAD:-SIGNATURE_SIZE]
    body += bytes(bundles.FREIGHT_CLASS - len(sealed))
    record = queries.record_id(pair.b.node)
    sealing = PlainSealing(b"", b"", record=record, own=pair.a.node.party, peer=pair.b.node.party)
    large = sealing.seal(body + pair.a.node.keys.line.sign(body))
    assert len(large) == bundles.FREIGHT_CLASS
    with pytest.raises(Refusal) as refused:
        takes(pair.b, large, Intake(pair.b.node))
    assert refused.value.code == "size"


def test_what_the_quota_has_no_room_for_is_not_kept_unasked(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a carrier takes along, or a hostile peer pours in, files stay within the quota."""
    sent(pair, *(bytes([n]) * 400 for n in range(5)))
    poured = list(services.each_freight(pair.a.node))
    monkeypatch.setattr(held, "DEFAULT_QUOTA", 1_000)
    intake = Intake(pair.b.node)
    for _ in range(2):
        for sealed in poured:
            takes(pair.b, sealed, intake)
        intake.flush(at=pair.b.clock())
        assert held.space(pair.b.node).used == 800
        assert len(FileStore(pair.b.node.home).lying_here()) == 2
    monkeypatch.undo()
    pair.sync()
    brings(pair.a, pair.b)
    assert held.missing(pair.b.node) == ()


def test_all_files_come_though_few_are_looked_at_at_once(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A peer may name any number of files; each bundle that we make looks at some of them."""
    monkeypatch.setattr(going, "MOST_LOOKED_AT", 2)
    sent(pair, *(bytes([n]) * (n + 1) for n in range(5)))
    asked = []
    while brought := brings(pair.a, pair.b):
        asked.append(sum(each.new for each in brought))
        pair.b.sends_to(pair.a)
    assert asked == [2, 2, 1]
    assert held.missing(pair.b.node) == ()


def test_what_was_answered_before_it_was_taken_is_refused_to_the_next_who_asks(
    pair: Pair,
) -> None:
    intake, taken = Intake(pair.b.node), list[int]()

    def full_disk() -> None:
        raise Refusal("disk-full", thing="x", rule="y", remedy="z")

    intake.later(full_disk)
    intake.catch_up()
    with pytest.raises(Refusal, match="x"):
        intake.later(lambda: taken.append(1))
    intake.later(lambda: taken.append(2))
    assert taken == []
    intake.catch_up()
    assert taken == [2], "the one that was refused a place comes again, and is not taken twice"
