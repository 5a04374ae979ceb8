"""A confirmed peer that misbehaves: what it can never do is stop the line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from legation.errors import Refusal
from legation.line.core import bundle as codec
from legation.line.core.bundle import Bundle
from legation.line.models import CarrierState, Log, Side
from legation.record import canon
from legation.record.act import decode_opening
from line.acts import a_note, a_post
from line.harness import OVERHEAD, Pair, PlainSealing, TestNode


def rewritten(node: TestNode, to: TestNode, sealed: bytes, **changes: object) -> bytes:
    """Return a bundle of a node with other words, signed by its own line key all the same."""
    bundle: Bundle = codec.read_bundle(codec.read_envelope(sealed[OVERHEAD:]))
    plain = codec.encode(
        replace(bundle, **changes),  # type: ignore[arg-type] # a test's own fields
        overhead=OVERHEAD,
        sign=node.node.keys.line.sign,
    )
    sealing = PlainSealing(b"", b"", record=bundle.record, own=node.node.party, peer=to.node.party)
    return sealing.seal(plain)


def test_signatures_that_leave_no_room_for_ours_are_refused(pair: Pair) -> None:
    pair.a.append(a_note())
    sealed = pair.a.sends()[0]
    bundle = codec.read_bundle(codec.read_envelope(sealed[OVERHEAD:]))
    more = "".join(f"— pad{n} AAAAAAAA\n" for n in range(15))
    with pytest.raises(Refusal) as refused:
        pair.b.takes(rewritten(pair.a, pair.b, sealed, checkpoint=bundle.checkpoint + more))
    assert refused.value.code == "signatures"
    assert pair.b.sends()
    assert pair.b.takes(sealed).new == 1


def test_an_opened_term_with_a_root_that_is_no_hash_is_refused(pair: Pair) -> None:
    pair.a.append(a_post())
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note())
    pair.sync()
    pair.a.restore(backup)
    pair.a.sends_to(pair.b)
    pair.a.sends_to(pair.b)
    pair.a.resumes()
    own = Log.objects.using(pair.a.alias).get(side=Side.OWN)
    opening = decode_opening(bytes(own.resumed))
    body = canon.decode(opening.body) | {"root": "zz"}
    bad = replace(opening, body=canon.encode(body)).encode()
    sealed = rewritten(pair.a, pair.b, pair.a.sends()[0], resumed=bad)
    with pytest.raises(Refusal) as refused:
        pair.b.takes(sealed)
    assert refused.value.code == "resume"


def test_a_database_put_back_within_its_term_is_heard_at_once(pair: Pair) -> None:
    pair.a.append(a_post())
    pair.sync()
    backup = pair.a.backup()
    for _ in range(20):
        pair.clock.tick(10)
        pair.a.sends_to(pair.b)
    pair.a.restore(backup)
    pair.clock.tick(10)
    pair.a.sends_to(pair.b)
    heard = CarrierState.objects.using(pair.b.alias).get(name="https").last_heard_at
    assert heard == pair.clock()
    echoed = CarrierState.objects.using(pair.a.alias).get(name="https").last_echoed_at
    assert echoed is not None
    assert pair.clock() - echoed < timedelta(seconds=1)
