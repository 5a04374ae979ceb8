"""How each carrier does: heartbeats sent, heard and echoed, failures, waits; refusals counted."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q

from legation.errors import Refusal
from legation.line.core.bundle import Bundle
from legation.line.core.health import LONGEST_WAIT, wait_before_retry
from legation.line.databases import writing
from legation.line.models import (
    CarrierState,
    HeartbeatSlot,
    OldCheckpoint,
    Peer,
    RefusalCount,
)
from legation.line.node import Node
from legation.line.services.rows import Facts, all_rows, load

SLOT: Final = timedelta(minutes=30)
KEPT: Final = timedelta(hours=25)
USUAL: Final = timedelta(seconds=10)
"""In which time an acknowledgement comes, before any carrier says otherwise."""
RANKS: Final = {"https": 10, "folder": 50}


def carrier_of(facts: Facts, name: str) -> CarrierState:
    """Return the row of a carrier, unsaved if it is new."""
    found = next((row for row in all_rows(facts.alias, CarrierState) if row.name == name), None)
    return found or CarrierState(name=name, rank=RANKS.get(name, 100))


def chance(node: Node) -> float:
    """Return a number in [0, 1) from the node's source of chance."""
    return int.from_bytes(node.random(4), "big") / 2**32


def resend_is_due(state: CarrierState, at: datetime) -> bool:
    """Tell whether what was sent on a carrier and not acknowledged goes out again now."""
    # One far ahead was set by a clock that has been put back since.
    return state.retry_at is None or not at < state.retry_at <= at + USUAL + LONGEST_WAIT


def next_seq(state: CarrierState, at: datetime) -> int:
    """Return the number of the next heartbeat: it grows, and at least as the clock does.

    So a node whose database was put back does not begin below what the other side has heard.
    """
    return max(state.seq + 1, int(at.timestamp() * 1000))


def sent(facts: Facts, state: CarrierState, *, first: int, up_to: int, at: datetime) -> None:
    """Note that a heartbeat, and entries [first, up_to), leave on a carrier."""
    state.seq = next_seq(state, at)
    state.sent_at = at
    if first < up_to:
        state.sent_to, state.sent_to_at = up_to, at
        state.retry_at = at + USUAL + wait_before_retry(state.tries, chance=chance(facts.node))
        state.tries += 1
    state.save(using=facts.alias)
    _count_beat(facts, state.name, "sent", at)


def heard(facts: Facts, state: CarrierState, bundle: Bundle, *, at: datetime) -> None:
    """Note their heartbeat on a carrier, and which of ours it echoes."""
    state.heard, state.last_heard_at, state.credit = bundle.seq, at, bundle.credit
    _count_beat(facts, state.name, "heard", at)
    if state.echoed < bundle.heard <= state.seq:
        state.echoed, state.last_echoed_at, state.error = bundle.heard, at, ""
        _count_beat(facts, state.name, "echoed", at)


def acknowledged(facts: Facts, state: CarrierState) -> None:
    """Note progress: what is sent next waits as if nothing had failed."""
    CarrierState.objects.using(facts.alias).exclude(name=state.name).update(tries=0)
    state.tries = 0


def unsent(node: Node, *, carrier: str, at: datetime, code: str) -> None:
    """Note that a carrier failed to deliver: what was taken to be sent was not.

    code: of the refusal that says why. Raises Refusal "no-peer", "locked", "disk-full".
    """
    with writing(node.alias):
        facts = load(node)
        state = carrier_of(facts, carrier)
        state.sent_to, state.error = 0, code
        state.tries += 1
        state.retry_at = at + wait_before_retry(state.tries, chance=chance(node))
        state.save(using=node.alias)


def keep_pace(node: Node, seconds: float) -> None:
    """Note how many seconds lie between two heartbeats: silence is counted in these."""
    with writing(node.alias):
        Peer.objects.using(node.alias).update(heartbeat_s=seconds)


def _count_beat(facts: Facts, carrier: str, column: str, at: datetime) -> None:
    since = at - timedelta(minutes=at.minute % 30, seconds=at.second, microseconds=at.microsecond)
    slots = HeartbeatSlot.objects.using(facts.alias)
    if not slots.filter(carrier=carrier, since=since).update(**{column: F(column) + 1}):
        slots.filter(Q(since__lt=at - KEPT) | Q(since__gt=at)).delete()
        slots.create(carrier=carrier, since=since, **{column: 1})


def count_refusal(node: Node, refusal: Refusal, *, carrier: str, at: datetime) -> None:
    """Count what was refused, for the health page; what cannot be counted is not an error."""
    with suppress(Refusal), writing(node.alias):
        rows = RefusalCount.objects.using(node.alias)
        code = refusal.code[:40]
        if not rows.filter(code=code).update(
            count=F("count") + 1, last_at=at, last_carrier=carrier
        ):
            rows.create(code=code, count=1, last_at=at, last_carrier=carrier)


def keep_checkpoint(facts: Facts, side: str, at: datetime) -> None:
    """Keep a log's newest checkpoint that both signed among the earlier ones."""
    log = facts.log(side)
    OldCheckpoint.objects.using(facts.alias).update_or_create(
        side=side,
        origin=log.cosigned.split("\n", 1)[0],
        size=log.cosigned_size,
        defaults={"note": log.cosigned, "at": at},
    )
