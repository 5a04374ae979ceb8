"""What a peer that pours in files, names any number of them, or stretches a bundle gets."""

import pytest

from legation.acts.files import CHUNK, MAX_FILE
from legation.errors import Refusal
from legation.line import queries, services
from legation.line.core import bundle as bundles
from legation.line.core.bundle import SIGNATURE_SIZE
from legation.line.core.freight import MAX_PARTS, Freight, Part, encode, list_size, parcels
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


def test_what_waits_behind_a_refusal_is_let_go_since_its_bytes_are_soon_others(pair: Pair) -> None:
    intake, taken = Intake(pair.b.node), list[int]()

    def full_disk_while_another_connection_brings_more() -> None:
        intake.later(lambda: taken.append(1))
        raise Refusal("disk-full", thing="x", rule="y", remedy="z")

    intake.later(full_disk_while_another_connection_brings_more)
    intake.catch_up()
    with pytest.raises(Refusal, match="x"):
        intake.drain()
    intake.drain()
    assert taken == []


def test_as_many_parts_as_are_reckoned_to_fit_into_one_freight_do() -> None:
    """At their most and at their largest; and a longest list beside four whole chunks."""
    size = max(
        n for n in range(16_000, 17_000) if len(list(parcels([n] * 64, overhead=OVERHEAD))) == 1
    )
    parts = tuple(Part("f" * 64, 101, bytes(size)) for _ in range(MAX_PARTS))
    freight = Freight(record="f" * 64, sender="US", to="RU", pair="f" * 64, parts=parts)
    plain = encode(freight, overhead=OVERHEAD, sign=lambda _: bytes(64))
    assert len(plain) + OVERHEAD == bundles.FREIGHT_CLASS
    whole = [list_size(MAX_FILE), *[CHUNK] * 100]
    assert [len(each) for each in parcels(whole, overhead=OVERHEAD)] == [5, *[4] * 24]
