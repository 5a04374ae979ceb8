"""Receiving a bundle: all of it in one transaction, or nothing and a refusal that says why.

The order of checks is that of `legation.line.core.protocol`; the folding that of `folding`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from legation.errors import N_, Refusal
from legation.line.core import bundle as codec
from legation.line.core import freight as freights
from legation.line.core.bundle import Bundle, Envelope
from legation.line.core.freight import Freight
from legation.line.databases import told_apart, writing
from legation.line.models import Evidence, Side
from legation.line.node import Node
from legation.line.services import beats, keys
from legation.line.services.fencing import RESUMING, fence_off
from legation.line.services.folding import arrival
from legation.line.services.intake import Freighted, Intake
from legation.line.services.rows import (
    Facts,
    load,
    sealing_of,
)
from legation.line.services.visit import Received, Visit
from legation.record.ed25519 import verifies
from legation.record.keys import KeysDocument, check_next

MOST_SHOWN: Final = 100
"""Claims of one kind that are kept: the first ones prove it, and more would fill the disk."""


def receive(node: Node, sealed: bytes, *, carrier: str, at: datetime) -> Received:
    """Take a sealed bundle that a carrier brought.

    Raises Refusal (counted, nothing else changed): "size", "sealed", "bundle", "not-canonical"
    and other faults of text, "address", "introduction", "signature", "term", "held", "root",
    "opening", "seen", "no-peer", "locked", "disk-full".
    """
    try:
        return _receive(node, sealed, carrier, at)
    except Refusal as refusal:
        beats.count_refusal(node, refusal, carrier=carrier, at=at)
        raise


def receive_any(
    node: Node, sealed: bytes | memoryview, *, intake: Intake, carrier: str, at: datetime
) -> Received | Freighted:
    """Take a sealed bundle, or freight, that a carrier brought. Raises as `receive`."""
    try:
        found = unsealed(node, sealed, known=intake.facts)
        if isinstance(found, Freight):
            return intake.take(found, carrier=carrier, at=at)
        intake.flush(at=at)  # the answer says what we lack
        return _take(node, found, carrier, at)
    except Refusal as refusal:
        beats.count_refusal(node, refusal, carrier=carrier, at=at)
        raise


def opened(node: Node, sealed: bytes) -> Bundle:
    """Return the bundle in sealed bytes, once its address and signature hold.

    Raises as `receive`; changes and counts nothing.
    """
    return _opened(node, sealed)[0]


def _opened(node: Node, sealed: bytes) -> tuple[Bundle, int]:
    """Return the bundle, and the number of the keys document whose line key has signed it."""
    found = unsealed(node, sealed)
    if isinstance(found, Freight):
        return codec.read_bundle(codec.read_envelope(b"")), 0  # refused as no bundle
    return found


def unsealed(
    node: Node, sealed: bytes | memoryview, *, known: Callable[[], Facts] | None = None
) -> tuple[Bundle, int] | Freight:
    """Return the bundle and the number of the keys document it stands on, or the freight.

    Its address and signature hold. known: gives facts that may be seconds old, which is good
    enough for freight: its parts are judged by acts. Raises as `receive`; changes nothing.
    """
    codec.check_size(len(sealed))
    with told_apart(node.alias):
        is_full = len(sealed) == codec.FREIGHT_CLASS  # so it is no bundle
        facts = known() if known is not None and is_full else load(node)
        plain = sealing_of(facts).open(sealed)
        is_freight = freights.is_freight(plain)
        # A bundle there would be judged by keys that may have been replaced seconds ago.
        codec.check_size(len(sealed), freight=is_freight)
        envelope = (freights if is_freight else codec).read_envelope(plain)
        _check_address(facts, envelope)
        signed_by = _check_signature(facts, envelope)
    if is_freight:
        return freights.read(envelope, plain)
    return codec.read_bundle(envelope), signed_by


def _receive(node: Node, sealed: bytes, carrier: str, at: datetime) -> Received:
    return _take(node, _opened(node, sealed), carrier, at)


def _take(node: Node, opened: tuple[Bundle, int], carrier: str, at: datetime) -> Received:
    bundle, signed_by = opened
    arrivals = [arrival(each) for each in bundle.entries]
    returned = [arrival(each) for each in bundle.own_entries]
    node.trip("opened")
    try:
        with writing(node.alias):
            facts = load(node)
            new_term = facts.own.term
            visit = Visit(facts, bundle, beats.carrier_of(facts, carrier), at)
            visit.take(arrivals, returned)
            facts.peer.line_seq = max(facts.peer.line_seq, signed_by)
            facts.save()
            visit.carrier.save(using=node.alias)
            node.trip("received")
    except Refusal as refusal:
        _keep_shown(node, bundle, refusal, at)
        raise
    node.trip("received committed")
    if facts.own.state == RESUMING and facts.own.term != new_term:
        fence_off(node, facts.own.term)
    return visit.result


def _check_address(facts: Facts, envelope: Envelope) -> None:
    peer = facts.peer
    if envelope.address[:3] != (peer.record, peer.party, facts.own.party):
        raise Refusal(
            "address",
            thing=N_("A bundle from {sender} to {to}"),
            rule=N_("it is not one from {peer} to {own} in the record {record}."),
            remedy=N_("Nothing was changed. If it is one of our own, it was sent back to us."),
            sender=envelope.address[1],
            to=envelope.address[2],
            peer=peer.party,
            own=facts.own.party,
            record=peer.record,
        )
    if envelope.address[3] != peer.pair:
        raise Refusal(
            "introduction",
            thing=N_("A bundle from {peer}"),
            rule=N_("it stands on other introduction files than those confirmed here."),
            remedy=N_("Compare the twelve words of both files again, on both sides."),
            peer=peer.party,
        )


def _check_signature(facts: Facts, envelope: Envelope) -> int:
    """Check the line signature; return the number of the keys document it stands on.

    A line key counts until a newer one has signed a bundle. One that we do not know yet counts
    if the bundle brings its document, which the party's root has signed.
    """
    known = [document for _, document in facts.keys(Side.PEER).placed]
    known += facts.keys(Side.PEER).ahead
    for document in reversed(known):
        if document.seq >= facts.peer.line_seq and _signed_with(document, envelope):
            return document.seq
    if envelope.header.get("keys"):
        newest = known[-1]
        for data in codec.read_bundle(envelope).keys:
            if keys.seq_of(data) == newest.seq + 1:
                newest = check_next(newest, data)
        if _signed_with(newest, envelope):
            return newest.seq
    raise Refusal(
        "signature",
        thing=N_("A bundle from {party}"),
        rule=N_("the line key that {party} stated has signed it."),
        remedy=N_("It was damaged or forged; nothing was changed."),
        party=facts.peer.party,
    )


def _signed_with(document: KeysDocument, envelope: Envelope) -> bool:
    return verifies(document.line, envelope.signature, envelope.signed)


def _keep_shown(node: Node, bundle: Bundle, refusal: Refusal, at: datetime) -> None:
    """Keep a signed claim to have seen what we never wrote: once, however often it is shown."""
    if refusal.code == "seen":
        with writing(node.alias):
            kept = Evidence.objects.using(node.alias).filter(kind="seen")
            if kept.filter(second=bundle.checkpoint).exists() or kept.count() >= MOST_SHOWN:
                return
            Evidence.objects.using(node.alias).create(
                kind="seen",
                side=Side.PEER,
                at=at,
                second=bundle.checkpoint,
                detail={key: str(value) for key, value in refusal.values.items()},
            )
