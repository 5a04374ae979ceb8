"""Files cross after the acts that name them: checked, resumed, once; and nothing else crosses."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from legation.acts.files import CHUNK
from legation.errors import Refusal
from legation.line import services
from legation.line.core import bundle as bundles
from legation.line.core.freight import LIST, Part
from legation.line.core.wants import Want
from legation.line.filestore import FileStore
from legation.line.models import FileMention, HeldFile
from legation.line.queries import files as held
from legation.line.services import Freighted, Intake, files
from legation.line.services import freight as going
from legation.record.merkle import leaf_hash
from line.acts import a_note, an_answer, an_erasure, naming
from line.cargo import asks, brings, forged, freight_of, has, sent, stages, takes, wrong_chunks
from line.harness import OVERHEAD, Crash, Pair, crashing, flipped


@pytest.mark.parametrize("size", [1, CHUNK, CHUNK + 1, 9 * CHUNK + 77])
def test_a_file_follows_the_act_that_names_it(pair: Pair, size: int) -> None:
    data = os.urandom(size)
    [ref] = sent(pair, data)
    assert held.missing(pair.b.node)[0].root == ref.root
    brings(pair.a, pair.b)
    assert has(pair.b, ref) == data
    assert held.missing(pair.b.node) == ()
    pair.a.sends_to(pair.b)
    assert services.freight_due(pair.a.node) == 0


def test_many_small_files_travel_together(pair: Pair) -> None:
    datas = [f"person {n}".encode() * 20 for n in range(40)]
    refs = sent(pair, *datas)
    rounds = 0
    while services.freight_due(pair.a.node):
        assert len(brings(pair.a, pair.b)) == 1
        pair.a.sends_to(pair.b)
        rounds += 1
    assert rounds == 2  # 32 are asked for at once
    assert [has(pair.b, ref) for ref in refs] == datas


def test_an_answer_brings_files_too(pair: Pair) -> None:
    note = a_note()
    [entered] = pair.a.append(note)
    pair.sync()
    ref = stages(pair.b, b"a scan of the reply")
    pair.b.append(naming(an_answer(note, entered.leaf, "answered", reply="See it."), ref))
    pair.sync()
    brings(pair.b, pair.a)
    assert has(pair.a, ref) == b"a scan of the reply"


def test_nothing_is_asked_for_twice(pair: Pair) -> None:
    sent(pair, os.urandom(6 * CHUNK))
    intake = Intake(pair.b.node)
    first = next(services.each_freight(pair.a.node))
    assert takes(pair.b, first, intake) == Freighted(new=4)  # beside the list of hashes
    assert takes(pair.b, first, intake) == Freighted(new=0)
    intake.flush(at=pair.b.clock())
    pair.a.sends_to(pair.b)
    numbers = [
        part.number
        for sealed in services.each_freight(pair.a.node)
        for part in freight_of(sealed).parts
    ]
    assert numbers == [5, 6]


def test_parts_may_come_in_any_order_once_the_list_is_here(pair: Pair) -> None:
    data = os.urandom(9 * CHUNK)
    [ref] = sent(pair, data)
    first, *others = services.each_freight(pair.a.node)
    intake = Intake(pair.b.node)
    for sealed in (first, *reversed(others), first):
        takes(pair.b, sealed, intake)
    intake.flush(at=pair.b.clock())
    assert has(pair.b, ref) == data


@pytest.mark.parametrize(
    "damage",
    [
        lambda part: replace(part, data=flipped(part.data, 7_777)),
        lambda part: replace(part, data=part.data[:-1]),
        lambda part: replace(part, data=bytes(part.data) + b"\0"),
        lambda part: replace(part, data=b""),
        lambda part: replace(part, number=part.number + 1),
        lambda part: replace(part, number=100),
    ],
    ids=[
        "with one bit changed",
        "one byte short",
        "one byte long",
        "empty",
        "in the place of another",
        "beyond the end",
    ],
)
def test_a_wrong_chunk_is_refused_counted_and_asked_for_again(pair: Pair, damage: object) -> None:
    data = os.urandom(3 * CHUNK - 100)
    [ref] = sent(pair, data)
    [sealed] = services.each_freight(pair.a.node)
    freight = freight_of(sealed)
    hashes, first, second, third = freight.parts
    assert callable(damage)
    bad = replace(
        freight, parts=(hashes, first, damage(third if "short" in str(damage) else second))
    )
    if len(bad.parts[2].data) > CHUNK:
        with pytest.raises(Refusal):
            takes(pair.b, forged(pair.a, bad), Intake(pair.b.node))
    else:
        intake = Intake(pair.b.node)
        took = takes(pair.b, forged(pair.a, bad), intake)
        assert took == Freighted(new=1, refused=1)
        assert wrong_chunks(pair.b) == 1
        intake.flush(at=pair.b.clock())
    pair.a.sends_to(pair.b)
    brings(pair.a, pair.b)
    assert has(pair.b, ref) == data


def test_a_wrong_list_of_hashes_is_refused(pair: Pair) -> None:
    [ref] = sent(pair, os.urandom(2 * CHUNK))
    [sealed] = services.each_freight(pair.a.node)
    freight = freight_of(sealed)
    other = Part(ref.root.text, LIST, leaf_hash(b"x") + leaf_hash(b"y"))
    took = takes(
        pair.b,
        forged(pair.a, replace(freight, parts=(other, *freight.parts[1:]))),
        Intake(pair.b.node),
    )
    assert took == Freighted(new=0, refused=1, early=2)  # without the list nothing can be judged
    brings(pair.a, pair.b)
    assert held.missing(pair.b.node) == ()


def test_freight_that_nobody_signed_is_refused_whole(pair: Pair) -> None:
    sent(pair, b"x")
    [sealed] = services.each_freight(pair.a.node)
    with pytest.raises(Refusal) as refused:
        takes(pair.b, forged(pair.b, freight_of(sealed)), Intake(pair.b.node))
    assert refused.value.code == "signature"
    assert held.missing(pair.b.node) != ()


def test_freight_for_another_record_is_refused(pair: Pair) -> None:
    sent(pair, b"x")
    [sealed] = services.each_freight(pair.a.node)
    freight = replace(freight_of(sealed), pair="0" * 64)
    with pytest.raises(Refusal) as refused:
        takes(pair.b, forged(pair.a, freight), Intake(pair.b.node))
    assert refused.value.code == "introduction"


# What may be had, and by whom


def test_what_is_ours_only_is_given_to_nobody(pair: Pair) -> None:
    pair.sync()
    secret = stages(pair.a, b"our reservation value")
    assert asks(pair.b, pair.a, secret.root.text) == []


def test_naming_our_file_does_not_show_that_we_have_it(pair: Pair) -> None:
    """They know the bytes, and name their root in an act of theirs, to learn whether we do."""
    data = os.urandom(2 * CHUNK)
    ours = stages(pair.a, data)
    theirs = stages(pair.b, data)
    pair.b.append(naming(a_note("RU"), theirs))
    pair.b.sends_to(pair.a)
    assert asks(pair.b, pair.a, ours.root.text) == []
    assert [each.root for each in held.missing(pair.a.node)] == [ours.root]
    assert brings(pair.b, pair.a)
    assert held.missing(pair.a.node) == ()
    # It came from them: should they lose it, they get it back.
    assert len(asks(pair.b, pair.a, ours.root.text)) == 2


def test_a_file_of_an_act_without_effect_is_neither_asked_for_nor_given(pair: Pair) -> None:
    ref = stages(pair.a, b"x" * 100)
    note = naming(a_note("RU"), ref)  # the other side's note: not ours to write
    from sim.acts import append_slyly  # noqa: PLC0415 - writes what it may not

    append_slyly(pair.a, [note])
    pair.sync()
    assert not FileMention.objects.using(pair.b.alias).exists()
    assert held.missing(pair.b.node) == ()


def test_chunks_go_after_the_entries_that_name_them(pair: Pair) -> None:
    ref = stages(pair.a, b"x" * 100)
    pair.a.append(naming(a_note(), ref))
    assert asks(pair.b, pair.a, ref.root.text) == []


def test_what_nobody_asked_for_is_not_kept(pair: Pair) -> None:
    sent(pair, b"x" * 100)
    [sealed] = services.each_freight(pair.a.node)
    other = stages(pair.a, b"push me")
    part = Part(other.root.text, 1, b"push me")
    freight = replace(freight_of(sealed), parts=(part,))
    took = takes(pair.b, forged(pair.a, freight), Intake(pair.b.node))
    assert took == Freighted(new=0, early=1)
    assert held.holding(pair.b.node, other.root.text) is None
    assert FileStore(pair.b.node.home).lying_here() == set()


def test_a_chunk_that_comes_twice_in_one_freight_counts_once(pair: Pair) -> None:
    [ref] = sent(pair, b"x" * 100)
    [sealed] = services.each_freight(pair.a.node)
    freight = freight_of(sealed)
    intake = Intake(pair.b.node)
    doubled = replace(freight, parts=freight.parts * 2)
    assert takes(pair.b, forged(pair.a, doubled), intake) == Freighted(new=1)
    assert has(pair.b, ref) == b"x" * 100


# Bounds


def test_what_the_quota_has_no_room_for_is_not_asked_for(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = sent(pair, b"x" * 600, b"y" * 700)
    monkeypatch.setattr(held, "DEFAULT_QUOTA", 1_000)
    pair.b.sends_to(pair.a)
    assert [each.root for each in held.missing(pair.b.node)] == [small.root, large.root]
    while brings(pair.a, pair.b):
        pair.a.sends_to(pair.b)
    assert [each.root for each in held.missing(pair.b.node)] == [large.root]
    monkeypatch.setattr(held, "DEFAULT_QUOTA", 2_000)
    pair.sync()
    brings(pair.a, pair.b)
    assert held.missing(pair.b.node) == ()


def test_what_the_disk_has_no_room_for_is_not_asked_for(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(going, "LEAST_FREE", 2**60)
    sent(pair, b"x" * 600)
    assert brings(pair.a, pair.b) == []
    monkeypatch.undo()
    pair.sync()
    brings(pair.a, pair.b)
    assert held.missing(pair.b.node) == ()


# Crashes


def test_a_crash_at_any_step_loses_and_doubles_nothing(pair: Pair) -> None:
    data = os.urandom(5 * CHUNK)
    [ref] = sent(pair, data)
    for step in ("chunks written", "chunks synced", "chunks noted", "chunks committed"):
        try:
            with crashing(pair.b, step):
                brings(pair.a, pair.b)
        except AssertionError:
            break  # all of it was here before
        pair.a.sends_to(pair.b)
    brings(pair.a, pair.b)
    assert has(pair.b, ref) == data
    assert HeldFile.objects.using(pair.b.alias).count() == 1
    pair.b.verify()


def test_a_sender_that_dies_goes_on_where_it_was(pair: Pair) -> None:
    data = os.urandom(9 * CHUNK)
    [ref] = sent(pair, data)
    intake = Intake(pair.b.node)
    parcels: Iterator[bytes] = services.each_freight(pair.a.node)
    takes(pair.b, next(parcels), intake)
    pair.a.crash_at("freight")
    with pytest.raises(Crash):
        next(parcels)
    intake.flush(at=pair.b.clock())
    pair.a.sends_to(pair.b)
    assert sum(each.new for each in brings(pair.a, pair.b)) == 5
    assert has(pair.b, ref) == data


# Erasure


def test_who_erases_a_file_neither_asks_for_it_nor_gives_it(pair: Pair) -> None:
    note = a_note()
    ref = stages(pair.a, b"personal " * 50)
    pair.a.append(naming(note, ref))
    pair.sync()
    brings(pair.a, pair.b)
    pair.b.append(an_erasure(note, ref.root.text))
    assert FileStore(pair.b.node.home).lying_here() == set()
    pair.sync()
    there = held.holding(pair.a.node, ref.root.text)
    assert there is not None
    assert there.their_erased_at is not None
    assert there.complete  # each side speaks for its own copy
    assert held.missing(pair.b.node) == ()
    assert asks(pair.a, pair.b, ref.root.text) == []
    pair.a.append(an_erasure(note, ref.root.text))
    assert FileStore(pair.a.node.home).lying_here() == set()
    assert asks(pair.b, pair.a, ref.root.text) == []
    pair.a.verify()


def test_a_file_erased_while_half_of_it_has_come_is_destroyed(pair: Pair) -> None:
    note = a_note()
    ref = stages(pair.a, os.urandom(9 * CHUNK))
    pair.a.append(naming(note, ref))
    pair.a.sends_to(pair.b)
    intake = Intake(pair.b.node)
    first, second, *_ = services.each_freight(pair.a.node)
    takes(pair.b, first, intake)
    pair.b.append(an_erasure(note, ref.root.text))
    takes(pair.b, second, intake)
    intake.flush(at=pair.b.clock())
    assert FileStore(pair.b.node.home).lying_here() == set()
    pair.sync()
    assert services.freight_due(pair.a.node) == 0


def test_a_file_erased_while_half_of_it_has_gone_is_asked_for_no_longer(pair: Pair) -> None:
    note = a_note()
    ref = stages(pair.a, os.urandom(9 * CHUNK))
    pair.a.append(naming(note, ref))
    pair.a.sends_to(pair.b)
    intake = Intake(pair.b.node)
    parcels: Iterator[bytes] = services.each_freight(pair.a.node)
    takes(pair.b, next(parcels), intake)
    pair.a.append(an_erasure(note, ref.root.text))
    assert list(parcels) == []
    pair.sync()
    [there] = held.missing(pair.b.node)
    assert there.their_erased_at is not None
    [bundle] = pair.b.sends()
    assert pair.a.opened(bundle).wants == ()


def test_an_erasure_counts_again_after_a_restore(pair: Pair) -> None:
    note = a_note()
    ref = stages(pair.a, b"personal")
    pair.a.append(naming(note, ref))
    backup = pair.a.backup()
    pair.a.append(an_erasure(note, ref.root.text))
    pair.sync()
    pair.a.restore(backup)
    FileStore(pair.a.node.home).folder.joinpath(ref.root.text).write_bytes(b"personal")
    for _ in range(3):
        pair.sync()
        if services.freight_due(pair.b.node) >= 0 and pair.a.status().own.state == "resuming":
            pair.a.resumes()
    assert FileStore(pair.a.node.home).lying_here() == set()


# Versions


def test_a_peer_that_has_not_said_so_is_spoken_to_as_before(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    [new] = pair.a.sends()
    assert new[OVERHEAD:].startswith(bundles.MAGIC_2)
    monkeypatch.setattr(going, "_speaks", lambda data: False)
    [old] = pair.a.sends()
    assert old[OVERHEAD:].startswith(bundles.MAGIC)
    assert pair.b.opened(old).wants is None
    pair.b.takes(old)


def test_both_versions_of_a_bundle_read_back(pair: Pair) -> None:
    [sealed] = pair.a.sends()
    bundle = pair.b.opened(sealed)
    wants = (Want("ab" * 32, 0b101), Want("cd" * 32))
    for changed in (replace(bundle, wants=None), replace(bundle, wants=wants)):
        plain = bundles.encode(changed, overhead=OVERHEAD, sign=lambda _: bytes(64))
        assert bundles.read_bundle(bundles.read_envelope(plain)) == changed


def test_dropping_what_is_unused_leaves_what_acts_name(pair: Pair) -> None:
    [ref] = sent(pair, b"named")
    later = pair.clock.tick(10**6)
    assert files.drop_unused(pair.a.node, keep=(), at=later) == 0
    assert has(pair.a, ref) == b"named"
